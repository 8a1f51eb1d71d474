"""The elastic net: L1 and squared L2 in one penalty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column, non_negative
from regmath.penalties.base import Penalty
from regmath.penalties.l1 import L1
from regmath.penalties.norm_ball import NormBall
from regmath.penalties.soft_threshold import soft_threshold


@dataclass(frozen=True)
class ElasticNet(Penalty, NormBall):
    """A mix of both: `lam * (l1_ratio |w|_1 + (1 - l1_ratio) |w|_2^2)`.

    No one half on the squares, so `l1_ratio = 1` is `L1(lam)` and `l1_ratio = 0`
    is `L2(lam)`. Scikit-learn's `l1_ratio` has the half.

    Its level is `l1_ratio |w|_1 + (1 - l1_ratio) |w|_2^2`, the bracket itself. It is
    no norm (it does not scale with `w`), so the ball's shape changes with its size;
    at `l1_ratio = 0` the level is the squared radius, where that of `L2` is the
    radius.

    Parameters
    ----------
    lam : float
        Strength, >= 0.
    l1_ratio : float
        Share of the absolute part, from 0 (L2) to 1 (L1).

    Raises
    ------
    ValueError
        If `lam` is negative or not finite, or `l1_ratio` is outside [0, 1].

    References
    ----------
    Zou, H. and Hastie, T. (2005). Regularization and variable selection via the
    elastic net. Journal of the Royal Statistical Society B 67(2), 301-320.
    """

    l1_ratio: float

    convex: ClassVar[bool] = True
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.l1_ratio <= 1:
            raise ValueError(f"l1_ratio must be from 0 to 1, got {self.l1_ratio}.")
        object.__setattr__(self, "l1_ratio", float(self.l1_ratio))

    @property
    def l1_strength(self) -> float:
        """Factor of `|w|_1`: `lam * l1_ratio`."""
        return self.lam * self.l1_ratio

    @property
    def l2_strength(self) -> float:
        """Factor of `|w|_2^2`: `lam * (1 - l1_ratio)`."""
        return self.lam * (1 - self.l1_ratio)

    def value(self, w: ArrayLike) -> Array:
        """Return `lam * (l1_ratio |w|_1 + (1 - l1_ratio) |w|_2^2)`, shape `(...)`."""
        return self.lam * self.level(w)

    def subgradient(self, w: ArrayLike) -> Array:
        """Return `lam * (l1_ratio sign(w) + 2 (1 - l1_ratio) w)`, with 0 at 0."""
        w = np.asarray(w, dtype=np.float64)
        pull: Array = self.l1_strength * np.sign(w) + 2 * self.l2_strength * w + 0.0
        return pull

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the distance from `g` to the subdifferential at `w`, shape `(...)`.

        The smooth part's gradient is taken off `g`; what is left is for L1.
        """
        w, g = np.asarray(w, dtype=np.float64), np.asarray(g, dtype=np.float64)
        rest = g - 2 * self.l2_strength * w
        return L1(self.l1_strength).subdifferential_distance(w, rest)

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Soft-threshold at `step * lam * l1_ratio`, then shrink in proportion.

        The divisor is `1 + 2 * step * lam * (1 - l1_ratio)`.
        """
        result = soft_threshold(w, column(step * self.l1_strength))
        result /= column(1 + 2 * step * self.l2_strength)
        result += 0.0  # the division can underflow to -0.0
        return result

    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return the threshold, `step * lam * l1_ratio`."""
        return (step * self.l1_strength,)

    def level(self, w: ArrayLike) -> Array:
        """Return `l1_ratio |w|_1 + (1 - l1_ratio) |w|_2^2`, shape `(...)`."""
        size = np.abs(np.asarray(w, dtype=np.float64))
        result: Array = (size * (self.l1_ratio + (1 - self.l1_ratio) * size)).sum(axis=-1)
        return result

    def project(self, w: ArrayLike, level: float) -> Array:
        """Return the nearest point of the ball, in closed form after a sort.

        Write `r = l1_ratio`, `s = 1 - r`. The projection is the prox
        `soft_threshold(w, m r) / (1 + 2 m s)` at the multiplier `m` that spends the
        budget. If the `k` largest weights stay, with `E` their level before, then
        `m (1 + s m) = (E - level) / (k r**2 + 4 s level)`.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.
        """
        w, level = np.asarray(w, dtype=np.float64), non_negative(level, "level")
        if level == 0:
            return np.zeros_like(w)
        r, s = self.l1_ratio, 1 - self.l1_ratio
        size = -np.sort(-np.abs(w), axis=-1)
        excess = (size * (r + s * size)).cumsum(axis=-1) - level
        spread = np.arange(1, w.shape[-1] + 1) * r**2 + 4 * s * level
        # Weight k stays if the multiplier that would just remove it overspends.
        stays = r**2 * excess < spread * size * (r + s * size)
        last = np.maximum(stays.sum(axis=-1, keepdims=True), 1) - 1
        excess, spread = np.take_along_axis(excess, last, axis=-1), spread[last]
        excess = np.where(self.level(w)[..., np.newaxis] > level, np.maximum(excess, 0.0), 0.0)
        # The quadratic's positive root, in the form that survives s = 0, and of roots alone:
        # the quotient is beyond the range of doubles where r is 0 and the level is tiny.
        before, after = np.sqrt(spread + 4 * s * excess), np.sqrt(spread)
        multiplier = 2 * excess / (after * (after + before))
        return np.asarray(soft_threshold(w, multiplier * r) / (before / after) + 0.0)

    def dual_norm(self, g: ArrayLike) -> Array:  # noqa: ARG002
        """Raise, since the elastic net's level is not a norm; see `support`.

        Raises
        ------
        TypeError
            Always.
        """
        raise TypeError(
            "the elastic net's level is not a norm and has no dual norm; "
            "use support(g, level), the largest g.w over the ball."
        )

    def support(self, g: ArrayLike, level: float) -> Array:
        """Return the largest `g.w` over the ball of this level, shape `(...)`.

        With `r = l1_ratio`, `s = 1 - r`, the maximiser is
        `soft_threshold(g, m r) / (2 m s)`. If the `k` largest entries of `g` take
        part, with `Q` the sum of their squares, `m**2 = Q / (k r**2 + 4 s level)`,
        and the value is `m level + |soft_threshold(g, m r)|^2 / (4 m s)`.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.
        """
        g, level = np.asarray(g, dtype=np.float64), non_negative(level, "level")
        r, s = self.l1_ratio, 1 - self.l1_ratio
        if s == 0 or level == 0:
            return level * L1(0.0).dual_norm(g)
        m = self._price_of(g, level)
        excess = np.square(soft_threshold(g, m * r)).sum(axis=-1)
        m = m[..., 0]
        spent = np.divide(excess, 4 * s * m, out=np.zeros_like(m), where=m > 0)
        result: Array = m * level + spent
        return result

    def farthest(self, g: ArrayLike, level: float) -> Array:
        """Return the point of the ball that lies farthest along `g`, `(..., n_weights)`.

        It is `soft_threshold(g, m r) / (2 m s)`, with `m` as in `support`, whose value is
        `g.w` there: a weight is exactly 0 where `|g_j| <= m r`.

        Parameters
        ----------
        g : array_like, shape (..., n_weights)
        level : float
            Bound on `level(w)`, >= 0.

        Raises
        ------
        ValueError
            If `level` is negative or not finite, or `l1_ratio` is 1: L1's diamond has a whole
            edge of such points where two `|g_j|` are equal.
        """
        g, level = np.asarray(g, dtype=np.float64), non_negative(level, "level")
        r, s = self.l1_ratio, 1 - self.l1_ratio
        if s == 0:
            raise ValueError("l1_ratio must be below 1 for one point to lie farthest.")
        m = self._price_of(g, level) if level > 0 else np.zeros_like(g[..., :1])
        reach = soft_threshold(g, m * r)
        found = np.divide(reach, 2 * s * m, out=np.zeros_like(reach), where=m > 0)
        return np.asarray(found + 0.0)

    def _price_of(self, g: Array, level: float) -> Array:
        """Return the multiplier of the budget at the farthest point along `g`, `(..., 1)`."""
        r, s = self.l1_ratio, 1 - self.l1_ratio
        size = -np.sort(-np.abs(g), axis=-1)
        squares = np.square(size).cumsum(axis=-1)
        spread = np.arange(1, g.shape[-1] + 1) * r**2 + 4 * s * level
        stays = r**2 * squares < spread * np.square(size)
        last = np.maximum(stays.sum(axis=-1, keepdims=True), 1) - 1
        return np.take_along_axis(np.sqrt(squares / spread), last, axis=-1)

    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return `max_j |gradient_j| / l1_ratio`, shape `(...)`.

        `inf` at `l1_ratio = 0` where the gradient is not 0, as for L2.
        """
        peak = L1(0.0).dual_norm(gradient_at_zero)
        if self.l1_ratio == 0:
            return np.where(peak > 0, np.inf, 0.0)
        smallest = peak / self.l1_ratio
        # The quotient may round to just below what holds the weight at 0.
        return np.where(
            smallest * self.l1_ratio < peak, np.nextafter(smallest, np.inf), smallest
        )

    def _reach(self, direction: Array, level: float | Array) -> Array:
        # The positive root t of  s t**2 + r |d|_1 t = level  for a unit vector d.
        linear = self.l1_ratio * np.abs(direction).sum(axis=-1)
        root = np.sqrt(linear**2 + 4 * (1 - self.l1_ratio) * level)
        # Of level 0 without an L1 part both are 0.
        reach: Array = np.divide(2 * level, linear + root, out=0 * root, where=root > 0)
        return reach
