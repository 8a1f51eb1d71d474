"""The optimum of a two-weight loss in the L1 diamond, edge by edge."""

import numpy as np

from regmath._arrays import Array

# One edge of the diamond per row: the signs of its two weights.
FIRST = np.array([[1.0], [1.0], [-1.0], [-1.0]])
SECOND = np.array([[1.0], [-1.0], [1.0], [-1.0]])
ROUNDING = 8.0 * np.finfo(float).eps


def planar_l1_ball(hessian: Array, center: Array, budget: Array) -> tuple[Array, Array]:
    """Minimise `1/2 (w-c)'H(w-c)` subject to `|w_1| + |w_2| <= budget`, for a whole batch.

    Each edge is a segment, where the loss is a parabola; its minimum clipped to the segment
    is that edge's candidate, corners included. Of the four, the optimum is the one whose
    Frank-Wolfe gap `<g, w> + budget |g|_inf` is least (zero). Comparing losses instead would
    find the weights only to the square root of rounding.

    Parameters
    ----------
    hessian : array, shape (n, 2, 2)
    center : array, shape (n, 2)
    budget : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, 2)
        At a corner the other weight is exactly 0.0.
    multiplier : array, shape (n,)
        `|g|_inf` on the boundary, and exactly 0.0 where the constraint does not bind.
    """
    h11, h12, h22 = hessian[:, 0, 0].copy(), hessian[:, 0, 1].copy(), hessian[:, 1, 1].copy()
    c1, c2 = center[:, 0].copy(), center[:, 1].copy()
    b1, b2 = h11 * c1 + h12 * c2, h12 * c1 + h22 * c2
    product = FIRST * SECOND
    curvature = np.maximum(h11 + h22 - 2.0 * product * h12, 0.0)
    slope = budget * (h22 - product * h12) + FIRST * b1 - SECOND * b2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = slope / curvature
    # A flat edge whose every point is optimal (0 / 0): its end on the first axis.
    share = np.where(np.isnan(share), budget, share)
    share = np.minimum(np.maximum(share, 0.0), budget)
    w1, w2 = FIRST * share + 0.0, SECOND * (budget - share) + 0.0
    g1, g2 = h11 * w1 + h12 * w2 - b1, h12 * w1 + h22 * w2 - b2
    steepest = np.maximum(np.abs(g1), np.abs(g2))
    best = np.argmin(g1 * w1 + g2 * w2 + budget * steepest, axis=0)
    column = np.arange(best.size)
    weights = np.stack((w1[best, column], w2[best, column]), axis=-1)
    multiplier = steepest[best, column]
    free = _least_l1_minimizer(hessian, center)
    slack = np.abs(free[:, 0]) + np.abs(free[:, 1]) <= budget
    weights[slack] = free[slack]
    multiplier[slack] = 0.0
    return weights, multiplier


def _least_l1_minimizer(hessian: Array, center: Array) -> Array:
    """Return the unregularized optimum; of a singular loss's line of them, the least."""
    diagonal = hessian[:, 0, 0] * hessian[:, 1, 1]
    singular = diagonal - hessian[:, 0, 1] ** 2 <= ROUNDING * diagonal
    if not singular.any():
        return center
    # A line leaves the smallest diamond it meets at the axis of larger curvature.
    free = center.copy()
    for row in np.flatnonzero(singular):
        axis = int(np.argmax(np.diagonal(hessian[row])))
        free[row] = 0.0
        if hessian[row, axis, axis] > 0.0:
            free[row, axis] = hessian[row, axis] @ center[row] / hessian[row, axis, axis]
    return free
