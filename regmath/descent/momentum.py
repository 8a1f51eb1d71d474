"""Momentum, the heavy-ball method: part of the last move is carried on."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.descent.state import (
    State,
    descend_carried,
    gradient_map,
    prepare_share,
    prepare_start,
    prepare_step,
)
from regmath.losses import Loss


def momentum(
    loss: Loss, start: ArrayLike, step_size: float | ArrayLike, beta: float = 0.9
) -> Iterator[State]:
    """Carry part of the last move on: `w <- w - eta * gradient(w) + beta * (w - w_before)`.

    With `beta = 0` this is `gradient_descent`. On a quadratic whose curvatures are within
    `[mu, smoothness]`, with `eta <= 1 / smoothness`, the part of the error along an
    eigenvector of curvature `h` is multiplied, after `k` steps, by at most
    `(2 k + 1) * r**k`, where `r` is the larger root, in size, of
    `r**2 - (1 + beta - eta * h) r + beta`; the largest is at `mu`. It is `sqrt(beta)` for
    every `h` once `beta >= (1 - sqrt(eta * mu))**2`. The loss may rise on the way.

    Parameters
    ----------
    loss : Loss
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem.
    beta : float
        The share of the last move that is carried on, in `[0, 1)`.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start, which moves off from rest.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, `beta` is not in `[0, 1)`, or the start
        does not fit.

    Notes
    -----
    The step size multiplies the gradient alone. With a constant step size this is also the
    form `v <- beta * v + gradient(w)`, `w <- w - eta * v`, in which it multiplies both.

    References
    ----------
    Polyak, B. T. (1964). Some methods of speeding up the convergence of iteration methods.
    USSR Computational Mathematics and Mathematical Physics 4(5), 1-17.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill, share = gradient_map(loss, weights, eta), prepare_share(beta, "beta")

    def update(w: Array, before: Array) -> Array:
        return downhill(w) + share * (w - before)

    return descend_carried(weights, update)
