"""Exact optima of a quadratic loss: with a penalty, and inside the penalty's ball."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.errors import UncertifiedError
from regmath.geometry.l2_ball import l2_ball
from regmath.geometry.level import Level
from regmath.geometry.level_ball import level_ball
from regmath.geometry.minimize import minimize
from regmath.geometry.scaled import Powers, Scaled, batch_of, scaled, times_power
from regmath.geometry.terms import (
    Mask,
    Mix,
    NormPenalty,
    QuadraticLoss,
    mix_of,
    quadratic_of,
)
from regmath.losses import Quadratic
from regmath.penalties.l2 import L2

# Beyond this, in a problem's own units, a budget or a strength is as good as none or all.
LARGEST = 1e150
# Beside the loss's curvature, a strength by which no number can be divided.
LOST = 1e-300
# With a ridge beyond this, in a problem's own units, the weights are 0 or no doubles.
STRONGEST = 1e290


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
    enumeration (two weights), by Newton on the signs (more) or, for a loss near singular, by
    active sets; they end with one linear solve on it. Every optimum is certified, least
    squares from its data, before it is returned.

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
    UncertifiedError
        If the loss is so near singular, or its numbers so far apart, that doubles do not
        hold an optimum with a KKT residual up to 1e-12.
    """
    mix, batch = mix_of(penalty), batch_of(loss)
    if penalty.lam == 0.0:
        return np.broadcast_to(quadratic_of(loss).center, (*batch, loss.n_weights)) + 0.0
    problem = scaled(loss, batch)
    slope_power = problem.curvature_power + problem.weight_power
    l1 = times_power(np.asarray(mix.l1 * penalty.lam), -slope_power)
    l2 = times_power(np.asarray(mix.l2 * penalty.lam), -problem.curvature_power)
    weights = minimize(problem, np.minimum(l1, LARGEST), np.minimum(l2, STRONGEST))
    if weights[l2 > STRONGEST].any():
        raise UncertifiedError("the optimum is beyond the range of doubles.")
    return _in_given_units(problem, weights).reshape(*batch, -1)


def penalized_optima(loss: QuadraticLoss, penalty: NormPenalty, lams: ArrayLike) -> Array:
    """Return the exact minimisers of `loss + penalty` at many strengths of the penalty.

    `loss / lam + penalty` has the same minimiser with the penalty at 1, so that all of them
    are one batch.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        A single loss.
    penalty : L1, L2 or ElasticNet
        Its own `lam` is ignored.
    lams : array_like, shape (...)
        Strengths, >= 0, in the source's units. At 0, and where one is lost beside the loss's
        curvature, the loss's own center is returned.

    Returns
    -------
    ndarray, shape (..., n_weights)
        As those of `penalized_optimum`.

    Raises
    ------
    TypeError
        If the loss is not quadratic or the penalty is none of the three.
    UncertifiedError
        As `penalized_optimum`.
    """
    bowl, strengths = quadratic_of(loss), np.asarray(lams, dtype=np.float64)
    flat = strengths.reshape(-1)
    found = np.tile(bowl.center, (len(flat), 1))
    priced = flat > LOST * bowl.smoothness
    if priced.any():
        batch = Quadratic(bowl.hessian / flat[priced, None, None], bowl.center)
        found[priced] = penalized_optimum(batch, penalty.with_lambda(1.0))
    return found.reshape(*strengths.shape, -1)


def constrained_optimum(
    loss: QuadraticLoss, penalty: NormPenalty, budget: ArrayLike
) -> Optimum:
    """Return the exact minimiser of the loss over the ball `{w : level(w) <= budget}`.

    L1 with two weights compares the diamond's four edges, the elastic net the four arcs of
    its ball; L2 solves the secular equation `|(H + 2 lam I)^-1 H c| = budget`; all else
    finds the `lam` that spends the budget. Every optimum is certified, least squares from its
    data, before it is returned.

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
    UncertifiedError
        If the loss is so near singular, or its numbers so far apart, that doubles do not
        hold an optimum whose conditions are met to a share of 1e-12.

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
    batch = np.broadcast_shapes(batch_of(loss), budgets.shape)
    problem = scaled(loss, batch)
    bounds = np.broadcast_to(budgets, batch).reshape(-1)
    if mix.l1 == 0.0:
        radius = bounds if isinstance(penalty, L2) else np.sqrt(bounds / mix.l2)
        weights, multiplier = l2_ball(problem, _in_own_units(radius, problem.weight_power))
        lam = times_power(multiplier, problem.curvature_power)
    else:
        level, power = _level(problem, mix)
        budgets = _in_own_units(bounds, problem.weight_power + power)
        weights, multiplier = level_ball(problem, level, budgets)
        lam = times_power(multiplier, problem.curvature_power + problem.weight_power - power)
    active = multiplier > 0.0
    if not (np.isfinite(lam) & ((lam >= np.finfo(float).tiny) == active)).all():
        raise UncertifiedError("the multiplier is beyond the range of doubles.")
    weights = _in_given_units(problem, weights).reshape(*batch, -1)
    return Optimum(weights, lam.reshape(batch), active.reshape(batch))


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


def _level(problem: Scaled, mix: Mix) -> tuple[Level, Powers]:
    """Return the level in the problems' units and one of its own, and that unit's power."""
    l2 = times_power(np.asarray(mix.l2), problem.weight_power)
    power = np.frexp(np.maximum(mix.l1, l2))[1]
    l1 = times_power(np.asarray(mix.l1), -power)
    return Level(np.maximum(l1, 1.0 / LARGEST), times_power(l2, -power)), power


def _in_own_units(budget: Array, power: Powers) -> Array:
    own = times_power(budget, -power)
    if not own.all():
        raise ValueError("a budget is so small that it is lost in rounding beside the loss.")
    return np.minimum(own, LARGEST)


def _in_given_units(problem: Scaled, weights: Array) -> Array:
    given = times_power(weights, problem.weight_power[:, None])
    if not (np.isfinite(given).all() and (given.any(axis=-1) == weights.any(axis=-1)).all()):
        raise UncertifiedError("the optimum is beyond the range of doubles.")
    return given
