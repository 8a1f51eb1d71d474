"""Errors on rows held out: the parts, a curve for each, and what their mean chooses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.lines import over
from regviz.lessons.picture import Label, Mark, Panel, numbered, rounded
from regviz.lessons.sides import Side, tenfolds

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from regviz.lessons.clip import Window

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
#: where they are drawn has so many decimals
DECIMALS = 5


class HeldOut(Side):
    """The error on rows held out under one penalty: of each part, and the mean closer by.

    Parameters
    ----------
    lesson, name
        Whose sentences are said, and the penalty.
    found
        The errors, by penalty: all are seen over the same strengths.
    swept
        The weakest and the strongest of the strengths that the lesson shows otherwise.
    """

    def __init__(
        self, lesson: str, name: str, found: Mapping[str, rm.CrossValidation],
        swept: tuple[float, float],
    ) -> None:  # fmt: skip
        super().__init__(lesson, name)
        self.found, self.swept, self.own = found, swept, found[name]

    @cached_property
    def near(self) -> Window:
        """What is seen from close by: what is far from the least has lost already."""
        every = self.found.values()
        least = min(each.least[1] for each in every)
        highest = max(float(each.mean.max()) for each in every)
        step = max(
            max(each.tolerated for each in every) - least, LEAST_SEEN * (highest - least)
        )
        low, high = least - BELOW * step, least + ABOVE * step
        first, swept = np.log10(self.swept).tolist()
        last = max(
            math.log10(each.lambdas[each.mean <= high].max(initial=self.swept[0]))
            for each in every
        )
        chosen = [lam for each in every for lam in each.chosen]
        if any(each.one_standard_error[0] == math.inf for each in every):
            last = min(last, swept + ENDLESS)
        first = min(first, *(math.log10(lam) for lam in chosen if 0.0 < lam < math.inf), last)
        return first - WEAKER, last + BEYOND, low, high

    @cached_property
    def far(self) -> Window:
        """Where the errors of all parts are seen, about the least of their mean."""
        left, right, low, high = self.near
        ends = [each.errors[:, each.mean.argmin()] for each in self.found.values()]
        low, high = min(low, float(np.min(ends))), max(high, float(np.max(ends)))
        apart = high - low
        return left, right, low - LOWER * apart, high + HIGHER * apart

    def sees(self, lam: float) -> bool:
        """Say whether a strength's error is seen; the strength may be 0 or infinite."""
        return 0.0 < lam < math.inf and self.near[0] <= math.log10(lam) <= self.near[1]

    def panels(self) -> list[Panel]:
        """Return the panel of all parts, and that of their mean."""
        return [
            self.panel(what, window, (tenfolds(*window[:2]), rounded(*window[2:], 4)))
            for what, window in (("turns", self.far), ("choose", self.near))
        ]

    def marks(self) -> list[Mark]:
        """Return the errors, the least with one standard error, and what the rule chooses."""
        found, mean = self.own, self._curve(self.own.mean, MOST_TRIED)
        tolerated = round(found.tolerated, DECIMALS)
        marks = [
            *(
                self.mark(f"part-{part}", "turns", "line", self._curve(errors, MOST_OF_PART),
                          weight="fine")
                for part, errors in enumerate(found.errors, start=1)
            ),
            self.mark("mean", "turns", "line", mean, weight="strong"),
            self.mark("level", "choose", "rule", over(self.near[:2], tolerated),
                      role="muted", weight="fine"),
            self.mark("held", "choose", "line", mean, weight="strong"),
        ]  # fmt: skip
        lam, error = found.least
        if self.sees(lam):
            bar = _short(math.log10(lam), [error, tolerated])
            marks += [
                self.mark("se", "choose", "rule", bar),
                self.mark("least", "choose", "point", bar[:1], look="hollow"),
            ]
        lam, error = found.one_standard_error
        if self.sees(lam):
            drop = _short(math.log10(lam), [self.near[2], error])
            marks += [
                self.mark("drop", "choose", "rule", drop, role="ink", weight="fine"),
                self.mark("rule", "choose", "point", drop[1:]),
            ]
        return marks

    def _curve(self, errors: rm.Array, most: int) -> rm.Array:
        """Return the errors that are seen, enough of them, those that are marked among them."""
        lambdas = self.own.lambdas
        tried = np.log10(lambdas)
        first, last = np.searchsorted(tried, self.near[:2])
        within = np.arange(max(first - 1, 0), min(last + 1, len(tried)))
        marked = np.flatnonzero(np.isin(lambdas, self.own.chosen))
        kept = np.unique([*within[:: 1 + len(within) // most], *marked])
        return _short(tried[kept], errors[kept])

    def labels(self) -> list[Label]:
        """Return the names of the marks."""
        named = [
            self.label("level", "level", (0.0, 0.1, 0.9, 1.0, 0.5)),
            self.label("least", "least"),
        ]
        # One place for both marks needs one name.
        least, rule = self.own.chosen
        return named if least == rule else [*named, self.label("rule", "rule")]


def _short(x: ArrayLike, y: ArrayLike) -> rm.Array:
    return over(x, y).round(DECIMALS)


class Folds(Side):
    """The rows in parts, of which the driver `fold` holds one out."""

    def __init__(self, lesson: str, n_rows: int, n_folds: int) -> None:
        super().__init__(lesson, "rows")
        self.told = {"n": n_rows, "folds": n_folds}
        self.parts = np.arange(1.0, n_folds + 1.0)

    def panels(self) -> list[Panel]:
        """Return the panel."""
        seen = [0.1, len(self.parts) + 0.9, 0.0, 2.4]  # room for a name above the first
        return [self.panel("folds", seen, (numbered(*self.parts), {}), values=self.told)]

    def marks(self) -> list[Mark]:
        """Return all parts, and the one held out."""
        ends = over(self.parts, 1.0)
        return [
            self.mark("all", "folds", "bar", ends, role="muted", look="faint"),
            self.mark("out", "folds", "bar", ends[:, None], ("fold",)),
        ]

    def labels(self) -> list[Label]:
        """Return the name of the part held out."""
        return [self.label("out", "held")]
