"""Many marks as one shape: manim draws that many times as fast as a shape per mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenes.plane import straight

if TYPE_CHECKING:
    from lessons.base import Array


def outline(corners: int, radius: float) -> Array:
    """Return a regular polygon about 0, the first corner on its right and again at its end.

    Four corners are a square on its corner; many are as good as a circle.
    """
    angles = np.linspace(0.0, 2.0 * np.pi, corners + 1)
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(corners + 1)], axis=1)
    ring[-1] = ring[0]
    return radius * ring


def polygons(outlines: Array) -> Array:
    """Return manim's points for closed outlines of shape `(n_polygons, n_corners, 3)`."""
    sides = np.stack([outlines[:, :-1], outlines[:, 1:]], axis=2)
    return straight(sides.reshape(-1, 2, 3))
