"""Whether a line can part two classes: then no weights are the best without a penalty."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, frozen
from regmath.geometry.terms import Mask

EPS = np.finfo(float).eps
# Below this share of its size a sum of rows is 0 but for rounding.
_NOTHING = 1e-10
# Below this share of the sum's length a row does not turn it.
_STILL = 1e-13
# Rounds for each row, at most: about one is usual.
_ROUNDS = 10


def separating_direction(X: ArrayLike, y: ArrayLike) -> Array | None:
    """Return weights and intercept that put no row on the wrong side, if there are any.

    With `A` the rows `(x_i, 1)`, times -1 in class 0, one of two things is true (Stiemke):
    some `u` has `A u >= 0` and `A u != 0`, and then the logistic loss has no minimiser, as it
    falls along `u` for ever; or some `theta > 0` has `A'theta = 0`, and then it has one. The
    least `|A'theta|` over `theta >= 1` decides, by Lawson and Hanson's active sets, which end:
    where it is not 0, it is attained at `A'theta = u`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_weights)
    y : array_like, shape (n_samples,)
        0 and 1.

    Returns
    -------
    ndarray, shape (n_weights + 1,), or None
        Of length 1 in units in which every column's mean square is 1; the intercept comes last.

    References
    ----------
    Albert and Anderson, On the existence of maximum likelihood estimates in logistic
    regression models, Biometrika 71 (1984).
    """
    columns, side = frozen(X, "X"), np.where(np.asarray(y) > 0, 1.0, -1.0)
    middle = columns.mean(axis=0)
    size = np.sqrt(np.square(columns - middle).mean(axis=0))
    size = np.where(size > 0.0, size, 1.0)
    rows = side[:, None] * np.column_stack(((columns - middle) / size, np.ones(len(side))))
    found = _least_sum(rows)
    if not np.linalg.norm(found) > _NOTHING * np.abs(rows).sum():
        return None
    weights = found[:-1] / size
    direction = np.append(weights, found[-1] - middle @ weights)
    return np.asarray(direction / np.linalg.norm(found))


def _least_sum(rows: Array) -> Array:
    """Return the shortest `sum_i theta_i row_i` with every `theta_i >= 1`."""
    offset = rows.sum(axis=0)
    shares, free = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    bound, largest = _NOTHING * np.abs(rows).sum(), float(np.abs(rows).max())
    for _ in range(_ROUNDS * (len(rows) + 10)):
        found = offset + shares @ rows
        falls = np.where(free, np.inf, rows @ found)
        entering = int(np.argmin(falls))
        size = float(np.linalg.norm(found))
        # Less than rounding says nothing: a row that is a sum of others would go round.
        if size <= bound or not falls[entering] < -_STILL * size * largest:
            break
        free[entering] = True
        shares = _settle(rows, offset, shares, free)
    return np.asarray(offset + shares @ rows)


def _settle(rows: Array, offset: Array, shares: Array, free: Mask) -> Array:
    """Move to the least for the free shares; one that reaches 0 on the way leaves `free`."""
    while True:
        goal = np.zeros_like(shares)
        goal[free] = np.linalg.lstsq(rows[free].T, -offset)[0]
        stops = free & (goal <= 0.0)
        if not stops.any():
            return goal
        steps = shares[stops] / np.maximum(shares[stops] - goal[stops], np.finfo(float).tiny)
        step = min(float(steps.min()), 1.0)
        shares = shares + step * (goal - shares)
        leaves = stops & (shares <= EPS * max(1.0, float(np.abs(shares).max())))
        if not leaves.any():
            leaves[np.flatnonzero(stops)[int(np.argmin(steps))]] = True
        free[leaves], shares[leaves] = False, 0.0
