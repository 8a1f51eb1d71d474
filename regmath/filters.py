"""What a fit keeps of least squares along each principal direction: its filter factors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array


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


def _checked(values: ArrayLike, name: str) -> Array:
    found = np.asarray(values, dtype=float)
    if not np.isfinite(found).all() or (found < 0.0).any():
        raise ValueError(f"{name} must be finite and at least 0.")
    return found
