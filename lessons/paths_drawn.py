"""Weights over lambda as paths with their names and the count of zeros, and as bars."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.lines import joined, kept_and_gone, over, rows
from regviz.lessons.names import literal_names
from regviz.lessons.picture import Label, Mark, Panel, rounded
from regviz.lessons.sides import Side, tenfolds
from regviz.lessons.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Readout, Ticks, Weight
    from regviz.lessons.weight_paths import WeightPaths

#: of more paths than this, the thick ones are less so
FEW = 20
#: air beside what is drawn, in parts of it
AIR = 0.08
#: tenfolds that join names to the paths, and what a name takes of the weights' height
JOINT, NAME = 0.25, 0.12
#: where along its staircase the count may be written
COUNTED = (0.3, 0.2, 0.6, 0.7, 0.8, 0.1, 0.4, 0.5)
#: height of the count of zeros under the paths, of the least gap between, and of the air under
#: it, in parts of theirs
COUNT, BETWEEN, UNDER = 0.2, 0.1, 0.06
#: what is drawn beside the weights has so many decimals
DECIMALS = 5
LAM = ("lam",)


class OverLambda(Side):
    """Weights against an axis of strengths: lines across, and where lambda is on paths."""

    def across(self, ends: ArrayLike, levels: Iterable[float]) -> list[Mark]:
        """Return a line at each level, from one end to the other; that at 0 is solid."""
        return [
            self.mark(f"grid-{rank}", "paths", "rule", over(ends, at), role="muted",
                      weight="fine", look="faint" if at else "solid")
            for rank, at in enumerate(levels)
        ]  # fmt: skip

    def numbered(self, levels: Iterable[float], spots: tuple[float, ...]) -> list[Label]:
        """Return the numbers of these lines."""
        return [
            self.label(f"grid-{rank}", "number", spots, values={"at": at})
            for rank, at in enumerate(levels)
        ]

    def followed(self, now: Array, span: ArrayLike, weights: Array) -> list[Mark]:
        """Return the line where lambda is, and its points on paths: hollow ones are 0.

        Shapes `(n_values,)`, `(2,)` and `(n_values, n)`.
        """
        dots, holes = kept_and_gone(over(now[:, None], weights), weights)
        return [
            self.mark("now", "paths", "rule", over(now[:, None], span), LAM, "ink",
                      weight="fine"),
            self.mark("dots", "paths", "point", dots, LAM),
            self.mark("holes", "paths", "point", holes, LAM, look="hollow"),
        ]  # fmt: skip


def named_ends(
    x: ArrayLike, ends: Array, size: float, low: float, high: float
) -> tuple[Array, Array]:
    """Return where names of lines stand that end at levels `(n,)`, and the lines to them.

    These lead from one of `x` to the other. Names are so high each, from `low` to `high`.
    """
    places = spread(ends, size, low, high)
    return places, joined(over(x, np.column_stack([ends, places])))


class Weights(Side):
    """All weights under one penalty."""

    def __init__(self, exhibit: WeightPaths, name: str) -> None:
        super().__init__(exhibit.lesson, name)
        self.exhibit, self.drawn = exhibit, list(exhibit.drawn)
        self.n, self.n_rows = len(exhibit.features), len(exhibit.rows)
        self.weights = exhibit.weights[name][:, self.drawn]
        drawn = [paths[:, self.drawn] for paths in exhibit.paths.values()]
        low = min(0.0, *(float(paths.min()) for paths in drawn))
        high = max(0.0, *(float(paths.max()) for paths in drawn))
        air = AIR * (high - low)
        #: what is seen of the weights, the same under all penalties
        self.low, self.high = round(low - air, DECIMALS), round(high + air, DECIMALS)

    @property
    def numbers(self) -> Ticks:
        """Numbers of weights."""
        return rounded(self.low, self.high)

    @cached_property
    def names(self) -> list[str]:
        """What the drawn features are called."""
        every = [self.exhibit.features[feature] for feature in self.drawn]
        return literal_names(every)

    def zeros(self, panel: str) -> Readout:
        """Return the count of zeros beside a panel."""
        of = "rings" if panel == "bars" else "count"
        whole, zeros = "all" if self.n_rows == self.n else "some", self.exhibit.n_zeros
        count = self.say(f"readout.{whole}", n=self.n)
        numbers = zeros[self.name].astype(float)
        return self.readout(f"zeros-{panel}", count, numbers, LAM, panel, of)


class Paths(Weights, OverLambda):
    """All weights against lambda, over the count of zeros.

    What its panel's sentences have places for besides is `told`.
    """

    def __init__(self, exhibit: WeightPaths, name: str, **told: float) -> None:
        super().__init__(exhibit, name)
        self.told = told
        self.now, self.grid = np.log10(exhibit.lambdas), np.log10(exhibit.grid)
        self.paths = exhibit.paths[name][:, self.drawn]
        self.span = self.high - self.low
        #: where a count of none and of all stands, under the last name
        between = max(BETWEEN, NAME * (self.n_rows + 0.5) - 1.0)
        self.all = round(self.low - between * self.span, DECIMALS)
        self.none = round(self.all - COUNT * self.span, DECIMALS)

    def panels(self) -> list[Panel]:
        """Return the panel, with each name where the line to its path begins."""
        exhibit = self.exhibit
        left, right, bottom = self.now[0] - JOINT, self.now[-1], self.none - UNDER * self.span
        places = self._names[0].tolist()
        names = dict(zip(places, self.names, strict=False))
        zeros = int(exhibit.n_zeros[self.name][exhibit.at])
        told = {
            "n": self.n, "drawn": len(self.drawn), "named": self.n_rows, "zeros": zeros,
            "kept": self.n - zeros, "residual": exhibit.residual, **self.told,
        }  # fmt: skip
        return [
            self.panel(
                "paths", [left, right, bottom, self.high],
                (tenfolds(*self.now[[0, -1]].tolist()), names),
                toned=dict(zip(places, map(self._role, self.drawn), strict=False)),
                summary=f"summary.{exhibit.extent}", values=told,
            )
        ]  # fmt: skip

    def _role(self, feature: int) -> str:
        """Return the role of a feature: of one that is dropped it is no penalty's."""
        return (
            self.role if self.exhibit.weights[self.name][self.exhibit.at, feature] else "muted"
        )

    def marks(self) -> list[Mark]:
        """Return the paths, the count of zeros, and where lambda is now on all of them."""
        count = over(self.now, self._at(self.exhibit.n_zeros[self.name]))
        return [
            *self.across(self.grid[[0, -1]], [*self.numbers, self.all, self.none]),
            self.mark("joints", "paths", "line", self._names[1], role="ink", weight="fine",
                      look="faint"),
            *reversed(self._lines()),
            self.mark("steps", "paths", "line", self._staircase()),
            *self.followed(self.now, (self.none, self.high), self.weights[:, : self.n_rows]),
            self.mark("count", "paths", "point", count[:, None], LAM, grip="lam"),
        ]  # fmt: skip

    def _lines(self) -> list[Mark]:
        thick: Weight = "strong" if len(self.drawn) <= FEW else "plain"
        survivors = self.exhibit.survivors
        return [
            self.mark(f"path-{rank}", "paths", "line", over(self.grid, self.paths[:, rank]),
                      role=self._role(feature),
                      weight=thick if feature in survivors else "fine")
            for rank, feature in enumerate(self.drawn)
        ]  # fmt: skip

    @cached_property
    def _names(self) -> tuple[Array, Array]:
        """Where names stand at the axis, and lines to them from where each path begins."""
        left = self.grid[0]
        starts, size = self.paths[0, : self.n_rows], NAME * self.span
        places, lines = named_ends([left, left - JOINT], starts, size, self.all, self.high)
        return places.round(DECIMALS), lines.round(DECIMALS)

    def _staircase(self) -> Array:
        """Return how many of all weights are 0 between strengths, corners included."""
        is_zero = self.exhibit.paths[self.name] == 0.0
        counts = (is_zero[:-1] & is_zero[1:]).sum(axis=1)
        starts = np.array([0, *(np.flatnonzero(np.diff(counts)) + 1)])
        edges = np.append(self.grid[starts], self.grid[-1])
        return over(edges.repeat(2)[1:-1], self._at(counts[starts]).repeat(2)).round(DECIMALS)

    def _at(self, count: ArrayLike) -> Array:
        """Return where a count of zeros stands."""
        return self.none + np.asarray(count) / self.n * (self.all - self.none)

    def labels(self) -> list[Label]:
        """Return the names of lambda and of the count, and what the lines across say."""
        zeros = self.exhibit.n_zeros[self.name].astype(float)
        return [
            self.label("now", "lam", (1.0, 0.97, 0.03, 0.0), numbers=self.exhibit.lambdas,
                       by=LAM, still=True),
            self.label("steps", "zeros", COUNTED, numbers=zeros, by=LAM, still=True),
            *self.numbered([*self.numbers, self.n], (1.0, 0.98)),
        ]  # fmt: skip

    def readouts(self) -> list[Readout]:
        """Return the count of zeros."""
        return [self.zeros("paths")]


