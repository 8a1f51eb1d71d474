"""Gradient descent."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath.descent.state import State, descend, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss


def gradient_descent(
    loss: Loss, start: ArrayLike, step_size: float | ArrayLike
) -> Iterator[State]:
    """Walk downhill: `w <- w - step_size * gradient(w)`.

    On a quadratic the error `w - c` is multiplied by `I - step_size * H` at every
    step, so it shrinks for `0 < step_size < 2 / smoothness`.

    Parameters
    ----------
    loss : Loss
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...)
        Learning rate, > 0; one number, or one per problem.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, or the start does not fit.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    return descend(weights, gradient_map(loss, weights, eta))
