"""One penalty's half of its scene: the penalty above, its slope below, as trackers say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import Animation, Circle, LineJointType, Mobject, ValueTracker, VGroup, VMobject

from scenes.chart import CURVE, MARKER, Chart
from scenes.clip import clip_segments
from scenes.labels import beside, dense
from scenes.plane import straight
from scenes.stage import LABEL_EM, TITLE_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from lessons.base import Array
    from lessons.penalty_shapes import PenaltyShapes
    from scenes.base import LessonScene

#: shares of the panel's height for the penalty, and for the gap above its slope
ABOVE, GAP = 0.5, 0.05
#: the sliding weight starts at the first of the exhibit's probes; no arrow reaches across 0
#: while it is beyond this share of it, and the last share is as good as 0
NEAR, NEAREST = 0.2, 1e-4
#: line width of what is drawn as the weight slides, and of the upright stretch
TRACE, UPRIGHT = 7.0, 11.0


@dataclass(frozen=True)
class Trackers:
    """All that changes in the scene; both panels follow the same ones."""

    #: share of the first probe at which the sliding weight is, from the right and from the left
    right: ValueTracker = field(default_factory=lambda: ValueTracker(1.0))
    left: ValueTracker = field(default_factory=lambda: ValueTracker(1.0))
    #: how far the stretch at 0 has grown from its middle, 0 to 1
    upright: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


class PenaltyPanel:
    """The shapes of one penalty, by name and from the lowest to the highest.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    name
        `l1` or `l2`.
    boxes
        Where the panel stands.
    trackers
        What the shapes follow.
    """

    def __init__(
        self, scene: LessonScene, name: str, boxes: PanelBoxes, trackers: Trackers
    ) -> None:
        exhibit: PenaltyShapes = scene.exhibit
        self.name = name
        self.spoken: Mobject | None = None
        self._scene, self._boxes, self._trackers = scene, boxes, trackers
        self._exhibit = exhibit
        self._color: str = getattr(scene.theme, name)
        self._penalty = np.column_stack([exhibit.w, exhibit.values[name]])
        self._slope = exhibit.slopes[name]
        plane = boxes.plane
        split = plane.top - ABOVE * plane.height
        left, right = float(exhibit.w[0]), float(exhibit.w[-1])
        highest = 1.3 * float(exhibit.values["l1"][-1])
        steepest = 1.05 * float(np.abs(exhibit.slopes["l2"][:, 1]).max())
        self.upper = Chart(
            scene, Box(plane.left, plane.right, split, plane.top), (left, right, 0.0, highest)
        )
        self.lower = Chart(
            scene,
            Box(plane.left, plane.right, plane.bottom, split - GAP * plane.height),
            (left, right, -steepest, steepest),
        )
        self.shapes: dict[str, Mobject] = {
            "titles": self._title(),
            "upper_axes": self.upper.axes,
            "lower_axes": self._lower_axes(),
            "curve": self._curve(),
            "trace": self._trace(1.0),
            "other_trace": self._trace(-1.0),
            "upright": self._upright(),
            "bounds": self._bounds(),
            "reading": self._reading(1.0),
            "other_reading": self._reading(-1.0),
            "pull": self._pull(1.0),
            "other_pull": self._pull(-1.0),
            "pulls": self._pulls(),
            "dot": self._dot(lambda: self._point(1.0)),
            "other_dot": self._dot(lambda: self._point(-1.0)),
            "zero_dot": self._dot(lambda: np.zeros(2)),
        }

    # -- lettering ------------------------------------------------------------------------

    def sentence(self, key: str | None) -> list[Animation]:
        """Return the animations that put a sentence below the panel, or none."""
        text = None
        if key is not None:
            said = self._scene.text(f"penalty-shapes.scene.sentence.{key}.{self.name}")
            text = self._scene.fitted(
                said, self._scene.layout.sentence_em, self._boxes.sentence
            )
        changed = self._scene.swap(self.spoken, text)
        self.spoken = text
        return changed

    def _title(self) -> Mobject:
        sentence = self._scene.text(f"penalty-shapes.scene.title.{self.name}")
        return self._scene.fitted(sentence, TITLE_EM, self._boxes.title, color=self._color)

    def _lower_axes(self) -> VGroup:
        """Return the lower chart's axes, with the name of what is drawn upwards."""
        name = self._scene.lettering(
            self._scene.text("penalty-shapes.scene.slope"),
            LABEL_EM,
            color=self._scene.theme.muted,
        )
        left, _, _, top = self.lower.window
        corner = self.lower.place(np.array([left, top]))
        name.move_to(corner + np.array([name.width / 2, -LABEL_EM / 2, 0.0]))
        return VGroup(self.lower.axes, name)

    # -- the penalty ----------------------------------------------------------------------

    def _curve(self) -> VMobject:
        line = self.upper.line(self._penalty, self._color, CURVE)
        line.joint_type = LineJointType.MITER
        return line

    def _weight(self, side: float) -> float:
        """Return where the weight is that slides in from a side."""
        tracker = self._trackers.right if side > 0.0 else self._trackers.left
        return side * float(self._exhibit.probes[0]) * tracker.get_value()

    def _point(self, side: float) -> Array:
        """Return the sliding weight's point on the penalty."""
        weight = self._weight(side)
        return np.array([weight, self._lam * (abs(weight) if self._is_l1 else weight**2)])

    @property
    def _lam(self) -> float:
        return self._exhibit.lam[self.name]

    @property
    def _is_l1(self) -> bool:
        return self.name == "l1"

    def _dot(self, point: Callable[[], Array]) -> VMobject:
        theme = self._scene.theme
        dot = Circle(radius=MARKER, stroke_color=theme.background, stroke_width=2.5)
        return self.upper.at(dot.set_fill(self._color, opacity=1.0), point)

    def _arrow(self, point: Callable[[], Array]) -> VGroup:
        """Return the pull at a point of the penalty: level, towards 0, long where strong."""

        def ends() -> Array:
            at = point()
            return np.array([at, at - [self._exhibit.arrow * self._slope_at(at[0]), 0.0]])

        return self.upper.arrow(ends, self._scene.theme.ink)

    def _slope_at(self, weight: float) -> float:
        """Return the slope at a weight other than 0, read off the exhibit's polyline."""
        half = self._slope[self._slope[:, 0] * weight >= 0.0]
        half = half[half[:, 1] * weight >= 0.0]
        return float(np.interp(weight, half[:, 0], half[:, 1]))

    def _pull(self, side: float) -> VGroup:
        return self._arrow(lambda: self._point(side))

    def _pulls(self) -> VGroup:
        """Return the pulls at all of the exhibit's weights, on both sides of 0."""
        arrows = VGroup()
        top = self.upper.window[3]
        for probe in self._exhibit.probes:
            height = float(np.interp(probe, *self._penalty.T))
            for side in (1.0, -1.0):
                at = np.array([side * probe, height])
                if height <= top:
                    arrows.add(self._arrow(lambda at=at: at).clear_updaters())
        return arrows

    # -- its slope ------------------------------------------------------------------------

    def _trace(self, side: float) -> VMobject:
        """Return the slope from where the weight started to where it is."""
        line = VMobject(stroke_color=self._color, stroke_width=TRACE)

        def redraw(shape: VMobject) -> None:
            left, right, bottom, top = self.lower.window
            near = self._weight(side)
            window = (near, right, bottom, top) if side > 0.0 else (left, near, bottom, top)
            pieces = clip_segments(self._slope, window)
            level = np.ptp(pieces[:, :, 0], axis=1) > 0.0
            shape.set_points(straight(self.lower.place(pieces[level])))

        redraw(line)
        return line.add_updater(redraw)

    def _reading(self, side: float) -> VGroup:
        """Return the sliding weight's mark on its slope."""
        theme = self._scene.theme
        dot = Circle(radius=0.8 * MARKER, stroke_color=theme.background, stroke_width=2.5)
        dot.set_fill(self._color, opacity=1.0)

        def point() -> Array:
            weight = self._weight(side)
            return np.array([weight, self._slope_at(weight)])

        stem = self.lower.curve(
            lambda: np.array([[point()[0], 0.0], point()]), theme.ink, 0.6 * CURVE
        )
        return VGroup(stem, self.lower.at(dot, point))

    def _upright(self) -> VMobject:
        """Return the slopes at 0: a stretch that grows from its middle, or nothing."""
        at_zero = self._slope[self._slope[:, 0] == 0.0]
        line = VMobject(stroke_color=self._color, stroke_width=UPRIGHT)

        def redraw(shape: VMobject) -> None:
            shape.set_points_as_corners(
                self.lower.place(self._trackers.upright.get_value() * at_zero[[0, -1]])
            )

        redraw(line)
        return line.add_updater(redraw)

    def _bounds(self) -> VGroup:
        """Return what is written at the slopes of 0."""
        style = {"color": self._color, "halo": self._scene.theme.background}
        if not self._is_l1:
            label = self._scene.lettering("$2 \\lambda w$", LABEL_EM, **style)
            point = self.lower.place(0.62 * self._slope[-1])
            return VGroup(self._placed(label, point))
        bounds = VGroup()
        for sign, text in ((1.0, r"$\lambda$"), (-1.0, r"$-\lambda$")):
            label = self._scene.lettering(text, LABEL_EM, **style)
            point = self.lower.place(np.array([0.0, sign * self._lam]))
            aside = np.array([-sign * (label.width / 2 + 0.18), 0.0, 0.0])
            bounds.add(label.move_to(point + aside))
        return bounds

    def _placed(self, label: Mobject, point: Array) -> Mobject:
        left, right, bottom, top = self.lower.window
        axes = np.array([(left, 0.0), (right, 0.0), (0.0, 0.0), (0.0, bottom), (0.0, top)])
        lines = [self._slope, axes]
        avoid = [dense(self.lower.place(line)) for line in lines]
        return beside(label, point, self.lower.box, avoid)
