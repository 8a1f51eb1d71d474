"""The level of L1 and the elastic net, in the units of a batch of problems."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regmath._arrays import Array, length
from regmath.geometry.scaled import Rows, Scaled

HALVINGS = 60


@dataclass(frozen=True, eq=False)
class Level:
    """`l1 |w|_1 + l2 |w|_2**2`, with coefficients `(n,)` for each problem, as units differ."""

    l1: Array
    l2: Array

    def take(self, rows: Rows) -> Level:
        """Return the level of some of the problems."""
        return Level(self.l1[rows], self.l2[rows])

    def __call__(self, weights: Array) -> Array:
        """Return the level of every problem's weights, `(n,)`."""
        size = np.abs(weights)
        return np.asarray((size * (self.l1[:, None] + self.l2[:, None] * size)).sum(axis=-1))

    def pull(self, weights: Array) -> Array:
        """Return the gradient on the support, and 0 off it."""
        smooth = 2.0 * self.l2[:, None] * weights
        return np.asarray(self.l1[:, None] * np.sign(weights) + smooth)

    def curved(self, hessian: Array, lam: Array) -> Array:
        """Return `H + 2 lam l2 I`."""
        identity = np.eye(hessian.shape[-1])
        return np.asarray(hessian + (2.0 * lam * self.l2)[:, None, None] * identity)

    def reach(self, budget: Array) -> Array:
        """Return how far the ball extends along an axis, `(n,)`."""
        root = np.sqrt(np.square(self.l1) + 4.0 * self.l2 * budget)
        return np.asarray(2.0 * budget / (self.l1 + root))

    def shrunk(self, weights: Array, budget: Array) -> Array:
        """Return weights beyond the budget, brought back to it along their ray."""
        linear = self.l1 * np.abs(weights).sum(axis=-1)
        bend = self.l2 * np.square(weights).sum(axis=-1)
        share = 2.0 * budget / (linear + np.sqrt(linear * linear + 4.0 * bend * budget))
        return np.asarray(weights * share[:, None])

    def share_of(self, above: Array, below: Array, budget: Array) -> Array:
        """Return the share of `above` in a mix with `below` whose level is the budget.

        By halving: their signs may differ, and then the level between them has kinks. Of the
        last two shares it is the one that is not within the budget.
        """
        low, high = np.zeros_like(budget), np.ones_like(budget)
        for _ in range(HALVINGS):
            share = 0.5 * (low + high)
            over = self(below + share[:, None] * (above - below)) > budget
            low, high = np.where(over, low, share), np.where(over, share, high)
        return high

    def residual(self, problem: Scaled, budget: Array, weights: Array, lam: Array) -> Array:
        """Return the worst share by which the conditions of optimality fail, `(n,)`.

        On the boundary: stationarity, against `lambda_max`; feasibility, against the budget;
        complementarity, against the product of both.
        """
        downhill, pull = problem.downhill(weights), self.pull(weights)
        zero = weights == 0.0
        at_zero = np.maximum(np.abs(downhill) - (lam * self.l1)[:, None], 0.0)
        astray = length(np.where(zero, at_zero, downhill - lam[:, None] * pull))
        over = (self(weights) - budget) / budget
        slack = lam * np.abs(over) * length(np.where(zero, self.l1[:, None], pull))
        stationary = np.maximum(astray, slack) / problem.steepest
        return np.asarray(np.maximum(stationary, over))
