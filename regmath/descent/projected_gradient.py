"""Projected gradient descent, for the budget form of a penalty."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath._arrays import non_negative
from regmath.descent.state import State, descend, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss
from regmath.penalties.norm_ball import NormBall


def projected_gradient(
    loss: Loss,
    penalty: NormBall,
    level: float,
    start: ArrayLike,
    step_size: float | ArrayLike,
) -> Iterator[State]:
    """Step down the loss, then go to the nearest point of the penalty's ball.

    `w <- project(w - eta * gradient(w), level)`: minimises the loss over
    `{w : penalty.level(w) <= level}`. The penalty's `lam` plays no part.

    Parameters
    ----------
    loss : Loss
    penalty : NormBall
        Its ball is the feasible region.
    level : float
        The budget, >= 0, in the unit of `penalty.level`.
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
        A start outside the ball is state 0 as it is; all later states are inside.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem. Converges below
        `2 / loss.smoothness`.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start.

    Raises
    ------
    ValueError
        If the level is negative, a step size is not positive and finite, or the
        start does not fit.

    References
    ----------
    Goldstein, A. A. (1964). Convex programming in Hilbert space. Bulletin of the
    American Mathematical Society 70(5), 709-710.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill = gradient_map(loss, weights, eta)
    budget = non_negative(level, "level")
    return descend(weights, lambda w: penalty.project(downhill(w), budget))
