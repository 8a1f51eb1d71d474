"""A picture's marks as manim shapes, by kind; each can be drawn anew for other positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject

from regviz.lessons.clip import clip_polygon, clip_segments
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, WIDTHS
from regviz.scenes.plane import straight

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.picture import Mark
    from regviz.lessons.theme import Theme
    from regviz.scenes.chart import Chart

#: width of an ordinary line in manim's hundredths of a unit, and half a marker's size in units
LINE, MARKER = 4.5, 0.15
#: length of an arrow's head in units, and opacity of areas
HEAD, FILLED = 0.26, 0.25


def shape_of(mark: Mark, theme: Theme) -> VMobject:
    """Return a mark's shape, still without points."""
    color: str = getattr(theme, mark.role)
    if mark.kind in ("area", "band", "bar"):
        opacity = 1.0 if mark.kind == "bar" or mark.role == "region" else FILLED
        return VMobject(stroke_width=0, fill_color=color, fill_opacity=opacity)
    if mark.kind in ("point", "cells"):
        shape = VMobject(stroke_color=theme.background, stroke_width=2.0)
        return shape.set_fill(color, opacity=1.0)
    width = LINE * WIDTHS[mark.weight]
    if mark.kind == "arrow":
        return VMobject(stroke_color=color, stroke_width=width).set_fill(color, opacity=1.0)
    return VMobject(stroke_color=color, stroke_width=width)


def redraw(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:
    """Give a mark's shape the points that it now has."""
    _REDRAW[mark.kind](shape, mark, points, chart)


def _line(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:
    segments = chart.place(clip_segments(points, chart.window))
    if mark.role in DASHES:
        width = LINE * WIDTHS[mark.weight] / 100.0
        segments = _dashed(segments, *(part * width for part in DASHES[mark.role]))
    shape.set_points(straight(segments))


def _dashed(segments: Array, dash: float, gap: float) -> Array:
    """Cut segments into dashes, which run on unbroken through corners."""
    pieces, walked = [], 0.0
    for start, end in segments:
        length = float(np.linalg.norm(end - start))
        first = np.floor(walked / (dash + gap)) * (dash + gap)
        for begin in np.arange(first, walked + length, dash + gap):
            low, high = max(begin, walked) - walked, min(begin + dash, walked + length) - walked
            if high > low:
                way = (end - start) / length
                pieces.append((start + low * way, start + high * way))
        walked += length
    return np.array(pieces).reshape(-1, 2, 3)


def _filled(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:  # noqa: ARG001
    inside = clip_polygon(np.vstack([points, points[:1]]), chart.window)
    shape.set_points(straight(chart.place(np.stack((inside[:-1], inside[1:]), axis=1))))


def _bars(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:  # noqa: ARG001
    gaps = np.diff(np.unique(points[:, 0]))
    half = 0.3 * (float(gaps.min()) if len(gaps) else 1.0)
    sides = [[x - half, 0.0, x + half, y] for x, y in points.tolist()]
    outlines = np.array([[(a, b), (a, d), (c, d), (c, b), (a, b)] for a, b, c, d in sides])
    shape.set_points(straight(chart.place(np.stack([outlines[:, :-1], outlines[:, 1:]], 2))
                              .reshape(-1, 2, 3)))  # fmt: skip


def _points(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:
    outline = np.array(OUTLINES[SHAPES.get(mark.role, "circle")])
    ring = MARKER * np.column_stack([outline, np.zeros(len(outline))])
    places = chart.place(points)[:, None] + np.vstack([ring, ring[:1]])
    shape.set_points(straight(np.stack([places[:, :-1], places[:, 1:]], 2).reshape(-1, 2, 3)))


def _arrow(shape: VMobject, mark: Mark, points: Array, chart: Chart) -> None:  # noqa: ARG001
    start, end = chart.place(points)
    length = float(np.linalg.norm(end - start))
    along = (end - start) / (length or 1.0)
    head = min(HEAD, 0.5 * length)
    neck, side = end - head * along, 0.45 * head * np.array([-along[1], along[0], 0.0])
    ring = np.array([start, neck, neck + side, end, neck - side, neck])
    shape.set_points(straight(np.stack([ring[:-1], ring[1:]], axis=1)))


_REDRAW = {
    "line": _line,
    "rule": _line,
    "area": _filled,
    "band": _filled,
    "bar": _bars,
    "point": _points,
    "cells": _points,
    "arrow": _arrow,
}
