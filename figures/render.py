"""Draws any lesson's picture: the one renderer of figures.

A figure is the picture as its story leaves it: what is then seen, with the drivers where they
then stand. Marks have their names as ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Polygon
from matplotlib.path import Path
from matplotlib.text import Text as Type

from regviz.figures.canvas import POINTS_PER_INCH, Box, Page
from regviz.figures.canvas import Picture as Drawing
from regviz.figures.chart import Chart
from regviz.figures.plane import FILL, LINES
from regviz.lessons.clip import clip_segments
from regviz.lessons.placing import Sight, Wish, along, place
from regviz.lessons.story import Stop, end
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, SIZES, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Label, Mark, Panel, Picture
    from regviz.lessons.story import Story

#: half the size of an ordinary marker, in body type sizes
MARKER = 0.36
#: opacity of areas
FILLED = 0.22
#: opacity by a mark's look
OPACITY = {"solid": 1.0, "hollow": 1.0, "faint": 0.4}


def draw(picture: Picture, story: Story, page: Page, title: str) -> Drawing:
    """Draw a picture as its story leaves it."""
    figure = page.figure()
    figure.title = title
    stop = end(story, picture)
    said, lines = [], []
    seen = [picture.panel(name) for name in stop.panels]
    for panel, room in zip(seen, page.panels(len(seen)), strict=True):
        written = [page.text.say(line) for line in (panel.heading, panel.summary, panel.foot)]
        said += written
        theme = page.theme
        lines.append((
            page.write(figure, room.heading, written[0], theme.ink, bold=True),
            page.write(figure, room.summary, written[1], theme.ink),
            page.write(figure, room.foot, written[2], theme.muted),
        ))  # fmt: skip
        _Panel(picture, panel, stop, page, figure, room.plane).draw()
    # Lines side by side are of one size.
    for row in zip(*lines, strict=True):
        size = min(line.get_fontsize() for line in row)
        for line in row:
            line.set_fontsize(size)
    figure.description = " ".join(said)
    return figure


class _Panel:
    """One panel being drawn: a chart, and the lines in it that labels stay off, in pixels."""

    def __init__(
        self, picture: Picture, panel: Panel, stop: Stop, page: Page, figure: Drawing, box: Box
    ) -> None:
        self.picture, self.panel, self.page = picture, panel, page
        self.stop, self.at = stop, stop.at
        self.marks = [
            m for m in picture.marks if m.panel == panel.name and m.name in stop.shown
        ]
        self.chart = self._chart(figure, box)
        left, right, bottom, top = self.window = self.picture.limits(panel, self.at)
        x, y = panel.cross
        axes = np.array([[(left, y), (right, y)], [(x, bottom), (x, top)]])
        self.lines = [self.chart.pixels(axes[:1] if panel.kind == "line" else axes)]
        # Labels may also stand beside a plane, which does not fill its box.
        edges = np.array([box.left, box.bottom, box.left + box.width, box.bottom + box.height])
        self.frame = edges * figure.dpi
        self.em = page.shape.body * figure.dpi / POINTS_PER_INCH

    def draw(self) -> None:
        for mark in self.marks:
            getattr(self, f"_{mark.kind}")(mark, self.picture.points(mark, self.at))
        self._place(self.picture.named(self.stop, self.panel))

    def _chart(self, figure: Drawing, box: Box) -> Chart:
        panel, text = self.panel, self.page.text
        left, right, bottom, top = self.picture.limits(panel, self.at)

        ends = () if panel.kind == "plane" else self.picture.at_ends(panel)
        names = [text.say(self.picture.label_at(label, self.at)) for label in ends]
        # An axis at the edge has its numbers outside.
        x, y = panel.cross
        cross = (None if x <= left else x, None if y <= bottom else y)

        def chart(where: Box) -> Chart:
            return Chart(
                self.page, figure, where, (left, right), (bottom, top), f"panel-{panel.name}",
                names=(text.say(panel.axes[0]), text.say(panel.axes[1])),
                ends=names, x_ticks=panel.ticks[0], y_ticks=panel.ticks[1], cross=cross,
                is_upright=panel.kind != "line",
            )  # fmt: skip

        n_axes, n_texts = len(figure.axes), len(figure.texts)
        made = chart(box)
        if panel.kind != "plane":
            return made
        # Equal scales: what the lettering leaves of the box decides how large a unit is.
        unit = min(made.inner.width / (right - left), made.inner.height / (top - bottom))
        spare = (
            made.inner.width - unit * (right - left),
            made.inner.height - unit * (top - bottom),
        )
        for part in figure.axes[n_axes:] + figure.texts[n_texts:]:
            part.remove()
        return chart(
            Box(box.left, box.bottom + spare[1], box.width - spare[0], box.height - spare[1])
        )

    # -- marks ----------------------------------------------------------------------------

    def _line(self, mark: Mark, points: Array) -> None:
        self.chart.polyline(
            points,
            gid=mark.name,
            color=self._color(mark),
            width=WIDTHS[mark.weight],
            dashes=DASHES.get(mark.role),
            avoid=0.0,
            zorder=LINES + 0.01 * self._order(mark),
            alpha=OPACITY[mark.look],
        )
        self.lines.append(self.chart.pixels(clip_segments(points, self.window)))

    def _arrow(self, mark: Mark, points: Array) -> None:
        arrows = points.reshape(-1, 2, 2)
        for index, ends in enumerate(arrows[~np.isnan(arrows).any(axis=(1, 2))]):
            name = mark.name if index == 0 else f"{mark.name}-{index + 1}"
            width, faint = WIDTHS[mark.weight], OPACITY[mark.look]
            self.chart.arrow(ends, gid=name, color=self._color(mark), width=width, alpha=faint)
            self.lines.append(self.chart.pixels(ends[None]))

    def _rule(self, mark: Mark, points: Array) -> None:
        self._line(mark, points)

    def _area(self, mark: Mark, points: Array) -> None:
        self._filled(mark, points, FILLED if mark.role != "region" else 1.0)

    def _band(self, mark: Mark, points: Array) -> None:
        self._filled(mark, points, FILLED)

    def _cells(self, mark: Mark, points: Array) -> None:
        self._point(mark, points)

    def _bar(self, mark: Mark, points: Array) -> None:
        there = points[~np.isnan(points).any(axis=1)]
        gaps = np.diff(np.unique(there[:, 0]))
        width = 0.6 * float(gaps.min()) if len(gaps) else 0.6
        self.chart.bars(
            there[:, 0], there[:, 1], width=width, gid=mark.name, color=self._color(mark),
            alpha=OPACITY[mark.look],
        )  # fmt: skip

    def _point(self, mark: Mark, points: Array) -> None:
        there = points[~np.isnan(points).any(axis=1)]
        outline = np.array(OUTLINES[SHAPES.get(mark.role, "circle")])
        color, paper = self._color(mark), self.page.theme.background
        edge, fill = (color, paper) if mark.look == "hollow" else (paper, color)
        self.chart.scatter(
            there[:, 0],
            there[:, 1],
            gid=mark.name,
            color=edge,
            fill=fill,
            # matplotlib scales a marker so that its furthest coordinate is half its size
            size=2.0 * MARKER * SIZES[mark.weight] * float(np.abs(outline).max()),
            marker=Path(np.vstack([outline, outline[:1]]), closed=True),
        ).set_alpha(OPACITY[mark.look])

    def _filled(self, mark: Mark, points: Array, opacity: float) -> None:
        shape = Polygon(
            points,
            facecolor=self._color(mark),
            alpha=opacity,
            linewidth=0,
            zorder=FILL,
            gid=mark.name,
        )
        self.chart.axes.add_patch(shape)

    def _color(self, mark: Mark) -> str:
        color: str = getattr(self.page.theme, mark.role)
        return color

    def _order(self, mark: Mark) -> int:
        return self.marks.index(mark)

    # -- labels ---------------------------------------------------------------------------

    def _place(self, labels: Sequence[Label]) -> None:
        written = [self._written(label) for label in labels]
        wishes = [
            Wish(
                tuple(type.get_window_extent().size),
                self._anchors(label)[None],
                self._reach(label),
            )
            for label, type in zip(labels, written, strict=True)
        ]
        frame = self.frame.tolist()
        sight = Sight(self.chart.labels.taken, np.concatenate(self.lines))
        for found, type in zip(place(frame, wishes, [sight], self.em), written, strict=True):
            extent = type.get_window_extent()
            type.set_position(
                found.middles[0] + type.get_position() - (extent.min + extent.max) / 2
            )
            self.chart.bound(type)
            if found.leaders is not None:
                self.chart.lead(found.leaders[0], type.get_color())

    def _written(self, label: Label) -> Type:
        mark, said = self.picture.mark(label.of), self.picture.label_at(label, self.at)
        return self.chart.written(self.page.text.say(said), self._color(mark))

    def _anchors(self, label: Label) -> Array:
        mark = self.picture.mark(label.of)
        points = self.picture.points(mark, self.at)
        if mark.kind in ("point", "cells", "bar"):
            return self.chart.pixels(points[~np.isnan(points).any(axis=1)])
        return along(self.chart.pixels(clip_segments(points, self.window)), label.spots)

    def _reach(self, label: Label) -> float:
        is_dot = self.picture.mark(label.of).kind in ("point", "cells")
        return MARKER * self.em if is_dot else 0.0
