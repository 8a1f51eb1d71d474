"""The penalised optimum of any number of weights under `l1 * |w|_1`, by active sets."""

import numpy as np

from regmath._arrays import Array
from regmath.geometry.terms import Mask

EPS = np.finfo(float).eps


def active_set_lasso(hessian: Array, linear: Array, l1: float) -> Array:
    """Minimise `1/2 w'Hw - b'w + l1 |w|_1` exactly, in finitely many linear solves.

    Lawson and Hanson's scheme with signs: the weight whose slope exceeds `l1` most enters;
    the active weights move to the optimum for their signs, and one that would pass zero on
    the way stops there and leaves. The objective falls at every change, so no active
    set returns. Columns that depend on active ones (collinear features, more features than
    samples) enter along the direction in which the loss is flat, so that the active block
    of `H` stays regular.

    Parameters
    ----------
    hessian : array, shape (p, p)
        Positive semidefinite.
    linear : array, shape (p,)
        `b`, in the range of `H`.
    l1 : float
        Positive.

    Returns
    -------
    array, shape (p,)
        The weights from one solve on the support; all others are exactly 0.0.

    References
    ----------
    Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.
    """
    weights, signs = np.zeros_like(linear), np.zeros_like(linear)
    refused = np.zeros(linear.shape, dtype=bool)
    while True:
        entering = _worst(hessian, linear, l1, weights, (signs != 0.0) | refused)
        if entering is None:
            return weights
        active = signs != 0.0
        signs[entering] = np.sign(linear[entering] - hessian[entering] @ weights)
        flat = _flat_direction(hessian, active, entering, signs[entering])
        if flat is not None:
            weights = _move(weights, flat, signs, np.inf)
        weights = _settle(hessian, linear, l1, weights, signs)
        # A weight that enters and leaves at once had an excess by rounding alone. It may
        # try again when another has moved.
        refused[:] = refused & (signs[entering] == 0.0)
        refused[entering] = signs[entering] == 0.0


def _worst(
    hessian: Array, linear: Array, l1: float, weights: Array, barred: Mask
) -> int | None:
    """Return the weight whose slope exceeds `l1` most, or None if none does so clearly."""
    size = np.abs(hessian) @ np.abs(weights) + np.abs(linear)
    excess = np.abs(linear - hessian @ weights) - l1 - 8.0 * EPS * linear.size * size
    excess[barred] = -np.inf
    worst = int(np.argmax(excess))
    return worst if excess[worst] > 0.0 else None


def _flat_direction(hessian: Array, active: Mask, entering: int, sign: float) -> Array | None:
    """Return a direction of no curvature that moves the entering weight, if there is one."""
    block, column = hessian[np.ix_(active, active)], hessian[active, entering]
    mix = np.linalg.solve(block, column)
    curvature = hessian[entering, entering] - column @ mix
    if curvature > 1e3 * EPS * hessian[entering, entering]:
        return None
    direction = np.zeros(active.shape)
    direction[active] = -sign * mix
    direction[entering] = sign
    return direction


def _settle(hessian: Array, linear: Array, l1: float, weights: Array, signs: Array) -> Array:
    """Move to the optimum for the active signs; weights that reach zero leave (in `signs`)."""
    while True:
        active = signs != 0.0
        target = np.zeros_like(weights)
        right = linear[active] - l1 * signs[active]
        target[active] = np.linalg.solve(hessian[np.ix_(active, active)], right)
        if np.all(target[active] * signs[active] >= 0.0):
            # A tied weight may end at rounding's size: it is zero, and the slopes agree.
            noise = np.abs(hessian).max(axis=0) * np.abs(target)
            signs[noise <= 8.0 * EPS * np.abs(linear).max()] = 0.0
            return np.where(signs != 0.0, target, 0.0)
        weights = _move(weights, target - weights, signs, 1.0)


def _move(weights: Array, direction: Array, signs: Array, longest: float) -> Array:
    """Go along a direction until the first active weight reaches zero, and drop it."""
    closing = direction * signs < 0.0
    steps = np.full(weights.shape, np.inf)
    steps[closing] = -weights[closing] / direction[closing]
    leaving = int(np.argmin(steps))
    step = min(float(steps[leaving]), longest)
    if steps[leaving] <= longest:
        signs[leaving] = 0.0
    return np.asarray(weights + step * direction)
