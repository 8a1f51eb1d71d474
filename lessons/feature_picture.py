"""What there is to see of feature selection: all weights as bars and as paths, and the rest."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.feature_errors import WORLDS, Folds, HeldOut, worlds
from regviz.lessons.feature_panels import PENALTIES, few, panel, powers, say
from regviz.lessons.lines import joined, over, there
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.picture import Driver, Label, Mark, Picture, Readout
from regviz.lessons.spread import spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.lessons.picture import MarkKind, Panel, Weight

__all__ = ["PENALTIES", "WORLDS", "picture", "say", "shown"]

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


def picture(exhibit: FeatureSelection) -> Picture:
    """Describe the weights of both penalties as bars and paths, and what tells which to use."""
    sides = [_Side(exhibit, name) for name in PENALTIES]
    rest: list[Any] = [HeldOut(exhibit, name) for name in PENALTIES]
    rest += [Folds(exhibit), *worlds(exhibit.worlds)]
    parts: list[Any] = [*sides, *rest]
    marks = tuple(mark for part in parts for mark in part.marks() if mark.points.size)
    named = {mark.name for mark in marks}
    return Picture(
        panels=(
            *(side.paths_panel() for side in sides),
            *(side.bars_panel() for side in sides),
            *(each for part in rest for each in part.panels()),
        ),
        marks=marks,
        labels=tuple(each for part in parts for each in part.labels() if each.of in named),
        drivers=(
            Driver("lam", exhibit.lambdas, exhibit.at, places=sides[0].now.round(3)),
            Driver("fold", np.arange(1.0, exhibit.n_folds + 1.0), 0, told=True),
            Driver("closer", np.array([0.0, 1.0]), 0, told=True),
        ),
        readouts=(
            Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, ("lam",)),
            *(readout for side in sides for readout in side.readouts()),
        ),
        says=("verdict-l1", "verdict-l2", "foot-lam", "foot-drawn", "foot-l1", "foot-l2"),
        free=tuple(mark.name for mark in marks if mark.panel.startswith(("bars-", "paths-"))),
    )


def shown(exhibit: FeatureSelection) -> str:
    """Say whether all features are named, or all drawn, or only some."""
    if len(exhibit.drawn) < len(exhibit.features):
        return "some"
    return "named" if len(exhibit.rows) < len(exhibit.features) else "all"


class _Side:
    """All weights under one penalty, as bars and as paths over the count of zeros."""

    def __init__(self, exhibit: FeatureSelection, name: str) -> None:
        self.exhibit, self.name = exhibit, name
        self.n, self.n_rows = len(exhibit.features), len(exhibit.rows)
        self.now, self.grid = np.log10(exhibit.lambdas), np.log10(exhibit.grid)
        self.weights = exhibit.weights[name][:, exhibit.drawn]
        self.paths = exhibit.paths[name][:, exhibit.drawn]
        drawn = [paths[:, exhibit.drawn] for paths in exhibit.paths.values()]
        low = min(0.0, *(float(paths.min()) for paths in drawn))
        high = max(0.0, *(float(paths.max()) for paths in drawn))
        air = AIR * (high - low)
        #: what is seen of the weights, the same under both penalties
        self.low, self.high = low - air, high + air
        span = self.high - self.low
        #: where a count of none and of all stands
        self.all = self.low - max(BETWEEN, NAME * (self.n_rows + 0.5) - 1.0) * span
        self.none = self.all - COUNT * span

    # -- panels -----------------------------------------------------------------------------

    def paths_panel(self) -> Panel:
        """Return the panel of the still, with each name where the line to its path begins."""
        left, right = self.now[0] - JOINT, self.now[-1]
        bottom = self.none - UNDER * (self.high - self.low)
        places = self._joints.reshape(-1, 3, 2)[:, 1, 1].tolist()
        names = dict(zip(places, self._names[: self.n_rows], strict=True))
        tones = {
            at: self._role(feature)
            for at, feature in zip(places, self.exhibit.rows, strict=True)
        }
        counts = {self.none: "$0$", self.all: f"${self.n}$"}
        return self._panel(
            "paths", "chart", np.array([left, right, bottom, self.high]),
            ticks=(powers(*self.now[[0, -1]].tolist()), names | counts), cross=(left, bottom),
            toned=tones, summary=f"summary.{shown(self.exhibit)}",
        )  # fmt: skip

    def bars_panel(self) -> Panel:
        """Return a row for each feature that is drawn; from close by, for those with a name."""
        n = len(self.exhibit.drawn)
        every = [self.low, self.high, 0.5, n + 0.5]
        near = [self.low, self.high, n - self.n_rows + 0.5, n + 0.5]
        limits = np.array([every, near])
        names = dict(zip(range(n, 0, -1), self._names, strict=True))
        numbers = few(self.low, self.high)
        return self._panel("bars", "bars", limits, ticks=(numbers, names), by=("closer",))

    def _panel(self, what: str, kind: Any, limits: Array, **more: Any) -> Panel:
        exhibit = self.exhibit
        zeros = int(exhibit.n_zeros[self.name][exhibit.at])
        values = {
            "n": self.n, "drawn": len(exhibit.drawn), "named": self.n_rows,
            "zeros": zeros, "kept": self.n - zeros, "gone": exhibit.gone_from,
            "residual": exhibit.residual,
        }  # fmt: skip
        return panel(f"{what}-{self.name}", kind, limits, values=values, **more)

    @cached_property
    def _names(self) -> list[str]:
        return [
            literal(name) for name in short_names([*map(self._feature, self.exhibit.drawn)])
        ]

    def _feature(self, place: int) -> str:
        return self.exhibit.features[place]

    # -- marks ------------------------------------------------------------------------------

    def marks(self) -> list[Mark]:
        """Return paths and the count of zeros over lambda, and bars; all follow lambda."""
        return [*self._lines(), *self._followers(), *self._bars()]

    def _mark(
        self, what: str, panel: str, kind: MarkKind, role: str, points: Array,
        by: tuple[str, ...] = (), **looks: Any,
    ) -> Mark:  # fmt: skip
        own = f"{what}-{self.name}" if what else self.name
        return Mark(own, f"{panel}-{self.name}", kind, role, points, by, **looks)

    def _lines(self) -> list[Mark]:
        thick: Weight = "strong" if len(self.exhibit.drawn) <= FEW else "plain"
        paths = [
            self._mark(
                f"path-{rank}", "paths", "line", self._role(feature),
                np.column_stack([self.grid, self.paths[:, rank]]),
                weight=thick if survives else "fine",
            )
            for rank, feature in enumerate(self.exhibit.drawn)
            for survives in [feature in self.exhibit.survivors]
        ]  # fmt: skip
        return [
            *(
                self._mark(f"grid-{rank}", "paths", "rule", "muted",
                           np.array([[self.grid[0], at], [self.grid[-1], at]]), weight="fine",
                           look="faint" if at else "solid")
                for rank, at in enumerate([*few(self.low, self.high), self.none, self.all])
            ),
            self._mark("joints", "paths", "line", "ink", self._joints, weight="fine",
                       look="faint"),
            *reversed(paths),
            self._mark("steps", "paths", "line", self.name, self._staircase()),
        ]  # fmt: skip

    def _role(self, feature: int) -> str:
        """Return the role of a feature: of those that L1 drops it is no penalty's."""
        drops = self.name == "l1" and feature not in self.exhibit.survivors
        return "muted" if drops else self.name

    def _staircase(self) -> Array:
        """Return how many of all weights are 0 between strengths, corners included."""
        is_zero = self.exhibit.paths[self.name] == 0.0
        counts = (is_zero[:-1] & is_zero[1:]).sum(axis=1)
        starts = np.array([0, *(np.flatnonzero(np.diff(counts)) + 1)])
        edges = np.append(self.grid[starts], self.grid[-1])
        corners = np.column_stack([edges.repeat(2)[1:-1], self._at(counts[starts]).repeat(2)])
        rounded: Array = corners.round(5)
        return rounded

    def _at(self, count: NDArray[np.intp]) -> Array:
        """Return where a count of zeros stands."""
        place: Array = self.none + count / self.n * (self.all - self.none)
        return place

    def _followers(self) -> list[Mark]:
        """Return where lambda is now, and on the paths and the staircase."""
        ends = over(self.now[:, None], [self.none, self.high])
        weights = self.weights[:, : self.n_rows]
        dots = over(self.now[:, None], weights)
        filled, rings = there(dots, weights != 0.0), there(dots, weights == 0.0)
        count = over(self.now, self._at(self.exhibit.n_zeros[self.name]))
        by = ("lam",)
        return [
            self._mark("now", "paths", "rule", "ink", ends, by, weight="fine"),
            self._mark("dots", "paths", "point", self.name, filled, by),
            self._mark("holes", "paths", "point", self.name, rings, by, look="hollow"),
            self._mark("count", "paths", "point", self.name, count[:, None], by, grip="lam"),
        ]

    def _bars(self) -> list[Mark]:
        """Return bars from 0 to the weights, with their tips; what is exactly 0 has a ring.

        Those that are seen from further away only have no tips.
        """
        rows = np.arange(len(self.exhibit.drawn), 0.0, -1.0)
        ends = over(self.weights, rows)
        tips, rings = (there(ends, at) for at in (self.weights != 0.0, self.weights == 0.0))
        near, far, by = np.s_[:, : self.n_rows], np.s_[:, self.n_rows :], ("lam",)
        return [
            self._mark("", "bars", "bar", self.name, ends[near], by, look="faint"),
            self._mark("tips", "bars", "point", self.name, tips[near], by),
            self._mark("rings", "bars", "point", self.name, rings[near], by, look="hollow"),
            self._mark("more", "bars", "bar", self.name, ends[far], by, look="faint"),
            self._mark("zeros", "bars", "point", self.name, rings[far], by, look="hollow"),
        ]

    @cached_property
    def _joints(self) -> Array:
        """Lines from where each path begins to where its name stands, at the axis.

        Rows are, for each name, the path's beginning, the name's place, and NaN.
        """
        left, starts = self.grid[0], self.paths[0, : self.n_rows]
        room = np.full_like(starts, NAME * (self.high - self.low))
        places = spread(starts, room, self.all, self.high)
        ends = over([left, left - JOINT], np.column_stack([starts, places]))
        return joined(ends).round(5)

    # -- what is written --------------------------------------------------------------------

    def labels(self) -> list[Label]:
        """Return the names of lambda and of the count, and what the lines across say."""
        exhibit, by = self.exhibit, ("lam",)
        zeros = exhibit.n_zeros[self.name].astype(float)
        return [
            Label(f"now-{self.name}", say("name.lam"), (1.0, 0.97, 0.03, 0.0), exhibit.lambdas,
                  by, still=True),
            Label(f"steps-{self.name}", say("name.zeros"), COUNTED, zeros, by,
                  still=True),
            *(
                Label(f"grid-{rank}-{self.name}", say("name.number", at=at), (1.0, 0.98))
                for rank, at in enumerate(few(self.low, self.high))
            ),
        ]  # fmt: skip

    def readouts(self) -> list[Readout]:
        """Return the count of zeros, beside the bars and beside the paths."""
        exhibit, name = self.exhibit, self.name
        whole = "all" if self.n_rows == self.n else "some"
        count, zeros = say(f"readout.{whole}", n=self.n), exhibit.n_zeros[name].astype(float)
        return [
            Readout(f"zeros-{what}-{name}", count, name, zeros, ("lam",), f"{what}-{name}")
            for what in ("bars", "paths")
        ]
