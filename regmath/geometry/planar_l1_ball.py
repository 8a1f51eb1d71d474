"""The optimum of a two-weight loss in the L1 diamond, edge by edge."""

import numpy as np

from regmath._arrays import Array
from regmath.geometry.level import Level
from regmath.geometry.scaled import Scaled

# One edge of the diamond per row: the signs of its two weights.
FIRST = np.array([[1.0], [1.0], [-1.0], [-1.0]])
SECOND = np.array([[1.0], [-1.0], [1.0], [-1.0]])


def planar_l1_ball(problem: Scaled, level: Level, budget: Array) -> tuple[Array, Array]:
    """Minimise `1/2 w'Hw - b'w` subject to `level(w) = budget`, for a whole batch.

    Each edge is a segment, where the loss is a parabola; its minimum clipped to the segment
    is that edge's candidate, corners included. Of the four, the optimum is the one whose
    Frank-Wolfe gap `<g, w> + |w|_1 |g|_inf` is least (zero). Comparing losses instead would
    find the weights only to the square root of rounding.

    Parameters
    ----------
    problem : Scaled
        With two weights.
    level : Level
        Of L1: with `l2 = 0`.
    budget : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, 2)
        At a corner the other weight is exactly 0.0.
    multiplier : array, shape (n,)
        `|g|_inf / l1`.
    """
    h11, h12, h22 = (problem.hessian[:, i, j] for i, j in ((0, 0), (0, 1), (1, 1)))
    b1, b2 = problem.linear.T
    side = budget / level.l1
    product = FIRST * SECOND
    curvature = np.maximum(h11 + h22 - 2.0 * product * h12, 0.0)
    slope = side * (h22 - product * h12) + FIRST * b1 - SECOND * b2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = slope / curvature
    # A flat edge whose every point is optimal (0 / 0): its end on the first axis.
    share = np.where(np.isnan(share), side, share)
    share = np.minimum(np.maximum(share, 0.0), side)
    w1, w2 = FIRST * share + 0.0, SECOND * (side - share) + 0.0
    g1, g2 = h11 * w1 + h12 * w2 - b1, h12 * w1 + h22 * w2 - b2
    steepest = np.maximum(np.abs(g1), np.abs(g2))
    best = np.argmin(g1 * w1 + g2 * w2 + side * steepest, axis=0)
    column = np.arange(best.size)
    weights = np.array((w1[best, column], w2[best, column])).T
    return weights, steepest[best, column] / level.l1
