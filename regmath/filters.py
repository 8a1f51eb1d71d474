"""What a fit keeps of least squares along each principal direction: its filter factors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array

#: how often the way to the nearest of all optima is halved, and what distance is rounding
_HALVINGS, _ROUNDING = 50, 1e-12


def ridge_filter(variances: ArrayLike, lam: ArrayLike) -> Array:
    """Return the share of least squares that ridge keeps along each principal direction.

    With `X = U diag(d) V'` and `s**2 = d**2 / n_samples`, the variance along a direction, the
    optimum of `1/(2 n_samples) |y - X w|^2 + lam sum(w**2)` is `V diag(f) V'w0`, `w0` being
    least squares of smallest norm, and its fit is `U diag(f) U'y` with
    `f = s**2 / (s**2 + 2 lam)`. The sum of `f` over the directions is the trace of what turns
    `y` into the fit: the effective degrees of freedom.

    Parameters
    ----------
    variances
        `s**2`, at least 0, any shape that broadcasts with `lam`.
    lam
        Strength in the scale of `LeastSquares(X, y) + lam * L2`, at least 0.

    Returns
    -------
    ndarray
        Broadcast shape, from 0 to 1. A direction of variance 0 has nothing to keep: 0.

    Raises
    ------
    ValueError
        If a variance or a strength is negative or not finite.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning", 2nd ed.,
    equations 3.47 and 3.50, where `lambda` is `2 n_samples lam`.
    """
    s2, at = _checked(variances, "variances"), _checked(lam, "lam")
    s2, at = np.broadcast_arrays(s2, at)
    # In parts whose sum does not overflow, even that of the largest doubles.
    own, below = 0.25 * s2, 0.25 * s2 + 0.5 * at
    return np.divide(own, below, out=np.zeros(s2.shape), where=(s2 > 0.0) & (below > 0.0))


def descent_filter(variances: ArrayLike, step_size: float, n_steps: ArrayLike) -> Array:
    """Return the share of least squares that descent has found along each principal direction.

    Gradient descent from 0 on `1/(2 n_samples) |y - X w|^2` stands after `T` steps of size
    `eta` at `V diag(f) V'w0` with `f = 1 - (1 - eta s**2)**T`, in the terms of
    :func:`ridge_filter`.

    Parameters
    ----------
    variances
        `s**2`, at least 0, any shape that broadcasts with `n_steps`.
    step_size
        `eta`, at least 0.
    n_steps
        `T`, at least 0. Where `eta s**2` is greater than 1, whole.

    Returns
    -------
    ndarray
        Broadcast shape. It is from 0 to 1 and grows with `T` where `eta s**2 <= 1`, turns
        about 1 where that is below 2, and grows without bound beyond.

    Raises
    ------
    ValueError
        If a value is negative or not finite.

    References
    ----------
    A. Ali, J. Z. Kolter and R. J. Tibshirani, "A continuous-time view of early stopping for
    least squares regression", AISTATS (2019), section 3.
    """
    s2, steps = _checked(variances, "variances"), _checked(n_steps, "n_steps")
    each = np.asarray(_checked(step_size, "step_size") * s2)
    each, steps = np.broadcast_arrays(each, steps)
    # A power of what is next to 1 would lose the digits that are left of it.
    slow = each < 1.0
    slowly = -np.expm1(steps * np.log1p(-np.where(slow, each, 0.0)))
    quickly = 1.0 - np.power(1.0 - np.where(slow, 1.0, each), steps)
    return np.where(slow, slowly, quickly)


def ridge_distance(variances: ArrayLike, along: ArrayLike, shares: ArrayLike) -> Array:
    """Return how far the nearest of all ridge optima is from weights with these shares.

    In the terms of :func:`ridge_filter`, along two principal directions. The nearest is between
    that which keeps as much along the second direction and that which keeps as much along the
    first: there the slope of the distance grows.

    Parameters
    ----------
    variances
        Along both directions, the greater first, positive, shape `(2,)`.
    along
        The parts of least squares along both, not 0, shape `(2,)`.
    shares
        Of these parts, from 0 to 1, at least as much along the first as a ridge optimum has
        that keeps as much along the second, such as :func:`descent_filter` has it, shape
        `(..., 2)`.

    Returns
    -------
    ndarray, shape (...)
        The distance in the length of least squares; what is 0 but for rounding is 0.
    """
    own, parts = np.asarray(shares, dtype=float), np.asarray(along, dtype=float)
    more, weight = np.divide(*np.asarray(variances, dtype=float)) - 1.0, np.divide(*parts) ** 2
    wide, narrow = own[..., 0], own[..., 1]
    low, high = narrow, wide / (1.0 + more * (1.0 - wide))
    for _ in range(_HALVINGS):
        share = (low + high) / 2.0
        beside = (1.0 + more) * share / (1.0 + more * share)
        bent = (1.0 + more) / (1.0 + more * share) ** 2
        falls = weight * (beside - wide) * bent + share - narrow < 0.0
        low, high = np.where(falls, share, low), np.where(falls, high, share)
    missed = (np.stack([beside, share], axis=-1) - own) * parts
    least = np.linalg.norm(missed, axis=-1) / np.linalg.norm(parts)
    return np.where(least > _ROUNDING, least, 0.0)


def _checked(values: ArrayLike, name: str) -> Array:
    found = np.asarray(values, dtype=float)
    if not np.isfinite(found).all() or (found < 0.0).any():
        raise ValueError(f"{name} must be finite and at least 0.")
    return found
