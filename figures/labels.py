"""Where labels stand: beside the thing they name, over nothing, the same on every run.

Each label is tried at offsets around its anchors. Other labels, markers and the frame rule a
place out; lines under a label make it dearer, and so does distance. The cheapest place wins,
the first tried in a tie. A label without a place is left out: a picture that misses a label
can be read, one with a label on top of another cannot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from regviz.lessons.spread import spread

__all__ = ["Labels", "spread"]

#: directions to try, in degrees: right, then above and below in turn
DIRECTIONS = (0, *(sign * angle for angle in range(15, 180, 15) for sign in (1, -1)), 180)
#: gaps between the anchor's marker and the label, in heights of the label
GAPS = (0.2, 0.5, 0.9, 1.4, 2.0)
#: air kept around a label, in heights of body type
AIR = 0.12
#: side of the cells in which costs are counted, in heights of body type
CELL = 0.12
#: pixels by which a label may leave its frame
ROUNDING = 1e-6
#: cost of standing on a cell of an area
ON_AREA = 0.1


class Labels:
    """Places labels within a frame, in pixels; `size` is the height of body type."""

    def __init__(self, frame: Bbox, size: float) -> None:
        self.frame = frame
        self._air = AIR * size
        self._cell = CELL * size
        self._taken: list[np.ndarray] = []
        columns, rows = np.ceil(frame.size / self._cell).astype(int)
        self._costs = np.zeros((rows, columns))

    @property
    def taken(self) -> np.ndarray:
        """What no label may overlap, `(left, bottom, right, top)` of each, shape `(n, 4)`."""
        return np.array(self._taken).reshape(-1, 4)

    def keep_clear(self, box: Bbox) -> None:
        """Let no label overlap `box`."""
        self._taken.append(box.extents)

    def keep_off(self, line: np.ndarray, cost: float, seen: Bbox) -> None:
        """Make each cell that a polyline crosses cost more, where the line is seen."""
        dots = _dotted(line, self._cell)
        dots = dots[((dots >= seen.min) & (dots <= seen.max)).all(axis=1)]
        column, row = np.floor((dots - self.frame.min) / self._cell).T
        rows, columns = self._costs.shape
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        np.add.at(self._costs, (row[inside].astype(int), column[inside].astype(int)), cost)

    def keep_outside(self, outline: np.ndarray) -> None:
        """Make it cost to stand on the area within `outline`, where colours contrast less."""
        rows, columns = np.indices(self._costs.shape)
        centers = (np.stack([columns, rows], axis=-1) + 0.5) * self._cell + self.frame.min
        within = Path(outline).contains_points(centers.reshape(-1, 2))
        self._costs += ON_AREA * within.reshape(self._costs.shape)

    def place(
        self,
        label: Text,
        anchors: np.ndarray,
        *,
        radius: float = 0.0,
        directions: Sequence[float] = DIRECTIONS,
        gaps: Sequence[float] = GAPS,
        dearest: float = math.inf,
    ) -> bool:
        """Move a label next to the best of its anchors; say whether there was a place.

        Parameters
        ----------
        label
            Aligned to its centre and positioned in pixels.
        anchors
            Points it may stand by, the best first, shape `(n_anchors, 2)`.
        radius
            Of the marker at the anchor.
        directions, gaps
            To try, the best first.
        dearest
            What a place may cost before the label is left out.
        """
        extent = label.get_window_extent()
        size = extent.size
        distances = radius + size[1] * np.asarray(gaps)
        middles = anchors[:, None, None] + _offsets(directions, distances, size)
        dearness = (
            0.5 * np.arange(len(anchors))[:, None, None]
            + np.array([40.0 * gap * (1.0 + gap) for gap in gaps])[:, None]
            + 0.3 * np.arange(len(directions))
        )
        boxes = np.concatenate([middles - size / 2, middles + size / 2], axis=-1).reshape(-1, 4)
        boxes += self._air * np.array([-1.0, -1.0, 1.0, 1.0])
        costs = np.where(self._free(boxes), dearness.ravel() + self._cost(boxes), math.inf)
        best = int(np.argmin(costs))
        if not costs[best] < dearest:
            return False
        self._taken.append(boxes[best])
        shift = (extent.min + extent.max) / 2.0 - label.get_position()
        label.set_position(middles.reshape(-1, 2)[best] - shift)
        return True

    def put(self, label: Text, middle: np.ndarray) -> bool:
        """Put a label's centre at `middle` if there is room; say whether there was."""
        extent = label.get_window_extent()
        label.set_position(middle + label.get_position() - (extent.min + extent.max) / 2.0)
        box = label.get_window_extent().extents
        # Numbers side by side need air, or they read as one; the frame needs none.
        aired = box + self._air * np.array([-1.0, 0.0, 1.0, 0.0])
        aired[[0, 2]] = np.clip(aired[[0, 2]], self.frame.x0, self.frame.x1)
        if not self._free(np.stack([box, aired])).all():
            return False
        self._taken.append(box)
        return True

    def _free(self, boxes: np.ndarray) -> np.ndarray:
        left, bottom, right, top = boxes.T
        # What was measured to end at the frame's edge may be a rounding beyond it.
        frame = self.frame.extents + ROUNDING * np.array([-1.0, -1.0, 1.0, 1.0])
        free = (
            (left >= frame[0]) & (bottom >= frame[1]) & (right <= frame[2]) & (top <= frame[3])
        )
        for taken in self._taken:
            free &= (
                (right < taken[0]) | (left > taken[2]) | (top < taken[1]) | (bottom > taken[3])
            )
        return free

    def _cost(self, boxes: np.ndarray) -> np.ndarray:
        """Return the sum of the cells under each box, from sums over all cells below left."""
        sums = np.pad(self._costs.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        low = np.floor((boxes[:, :2] - self.frame.min) / self._cell).astype(int)
        high = np.ceil((boxes[:, 2:] - self.frame.min) / self._cell).astype(int)
        rows, columns = self._costs.shape
        left, right = (np.clip(ends[:, 0], 0, columns) for ends in (low, high))
        bottom, top = (np.clip(ends[:, 1], 0, rows) for ends in (low, high))
        return sums[top, right] - sums[bottom, right] - sums[top, left] + sums[bottom, left]


def _dotted(line: np.ndarray, step: float) -> np.ndarray:
    """Return points along a polyline, about `step` apart."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, along[-1], 2 + int(min(along[-1] / step, 1e5)))
    return np.column_stack([np.interp(places, along, line[:, axis]) for axis in (0, 1)])


def _offsets(
    directions: Sequence[float], distances: np.ndarray, size: np.ndarray
) -> np.ndarray:
    """Return where a label's centre is from its anchor, `(n_distances, n_directions, 2)`."""
    angles = np.radians(directions)
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    # Half the label's size on top, so that its nearest edge is at that distance.
    return ways * distances[:, None, None] + np.clip(ways * math.sqrt(2.0), -1, 1) * size / 2.0
