"""Noise added to features, and rows added to data: two ways to ridge without a penalty."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, non_negative
from regmath.dropout import Moments
from regmath.losses import Quadratic


def noise_quadratic(X: ArrayLike, y: ArrayLike, deviation: float) -> Quadratic:
    """Return the least-squares loss averaged over noise that is added to the features.

    Every entry of `X` has noise of its own with mean 0 and this standard deviation, whatever
    its distribution. Over the noise `E`, `mean |y - (X + E) w|^2 / (2n) = |y - X w|^2 / (2n) +
    deviation^2 / 2 * |w|^2`: ridge with `lam = deviation^2 / 2`, for any number of samples.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Features, centred by the caller.
    y : array_like, shape (n_samples,)
        Target, centred by the caller.
    deviation : float
        >= 0, in the features' unit.

    Returns
    -------
    Quadratic
        The averaged loss without its constant: value 0 at its own minimum.

    Raises
    ------
    ValueError
        If the deviation is negative, or 0 where the features are dependent.

    References
    ----------
    Bishop, C. M. (1995). Training with noise is equivalent to Tikhonov regularization. Neural
    Computation 7(1), 108-116.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    spread = non_negative(deviation, "deviation")
    hessian = X.T @ X / len(X) + spread**2 * np.eye(X.shape[1])
    try:
        return Quadratic(hessian, np.linalg.solve(hessian, X.T @ y / len(X)))
    except np.linalg.LinAlgError:
        raise ValueError("without noise, dependent features have no single optimum.") from None


def noise_moments(X: ArrayLike, y: ArrayLike, noise: ArrayLike) -> Moments:
    """Return what least squares sees of noisy copies of the data: `Z.T @ Z` and `Z.T @ y`.

    `Z = X + noise`. Moments of several copies add up to those of all of them together, so sums
    of these give the optimum of any average, by :func:`dropout_optima`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Features, centred by the caller.
    y : array_like, shape (n_samples,)
        Target, centred by the caller.
    noise : array_like, shape (..., n_samples, n_features)
        What is added to the features in each copy.

    Returns
    -------
    Moments
        Shapes `(..., n_features, n_features)` and `(..., n_features)`.
    """
    copies = np.asarray(X, dtype=float) + np.asarray(noise, dtype=float)
    turned = np.swapaxes(copies, -1, -2)
    return Moments(turned @ copies, turned @ np.asarray(y, dtype=float))


def ridge_rows(X: ArrayLike, y: ArrayLike, lam: float) -> tuple[Array, Array]:
    """Return the data with a row for each feature under them, of which least squares is ridge.

    The rows are `sqrt(2 n lam) I` with target 0: `|y - X w|^2 + 2 n lam |w|^2` is the sum of
    squares of all rows, which is `2 n` times the ridge objective of the first `n`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Features, centred by the caller.
    y : array_like, shape (n_samples,)
        Target, centred by the caller.
    lam : float
        Strength of the ridge, `|y - X w|^2 / (2n) + lam * |w|^2`, >= 0.

    Returns
    -------
    X : ndarray, shape (n_samples + n_features, n_features)
    y : ndarray, shape (n_samples + n_features,)

    Raises
    ------
    ValueError
        If the strength is negative.

    References
    ----------
    Marquardt, D. W. (1970). Generalized inverses, ridge regression, biased linear estimation,
    and nonlinear estimation. Technometrics 12(3), 591-612.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    size = np.sqrt(2.0 * len(X) * non_negative(lam, "lam"))
    rows = np.vstack([X, size * np.eye(X.shape[1])])
    return rows, np.concatenate([y, np.zeros(X.shape[1])])
