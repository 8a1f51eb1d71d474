"""The L1 penalty (lasso)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column, length, non_negative
from regmath.penalties.base import Penalty
from regmath.penalties.norm_ball import NormBall
from regmath.penalties.soft_threshold import soft_threshold


@dataclass(frozen=True)
class L1(Penalty, NormBall):
    """Sum of absolute weights: `lam * sum_j |w_j|`.

    Its ball `{w : |w|_1 <= level}` is the diamond with corners on the axes.

    Parameters
    ----------
    lam : float
        Strength, >= 0.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite.

    References
    ----------
    Tibshirani, R. (1996). Regression shrinkage and selection via the lasso.
    Journal of the Royal Statistical Society B 58(1), 267-288.
    """

    convex: ClassVar[bool] = True
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = True

    def value(self, w: ArrayLike) -> Array:
        """Return `lam * |w|_1`, shape `(...)`."""
        return self.lam * self.level(w)

    def subgradient(self, w: ArrayLike) -> Array:
        """Return `lam * sign(w)`, with 0 at 0; shape `(..., n_weights)`."""
        return self.lam * np.sign(np.asarray(w, dtype=np.float64)) + 0.0  # no -0.0

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the distance from `g` to the subdifferential at `w`, shape `(...)`.

        Per weight: `|g - lam sign(w)|` where `w != 0`, and how far `|g|` exceeds
        `lam` where `w = 0`.
        """
        w, g = np.asarray(w, dtype=np.float64), np.asarray(g, dtype=np.float64)
        at_zero = np.maximum(np.abs(g) - self.lam, 0.0)
        gap = np.where(w == 0, at_zero, g - self.lam * np.sign(w))
        return length(gap)

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Soft-threshold `w` at `step * lam`; shape `(..., n_weights)`."""
        return soft_threshold(w, column(step * self.lam))

    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return the threshold, `step * lam`."""
        return (step * self.lam,)

    def level(self, w: ArrayLike) -> Array:
        """Return `|w|_1`, shape `(...)`."""
        total: Array = np.abs(np.asarray(w, dtype=np.float64)).sum(axis=-1)
        return total

    def project(self, w: ArrayLike, level: float) -> Array:
        """Return the nearest point with `|w|_1 <= level`, by sorting.

        It is `soft_threshold(w, theta)`, where `theta` is the mean of the largest
        `|w_j|` less their share of `level`; exactly those above `theta` count.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.

        References
        ----------
        Duchi, J., Shalev-Shwartz, S., Singer, Y. and Chandra, T. (2008).
        Efficient projections onto the l1-ball for learning in high dimensions.
        ICML, 272-279.
        """
        w, level = np.asarray(w, dtype=np.float64), non_negative(level, "level")
        largest = -np.sort(-np.abs(w), axis=-1)
        theta = (largest.cumsum(axis=-1) - level) / np.arange(1, w.shape[-1] + 1)
        n_kept = np.maximum((largest > theta).sum(axis=-1, keepdims=True), 1)
        theta = np.take_along_axis(theta, n_kept - 1, axis=-1)
        outside = self.level(w)[..., np.newaxis] > level
        return soft_threshold(w, np.where(outside, theta, 0.0))

    def dual_norm(self, g: ArrayLike) -> Array:
        """Return `max_j |g_j|`, shape `(...)`."""
        largest: Array = np.abs(np.asarray(g, dtype=np.float64)).max(axis=-1)
        return largest

    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return `max_j |gradient_j|`, shape `(...)`."""
        return self.dual_norm(gradient_at_zero)

    def _reach(self, direction: Array, level: float | Array) -> Array:
        return level / self.level(direction)
