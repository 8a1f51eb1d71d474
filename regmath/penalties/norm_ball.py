"""The region that a budget on the weights leaves, which not every penalty has."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, all_quadrants, non_negative


class NormBall(ABC):
    """A convex region `{w : level(w) <= level}` around 0, mirrored in every axis.

    A penalty whose level sets are such regions is one as well; the region's shape
    does not depend on the penalty's `lam`.
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
    def _reach(self, direction: Array, level: float | Array) -> Array:
        """Return how far the ball extends along unit vectors `(..., n_weights)`.

        The level is one, or as many as there are vectors.
        """

    def ball(self, level: ArrayLike, n_points: int) -> Array:
        """Return the boundary of the ball in the plane, as a closed polyline.

        Counter-clockwise from the first axis, evenly spaced in angle; the first
        vertex is repeated at the end, and the four points on the axes, where the
        corners are, are vertices to the last bit.

        Parameters
        ----------
        level : array_like, shape (...)
            Bound on `level(w)`, >= 0; several give as many balls.
        n_points : int
            Least number of rows, >= 5; rounded up to `4 k + 1`, so that every
            quadrant has as many.

        Returns
        -------
        ndarray, shape (..., n_points, 2)

        Raises
        ------
        ValueError
            If a `level` is negative or not finite, or `n_points` is below 5.
        """
        levels = np.asarray(level, dtype=np.float64)
        for each in levels.flat:
            non_negative(each, "level")
        if n_points < 5:
            raise ValueError(f"n_points must be at least 5, got {n_points}.")
        n_per_quadrant = -(-(n_points - 1) // 4)
        angle = np.linspace(0.0, np.pi / 2, n_per_quadrant, endpoint=False)
        directions = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
        reach = self._reach(directions, levels[..., np.newaxis])
        return all_quadrants(*(reach * along for along in directions.T))