class Bars(Weights):
    """All weights at one lambda, a row for each feature."""

    def panels(self) -> list[Panel]:
        """Return a row for each feature that is drawn; from close by, for those with a name."""
        n, ends = len(self.drawn), [self.low, self.high]
        limits = [[*ends, last + 0.5, n + 0.5] for last in (0.0, n - self.n_rows)]
        names = dict(zip(rows(n), self.names, strict=True))
        return [
            self.panel("bars", limits, (self.numbers, names), kind="bars", cross=(0.0, 0.0),
                       by=("closer",))
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return bars from 0 to the weights, with their tips; what is exactly 0 has a ring.

        Those that are seen from further away only have no tips.
        """
        ends = over(self.weights, rows(len(self.drawn)))
        tips, rings = kept_and_gone(ends, self.weights)
        near, far = np.s_[:, : self.n_rows], np.s_[:, self.n_rows :]
        return [
            self.mark("bars", "bars", "bar", ends[near], LAM, look="faint"),
            self.mark("tips", "bars", "point", tips[near], LAM),
            self.mark("rings", "bars", "point", rings[near], LAM, look="hollow"),
            self.mark("more", "bars", "bar", ends[far], LAM, look="faint"),
            self.mark("zeros", "bars", "point", rings[far], LAM, look="hollow"),
        ]

    def readouts(self) -> list[Readout]:
        """Return the count of zeros."""
        return [self.zeros("bars")]
