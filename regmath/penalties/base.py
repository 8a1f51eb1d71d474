"""What every penalty offers."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, non_negative


@dataclass(frozen=True)
class Penalty(ABC):
    """A penalty `lam * r(w)`, added to the loss without a factor of its own.

    Each penalty also bounds a region, its ball: `{w : level(w) <= level}`. The
    ball's shape does not depend on `lam`.

    Parameters
    ----------
    lam : float
        Strength, >= 0, in units of loss per unit of `r`. 0 switches it off.

    Attributes
    ----------
    convex : bool
        Whether `r` is convex.
    separable : bool
        Whether `r` is a sum of one term per weight.
    sparse : bool
        Whether the prox sets small weights to exactly 0.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite.
    """

    lam: float

    convex: ClassVar[bool]
    separable: ClassVar[bool]
    sparse: ClassVar[bool]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lam", non_negative(self.lam, "lam"))

    def with_lambda(self, lam: float) -> Self:
        """Return the same penalty at strength `lam`.

        Raises
        ------
        ValueError
            If `lam` is negative or not finite.
        """
        return dataclasses.replace(self, lam=lam)

    @abstractmethod
    def value(self, w: ArrayLike) -> Array:
        """Return `lam * r(w)`, shape `(...)`, at weights `(..., n_weights)`."""

    @abstractmethod
    def subgradient(self, w: ArrayLike) -> Array:
        """Return the subgradient of smallest norm at `w`, `(..., n_weights)`."""

    @abstractmethod
    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the Euclidean distance from `g` to the subdifferential at `w`.

        With `g = -gradient of the loss`, this is the KKT residual of `w`.
        `w` and `g` are `(..., n_weights)`, the result is `(...)`.
        """

    @abstractmethod
    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Return `argmin over v of 1/2 |v - w|^2 + step * lam * r(v)`.

        `w` and the result are `(..., n_weights)`; `step >= 0` is one number, or
        one per problem, `(...)`. A zero is `0.0`, never `-0.0`.
        """

    @abstractmethod
    def level(self, w: ArrayLike) -> Array:
        """Return the number that a budget on `w` bounds, shape `(...)`."""

    @abstractmethod
    def project(self, w: ArrayLike, level: float) -> Array:
        """Return the point of the ball nearest to `w`, shape `(..., n_weights)`.

        Weights inside the ball come back unchanged.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.
        """

    @abstractmethod
    def dual_norm(self, g: ArrayLike) -> Array:
        """Return the largest `g.w` over the ball of level 1, where `level` is a norm.

        `g` is `(..., n_weights)`, the result `(...)`. Hoelder's inequality:
        `g.w <= dual_norm(g) * level(w)`.
        """

    def support(self, g: ArrayLike, level: float) -> Array:
        """Return the largest `g.w` over the ball of this level, shape `(...)`.

        At the constrained optimum `w`, with `g` minus the loss's gradient there,
        this equals `g.w`: Hoelder's equality.

        Raises
        ------
        ValueError
            If `level` is negative or not finite.
        """
        return non_negative(level, "level") * self.dual_norm(g)

    @abstractmethod
    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return the smallest `lam` at which `w = 0` is optimal, shape `(...)`.

        `gradient_at_zero` is the loss's gradient at 0, `(..., n_weights)`. The
        result does not depend on this penalty's own `lam`; it is `inf` where no
        finite strength is enough.
        """

    @abstractmethod
    def _reach(self, direction: Array, level: float) -> Array:
        """Return how far the ball extends along unit vectors `(..., n_weights)`."""

    def ball(self, level: float, n_points: int) -> Array:
        """Return the boundary of the ball in the plane, as a closed polyline.

        Counter-clockwise from the first axis, evenly spaced in angle; the first
        vertex is repeated at the end, and the four points on the axes, where the
        corners are, are vertices to the last bit.

        Parameters
        ----------
        level : float
            Bound on `level(w)`, >= 0.
        n_points : int
            Least number of rows, >= 5; rounded up to `4 k + 1`, so that every
            quadrant has as many.

        Returns
        -------
        ndarray, shape (n_points, 2)

        Raises
        ------
        ValueError
            If `level` is negative or not finite, or `n_points` is below 5.
        """
        level = non_negative(level, "level")
        if n_points < 5:
            raise ValueError(f"n_points must be at least 5, got {n_points}.")
        n_per_quadrant = -(-(n_points - 1) // 4)
        angle = np.linspace(0.0, np.pi / 2, n_per_quadrant, endpoint=False)
        directions = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
        x, y = (directions * self._reach(directions, level)[:, np.newaxis]).T
        # Turned by right angles, not computed: the axes are met without rounding.
        quadrants = [(x, y), (-y, x), (-x, -y), (y, -x), (x[:1], y[:1])]
        return np.hstack([np.stack(pair) for pair in quadrants]).T + 0.0  # no -0.0
