"""What the dropout scene is drawn of: a mask, the plane of weights, and the error's chart."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import Circle, Mobject, ValueTracker, VGroup, VMobject

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.scenes.chart import AXIS, BEYOND, CURVE, MARKER, TICK, Chart
from regviz.scenes.labels import beside, dense
from regviz.scenes.marks import goal_mark, outline, polygons
from regviz.scenes.plane import Plane
from regviz.scenes.stage import LABEL_EM, Box
from regviz.scenes.weight_axes import named_axes

if TYPE_CHECKING:
    from collections.abc import Callable

    from regviz.lessons.base import Array
    from regviz.lessons.dropout import Dropout
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
CONTOUR, RIDGE, CELL, FRAME, THEORY = 2.5, 6.0, 3.0, 3.0, 4.0
#: radius of a sampled optimum's dot, and its corners
DOT, ROUND = 0.055, 14
#: radius of the ring around the closed form, from close by
RING = 0.24
#: largest side of a mask's cell, and the part of it that is drawn
LARGEST_CELL, DRAWN = 0.95, 0.8
#: half of the closer look's width, in distances that hold nearly all optima of one mask
REACH = 1.5
#: standard errors on either side of the measured curve, and air around it in tenfolds
BAND, AIR = 2.0, 0.2
#: names are cut to this many letters
LONGEST_NAME = 12
#: room for a power of ten below an axis
POWER = 1.05
#: from the largest number of masks to the axis' arrow
AFTER = 0.5
#: distance of the points of what no label may cover
SOLID = 0.02
#: air between a label and the contours around it
CLEAR = 0.07
#: room for the numbers beside the error's axis
NUMBERS = 1.05


@dataclass(frozen=True)
class Trackers:
    """All that changes in the scene; what is drawn is the nearest computed step."""

    #: which of the shown masks
    mask: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: how many repeats have their optimum drawn
    shown: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: position in the numbers of masks
    count: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: position in the probabilities along the ridge curve
    keep: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


def nearest(tracker: ValueTracker) -> int:
    """Return the step that a tracker stands nearest to."""
    return round(tracker.get_value())


class MaskGrid:
    """A row of cells for each feature: all of them, and those kept and dropped by a mask."""

    def __init__(self, scene: LessonScene, box: Box, trackers: Trackers) -> None:
        exhibit: Dropout = scene.exhibit
        theme, n_rows = scene.theme, exhibit.masks.shape[1]
        labels = [scene.lettering(name, LABEL_EM) for name in _names(exhibit)]
        room = max(label.width for label in labels) + 0.3
        side = min(LARGEST_CELL, (box.width - room) / n_rows)
        left, top = box.center[0] - (room + n_rows * side) / 2 + room, box.center[1] + side
        for row, label in enumerate(labels):
            label.shift((left - 0.3 - label.get_right()[0], top - (row + 0.5) * side, 0.0))
        self.names = VGroup(*labels)
        #: where the rows begin, above, and end
        self.top, self.bottom = top, top - 2.0 * side
        column, feature = np.indices((n_rows, 2)) + 0.5
        middles = np.stack([left + column * side, top - feature * side, 0 * column], axis=-1)
        corners = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0), (-1, -1, 0)])
        cells = middles[:, :, None] + 0.5 * DRAWN * side * corners
        self.whole = VMobject(fill_color=theme.muted, fill_opacity=1.0, stroke_width=0)
        self.whole.set_points(polygons(cells.reshape(-1, *cells.shape[2:])))
        self.kept = VMobject(fill_color=theme.l2, fill_opacity=1.0, stroke_width=0)
        self.dropped = VMobject(stroke_color=theme.muted, stroke_width=CELL)
        for shape, wanted in ((self.kept, 1.0), (self.dropped, 0.0)):
            shape.add_updater(_cells(exhibit, cells, trackers, wanted)).update()


def _names(exhibit: Dropout) -> list[str]:
    """Return the features' names as they are written."""
    return [literal(name) for name in short_names(exhibit.features, LONGEST_NAME)]


def _cells(
    exhibit: Dropout, cells: Array, trackers: Trackers, wanted: float
) -> Callable[[Mobject], None]:
    def redraw(shape: Mobject) -> None:
        chosen = exhibit.masks[nearest(trackers.mask)] == wanted
        shape.set_points(polygons(cells[chosen]))

    return redraw


class Cloud:
    """The optima of the repeats, on a plane that may look closer."""

    def __init__(self, scene: LessonScene, plane: Plane, trackers: Trackers) -> None:
        exhibit: Dropout = scene.exhibit
        theme = scene.theme
        self.dots = VMobject(stroke_color=theme.ink, stroke_width=2.0)
        self.dots.set_fill(theme.background, opacity=1.0)
        ring = outline(ROUND, DOT)

        def redraw(shape: VMobject) -> None:
            optima = exhibit.optima[: nearest(trackers.shown), nearest(trackers.count)]
            seen = np.array([point for point in optima if plane.sees(point)]).reshape(-1, 2)
            shape.set_points(polygons(plane.place(seen)[:, None] + ring))

        redraw(self.dots)
        self.dots.add_updater(redraw)


