"""What there is to see of the lasso's path: weights against four axes, and what holds them.

Lambda falls to the right, so that all axes begin with no weight and end without a penalty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lines import joined, kept_and_gone, over, upright, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.paths_drawn import OverLambda
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout, Ticks
from regviz.lessons.sides import tenfolds
from regviz.lessons.spread import spread
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.lasso_path import LassoPaths

say = Voice("lasso-path")
LAM, AXES = ("lam",), ("lambda", "log", "ratio", "df")
#: role, if it has one of its own, and weight of lines of each kind of features
LOOKS: dict[str, tuple[str, parts.Weight]] = {
    "rest": ("muted", "fine"), "path": ("", "plain"), "drop": ("ink", "strong"),
}  # fmt: skip
#: panels that a page shows before it is guided
FREE = ("paths-log", "paths-ratio", "paths-df", "ties")
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


def names(exhibit: LassoPaths) -> list[str]:
    """Return what the features are called in sentences and beside lines."""
    return literal_names(exhibit.features, 10)


def picture(exhibit: LassoPaths) -> Picture:
    """Describe the weights against each axis, the correlations against lambda, and as bars."""
    every, lams = axes(exhibit), exhibit.lambdas
    marks = (*(mark for axis in every for mark in axis.marks()), *_ties(exhibit),
             *_bars(exhibit))  # fmt: skip
    worth = {"first": 0.97 * exhibit.path.lambda_max, "chosen": exhibit.lam["l1"], "last": 0.0}
    readouts, labels = [Readout("lam", r"$\lambda =$", "ink", lams, LAM)], []
    if exhibit.drop is not None:
        feature, _, left, back = exhibit.drop
        called, weight = names(exhibit)[feature], exhibit.path.at(lams)[:, feature]
        worth["drop"] = (left + back) / 2.0
        symbol = say("readout.weight", name=called)
        readouts.append(Readout("weight", symbol, "ink", weight, LAM))
        labels.append(Label("drop-close", say("name.feature", name=called), (0.8, 0.2)))
    return Picture(
        panels=(*(panel for axis in every for panel in axis.panels()),
                *_other_panels(exhibit)),
        marks=marks,
        labels=(
            *(label for axis in every for label in axis.labels()),
            say.label("ceiling", 0.3, 0.4, 0.2, 0.5),
            say.label("press", 0.0, 1.0, name="ceiling"),
            *labels,
        ),
        drivers=(Driver("lam", lams, exhibit.at, places=0.0 - lams),),
        readouts=tuple(readouts),
        says=("ties", "come") if exhibit.drop is None else ("ties", "come", "drop"),
        free=tuple(mark.name for mark in marks
                   if mark.panel in FREE and mark.name not in ("begun", "flat")),
        knobs={},
        presets={name: {"lam": float(lams[parts.nearest(lams, at)])}
                 for name, at in worth.items()},
    )  # fmt: skip


# ---- the weights


def _panel(
    exhibit: LassoPaths, name: str, window: Sequence[float], ticks: Ticks,
    named: Mapping[float, int], role: str, *, mirrored: bool = False, **looks: Any,
) -> Panel:  # fmt: skip
    """Return a panel with features named along its upright axis; of a role they are toned."""
    called, out = names(exhibit), exhibit.kinds["drop"]
    written = {place: called[feature] for place, feature in named.items()}
    toned = {place: "ink" if feature in out else role for place, feature in named.items()}
    made = say.chart(name, np.array(window), (ticks, written), **looks)
    return replace(made, toned=toned if role else {}, mirrored=mirrored)


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
    """

    def __init__(self, exhibit: LassoPaths, name: str) -> None:
        super().__init__("lasso-path", name)
        self.role, self.exhibit, path, drop = "l1", exhibit, exhibit.path, exhibit.drop
        self.lams = exhibit.turns
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
            self.low = 0.0 - self.high
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

    @property
    def column(self) -> tuple[Array, Array]:
        """Where the paths of named features end, and where their names stand."""
        ends = self.exhibit.path.at(self.lams[-1])[list(self.exhibit.named)]
        return ends, spread(ends, NAME * (self.high - self.low), self.low, self.high)

    def panels(self) -> list[Panel]:
        """Return the panel, with each name where the line to it ends."""
        shown, is_far = self.exhibit, self.name != "close"
        named = dict(zip(self.column[1].tolist(), shown.named, strict=True)) if is_far else {}
        active = int(np.count_nonzero(shown.points["weights"]))
        return [_panel(
            shown, f"paths-{self.name}", (self.start, self.right, self.low, self.high),
            self.ticks, named, self.role, mirrored=is_far,
            foot=say("foot.paths", df=active, lam=shown.lam["l1"]),
            cross=(self.right if is_far else self.start, self.low),
        )]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights, from below to above; from close, dots on one path alone."""
        shown, path, near = self.exhibit, self.exhibit.path, self.name == "close"
        knots = self.place(path.lambdas[path.lambdas >= self.lams[-1]])
        span, faint = (self.low, self.high), {"weight": "fine", "look": "faint"}
        ends = over([self.end, self.right], np.stack(self.column, axis=1))
        aside = [
            self.mark("knots", "paths", "line", upright(knots, *span), (), "muted", **faint),
            self.mark("joints", "paths", "line", joined(ends), (), "ink", **faint),
        ]
        dotted = shown.kinds["drop"] if near else list(shown.named)
        lines = over(self.place(self.lams), path.at(self.lams).T)
        return [
            *aside[: int(len(knots) <= MOST_KNOTS)],
            *self.across([self.start, self.end], self.numbers),
            *aside[1 : 1 + int(not near)],
            *_by_kind(shown, f"{{}}-{self.name}", f"paths-{self.name}", "l1", lines),
            *self.followed(self.place(shown.lambdas), span, path.at(shown.lambdas)[:, dotted]),
        ]

    def labels(self) -> list[Label]:
        """Return the numbers of the weights, and lambda's."""
        lam = self.label("now", "lam", (0.97, 0.03, 0.9, 0.1), numbers=self.exhibit.lambdas,
                         by=LAM, still=True)  # fmt: skip
        return [*self.numbered(self.numbers, (0.0, 0.02)), lam]


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


