"""For which strengths the L1 optimum sits on a corner of the diamond."""

import numpy as np

from regmath._arrays import Array, matrix_times
from regmath.geometry.terms import QuadraticLoss, quadratic_of


def corner_lambdas(loss: QuadraticLoss) -> tuple[Array, Array]:
    """Return the interval of `lam` where the L1 optimum has exactly one non-zero weight.

    From `lambda_max = |b|_inf` down, `b = Hc`, the weight of the larger `|b_j|` is alone:
    `w_j = (b_j - lam s) / H_jj`. The other joins when its slope
    `u + rho s lam`, `u = b_k - rho b_j`, `rho = H_jk / H_jj`, reaches `+-lam`.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        In the plane; a batch gives a batch of intervals.

    Returns
    -------
    low, high : ndarray, shape (...)
        One weight is non-zero for `low <= lam < high`; `high` is `lambda_max`, where both
        are 0. Empty (`low == high`) when both weights enter together. At a `low` above 0
        the other weight is about to leave 0. In the source's units of `lam`.

    Raises
    ------
    ValueError
        If the loss does not have two weights.

    Notes
    -----
    When the features differ much in scale, the first weight may return to 0 at a smaller
    `lam` and leave the other one alone on its axis. That second interval is not reported.
    """
    bowl = quadratic_of(loss)
    if bowl.center.shape[-1] != 2:
        raise ValueError(f"a corner in the plane needs 2 weights, got {bowl.center.shape[-1]}.")
    linear = matrix_times(bowl.hessian, bowl.center)
    first = np.abs(linear[..., 0]) >= np.abs(linear[..., 1])
    own = np.where(first, linear[..., 0], linear[..., 1])
    other = np.where(first, linear[..., 1], linear[..., 0])
    curvature = np.where(first, bowl.hessian[..., 0, 0], bowl.hessian[..., 1, 1])
    across = np.broadcast_to(bowl.hessian[..., 0, 1], own.shape)
    rho = np.divide(across, curvature, out=np.zeros_like(own), where=curvature > 0.0)
    rest, drift = other - rho * own, rho * np.sign(own)
    high = np.abs(own)
    low = np.maximum(_joins(rest, 1.0 - drift), _joins(-rest, 1.0 + drift))
    return np.minimum(low, high), high


def _joins(rest: Array, closing: Array) -> Array:
    """Where `closing * lam = rest`; a bound that does not close in is never met."""
    meets = np.divide(rest, closing, out=np.zeros_like(rest), where=closing > 0.0)
    return np.maximum(meets, 0.0)
