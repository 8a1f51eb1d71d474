"""The penalised optimum of two weights under `l1 * |w|_1`, by enumeration."""

import numpy as np

from regmath._arrays import Array

# The four quadrants' signs, one per row: broadcast against a batch in the columns.
SIGNS = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
ROUNDING = 4.0 * np.finfo(float).eps


def planar_lasso(hessian: Array, linear: Array, l1: Array) -> Array:
    """Minimise `1/2 w'Hw - b'w + l1 |w|_1` over two weights, for a whole batch.

    Either axis is tried first, and holds the optimum when the gradient across it stays
    within `l1`; `w = 0` counts as a point of an axis. Otherwise both weights are
    non-zero and the optimum is the one of four linear solves that has its own signs.
    A singular `H` always has an optimum on an axis, which is the one returned.

    Parameters
    ----------
    hessian : array, shape (n, 2, 2)
    linear : array, shape (n, 2)
        `b`, minus the loss's gradient at `w = 0`.
    l1 : array, shape (n,)

    Returns
    -------
    array, shape (n, 2)
        The weights; zeros are exactly 0.0.
    """
    across = hessian[:, 0, 1]
    first = _on_axis(hessian[:, 0, 0], linear[:, 0], l1)
    second = _on_axis(hessian[:, 1, 1], linear[:, 1], l1)
    excess_first = _excess(linear[:, 1], across * first, l1)
    excess_second = _excess(linear[:, 0], across * second, l1)
    weights = np.zeros_like(linear)
    on_first = excess_first <= 0.0
    weights[on_first, 0] = first[on_first]
    on_second = ~on_first & (excess_second <= 0.0)
    weights[on_second, 1] = second[on_second]
    inside = ~(on_first | on_second)
    if inside.any():
        weights[inside] = _in_quadrant(hessian[inside], linear[inside], l1[inside])
    return weights


def _on_axis(curvature: Array, linear: Array, l1: Array) -> Array:
    """Soft-threshold one weight with the other at zero; a flat axis keeps its weight at 0."""
    pull = np.sign(linear) * np.maximum(np.abs(linear) - l1, 0.0) + 0.0
    flat = np.zeros_like(pull)
    return np.asarray(np.divide(pull, curvature, out=flat, where=curvature > 0.0))


def _excess(linear: Array, moved: Array, l1: Array) -> Array:
    """By how much the slope across an axis exceeds `l1`, beyond what rounding explains."""
    return np.abs(linear - moved) - l1 - ROUNDING * (np.abs(linear) + np.abs(moved))


def _in_quadrant(hessian: Array, linear: Array, l1: Array) -> Array:
    # Elimination instead of Cramer's rule: it is backward stable, so the residual stays
    # at rounding level however correlated the two features are.
    # A singular loss has its optimum on an axis; where rounding hides that, nan comes out.
    pivot, across = hessian[:, 0, 0], hessian[:, 0, 1]
    ratio = across / pivot
    schur = hessian[:, 1, 1] - ratio * across
    right1 = linear[:, 0] - SIGNS[:, :1] * l1
    right2 = linear[:, 1] - SIGNS[:, 1:] * l1
    with np.errstate(divide="ignore", invalid="ignore"):
        w2 = (right2 - ratio * right1) / schur
        w1 = (right1 - across * w2) / pivot
    signed1, signed2 = SIGNS[:, :1] * w1, SIGNS[:, 1:] * w2
    best = np.argmax(np.minimum(signed1, signed2), axis=0)
    column = np.arange(best.size)
    # A sign that is wrong by rounding alone is a zero.
    signed = np.stack((signed1[best, column], signed2[best, column]), axis=-1)
    return np.asarray(SIGNS[best] * np.maximum(signed, 0.0) + 0.0)
