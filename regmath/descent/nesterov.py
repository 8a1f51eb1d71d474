"""Nesterov's method: the gradient is taken where the last move would lead."""

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


def nesterov(
    loss: Loss, start: ArrayLike, step_size: float | ArrayLike, beta: float = 0.9
) -> Iterator[State]:
    """Carry part of the last move on, then step down from there.

    `z = w + beta * (w - w_before)`, `w <- z - eta * gradient(z)`. With `beta = 0` this is
    `gradient_descent`. If the loss curves by at least `mu > 0` and at most `1 / eta`
    everywhere, and `beta = (1 - s) / (1 + s)` with `s = sqrt(eta * mu)`, the loss after `k`
    steps is within `(1 - s)**k * (L(w0) - L(w*) + mu / 2 * |w0 - w*|^2)` of the least. It
    may rise on the way. `fista` needs no `mu`: its share grows step by step.

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
    The states are the `w`. Libraries whose update is `v <- beta * v - eta * gradient`,
    `z <- z + beta * v - eta * gradient` keep the `z` in place of them.

    References
    ----------
    Nesterov, Y. (1983). A method for solving a convex programming problem with convergence
    rate O(1/k^2). Soviet Mathematics Doklady 27, 372-376.

    Nesterov, Y. (2018). Lectures on Convex Optimization, section 2.2. Springer.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill, share = gradient_map(loss, weights, eta), prepare_share(beta, "beta")

    def update(w: Array, before: Array) -> Array:
        return downhill(w + share * (w - before))

    return descend_carried(weights, update)
