"""Data that are changed at random: predictions jitter, optima scatter about their average's.

What lessons share in which chance, averaged over, is a penalty on two weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.clear import clear
from regviz.lessons.lines import joined, over, there
from regviz.lessons.picture import Mark, Said

#: numbers of changes per tenfold whose average is shown
PER_DECADE = 20
#: contours of each loss, and points of one
N_LEVELS, CURVE_POINTS = 3, 91
#: air in the plane, in its span
AIR = 0.12


@dataclass(frozen=True, kw_only=True)
class Jittered(Exhibit):
    """Optima of two weights under random changes of the data, by how strong these are.

    Attributes
    ----------
    counts
        Numbers of changes, ascending, shape `(n_counts,)`.
    at
        Index of the still picture's strength of change.
    plain, averaged
        The loss of two weights, and its averages over all changes of each strength, of which
        the last is the plain one.
    optima, averages
        Optima of each change, shape `(n_strengths, n_changes, 2)`, and of the loss averaged
        over so many first ones, `(n_strengths, n_counts, 2)`.
    curve
        Closed forms from no change to the strongest, shape `(n, 2)`.
    reach
        Root mean square distance of a change's optimum from the closed form, to leading order.
    """

    counts: NDArray[np.intp]
    at: int
    plain: rm.Quadratic
    averaged: rm.Quadratic
    optima: rm.Array
    averages: rm.Array
    curve: rm.Array
    reach: float


def counts(most: int) -> NDArray[np.intp]:
    """Return whole numbers from 1 to the most, evenly on a logarithmic scale."""
    n_values = int(PER_DECADE * np.log10(most)) + 1
    return np.unique(np.geomspace(1, most, n_values).round().astype(int))


def optima(
    by_strength: Sequence[rm.Moments], many: NDArray[np.intp]
) -> tuple[rm.Array, rm.Array]:
    """Return the optima of each change, and those of so many first ones together.

    Of changes of one strength each, which have moments `(n_changes, ...)`.
    """
    grams, targets = (np.stack(part) for part in zip(*by_strength, strict=True))
    sums = (part.cumsum(axis=1)[:, many - 1] for part in (grams, targets))
    return rm.dropout_optima(rm.Moments(grams, targets)), rm.dropout_optima(rm.Moments(*sums))


def plane(exhibit: Jittered, names: Sequence[str], foot: Said) -> parts.Panel:
    """Return the panel of both weights, which have these names."""
    points = np.array([exhibit.plain.center, exhibit.averaged.center[exhibit.at]])
    near = points[1] + 2.0 * exhibit.reach * np.array([[-1.0], [1.0]])
    seen = np.array([np.zeros(2), points[0], *near])
    low, high = seen.min(axis=0), seen.max(axis=0)
    air = AIR * float(np.max(high - low))
    (left, bottom), (right, top) = (low - air).tolist(), (high + air).tolist()
    ticks = clear((left, right), 0, points), clear((bottom, top), 1, points)
    return parts.chart(
        exhibit.lesson, "plane", (left, right, bottom, top), ticks, foot, kind="plane",
        role="l2", names=names,
    )  # fmt: skip


def plane_marks(exhibit: Jittered, by: tuple[str, str]) -> tuple[Mark, ...]:
    """Return contours, the ridge curve, and the optima of changes and of their average."""
    seen = np.arange(exhibit.optima.shape[1]) < exhibit.counts[:, None]
    dots, contours = there(exhibit.optima[:, None], seen), _contours(exhibit)
    best, average = exhibit.averaged.center[:, None], exhibit.averages[:, :, None]
    free, own = exhibit.plain.center[None], by[:1]
    return (
        Mark("plain", "plane", "line", "loss", contours[-1], weight="fine"),
        Mark("averaged", "plane", "line", "l2", contours, own, weight="fine"),
        Mark("ridge", "plane", "line", "l2", exhibit.curve, weight="strong"),
        Mark("dots", "plane", "point", "muted", dots, by, weight="fine"),
        Mark("unregularized", "plane", "point", "loss", free),
        Mark("optimum", "plane", "point", "l2", best, own, weight="strong"),
        Mark("walker", "plane", "point", "l2", best, own, weight="strong"),
        Mark("average", "plane", "point", "test", average, by),
    )


def _contours(exhibit: Jittered) -> rm.Array:
    """Return contours about the optima at the same rises, of which the last is that of 0.

    They are lines with breaks, shape `(n_strengths, n_rows, 2)`.
    """
    free, hessians = exhibit.plain.center, exhibit.averaged.hessian[:, None]
    centers = exhibit.averaged.center[:, None]
    roots = np.sqrt(free @ exhibit.plain.hessian @ free) * np.arange(1, N_LEVELS + 1) / N_LEVELS
    through = centers + over(roots / np.sqrt(hessians[..., 0, 0]), 0.0)
    return joined(rm.level_set(rm.Quadratic(hessians, centers), through, CURVE_POINTS))