class WeightPlane:
    """Both losses over the two weights, and the ridge curve from one optimum to the other."""

    def __init__(self, scene: LessonScene, box: Box, trackers: Trackers) -> None:
        exhibit: Dropout = scene.exhibit
        self._scene, self._exhibit, self._trackers = scene, exhibit, trackers
        self.plane = Plane(box, exhibit.limits)
        self.axes = named_axes(
            scene,
            self.plane,
            [f"$w_{at + 1}$ {name}" for at, name in enumerate(_names(exhibit))],
        )
        theme = scene.theme
        self.plain = self._contours(0, exhibit.unregularized, theme.loss)
        self.averaged = self._contours(1, exhibit.closed_form, theme.l2)
        self.ridge = self.plane.line(exhibit.curve[:1], theme.l2, RIDGE)
        self.ridge.add_updater(lambda shape: self.plane.redraw_line(shape, self._walked()))
        self.cloud = Cloud(scene, self.plane, trackers).dots
        self.start = goal_mark(theme, self.plane.place(exhibit.unregularized))
        self.optimum = marker(theme.l2, theme.background)
        self.optimum.move_to(self.plane.place(exhibit.closed_form))
        self.walker = marker(theme.l2, theme.background)
        self.walker.add_updater(
            lambda shape: shape.move_to(self.plane.place(self._walked()[-1]))
        )
        self.start_label, self.optimum_label = self._labels()
        for label in (self.start_label, self.optimum_label, *self.axes[-2:]):
            for line in (*self.plain, *self.averaged):
                _open(line, label)

    def _contours(self, index: int, center: Array, color: str) -> VGroup:
        radii, unit = self._exhibit.level_radii[index], self._exhibit.unit_levels[index]
        lines = (
            self.plane.line(center + radius * unit, color, CONTOUR, opacity)
            for radius, opacity in zip(radii, (0.75, 0.55, 0.4), strict=True)
        )
        return VGroup(*lines)

    def _walked(self) -> Array:
        """Return the ridge curve from no dropout to the probability that is shown."""
        return self._exhibit.curve[: nearest(self._trackers.keep) + 1]

    def _labels(self) -> tuple[Mobject, Mobject]:
        scene, exhibit, theme = self._scene, self._exhibit, self._scene.theme
        start, optimum = (
            self.plane.place(point) for point in (exhibit.unregularized, exhibit.closed_form)
        )
        # The optimum is named when the cloud has closed in on it.
        cloud = self.plane.place(exhibit.optima[:, -1])
        avoid = [cloud, start[None], optimum[None], *map(_solid, self.axes[-2:])]
        # Contours open where a label stands, so that the curve and the axes count for more.
        avoid += [line.points[::4] for line in (*self.plain, *self.averaged)]
        avoid.append(dense(self.plane.place(exhibit.curve), SOLID))
        left, right, bottom, top = self.plane.window
        for ends in ([(left, 0.0), (right, 0.0)], [(0.0, bottom), (0.0, top)]):
            avoid.append(dense(self.plane.place(np.array(ends)), SOLID))
        labels = []
        for key, point, color in (
            ("start", start, theme.loss),
            ("optimum", optimum, theme.l2),
        ):
            label = scene.lettering(
                scene.text(f"dropout.scene.label.{key}"),
                LABEL_EM,
                color=color,
                halo=theme.background,
            )
            labels.append(beside(label, point, self.plane.box, avoid))
            avoid.append(_solid(label))
        return labels[0], labels[1]


class CloserLook:
    """A square around the closed form, where the optima of one mask just fit."""

    def __init__(self, scene: LessonScene, box: Box, trackers: Trackers) -> None:
        exhibit: Dropout = scene.exhibit
        theme, reach, (x, y) = scene.theme, REACH * exhibit.reach, exhibit.closed_form
        half = min(box.width, box.height) / 2
        middle = box.center
        square = Box(middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half)
        plane = Plane(square, (x - reach, x + reach, y - reach, y + reach))
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * reach
        self.frame = VMobject(stroke_color=theme.muted, stroke_width=FRAME)
        self.frame.set_points_as_corners(plane.place(exhibit.closed_form + corners))
        # A ring, so that the dots are seen to close in on what is inside it.
        self.optimum = Circle(radius=RING, stroke_color=theme.l2, stroke_width=RIDGE)
        self.optimum.move_to(middle)
        self.cloud = Cloud(scene, plane, trackers).dots


