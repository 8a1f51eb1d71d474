"""AdamW: Adam's step, and weights that decay beside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import column, non_negative
from regmath.descent.state import State, prepare_share, prepare_start, prepare_step
from regmath.losses import Loss


def adamw(
    loss: Loss,
    start: ArrayLike,
    step_size: float | ArrayLike = 0.001,
    *,
    weight_decay: float = 0.01,
    betas: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> Iterator[State]:
    """Take Adam's step, and shrink the weights apart from it.

    With `g` the gradient at `w` in step `k`, from 1 on, and all operations by weight:
    `m <- b1 * m + (1 - b1) * g`, `v <- b2 * v + (1 - b2) * g**2`, then
    `w <- w - eta * (m / (1 - b1**k) / (sqrt(v / (1 - b2**k)) + epsilon) + weight_decay * w)`.

    The step size `eta` multiplies the decay too: in a step a weight shrinks by the share
    `eta * weight_decay`. For gradient descent that is the penalty `lam * w**2` with
    `weight_decay = 2 * lam`; not here, where a penalty in the loss would be divided by
    `sqrt(v)` like all of the gradient, and this is not.

    Parameters
    ----------
    loss : Loss
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem. About how far a weight goes in a step,
        whatever the unit of the loss.
    weight_decay : float
        >= 0; with 0 this is `adam`.
    betas : pair of float
        Shares of `m` and `v` that stay, each in `[0, 1)`.
    epsilon : float
        > 0, in the unit of the gradient.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start, with `m = v = 0`.

    Raises
    ------
    ValueError
        If a step size or `epsilon` is not positive and finite, the decay is negative, a beta
        is not in `[0, 1)`, or the start does not fit.

    Notes
    -----
    In the paper a schedule in place of `eta` multiplies the decay.

    References
    ----------
    Loshchilov, I. and Hutter, F. (2019). Decoupled weight decay regularization. International
    Conference on Learning Representations.
    """
    weights, eta = prepare_start(loss, start), column(prepare_step(step_size, loss))
    b1, b2 = (prepare_share(beta, "betas") for beta in betas)
    decay, tiny = non_negative(weight_decay, "weight_decay"), non_negative(epsilon, "epsilon")
    if tiny == 0.0:
        raise ValueError("epsilon must be > 0, got 0.")

    def states() -> Iterator[State]:
        # The root of v is kept and not v, which overflows where a gradient is large.
        step, w, m, root = 0, weights, np.zeros_like(weights), np.zeros_like(weights)
        while True:
            yield State(step, w)
            gradient, step = loss.gradient(w), step + 1
            m = b1 * m + (1.0 - b1) * gradient
            root = np.hypot(np.sqrt(b2) * root, np.sqrt(1.0 - b2) * gradient)
            mean, size = m / (1.0 - b1**step), root / np.sqrt(1.0 - b2**step)
            w = w - eta * (mean / (size + tiny) + decay * w)

    return states()
