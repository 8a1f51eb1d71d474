"""Expected error of penalised weights when the features are uncorrelated."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

_erf = np.vectorize(math.erf, otypes=[np.float64])


def lasso_risk(weight: ArrayLike, deviation: float, lam: ArrayLike) -> NDArray[np.float64]:
    """Return the mean squared error of a lasso weight with uncorrelated features.

    With `X'X / n = I` the lasso's weight is the least-squares weight `b`, soft-thresholded at
    `lam`. For `b` normal about the true weight `w` with deviation 1, its mean squared error is
    `1 + lam^2 + (w^2 - lam^2 - 1) [Phi(lam - w) - Phi(-lam - w)] - (lam - w) phi(lam + w)
    - (lam + w) phi(lam - w)`, `phi` and `Phi` being the normal density and distribution.
    For other deviations `w` and `lam` are measured in them.

    Parameters
    ----------
    weight
        True weight, any shape that broadcasts with `lam`.
    deviation
        Standard deviation of the least-squares weight, `noise / sqrt(n_samples)`; positive.
    lam
        Strength of the penalty `lam * |w|` added to `LeastSquares`; at least 0.

    Returns
    -------
    ndarray
        Broadcast shape, in the weight's units squared. Summed over the weights it is the
        error of a prediction beyond the noise.

    References
    ----------
    D. L. Donoho and I. M. Johnstone, "Ideal spatial adaptation by wavelet shrinkage",
    Biometrika 81 (1994), 425-455, appendix 2.
    """
    w = np.asarray(weight, dtype=float) / deviation
    at = np.asarray(lam, dtype=float) / deviation
    inside = _normal(at - w) - _normal(-at - w)
    tails = (at - w) * _density(at + w) + (at + w) * _density(at - w)
    return np.asarray(deviation**2 * (1.0 + at**2 + (w**2 - at**2 - 1.0) * inside - tails))


def ridge_risk(weight: ArrayLike, deviation: float, lam: ArrayLike) -> NDArray[np.float64]:
    """Return the mean squared error of a ridge weight with uncorrelated features.

    With `X'X / n = I` the ridge weight is `c b` for the least-squares weight `b` and
    `c = 1 / (1 + 2 lam)`. Its mean squared error is `c^2 deviation^2 + (1 - c)^2 w^2`: the
    variance that is left and the square of the bias.

    Parameters
    ----------
    weight
        True weight `w`, any shape that broadcasts with `lam`.
    deviation
        Standard deviation of the least-squares weight, `noise / sqrt(n_samples)`.
    lam
        Strength of the penalty `lam * w**2` added to `LeastSquares`; at least 0.

    Returns
    -------
    ndarray
        Broadcast shape, in the weight's units squared.

    References
    ----------
    A. E. Hoerl and R. W. Kennard, "Ridge regression: biased estimation for nonorthogonal
    problems", Technometrics 12 (1970), 55-67, section 4.
    """
    w, at = np.asarray(weight, dtype=float), np.asarray(lam, dtype=float)
    kept = 1.0 / (1.0 + 2.0 * at)
    return np.asarray((kept * deviation) ** 2 + ((1.0 - kept) * w) ** 2)


def _normal(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 + 0.5 * _erf(x / math.sqrt(2.0)))


def _density(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi))
