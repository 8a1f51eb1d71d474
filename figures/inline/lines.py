"""A line of many vertices as few relative arcs between its corners."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regviz.figures.inline.numbers import NUMBER, pair, short

#: in points: how far a stretch may be from straight, and an arc from the line it replaces
_TOLERANCE, NEAR = 0.2, 0.8
#: the same for faint lines in the background, and for all that is small, in its sizes
NEAR_FAINT, _NEAR_SMALL = 3.0, 0.02
#: in radians: a line that bends more than this has a corner
_SHARPEST = 0.35
_STRAIGHT = re.compile(r"[MLZz\s\d.e+-]*")


#: left, top, right, bottom
Window = tuple[float, float, float, float]


def window_of(box: Mapping[str, str]) -> Window:
    """Return what a clipping box lets through."""
    x, y, width, height = (float(box[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def short_path(drawn: str, window: Window | None, near: float) -> str:
    """Return a path in relative steps; a broken line becomes few arcs between its corners."""
    if not _STRAIGHT.fullmatch(drawn):
        rounded = NUMBER.sub(lambda number: short(float(number[0])), drawn)
        return re.sub(r"\s*([A-Za-z])\s*", r"\1", re.sub(r"\s+(?=-)|\s+", _space, rounded))
    lines = [
        (line, np.reshape([float(number) for number in NUMBER.findall(line)], (-1, 2)))
        for line in re.findall(r"M[^M]*", drawn)
    ]
    size = max((float(np.ptp(points, axis=0).max()) for _, points in lines), default=0.0)
    pen = _Pen(min(near, max(_NEAR_SMALL * size, 0.1)))
    for line, points in lines:
        closed = "z" in line.lower()
        if closed and len(points) > 3 and np.allclose(points[0], points[-1], atol=0.01):
            points = points[:-1]
        cut = [points] if window is None or closed else _seen(points, window)
        for part in cut:
            _draw(part, pen)
        if closed:
            pen.close()
    return pen.written


def _space(gap: re.Match[str]) -> str:
    return "" if gap.string[gap.end() : gap.end() + 1] == "-" else " "


def _seen(points: NDArray[np.float64], window: Window) -> list[NDArray[np.float64]]:
    """Cut a line into its stretches that come into a window, each with a vertex to spare."""
    left, top, right, bottom = window
    x, y = points.T
    inside = (x > left - 3) & (x < right + 3) & (y > top - 3) & (y < bottom + 3)
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    if not near.any():
        # A long step may cross the window though no vertex is in it.
        return [points] if len(points) == 2 else []
    edges = np.flatnonzero(np.diff(near)) + 1
    parts = np.split(points, edges)[0 if near[0] else 1 :: 2]
    return [part for part in parts if len(part) > 1]


def _draw(points: NDArray[np.float64], pen: _Pen) -> None:
    away = np.hypot(*np.diff(points, axis=0).T) > 1e-3
    points = points[np.concatenate([[True], away])]
    pen.move(points[0])
    for first, last in pairwise(_corners(points)):
        _trace(points[first : last + 1], pen)


def _corners(points: NDArray[np.float64]) -> list[int]:
    """Return where a line bends by more than the steps of a smooth curve do, with its ends."""
    steps = np.diff(points, axis=0)
    heading = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    bends = 1 + np.flatnonzero(np.abs(np.diff(heading)) > _SHARPEST)
    return [0, *bends.tolist(), len(points) - 1]


def _trace(points: NDArray[np.float64], pen: _Pen) -> None:
    """Draw a smooth stretch as one arc if that is near enough, else as two."""
    chord = points[-1] - points[0]
    inner = points[1:-1] - points[0]
    size = math.hypot(*chord)
    if not len(inner):
        pen.line(points[-1])
        return
    if size > 0.0:
        off = np.abs(inner[:, 0] * chord[1] - inner[:, 1] * chord[0]) / size
        if off.max() < _TOLERANCE:
            pen.line(points[-1])
            return
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    ways = [run / run[-1]]
    if (np.diff(points[:, 0]) > 0.0).all():
        # The graph of a function is best followed along its argument.
        ways.append((points[:, 0] - points[0, 0]) / chord[0])
    off, arc = min((_arc(points, at) for at in ways), key=lambda found: found[0])
    if off < pen.near:
        pen.arc(arc)
        return
    middle = int(np.argmin(np.abs(run - run[-1] / 2)))
    middle = min(max(middle, 1), len(points) - 2)
    _trace(points[: middle + 1], pen)
    _trace(points[middle:], pen)


def _arc(
    points: NDArray[np.float64], at: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return the cubic between the ends that is nearest to points, and how near it is.

    It is as near to the middles between them, so that it has no loops.
    """
    points, t = _with_middles(points), _with_middles(at[:, None])
    basis = np.hstack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])
    ends = points[[0, -1]]
    inner = np.linalg.lstsq(basis[:, 1:3], points - basis[:, [0, 3]] @ ends, rcond=None)[0]
    arc = np.vstack([ends[:1], inner, ends[1:]])
    return float(np.hypot(*(basis @ arc - points).T).max()), arc


def _with_middles(points: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.empty((2 * len(points) - 1, points.shape[1]))
    found[::2], found[1::2] = points, (points[1:] + points[:-1]) / 2
    return found


class _Pen:
    """Writes relative steps between rounded positions, so that rounding does not add up."""

    def __init__(self, near: float) -> None:
        self.near = near
        # What may be far off is rounded to whole points.
        self._tenths = 10 if near > 1.0 else 1
        self.written = self._last = ""
        self._start = self._begun = self._at = np.zeros(2)

    def move(self, point: NDArray[np.float64]) -> None:
        if self.written:
            self._write("m", point[None])
        else:
            # Counted from the line's own start, so that a copy elsewhere is written the same.
            self._start = point
            self.written = "M" + pair(np.round(10.0 * point))
        self._begun = self._at

    def close(self) -> None:
        self.written += "z"
        self._last = "z"
        self._at = self._begun

    def line(self, end: NDArray[np.float64]) -> None:
        self._write("l", end[None])

    def arc(self, arc: NDArray[np.float64]) -> None:
        self._write("c", arc[1:])

    def _write(self, command: str, points: NDArray[np.float64]) -> None:
        unit = self._tenths
        tenths = unit * np.round(10.0 / unit * (points - self._start) + 1e-6)
        steps = "".join(f" {pair(point - self._at)}" for point in tenths).lstrip()
        along = np.abs(tenths[0] - self._at)
        self._at = tenths[-1]
        written = command + steps.replace(" -", "-")
        if command == "l" and 0.0 in along:
            # Straight along an axis, one number says it.
            written = re.sub(r"^l0(?= |-)", "v", written) if along[0] == 0.0 else written[:-2]
            written = written.replace("v ", "v").replace("l", "h")
        # What goes on straight need not say so again.
        if written[0] == self._last == "l":
            written = written[1:] if written[1] == "-" else f" {written[1:]}"
        self._last = command if written[0] in "l -" else written[0]
        self.written += written
