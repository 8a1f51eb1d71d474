"""The balls of every power: what `sum_j |w_j|^q <= 1` leaves of the weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, all_quadrants


@dataclass(frozen=True)
class LqBall:
    """The ball `{w : level(w) <= 1}` of `level(w) = (sum_j |w_j|^q)^(1/q)`.

    At `q = inf` the level is `max_j |w_j|`, its limit. The ball is convex exactly when
    `q >= 1`; only then is the level a norm.

    Parameters
    ----------
    q : float
        The power, > 0; may be infinite.

    Raises
    ------
    ValueError
        If `q` is not a number above 0.

    References
    ----------
    Frank, I. E. and Friedman, J. H. (1993). A statistical view of some chemometrics
    regression tools. Technometrics 35(2), 109-135.

    Hastie, T., Tibshirani, R. and Friedman, J. (2009). The Elements of Statistical
    Learning, section 3.4.3.
    """

    q: float

    def __post_init__(self) -> None:
        if not self.q > 0.0:
            raise ValueError(f"q must be a number above 0, got {self.q}.")
        object.__setattr__(self, "q", float(self.q))

    @property
    def is_convex(self) -> bool:
        """Whether every chord of the ball stays in it: `q >= 1`."""
        return self.q >= 1.0

    def level(self, w: ArrayLike) -> Array:
        """Return `(sum_j |w_j|^q)^(1/q)`, shape `(...)`, at weights `(..., n_weights)`."""
        size = np.abs(np.asarray(w, dtype=np.float64))
        largest = size.max(axis=-1, keepdims=True)
        if math.isinf(self.q):
            return np.asarray(largest[..., 0])
        # In shares of the largest weight no power overflows.
        share = np.divide(size, largest, out=np.zeros_like(size), where=largest > 0.0)
        total = (share**self.q).sum(axis=-1) ** (1.0 / self.q)
        return np.asarray(largest[..., 0] * total)

    def outline(self, n_points: int) -> Array:
        """Return the boundary in the plane, as a closed polyline.

        In a quadrant it is `(cos(t)^(2/q), sin(t)^(2/q))` at even steps of `t`: vertices
        crowd at the tips where `q` is small, and at the corner where it is large.

        Parameters
        ----------
        n_points : int
            Number of rows, `8 k + 1`, so that the points on the axes and on the diagonals
            are vertices. The first is repeated at the end.

        Returns
        -------
        ndarray, shape (n_points, 2)

        Raises
        ------
        ValueError
            If `n_points` is not `8 k + 1` for a `k` of 1 or more.
        """
        if n_points < 9 or n_points % 8 != 1:
            raise ValueError(f"n_points must be 8 k + 1 for a k of 1 or more, got {n_points}.")
        step = np.arange(n_points // 4)
        turn = step * np.pi / (2.0 * len(step))
        x, y = np.cos(turn) ** (2.0 / self.q), np.sin(turn) ** (2.0 / self.q)
        if math.isinf(self.q):  # a power of 0 is a limit: the axis is met
            y[0] = 0.0
        return all_quadrants(x, y)

    def farthest(self, g: ArrayLike) -> Array:
        r"""Return the point of the ball that lies farthest along `g`, any dimension.

        Where a loss falls along `g` everywhere, this is its constrained optimum. With
        `1/p + 1/q = 1` and `q > 1`, Hoelder's inequality is an equality at
        `w_j = sign(g_j) (|g_j| / |g|_p)^(p - 1)`. Up to `q = 1` it is the tip on the axis of
        the largest `|g_j|`, the first of several.

        Parameters
        ----------
        g : array_like, shape (..., n_weights)

        Returns
        -------
        ndarray, shape (..., n_weights)
            On the boundary; 0 where `g` is 0.
        """
        g = np.asarray(g, dtype=np.float64)
        size = np.abs(g)
        if self.q <= 1.0:
            first = size.argmax(axis=-1)[..., np.newaxis]
            tip = np.where(np.arange(g.shape[-1]) == first, np.sign(g), 0.0)
            return np.asarray(tip + 0.0)
        if math.isinf(self.q):
            return np.asarray(np.sign(g) + 0.0)
        largest = size.max(axis=-1, keepdims=True)
        share = np.divide(size, largest, out=np.zeros_like(size), where=largest > 0.0)
        # As p - 1 = 1 / (q - 1), the weights in shares of the largest.
        share = share ** (1.0 / (self.q - 1.0))
        level = self.level(share)[..., np.newaxis]
        found = np.divide(share, level, out=np.zeros_like(share), where=level > 0.0)
        return np.asarray(np.sign(g) * found + 0.0)
