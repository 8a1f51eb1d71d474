"""Descent at a few of its many steps, until it has arrived."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.regions import Region

#: steps of descent that are drawn: every one at first, ever fewer later, until the slowest
#: descent within the parameters' bounds has arrived
STEPS = (*range(25), *(round(24 * 1.12**power) for power in range(1, 71)))
#: as a share of the way, how near a walker is that has as good as arrived
NEAR = 2e-3


def descent(
    method: str, loss: rm.Quadratic, side: Region, start: rm.Array, step_size: float
) -> Iterator[rm.State]:
    """Return a descent by its name: `projected` onto a ball, or with the penalty's strength."""
    if method == "projected":
        return rm.projected_gradient(loss, side.penalty, side.budget, start, step_size)
    if method == "coordinate":
        return rm.coordinate_descent(loss, side.penalty, start)
    return {"ista": rm.ista, "fista": rm.fista}[method](loss, side.penalty, start, step_size)


def followed(states: Iterator[rm.State], limit: rm.Array) -> rm.Array:
    """Return where descent is after each of `STEPS`: at its limit once it is within 1e-10.

    The limit is known, so it decides: successive iterates of FISTA are also close together
    where it turns around.
    """
    near = 1e-10 * (1.0 + float(np.abs(limit).max()))
    path: list[rm.Array] = []
    for state in islice(states, STEPS[-1] + 1):
        if state.step and float(np.abs(state.weights - limit).max()) <= near:
            break
        path.append(state.weights)
    whole: rm.Array = np.stack([*path, limit])
    return whole[np.minimum(STEPS, len(path))]


def arrival(path: rm.Array) -> int:
    """Return the first of a path's rows that is as good as its last."""
    left = np.hypot(*(path - path[-1]).T)
    return int(np.argmax(left <= NEAR * left[0] + math.ulp(1.0)))
