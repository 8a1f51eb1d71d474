"""Half planes of a linear classifier, and the lines at their edges, as a window shows them."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array

# How far half planes go, in what a window shows at most of a coordinate.
FAR = 4.0
# Their corners: in how many of that along the edge, and inwards from it.
CORNERS = np.array([[-1.0, 0.0], [1.0, 0.0], [1.0, 2.0], [-1.0, 2.0]])


def half_planes(lines: ArrayLike, window: ArrayLike) -> Array:
    """Return half planes `a x + b y + c >= 0`, as far as a window shows and beyond.

    Parameters
    ----------
    lines : array_like, shape (..., 3)
        `a`, `b` and `c`. Where both `a` and `b` are 0, the half plane is all of the plane if
        `c >= 0`, and none of it else.
    window : array_like, shape (4,)
        `(left, right, bottom, top)`.

    Returns
    -------
    ndarray, shape (..., 4, 2)
        Corners of rectangles; the first two are on the line. One that is beyond all that the
        window shows stands at hand there, on its side, so that no number is too large to draw.
    """
    normal, offset = np.split(np.asarray(lines, dtype=float), [2], axis=-1)
    size, far = np.hypot(normal[..., :1], normal[..., 1:]), FAR * float(np.abs(window).max())
    is_flat = size == 0.0
    divided = np.where(is_flat, 1.0, size)
    inwards = np.where(is_flat, [1.0, 0.0], normal / divided)
    with np.errstate(over="ignore"):
        away = np.where(is_flat, np.where(offset < 0.0, far, -far), -offset / divided)
    middle, along = np.clip(away, -far, far) * inwards, inwards[..., ::-1] * [-1.0, 1.0]
    sideways, upwards = far * CORNERS.T[:, :, None]
    found: Array = (
        middle[..., None, :] + sideways * along[..., None, :] + upwards * inwards[..., None, :]
    )
    return found


def half_plane_edges(lines: ArrayLike, window: ArrayLike, within: float = 1.0) -> Array:
    """Return lines `a x + b y + c = 0` that a window shows.

    Parameters
    ----------
    lines, window
        As of :func:`half_planes`.
    within : float
        The share of the window, about its middle, which a line must enter.

    Returns
    -------
    ndarray, shape (..., 2, 2)
        Two points of each, beyond the window; NaN for a line that does not enter.
    """
    coefficients, ends = np.asarray(lines, dtype=float), np.asarray(window, dtype=float)
    low, high = ends.reshape(2, 2).T
    value = coefficients @ np.append((low + high) / 2.0, 1.0)
    enters = np.abs(value) < within * (np.abs(coefficients[..., :2]) @ ((high - low) / 2.0))
    found: Array = np.where(
        enters[..., None, None], half_planes(coefficients, window)[..., :2, :], np.nan
    )
    return found
