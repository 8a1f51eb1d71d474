"""Normal cones of the penalties' balls, and whether a contour touches one."""

from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.geometry.terms import Mask, NormPenalty, QuadraticLoss, mix_of


def normal_cone(penalty: NormPenalty, w: ArrayLike) -> Array:
    """Return the rays that generate the normal cone at `w` of the ball through `w`.

    The directions in which a loss may pull at `w` without moving its optimum away: one ray
    where the boundary is smooth, two at a corner.

    Parameters
    ----------
    penalty : L1, L2 or ElasticNet
        Its `lam` is ignored.
    w : array_like, shape (2,)
        A point of the plane, on the boundary of the ball of level `penalty.level(w)`.

    Returns
    -------
    ndarray, shape (n_rays, 2)
        Unit vectors, counter-clockwise. One at a smooth point, two at a corner; at
        `w = 0`, where the ball is a single point and every direction is normal, the four
        directions of the axes.

    Raises
    ------
    ValueError
        If `w` is not one point of the plane.
    """
    point = np.asarray(w, dtype=np.float64)
    if point.shape != (2,):
        raise ValueError(f"a normal cone is drawn at one point (2,), got {point.shape}.")
    if not point.any():
        return np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    mix = mix_of(penalty)
    pull = mix.l1 * np.sign(point) + 2.0 * mix.l2 * point
    # A weight at 0 is pulled by anything from -l1 to l1.
    choices = [
        {slope} if weight else {-mix.l1, mix.l1}
        for slope, weight in zip(pull, point, strict=True)
    ]
    rays = np.array(sorted(product(*choices), key=lambda ray: _turn(pull, ray)))
    return np.asarray(rays / np.linalg.norm(rays, axis=-1, keepdims=True))


def _turn(axis: Array, ray: tuple[float, ...]) -> float:
    """Sort key: how far counter-clockwise of the cone's axis a ray lies."""
    return float(axis[0] * ray[1] - axis[1] * ray[0])


def normal_cone_distance(penalty: NormPenalty, w: ArrayLike, direction: ArrayLike) -> Array:
    """Return the distance of a direction from the normal cone at `w`, any dimension.

    The cone is `{tau s : tau >= 0}` over the subgradients `s` of the level at `w`, so
    the distance is the least over `tau` of a sum of squares with a break at every
    `|v_k| / l1` of a zero weight. All pieces' minima are compared.

    Parameters
    ----------
    penalty : L1, L2 or ElasticNet
        Its `lam` is ignored.
    w, direction : array_like, shape (..., n_weights)

    Returns
    -------
    ndarray, shape (...)
        In the unit of `direction`; 0 inside the cone, and at `w = 0`, where all is.
    """
    mix = mix_of(penalty)
    point, v = np.broadcast_arrays(
        np.asarray(w, dtype=np.float64), np.asarray(direction, dtype=np.float64)
    )
    zero = point == 0.0
    pull = mix.l1 * np.sign(point) + 2.0 * mix.l2 * point
    at_zero = np.where(zero, np.abs(v), 0.0)
    # Piece k: the k zero weights that are pulled hardest are still outside +-tau l1.
    hardest = -np.sort(-at_zero, axis=-1)
    outside = np.concatenate((np.zeros_like(v[..., :1]), hardest.cumsum(axis=-1)), axis=-1)
    count = np.arange(v.shape[-1] + 1)
    along = (pull * v).sum(axis=-1)[..., None] + mix.l1 * outside
    length = (pull * pull).sum(axis=-1)[..., None] + mix.l1**2 * count
    tau = np.maximum(
        np.divide(along, length, out=np.zeros_like(along), where=length > 0.0), 0.0
    )
    tau = tau[..., None]
    beyond = np.maximum(at_zero[..., None, :] - tau * mix.l1, 0.0)
    astray = np.where(zero, 0.0, v)[..., None, :] - tau * pull[..., None, :]
    distance = np.sqrt((beyond**2 + astray**2).sum(axis=-1)).min(axis=-1)
    return np.where(zero.all(axis=-1), 0.0, distance)


def in_normal_cone(
    penalty: NormPenalty, w: ArrayLike, direction: ArrayLike, tolerance: float = 1e-12
) -> Mask:
    """Return whether a direction is normal to the ball at `w`.

    Parameters
    ----------
    penalty : L1, L2 or ElasticNet
    w, direction : array_like, shape (..., n_weights)
    tolerance : float
        Largest distance from the cone, as a share of the direction's length.

    Returns
    -------
    ndarray of bool, shape (...)
    """
    length = np.linalg.norm(np.asarray(direction, dtype=np.float64), axis=-1)
    return np.asarray(normal_cone_distance(penalty, w, direction) <= tolerance * length)


def tangency(loss: QuadraticLoss, penalty: NormPenalty, w: ArrayLike) -> Array:
    """Return how far the loss's contour through `w` is from touching the ball there.

    `distance(-gradient, normal cone) / |gradient|`: the sine of the angle between the
    downhill direction and the cone. 0 when contour and ball touch, 1 when the
    contour cuts straight through.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet
        Its `lam` is ignored; the ball is the one through `w`.
    w : array_like, shape (..., n_weights)

    Returns
    -------
    ndarray, shape (...)
        From 0 to 1, without unit; 0 where the gradient is 0.
    """
    downhill = -loss.gradient(w)
    length = np.linalg.norm(downhill, axis=-1)
    distance = normal_cone_distance(penalty, w, downhill)
    touching = np.zeros_like(distance)
    return np.asarray(np.divide(distance, length, out=touching, where=length > 0.0))
