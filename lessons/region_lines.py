"""What a plane shows of an optimum within a region: the loss around it, and what holds it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.lines import joined, there

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from regviz.lessons.regions import NormPenalty, Region

#: the loss's contours: how many, how far apart beside that through 0, and vertices of each
RINGS, APART, RING_POINTS = 9, 0.33, 121
#: a ring this near to the contour through the optimum would look like its shadow
SHADOW = 0.25
#: vertices of that contour and of a circle; and of a cone's rim
CURVE_POINTS, RIM = 121, 25


def rings(loss: rm.Quadratic, optima: rm.Array) -> rm.Array:
    """Return contours about the center, but for one that is nearly an optimum's own.

    They are one line with breaks for each of the optima, `(n_steps, 2)`.
    """

    def root(weights: rm.Array) -> rm.Array:
        # Not of the loss's value: with data its least value is not 0.
        error = weights - loss.center
        found: rm.Array = np.sqrt(np.einsum("...i,ij,...j", error, loss.hessian, error))
        return found

    gap = APART * float(root(np.zeros(2)))
    radii = gap * np.arange(1.0, RINGS + 1.0)
    aside = np.stack([radii / math.sqrt(loss.hessian[0, 0]), np.zeros(RINGS)], axis=1)
    rings = rm.level_set(loss, loss.center + aside, RING_POINTS)
    apart = np.abs(radii - root(optima)[:, None]) >= SHADOW * gap
    return joined(there(rings, apart[..., None]))


def through(loss: rm.Quadratic, side: Region) -> rm.Array:
    """Return the contours through the optima; there is none where nothing holds them."""
    return there(rm.level_set(loss, side.optima, CURVE_POINTS), side.lams[:, None] > 0.0)


def outlines(penalty: NormPenalty, budgets: ArrayLike) -> rm.Array:
    """Return regions at budgets `(...)`, `(..., n_points, 2)`: of a diamond its corners."""
    return penalty.ball(budgets, 5 if isinstance(penalty, rm.L1) else CURVE_POINTS)


def pull_of(side: Region, length: float) -> rm.Array:
    """Return a line from the optimum along minus the gradient; only its direction counts."""
    size = np.linalg.norm(side.pull) if side.case != "free" else np.nan
    return side.weights + np.array([[0.0], [length]]) * side.pull / size


def rim(side: Region, length: float) -> rm.Array:
    """Return the ends of what the region holds back at an optimum, `(n, 2)`."""
    if side.case != "corner":
        return (
            np.empty((0, 2)) if side.case in ("free", "origin") else pull_of(side, length)[1:]
        )
    one, other = side.cone
    along, across = (one + other) / 2.0, np.abs(one - other) / 2.0
    length_along, length_across = np.linalg.norm(along), np.linalg.norm(across)
    widest = math.atan2(length_across, length_along)
    angles = widest * np.arange(-(RIM // 2), RIM // 2 + 1) / (RIM // 2)
    ends = np.outer(np.cos(angles), along / length_along)
    ends += np.outer(np.sin(angles), across / length_across)
    return side.weights + length * ends


def legs(side: Region, length: float) -> rm.Array:
    """Return the two parts of the pull, one after the other, shape `(2, 2, 2)`."""
    if side.case != "corner":
        return np.full((2, 2, 2), np.nan)
    start, end = pull_of(side, length)
    # The held part begins at the optimum: it is the one to be compared.
    held = side.weights == 0.0
    bend = np.where(held, end, start)
    return np.array([[start, bend] if is_held else [bend, end] for is_held in held])


def drops(side: Region) -> rm.Array:
    """Return lines from the optimum to the axes that it is not on."""
    first, second = side.weights
    if side.case == "free" or 0.0 in (first, second):
        return np.full((1, 2), np.nan)
    return np.array([[first, 0.0], [first, second], [0.0, second]])
