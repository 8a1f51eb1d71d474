"""Dropout in linear regression: random masks, and the ridge that they average to."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array
from regmath.losses import Quadratic

#: entries of masks that are drawn at once: they stay within the processor's cache
_AT_ONCE = 2**17


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


def dropout_masks(
    shape: tuple[int, ...], keep: float, n_masks: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return random masks, shape `(n_masks, *shape)`, True where an entry is kept.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.
    """
    _check(keep)
    return rng.random((n_masks, *shape), dtype=np.float32) < np.float32(keep)


def sampled_dropout_optima(
    X: ArrayLike, y: ArrayLike, keep: float, counts: ArrayLike, rng: np.random.Generator
) -> Array:
    """Return the weights that minimize the loss averaged over the first so many masks.

    For each `k` of `counts`, those that minimize `mean_{m <= k} |y - (M_m*X) w|^2`; they tend
    to the center of :func:`dropout_quadratic`, their distance falling as `1 / sqrt(k)`.

    Parameters
    ----------
    X
        Features, shape `(n_samples, n_features)`, centred by the caller.
    y
        Target, shape `(n_samples,)`, centred by the caller.
    keep
        Probability of keeping an entry, above 0 and at most 1.
    counts
        Numbers of masks, ascending, at least 1, shape `(n_counts,)`.
    rng
        Source of the masks; the first are those of :func:`dropout_masks`.

    Returns
    -------
    ndarray
        Shape `(n_counts, n_features)`; where the masks leave a feature out entirely, the
        minimizer of least norm.

    Raises
    ------
    ValueError
        If `keep` is not a probability above 0.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    ends = np.asarray(counts, dtype=int)
    n_masks, n_features = int(ends[-1]), X.shape[1]
    grams = np.empty((n_masks, n_features, n_features))
    moments = np.empty((n_masks, n_features))
    block = max(1, _AT_ONCE // X.size)
    for start in range(0, n_masks, block):
        stop = min(start + block, n_masks)
        masked = X * dropout_masks(X.shape, keep, stop - start, rng) / keep
        turned = masked.swapaxes(1, 2)
        grams[start:stop] = turned @ masked
        moments[start:stop] = turned @ y
    gram, moment = (sums.cumsum(axis=0)[ends - 1] for sums in (grams, moments))
    optima: Array = (np.linalg.pinv(gram, hermitian=True) @ moment[..., None])[..., 0]
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
