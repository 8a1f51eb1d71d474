"""The optima of a batch within a budget, for penalties with an L1 part."""

import numpy as np

from regmath._arrays import Array
from regmath.errors import UncertifiedError
from regmath.geometry.budget_root import spend_budget
from regmath.geometry.level import Level
from regmath.geometry.minimize import minimize, require, residual, rough
from regmath.geometry.planar_l1_ball import planar_l1_ball
from regmath.geometry.planar_net_ball import planar_net_ball
from regmath.geometry.scaled import EPS, Scaled, correlations, least_eigenvalue

# Below this share of lambda_max, a singular loss's optima have reached their limit.
NEARLY_FREE = 1e-9
# Below this share the penalty drowns in rounding, and with it the choice among the optima.
LAST = 1e-15


def level_ball(problem: Scaled, level: Level, budget: Array) -> tuple[Array, Array]:
    """Minimise `1/2 w'Hw - b'w` subject to `level(w) <= budget`, for a whole batch.

    Parameters
    ----------
    problem : Scaled
    level : Level
        With `l1 > 0`.
    budget : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, p)
    multiplier : array, shape (n,)
        `lam`, exactly 0.0 where the constraint does not bind.

    Raises
    ------
    UncertifiedError
        If a certificate does not hold.
    ValueError
        If a budget is lost in rounding.
    """
    free, floor = _least_level_minimizers(problem, level)
    weights, multiplier = free.copy(order="K"), np.zeros_like(budget)
    binds = level(free) > budget
    if binds.all():
        return _on_boundary(problem, level, budget, free, floor)
    if binds.any():
        rows = problem.take(binds), level.take(binds), budget[binds], free[binds], floor[binds]
        weights[binds], multiplier[binds] = _on_boundary(*rows)
    return weights, multiplier


def _on_boundary(
    problem: Scaled, level: Level, budget: Array, free: Array, floor: Array
) -> tuple[Array, Array]:
    weights, lam = np.full_like(free, np.nan), np.full_like(budget, np.nan)
    if problem.n_weights == 2:
        quick = planar_net_ball if level.l2.any() else planar_l1_ball
        weights, lam = quick(problem, level, budget)
    share = level.residual(problem, budget, weights, lam)
    again = rough(problem, weights, share)
    if again.any():
        rows = problem.take(again), level.take(again), budget[again], free[again], floor[again]
        weights[again], lam[again] = spend_budget(*rows)
        share[again] = rows[1].residual(rows[0], rows[2], weights[again], lam[again])
    require(problem, weights, share)
    return weights, lam


def _least_level_minimizers(problem: Scaled, level: Level) -> tuple[Array, Array]:
    """Return a minimiser of every loss, and the least `lam` at which it may be solved.

    Of a singular loss's many minimisers the least by the level, and a `lam` above 0.
    """
    free, floor = problem.center.copy(order="K"), np.zeros(len(problem))
    for row in np.flatnonzero(_near_singular(problem.hessian)):
        rows = np.array([row])
        one, at = problem.take(rows), level.take(rows)
        strongest = one.steepest / (at.l1 + at.l2)
        lam = NEARLY_FREE * strongest
        try:
            limit = minimize(one, lam * at.l1, lam * at.l2)
        except UncertifiedError:
            continue
        limit = _without_slope(problem, int(row), limit[0])[None]
        none = np.zeros(1)
        # Two columns that are nearly one have a minimiser of their own, far out.
        if not rough(one, limit, residual(one, none, none, limit))[0]:
            free[row], floor[row] = limit[0], LAST * strongest[0]
    return free, floor


def _without_slope(problem: Scaled, row: int, weights: Array) -> Array:
    """Take the last bit of slope off weights on their support, which has the limit's signs."""
    root, target = problem.root(row)
    active = weights != 0.0
    rest = target - root @ weights
    flat = weights.copy()
    flat[active] += np.linalg.lstsq(root[:, active], rest)[0]
    return flat


def _near_singular(hessian: Array) -> Array:
    """Return whether a matrix, scaled to a diagonal of 1, is singular to rounding."""
    p = hessian.shape[-1]
    if p == 2:
        # By the determinant, which is the quick way and knows of every digit.
        area = hessian[:, 0, 0] * hessian[:, 1, 1]
        return np.asarray(area - hessian[:, 0, 1] ** 2 <= 8.0 * EPS * area)
    return np.asarray(least_eigenvalue(correlations(hessian)[1]) <= 8.0 * EPS * p * p)
