"""Contours of a quadratic loss in the plane, from the ellipse's own parametrisation."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.geometry.terms import QuadraticLoss, quadratic_of


def level_set(loss: QuadraticLoss, through: ArrayLike, n_points: int) -> Array:
    """Return the contour of the loss through a point, as a closed polyline.

    With `H = C C'` (Cholesky) the contour is `c + C'^-1 R(angle) C' (w - c)`: a rotation
    of the point, seen where the loss is round. No grid is involved, and every vertex is on
    the contour.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        Positive definite, in the plane.
    through : array_like, shape (..., 2)
        A point of each contour; broadcasts against the batch of losses.
    n_points : int
        Vertices, at least 4, the repeated one included.

    Returns
    -------
    ndarray, shape (..., n_points, 2)
        Counter-clockwise where the loss is round. The first and the last vertex are
        `through`, to the last bit.

    Raises
    ------
    ValueError
        If the loss is not positive definite (its contours are then pairs of parallel
        lines, which do not close), or not in the plane, or `n_points` is too small.
    """
    center, factor = _ellipse(loss)
    point = np.asarray(through, dtype=np.float64)
    offset = point - center
    # C' is upper triangular.
    round_x = factor[..., 0, 0] * offset[..., 0] + factor[..., 1, 0] * offset[..., 1]
    round_y = factor[..., 1, 1] * offset[..., 1]
    contour = _from_round(center, factor, round_x, round_y, n_points)
    contour[..., [0, -1], :] = point[..., None, :]
    return contour


def level_sets(loss: QuadraticLoss, values: ArrayLike, n_points: int) -> Array:
    """Return the contours of the loss at given values, as closed polylines.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        A single loss, positive definite, in the plane.
    values : array_like, shape (...)
        Loss values, none below the smallest, `loss.value(center)`.
    n_points : int
        Vertices, at least 4; the last repeats the first.

    Returns
    -------
    ndarray, shape (..., n_points, 2)
        One contour for each value.

    Raises
    ------
    ValueError
        As `level_set`, and if a value is below the loss's minimum.
    """
    center, factor = _ellipse(loss)
    above = np.asarray(values, dtype=np.float64) - quadratic_of(loss).offset
    if not (above >= 0.0).all():
        raise ValueError(f"the loss is nowhere as small as {np.min(values)}.")
    contour = _from_round(center, factor, np.sqrt(2.0 * above), np.zeros_like(above), n_points)
    contour[..., -1, :] = contour[..., 0, :]
    return contour


def _ellipse(loss: QuadraticLoss) -> tuple[Array, Array]:
    bowl = quadratic_of(loss)
    if bowl.center.shape[-1] != 2:
        raise ValueError(f"a contour needs 2 weights, got {bowl.center.shape[-1]}.")
    spread = np.linalg.eigvalsh(bowl.hessian)
    if (spread[..., 0] <= 8.0 * np.finfo(float).eps * spread[..., 1]).any():
        raise ValueError(
            "a singular loss has pairs of parallel lines as contours, which do not close."
        )
    factor = np.asarray(np.linalg.cholesky(bowl.hessian), dtype=np.float64)
    return bowl.center, factor


def _from_round(
    center: Array, factor: Array, round_x: Array, round_y: Array, n_points: int
) -> Array:
    """Turn a point in steps where the loss is round, and map the circle back."""
    if n_points < 4:
        raise ValueError(f"a closed contour needs at least 4 points, got {n_points}.")
    angle = np.linspace(0.0, 2.0 * np.pi, n_points)
    cos, sin = np.cos(angle), np.sin(angle)
    x = round_x[..., None] * cos - round_y[..., None] * sin
    y = round_x[..., None] * sin + round_y[..., None] * cos
    w2 = y / factor[..., 1, 1, None]
    w1 = (x - factor[..., 1, 0, None] * w2) / factor[..., 0, 0, None]
    return center[..., None, :] + np.stack((w1, w2), axis=-1)
