"""What there is to see of errors: on rows held out, and in two worlds."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.feature_panels import PENALTIES, few, panel, powers, say
from regviz.lessons.lines import over, there
from regviz.lessons.picture import Label, Look, Mark, Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.lessons.few_or_many import World
    from regviz.lessons.picture import MarkKind

WORLDS = ("few", "many")
#: what rows of errors are called, and how far they reach, in lengths of the longest
CALLED, LONGEST = {"free": r"$\lambda = 0$", "l1": "L1", "l2": "L2"}, 1.5
#: rows of errors, from the top
ROWS = ("free", "l1", "l2")
#: errors are seen this many standard errors above the least, this many below it, and at least
#: over this part of all that was measured
ABOVE, BELOW, LEAST_SEEN = 1.4, 0.25, 0.004
#: those of single parts are seen with so much above and below, in parts of how far they lie
#: apart at the least
HIGHER, LOWER = 0.5, 0.1
#: tenfolds that are seen left of the strengths that are swept, and right of the last error
WEAKER, BEYOND, ENDLESS = 0.7, 0.5, 1.0
#: so many errors make a curve, and that of a single part
MOST_TRIED, MOST_OF_PART = 60, 24


class HeldOut:
    """The error on rows held out under one penalty: of each part, and the mean closer by."""

    def __init__(self, exhibit: FeatureSelection, name: str) -> None:
        self.exhibit, self.name = exhibit, name
        self.tried = np.log10(exhibit.tried[name])

    @cached_property
    def near(self) -> tuple[float, float, float, float]:
        """What is seen from close by: what is far from the least has lost already."""
        exhibit = self.exhibit
        least = min(error for _, error in exhibit.least.values())
        every = max(float(errors.max()) for errors in exhibit.errors.values()) - least
        step = max(max(exhibit.tolerated.values()) - least, LEAST_SEEN * every)
        low, high = least - BELOW * step, least + ABOVE * step
        first, swept = np.log10([exhibit.grid[0], 2.0 * exhibit.lambda_max]).tolist()
        last = max(
            math.log10(tried[exhibit.errors[name] <= high].max(initial=exhibit.grid[0]))
            for name, tried in exhibit.tried.items()
        )
        if any(lam == math.inf for lam, _ in exhibit.chosen.values()):
            last = min(last, swept + ENDLESS)
        chosen = [lam for lam, _ in (*exhibit.least.values(), *exhibit.chosen.values())]
        first = min(first, *(math.log10(lam) for lam in chosen if 0.0 < lam < math.inf), last)
        return first - WEAKER, last + BEYOND, low, high

    @cached_property
    def far(self) -> tuple[float, float, float, float]:
        """Where the errors of all parts are seen, about the least of their mean."""
        exhibit, (left, right, low, high) = self.exhibit, self.near
        ends = [
            parts[:, exhibit.errors[name].argmin()] for name, parts in exhibit.parts.items()
        ]
        low, high = min(low, float(np.min(ends))), max(high, float(np.max(ends)))
        apart = high - low
        return left, right, low - LOWER * apart, high + HIGHER * apart

    def sees(self, lam: float) -> bool:
        """Say whether a strength's error is seen; the strength may be 0 or infinite."""
        return 0.0 < lam < math.inf and self.near[0] <= math.log10(lam) <= self.near[1]

    def panels(self) -> list[Panel]:
        """Return the panel of all parts, and that of their mean."""
        left, right = self.near[:2]
        return [
            panel(f"{what}-{self.name}", "chart", np.array([left, right, low, high]),
                  ticks=(powers(left, right), few(low, high)), cross=(left, low))
            for what, (_, _, low, high) in (("turns", self.far), ("choose", self.near))
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the errors, the least with one standard error, and what the rule chooses."""
        exhibit, name, tolerated = self.exhibit, self.name, self.exhibit.tolerated[self.name]
        ends = np.array([[side, tolerated] for side in self.near[:2]])
        mean = self._curve(exhibit.errors[name], MOST_TRIED)
        marks = [
            *(
                self._mark(f"part-{part + 1}", "line", name, self._curve(errors, MOST_OF_PART),
                           "turns", weight="fine")
                for part, errors in enumerate(exhibit.parts[name])
            ),
            self._mark("mean", "line", name, mean, "turns", weight="strong"),
            self._mark("level", "rule", "muted", ends, weight="fine"),
            self._mark("held", "line", name, mean, weight="strong"),
        ]  # fmt: skip
        least, error = exhibit.least[name]
        if self.sees(least):
            bar = np.array([[math.log10(least), end] for end in (error, tolerated)])
            marks += [
                self._mark("se", "rule", name, bar),
                self._mark("least", "point", name, bar[:1], look="hollow"),
            ]
        rule, error = exhibit.chosen[name]
        if self.sees(rule):
            drop = np.array([[math.log10(rule), end] for end in (self.near[2], error)])
            marks += [
                self._mark("drop", "rule", "ink", drop, weight="fine"),
                self._mark("rule", "point", name, drop[1:]),
            ]
        return marks

    def _mark(
        self, what: str, kind: MarkKind, role: str, points: Array, panel: str = "choose",
        **looks: Any,
    ) -> Mark:  # fmt: skip
        return Mark(f"{what}-{self.name}", f"{panel}-{self.name}", kind, role, points, **looks)

    def _curve(self, errors: Array, most: int) -> Array:
        """Return the errors that are seen, enough of them, those that are marked among them."""
        first, last = np.searchsorted(self.tried, self.near[:2])
        within = np.arange(max(first - 1, 0), min(last + 1, len(self.tried)))
        choices = [self.exhibit.least[self.name][0], self.exhibit.chosen[self.name][0]]
        marked = np.flatnonzero(np.isin(self.exhibit.tried[self.name], choices))
        kept = np.unique([*within[:: 1 + len(within) // most], *marked])
        curve: Array = np.column_stack([self.tried, errors])[kept].round(5)
        return curve

    def labels(self) -> list[Label]:
        """Return the names of the marks."""
        named = [
            Label(f"level-{self.name}", say("name.level"), (0.0, 0.1, 0.9, 1.0, 0.5)),
            Label(f"least-{self.name}", say("name.least")),
        ]
        # One place for both marks needs one name.
        if self.exhibit.least[self.name][0] != self.exhibit.chosen[self.name][0]:
            named.append(Label(f"rule-{self.name}", say("name.rule")))
        return named


class Folds:
    """The rows in parts, one of which is held out."""

    def __init__(self, exhibit: FeatureSelection) -> None:
        self.n_folds, self.n_rows = exhibit.n_folds, exhibit.n_rows

    def panels(self) -> list[Panel]:
        """Return the panel."""
        numbers = {float(at): f"${at}$" for at in range(1, self.n_folds + 1)}
        return [
            panel("rows", "chart", np.array([0.4, self.n_folds + 0.6, 0.0, 2.4]),
                  ticks=(numbers, {}), cross=(0.4, 0.0),
                  values={"n": self.n_rows, "folds": self.n_folds})
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return all parts, and the one held out."""
        parts = np.column_stack([np.arange(1.0, self.n_folds + 1.0), np.ones(self.n_folds)])
        return [
            Mark("rows", "rows", "bar", "muted", parts, look="faint"),
            Mark("out", "rows", "bar", "ink", parts[:, None], ("fold",)),
        ]

    def labels(self) -> list[Label]:
        """Return the name of the part held out."""
        return [Label("out", say("name.held"))]


class _World:
    """True weights as upright bars, rings where they are 0, and errors as level bars."""

    def __init__(self, name: str, world: World, highest: float, longest: float) -> None:
        self.name, self.world, self.highest, self.longest = name, world, highest, longest

    def panels(self) -> list[Panel]:
        """Return the panel of the weights and that of the errors."""
        weights = self.world.weights
        told = {
            "n": len(weights), "matter": self.world.n_matter,
            "weight": float(f"{weights[0]:.2g}"),
            "total": float(f"{np.square(weights).sum():.3g}"),
        }  # fmt: skip
        seen = np.array([0.0, len(weights) + 1.0, 0.0, 1.1 * self.highest])
        rows = {float(len(ROWS) - place): CALLED[row] for place, row in enumerate(ROWS)}
        errors = np.array([0.0, LONGEST * self.longest, 0.5, len(ROWS) + 0.5])
        return [
            panel(f"world-{self.name}", "chart", seen, values=told),
            panel(f"errors-{self.name}", "bars", errors, ticks=({}, rows)),
        ]

    def marks(self) -> list[Mark]:
        """Return weights and errors; of these the least of the penalties' stands out."""
        weights, error = self.world.weights, self.world.error
        ends = over(np.arange(1.0, len(weights) + 1.0), weights)
        bars, rings = there(ends, weights != 0.0), there(ends, weights == 0.0)
        marks = [Mark(f"weights-{self.name}", f"world-{self.name}", "bar", "ink", bars)]
        if self.world.n_matter < len(weights):
            marks.append(
                Mark(f"none-{self.name}", f"world-{self.name}", "point", "muted", rings,
                     weight="fine", look="hollow")
            )  # fmt: skip
        best = min(PENALTIES, key=error.__getitem__)
        looks: dict[str, Look] = {row: "solid" if row == best else "faint" for row in ROWS}
        return marks + [
            Mark(f"error-{self.name}-{row}", f"errors-{self.name}", "bar",
                 "muted" if row == "free" else row,
                 np.array([[error[row], float(len(ROWS) - place)]]), look=looks[row])
            for place, row in enumerate(ROWS)
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return what the errors are."""
        return [
            Label(f"error-{self.name}-{row}", say("name.number", at=f"{error:.2f}"))
            for row, error in self.world.error.items()
        ]


def worlds(both: Sequence[World]) -> list[_World]:
    """Return what is seen of two worlds, in the same units."""
    highest = max(float(world.weights.max()) for world in both)
    longest = max(max(world.error.values()) for world in both)
    return [
        _World(name, world, highest, longest) for name, world in zip(WORLDS, both, strict=True)
    ]
