"""Stochastic gradient descent, on one part of the loss after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from regmath.descent.state import State, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss


def sgd(
    losses: Sequence[Loss], start: ArrayLike, step_size: float | ArrayLike, seed: int = 0
) -> Iterator[State]:
    """Step down one part of the loss at a time: `w <- w - eta * gradient_i(w)`.

    The loss is the mean of `losses`, such as `LeastSquares` of each row or of each batch of
    as many rows. The parts are taken in an order that is drawn anew once all have been
    taken. With a constant `eta` the iterates end in a cloud around the minimiser, whose
    spread falls with `eta`; where one `w` minimises every part, they end at it.

    Parameters
    ----------
    losses : sequence of Loss
        At least one, all of the same weights.
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts, which all see the parts in the same order; they
        broadcast with those of the losses.
    step_size : float or array_like, shape (...)
        `eta`, > 0; one number, or one per problem. Converges below `2 / smoothness` of
        every part where one `w` minimises all.
    seed : int
        Of the order. The same seed gives the same bytes.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start. A step takes one part, not all of them.

    Raises
    ------
    ValueError
        If there are no losses, a step size is not positive and finite, or the start does not
        fit.

    References
    ----------
    Robbins, H. and Monro, S. (1951). A stochastic approximation method. Annals of
    Mathematical Statistics 22(3), 400-407.
    """
    if not losses:
        raise ValueError("losses must be at least one.")
    begin, eta = prepare_start(losses[0], start), prepare_step(step_size, losses[0])
    for part in losses[1:]:
        begin = prepare_start(part, begin)  # with the axes of every part's batch
    updates = [gradient_map(part, begin, eta) for part in losses]
    rng = np.random.default_rng(seed)

    def states() -> Iterator[State]:
        step, w = 0, begin
        yield State(step, w)
        while True:
            for part in rng.permutation(len(updates)):
                step, w = step + 1, updates[part](w)
                yield State(step, w)

    return states()
