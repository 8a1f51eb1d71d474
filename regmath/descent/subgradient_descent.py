"""Subgradient descent, the update that adds a penalty's pull to the gradient."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath._arrays import column
from regmath.descent.state import State, descend, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss
from regmath.penalties.base import Penalty


def subgradient_descent(
    loss: Loss, penalty: Penalty, start: ArrayLike, step_size: float | ArrayLike
) -> Iterator[State]:
    """Add the penalty's pull: `w <- w - eta * gradient(w) - eta * subgradient(w)`.

    For L1 this is `W - eta*dL - eta*lam*sign(W)`, for L2
    `W - eta*dL - 2*eta*lam*W`. Under L1 with a fixed step, a weight whose optimum
    is 0 never settles: it ends in a band around 0 whose width is in proportion to
    `eta`. `ista` lands on 0.

    Parameters
    ----------
    loss : Loss
    penalty : Penalty
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, or the start does not fit.

    References
    ----------
    Shor, N. Z. (1985). Minimization Methods for Non-differentiable Functions.
    Springer.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill = gradient_map(loss, weights, eta)
    rate = column(eta)
    return descend(weights, lambda w: downhill(w) - rate * penalty.subgradient(w))
