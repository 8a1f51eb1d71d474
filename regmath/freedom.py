"""Degrees of freedom: how strongly a fit follows the noise of what it is fitted to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array
from regmath.filters import ridge_filter
from regmath.paths.triangle import triangle


def ridge_leverages(X: ArrayLike, lam: ArrayLike) -> Array:
    """Return how strongly ridge's fit at each row follows the target of that row.

    The fit is `H y` with `H = X (X'X + 2 n_samples lam I)^-1 X' = U diag(f) U'`, `f` being
    :func:`ridge_filter`; what is returned is the diagonal of `H`.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`; centered, if an intercept is fitted besides.
    lam
        Strengths in the scale of `LeastSquares(X, y) + lam * L2`, at least 0, shape `(...)`.

    Returns
    -------
    ndarray, shape (..., n_samples)
        From 0 to 1; their sum is :func:`ridge_freedom`.

    Raises
    ------
    ValueError
        If `X` is not a finite matrix, or a strength is negative or not finite.
    """
    U, s, _ = np.linalg.svd(_matrix(X), full_matrices=False)
    return np.asarray(_filter(s, len(U), lam) @ (U**2).T)


def ridge_freedom(X: ArrayLike, lam: ArrayLike) -> Array:
    """Return ridge's degrees of freedom, the trace of what turns targets into the fit.

    `trace(X (X'X + 2 n_samples lam I)^-1 X') = sum of s**2 / (s**2 + 2 lam)`, with `s**2` the
    eigenvalues of `X'X / n_samples`.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`; centered, if an intercept is fitted besides,
        which is one more.
    lam
        Strengths in the scale of `LeastSquares(X, y) + lam * L2`, at least 0, shape `(...)`.

    Returns
    -------
    ndarray, shape (...)
        From 0 to the rank of `X`, which it is at 0; falls with `lam`.

    Raises
    ------
    ValueError
        If `X` is not a finite matrix, or a strength is negative or not finite.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning", 2nd ed.,
    equation 3.50, where `lambda` is `2 n_samples lam`.
    """
    matrix = _matrix(X)
    square, _ = triangle(matrix, np.zeros(len(matrix)))
    s = np.asarray(np.linalg.svd(square, compute_uv=False), dtype=float)
    return np.asarray(_filter(s, len(matrix), lam).sum(axis=-1))


def lasso_freedom(weights: ArrayLike) -> NDArray[np.intp]:
    """Return an unbiased estimate of the lasso's degrees of freedom: its active weights.

    On the average over samples, the size of the active set is the covariance of fit and
    targets, `sum_i cov(fit_i, y_i) / deviation**2`: that the lasso shrinks makes up for its
    having chosen the features by the same targets.

    Parameters
    ----------
    weights
        An optimum whose active columns are independent, as `LassoPath` has it, shape
        `(..., n_features)`.

    Returns
    -------
    ndarray, shape (...)

    References
    ----------
    H. Zou, T. Hastie and R. Tibshirani, "On the degrees of freedom of the lasso", Annals of
    Statistics 35 (2007), 2173-2192.

    R. J. Tibshirani and J. Taylor, "Degrees of freedom in lasso problems", Annals of
    Statistics 40 (2012), 1198-1232.
    """
    return np.asarray(
        np.count_nonzero(np.asarray(weights, dtype=float), axis=-1), dtype=np.intp
    )


def relaxed_fits(X: ArrayLike, targets: ArrayLike, weights: ArrayLike) -> Array:
    """Return least squares' fits on the features that have a weight: the lasso, relaxed.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`.
    targets
        Shape `(n, n_samples)`.
    weights
        For each target, what chooses the features: those whose weight is not 0, which must be
        independent, shape `(..., n, n_features)`.

    Returns
    -------
    ndarray, shape (..., n, n_samples)

    References
    ----------
    N. Meinshausen, "Relaxed lasso", Computational Statistics & Data Analysis 52 (2007),
    374-393.
    """
    matrix, used = _matrix(X), (np.asarray(weights, dtype=float) != 0.0).astype(float)
    gram = used[..., None] * used[..., None, :] * (matrix.T @ matrix)
    gram += np.eye(matrix.shape[1]) * (1.0 - used[..., None])
    slopes = used * (np.asarray(targets, dtype=float) @ matrix)
    return np.asarray(np.linalg.solve(gram, slopes[..., None])[..., 0] @ matrix.T)


def measured_freedom(
    fits: ArrayLike, noise: ArrayLike, deviation: float
) -> tuple[Array, Array]:
    """Measure degrees of freedom by refits: the covariance of fits and the noise they saw.

    `sum_i cov(fit_i, y_i) / deviation**2` is what degrees of freedom mean for any fit to
    targets `y = mean + noise`. As the noise is known, `sum_i fit_i noise_i / deviation**2` has
    that mean, whatever constant is taken off the fits; what takes off their middle is least
    spread.

    Parameters
    ----------
    fits
        Fits to samples, shape `(..., n_refits, n_samples)`, at least two refits.
    noise
        What was added to the mean of the targets, shape `(n_refits, n_samples)`.
    deviation
        Its standard deviation, positive.

    Returns
    -------
    freedom, error : ndarray, shape (...)
        The mean over the refits, and the standard error of that mean.

    Raises
    ------
    ValueError
        If the shapes disagree, there are fewer than two refits, or the deviation is not
        positive.

    References
    ----------
    B. Efron, "How biased is the apparent error rate of a prediction rule?", Journal of the
    American Statistical Association 81 (1986), 461-470.

    C. M. Stein, "Estimation of the mean of a multivariate normal distribution", Annals of
    Statistics 9 (1981), 1135-1151.
    """
    fits, noise = np.asarray(fits, dtype=float), np.asarray(noise, dtype=float)
    if noise.ndim != 2 or fits.shape[-2:] != noise.shape or len(noise) < 2:
        raise ValueError(
            "noise must be (n_refits, n_samples) of two refits or more and fits "
            f"(..., n_refits, n_samples), got {noise.shape} and {fits.shape}."
        )
    if not deviation > 0.0:
        raise ValueError(f"deviation must be positive, got {deviation}.")
    each = np.einsum("...bi,bi->...b", fits, noise) / deviation**2
    error = each.std(axis=-1, ddof=1) / np.sqrt(len(noise))
    return np.asarray(each.mean(axis=-1)), np.asarray(error)


def _matrix(X: ArrayLike) -> Array:
    matrix = np.asarray(X, dtype=float)
    if matrix.ndim != 2 or not matrix.size or not np.isfinite(matrix).all():
        raise ValueError(
            f"X must be a finite matrix with rows and columns, got {matrix.shape}."
        )
    return matrix


def _filter(s: Array, n_samples: int, lam: ArrayLike) -> Array:
    """Return the shares of directions that more than rounding fills, shape `(..., n)`."""
    real = s > s[0] * max(n_samples, len(s)) * np.finfo(float).eps
    variances = np.where(real, s * s / n_samples, 0.0)
    return ridge_filter(variances, np.asarray(lam, dtype=float)[..., np.newaxis])
