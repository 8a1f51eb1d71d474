"""Dropout in linear regression: random masks, and the ridge that they average to."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.losses import Quadratic

#: entries of masks that are taken at once: they stay within the processor's cache
_AT_ONCE = 2**17


class Moments(NamedTuple):
    """What least squares sees of data: `Z.T @ Z` and `Z.T @ y`, with any leading axes."""

    grams: Array
    targets: Array


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


def dropout_moments(X: ArrayLike, y: ArrayLike, keep: float, masks: ArrayLike) -> Moments:
    """Return what least squares sees of the data under each mask: `Z.T @ Z` and `Z.T @ y`.

    `Z = (mask * X) / keep`. Moments of several masks add up to those of the loss averaged over
    them, so sums of these give the optimum of any average, by :func:`dropout_optima`.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`, centred by the caller.
    y
        Target, shape `(n_samples,)`, centred by the caller.
    keep
        Probability of keeping an entry, above 0 and at most 1.
    masks
        True where an entry is kept, shape `(n_masks, n_samples, n_features)`.

    Returns
    -------
    Moments
        Shapes `(n_masks, n_features, n_features)` and `(n_masks, n_features)`.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.
    """
    X, y, masks = np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(masks)
    _check(keep)
    n_masks, n_features = len(masks), X.shape[1]
    grams = np.empty((n_masks, n_features, n_features))
    moments = np.empty((n_masks, n_features))
    block = max(1, _AT_ONCE // X.size)
    for start in range(0, n_masks, block):
        stop = min(start + block, n_masks)
        masked = X * masks[start:stop] / keep
        turned = masked.swapaxes(1, 2)
        grams[start:stop] = turned @ masked
        moments[start:stop] = turned @ y
    return Moments(grams, moments)


def dropout_optima(moments: Moments) -> Array:
    """Return the weights that minimize the least-squares loss with these moments.

    Over the first `k` masks they tend to the center of :func:`dropout_quadratic`, their
    distance falling as `1 / sqrt(k)`.

    Returns
    -------
    ndarray
        Shape `(..., n_features)`; where the masks leave a feature out entirely, the minimizer
        of least norm.
    """
    inverse = np.linalg.pinv(moments.grams, hermitian=True)
    optima: Array = (inverse @ moments.targets[..., None])[..., 0]
    return optima


def dropout_covariance(X: ArrayLike, y: ArrayLike, keep: float) -> Array:
    """Return the covariance that one mask gives its optimum, as the number of masks grows.

    The optimum over `k` masks has this covariance divided by `k`, to leading order: the
    covariance of one mask's gradient at the closed form, between two inverses of the averaged
    loss's Hessian. It is exact, by enumeration of the masks of a row.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`, centred by the caller; there are
        `2**n_features` masks of a row, so these should be few.
    y
        Target, shape `(n_samples,)`, centred by the caller.
    keep
        Probability of keeping an entry, above 0 and at most 1.

    Returns
    -------
    ndarray
        Shape `(n_features, n_features)`.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    averaged = dropout_quadratic(X, y, keep)
    masks = np.array(list(itertools.product((0.0, 1.0), repeat=X.shape[1])))
    chances = np.prod(np.where(masks == 1.0, keep, 1.0 - keep), axis=1)
    masked = X * masks[:, None, :] / keep
    slopes = masked * (masked @ averaged.center - y)[..., None]
    apart = slopes - np.tensordot(chances, slopes, axes=1)
    spread = np.einsum("m,mni,mnj->ij", chances, apart, apart) / len(X) ** 2
    inverse = np.linalg.inv(averaged.hessian)
    covariance: Array = inverse @ spread @ inverse
    return covariance


def _check(keep: float) -> None:
    if not 0.0 < keep <= 1.0:
        raise ValueError(f"keep = {keep} is not a probability above 0 and at most 1")
