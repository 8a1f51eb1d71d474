"""Optima at many strengths, and descent at a few of its many steps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: steps of descent that are drawn: every one at first, ever fewer later, until the slowest
#: descent within the parameters' bounds has arrived
STEPS = (*range(25), *(round(24 * 1.12**power) for power in range(1, 71)))
#: a strength beside the loss's curvature by which no number can be divided
LOST = 1e-300
#: as a share of the way, how near a walker is that has as good as arrived
NEAR = 2e-3


def penalized(loss: rm.Quadratic, penalty: rm.L1 | rm.L2 | rm.ElasticNet, lams: Array) -> Array:
    """Return the optima at strengths of any shape, `(..., 2)`; the loss's own at almost 0.

    A loss over `lam` with a penalty of strength 1 has the same optimum.
    """
    flat = lams.ravel()
    found = np.tile(loss.center, (len(flat), 1))
    priced = flat > LOST * loss.smoothness
    if priced.any():
        scaled = rm.Quadratic(loss.hessian / flat[priced, None, None], loss.center)
        found[priced] = rm.penalized_optimum(scaled, penalty.with_lambda(1.0))
    return found.reshape(*lams.shape, 2)


def followed(states: Iterator[rm.State], limit: Array) -> Array:
    """Return where descent is after each of `STEPS`: at its limit once it is within 1e-10.

    The limit is known, so it decides: successive iterates of FISTA are also close together
    where it turns around.
    """
    near = 1e-10 * (1.0 + float(np.abs(limit).max()))
    path = np.tile(limit, (len(STEPS), 1))
    wanted = {step: row for row, step in enumerate(STEPS)}
    for state in islice(states, STEPS[-1] + 1):
        if state.step and float(np.abs(state.weights - limit).max()) <= near:
            break
        if state.step in wanted:
            path[wanted[state.step]] = state.weights
    return path


def arrival(path: Array) -> int:
    """Return the first of a path's rows that is as good as its last."""
    left = np.hypot(*(path - path[-1]).T)
    return int(np.argmax(left <= NEAR * left[0] + math.ulp(1.0)))
