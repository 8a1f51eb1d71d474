"""In what order feature selection is told: bars, paths, counts, which penalty, which lambda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from regviz.lessons.feature_errors import ROWS, WORLDS
from regviz.lessons.feature_panels import PENALTIES, say
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.picture import Picture, Said
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regviz.lessons.feature_selection import FeatureSelection


def story(exhibit: FeatureSelection, drawn: Picture, said: Mapping[str, Said]) -> Story:
    """Tell what lambda does to all weights, where each penalty errs less, and how to choose.

    Parameters
    ----------
    exhibit, drawn
        What was computed, and its picture.
    said
        The claims at the still's strength.
    """
    told = _Told(exhibit, drawn, said)
    sections = ("start", "sweep", "select", "strong", "paths", "advice", "rows",
                "choose", "still")  # fmt: skip
    return Story(tuple(Section(name, tuple(getattr(told, name)())) for name in sections))


class _Told:
    """The sections of one exhibit's story: what a panel shows goes and comes with it."""

    def __init__(
        self, exhibit: FeatureSelection, drawn: Picture, said: Mapping[str, Said]
    ) -> None:
        self.exhibit, self.said = exhibit, said
        self.marks = [mark.name for mark in drawn.marks]
        self.last, self.still_at = len(exhibit.lambdas) - 1, exhibit.at
        n = len(exhibit.features)
        self.values: dict[str, Any] = {
            "rows": len(exhibit.rows), "drawn": len(exhibit.drawn), "n": n,
            "data": exhibit.n_rows, "folds": exhibit.n_folds, "lam": exhibit.lam["l1"],
            "gone": exhibit.gone_from, "target": literal(short_names([exhibit.target])[0]),
            "kept1": n - int(exhibit.n_zeros["l1"][exhibit.at]),
            "kept2": n - int(exhibit.n_zeros["l2"][exhibit.at]),
        }  # fmt: skip
        self.all = "all" if len(exhibit.rows) == n else "some"
        self.bars = self.both("", "tips-", "rings-")
        lines = ("grid-", "joints-", "path-")
        self.curves = tuple(name for name in self.marks if name.startswith(lines))

    def both(self, *prefixes: str) -> tuple[str, ...]:
        """Return the marks of both penalties whose names begin so, of those that there are."""
        return self.there(*(f"{prefix}{name}" for prefix in prefixes for name in PENALTIES))

    def there(self, *names: str) -> tuple[str, ...]:
        """Return those of these marks that there are."""
        return tuple(name for name in names if name in self.marks)

    def step(self, caption: str = "", heading: str = "", **verbs: Any) -> Step:
        """Return a step with a caption and a heading of this lesson."""
        if caption:
            verbs["say"] = say(f"caption.{caption}", **self.values)
        if heading:
            verbs["heading"] = say(f"told.{heading}", **self.values)
        return Step(**verbs)

    def start(self) -> list[Step]:
        kind = "study" if self.exhibit.is_study else "own"
        panels = tuple(f"bars-{name}" for name in PENALTIES)
        return [
            self.step(f"start.{kind}", f"start.{self.all}", panels=panels,
                      put={"lam": 0, "closer": 1},
                      show=("lam",), seconds=1.0, hold=1.6),
            self.step(f"start.{self.all}", show=(*self.bars, *_readouts("bars")), seconds=1.0,
                      hold=2.6),
        ]  # fmt: skip

    def sweep(self) -> list[Step]:
        zeros = self.exhibit.n_zeros["l1"]
        drops = bool(zeros[self.still_at] > zeros[0])
        return [
            self.step("sweep.shrink", f"sweep.{'drops' if drops else 'plain'}", hold=0.4),
            self.step(run={"lam": self.still_at // 2}, seconds=3.0, even=True),
            self.step("sweep.drop" if drops else "", run={"lam": self.still_at}, seconds=3.0,
                      even=True, hold=0.6),
        ]  # fmt: skip

    def select(self) -> list[Step]:
        return [self.step("select", "select", hold=2.8)]

    def strong(self) -> list[Step]:
        caption = f"strong.{'drop' if self.exhibit.survivors else 'stay'}"
        return [
            self.step(caption, "further", run={"lam": self.last}, seconds=2.4, even=True),
            self.step(heading="strong", hold=0.4),
        ]

    def paths(self) -> list[Step]:
        whole = "all" if len(self.exhibit.drawn) == len(self.exhibit.features) else "some"
        panels = tuple(f"paths-{name}" for name in PENALTIES)
        turn = {f"tips-{name}": f"dots-{name}" for name in PENALTIES}
        turn |= {f"rings-{name}": f"holes-{name}" for name in PENALTIES}
        thick = "thick" if self.exhibit.survivors else "plain"
        return [
            self.step("", "back", run={"lam": self.still_at}, seconds=1.2, hold=0.2),
            self.step(f"paths.{thick}", f"paths.{whole}", panels=panels, morph=turn,
                      show=(*self.both("now-"), *_readouts("paths")), seconds=1.4, hold=0.2),
            self.step(show=self.curves, seconds=1.0, hold=1.4),
            self.step("paths.count", show=self.both("steps-", "count-"), seconds=0.8, hold=1.0),
            self.step("paths.read", run={"lam": self.last}, seconds=2.4, even=True, hold=1.2),
        ]  # fmt: skip

    def advice(self) -> list[Step]:
        worlds = tuple(f"world-{side}" for side in WORLDS)
        errors = tuple(f"errors-{side}" for side in WORLDS)
        weights = self.there(*(f"weights-{side}" for side in WORLDS), "none-few")
        steps = [
            self.step("advice.worlds", "advice", panels=worlds, hide=("lam",), show=weights,
                      seconds=1.0, hold=2.6)
        ]  # fmt: skip
        for place, side in enumerate(WORLDS):
            seen = tuple(f"error-{side}-{row}" for row in ROWS)
            panels = () if place else (*worlds, *errors)
            steps.append(self.step(f"advice.{side}", show=seen, hold=2.4, panels=panels))
        best = [min(PENALTIES, key=world.error.__getitem__) for world in self.exhibit.worlds]
        rule = {error: say(f"advice.{name}") for error, name in zip(errors, best, strict=True)}
        lit = tuple(f"error-{side}-{name}" for side, name in zip(WORLDS, best, strict=True))
        return [*steps, self.step("advice.rule", tell=rule, emphasise=lit, hold=2.6)]

    def rows(self) -> list[Step]:
        panels = (*(f"turns-{name}" for name in PENALTIES), "rows")
        first, *others = range(self.exhibit.n_folds)
        return [
            self.step("choose.how", "choose", panels=panels, show=("rows", "out"),
                      seconds=0.8, hold=2.0),
            self.step("choose.turns", show=self.both(f"part-{first + 1}-"), seconds=0.8),
            *(
                self.step(run={"fold": fold}, show=self.both(f"part-{fold + 1}-"), seconds=0.8)
                for fold in others
            ),
        ]  # fmt: skip

    def choose(self) -> list[Step]:
        panels = tuple(f"choose-{name}" for name in PENALTIES)
        least = {f"choose-{name}": self.said[f"least-{name}"] for name in PENALTIES}
        both = {f"choose-{name}": self.said[f"foot-{name}"] for name in PENALTIES}
        closer = {f"mean-{name}": f"held-{name}" for name in PENALTIES}
        return [
            self.step("choose.curve", "curve", show=self.both("mean-"), seconds=1.2, hold=1.6),
            self.step("choose.closer", panels=panels, morph=closer, seconds=1.4, hold=1.0),
            self.step("choose.error", show=self.both("se-", "least-"), tell=least, hold=3.4),
            self.step("choose.rules", "rules", show=self.both("level-", "drop-", "rule-"),
                      tell=both, hold=3.4),
        ]  # fmt: skip

    def still(self) -> list[Step]:
        panels = tuple(f"paths-{name}" for name in PENALTIES)
        return [
            self.step("still", f"still.{self.all}", panels=panels, show=("lam",),
                      put={"lam": self.still_at}, seconds=0.8, hold=2.0)
        ]  # fmt: skip


def _readouts(panel: str) -> Sequence[str]:
    return tuple(f"zeros-{panel}-{name}" for name in PENALTIES)
