"""Where a ball meets an axis: what its tip is like, however closely one looks.

The ball of level 1 has the tip `(1, 0)`. It is singular there, with a corner or a cusp, unless
the two sides meet in one line: unless they open at 180 degrees.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.geometry.lq_ball import LqBall
from regmath.penalties.elastic_net import ElasticNet


def tip_tangent(ball: LqBall | ElasticNet) -> Array:
    """Return the way in which the upper side leaves the tip `(1, 0)` of the ball of level 1.

    The side of `|w_1|^q + |w_2|^q = 1` leaves upright for `q > 1`, as its slope
    `dw_1/dw_2 = -(w_2/w_1)^(q - 1)` tends to 0; along the axis for `q < 1`, where that has no
    bound; with slope -1 at `q = 1`. That of the elastic net with `l1_ratio = r` leaves with
    `-r / (2 - r)`, for every `r > 0` and never upright.

    Returns
    -------
    ndarray, shape (2,)
        Exact up to its length, which is not 1.

    References
    ----------
    Zou, H. and Hastie, T. (2005). Regularization and variable selection via the elastic net.
    Journal of the Royal Statistical Society B 67(2), 301-320: singular at the vertices, with
    strictly convex edges.
    """
    if isinstance(ball, ElasticNet):
        return np.array([-ball.l1_ratio + 0.0, 2.0 - ball.l1_ratio])
    return np.array([-float(ball.q <= 1.0) + 0.0, float(ball.q >= 1.0)])


def tip_angle(ball: LqBall | ElasticNet) -> float:
    """Return the angle between the sides at a tip, in degrees, inside the ball.

    For `|w_1|^q + |w_2|^q <= 1` it is 0 for `q < 1`, 90 at `q = 1` and 180 for `q > 1`; for the
    elastic net `2 atan((2 - r) / r)`, from 90 for L1 to 180 for L2.
    """
    across, up = tip_tangent(ball).tolist()
    return 2.0 * math.degrees(math.atan2(up, -across))


def magnified_tip(
    ball: LqBall | ElasticNet, scale: ArrayLike, n_points: int, reach: float
) -> Array:
    """Return the boundary about the tip `(1, 0)`, enlarged: `(w - (1, 0)) * scale`.

    Computed in the enlarged coordinates, so that it is as exact at any scale: for the balls of
    a power by `expm1` and `log1p`, for the elastic net as the root of a quadratic. It tends to
    the two rays of `tip_tangent` as the scale grows.

    Parameters
    ----------
    scale : array_like, shape (...)
        How many times, more than `reach`.
    n_points : int
        Number of rows, odd; the middle one is the tip. They crowd there.
    reach : float
        How far the sides go: upwards for a convex ball, else inwards.

    Returns
    -------
    ndarray, shape (..., n_points, 2)
        From below to above.

    Raises
    ------
    ValueError
        If the scale is not above `reach`.
    """
    scale = np.asarray(scale, dtype=np.float64)[..., np.newaxis]
    if not np.all(scale > reach):
        raise ValueError(f"every scale must be above {reach:g}, the reach.")
    step = np.linspace(-1.0, 1.0, n_points)
    far = reach * step * np.abs(step)
    size = np.abs(far)
    if isinstance(ball, ElasticNet):
        # With w = (1 + x/k, y/k): a x**2 + b x + c = 0, its root near 0.
        a, b = (1.0 - ball.l1_ratio) / scale, 2.0 - ball.l1_ratio
        c = size * (ball.l1_ratio + a * size)
        across, up = -2.0 * c / (b + np.sqrt(b * b - 4.0 * a * c)), far
    elif ball.is_convex:
        across, up = scale * _other(ball.q, size / scale), far
    else:
        inwards = -np.expm1(ball.q * np.log1p(-size / scale))
        across, up = -size, np.sign(step) * scale * inwards ** (1.0 / ball.q)
    return np.stack(np.broadcast_arrays(across, up), axis=-1) + 0.0  # no -0.0


def _other(q: float, size: Array) -> Array:
    """Return `(1 - size**q)**(1/q) - 1`, without loss of digits."""
    if math.isinf(q):
        return np.zeros_like(size)
    return np.asarray(np.expm1(np.log1p(-(size**q)) / q))
