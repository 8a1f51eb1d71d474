"""The penalised optimum of one problem, by active sets on a root of its Hessian."""

import numpy as np

from regmath._arrays import Array
from regmath.geometry.terms import Mask

EPS = np.finfo(float).eps
# A column with less than this share of its length outside the active span is dependent.
DEPENDENT = 1e-13
# Changes of the active set for each weight, at most: about one is usual.
CHANGES = 10


def active_set_lasso(root: Array, target: Array, l1: float, ridge: float) -> Array:
    """Minimise `1/2 |A w - t|^2 + l1 |w|_1 + ridge |w|^2`, however close to singular.

    Lawson and Hanson's scheme with signs: the weight whose slope exceeds its bound most
    enters; the active weights move to the optimum for their signs, and one that would pass
    zero on the way stops there and leaves. The objective falls at every change, so that no
    active set returns; should rounding say otherwise, the number of changes is bounded, and
    what is found then is for a certificate to judge. A column that depends on active ones
    enters along the direction in which the loss is flat, so that active columns are
    independent.

    Columns are scaled to length 1 and the linear solves go by `A = QR`: no unit of a weight
    matters, and the condition number is not squared.

    Parameters
    ----------
    root : array, shape (m, p)
        `A`.
    target : array, shape (m,)
        `t`.
    l1 : float
        Positive.
    ridge : float

    Returns
    -------
    array, shape (p,)
        Zeros are exactly 0.0.

    References
    ----------
    Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.
    """
    p = root.shape[1]
    if ridge > 0.0:
        root = np.vstack((root, np.sqrt(2.0 * ridge) * np.eye(p)))
        target = np.concatenate((target, np.zeros(p)))
    size = np.linalg.norm(root, axis=0)
    seen = size > 0.0
    inverse = np.divide(1.0, size, out=np.zeros(p), where=seen)
    # What the loss does not see has no slope, and stays at 0 with any bound.
    bound = np.divide(l1, size, out=np.ones(p), where=seen)
    return np.asarray(_solve(root * inverse, target, bound) * inverse + 0.0)


def _solve(columns: Array, target: Array, bound: Array) -> Array:
    """Minimise `1/2 |A v - t|^2 + sum_j bound_j |v_j|` for columns of length 1."""
    weights, signs = np.zeros_like(bound), np.zeros_like(bound)
    refused = np.zeros(bound.shape, dtype=bool)
    for _ in range(CHANGES * (bound.size + 10)):
        slope = columns.T @ (target - columns @ weights)
        size = np.linalg.norm(target) + np.abs(weights).sum()
        excess = np.abs(slope) - bound - 8.0 * EPS * size
        excess[(signs != 0.0) | refused] = -np.inf
        entering = int(np.argmax(excess))
        if not excess[entering] > 0.0:
            break
        flat = _flat_direction(columns, signs != 0.0, entering, np.sign(slope[entering]))
        signs[entering] = np.sign(slope[entering])
        if flat is not None:
            weights = _move(weights, flat, signs, np.inf)
        weights = _settle(columns, target, bound, weights, signs)
        # A weight that enters and leaves at once had an excess by rounding alone. It may
        # try again when another has moved.
        refused &= signs[entering] == 0.0
        refused[entering] = signs[entering] == 0.0
    return weights


def _flat_direction(columns: Array, active: Mask, entering: int, sign: float) -> Array | None:
    """Return a direction of no curvature that moves the entering weight, if there is one."""
    Q, R = np.linalg.qr(columns[:, active])
    rest = columns[:, entering]
    along = np.zeros(R.shape[1])
    for _ in range(2):  # the first projection leaves rounding of the whole column
        share = Q.T @ rest
        rest = rest - Q @ share
        along += share
    if np.linalg.norm(rest) > DEPENDENT:
        return None
    direction = np.zeros(active.shape)
    direction[active] = -sign * np.linalg.solve(R, along)
    direction[entering] = sign
    return direction


def _settle(columns: Array, target: Array, bound: Array, weights: Array, signs: Array) -> Array:
    """Move to the optimum for the active signs; weights that reach zero leave (in `signs`)."""
    while True:
        active = signs != 0.0
        goal = np.zeros_like(weights)
        goal[active] = _signed_optimum(columns[:, active], target, (bound * signs)[active])
        if np.all(goal * signs >= 0.0):
            # A tied weight may end at rounding's size: it is zero, and the slopes agree.
            signs[np.abs(goal) <= 8.0 * EPS * np.abs(columns.T @ target).max()] = 0.0
            return np.where(signs != 0.0, goal, 0.0)
        weights = _move(weights, goal - weights, signs, 1.0)


def _signed_optimum(columns: Array, target: Array, pull: Array) -> Array:
    """Solve `A'A v = A't - pull` without forming `A'A`, and correct it once."""
    Q, R = np.linalg.qr(columns)
    weights = np.linalg.solve(R, Q.T @ target - np.linalg.solve(R.T, pull))
    lost = columns.T @ (target - columns @ weights) - pull
    return np.asarray(weights + np.linalg.solve(R, np.linalg.solve(R.T, lost)))


def _move(weights: Array, direction: Array, signs: Array, longest: float) -> Array:
    """Go along a direction until the first active weight reaches zero, and drop it."""
    closing = direction * signs < 0.0
    steps = np.full(weights.shape, np.inf)
    steps[closing] = -weights[closing] / direction[closing]
    leaving = int(np.argmin(steps))
    step = min(float(steps[leaving]), longest)
    if not np.isfinite(step):  # only rounding says so: the way has an end in truth
        signs[(weights == 0.0) & (signs != 0.0)] = 0.0
        return weights
    moved = weights + step * direction
    if steps[leaving] <= longest:
        signs[leaving] = 0.0
        moved[leaving] = 0.0
    return np.asarray(moved)
