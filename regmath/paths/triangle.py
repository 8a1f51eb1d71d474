"""A tall least-squares problem as the square one with the same Gram matrix."""

from __future__ import annotations

import numpy as np

from regmath._arrays import Array


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
    both = np.empty((n_samples, n_features + 1))
    both[:, :n_features], both[:, n_features] = X, y
    both = np.asarray(np.linalg.qr(both, mode="r"))
    return both[:n_features, :n_features], both[:n_features, n_features]