class ErrorChart:
    """The distance from the closed form against the number of masks, both in powers of ten."""

    def __init__(self, scene: LessonScene, box: Box, trackers: Trackers) -> None:
        exhibit: Dropout = scene.exhibit
        theme, counts = scene.theme, exhibit.counts
        self._counts = np.log10(counts)
        low, high = (
            np.maximum(exhibit.errors + side * BAND * exhibit.error_spread, exhibit.errors / 5)
            for side in (-1.0, 1.0)
        )
        bottom = float(np.log10(min(low.min(), exhibit.theory.min()))) - AIR
        top = float(np.log10(max(high.max(), exhibit.theory.max()))) + AIR
        self.chart = Chart(
            scene,
            Box(box.left + NUMBERS, box.right, box.bottom, box.top),
            (0.0, self._end(box.width - NUMBERS - BEYOND), bottom, top),
            name="$M$",
            ticks=self._powers(box.width - NUMBERS),
            cross=(0.0, bottom),
        )
        self.levels = self._levels(scene, bottom, top)
        self.band = self._band(low, high, theme.l2)
        ends = np.column_stack([self._counts, np.log10(exhibit.theory)])[[0, -1]]
        self.theory = self.chart.dashed(ends, theme.l2, THEORY)
        self.curve = self.chart.line(self._points(exhibit.errors), theme.ink, CURVE)
        self.curve.add_updater(
            lambda shape: self.chart.redraw_line(shape, self._so_far(exhibit, trackers))
        )
        self.dot = self.chart.at(
            marker(theme.ink, theme.background),
            lambda: self._so_far(exhibit, trackers)[-1],
        )
        self.theory_label = self._theory_label(scene, exhibit)

    def _end(self, width: float) -> float:
        """Return where the level axis ends: behind the last number, not on it."""
        return float(self._counts[-1]) * width / (width - AFTER)

    def _powers(self, width: float) -> dict[float, str]:
        """Return the powers of ten that there is room to write below an axis."""
        n_powers = math.floor(self._counts[-1]) + 1
        step = math.ceil(n_powers * POWER / width)
        return {float(power): f"${10**power}$" for power in range(0, n_powers, step)}

    def _points(self, values: Array) -> Array:
        return np.column_stack([self._counts, np.log10(values)])

    def _so_far(self, exhibit: Dropout, trackers: Trackers) -> Array:
        """Return the measured curve up to the number of masks that is shown."""
        return self._points(exhibit.errors)[: nearest(trackers.count) + 1]

    def _band(self, low: Array, high: Array, color: str) -> VMobject:
        ends = np.vstack([self._points(low), self._points(high)[::-1]])
        band = VMobject(fill_color=color, fill_opacity=0.28, stroke_width=0)
        closed = self.chart.place(np.vstack([ends, ends[:1]]))
        return band.set_points(polygons(closed[None]))

    def _levels(self, scene: LessonScene, bottom: float, top: float) -> VGroup:
        """Return the powers of ten beside the upright axis."""
        color, levels = scene.theme.muted, VGroup()
        for power in range(math.ceil(bottom), math.floor(top) + 1):
            end = self.chart.place(np.array([0.0, float(power)]))
            tick = VMobject(stroke_color=color, stroke_width=AXIS)
            tick.set_points_as_corners([end, end - [TICK, 0.0, 0.0]])
            number = scene.lettering(f"$10^{{{power}}}$", LABEL_EM, color=color)
            number.move_to(end - [TICK + 0.08 + number.width / 2, 0.0, 0.0])
            levels.add(tick, number)
        return levels

    def _theory_label(self, scene: LessonScene, exhibit: Dropout) -> Mobject:
        label = scene.lettering(
            scene.text("dropout.scene.label.theory"), LABEL_EM, color=scene.theme.l2
        )
        line = self.chart.place(self._points(exhibit.theory))
        # On the upper side of the falling line, far enough left to have room on its right.
        start = line[np.searchsorted(self._counts, 0.3 * self._counts[-1])]
        high = self.chart.place(self._points(exhibit.errors + 3 * exhibit.error_spread))
        return beside(label, start, self.chart.box, [dense(line), dense(high)])


def _solid(label: Mobject) -> Array:
    """Return points around a label and across it, which no other label may cover."""
    around = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    crossed = [*around, (1, 1), (-1, 1), (1, -1)]
    return dense(np.array([label.get_corner((x, y, 0)) for x, y in crossed]), SOLID)


def _open(line: VMobject, label: Mobject) -> None:
    """Take away what of a line would run through a label: no place is clear of all contours."""
    segments = line.points.reshape(-1, 4, 3)
    low, high = label.get_corner((-1, -1, 0)) - CLEAR, label.get_corner((1, 1, 0)) + CLEAR
    inside = np.all((low < segments) & (segments < high), axis=2, where=[True, True, False])
    line.set_points(segments[~inside.any(axis=1)].reshape(-1, 3))


def marker(color: str, edge: str) -> Circle:
    """Return a point's marker with an edge that sets it off from what it lies on."""
    dot = Circle(radius=MARKER, stroke_color=edge, stroke_width=2.5)
    return dot.set_fill(color, opacity=1.0)
