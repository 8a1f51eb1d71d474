"""What marks and axes come to before a medium draws them: outlines, and what a window shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window
    from regviz.lessons.picture import Panel

#: share of the room between two bars, or cells, that each takes, and a cell's corners
THICK, CELL = 0.6, 0.84
SQUARE = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


def bars(panel: Panel, ends: Array) -> Array:
    """Return the corners of bars from 0 to their ends, shape `(n, 4, 2)`."""
    # along which axis bars run, and across which they stand beside each other
    along, across = (0, 1) if panel.kind == "bars" else (1, 0)
    starts, half = ends.copy(), np.zeros(2)
    starts[:, along] = 0.0
    half[across] = THICK / 2 * (_step(ends[:, across]) or 1.0)
    return np.stack([starts - half, ends - half, ends + half, starts + half], axis=1)


def _step(values: Array) -> float:
    """Return the least distance between different values, 0 of a single one."""
    steps = np.diff(np.unique(np.round(values, 9)))
    return float(steps.min()) if len(steps) else 0.0


def filling(limits: Window, width: float, height: float) -> Window:
    """Return limits that fill a box at equal scales, around those that must be seen."""
    left, right, bottom, top = limits
    unit = min(width / (right - left), height / (top - bottom))
    wide, high = width / (2 * unit), height / (2 * unit)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - wide, x + wide, y - high, y + high


def crossing(panel: Panel, window: Window) -> tuple[float, float]:
    """Return where a panel's axes cross; beyond what is seen, they stand at its edge."""
    left, right, bottom, top = window
    x, y = panel.cross
    return min(max(x, left), right), min(max(y, bottom), top)
