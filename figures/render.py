"""Draws any lesson's picture: the one renderer of figures.

A figure is the picture as its story leaves it: what is then seen, with the drivers where they
then stand. Marks have their names as ids.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text as Type
from matplotlib.transforms import Bbox

from regviz.figures.axes import FILL, LINES, Axes
from regviz.figures.canvas import POINTS_PER_INCH, Page
from regviz.figures.canvas import Picture as Drawing
from regviz.lessons import outlines
from regviz.lessons.clip import clip_segments
from regviz.lessons.lines import present
from regviz.lessons.picture import EQUAL, columns, inside
from regviz.lessons.placing import Sight, Wish, along, coarse, place
from regviz.lessons.story import Stop, end
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, SIZES, WIDTHS, shaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regviz.lessons.base import Array
    from regviz.lessons.box import Box
    from regviz.lessons.picture import Label, Mark, Panel, Picture, Ticks
    from regviz.lessons.story import Story

#: half the size of a marker, in body type sizes
MARKER = 0.36
#: where along a line an arrowhead says which way it runs
HEAD_AT = 0.6
#: opacity of areas
FILLED = 0.22
#: width of the seams between facets, of an ordinary line's
SEAM = 0.3
#: opacity by a mark's look
OPACITY = {"solid": 1.0, "hollow": 1.0, "faint": 0.4}


def draw(picture: Picture, story: Story, page: Page, title: str) -> Drawing:
    """Draw a picture as its story leaves it."""
    figure = page.figure()
    figure.title = title
    stop = end(story, picture)
    seen = columns({name: picture.panel(name).small for name in stop.panels})
    said: list[str] = []
    rows: tuple[list[Type], ...] = ([], [], [])
    for names, room in zip(seen, page.panels(len(seen)), strict=True):
        column = [picture.panel(name) for name in names]
        parts = page.stacked(room, [bool(panel.ticks[0]) for panel in column])
        heads = [
            (min(index, 1), lines, panel.heading, panel.role, True)
            for index, (panel, (lines, _)) in enumerate(zip(column, parts, strict=True))
        ]
        for at, lines, line, role, is_bold in (
            *heads,
            (1, room.summary, column[0].summary, "ink", False),
            (2, room.foot, column[-1].foot, "muted", False),
        ):
            said.append(page.text.say(line))
            color = getattr(page.theme, role)
            rows[at].append(page.write(figure, lines, said[-1], color, bold=is_bold))
        for panel, (_, box) in zip(column, parts, strict=True):
            _Panel(picture, panel, stop, page, figure, box, column[-1].ticks[0]).draw()
    # Lines side by side are of one size.
    for row in rows:
        size = min(type.get_fontsize() for type in row)
        for type in row:
            type.set_fontsize(size)
    figure.description = " ".join(said)
    return figure


def draw_panels(picture: Picture, stop: Stop, page: Page) -> Drawing:
    """Draw the panels that are seen at a stop, with nothing said above or below them."""
    figure = page.figure()
    for name, box in zip(stop.panels, page.boxes(len(stop.panels)), strict=True):
        panel = picture.panel(name)
        _Panel(picture, panel, stop, page, figure, box, panel.ticks[0]).draw()
    return figure


class _Panel:
    """One panel being drawn: a chart, and the lines in it that labels stay off, in pixels."""

    def __init__(
        self,
        picture: Picture,
        panel: Panel,
        stop: Stop,
        page: Page,
        figure: Drawing,
        box: Box,
        beneath: Ticks,
    ) -> None:
        self.picture, self.panel, self.page = picture, panel, page
        self.stop, self.at = stop, stop.at
        self.marks = [
            mark
            for mark in picture.marks
            if mark.panel == panel.name
            and mark.name in stop.shown
            and picture.is_there(mark, stop.at)
        ]
        ends = [
            page.text.say(picture.label_at(label, self.at))
            for label in ([] if panel.kind in EQUAL else picture.at_ends(panel))
        ]
        limits = picture.limits(panel, self.at)
        self.chart = Axes(page, figure, box, panel, limits, ends=ends, beneath=beneath)
        self.window = self.chart.window
        self.lines = [self.chart.lines]
        # Labels may also stand beside a plane, which does not fill its box.
        edges = np.array([box.left, box.bottom, box.right, box.top])
        self.frame = edges * figure.dpi
        self.em = page.shape.body * figure.dpi / POINTS_PER_INCH

    def draw(self) -> None:
        for mark in self.marks:
            getattr(self, f"_{mark.kind}")(mark, self.picture.points(mark, self.at))
        self._place(self.picture.named(self.stop, self.panel))

    # -- marks ----------------------------------------------------------------------------

    def _line(self, mark: Mark, points: Array) -> None:
        draw = self.chart.polyline
        if mark.way:
            draw = partial(self.chart.arrow, head_at=_along(points, HEAD_AT))
        draw(
            points,
            gid=mark.name,
            color=self._color(mark),
            width=WIDTHS[mark.weight],
            dashes=DASHES.get(mark.role),
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
        outline = present(points)
        if len(outline):
            self._outlined(mark, outline[None], FILLED if mark.role != "region" else 1.0)
            self.lines.append(self.chart.pixels(clip_segments(points, self.window)))

    def _band(self, mark: Mark, points: Array) -> None:
        self._area(mark, points)

    def _cells(self, mark: Mark, points: Array) -> None:
        self._filled(mark, present(points)[:, None] + outlines.CELL / 2 * outlines.SQUARE)

    def _bar(self, mark: Mark, points: Array) -> None:
        self._filled(mark, outlines.bars(self.panel, present(points)))

    def _surface(self, mark: Mark, points: Array) -> None:  # noqa: ARG002
        """Draw facets from the farthest on, each with a seam in its own colour."""
        corners, percents = self.picture.facets(mark, self.at)
        paper, color = self.page.theme.background, self._color(mark)
        colors = [shaded(color, paper, percent) for percent in percents.tolist()]
        drawn = PolyCollection(
            list(corners),
            facecolors=colors,
            edgecolors=colors,
            linewidths=SEAM * self.page.shape.line,
            zorder=FILL + 0.01 * self._order(mark),
            gid=mark.name,
        )
        self.chart.axes.add_collection(drawn, autolim=False)

    def _filled(self, mark: Mark, corners: Array) -> None:
        """Draw rectangles `(n, 4, 2)`, which no lettering overlaps."""
        self._outlined(mark, corners, 1.0)
        pixels = self.chart.pixels(corners)
        for ends in zip(pixels.min(axis=1), pixels.max(axis=1), strict=True):
            self.chart.keep_clear(Bbox(np.array(ends)))

    def _point(self, mark: Mark, points: Array) -> None:
        there = present(points)
        outline = np.array(OUTLINES[SHAPES.get(mark.role, "circle")])
        color, paper = self._color(mark), self.page.theme.background
        edge, fill = (color, paper) if mark.look == "hollow" else (paper, color)
        if mark.weight == "fine" and mark.look != "hollow":
            edge = "none"  # it would rub out others in a crowd
        self.chart.markers(
            there,
            gid=mark.name,
            edge=edge,
            fill=fill,
            # matplotlib scales a marker so that its furthest coordinate is half its size
            size=2.0 * MARKER * SIZES[mark.weight] * float(np.abs(outline).max()),
            outline=Path(np.vstack([outline, outline[:1]]), closed=True),
        ).set_alpha(OPACITY[mark.look])

    def _text(self, mark: Mark, points: Array) -> None:
        for index in np.flatnonzero(inside(points, self.window)).tolist():
            said, name = self.page.text.say(mark.texts[index]), f"{mark.name}-{index + 1}"
            self.chart.write_at(said, points[index], self._color(mark), name)

    def _outlined(self, mark: Mark, outlines: Array, opacity: float) -> None:
        """Fill closed outlines `(n, n_corners, 2)`, or draw them if the mark is hollow."""
        closed = np.concatenate([outlines, outlines[:, :1]], axis=1)
        inner = [Path.LINETO] * (outlines.shape[1] - 1)
        codes = [Path.MOVETO, *inner, Path.CLOSEPOLY] * len(outlines)
        hollow = mark.look == "hollow"
        is_area = mark.kind in ("area", "band")
        patch = PathPatch(
            Path(closed.reshape(-1, 2), codes),
            facecolor="none" if hollow else self._color(mark),
            edgecolor=self._color(mark) if hollow else "none",
            alpha=opacity * OPACITY[mark.look] if not hollow else 1.0,
            linewidth=WIDTHS[mark.weight] * self.page.shape.line if hollow else 0.0,
            zorder=(FILL if is_area and not hollow else LINES) + 0.01 * self._order(mark),
            gid=mark.name,
        )
        self.chart.axes.add_patch(patch)

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
                _size(type),
                self._anchors(label)[None],
                self._reach(label),
            )
            for label, type in zip(labels, written, strict=True)
        ]
        frame = self.frame.tolist()
        lines = np.concatenate([coarse(each, 0.5 * self.em) for each in self.lines])
        sight = Sight(self.chart.taken, lines)
        for found, type in zip(place(frame, wishes, [sight], self.em), written, strict=True):
            self.chart.stand(type, found.middles[0])
            if found.leaders is not None:
                self.chart.lead(found.leaders[0], type.get_color())

    def _written(self, label: Label) -> Type:
        mark, said = self.picture.mark(label.of), self.picture.label_at(label, self.at)
        return self.chart.written(self.page.text.say(said), self._color(mark), bold=label.bold)

    def _anchors(self, label: Label) -> Array:
        mark = self.picture.mark(label.of)
        points = self.picture.along(label, self.at)
        if mark.kind in ("point", "cells", "bar"):
            return self.chart.pixels(present(points))
        return along(self.chart.pixels(clip_segments(points, self.window)), label.spots)

    def _reach(self, label: Label) -> float:
        is_dot = self.picture.mark(label.of).kind in ("point", "cells")
        return MARKER * SIZES[self.picture.mark(label.of).weight] * self.em if is_dot else 0.0


def _along(path: Array, share: float) -> int:
    """Return the vertex of a path that is nearest to a share of its length."""
    walked = np.cumsum(np.hypot(*np.diff(path, axis=0, prepend=path[:1]).T))
    return int(np.argmin(np.abs(walked - share * walked[-1])))


def _size(type: Type) -> tuple[float, float]:
    extent = type.get_window_extent()
    return float(extent.width), float(extent.height)
