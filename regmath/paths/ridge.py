"""The ridge path: the optimum at many `lambda` from one singular value decomposition."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.paths.design import checked_lambdas, design
from regmath.paths.triangle import triangle


def ridge_path(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> Array:
    """Return the optimum of `1/(2 n_samples) |y - X w|^2 + lam sum(w**2)` at each `lam`.

    With `X = U diag(s) V'`, `w = V diag(s / (s**2 + 2 n_samples lam)) U'y`: the solution of
    `(X'X / n_samples + 2 lam I) w = X'y / n_samples`, without forming `X'X`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        No intercept is fitted and nothing is centred or scaled: standardise first.
    y : array_like, shape (n_samples,)
    lambdas : array_like, shape (n_lambdas,)
        At least 0, in any order, in the scale of `LeastSquares(X, y) + lam * L2`, which has
        no one half before `lam`. At 0, the least-squares weights of smallest norm.

    Returns
    -------
    ndarray, shape (n_lambdas, n_features)
        No weight is 0.0 because of `lam`: a larger one shrinks them, and never to zero.

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, a `lam` is negative, or there is no
        sample or feature.

    References
    ----------
    Hoerl, A. E. and Kennard, R. W. (1970). Ridge regression: biased estimation for
    nonorthogonal problems. Technometrics 12(1), 55-67.
    """
    matrix, target = design(X, y)
    lams = checked_lambdas(lambdas)
    if lams.ndim != 1:
        raise ValueError(f"lambdas must be (n_lambdas,), got {lams.shape}.")
    ridge = 2.0 * len(target) * lams[:, np.newaxis]
    if matrix.shape[0] < matrix.shape[1]:
        return _wide(matrix, target, ridge)
    square, rotated = triangle(matrix, target)
    U, s, Vt = np.linalg.svd(square, full_matrices=False)
    return np.asarray(_inverse(s, ridge, matrix.shape) * (s * (rotated @ U)) @ Vt)


def _wide(X: Array, y: Array, ridge: Array) -> Array:
    """Solve for fewer samples than features: `w = X'v`, with `v` from a small SVD."""
    # X = R'Q', so that X and the small R' share U and s, and Q is never formed.
    R: Array = np.asarray(np.linalg.qr(X.T, mode="r"))
    U, s, _ = np.linalg.svd(R.T)
    return np.asarray(_inverse(s, ridge, X.shape) * (y @ U) @ U.T @ X)


def _inverse(s: Array, ridge: Array, shape: tuple[int, ...]) -> Array:
    """Return `1 / (s**2 + ridge)`, `(n_lambdas, n)`, and 0 where `s` is rounding."""
    real = s > max(shape) * np.finfo(np.float64).eps * s[0]
    return np.asarray(real / (np.where(real, s * s, 1.0) + ridge))
