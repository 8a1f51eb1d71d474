"""For which strengths the L1 optimum sits on a corner of the diamond."""

import numpy as np

from regmath._arrays import Array, matrix_times
from regmath.geometry.scaled import EPS, Scaled, batch_of, scaled, times_power
from regmath.geometry.terms import QuadraticLoss, quadratic_of

# Shares that differ by less are equal but for rounding.
TIE = 8.0 * EPS


def corner_lambdas(loss: QuadraticLoss) -> tuple[Array, Array]:
    """Return the interval of `lam` where the L1 optimum has exactly one non-zero weight.

    From `lambda_max = |b|_inf` down, `b = Hc`, the weight of the larger `|b_j|` is alone:
    `w_j = (b_j - lam s) / H_jj`. The other joins when its slope
    `u + rho s lam`, `u = b_k - rho b_j`, `rho = H_jk / H_jj`, reaches `+-lam`. Of two equal
    `|b_j|` either may be the one that is alone.

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
    if quadratic_of(loss).n_weights != 2:
        raise ValueError(f"a corner in the plane needs 2 weights, got {loss.n_weights}.")
    batch = batch_of(loss)
    problem = scaled(loss, batch)
    high = np.abs(problem.linear).max(axis=-1)
    terms = matrix_times(np.abs(problem.hessian), np.abs(problem.center)).max(axis=-1)
    first = high - TIE * np.maximum(terms, high)
    # Where both weights could be first, only one of them, if any, is alone below.
    low = np.minimum(_other_joins(problem, 0, first), _other_joins(problem, 1, first))
    low = np.minimum(low, high)
    power = problem.curvature_power + problem.weight_power
    return times_power(low, power).reshape(batch), times_power(high, power).reshape(batch)


def _other_joins(problem: Scaled, axis: int, first: Array) -> Array:
    """Return the `lam` down to which a weight is alone; inf if it is not even first."""
    own, other = problem.linear[:, axis], problem.linear[:, 1 - axis]
    curvature, across = problem.hessian[:, axis, axis], problem.hessian[:, 0, 1]
    rho = np.divide(across, curvature, out=np.zeros_like(own), where=curvature > 0.0)
    rest, drift = other - rho * own, rho * np.sign(own)
    # A slope that is as far off as its bound all the way down must not be seen to cross it.
    rounding = TIE * (np.abs(other) + np.abs(rho * own))
    low = np.maximum(_meets(rest, 1.0 - drift, rounding), _meets(-rest, 1.0 + drift, rounding))
    return np.where(np.abs(own) < first, np.inf, low)


def _meets(rest: Array, closing: Array, rounding: Array) -> Array:
    """Where `closing * lam = rest`; a slope within its bound at 0 does not meet it."""
    meets = np.full_like(rest, np.inf)
    np.divide(rest, closing, out=meets, where=closing > TIE)
    return np.where(rest > rounding, meets, 0.0)
