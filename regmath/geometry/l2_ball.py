"""The optimum of a quadratic loss in the L2 ball, by the secular equation."""

import numpy as np

from regmath._arrays import Array, length
from regmath.errors import UncertifiedError
from regmath.geometry.minimize import BOUND, require, residual, ridge
from regmath.geometry.scaled import EPS, Scaled
from regmath.geometry.spectrum import ridge_solution, spectrum

TINY = np.finfo(float).tiny
MAX_NEWTON_STEPS = 100
CORRECTIONS = 10
# A radius is met to this share.
ENOUGH = 32.0 * EPS


def l2_ball(problem: Scaled, radius: Array) -> tuple[Array, Array]:
    """Minimise `1/2 w'Hw - b'w` subject to `|w|_2 <= radius`, for a whole batch.

    In the eigenvectors' coordinates the optimum is `b_i / (d_i + mu)`, where
    `mu = 2 lam` solves the secular equation `|w(mu)| = radius`. Along a direction without
    curvature every weight is as good, and 0 is the shortest.

    Parameters
    ----------
    problem : Scaled
    radius : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, p)
    multiplier : array, shape (n,)
        `lam`, exactly 0.0 where the constraint does not bind.

    Raises
    ------
    UncertifiedError
        If a certificate does not hold.
    """
    parts = spectrum(problem)
    mu = _secular_root(parts.values, parts.slopes, radius)
    weights = ridge_solution(problem, parts, mu)
    for _ in range(CORRECTIONS):
        # Where units are far apart, the spectrum's digits are not enough for the budget.
        over = length(weights) / radius - 1.0
        rows = (mu > 0.0) & (np.abs(over) > ENOUGH)
        if not rows.any():
            break
        fall = (weights * parts.solve(mu, weights)).sum(axis=-1)
        step = over * np.square(length(weights)) / np.where(rows, fall, 1.0)
        mu[rows] = np.maximum(mu + step, 0.0)[rows]
        weights[rows] = ridge(problem.take(rows), 0.5 * mu[rows])
    # A center inside the ball is returned to the last bit, without the way round.
    inside = (mu == 0.0) & (np.count_nonzero(parts.real, axis=0) == problem.n_weights)
    if inside.any():
        weights[inside] = problem.center[inside]
    require(problem, weights, residual(problem, np.zeros_like(mu), 0.5 * mu, weights))
    away = np.abs(length(weights) / radius - 1.0)[mu > 0.0]
    if (away > BOUND).any():
        raise UncertifiedError(
            f"a budget could be met only to a share of {away.max():.1e}: curvatures of this "
            "loss differ by less than doubles can tell."
        )
    return weights, 0.5 * mu


def _secular_root(values: Array, slopes: Array, radius: Array) -> Array:
    """Solve `sum_i (slopes_i / (values_i + mu))**2 = radius**2` for `mu >= 0`.

    Newton on `1/|w(mu)| - 1/radius`, which is concave and rises: from below the root the
    steps stay below it and only grow `mu`, so no bracket is needed. Where `|w(0)|` fits in
    the ball, `mu` stays exactly 0.
    """
    # |slopes_i| / (values_i + mu) <= radius in every direction bounds mu from below.
    scaled = slopes / radius
    mu = np.maximum((np.abs(scaled) - values).max(axis=0), 0.0)
    for _ in range(MAX_NEWTON_STEPS):
        inverse = 1.0 / (values + mu)
        squares = np.square(scaled * inverse)
        norm2 = squares.sum(axis=0)
        excess = np.sqrt(norm2) - 1.0
        if excess.max() <= 4.0 * EPS:
            break
        squares *= inverse
        fall = np.maximum(squares.sum(axis=0), TINY)
        mu += np.maximum(excess, 0.0) * norm2 / fall
    return np.asarray(mu)
