"""What may be said of the lasso's path, what there is to see, and how it is told.

There are weights against four axes, of which three are told, and the correlations that hold
them. Lambda falls to the right: all axes begin with no weight and end without a penalty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lines import joined, kept_and_gone, over, rows, upright, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import equals, three
from regviz.lessons.paths_drawn import OverLambda, named_ends
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout, Ticks, nearest
from regviz.lessons.sides import Side, gathered, tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.lasso_path import LassoPaths
    from regviz.lessons.picture import Positions, Said

say = Voice("lasso-path")
LAM, AXES = ("lam",), ("lambda", "log", "ratio", "df")
#: axes that are told, each for what is amiss with the one before; looked at closely is the last
TOLD = AXES[:3]
#: role, if it has one of its own, and weight of lines of each kind of features
LOOKS: dict[str, tuple[str, parts.Weight]] = {
    "rest": ("muted", "fine"), "path": ("", "plain"), "drop": ("ink", "strong"),
}  # fmt: skip
#: panels that a page shows before it is guided
FREE = ("paths-log", "paths-ratio", "paths-df", "ties")
#: what is seen of the correlations while it is asked how they go on
ASKED = ("begun", "flat", "levels", "sizes")
#: half of the room for a number at the end of its line, in shares of the largest correlation
ROOM = 0.05
#: air above and below, and what of its panel a name takes, upright, and a line to it, level
AIR, NAME, JOINT = 0.06, 0.09, 0.05
#: points of a path between two knots where it is no straight line
BENT = 8
#: how far around its absence the feature that drops out is seen from close, in its width, and
#: how high, in its size there
AROUND, CLOSE = 2.5, 1.2
#: more knots than this are no lines across any more
MOST_KNOTS = 40
#: numbers along the steps, at most
MOST_TICKS = 14
#: how many correlations are tied where the story stops, and for the task
TIED, WANTED = 3, 5
#: answers may be off by this, of a number and of a curve, in shares of the largest correlation
NEAR, NEAR_CURVE = 0.03, 0.15
SLOW: dict[str, Any] = {"seconds": 3.6, "even": True}


def names(exhibit: LassoPaths) -> list[str]:
    """Return what the features are called in sentences and beside lines."""
    return literal_names(exhibit.features, 10)


def claims(exhibit: LassoPaths, at: Positions) -> dict[str, Said]:
    """Return what is true with lambda at a position."""
    lam, called = float(exhibit.lambdas[at["lam"]]), names(exhibit)
    weights, pulls = exhibit.path.at(lam), np.abs(exhibit.pulls.at(lam))
    tied, n = int(np.count_nonzero(weights)), len(called)
    ratio = three(float(exhibit.place("ratio", np.array(lam))))
    told: dict[str, float | str] = {"lam": lam, "tied": tied, "n": n}
    is_whole = len(exhibit.order) == n
    if tied < n and is_whole:
        following = int(np.argmax(np.where(weights == 0.0, pulls, -1.0)))
        told |= {"next": called[following], "pull": three(float(pulls[following]))}
    if tied == 1:
        told["one"] = called[int(np.argmax(np.abs(weights)))]
    kinds = {1 if is_whole else -1: "one", n: "all" if n > 1 else "alone", 0: "none"}
    kind = kinds.get(tied, "some" if is_whole else "many")
    said = {
        "ties": say(f"claim.ties.{kind}", **told),
        "come": say("claim.come", ratio=ratio, sign=equals(ratio), df=tied),
        "alt": say("alt", lam=lam, n=n, tied=tied, knots=len(exhibit.path.lambdas) - 1),
    }
    if exhibit.drop is not None:
        said["drop"] = _dropped(exhibit, lam)
    return said


def _dropped(exhibit: LassoPaths, lam: float) -> Said:
    """Return where the feature that drops out stands."""
    assert exhibit.drop is not None
    feature, entered, left, _ = exhibit.drop
    weight = float(exhibit.path.at(lam)[feature])
    gone, there = "before" if lam >= entered else "out", "in" if lam > left else "back"
    kind = gone if weight == 0.0 else there
    return say(f"claim.drop.{kind}", weight=three(weight), **drop_told(exhibit))


def drop_told(exhibit: LassoPaths) -> dict[str, float | str]:
    """Return the name of the feature that drops out, and where it comes and goes."""
    if exhibit.drop is None:
        return {}
    feature, *knots = exhibit.drop
    entered, left, back = map(three, knots)
    return {"name": names(exhibit)[feature], "entered": entered, "left": left, "back": back}


# ---- what there is to see


def picture(exhibit: LassoPaths) -> Picture:
    """Describe the weights against each axis, the correlations against lambda, and as bars."""
    lams, every = exhibit.lambdas, AXES if exhibit.drop is None else (*AXES, "close")
    worth = {"first": 0.97 * exhibit.path.lambda_max, "chosen": exhibit.lam["l1"], "last": 0.0}
    readouts = [Readout("lam", r"$\lambda =$", "ink", lams, LAM)]
    if exhibit.drop is not None:
        feature, _, left, back = exhibit.drop
        worth["drop"], weight = (left + back) / 2.0, exhibit.path.at(lams)[:, feature]
        symbol = say("readout.weight", name=names(exhibit)[feature])
        readouts.append(Readout("weight", symbol, "ink", weight, LAM))
    return gathered(
        [*(Axis(exhibit, name) for name in every), Ties(exhibit)],
        free=FREE,
        hidden=ASKED,
        readouts=tuple(readouts),
        drivers=(Driver("lam", lams, exhibit.at, places=0.0 - lams),),
        says=("ties", "come", *(("drop",) if exhibit.drop else ())),
        knobs={},
        presets={name: {"lam": float(lams[nearest(lams, at)])} for name, at in worth.items()},
    )


# ---- the weights


def _panel(
    exhibit: LassoPaths, name: str, window: Sequence[float], ticks: Ticks,
    named: Mapping[float, int], role: str, **looks: Any,
) -> Panel:  # fmt: skip
    """Return a panel with features named along its upright axis; of a role they are toned."""
    called, out = names(exhibit), exhibit.kinds["drop"]
    written = {place: called[feature] for place, feature in named.items()}
    toned = {place: "ink" if feature in out else role for place, feature in named.items()}
    return say.chart(name, window, (ticks, written), toned=toned if role else {}, **looks)


class Axis(OverLambda):
    """The weights against one of `AXES`, or `close`, the third where the feature drops out.

    Attributes
    ----------
    lams
        Strengths whose weights are the vertices of what is drawn, falling.
    start, end, right
        Where it begins, where paths end, and where its window does: beyond the paths there is
        room for lines to their names.
    low, high, numbers
        What is seen of the weights, and which of them have a number.
    named, dotted
        Features with a name at the end of their paths, and with dots.
    """

    def __init__(self, exhibit: LassoPaths, name: str) -> None:
        super().__init__("lasso-path", name)
        self.role, self.exhibit, path, drop = "l1", exhibit, exhibit.path, exhibit.drop
        self.lams, self.named, self.dotted = exhibit.turns, exhibit.named, exhibit.named
        if name == "log":
            seen = np.array([*self.lams[self.lams > exhibit.low], exhibit.low])
            shares = np.linspace(0.0, 1.0, BENT, endpoint=False)
            pieces = seen[:-1, None] * (seen[1:] / seen[:-1])[:, None] ** shares
            self.lams = np.append(pieces.ravel(), exhibit.low)
        self.start, self.end = map(float, self.place(self.lams[[0, -1]]))
        self.right = self.end + JOINT * (self.end - self.start)
        self.low, self.high = with_air([0.0, *path.weights[:, exhibit.order].ravel()], AIR)
        if name == "close" and drop is not None:
            left, back = self.place(np.array([drop.left, drop.back]))
            beside = AROUND * (back - left)
            ends = float(left - beside), min(float(back + beside), 1.0)
            places = self.place(self.lams)
            seen = np.interp([*ends, *places.clip(*ends)], places,
                             path.at(self.lams)[:, drop.feature])  # fmt: skip
            self.start, self.right, self.high = *ends, CLOSE * float(np.abs(seen).max())
            self.low, self.named, self.dotted = 0.0 - self.high, (), (drop.feature,)
        self.numbers = parts.rounded(self.low, self.high, 4)

    def place(self, lams: Array) -> Array:
        """Return where strengths stand."""
        return self.exhibit.place("ratio" if self.name == "close" else self.name, lams)

    @property
    def ticks(self) -> Ticks:
        """What is written along it."""
        if self.name in ("ratio", "close"):
            return parts.rounded(self.start, min(self.right, 1.0))
        if self.name == "df":
            # Halfway between two knots stands how many weights are not 0 there.
            counts = [0.0, *self.exhibit.degrees.tolist()]
            # Of three digits there is room for fewer.
            every = -(-len(counts) * max(2, len(f"{max(counts):.0f}")) // (2 * MOST_TICKS))
            return {at - 0.5: f"${counts[at]:.0f}$" for at in range(0, len(counts), every)}
        falling = (parts.rounded(0.0, -self.start) if self.name == "lambda"
                   else tenfolds(-self.end, -self.start))  # fmt: skip
        return {0.0 - at: said for at, said in falling.items()}

    @cached_property
    def names(self) -> tuple[Array, Array]:
        """Where names of paths stand, and lines to them from where each path ends."""
        ends = self.exhibit.path.at(self.lams[-1])[list(self.named)]
        size = NAME * (self.high - self.low)
        return named_ends([self.end, self.right], ends, size, self.low, self.high)

    def panels(self) -> list[Panel]:
        """Return the panel, with each name where the line to it ends."""
        shown, named = self.exhibit, zip(self.names[0].tolist(), self.named, strict=True)
        active = int(np.count_nonzero(shown.points["weights"]))
        return [_panel(
            shown, f"paths-{self.name}", (self.start, self.right, self.low, self.high),
            self.ticks, dict(named), self.role, mirrored=bool(self.named),
            foot=say("foot.paths", df=active, lam=shown.lam["l1"]),
            cross=(self.right if self.named else self.start, self.low),
        )]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights, from below to above; from close, dots on one path alone."""
        shown, path = self.exhibit, self.exhibit.path
        knots = self.place(path.lambdas[path.lambdas >= self.lams[-1]])
        across = upright(knots if len(knots) <= MOST_KNOTS else knots[:0], self.low, self.high)
        lines, faint = path.at(self.lams).T, {"weight": "fine", "look": "faint"}
        return [
            self.mark("knots", "paths", "line", across, (), "muted", **faint),
            *self.across([self.start, self.end], self.numbers),
            self.mark("joints", "paths", "line", self.names[1], (), "ink", **faint),
            *_by_kind(shown, f"{{}}-{self.name}", f"paths-{self.name}", "l1",
                      over(self.place(self.lams), lines)),
            *self.followed(self.place(shown.lambdas), (self.low, self.high),
                           path.at(shown.lambdas)[:, list(self.dotted)]),
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the numbers of the weights, lambda's, and from close the feature's name."""
        name = {"name": names(self.exhibit)[self.dotted[0]]}
        return [
            *self.numbered(self.numbers, (0.0, 0.02)),
            self.label("now", "lam", (0.97, 0.03, 0.9, 0.1), numbers=self.exhibit.lambdas,
                       by=LAM, still=True),
            *([] if self.named else [self.label("drop", "feature", (0.8, 0.2), values=name)]),
        ]  # fmt: skip


def _by_kind(
    exhibit: LassoPaths, name: str, panel: str, role: str, lines: Sequence[Array] | Array
) -> Iterator[Mark]:
    """Yield the features' lines, those of each kind that there is as one."""
    gap = np.full((1, 2), np.nan)
    for kind, some in exhibit.kinds.items():
        own, weight = LOOKS[kind]
        points = [part for feature in some for part in (lines[feature], gap)]
        if points:
            yield Mark(name.format(kind), panel, "line", own or role, np.vstack(points),
                       weight=weight)  # fmt: skip


# ---- the correlations


def turned(lams: Array, values: Array) -> Array:
    """Return sizes over falling lambda of what is linear between, with a vertex at 0."""
    changes = np.flatnonzero(values[:-1] * values[1:] < 0.0)
    share = values[changes] / (values[changes] - values[changes + 1])
    zeros = lams[changes] + share * (lams[changes + 1] - lams[changes])
    x, y = np.insert(lams, changes + 1, zeros), np.insert(values, changes + 1, 0.0)
    return over(0.0 - x, np.abs(y))


class Ties(Side):
    """The correlations over lambda, which is their ceiling, and as bars at a strength.

    Attributes
    ----------
    left, high
        The left and the upper edge of the panel of lines.
    places, joints
        Where names of the features stand, and lines to them from where their own begin.
    levels
        Sizes with a number, where it is asked for a line.
    rows
        Features with a bar, the longest first.
    """

    def __init__(self, exhibit: LassoPaths) -> None:
        super().__init__("lasso-path", "ties")
        self.exhibit, top, named = exhibit, exhibit.top, list(exhibit.named)
        self.left, self.high = 0.0 - (1.0 + 2.0 * JOINT) * top, (1.0 + AIR) * top
        starts, ends = np.abs(exhibit.pulls.weights[0])[named], [0.0 - top, self.left]
        self.places, self.joints = named_ends(ends, starts, NAME * self.high, 0.0, self.high)
        self.levels = np.array([at for at in parts.rounded(0.0, top) if at])
        self.rows = [named[rank] for rank in np.argsort(-starts, kind="stable")]

    def panels(self) -> list[Panel]:
        """Return the panel of lines, and that of bars."""
        shown, top, n = self.exhibit, self.exhibit.top, len(self.rows)
        foot, ticks = say("foot.ties", residual=shown.residual), Axis(shown, "lambda").ticks
        named = dict(zip(self.places.tolist(), shown.named, strict=True))
        stand = dict(zip(rows(n).tolist(), self.rows, strict=True))
        return [
            _panel(shown, "ties", (self.left, 0.0, 0.0, self.high), ticks, named, "loss",
                   foot=foot, cross=(self.left, 0.0)),
            _panel(shown, "bars", (0.0, 1.02 * top, 0.5, n + 0.5), parts.rounded(0.0, top),
                   stand, "", foot=foot, kind="bars"),
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the correlations, their ceiling and lambda; as bars, those that are tied."""
        shown, top, at = self.exhibit, self.exhibit.top, self.exhibit.lambdas
        lines = [turned(shown.turns, pulls) for pulls in shown.pulls.at(shown.turns).T]
        begun = np.stack([lines[feature][:2] for feature in shown.named])
        sizes = np.abs(shown.pulls.at(at))[:, self.rows]
        tips, ends = over(sizes, rows(len(self.rows))), np.array([-top, -2.0 * ROOM * top])
        tied, loose = kept_and_gone(tips, shown.path.at(at)[:, self.rows])
        on_ties, on_bars = map(parts.marks_in, ("ties", "bars"))
        return [
            on_ties("joints", "line", "ink", self.joints, weight="fine", look="faint"),
            on_ties("ceiling", "line", "l1", over([0.0 - top, 0.0], [top, 0.0]),
                    weight="strong", look="faint"),
            *_by_kind(shown, "pull-{}", "ties", "loss", lines),
            on_ties("flat", "line", "loss", joined(begun), look="faint"),
            on_ties("begun", "line", "loss", begun[0], weight="strong"),
            on_ties("levels", "line", "muted", joined(over(ends, self.levels[:, None])),
                    weight="fine", look="faint"),
            on_ties("sizes", "text", "muted",
                    over(np.full(len(self.levels), ends[1] / 2.0), self.levels),
                    texts=tuple(say("name.number", at=at) for at in self.levels.tolist())),
            on_ties("now-ties", "rule", "ink", over(0.0 - at[:, None], [0.0, top]), "lam",
                    weight="fine"),
            on_ties("grip-ties", "point", "l1", over(0.0 - at, at)[:, None], "lam", grip="lam"),
            on_bars("loose", "bar", "loss", loose, "lam", look="faint"),
            on_bars("tied", "bar", "loss", tied, "lam"),
            on_bars("press", "rule", "l1", over(at[:, None], [0.5, len(self.rows) + 0.5]),
                    "lam"),
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the names of the ceiling."""
        bar = say.label("press", 0.0, 1.0, name="ceiling")
        return [say.label("ceiling", 0.3, 0.4, 0.2, 0.5), bar]


# ---- how it is told


def story(exhibit: LassoPaths) -> Story:
    """Tell the lesson in order."""
    shown, drawn, last = exhibit, picture(exhibit), len(exhibit.lambdas) - 1
    of = {panel.name: drawn.within(panel.name) for panel in drawn.panels}
    told, some = _told(shown), nearest(shown.lambdas, _ends(shown, TIED).mean())
    step, top = partial(say.step, values=told), nearest(shown.lambdas, shown.path.lambda_max)
    first, held, *drop = asking(*_questions(shown, told))
    ties = tuple(name for name in of["ties"] if name not in ASKED)
    left = "paths-close" if shown.drop else f"paths-{TOLD[-1]}"
    ending = f"paths-{shown.parameters['axis']}"
    dense = "many" if told["many"] > 1 else "some"
    return Story((
        Section("pulls", (
            step(f"pulls.{'study' if shown.is_study else 'own'}", "pulls", panels=("bars",),
                 put={"lam": last}, hold=2.2),
        ), only=("loose",)),
        first,
        Section("enter", (
            step("enter.first", "enter", panels=("bars",), show=("press", "lam"), hold=0.8),
            Step(run={"lam": top}, seconds=1.6, hold=1.4),
        ), only=("loose", "tied", "press", "lam")),
        held,
        Section("tied", (
            step("tied.held", "tied", put={"lam": top}, hold=0.8),
            *_joining(shown, step, top, some),
            step("curves.run", "curves", panels=("bars", "ties"), show=ties, seconds=1.0,
                 hold=1.6),
            Step(run={"lam": 0}, **SLOW),
            Step(tell=claims(shown, {"lam": 0})["ties"], hold=1.4),
        ), only=("loose", "tied", "press", "lam", *ties)),
        *drop,
        Section("axes", (
            step("knots.weights", "knots", panels=("paths-lambda", "ties"), put={"lam": last},
                 show=of["paths-lambda"], seconds=1.0, hold=1.0),
            Step(run={"lam": 0}, hold=1.4, **SLOW),
            step(f"axes.{dense}", "axes.lambda", panels=("paths-lambda",),
                 put={"lam": shown.at}, tell=say(f"tell.axes.{dense}", **told), hold=2.4),
            *(step(f"axes.{after}", f"axes.{after}", tell=say(f"tell.axes.{after}"), hold=2.4,
                   **_turned(of, before, after)) for before, after in pairwise(TOLD)),
        ), only=(*ties, "lam")),
        *_closing(shown, step, of),
        say.section("still", panels=(ending, "ties"), hide=of[left] if left != ending else (),
                    run={"lam": shown.at}, seconds=1.4, hold=3.0, only=(*ties, *of[ending])),
    ))  # fmt: skip


def _joining(exhibit: LassoPaths, step: partial[Step], top: int, some: int) -> Iterator[Step]:
    """Yield steps in which the ceiling comes down, and rests wherever a bar has met it."""
    knots = (nearest(exhibit.lambdas, knot) for knot in exhibit.path.lambdas)
    first, *others = sorted({some, *(at for at in knots if some < at < top)}, reverse=True)
    yield Step(run={"lam": first}, seconds=1.8, even=True)
    yield step("tied.join", hold=1.8, task=_task(exhibit))
    for at in others:
        yield Step(run={"lam": at}, seconds=1.8, even=True, hold=0.8)


def _told(exhibit: LassoPaths) -> dict[str, Any]:
    """Return what sentences have places for; `many` knots share the last tenth of all."""
    knots, called = exhibit.path.lambdas[:-1], names(exhibit)
    return {
        "n": len(called), "first": called[exhibit.order[0]],
        "target": literal_names([exhibit.target])[0], "top": three(float(knots[0])),
        "knots": len(knots), "many": int((knots < knots[0] / 10.0).sum()),
        **drop_told(exhibit),
    }  # fmt: skip


def _ends(exhibit: LassoPaths, many: int) -> Array:
    """Return the knots between which so many weights, or the most, are first not 0."""
    degrees = exhibit.degrees
    piece = int(np.argmax(degrees >= min(many, degrees.max())))
    return exhibit.path.lambdas[piece : piece + 2]


def _turned(of: Mapping[str, tuple[str, ...]], before: str, after: str) -> dict[str, Any]:
    """Return what turns the weights against one axis into those against another."""
    old, new = of[f"paths-{before}"], of[f"paths-{after}"]
    # From close most lines are out of sight, and would come in pieces.
    some = tuple(one for one in old if after != "close" or one.startswith("drop"))
    pairs = ((one, one.removesuffix(before) + after) for one in some)
    morph = {one: other for one, other in pairs if other in new}
    return {
        "panels": (f"paths-{after}",), "morph": morph, "seconds": 1.6,
        "hide": tuple(one for one in old if one not in morph),
        "show": tuple(one for one in new if one not in morph.values()),
    }  # fmt: skip


def _closing(
    exhibit: LassoPaths, step: partial[Step], of: Mapping[str, tuple[str, ...]]
) -> Iterator[Section]:
    """Yield the section that looks close at the feature that drops out, if any does."""
    if exhibit.drop is None:
        return
    _, _, left, back = exhibit.drop
    shares = exhibit.place("ratio", exhibit.lambdas)
    first, last = exhibit.place("ratio", np.array([left, back]))
    before, within, after = (
        nearest(shares, first + share * (last - first)) for share in (-0.8, 0.5, 1.8)
    )
    run: dict[str, Any] = {"seconds": 1.6, "even": True, "hold": 1.3}
    yield Section("drop", (
        step("drop.close", "drop", put={"lam": before}, hold=1.2,
             **_turned(of, TOLD[-1], "close")),
        Step(run={"lam": within}, seconds=1.6, even=True),
        step("drop.out", hold=1.6),
        step("drop.back" if back else "drop.gone", run={"lam": after}, **run),
    ), only=("lam", "weight"))  # fmt: skip


def _task(exhibit: LassoPaths) -> Task | None:
    """Set the task to tie so many correlations, where that can be."""
    high, low = _ends(exhibit, WANTED)
    inside = exhibit.lambdas[(low < exhibit.lambdas) & (exhibit.lambdas < high)]
    tied = inside[exhibit.path.n_nonzero(inside) == WANTED]
    return say.find("task.tied", "lam", tied, values={"wanted": WANTED}, tells=("ties",))


def _questions(exhibit: LassoPaths, told: Mapping[str, float | str]) -> Iterator[Question]:
    """Ask when the first weight leaves 0, what holds its correlation, and of one that is lost.

    That is whether a weight can become 0 again as lambda falls, where one does.
    """
    top, lams = exhibit.path.lambda_max, exhibit.lambdas
    wrongs = {"zero": 0.0, "least": np.abs(exhibit.pulls.weights[0]).min()}
    yield say.guess("first", three(top), NEAR * top, wrongs, told, high=1.0, panel="bars",
                    sees=("loose",), at={"lam": len(lams) - 1})  # fmt: skip
    across, held = np.linspace(-top, 0.0, 9), {"stays": np.full(9, top), "gone": np.zeros(9)}
    yield say.guess("held", 0.0 - across, NEAR_CURVE * top, held, told, across=across,
                    panel="ties", sees=("joints", *ASKED),
                    at={"lam": nearest(lams, top)})  # fmt: skip
    if exhibit.drop is not None:
        at = {"lam": nearest(lams, _ends(exhibit, TIED).mean())}
        yield say.choice("drop", "out", ("grow", "stay", "out"), told, panel="bars",
                         sees=("loose", "tied", "press"), at=at)  # fmt: skip
