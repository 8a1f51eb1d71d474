"""A picture's marks as manim shapes, by kind; each can be drawn anew for other positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject

from regviz.lessons import outlines
from regviz.lessons.clip import clip_polygon, clip_segments
from regviz.lessons.lines import present
from regviz.lessons.picture import inside
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, SIZES, WIDTHS, blend
from regviz.scenes.segments import straight
from regviz.scenes.surface import Surface

if TYPE_CHECKING:
    from regviz.lessons.axes import Lens
    from regviz.lessons.base import Array
    from regviz.lessons.picture import Mark, Panel
    from regviz.lessons.theme import Theme

#: width of an ordinary line in manim's hundredths of a unit, and half a marker's size in units
LINE, MARKER = 4.5, 0.15
#: length of an arrow's head in units, and opacity of areas
HEAD, FILLED = 0.26, 0.25


def shape_of(mark: Mark, theme: Theme) -> VMobject:
    """Return a mark's shape, still without points."""
    color: str = getattr(theme, mark.role)
    if mark.look == "faint":
        color = blend(color, theme.background)
    if mark.kind == "surface":
        return Surface(color, theme.background)
    width = LINE * WIDTHS[mark.weight]
    if mark.kind in ("area", "band", "bar", "cells"):
        if mark.look == "hollow":
            return VMobject(stroke_color=color, stroke_width=width, fill_opacity=0.0)
        solid = mark.kind in ("bar", "cells") or mark.role == "region"
        return VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0 if solid else FILLED)
    if mark.kind == "point":
        if mark.look == "hollow":
            shape = VMobject(stroke_color=color, stroke_width=0.7 * LINE)
            return shape.set_fill(theme.background, opacity=1.0)
        shape = VMobject(stroke_color=theme.background, stroke_width=2.0)
        if mark.weight == "fine":
            # behind them all: one on top would rub out its neighbours in a crowd
            shape.set_stroke(width=0.0).set_stroke(theme.background, 2.0, background=True)
        return shape.set_fill(color, opacity=1.0)
    if mark.kind == "arrow":
        return VMobject(stroke_color=color, stroke_width=width).set_fill(color, opacity=1.0)
    return VMobject(stroke_color=color, stroke_width=width)


def is_filled(mark: Mark) -> bool:
    """Return whether a mark is a surface that lies below axes and lines, as in figures."""
    return mark.kind in ("area", "band", "surface") and mark.look != "hollow"


def redraw(shape: VMobject, mark: Mark, points: Array, lens: Lens, panel: Panel) -> None:
    """Give a mark's shape the points that it now has."""
    if mark.kind in ("line", "rule"):
        shape.set_points(straight(_line(mark, points, lens)))
    elif mark.kind in ("area", "band"):
        shape.set_points(straight(_filled(points, lens)))
    elif mark.kind == "arrow":
        shape.set_points(straight(_arrow(points, lens)))
    else:
        rings = _OUTLINES[mark.kind](mark, present(points), lens, panel)
        sides = np.stack([rings, np.roll(rings, -1, axis=1)], axis=2)
        shape.set_points(straight(sides.reshape(-1, 2, 2)))


def size_of(mark: Mark) -> float:
    """Return half a marker's size in units."""
    return MARKER * SIZES[mark.weight]


def _line(mark: Mark, points: Array, lens: Lens) -> Array:
    segments = lens.place(clip_segments(points, lens.window))
    if mark.role in DASHES:
        width = LINE * WIDTHS[mark.weight] / 100.0
        segments = _dashed(segments, *(part * width for part in DASHES[mark.role]))
    return segments


def _dashed(segments: Array, dash: float, gap: float) -> Array:
    """Cut segments into dashes, which run on unbroken through corners."""
    lengths = np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1)
    segments, lengths = segments[lengths > 0.0], lengths[lengths > 0.0]
    ends = np.cumsum(lengths)
    pieces = []
    for (start, end), length, walked in zip(segments, lengths, ends - lengths, strict=True):
        first = np.floor(walked / (dash + gap)) * (dash + gap)
        begin = np.arange(first, walked + length, dash + gap)
        low = np.maximum(begin, walked) - walked
        high = np.minimum(begin + dash, walked + length) - walked
        seen, way = high > low, (end - start) / length
        edges = np.stack([low[seen], high[seen]], axis=1)
        pieces.append(start + edges[:, :, None] * way)
    return np.concatenate(pieces) if pieces else np.zeros((0, 2, 2))


def _filled(points: Array, lens: Lens) -> Array:
    points = present(points)
    if len(points) < 3:
        return np.zeros((0, 2, 2))
    inside = clip_polygon(np.vstack([points, points[:1]]), lens.window)
    return lens.place(np.stack((inside[:-1], inside[1:]), axis=1))


def _bars(mark: Mark, points: Array, lens: Lens, panel: Panel) -> Array:  # noqa: ARG001
    along = 0 if panel.kind == "bars" else 1
    low, high = lens.window[2 * along : 2 * along + 2]
    ends = points.copy()
    ends[:, along] = np.clip(ends[:, along], low, high)
    return lens.place(outlines.bars(panel, ends))


def _points(mark: Mark, points: Array, lens: Lens, panel: Panel) -> Array:  # noqa: ARG001
    points = points[inside(points, lens.window)]
    outline = np.array(OUTLINES[SHAPES.get(mark.role, "circle")])
    return lens.place(points)[:, None] + size_of(mark) * outline


def _cells(mark: Mark, points: Array, lens: Lens, panel: Panel) -> Array:  # noqa: ARG001
    rings: Array = lens.place(points[:, None] + outlines.CELL / 2 * outlines.SQUARE)
    return rings


def _arrow(points: Array, lens: Lens) -> Array:
    """Return the sides of arrows, two points for each."""
    ends = lens.place(points).reshape(-1, 2, 2)
    way = ends[:, 1] - ends[:, 0]
    lengths = np.linalg.norm(way, axis=1)
    ends, way, lengths = (each[lengths > 0.0] for each in (ends, way, lengths))
    along = way / lengths[:, None]
    head = np.minimum(HEAD, 0.5 * lengths)[:, None]
    start, end = ends[:, 0], ends[:, 1]
    neck = end - head * along
    side = 0.45 * head * along[:, ::-1] * [-1.0, 1.0]
    ring = np.stack([start, neck, neck + side, end, neck - side, neck], axis=1)
    return np.stack([ring[:, :-1], ring[:, 1:]], axis=2).reshape(-1, 2, 2)


_OUTLINES = {"bar": _bars, "point": _points, "cells": _cells}
