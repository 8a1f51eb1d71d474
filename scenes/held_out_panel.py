"""One penalty's half of how lambda is chosen: rows held out, their error, and what it says."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, ValueTracker, VGroup, VMobject

from lessons.numbers import chosen
from scenes.chart import AXIS, Chart
from scenes.feature_panel import MARKERS, POWER
from scenes.fits import few, frame_of
from scenes.labels import beside, dense
from scenes.marks import polygons
from scenes.stage import LABEL_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from lessons.base import Array
    from lessons.feature_selection import FeatureSelection
    from scenes.base import LessonScene

#: width of the curve, and of the bar of a standard error
CURVE, BAR = 6.0, 4.0
#: half the width of that bar's ends
CAP = 0.12
#: errors are seen this many standard errors above the least, and this many below it
ABOVE, BELOW = 1.4, 0.2
#: and at least this part of all that was measured
LEAST_SEEN = 0.004
#: decades that are seen left of the strengths that were swept
WEAKER = 0.7
#: decades right of where the last error is seen: room to name it
BEYOND = 0.7
#: a wider name of a mark breaks its lines
WIDEST = 1.6
#: height of the bar of rows, of a line of lettering, and of a line of what is read off
ROWS, LINE, READ = 0.28, 0.4, 0.45
#: air beside lettering, and between the bar and the panel's edge
BESIDE, EDGE = 0.2, 0.4
#: from the panel's left edge to the numbers of the error's axis
LEFT = 0.3


class HeldOutPanel:
    """The shapes of one side; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    name
        `l1` or `l2`.
    boxes
        Where the panel stands.
    fold
        Which part of the rows is held out, from 0; what is drawn is the nearest one.
    drawn
        Share of the strengths whose error is drawn.

    Attributes
    ----------
    rows, out
        The bar of rows, and the part of it that is held out, which follows `fold`.
    axes, curve
        The error's axes, and the error, which follows `drawn`.
    least, rule
        The least error with its standard error, and the largest strength within it; each with
        what is read off.
    """

    def __init__(
        self,
        scene: LessonScene,
        name: str,
        boxes: PanelBoxes,
        fold: ValueTracker,
        drawn: ValueTracker,
    ) -> None:
        self.name = name
        self._scene, self._fold, self._drawn = scene, fold, drawn
        self._exhibit: FeatureSelection = scene.exhibit
        self._color: str = getattr(scene.theme, name)
        self._logs = np.log10(self._exhibit.tried)
        plane, below = boxes.plane, boxes.sentence
        self._box = plane
        self._read = Box(below.left, below.right, below.bottom, below.bottom + 2 * READ)
        self.rows = self._rows()
        self.out = self._held_out()
        low = max(plane.bottom, self._read.top + 0.1)
        self.chart = self._chart(Box(plane.left + LEFT, plane.right, low, self._under_name))
        self.axes = VGroup(self.chart.axes, self.chart.numbers, self._name())
        points = self._points()
        self.curve = self.chart.curve(
            lambda: points[: max(2, math.ceil(drawn.get_value() * len(points)))],
            self._color,
            CURVE,
        )
        # what the labels must keep clear of, each of those that were placed before
        self._taken = [dense(self.chart.place(self._seen()))]
        level = self._level()
        self.least = self._least()
        self.rule = VGroup(level, self._rule())

    # -- the rows -------------------------------------------------------------------------

    def _rows(self) -> VGroup:
        """Return the bar of all rows in its parts, and how many rows there are."""
        theme, box = self._scene.theme, self._box
        name = self._label("rows", theme.ink, n=self._exhibit.n_rows)
        middle = box.top - ROWS / 2.0
        name.shift((box.left + name.width / 2.0 - name.get_center()[0], middle, 0.0))
        self._bar = Box(name.get_right()[0] + BESIDE, box.right - EDGE, box.top - ROWS, box.top)
        parts = VMobject(stroke_color=theme.muted, stroke_width=AXIS)
        parts.set_fill(theme.muted, opacity=0.2)
        parts.set_points(
            polygons(np.stack([self._part(at) for at in range(self._exhibit.n_folds)]))
        )
        return VGroup(name, parts)

    def _part(self, at: int) -> Array:
        """Return the outline of one part of the rows, shape `(5, 3)`."""
        bar, width = self._bar, self._bar.width / self._exhibit.n_folds
        left = bar.left + at * width
        x = left + width * np.array([0.0, 1.0, 1.0, 0.0, 0.0])
        y = np.array([bar.bottom, bar.bottom, bar.top, bar.top, bar.bottom])
        return np.stack([x, y, np.zeros(5)], axis=1)

    def _held_out(self) -> VGroup:
        """Return the part that is held out, with its name below it."""
        theme, bar = self._scene.theme, self._bar
        part = VMobject(stroke_width=0, fill_color=theme.ink, fill_opacity=1.0)
        name = self._label("part", theme.ink)
        self._under_rows = bar.bottom - LINE
        self._under_name = self._under_rows - LINE

        def redraw(_: Mobject) -> None:
            outlined = self._part(round(self._fold.get_value()))
            part.set_points(polygons(outlined[None]))
            half = name.width / 2.0
            middle = float(np.clip(outlined[:4, 0].mean(), bar.left, bar.right - half))
            name.move_to((middle, self._under_rows + LINE / 2.0, 0.0))

        return VGroup(part, name).add_updater(redraw).update()

    # -- the error ------------------------------------------------------------------------

    def _label(self, key: str, color: str, **values: object) -> Mobject:
        sentence = self._scene.text(f"feature-selection.scene.choose.{key}", **values)
        return self._scene.lettering(sentence, LABEL_EM, color=color)

    def _name(self) -> Mobject:
        """Return the name of the error's axis, above its end."""
        name = self._label("error", self._scene.theme.muted)
        left = max(self._box.left, self.chart.box.left - name.width / 2.0)
        return name.move_to((left + name.width / 2.0, self._under_name + LINE / 2.0, 0.0))

    def _points(self) -> Array:
        return np.column_stack([self._logs, self._exhibit.errors[self.name]])

    def _errors_seen(self) -> tuple[float, float]:
        """Return the range of errors about the least: what is far from it has lost already."""
        exhibit = self._exhibit
        low = min(error for _, error in exhibit.least.values())
        every = max(float(errors.max()) for errors in exhibit.errors.values()) - low
        step = max(max(exhibit.tolerated.values()) - low, LEAST_SEEN * every)
        return low - BELOW * step, low + ABOVE * step

    def _strengths_seen(self, top: float) -> tuple[float, float]:
        """Return the logarithms of the strengths where any error can be seen."""
        first = float(np.log10(self._exhibit.lambdas[0])) - WEAKER
        lowest = np.minimum(*self._exhibit.errors.values())
        last = self._logs[np.flatnonzero(lowest <= top)[-1]]
        return first, float(min(self._logs[-1], last + BEYOND))

    def _chart(self, box: Box) -> Chart:
        low, high = self._errors_seen()
        first, last = self._strengths_seen(high)
        powers = range(math.ceil(first), math.floor(last) + 1)
        every = math.ceil(len(powers) * POWER / box.width)
        return Chart(
            self._scene,
            box,
            (first, last, low, high),
            name=r"$\lambda$",
            ticks={float(power): f"${_written(10.0**power)}$" for power in powers[::-every]},
            levels=_levels(low, high),
            cross=(first, low),
        )

    def _mark(self, point: Array, *, is_hollow: bool) -> VMobject:
        theme = self._scene.theme
        mark = VMobject(fill_opacity=1.0)
        mark.set_fill(theme.background if is_hollow else self._color)
        mark.set_stroke(
            self._color if is_hollow else theme.background, width=BAR if is_hollow else 1.5
        )
        return mark.set_points(polygons(self.chart.place(point) + MARKERS[self.name][None]))

    def _least(self) -> VGroup:
        """Return the least error with the bar of a standard error, and what is read off."""
        lam, error = self._exhibit.least[self.name]
        kept = self._exhibit.kept_at_least[self.name]
        told = VGroup(self._told("least", 1, lam=_written(lam), kept=kept))
        # It may be at a strength smaller than those that are shown.
        if np.log10(lam) >= self.chart.window[0]:
            point = np.array([np.log10(lam), error])
            bar = self._error_bar(point)
            name = self._beside("least", point)
            told.add(bar, self._mark(point, is_hollow=True), name)
        return told

    def _error_bar(self, point: Array) -> VMobject:
        """Return the standard error above the least error, with a cap."""
        foot, head = ends = self.chart.place(np.array([point, [point[0], self._tolerated]]))
        self._taken.append(dense(ends))
        cap = np.array([CAP, 0.0, 0.0])
        bar = VMobject(stroke_color=self._color, stroke_width=BAR)
        return bar.set_points_as_corners([foot, head, head - cap, head + cap])

    def _beside(self, key: str, point: Array) -> Mobject:
        """Return a label beside a point, clear of all lines and labels before it."""
        box = Box(0.0, WIDEST, 0.0, 2.0 * LINE)
        sentence = self._scene.text(f"feature-selection.scene.choose.{key}")
        label = self._scene.fitted(sentence, LABEL_EM, box, color=self._color)
        beside(label, self.chart.place(point), self.chart.box, self._taken)
        self._taken.append(frame_of(label))
        return label

    @property
    def _tolerated(self) -> float:
        return self._exhibit.tolerated[self.name]

    def _level(self) -> VGroup:
        """Return the line of what is tolerated, with its name."""
        chart, color = self.chart, self._scene.theme.muted
        ends = np.array([[edge, self._tolerated] for edge in chart.window[:2]])
        line = chart.dashed(ends, color, n_dashes=40).clear_updaters()
        name = self._label("tolerated", color)
        left = chart.place(ends[0]) + np.array([BESIDE, LINE / 2.0 + 0.04, 0.0])
        name.shift(left - name.get_left())
        self._taken += [dense(chart.place(ends)), dense(frame_of(name))]
        return VGroup(line, name)

    def _rule(self) -> VGroup:
        """Return the largest strength whose error is tolerated, and what is read off."""
        exhibit, at = self._exhibit, self._exhibit.chosen[self.name]
        if at is None:
            return VGroup(self._told("smaller", 0))
        index = int(exhibit.sweep[at])
        lam = float(exhibit.lambdas[index])
        point = np.array([np.log10(lam), exhibit.held_out[self.name][at]])
        foot = np.array([[point[0], self.chart.window[2]], point])
        down = self.chart.dashed(foot, self._scene.theme.ink, n_dashes=10).clear_updaters()
        self._taken.append(dense(self.chart.place(foot)))
        kept = len(exhibit.features) - int(exhibit.n_zeros[self.name][index])
        told = self._told("rule", 0, lam=_written(lam), kept=kept)
        mark = self._mark(point, is_hollow=False)
        return VGroup(down, mark, self._beside("rule", point), told)

    def _seen(self) -> Array:
        """Return the points of the curve that are in the chart."""
        left, right, low, high = self.chart.window
        x, y = self._points().T
        return self._points()[(left <= x) & (x <= right) & (low <= y) & (y <= high)]

    def _told(self, key: str, line: int, **values: object) -> Mobject:
        """Return a line of what is read off, below the chart."""
        box = self._read
        bottom = box.bottom + line * READ
        sentence = self._scene.text(
            f"feature-selection.scene.choose.kept.{key}",
            n=len(self._exhibit.features),
            **values,
        )
        row = Box(box.left, box.right, bottom, bottom + READ)
        return self._scene.fitted(sentence, self._scene.layout.sentence_em, row)


def _levels(low: float, high: float) -> dict[float, str]:
    """Return a few errors to write beside the axis, all with the same decimals."""
    levels = few(low, high)
    decimals = max(len(f"{level:g}".partition(".")[2]) for level in levels)
    return {level: f"${level:.{decimals}f}$" for level in levels}


def _written(lam: float) -> str:
    """Write a strength with all digits that it was given; a small one as a power of ten."""
    return f"{lam:g}" if lam >= 1e-4 else chosen(lam)
