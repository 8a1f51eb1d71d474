"""A tall least-squares problem as the square one with the same Gram matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmath._arrays import Array

#: numbers that are rotated at once, so that a large `X` is never copied whole
_CELLS = 1 << 20


def rotated(X: Array, y: Array, rows: NDArray[np.intp] | None = None) -> Array:
    """Return few rows `R` with `|R @ v| = |[X, y] @ v|` for every `v`.

    `R` is the triangle of `[X, y] = QR` where there are rows enough, taken some rows at a
    time: `[R; next rows]` has the triangle of all rows up to there. Fewer rows stay as they
    are.

    Parameters
    ----------
    X : array, shape (n_samples, n_features)
    y : array, shape (n_samples,) or (n_samples, n_targets)
    rows : array of int, optional
        Which rows to take; by default all.

    Returns
    -------
    array, shape (min(n_rows, n_columns), n_columns), n_columns = n_features + n_targets
    """
    n_rows, targets = len(y) if rows is None else len(rows), y.reshape(len(y), -1)
    n_features, n_columns = X.shape[1], X.shape[1] + targets.shape[1]
    size = max(_CELLS // n_columns, 4 * n_columns)
    R = np.empty((0, n_columns))
    for at in range(0, n_rows, size):
        block = slice(at, at + size) if rows is None else rows[at : at + size]
        stacked = np.empty((len(R) + min(size, n_rows - at), n_columns))
        stacked[: len(R)] = R
        stacked[len(R) :, :n_features], stacked[len(R) :, n_features:] = (
            X[block],
            targets[block],
        )
        R = reduced(stacked)
    return R


def reduced(rows: Array) -> Array:
    """Return the triangle of rows, or the rows where there are fewer than columns."""
    if len(rows) < rows.shape[1]:
        return rows
    return np.asarray(np.linalg.qr(rows, mode="r"))


def triangle(X: Array, y: Array) -> tuple[Array, Array]:
    """Return `R` and `Q'y` of `X = QR` when `X` has more rows than columns, else `X, y`.

    `|y - X w|^2` and `|Q'y - R w|^2` differ by a constant, so every penalised optimum is
    the same. Unlike `X'X`, `R` does not square the condition number.

    Parameters
    ----------
    X : array, shape (n_samples, n_features)
    y : array, shape (n_samples,)

    Returns
    -------
    tuple of array, shapes (m, n_features) and (m,), m = min(n_samples, n_features)
    """
    n_samples, n_features = X.shape
    if n_samples <= n_features:
        return X, y
    # With y as one more column its rotation comes for free, and Q is never formed.
    both = rotated(X, y)
    return both[:n_features, :n_features], both[:n_features, n_features]
