"""The penalty's strength that spends a given budget, for penalties with an L1 part."""

from collections.abc import Callable

import numpy as np

from regmath._arrays import Array
from regmath.geometry.terms import Mix

EPS = np.finfo(float).eps
MAX_STEPS = 200
POLISHES = 2

Solver = Callable[[Array], Array]


def spend_budget(
    hessian: Array, linear: Array, mix: Mix, budget: Array, floor: Array, solve: Solver
) -> tuple[Array, Array]:
    """Find `lam` with `level(w(lam)) = budget`, and `w(lam)`, for a whole batch.

    `level(w) = l1 |w|_1 + l2 |w|_2**2` falls as `lam` grows, along finitely many smooth
    pieces, one per set of signs. Newton within a bracket finds the piece; the weights and
    `lam` are then solved for together on its support, to rounding.

    Parameters
    ----------
    hessian : array, shape (n, p, p)
    linear : array, shape (n, p)
    mix : Mix
        The penalty at `lam = 1`, with `l1 > 0`.
    budget : array, shape (n,)
        Less than the level at `lam = 0`.
    floor : array, shape (n,)
        Below this `lam` no support changes any more. A singular loss is never solved
        there: its penalty would drown in rounding, and with it the choice among its optima.
    solve : callable
        From `lam`, shape (n,), to the penalised optimum, shape (n, p).

    Returns
    -------
    weights : array, shape (n, p)
    lam : array, shape (n,)

    Raises
    ------
    ValueError
        If a budget is so small that no weight differs from 0 in double precision.
    """
    low = np.zeros_like(budget)
    high = np.abs(linear).max(axis=-1) / mix.l1
    lam = 0.5 * high
    for _ in range(MAX_STEPS):
        weights = solve(lam)
        excess = level(mix, weights) - budget
        low = np.where(excess > 0.0, lam, low)
        high = np.where(excess <= 0.0, lam, high)
        step = _newton_step(hessian, mix, weights, lam, excess)
        following = np.where(
            (low < lam + step) & (lam + step < high), lam + step, 0.5 * (low + high)
        )
        following = np.maximum(following, floor)
        # A level met exactly needs no step, and its bracket end would forbid one of length 0.
        following = np.where(step == 0.0, lam, following)
        if np.all(np.abs(following - lam) <= 4.0 * EPS * lam):
            break
        lam = following
    if not weights.any(axis=-1).all():
        raise ValueError(f"a budget of {budget.min()} is lost in rounding beside the loss.")
    polished, lam = _polish(hessian, linear, mix, budget, weights, lam)
    return np.where(polished * weights > 0.0, polished, 0.0), np.maximum(lam, 0.0)


def level(mix: Mix, weights: Array) -> Array:
    """Return `l1 |w|_1 + l2 |w|_2**2`, shape (...,)."""
    size = np.abs(weights)
    return np.asarray((mix.l1 * size + mix.l2 * size * size).sum(axis=-1))


def _pull(mix: Mix, weights: Array) -> Array:
    """Return the level's gradient on the support, and 0 off it."""
    return mix.l1 * np.sign(weights) + 2.0 * mix.l2 * weights


def _support_block(hessian: Array, mix: Mix, weights: Array, lam: Array) -> Array:
    """`H + 2 lam l2 I` on the support, the identity off it: one shape for a whole batch."""
    identity = np.eye(weights.shape[-1])
    active = weights != 0.0
    both = active[..., :, None] & active[..., None, :]
    curved = hessian + 2.0 * mix.l2 * lam[..., None, None] * identity
    return np.where(both, curved, identity * ~active[..., None, :])


def _newton_step(hessian: Array, mix: Mix, weights: Array, lam: Array, excess: Array) -> Array:
    """On a piece `dw/dlam = -(H + 2 lam l2)^-1 pull`, so the level falls at a known rate."""
    pull = _pull(mix, weights)
    block = _support_block(hessian, mix, weights, lam)
    rate = (pull * np.linalg.solve(block, pull[..., None])[..., 0]).sum(axis=-1)
    # Without a support there is no rate: the infinite step makes the caller bisect.
    forever = np.full_like(excess, np.inf)
    return np.asarray(np.divide(excess, rate, out=forever, where=rate > 0.0))


def _polish(
    hessian: Array, linear: Array, mix: Mix, budget: Array, weights: Array, lam: Array
) -> tuple[Array, Array]:
    """Newton on stationarity and the budget together, on the support found.

    For L1 both are linear, and one solve is exact. The other steps refine rounding.
    """
    # The signs found stay, even if a weight at rounding's size should pass zero.
    signs = np.sign(weights)
    p = weights.shape[-1]
    block = _support_block(hessian, mix, weights, lam)
    for _ in range(POLISHES):
        pull = mix.l1 * signs + 2.0 * mix.l2 * weights
        slope = (hessian @ weights[..., None])[..., 0] - linear + lam[..., None] * pull
        system = np.zeros((*lam.shape, p + 1, p + 1))
        system[..., :p, :p] = block
        system[..., :p, p] = system[..., p, :p] = pull
        right = np.concatenate(
            (np.where(signs != 0.0, slope, 0.0), (level(mix, weights) - budget)[..., None]),
            axis=-1,
        )
        move = np.linalg.solve(system, right[..., None])[..., 0]
        weights, lam = weights - move[..., :p], lam - move[..., p]
    return weights, lam
