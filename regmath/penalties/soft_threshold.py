"""Soft thresholding, the map that makes weights exactly zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array


def soft_threshold(w: ArrayLike, threshold: float | Array) -> Array:
    """Move every weight towards 0 by `threshold`, and no further than 0.

    `sign(w) * max(|w| - threshold, 0)`: the prox of `threshold * |w|_1`. Weights
    with `|w| <= threshold` become exactly `0.0`, never `-0.0`.

    Parameters
    ----------
    w : array_like, shape (..., n_weights)
    threshold : float or ndarray that broadcasts with `w`
        In the weights' unit, >= 0.

    Returns
    -------
    ndarray, shape (..., n_weights)

    References
    ----------
    Donoho, D. L. (1995). De-noising by soft-thresholding. IEEE Transactions on
    Information Theory 41(3), 613-627.
    """
    w = np.asarray(w, dtype=np.float64)
    # `w` less its clip to [-threshold, threshold]: three passes, one new array.
    result: Array = np.maximum(w, -threshold)
    np.minimum(result, threshold, out=result)
    np.subtract(w, result, out=result)
    if not (isinstance(threshold, float) and threshold > 0):
        result += 0.0  # only a threshold of 0 lets a -0.0 through
    return result