def axes(exhibit: LassoPaths) -> list[Axis]:
    """Return all axes that there are."""
    every = AXES if exhibit.drop is None else (*AXES, "close")
    return [Axis(exhibit, name) for name in every]


# ---- the correlations


def _other_panels(exhibit: LassoPaths) -> Iterator[Panel]:
    """Yield the panels of the correlations, as lines and as bars."""
    foot, top, n = say("foot.ties", residual=exhibit.residual), exhibit.top, len(exhibit.named)
    (left, high), ticks = _edges(exhibit), Axis(exhibit, "lambda").ticks
    named = dict(zip(_starts(exhibit)[1].tolist(), exhibit.named, strict=True))
    yield _panel(exhibit, "ties", (left, 0.0, 0.0, high), ticks, named, "loss", foot=foot,
                 cross=(left, 0.0))  # fmt: skip
    named = dict(zip(np.arange(n, 0.0, -1.0).tolist(), rows(exhibit), strict=True))
    yield _panel(exhibit, "bars", (0.0, 1.02 * top, 0.5, n + 0.5), parts.rounded(0.0, top),
                 named, "", foot=foot, kind="bars")  # fmt: skip


def _edges(exhibit: LassoPaths) -> tuple[float, float]:
    """Return the left and the upper edge of the panel of lines."""
    return 0.0 - (1.0 + 2.0 * JOINT) * exhibit.top, (1.0 + AIR) * exhibit.top


def _starts(exhibit: LassoPaths) -> tuple[Array, Array]:
    """Return where lines of the named correlations begin, and where their names stand."""
    starts, (_, high) = np.abs(exhibit.pulls.weights[0])[list(exhibit.named)], _edges(exhibit)
    return starts, spread(starts, NAME * high, 0.0, high)


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
    lines = [turned(exhibit.turns, pulls) for pulls in exhibit.pulls.at(exhibit.turns).T]
    yield from _by_kind(exhibit, "pull-{}", "ties", "loss", lines)
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
    tied, loose = kept_and_gone(ends, weights)
    yield Mark("loose", "bars", "bar", "loss", loose, LAM, look="faint")
    yield Mark("tied", "bars", "bar", "loss", tied, LAM)
    yield Mark("press", "bars", "rule", "l1", over(at[:, None], [0.5, len(named) + 0.5]), LAM)
