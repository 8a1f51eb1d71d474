"""The check of a design matrix and its target, shared by the paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array


def design(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return `X` and `y` as float arrays, copied only if they are not.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples,)

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or there is no sample or feature.
    """
    matrix, target = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape or target.shape != matrix.shape[:1]:
        raise ValueError(
            "X must be (n_samples, n_features) and y (n_samples,), "
            f"got {matrix.shape} and {target.shape}."
        )
    for name, values in (("X", matrix), ("y", target)):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} must be finite, but holds a nan or an infinity.")
    return matrix, target


def checked_lambdas(lam: ArrayLike) -> Array:
    """Return `lam` as a float array, or raise if any is negative or not finite."""
    wanted = np.asarray(lam, dtype=np.float64)
    if not np.isfinite(wanted).all() or (wanted < 0.0).any():
        raise ValueError("lam must be finite and >= 0.")
    return wanted
