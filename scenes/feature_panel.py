"""One penalty's half of the feature-selection scene: its weights as bars, and as curves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, ValueTracker, VGroup, VMobject

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.spread import spread
from regviz.scenes.chart import AXIS, BEYOND, Chart
from regviz.scenes.marks import outline, polygons
from regviz.scenes.readout import Readout
from regviz.scenes.stage import LABEL_EM, TITLE_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.scenes.base import LessonScene

#: lines, in manim's hundredths of a unit: of features that survive and of those that do not
STRONG, WEAK = 6.0, 3.0
#: outline of a marker that stands for an exact 0
HOLLOW = 4.0
#: radius of a marker; a square on its corner looks smaller than a circle
MARKER = 0.115
MARKERS = {"l1": outline(4, 1.25 * MARKER), "l2": outline(24, MARKER)}
#: heights of a row of bars, and the part of it that a bar takes
LEAST_ROW, LARGEST_ROW, BAR = 0.34, 0.8, 0.5
#: height of the names' em, as a part of a row where these are low
NAME = 0.86
#: names are cut to this many letters
LONGEST_NAME = 12
#: air between a name and what it names, and between the rows and the count below
BESIDE, ABOVE_COUNT = 0.2, 0.1
#: room for a power of ten below an axis
POWER = 1.05
#: air around the weights, as a share of their range
AIR = 0.05
#: between the name of the level axis and the 0 above it
ABOVE_NAME = 0.42
#: length of the lines that join names to their curves
JOINT = 0.35


class FeaturePanel:
    """The shapes of one side; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    name
        `l1` or `l2`.
    boxes
        Where the panel stands.
    step
        Position in the exhibit's sweep; what is drawn is the nearest computed step.
    """

    def __init__(
        self, scene: LessonScene, name: str, boxes: PanelBoxes, step: ValueTracker
    ) -> None:
        self.name = name
        self._scene, self._boxes, self._step = scene, boxes, step
        self._exhibit: FeatureSelection = scene.exhibit
        self.color: str = getattr(scene.theme, name)
        plane = boxes.plane
        #: where the weights stand, as bars or as curves
        self.box = Box(plane.left, plane.right, plane.bottom + ABOVE_COUNT, plane.top)
        n_rows = min(len(self._exhibit.drawn), int(self.box.height / LEAST_ROW))
        #: the features that are shown: those that survive longest
        self.shown = np.array(self._exhibit.drawn[:n_rows])
        self._row = min(LARGEST_ROW, self.box.height / n_rows)
        self._em = min(LABEL_EM, NAME * self._row)
        short = short_names([self._exhibit.features[at] for at in self.shown], LONGEST_NAME)
        # A dollar sign in a name would begin mathematics.
        self._names = [literal(name) for name in short]

        self.names = self._row_names()
        self._limits = self._weight_limits()
        self.zero = self._zero_line()
        self.bars = self._bars()
        self.dots = self._markers(self._row_places, is_zero=False)
        self.holes = self._markers(self._row_places, is_zero=True)
        self.count = self._count()
        self.chart = self._chart()
        self.curves = self._curves()
        self.ends = self._end_names()
        self.rule = self._rule()
        self.curve_dots = self._markers(self._curve_places, is_zero=False)
        self.curve_holes = self._markers(self._curve_places, is_zero=True)

    # -- what the trackers say ------------------------------------------------------------

    def _at(self) -> int:
        """Return the index of the strength that is shown."""
        return int(self._exhibit.sweep[round(self._step.get_value())])

    def _weights(self) -> Array:
        """Return the weights of the shown features at the strength that is shown."""
        weights: Array = self._exhibit.weights[self.name][self._at(), self.shown]
        return weights

    # -- bars -----------------------------------------------------------------------------

    def title(self) -> Mobject:
        """Return the panel's title: the penalty."""
        sentence = self._scene.text(f"feature-selection.scene.title.{self.name}")
        return self._scene.fitted(
            sentence, TITLE_EM, self._boxes.title, color=self.color, bold=True
        )

    def _height(self, row: int | Array) -> float | Array:
        return self.box.top - (np.asarray(row) + 0.5) * self._row

    def _row_names(self) -> VGroup:
        """Return the names in a column, flush right; a dropped feature's name fades."""
        scene = self._scene
        names = VGroup(*(scene.lettering(name, self._em) for name in self._names))
        self._column = self.box.left + max(name.width for name in names)
        for row, name in enumerate(names):
            name.shift((self._column - name.get_right()[0], float(self._height(row)), 0.0))
        # Not the method itself: manim copies updaters, and a method with all it belongs to.
        return names.add_updater(lambda shape: self._fade(shape))

    def _fade(self, names: VGroup) -> None:
        theme = self._scene.theme
        for name, weight in zip(names, self._weights(), strict=True):
            name.set_fill(theme.muted if weight == 0.0 else theme.ink)

    def _weight_limits(self) -> tuple[float, float]:
        """Return the range of every weight that is ever drawn, the same on both sides."""
        drawn = [weights[:, self._exhibit.drawn] for weights in self._exhibit.weights.values()]
        low, high = min(0.0, *map(np.min, drawn)), max(0.0, *map(np.max, drawn))
        air = AIR * (high - low)
        return low - air, high + air

    def _across(self, weights: float | Array) -> Array:
        """Return where weights stand on the scale of the bars."""
        low, high = self._limits
        left = self._column + BESIDE + MARKER
        share = (np.asarray(weights, dtype=float) - low) / (high - low)
        across: Array = left + share * (self.box.right - left)
        return across

    def _row_places(self) -> Array:
        """Return where the bars end, shape `(n_rows, 3)`."""
        weights = self._weights()
        rows = self._height(np.arange(len(weights)))
        return np.stack([self._across(weights), rows, np.zeros(len(weights))], axis=1)

    def _zero_line(self) -> VMobject:
        line = VMobject(stroke_color=self._scene.theme.muted, stroke_width=AXIS)
        x, low = float(self._across(0.0)), self.box.top - len(self.shown) * self._row
        return line.set_points_as_corners([(x, low, 0.0), (x, self.box.top, 0.0)])

    def _bars(self) -> VMobject:
        bars = VMobject(stroke_width=0, fill_color=self.color, fill_opacity=0.45)

        def redraw(shape: VMobject) -> None:
            places, half = self._row_places(), 0.5 * BAR * self._row
            places = places[self._weights() != 0.0]
            across = np.stack([np.full(len(places), self._across(0.0)), places[:, 0]], axis=1)
            shape.set_points(polygons(_rectangles(across, places[:, 1], half)))

        redraw(bars)
        return bars.add_updater(redraw)

    def _markers(self, places: object, *, is_zero: bool) -> VMobject:
        """Return markers at the weights that are not 0, or hollow ones at those that are."""
        theme, ring = self._scene.theme, MARKERS[self.name]
        style = {"fill_color": theme.background if is_zero else self.color}
        style |= {"stroke_color": self.color if is_zero else theme.background}
        markers = VMobject(fill_opacity=1.0, stroke_width=HOLLOW if is_zero else 1.5, **style)

        def redraw(shape: VMobject) -> None:
            chosen = places()[(self._weights() == 0.0) == is_zero]  # type: ignore[operator]
            shape.set_points(polygons(chosen[:, None] + ring))

        redraw(markers)
        return markers.add_updater(redraw)

    # -- lettering below ------------------------------------------------------------------

    def _count(self) -> VGroup:
        """Return the number of exact zeros, below the panel."""
        scene, n_features = self._scene, len(self._exhibit.features)
        em = 1.1 * scene.layout.sentence_em
        whole = "all" if len(self.shown) == n_features else "some"
        sentence = scene.text(f"feature-selection.scene.count.{whole}", n=n_features)
        text = scene.lettering(sentence, em, color=self.color)
        number = Readout("=", str(n_features), lang=scene.text.lang, em=em, color=self.color)
        number.move_to((text.get_right()[0] + 0.2 + number.width / 2, 0.0, 0.0))
        # A figure of the text tells its line, whatever other letters there are.
        line = scene.lettering("0", em).get_bottom()[1]
        number.shift((0.0, line - number.get_bottom()[1], 0.0))
        counted = VGroup(text, number).move_to(self._boxes.sentence.center)
        zeros = self._exhibit.n_zeros[self.name]
        number.add_updater(lambda shape: shape.show(str(zeros[self._at()])))
        return counted

    # -- curves ---------------------------------------------------------------------------

    def _chart(self) -> Chart:
        """Return axes: log lambda across, the weights upright; names fit on the left."""
        left = self._column + BESIDE + JOINT
        box = Box(left, self.box.right, self.box.bottom, self.box.top)
        low, high = np.log10(self._exhibit.lambdas[[0, -1]])
        powers = range(math.ceil(low), math.floor(high) + 1)
        step = math.ceil(len(powers) * POWER / box.width)
        return Chart(
            self._scene,
            box,
            (low, high, *self._limits),
            name=r"$\lambda$",
            ticks={float(power): f"${10.0**power:g}$" for power in powers[::-step]},
            cross=(low, self._limits[0]),
        )

    def _curve(self, feature: int) -> Array:
        lambdas, weights = self._exhibit.lambdas, self._exhibit.weights[self.name]
        return np.column_stack([np.log10(lambdas), weights[:, feature]])

    def is_dropped(self, feature: int) -> bool:
        """Say whether L1, if this is its side, drops a feature at the still's strength."""
        return self.name == "l1" and feature not in self._exhibit.survivors

    def _curves(self) -> VGroup:
        """Return a curve per feature, those that survive on top, and the line of 0."""
        theme, curves = self._scene.theme, VGroup()
        for feature in reversed(self._exhibit.drawn):
            dropped = self.is_dropped(feature)
            color = theme.muted if dropped else self.color
            width = STRONG if feature in self._exhibit.survivors else WEAK
            curves.add(self.chart.line(self._curve(feature), color, width))
        return curves.add(*self._zero_level())

    def _zero_level(self) -> tuple[Mobject, Mobject]:
        """Return the line of 0, over the curves that would hide it, and its number."""
        left, right, low, _ = self.chart.window
        ends = np.array([[left, 0.0], [right, 0.0]])
        line = self.chart.line(ends, self._scene.theme.ink, AXIS)
        number = self._scene.lettering("$0$", LABEL_EM)
        end, foot = self.chart.place(np.array([ends[1], [right, low]]))
        # Where no weight is negative, it must not stand on the name of the level axis.
        height = max(end[1], foot[1] + ABOVE_NAME)
        return line, number.move_to((end[0] + BEYOND / 2, height, 0.0))

    def _end_names(self) -> VGroup:
        """Return the names beside the left ends of their curves, joined to them."""
        scene, ends = self._scene, VGroup()
        starts = [self.chart.place(self._curve(int(at))[0]) for at in self.shown]
        wanted = np.array([start[1] for start in starts])
        size = 1.12 * self._em
        heights = spread(
            wanted, np.full(len(wanted), size), self.box.bottom, self.box.top + 0.2
        )
        for place, (name, start, height) in enumerate(
            zip(self._names, starts, heights, strict=True)
        ):
            dropped = self.is_dropped(int(self.shown[place]))
            color = scene.theme.muted if dropped else self.color
            label = scene.lettering(name, self._em, color=color)
            label.shift((self._column - label.get_right()[0], height, 0.0))
            joint = VMobject(stroke_color=scene.theme.muted, stroke_width=0.7 * AXIS)
            x = self._column + 0.06
            bends = [(x, height), (x + 0.1, height), (start[0] - 0.1, start[1])]
            joint.set_points_as_corners([*((*bend, 0.0) for bend in bends), start])
            ends.add(joint, label)
        return ends

    def _curve_places(self) -> Array:
        """Return where the shown weights stand on their curves, shape `(n_rows, 3)`."""
        weights = self._weights()
        lam = np.full(len(weights), np.log10(self._exhibit.lambdas[self._at()]))
        return self.chart.place(np.column_stack([lam, weights]))

    def _rule(self) -> VMobject:
        rule = VMobject(stroke_color=self._scene.theme.ink, stroke_width=AXIS)

        def redraw(shape: VMobject) -> None:
            lam = np.log10(self._exhibit.lambdas[self._at()])
            ends = np.array([(lam, level) for level in self._limits])
            shape.set_points_as_corners(self.chart.place(ends))

        redraw(rule)
        return rule.add_updater(redraw)


def _rectangles(across: Array, heights: Array, half: float) -> Array:
    """Return closed outlines `(n, 5, 3)` from both ends `(n, 2)` and heights `(n,)`."""
    x = across[:, [0, 1, 1, 0, 0]]
    y = heights[:, None] + half * np.array([-1.0, -1.0, 1.0, 1.0, -1.0])
    return np.stack([x, y, np.zeros_like(x)], axis=-1)
