"""Statistics of a design matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import largest_size

# Columns whose values differ by at most this share of the largest are constant.
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)


def standardize(values: ArrayLike) -> NDArray[np.float64]:
    """Centre each column and divide it by its standard deviation.

    `z = (x - mean(x)) / sqrt(mean((x - mean(x))**2))`; the divisor is `n`, not `n - 1`, so
    that `Z.T @ Z / n_samples` is the correlation matrix.

    Parameters
    ----------
    values
        Shape `(n_samples,)` or `(n_samples, n_features)`.

    Returns
    -------
    ndarray
        Same shape; columns without units, with mean 0 and mean square 1.

    Raises
    ------
    ValueError
        If a column is constant, but for rounding.
    """
    given = np.asarray(values, dtype=float)
    # Near 1, by a power of two: squares then neither overflow nor vanish, and no bit changes.
    near_one = np.asarray(np.ldexp(given, -np.frexp(largest_size(given, axis=0))[1]))
    if np.any(np.ptp(near_one, axis=0) <= ROUNDING):
        raise ValueError("a constant column cannot be standardized; leave it out")
    # In place, as the data may be large.
    near_one -= near_one.mean(axis=0)
    near_one /= np.sqrt(np.mean(near_one**2, axis=0))
    return near_one


def unstandardize(
    weights: ArrayLike, X: ArrayLike, y: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and intercept in the data's own units from those of standardized data.

    With means `m`, deviations `s` (divisor `n`) and weights `w` of `standardize(X)` and
    `standardize(y)`: `v_j = w_j * s_y / s_j` in units of the target per unit of feature `j`,
    and `b = m_y - sum_j v_j m_j`, so that `b + X @ v` is
    `m_y + s_y * (standardize(X) @ w)` at every row.

    Parameters
    ----------
    weights
        Shape `(..., n_features)`.
    X
        Features in their own units, shape `(n_samples, n_features)`.
    y
        Target in its own units, shape `(n_samples,)`.

    Returns
    -------
    weights : ndarray, shape (..., n_features)
        A weight of 0.0 stays 0.0.
    intercept : ndarray, shape (...)
        In the target's units.

    Raises
    ------
    ValueError
        If a column is constant, or the shapes disagree.
    """
    weights = np.asarray(weights, dtype=float)
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or y.shape != X.shape[:1] or weights.shape[-1:] != X.shape[1:]:
        raise ValueError(
            "weights must be (..., n_features), X (n_samples, n_features) and y (n_samples,), "
            f"got {weights.shape}, {X.shape} and {y.shape}."
        )
    spreads, spread = X.std(axis=0), y.std()
    if not (spreads.all() and spread):
        raise ValueError("a constant column cannot be standardized; leave it out")
    own = weights * (spread / spreads)
    return own, np.asarray(y.mean() - own @ X.mean(axis=0))


def ridge_bias_variance(
    X: ArrayLike, mean: ArrayLike, noise: float, lambdas: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the squared bias and the variance of ridge's fit at a fixed design.

    With `X = U D V'` and `s = d^2 / (d^2 + 2 n lam)`, the fit to `y` is
    `mean(y) + U s U' (y - mean(y))`; averaged over the rows, its squared bias is
    `|m - fit(m)|^2 / n` and its variance `noise^2 (1 + sum s^2) / n`.

    Parameters
    ----------
    X
        Features with centred columns, shape `(n_samples, n_features)`.
    mean
        Expected target at each row, shape `(n_samples,)`.
    noise
        Standard deviation of the target about it, the same at every row.
    lambdas
        Strengths of the penalty `lam * sum w**2` added to `LeastSquares`, shape `(n_lambdas,)`.

    Returns
    -------
    bias_squared, variance : ndarray
        Shape `(n_lambdas,)`, in the target's units squared. The bias never falls and the
        variance never grows with the strength.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning", 2nd ed.,
    section 7.3.
    """
    X, mean = np.asarray(X, dtype=float), np.asarray(mean, dtype=float)
    n_samples = len(X)
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    # Directions that rounding alone fills would be amplified without a penalty.
    kept = d > d[0] * max(X.shape) * np.finfo(float).eps
    U, d = U[:, kept], d[kept]
    shrinkage = d**2 / (d**2 + 2.0 * n_samples * np.asarray(lambdas, dtype=float)[:, None])
    centred = mean - mean.mean()
    seen = U.T @ centred
    unseen = float(np.sum((centred - U @ seen) ** 2))
    bias_squared = (np.sum(((1.0 - shrinkage) * seen) ** 2, axis=1) + unseen) / n_samples
    variance = noise**2 * (1.0 + np.sum(shrinkage**2, axis=1)) / n_samples
    return bias_squared, variance
