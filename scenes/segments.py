"""Straight segments as manim has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regviz.lessons.base import Array

_THIRDS = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None]


def straight(segments: Array) -> Array:
    """Return manim's points for flat straight segments, `(n_segments, 2, 2)` to `(4 n, 3)`.

    Segments that share an end point are one path to manim, joined at a corner.
    """
    start, end = segments[:, :1], segments[:, 1:]
    points = np.zeros((len(segments), 4, 3))
    points[..., :2] = start + _THIRDS * (end - start)
    points[:, 3:, :2] = end
    return points.reshape(-1, 3)
