"""Exact optima of a quadratic loss: with a penalty, and inside the penalty's ball."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, matrix_times
from regmath.geometry.active_set import active_set_lasso
from regmath.geometry.budget_root import level, spend_budget
from regmath.geometry.l2_ball import l2_ball
from regmath.geometry.planar_l1_ball import planar_l1_ball
from regmath.geometry.planar_lasso import planar_lasso
from regmath.geometry.terms import (
    Mask,
    Mix,
    NormPenalty,
    QuadraticLoss,
    mix_of,
    quadratic_of,
)
from regmath.penalties.l2 import L2

# Below this share of lambda_max, a singular loss's optima have reached their limit.
NEARLY_FREE = 1e-9


@dataclass(frozen=True, eq=False)
class Optimum:
    """The minimiser of a loss inside a ball.

    Attributes
    ----------
    weights : ndarray, shape (..., n_weights)
        The minimiser. A zero is exactly 0.0.
    multiplier : ndarray, shape (...)
        The `lam >= 0` at which `loss + penalty` has the same minimiser, in the source's
        units; exactly 0.0 where the constraint does not bind.
    active : ndarray of bool, shape (...)
        Whether the constraint binds.
    """

    weights: Array
    multiplier: Array
    active: Mask


def penalized_optimum(loss: QuadraticLoss, penalty: NormPenalty) -> Array:
    """Return the exact minimiser of `loss + penalty`.

    L2 solves `(H + 2 lam I) w = H c`. L1 and the elastic net find the support by
    enumeration (two weights) or by active sets (more), and end with one linear solve on it.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        A batch of losses gives a batch of optima.
    penalty : L1, L2 or ElasticNet
        At `lam = 0` the loss's own center is returned.

    Returns
    -------
    ndarray, shape (..., n_weights)
        Under L1 and the elastic net, the zeros are exactly 0.0. Where the optimum is not
        unique (L1, collinear features), it is one with linearly independent columns.

    Raises
    ------
    TypeError
        If the loss is not quadratic or the penalty is none of the three.
    """
    mix = mix_of(penalty)
    hessian, center, lam = _problems(loss, np.asarray(penalty.lam))
    if penalty.lam == 0.0:
        return center.reshape(*_batch(loss), -1).copy()
    weights = _penalized(hessian, matrix_times(hessian, center), mix, lam)
    return weights.reshape(*_batch(loss), -1)


def constrained_optimum(
    loss: QuadraticLoss, penalty: NormPenalty, budget: ArrayLike
) -> Optimum:
    """Return the exact minimiser of the loss over the ball `{w : level(w) <= budget}`.

    L1 with two weights compares the diamond's four edges; L2 solves the secular equation
    `|(H + 2 lam I)^-1 H c| = budget`; all else finds the `lam` that spends the budget.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet
        Only its ball counts: its `lam` is ignored.
    budget : array_like, shape (...)
        Bound on `penalty.level(w)`, > 0: `|w|_1` for L1, the radius `|w|_2` for L2.
        Broadcasts against the batch of losses.

    Returns
    -------
    Optimum

    Raises
    ------
    TypeError
        If the loss is not quadratic or the penalty is none of the three.
    ValueError
        If a budget is not positive and finite, or so small beside the loss's own weights
        (about 1e-15 of them) that it is lost in rounding.

    Notes
    -----
    Where the loss has a line of optima and some fit in the ball, the smallest by
    the penalty's level is returned, with multiplier 0.

    References
    ----------
    Moré and Sorensen, Computing a trust region step, SIAM J. Sci. Stat. Comput. 4 (1983).
    """
    mix = mix_of(penalty)
    budgets = np.asarray(budget, dtype=np.float64)
    if not (np.isfinite(budgets) & (budgets > 0.0)).all():
        raise ValueError(f"a budget must be positive and finite, got {budget!r}.")
    hessian, center, bounds = _problems(loss, budgets)
    if mix.l1 == 0.0:
        radius = bounds if isinstance(penalty, L2) else np.sqrt(bounds / mix.l2)
        weights, multiplier = l2_ball(hessian, center, radius)
    elif mix.l2 == 0.0 and center.shape[-1] == 2:
        weights, multiplier = planar_l1_ball(hessian, center, bounds)
    else:
        weights, multiplier = _level_ball(hessian, center, mix, bounds)
    batch = np.broadcast_shapes(_batch(loss), budgets.shape)
    multiplier = multiplier.reshape(batch)
    return Optimum(weights.reshape(*batch, -1), multiplier, np.asarray(multiplier > 0.0))


def budget_from_lambda(loss: QuadraticLoss, penalty: NormPenalty) -> Array:
    """Return the level of the penalised optimum: the budget with the same optimum.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet

    Returns
    -------
    ndarray, shape (...)
        In the unit of `penalty.level`; 0 where `lam` sets every weight to 0.
    """
    return penalty.level(penalized_optimum(loss, penalty))


def lambda_from_budget(loss: QuadraticLoss, penalty: NormPenalty, budget: ArrayLike) -> Array:
    """Return the `lam` whose penalised optimum is the optimum within the budget.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet
        Its `lam` is ignored.
    budget : array_like, shape (...)
        Bound on `penalty.level(w)`, > 0.

    Returns
    -------
    ndarray, shape (...)
        In the source's units; 0 where the budget does not bind.

    Raises
    ------
    ValueError
        If a budget is not positive and finite.
    """
    return constrained_optimum(loss, penalty, budget).multiplier


def _batch(loss: QuadraticLoss) -> tuple[int, ...]:
    bowl = quadratic_of(loss)
    return np.broadcast_shapes(bowl.hessian.shape[:-2], bowl.center.shape[:-1])


def _problems(loss: QuadraticLoss, bound: Array) -> tuple[Array, Array, Array]:
    """Flatten the batch to one axis: `H`, `c`, and one bound for each problem."""
    bowl = quadratic_of(loss)
    shape = np.broadcast_shapes(_batch(loss), bound.shape)
    p = bowl.center.shape[-1]
    hessian = np.broadcast_to(bowl.hessian, (*shape, p, p)).reshape(-1, p, p)
    center = np.broadcast_to(bowl.center, (*shape, p)).reshape(-1, p)
    bounds = np.broadcast_to(bound, shape).astype(np.float64).reshape(-1)
    return hessian, center, bounds


def _penalized(hessian: Array, linear: Array, mix: Mix, lam: Array) -> Array:
    """Minimise `1/2 w'Hw - b'w + lam (l1 |w|_1 + l2 |w|_2**2)` for positive `lam`, (n,)."""
    p = linear.shape[-1]
    curved = hessian + 2.0 * mix.l2 * lam[:, None, None] * np.eye(p)
    if mix.l1 == 0.0:
        solved = np.linalg.solve(curved, linear[..., None])[..., 0]
        return np.asarray(solved, dtype=np.float64)
    if p == 2:
        return planar_lasso(curved, linear, mix.l1 * lam)
    problems = zip(curved, linear, mix.l1 * lam, strict=True)
    return np.array([active_set_lasso(h, b, float(l1)) for h, b, l1 in problems])


def _level_ball(hessian: Array, center: Array, mix: Mix, budget: Array) -> tuple[Array, Array]:
    linear = matrix_times(hessian, center)
    floor = _nearly_free(hessian, linear, mix)
    weights = _least_level_minimizer(hessian, linear, center, mix, floor)
    multiplier = np.zeros_like(budget)
    binds = level(mix, weights) > budget
    if binds.any():
        hessian, linear = hessian[binds], linear[binds]
        weights[binds], multiplier[binds] = spend_budget(
            hessian,
            linear,
            mix,
            budget[binds],
            floor[binds],
            lambda lam: _penalized(hessian, linear, mix, lam),
        )
    return weights, multiplier


def _nearly_free(hessian: Array, linear: Array, mix: Mix) -> Array:
    """Return the `lam` that stands for the limit 0 of a singular loss; 0 for the others."""
    values = np.linalg.eigvalsh(hessian)
    rounding = 8.0 * np.finfo(float).eps * linear.shape[-1]
    singular = values[:, 0] <= rounding * values[:, -1]
    return np.where(singular, NEARLY_FREE * np.abs(linear).max(axis=-1) / mix.l1, 0.0)


def _least_level_minimizer(
    hessian: Array, linear: Array, center: Array, mix: Mix, nearly_free: Array
) -> Array:
    """Return the unregularized optimum; of a singular loss's many, the least by the level."""
    free = center.copy()
    singular = nearly_free > 0.0
    if not singular.any():
        return free
    free[singular] = _penalized(hessian[singular], linear[singular], mix, nearly_free[singular])
    for row in np.flatnonzero(singular):
        # The limit has the same support, and no slope at all.
        active = free[row] != 0.0
        slope = (linear[row] - hessian[row] @ free[row])[active]
        block = hessian[row][np.ix_(active, active)]
        free[row, active] += np.linalg.lstsq(block, slope)[0]
    return free
