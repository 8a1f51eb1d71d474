"""In what order feature selection is told: bars, paths, counts, which penalty, which lambda."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from regviz.lessons.feature_questions import after, before, worlds_apart
from regviz.lessons.few_or_many import ROWS, WORLDS
from regviz.lessons.names import literal_names
from regviz.lessons.picture import Picture, Said
from regviz.lessons.sides import PENALTIES
from regviz.lessons.story import Section, Story, Task, Voice, asking

if TYPE_CHECKING:
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
    shown, still, last = exhibit, exhibit.at, exhibit.last
    n, zeros = len(shown.features), {name: each[still] for name, each in shown.n_zeros.items()}
    n_folds = len(shown.held_out["l1"].errors)
    voice = Voice(shown.lesson)
    step = partial(voice.step, values={
        "rows": len(shown.rows), "drawn": len(shown.drawn), "n": n, "data": shown.n_rows,
        "folds": n_folds, "lam": shown.lam["l1"], "gone": shown.gone_from,
        "target": literal_names([shown.target])[0],
        "kept1": n - int(zeros["l1"]), "kept2": n - int(zeros["l2"]),
    })  # fmt: skip
    marks = [mark.name for mark in drawn.marks]
    known = {*marks, *(panel.name for panel in drawn.panels)}
    known |= {readout.name for readout in drawn.readouts}

    def both(*whats: str, of: tuple[str, ...] = PENALTIES) -> tuple[str, ...]:
        """Return these panels, readouts, or marks that there are, of both sides."""
        names = (f"{what}-{side}" for what in whats for side in of)
        return tuple(name for name in names if name in known)

    def each(what: str, into: str) -> dict[str, str]:
        """Return what turns into what, under both penalties."""
        return dict(zip(both(what), both(into), strict=True))

    all_named, all_drawn = (
        "all" if many == n else "some" for many in (len(shown.rows), len(shown.drawn))
    )
    drops, any_left = zeros["l1"] > shown.n_zeros["l1"][0], bool(shown.survivors)
    curves = tuple(name for name in marks if name.startswith(("grid-", "joints-", "path-")))
    start = (
        step(f"start.{'study' if shown.is_study else 'own'}", f"story.start.{all_named}",
             panels=both("bars"), put={"lam": 0, "closer": 1}, show=("lam",), seconds=1.0,
             hold=1.6),
        step(f"start.{all_named}", show=both("bars", "tips", "rings", "zeros-bars"),
             seconds=1.0, hold=2.6),
    )  # fmt: skip
    sweep = (
        step("sweep.shrink", f"story.sweep.{'drops' if drops else 'plain'}", hold=0.4),
        step(run={"lam": still // 2}, seconds=3.0, even=True),
        step("sweep.drop" if drops else "", run={"lam": still}, seconds=3.0, even=True,
             hold=0.6, task=_task(shown, voice)),
    )  # fmt: skip
    paths = (
        step("select", "story.select", hold=2.0),
        step(f"paths.{'thick' if any_left else 'plain'}", f"story.paths.{all_drawn}",
             panels=both("paths"), morph=each("tips", "dots") | each("rings", "holes"),
             show=both("now", "zeros-paths"), seconds=1.4, hold=0.2),
        step(show=curves, seconds=1.0, hold=0.8),
        step("paths.count", show=both("steps", "count"), seconds=0.8, hold=0.6),
        step("paths.read", run={"lam": last}, seconds=2.0, even=True, hold=0.6),
    )  # fmt: skip
    worlds, errors = both("world", of=WORLDS), both("errors", of=WORLDS)
    errs = {side: both(*(f"error-{row}" for row in ROWS), of=(side,)) for side in WORLDS}
    best = {side: world.best for side, world in zip(WORLDS, shown.worlds, strict=True)}
    few, many = WORLDS
    apart = step("advice.worlds", "story.advice", panels=worlds, hide=("lam",),
                 show=both("weights", "none", of=WORLDS), seconds=1.0, hold=2.6)  # fmt: skip
    advice = (
        step("advice.few", panels=(*worlds, *errors), show=errs[few], hold=1.8),
        step("advice.many", show=errs[many], hold=1.8),
        step("advice.rule", hold=2.6,
             tell={f"errors-{side}": voice(f"advice.{name}") for side, name in best.items()},
             emphasise=tuple(f"error-{name}-{side}" for side, name in best.items())),
    )  # fmt: skip
    rows = (
        step("choose.how", "story.choose", panels=(*both("turns"), "folds-rows"),
             show=("all-rows", "out-rows"), seconds=0.8, hold=2.0),
        step("choose.turns", show=both("part-1"), seconds=0.8),
        *(
            step(run={"fold": fold}, show=both(f"part-{fold + 1}"), seconds=0.8)
            for fold in range(1, n_folds)
        ),
    )  # fmt: skip
    least, rules = (
        {f"choose-{name}": said[f"{claim}-{name}"] for name in PENALTIES}
        for claim in ("least", "foot")
    )
    choose = (
        step("choose.curve", "story.curve", show=both("mean"), seconds=1.2, hold=0.4),
        step(panels=both("choose"), morph=each("mean", "held"), seconds=1.4, hold=0.4),
        step("choose.error", show=both("se", "least"), tell=least, hold=3.0),
        step("choose.rules", "story.rules", show=both("level", "drop", "rule"), tell=rules,
             hold=3.4),
    )  # fmt: skip
    end = step("still", f"story.still.{all_named}", panels=both("paths"), show=("lam",),
               put={"lam": still}, seconds=0.8, hold=2.0)  # fmt: skip
    dropped = after(shown, voice)
    return Story((
        Section("start", start),
        *asking(*([] if dropped else before(shown, voice))),
        Section("sweep", sweep),
        *asking(*dropped),
        Section("paths", paths),
        Section("worlds", (apart,)),
        *asking(worlds_apart(shown, voice)),
        Section("advice", advice),
        Section("rows", rows),
        Section("choose", choose),
        Section("still", (end,)),
    ))  # fmt: skip


def _task(exhibit: FeatureSelection, say: Voice) -> Task | None:
    """Set the task to raise lambda until L1 has dropped everything, where it has not."""
    if exhibit.lam["l1"] >= exhibit.lasso.lambda_max:
        return None
    values = {"gone": exhibit.gone_from}
    return say.task("task.all", "lam", values=values, claims={"foot-lam": "gone"})
