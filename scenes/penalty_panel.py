"""One penalty's half of its scene: the penalty above, its slope below, as trackers say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import (
    Animation,
    Circle,
    LineJointType,
    Mobject,
    ValueTracker,
    VGroup,
    VMobject,
)

from regviz.lessons.clip import clip_segments
from regviz.scenes.chart import CURVE, MARKER, Chart
from regviz.scenes.labels import clearest, dense
from regviz.scenes.plane import straight
from regviz.scenes.stage import LABEL_EM, TITLE_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.penalty_shapes import PenaltyShapes
    from regviz.scenes.base import LessonScene

#: shares of the panel's height for the penalty above its slope, and for the gap between them
ABOVE, GAP = 0.53, 0.03
#: how far below 0 the penalty's picture reaches, in heights above it: room for a line that fits
#: under the penalty at 0, and how far that line goes, in largest weights
BELOW_ZERO, SUPPORT = 0.24, 0.3
#: how much longer than the others the arrows at 0 are: none of those pulls is beyond lambda
AT_ZERO = 2.0
#: the turns of that line, between the slopes of the penalty's sides, from -1 to 1: from level
#: up along the right side, over to the left side, and level again
TURNS = ((0.0, 1.0, 3.0, 4.0), (0.0, 1.0, -1.0, 0.0))
#: weights, in the first probe's, at one of which L2's slope is named
NAMED_AT = (0.85, 0.6, -0.6, -0.85)
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
    #: how far the penalty has made room for its slope, 0 to 1
    room: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: how far the line under the penalty at 0 is on its way, 0 to 4
    turn: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: how hard a loss pulls a weight away from 0, in lambdas
    away: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


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
        highest, steepest = exhibit.highest, exhibit.steepest
        self.upper = Chart(
            scene, self._upper_box, (left, right, -BELOW_ZERO * highest, highest)
        )
        self.lower = Chart(
            scene,
            Box(plane.left, plane.right, plane.bottom, split - GAP * plane.height),
            (left, right, -steepest, steepest),
        )
        self._slope_name = self._name_slope()
        self.shapes: dict[str, Mobject] = {
            "titles": self._title(),
            "upper_axes": self.upper.axes,
            "lower_axes": VGroup(self.lower.axes, self._slope_name),
            "curve": self._curve(),
            "trace": self._trace(1.0),
            "other_trace": self._trace(-1.0),
            "upright": self._upright(),
            "zero_reading": self._zero_reading(),
            "bounds": self._bounds(),
            "reading": self._reading(1.0),
            "other_reading": self._reading(-1.0),
            "pull": self._pull(1.0),
            "other_pull": self._pull(-1.0),
            "pulls": self._pulls(),
            "support": self._support(),
            "answer": self._tug(-1.0, scene.theme.ink),
            "loss": self._loss(),
            "dot": self._dot(lambda: self._point(1.0)),
            "other_dot": self._dot(lambda: self._point(-1.0)),
            "zero_dot": self._dot(self._held),
        }

    def _upper_box(self) -> Box:
        plane, share = self._boxes.plane, self._trackers.room.get_value()
        height = (1.0 - share * (1.0 - ABOVE)) * plane.height
        return Box(plane.left, plane.right, plane.top - height, plane.top)

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

    def _name_slope(self) -> Mobject:
        """Return the name of what the lower chart shows, at the end of its upright axis."""
        name = self._scene.lettering(
            self._scene.text("penalty-shapes.scene.slope"),
            LABEL_EM,
            color=self._scene.theme.muted,
        )
        head = self.lower.place(np.array([0.0, self.lower.window[3]]))
        # On the side where neither slope is.
        return name.move_to(head - np.array([0.2 + name.width / 2, LABEL_EM / 2, 0.0]))

    # -- the penalty ----------------------------------------------------------------------

    def _curve(self) -> VMobject:
        line = self.upper.curve(lambda: self._penalty, self._color)
        line.joint_type = LineJointType.MITER
        return line

    def _weight(self, side: float) -> float:
        """Return where the weight is that slides in from a side."""
        tracker = self._trackers.right if side > 0.0 else self._trackers.left
        return side * float(self._exhibit.probes[0]) * tracker.get_value()

    def _point(self, side: float) -> Array:
        """Return the sliding weight's point on the penalty."""
        weight = self._weight(side)
        return np.array([weight, self._value_at(weight)])

    def _value_at(self, weight: float) -> float:
        """Return the penalty at a weight."""
        return self._lam * (abs(weight) if self._is_l1 else weight**2)

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
                    arrows.add(self._arrow(lambda at=at: at))
        return arrows

    def _held(self) -> Array:
        """Return the point to which a loss has taken the weight that was at 0."""
        weight = self._trackers.away.get_value() * self._exhibit.held[self.name]
        return np.array([weight, self._value_at(weight)])

    def _tug(self, side: float, color: str) -> VGroup:
        """Return one of the two pulls, equally hard, on the weight that was at 0."""
        unit = AT_ZERO * self._exhibit.arrow * self._lam

        def ends() -> Array:
            weight, height = self._held()
            tip = weight + side * unit * self._trackers.away.get_value()
            return np.array([(weight, height), (tip, height)])

        return self.upper.arrow(ends, color)

    def _loss(self) -> VGroup:
        """Return the pull of a loss away from 0, with its name below the axis."""
        theme = self._scene.theme
        arrow = self._tug(1.0, theme.loss)
        name = self._scene.lettering(
            self._scene.text("penalty-shapes.scene.loss"),
            LABEL_EM,
            color=theme.loss,
            halo=theme.background,
        )

        def follow(shape: Mobject) -> None:
            under = self.upper.place(np.array([self._held()[0], 0.0]))
            aside = 0.2 + shape.width / 2
            shape.move_to(under + np.array([aside, -0.12 - LABEL_EM / 2, 0.0]))

        return VGroup(arrow, name.add_updater(follow))

    def _support(self) -> VMobject:
        """Return a line that touches the penalty at 0 and lies under it."""
        half = SUPPORT * self._exhibit.w[-1]

        def line() -> Array:
            weights = np.array([-half, half])
            return np.column_stack([weights, self._slope_at_zero() * weights])

        return self.upper.curve(line, self._scene.theme.ink)

    def _slope_at_zero(self) -> float:
        """Return the slope of the line under the penalty at 0."""
        turned = np.interp(self._trackers.turn.get_value(), *TURNS)
        return float(turned * self._slope[self._slope[:, 0] == 0.0, 1].max())

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

        def point() -> Array:
            weight = self._weight(side)
            return np.array([weight, self._slope_at(weight)])

        stem = self.lower.curve(
            lambda: np.array([[point()[0], 0.0], point()]), self._scene.theme.ink, 0.6 * CURVE
        )
        return VGroup(stem, self.lower.at(self._small_dot(), point))

    def _small_dot(self) -> VMobject:
        edge = {"stroke_color": self._scene.theme.background, "stroke_width": 2.5}
        return Circle(radius=0.8 * MARKER, **edge).set_fill(self._color, opacity=1.0)

    def _upright(self) -> VMobject:
        """Return the slopes that the line under the penalty has had: a stretch, or none."""
        steepest = self._slope[self._slope[:, 0] == 0.0, 1].max()
        line = VMobject(stroke_color=self._color, stroke_width=UPRIGHT)

        def redraw(shape: VMobject) -> None:
            turn = self._trackers.turn.get_value()
            had = np.interp(np.minimum(turn, TURNS[0]), *TURNS)
            ends = steepest * np.array([[0.0, had.min()], [0.0, had.max()]])
            shape.set_points_as_corners(self.lower.place(ends))

        redraw(line)
        return line.add_updater(redraw)

    def _zero_reading(self) -> VMobject:
        """Return the mark of the line's slope, and then of the slope that answers the loss."""

        def point() -> Array:
            answer = self._trackers.away.get_value() * self._lam
            return np.array([self._held()[0], self._slope_at_zero() + answer])

        return self.lower.at(self._small_dot(), point)

    def _bounds(self) -> VGroup:
        """Return what is written at the slopes of 0."""
        style = {"color": self._color, "halo": self._scene.theme.background}
        if not self._is_l1:
            label = self._scene.lettering("$2 \\lambda w$", LABEL_EM, **style)
            return VGroup(self._by_slope(label))
        bounds = VGroup()
        for sign, text in ((1.0, r"$\lambda$"), (-1.0, r"$-\lambda$")):
            label = self._scene.lettering(text, LABEL_EM, **style)
            point = self.lower.place(np.array([0.0, sign * self._lam]))
            aside = np.array([-sign * (label.width / 2 + 0.18), 0.0, 0.0])
            bounds.add(label.move_to(point + aside))
        return bounds

    def _by_slope(self, label: Mobject) -> Mobject:
        """Return a label where along the slope it stands clearest of all else."""
        left, right, bottom, top = self.lower.window
        axes = np.array([(left, 0.0), (right, 0.0), (0.0, 0.0), (0.0, bottom), (0.0, top)])
        avoid = [dense(self.lower.place(line)) for line in (self._slope, axes)]
        avoid.append(self._slope_name.get_all_points())
        weights = self._exhibit.probes[0] * np.array(NAMED_AT)
        points = self.lower.place(
            np.column_stack([weights, [self._slope_at(weight) for weight in weights]])
        )
        return clearest(label, list(points), self.lower.box, avoid)
