"""Statistics of a design matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def standardize(values: ArrayLike) -> NDArray[np.float64]:
    """Centre each column and divide it by its standard deviation.

    `z = (x - mean(x)) / sqrt(mean((x - mean(x))**2))`; the divisor is `n`, not `n - 1`, so
    that `Z.T @ Z / n_samples` is the correlation matrix.

    Parameters
    ----------
    values
        Shape `(n_samples,)` or `(n_samples, n_features)`.

    Returns
    -------
    ndarray
        Same shape; columns without units, with mean 0 and mean square 1.

    Raises
    ------
    ValueError
        If a column is constant.
    """
    values = np.asarray(values, dtype=float)
    centred = values - values.mean(axis=0)
    scale = np.sqrt(np.mean(centred**2, axis=0))
    if np.any(scale == 0.0):
        raise ValueError("a constant column cannot be standardized; leave it out")
    standardized: NDArray[np.float64] = centred / scale
    return standardized
