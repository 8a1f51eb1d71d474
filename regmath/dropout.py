"""Dropout in linear regression: random masks, and the ridge that they average to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.losses import Quadratic


def dropout_quadratic(X: ArrayLike, y: ArrayLike, keep: float) -> Quadratic:
    """Return the least-squares loss averaged over all dropout masks, in closed form.

    Each entry of `X` is kept with probability `keep` and divided by it, else set to 0. Over
    the masks `M`, `mean |y - (M*X) w|^2 / (2n) = |y - X w|^2 / (2n) + penalty` with
    `penalty = (1 - keep) / keep * sum_j w_j^2 |X_j|^2 / (2n)`: ridge, each weight scaled by
    the size of its feature.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`, centred by the caller.
    y
        Target, shape `(n_samples,)`, centred by the caller.
    keep
        Probability of keeping an entry, above 0 and at most 1.

    Returns
    -------
    Quadratic
        The averaged loss without its constant: value 0 at its own minimum.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.

    References
    ----------
    S. Wager, S. Wang and P. Liang, "Dropout Training as Adaptive Regularization", 2013.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    _check(keep)
    hessian = X.T @ X / len(X)
    shrunk = hessian + (1.0 - keep) / keep * np.diag(np.diag(hessian))
    return Quadratic(shrunk, np.linalg.solve(shrunk, X.T @ y / len(X)))


def sampled_dropout_optima(
    X: ArrayLike, y: ArrayLike, keep: float, n_masks: int, rng: np.random.Generator
) -> Array:
    """Return the weights that minimize the loss averaged over the first 1, 2, ... masks.

    Row `k` minimizes `mean_{m <= k} |y - (M_m*X) w|^2`; it tends to the center of
    :func:`dropout_quadratic`, its distance falling as `1 / sqrt(k)`.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`, centred by the caller.
    y
        Target, shape `(n_samples,)`, centred by the caller.
    keep
        Probability of keeping an entry, above 0 and at most 1.
    n_masks
        How many masks to draw.
    rng
        Source of the masks.

    Returns
    -------
    ndarray
        Shape `(n_masks, n_features)`; a row whose masks leave a feature out entirely holds
        the least-norm minimizer.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    _check(keep)
    n_features = X.shape[1]
    grams = np.empty((n_masks, n_features, n_features))
    moments = np.empty((n_masks, n_features))
    for index in range(n_masks):  # one mask at a time: all at once would need them in memory
        masked = X * (rng.random(X.shape) < keep) / keep
        grams[index], moments[index] = masked.T @ masked, masked.T @ y
    grams, moments = grams.cumsum(axis=0), moments.cumsum(axis=0)
    optima: Array = (np.linalg.pinv(grams, hermitian=True) @ moments[..., None])[..., 0]
    return optima


def _check(keep: float) -> None:
    if not 0.0 < keep <= 1.0:
        raise ValueError(f"keep = {keep} is not a probability above 0 and at most 1")
