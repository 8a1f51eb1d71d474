"""The squared L2 penalty (ridge)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column, length, non_negative
from regmath.penalties.base import Penalty
from regmath.penalties.norm_ball import NormBall


@dataclass(frozen=True)
class L2(Penalty, NormBall):
    """Sum of squared weights, without a half: `lam * sum_j w_j**2`.

    Its ball is `{w : |w|_2 <= level}`: the level is the circle's radius, the root
    of the sum of squares.

    Parameters
    ----------
    lam : float
        Strength, >= 0. Its gradient is `2 * lam * w`.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite.

    References
    ----------
    Hoerl, A. E. and Kennard, R. W. (1970). Ridge regression: biased estimation
    for nonorthogonal problems. Technometrics 12(1), 55-67.
    """

    convex: ClassVar[bool] = True
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = False

    def value(self, w: ArrayLike) -> Array:
        """Return `lam * sum_j w_j**2`, shape `(...)`."""
        total: Array = np.square(np.asarray(w, dtype=np.float64)).sum(axis=-1)
        return self.lam * total

    def subgradient(self, w: ArrayLike) -> Array:
        """Return the gradient `2 * lam * w`, shape `(..., n_weights)`."""
        return 2 * self.lam * np.asarray(w, dtype=np.float64) + 0.0  # no -0.0

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return `|g - 2 lam w|_2`, shape `(...)`."""
        return self.level(np.asarray(g, dtype=np.float64) - self.subgradient(w))

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Return `w / (1 + 2 * step * lam)`, shape `(..., n_weights)`."""
        shrunk: Array = np.asarray(w, dtype=np.float64) / column(1 + 2 * step * self.lam)
        shrunk += 0.0  # turns -0.0 into 0.0
        return shrunk

    def prox_bends(self, step: float) -> tuple[float, ...]:  # noqa: ARG002
        """Return 0: it shrinks all weights alike, and no other becomes 0."""
        return (0.0,)

    def level(self, w: ArrayLike) -> Array:
        """Return the radius `|w|_2`, shape `(...)`."""
        return length(np.asarray(w, dtype=np.float64))

    def project(self, w: ArrayLike, level: float) -> Array:
        """Scale `w` down to the radius `level`; shape `(..., n_weights)`.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.
        """
        w, level = np.asarray(w, dtype=np.float64), non_negative(level, "level")
        radius = self.level(w)[..., np.newaxis]
        outside = radius > level
        scale = np.divide(level, radius, out=np.ones_like(radius), where=outside)
        return w * scale + 0.0  # turns -0.0 into 0.0

    def dual_norm(self, g: ArrayLike) -> Array:
        """Return `|g|_2`, shape `(...)`: this norm is its own dual."""
        return self.level(g)

    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return 0 where the gradient is 0 and `inf` elsewhere, shape `(...)`.

        The pull `2 * lam * w` vanishes at 0, so no finite strength holds a weight
        there.
        """
        moves = np.asarray(gradient_at_zero, dtype=np.float64).any(axis=-1)
        return np.where(moves, np.inf, 0.0)

    def _reach(self, direction: Array, level: float | Array) -> Array:
        return level * np.ones(direction.shape[:-1])
