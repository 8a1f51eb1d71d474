"""What there is to see of the lasso's path: weights against four axes, and what holds them.

Lambda falls to the right, so that all axes begin with no weight and end without a penalty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lasso_path_claims import claims, names, say
from regviz.lessons.lines import joined, over, there, upright, with_air
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout, Ticks
from regviz.lessons.sides import tenfolds
from regviz.lessons.spread import spread

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.lasso_path import LassoPaths

LAM, AXES = ("lam",), ("lambda", "log", "ratio", "df")
#: panels that a page shows before it is guided
FREE = ("paths-log", "paths-ratio", "paths-df", "ties")
#: air above and below, and what of its panel a name takes, upright, and a line to it, level
AIR, NAME, JOINT = 0.06, 0.09, 0.05
#: points of a path between two knots where it is no straight line
BENT = 8
#: how far around its absence the feature that drops out is seen from close, in its width
AROUND = 2.5
#: more knots than this are no lines across any more
MOST_KNOTS = 40
#: numbers along the steps, at most
MOST_TICKS = 14


class Axis:
    """Where strengths stand along an axis that begins with no weight.

    It is one of `AXES`, or `close`, the third where the feature drops out.

    Attributes
    ----------
    lams
        Strengths whose weights are the vertices of what is drawn, falling.
    start, end, right
        Where it begins, where paths end, and where its window does: beyond the paths there is
        room for lines to their names.
    low, high
        What is seen of the weights.
    """

    def __init__(self, exhibit: LassoPaths, name: str) -> None:
        self.name, self._exhibit, path = name, exhibit, exhibit.path
        top, low, knots = exhibit.top, exhibit.low, path.lambdas
        self.lams = np.array([top, *knots])
        if name == "log":
            seen = np.array([top, *knots[knots > low], low])
            shares = np.linspace(0.0, 1.0, BENT, endpoint=False)
            pieces = seen[:-1, None] * (seen[1:] / seen[:-1])[:, None] ** shares
            self.lams = np.append(pieces.ravel(), low)
        self.start, self.end = map(float, self.place(self.lams[[0, -1]]))
        self.right = self.end + JOINT * (self.end - self.start)
        self.low, self.high = with_air([0.0, *path.weights[:, exhibit.order].ravel()], AIR)
        if name == "close" and exhibit.drop is not None:
            left, back = self.place(np.array([exhibit.drop.left, exhibit.drop.back]))
            beside = AROUND * (back - left)
            ends = float(left - beside), min(float(back + beside), 1.0)
            knots = np.clip(self.place(knots), *ends)
            seen = np.interp([*ends, *knots], self.place(path.lambdas),
                             path.weights[:, exhibit.drop.feature])  # fmt: skip
            self.start, self.right, self.high = *ends, 1.2 * float(np.abs(seen).max())
            self.low = 0.0 - self.high

    def place(self, lams: Array) -> Array:
        """Return where strengths stand."""
        if self.name in ("lambda", "log"):
            return 0.0 - (lams if self.name == "lambda" else np.log10(lams))
        return self._exhibit.step(lams) if self.name == "df" else self._exhibit.ratio(lams)

    @property
    def ticks(self) -> Ticks:
        """What is written along it."""
        if self.name in ("ratio", "close"):
            return parts.rounded(self.start, min(self.right, 1.0))
        if self.name == "df":
            # Halfway between two knots stands how many weights are not 0 there.
            counts = [0.0, *self._exhibit.degrees.tolist()]
            every = -(-len(counts) // MOST_TICKS)
            return {at - 0.5: f"${counts[at]:.0f}$" for at in range(0, len(counts), every)}
        falling = (parts.rounded(0.0, -self.start) if self.name == "lambda"
                   else tenfolds(-self.end, -self.start))  # fmt: skip
        return {0.0 - at: said for at, said in falling.items()}

    @property
    def levels(self) -> list[float]:
        """Weights with a number."""
        return list(parts.rounded(self.low, self.high, 4))


def axes(exhibit: LassoPaths) -> list[Axis]:
    """Return all axes that there are."""
    every = AXES if exhibit.drop is None else (*AXES, "close")
    return [Axis(exhibit, name) for name in every]


def picture(exhibit: LassoPaths) -> Picture:
    """Describe the weights against each axis, the correlations against lambda, and as bars."""
    every, lams = axes(exhibit), exhibit.lambdas
    made = (*(mark for axis in every for mark in _paths(exhibit, axis)), *_ties(exhibit),
            *_bars(exhibit))  # fmt: skip
    marks = tuple(mark for mark in made if mark.points is not None and mark.points.size)
    worth = {"first": 0.97 * exhibit.path.lambda_max, "chosen": exhibit.lam["l1"], "last": 0.0}
    readouts = [Readout("lam", r"$\lambda =$", "ink", lams, LAM)]
    labels = []
    if exhibit.drop is not None:
        feature, _, left, back = exhibit.drop
        worth["drop"] = (left + back) / 2.0
        called = names(exhibit)[feature]
        weight = exhibit.path.at(lams)[:, feature]
        readouts.append(
            Readout("weight", say("readout.weight", name=called), "ink", weight, LAM)
        )
        labels.append(Label("drop-close", say("name.feature", name=called), (0.8, 0.2)))
    return Picture(
        panels=(*(_panel(exhibit, axis) for axis in every), *_other_panels(exhibit)),
        marks=marks,
        labels=(
            *(Label(f"grid-{axis.name}-{rank}", say("name.number", at=at), (0.0, 0.02))
              for axis in every for rank, at in enumerate(axis.levels)),
            *(say.label(f"now-{axis.name}", 0.97, 0.03, 0.9, 0.1, name="lam", numbers=lams,
                        by=LAM, still=True) for axis in every),
            say.label("ceiling", 0.3, 0.4, 0.2, 0.5),
            say.label("press", 0.0, 1.0, name="ceiling"),
            *labels,
        ),
        drivers=(Driver("lam", lams, exhibit.at, places=0.0 - lams),),
        readouts=tuple(readouts),
        says=tuple(name for name in claims(exhibit, {"lam": 0}) if name != "alt"),
        free=tuple(mark.name for mark in marks
                   if mark.panel in FREE and mark.name not in ("begun", "flat")),
        knobs={},
        presets={name: {"lam": float(lams[parts.nearest(lams, at)])}
                 for name, at in worth.items()},
    )  # fmt: skip


def _role(exhibit: LassoPaths, feature: int, other: str) -> str:
    return "ink" if exhibit.drop is not None and feature == exhibit.drop.feature else other


def _column(wanted: Array, low: float, high: float) -> Array:
    """Return where names stand whose lines would have them elsewhere."""
    return spread(wanted, np.full_like(wanted, NAME * (high - low)), low, high)


def _beside(
    exhibit: LassoPaths, panel: Panel, places: Array, role: str, some: Sequence[int] = ()
) -> Panel:
    """Return a panel with names of features, all that have one, along its upright axis."""
    called = names(exhibit)
    at = dict(zip(places.tolist(), some or exhibit.named, strict=True))
    written = {place: called[feature] for place, feature in at.items()}
    toned = {place: _role(exhibit, feature, role) for place, feature in at.items()}
    return replace(panel, ticks=(panel.ticks[0], written), toned=toned)


# ---- the weights


def _panel(exhibit: LassoPaths, axis: Axis) -> Panel:
    """Return the panel of the weights, with each name where the line to it ends."""
    active = int(np.count_nonzero(exhibit.points["weights"]))
    said = say("foot.paths", df=active, lam=exhibit.lam["l1"])
    window = np.array([axis.start, axis.right, axis.low, axis.high])
    panel = parts.chart("lasso-path", f"paths-{axis.name}", window, (axis.ticks, {}), said,
                        cross=(axis.start, axis.low))  # fmt: skip
    if axis.name == "close":
        return panel
    named = _beside(exhibit, panel, _ends(exhibit, axis)[1], "l1")
    return replace(named, cross=(axis.right, axis.low), mirrored=True)


def _ends(exhibit: LassoPaths, axis: Axis) -> tuple[Array, Array]:
    """Return where the paths of named features end, and where their names stand."""
    ends = exhibit.path.at(axis.lams[-1])[list(exhibit.named)]
    return ends, _column(ends, axis.low, axis.high)


def _paths(exhibit: LassoPaths, axis: Axis) -> Iterator[Mark]:
    """Yield the weights against an axis, from below to above."""
    name, panel, drop = axis.name, f"paths-{axis.name}", exhibit.drop
    knots = exhibit.path.lambdas[exhibit.path.lambdas >= axis.lams[-1]]
    if len(knots) <= MOST_KNOTS:
        lines = upright(axis.place(knots), axis.low, axis.high)
        yield Mark(f"knots-{name}", panel, "line", "muted", lines, weight="fine", look="faint")
    for rank, at in enumerate(axis.levels):
        across = over([axis.start, axis.end], at)
        yield Mark(f"grid-{name}-{rank}", panel, "rule", "muted", across, weight="fine",
                   look="faint" if at else "solid")  # fmt: skip
    if name != "close":
        joints = joined(over([axis.end, axis.right], np.stack(_ends(exhibit, axis), axis=1)))
        yield Mark(f"joints-{name}", panel, "line", "ink", joints, weight="fine", look="faint")
    lines = over(axis.place(axis.lams), exhibit.path.at(axis.lams).T)
    for what, some in exhibit.kinds.items():
        role, weight = LOOKS[what]
        yield Mark(f"{what}-{name}", panel, "line", role or "l1", joined(lines[some]),
                   weight=weight)  # fmt: skip
    now = axis.place(exhibit.lambdas)
    yield Mark(f"now-{name}", panel, "rule", "ink", over(now[:, None], [axis.low, axis.high]),
               LAM, weight="fine")  # fmt: skip
    dots = [drop.feature] if name == "close" and drop else list(exhibit.named)
    found = exhibit.path.at(exhibit.lambdas)[:, dots]
    points = over(now[:, None], found)
    yield Mark(f"dots-{name}", panel, "point", "l1", there(points, found != 0.0), LAM)
    yield Mark(f"holes-{name}", panel, "point", "l1", there(points, found == 0.0), LAM,
               look="hollow")  # fmt: skip


#: role, if it has one of its own, and weight of lines of each kind of features
LOOKS: dict[str, tuple[str, parts.Weight]] = {
    "rest": ("muted", "fine"), "path": ("", "plain"), "drop": ("ink", "strong"),
}  # fmt: skip


# ---- the correlations


def _other_panels(exhibit: LassoPaths) -> tuple[Panel, Panel]:
    """Return the panels of the correlations, as lines and as bars."""
    said, ticks = say("foot.ties", residual=exhibit.residual), Axis(exhibit, "lambda").ticks
    left, high = _edges(exhibit)
    window = np.array([left, 0.0, 0.0, high])
    lines = parts.chart("lasso-path", "ties", window, (ticks, {}), said, cross=(left, 0.0))
    n, numbers = len(exhibit.named), parts.rounded(0.0, exhibit.top)
    bars = parts.chart("lasso-path", "bars", np.array([0.0, 1.02 * exhibit.top, 0.5, n + 0.5]),
                       (numbers, {}), said, kind="bars")  # fmt: skip
    _, places = _starts(exhibit)
    return (
        _beside(exhibit, lines, places, "loss"),
        replace(
            _beside(exhibit, bars, np.arange(n, 0.0, -1.0), "ink", rows(exhibit)), toned={}
        ),
    )


def _edges(exhibit: LassoPaths) -> tuple[float, float]:
    """Return the left and the upper edge of the panel of lines."""
    return 0.0 - (1.0 + 2.0 * JOINT) * exhibit.top, (1.0 + AIR) * exhibit.top


def _starts(exhibit: LassoPaths) -> tuple[Array, Array]:
    """Return where lines of the named correlations begin, and where their names stand."""
    starts = np.abs(exhibit.pulls.weights[0])[list(exhibit.named)]
    return starts, _column(starts, 0.0, _edges(exhibit)[1])


def turned(lams: Array, values: Array) -> Array:
    """Return sizes over falling lambda of what is linear between, with a vertex at 0."""
    changes = np.flatnonzero(values[:-1] * values[1:] < 0.0)
    share = values[changes] / (values[changes] - values[changes + 1])
    zeros = lams[changes] + share * (lams[changes + 1] - lams[changes])
    x, y = np.insert(lams, changes + 1, zeros), np.insert(values, changes + 1, 0.0)
    return over(0.0 - x, np.abs(y))


def _ties(exhibit: LassoPaths) -> Iterator[Mark]:
    """Yield the correlations over lambda, which is their ceiling."""
    top, at = exhibit.top, exhibit.lambdas
    starts, places = _starts(exhibit)
    joints = joined(over([_edges(exhibit)[0], 0.0 - top], np.stack([places, starts], axis=1)))
    yield Mark("joints", "ties", "line", "ink", joints, weight="fine", look="faint")
    yield Mark("ceiling", "ties", "line", "l1", over([0.0 - top, 0.0], [top, 0.0]),
               weight="strong", look="faint")  # fmt: skip
    lams, gone = np.array([top, *exhibit.path.lambdas]), np.full((1, 2), np.nan)
    lines = [turned(lams, pulls) for pulls in exhibit.pulls.at(lams).T]
    for what, some in exhibit.kinds.items():
        role, weight = LOOKS[what]
        whole = [part for feature in some for part in (lines[feature], gone)]
        yield Mark(f"pull-{what}", "ties", "line", role or "loss",
                   np.vstack([np.zeros((0, 2)), *whole]), weight=weight)  # fmt: skip
    begun = np.stack([lines[feature][:2] for feature in exhibit.named])
    yield Mark("flat", "ties", "line", "loss", joined(begun), look="faint")
    yield Mark("begun", "ties", "line", "loss", begun[0], weight="strong")
    yield Mark("now-ties", "ties", "rule", "ink", over(0.0 - at[:, None], [0.0, top]), LAM,
               weight="fine")  # fmt: skip
    yield Mark("grip-ties", "ties", "point", "l1", over(0.0 - at, at)[:, None], LAM, grip="lam")


def rows(exhibit: LassoPaths) -> list[int]:
    """Return the features with a bar, the longest first."""
    starts = np.abs(exhibit.pulls.weights[0])
    return sorted(exhibit.named, key=lambda feature: -float(starts[feature]))


def _bars(exhibit: LassoPaths) -> Iterator[Mark]:
    """Yield the sizes of correlations at a strength, those that are tied apart."""
    at, named = exhibit.lambdas, rows(exhibit)
    sizes, weights = np.abs(exhibit.pulls.at(at))[:, named], exhibit.path.at(at)[:, named]
    ends = over(sizes, np.arange(len(named), 0.0, -1.0))
    yield Mark("loose", "bars", "bar", "loss", there(ends, weights == 0.0), LAM, look="faint")
    yield Mark("tied", "bars", "bar", "loss", there(ends, weights != 0.0), LAM)
    yield Mark("press", "bars", "rule", "l1", over(at[:, None], [0.5, len(named) + 0.5]), LAM)
