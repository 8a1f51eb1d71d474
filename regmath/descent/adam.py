"""Adam: steps in units of how large the gradient has been, weight by weight."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath.descent.adamw import adamw
from regmath.descent.state import State
from regmath.losses import Loss


def adam(
    loss: Loss,
    start: ArrayLike,
    step_size: float | ArrayLike = 0.001,
    *,
    betas: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> Iterator[State]:
    """Divide an average of past gradients by the root of that of their squares.

    With `g` the gradient at `w` in step `k`, from 1 on, and all operations by weight:
    `m <- b1 * m + (1 - b1) * g`, `v <- b2 * v + (1 - b2) * g**2`, then
    `w <- w - eta * m / (1 - b1**k) / (sqrt(v / (1 - b2**k)) + epsilon)`. So the first step
    takes every weight by nearly `eta`, however steep the loss is along it. With a constant
    `eta` it need not converge.

    Parameters
    ----------
    loss : Loss
        An L2 penalty in it is divided by `sqrt(v)` like all of the gradient; `adamw` shrinks
        weights apart from that.
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem. About how far a weight goes in a step,
        whatever the unit of the loss.
    betas : pair of float
        Shares of `m` and `v` that stay, each in `[0, 1)`.
    epsilon : float
        > 0, in the unit of the gradient; added to the root, after `v` is corrected.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start, with `m = v = 0`.

    Raises
    ------
    ValueError
        If a step size or `epsilon` is not positive and finite, a beta is not in `[0, 1)`, or
        the start does not fit.

    References
    ----------
    Kingma, D. P. and Ba, J. (2015). Adam: a method for stochastic optimization. International
    Conference on Learning Representations.
    """
    return adamw(loss, start, step_size, weight_decay=0.0, betas=betas, epsilon=epsilon)
