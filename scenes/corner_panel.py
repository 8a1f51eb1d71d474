"""One penalty's half of the corner scene: every shape in it, as a function of trackers."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import (
    Animation,
    Circle,
    LineJointType,
    Mobject,
    Polygon,
    ValueTracker,
    VGroup,
    VMobject,
)

from regviz.lessons.clip import clip_segments
from regviz.lessons.markup import literal
from regviz.scenes import corner_claims as claims
from regviz.scenes.chart import AXIS
from regviz.scenes.labels import beside, clearance, dense, nearest, outline_of
from regviz.scenes.marks import MARKER, goal_mark, optimum_mark, start_mark
from regviz.scenes.plane import Plane, straight
from regviz.scenes.stage import LABEL_EM, TITLE_EM, Box, PanelBoxes
from regviz.scenes.ways import direction, fan_of, first_part, lengths_along, room_along
from regviz.scenes.weight_axes import axis_names, weight_axes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window
    from regviz.lessons.corner import Corner
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
CONTOUR, OUTLINE, PATH, LEVEL, TRACE = 2.5, 5.0, 6.0, 6.0, 6.0
#: a cone of one direction is a line wider than the arrow's shaft in it, and longer
RAY = 14.0
#: dotted lines from the optimum to the axes: width, and a dot and gap in units
DROP, DOTS = 3.5, 0.14
#: while `held` runs through this part, a side's path is walked: one after the other
HELD = {"l1": (0.0, 0.5), "l2": (0.5, 1.0)}
#: size of the numbers on the axes, length of a tick, and how clear of lines a number stands
TICK_EM, TICK, TICK_CLEAR = 0.27, 0.1, 0.07
#: and how clear of an axis's name, which it would else be read with
NAME_CLEAR = 0.3
#: size of the names of the arrow and its parts, which have little room among contours
PULL_EM = 0.28
#: clear enough for a name that must stand by what it names
LABEL_CLEAR = 0.035
#: a part of the arrow shorter than this has no number
SHORTEST_PART = 0.2
#: the path without a penalty once it is only compared with: width, and a dash and gap in units
GHOST, DASH = 4.0, 0.26
#: radius of the dot that runs ahead of a path; under a marker it does not show
HEAD = 0.1
#: how far a label may lean out of its plane, less than the gap between planes
LEAN = 0.22
#: share of what is seen that is added on every side, and at the top, where an axis is named
PADDING, TOP_PADDING = 0.03, 0.09
#: length of the cone: a share of the plane, and no longer than this many units
CONE_SHARE, LONGEST_CONE = 0.36, 1.9
#: share of the limits that is seen beyond an optimum for its cone
CONE_SEEN = 0.3
#: what else bounds cone and arrow, in units: air to the edge, and when there is no room at all
AIR, SHORTEST_CONE, SHORTEST_ARROW = 0.12, 0.8, 0.5
#: a strip that would pass this close to the goal stops short of it, for the goal's name
BESIDE_GOAL = 0.7
#: the cone is longer than the arrow in it
CONE_PER_ARROW = 1.45


@dataclass(frozen=True)
class Trackers:
    """All that changes in the scene; both panels follow the same ones."""

    #: how much of the path without a penalty is walked, 0 to 1
    free: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: how much of the regularized path is walked, 0 to 1
    held: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: position in the exhibit's sweep; what is drawn is the nearest computed step
    step: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: how far the arrow has grown, and how far the cone has opened, 0 to 1
    pull: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: step of the pull that turns; 0 is the loss's own pull
    turn: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    cone: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


class CornerPanel:
    """The shapes of one side; the scene decides when each appears.

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
        self.name = name
        self._scene = scene
        self._boxes = boxes
        self._trackers = trackers
        self._exhibit: Corner = scene.exhibit
        self.side = self._exhibit.side(name)
        self.turned = self._exhibit.turned.get(name)
        self.color: str = getattr(scene.theme, name)
        self.plane = Plane(boxes.plane, _roomier(_seen(self._exhibit)))
        self._sentence: Mobject | None = None

        self.contours = self._contours()
        self.axes = weight_axes(self.plane, scene.theme.muted)
        self.axis_labels = self._axis_labels()
        self._reach = self._cone_length()
        self._arrow_length = self._pull_length()
        self.ticks = self._ticks()
        self.region, self.outline = self._region()
        self.free_path = self._walked(self._exhibit.free_path, trackers.free)
        self.ghost = self._ghost()
        self.path = self._walked(self.side.path, trackers.held, HELD[name])
        self.level = self._level()
        self.trace = self._trace()
        self.start = self._start()
        self.goal = self._goal()
        self.optimum = self._optimum()
        self.drops = self._drops()
        self.cone = self._cone()
        self.pull = self._pull()
        self.start_label, self.goal_label, self.optimum_label = self._labels()
        self.pull_label = self._pull_label()
        self.parts = self._parts()

    # -- what stands still ----------------------------------------------------------------

    def _contours(self) -> VGroup:
        """Return the loss's contours, paler the higher they are."""
        radii = self._exhibit.level_radii
        center, unit = self._exhibit.center, self._exhibit.unit_level
        return VGroup(
            *(
                self.plane.line(
                    center + radius * unit, self._scene.theme.loss, CONTOUR, opacity
                )
                for radius, opacity in zip(
                    radii, np.linspace(0.55, 0.2, len(radii)), strict=True
                )
            )
        )

    def _axis_labels(self) -> VGroup:
        first, second = "$w_1$", "$w_2$"
        if self._exhibit.features is not None:
            one, two = map(literal, self._exhibit.features)
            first, second = f"{first} ({one})", f"{second} ({two})"
        return axis_names(self._scene, self.plane, (first, second))

    def _ticks(self) -> VGroup:
        """Return a few ticks, and the numbers that are clear of what is drawn."""
        exhibit, color = self._exhibit, self._scene.theme.muted
        style = {"color": color, "halo": self._scene.theme.background}
        lines = [exhibit.free_path]
        # of both sides, so that both planes have the same numbers
        for side in (exhibit.l1, exhibit.l2):
            lines += [side.path, side.budget * side.unit_ball]
            lines += [] if side.level is None else [side.level]
        avoid = [dense(self.plane.place(line)) for line in lines]
        avoid += [self.plane.place(point)[None] for point in (exhibit.start, exhibit.center)]
        names = [outline_of(name) for name in self.axis_labels]
        left, right, bottom, top = self.plane.window
        step = _tick_step(min(right - left, top - bottom))
        marks, numbers = VGroup(), VGroup()
        for axis, (low, high) in enumerate(((left, right), (bottom, top))):
            for count in range(int(np.ceil(low / step)), int(high / step) + 1):
                if count == 0:
                    continue
                at = self.plane.place(count * step * np.eye(2)[axis])
                away = np.array([(0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)][axis])
                number = self._scene.lettering(f"${count * step:.6g}$", TICK_EM, **style)
                half = np.array([number.width, number.height, 0.0]) / 2
                number.move_to(at + (0.06 + TICK) * away + half * away)
                mark = VMobject(stroke_color=color, stroke_width=AXIS)
                marks.add(mark.set_points_as_corners([at, at + TICK * away]))
                clear = clearance(number, avoid) >= TICK_CLEAR
                apart = clearance(number, names) >= NAME_CLEAR
                if clear and apart and self._holds(number):
                    numbers.add(number)
        return VGroup(marks, numbers)

    def _holds(self, label: Mobject) -> bool:
        """Say whether a label is all within the plane, with air around it."""
        box, half = self._boxes.plane, np.array([label.width, label.height]) / 2 + AIR
        low, high = label.get_center()[:2] - half, label.get_center()[:2] + half
        return bool(
            low[0] > box.left
            and high[0] < box.right
            and low[1] > box.bottom
            and high[1] < box.top
        )

    def _drops(self) -> VMobject:
        """Return dotted lines from the optimum to the axes it is not on."""
        weights, dots = self.side.weights, []
        for axis in (0, 1) if np.all(weights != 0.0) else ():
            foot = np.where(np.arange(2) == axis, 0.0, weights)
            length = float(np.linalg.norm(weights - foot)) * self.plane.unit
            n_dots = int(length / DOTS)
            if n_dots:
                shares = np.linspace(0.0, 1.0, 2 * n_dots + 1)[:-1, None]
                dots.append((foot + shares * (weights - foot)).reshape(n_dots, 2, 2))
        every = np.concatenate(dots) if dots else np.empty((0, 2, 2))
        return self._dashed(every, self.color, DROP)

    def _start(self) -> VMobject:
        return start_mark(self._scene.theme, self.plane.place(self._exhibit.start))

    def _goal(self) -> VMobject:
        return goal_mark(self._scene.theme, self.plane.place(self._exhibit.center))

    def _labels(self) -> tuple[Mobject, Mobject, Mobject]:
        """Return the labels of the three marked points, clear of what is there with them."""
        side, exhibit, theme = self.side, self._exhibit, self._scene.theme
        points = (exhibit.start, exhibit.center, side.weights)
        always = [self.plane.place(point)[None] for point in points]
        always += [outline_of(name) for name in (*self.axis_labels, *self.ticks[1])]
        # the start is named before there is a region
        lines = [exhibit.free_path, self._axis_lines()]
        always += [dense(self.plane.place(line)) for line in lines]
        start = self._named("start", exhibit.start, theme.path, always)
        lines = [side.path, side.budget * side.unit_ball]
        lines += [] if side.level is None else [side.level]
        always += [dense(self.plane.place(line)) for line in lines]
        optimum = self._named(
            "optimum", side.weights, self.color, [*always, dense(self._parts_line())]
        )
        # only the goal's name is there with the cone and with the trace of the sweep
        always += [
            outline_of(optimum),
            dense(self.plane.place(exhibit.sweep.weights[self.name])),
        ]
        if side.case != "free":
            always += [*self._rays(), self._arrow_line()]
        return start, self._named("goal", exhibit.center, theme.loss, always), optimum

    def _named(self, name: str, point: Array, color: str, avoid: list[Array]) -> Mobject:
        """Return the label of a marked point beside it."""
        label = self._scene.lettering(
            self._scene.text(f"corner.scene.label.{name}"),
            LABEL_EM,
            color=color,
            halo=self._scene.theme.background,
        )
        if name != "optimum":
            return beside(label, self.plane.place(point), self._boxes.plane, avoid)
        # Lines are many around it, and a far name would be read as that of something else.
        return nearest(label, self.plane.place(point), self._boxes.plane, avoid, LABEL_CLEAR)

    def _axis_lines(self) -> Array:
        left, right, bottom, top = self.plane.window
        return np.array([(left, 0.0), (right, 0.0), (0.0, 0.0), (0.0, bottom), (0.0, top)])

    def title(self) -> Mobject:
        """Return the panel's title: the penalty and the region it allows."""
        driver = self._exhibit.sweep.driver
        sentence = self._scene.text(f"corner.scene.title.{driver}.{self.name}")
        return self._scene.fitted(sentence, TITLE_EM, self._boxes.title, color=self.color)

    def sentence(self, key: str, *, strong: bool = False, **values: object) -> list[Animation]:
        """Return the animations that put a sentence below the panel."""
        color = self.color if strong else self._scene.theme.ink
        layout = self._scene.layout
        em = layout.strong_em if strong else layout.sentence_em
        sentence = self._scene.text(key, **values)
        text = self._scene.fitted(sentence, em, self._boxes.sentence, color=color)
        changed = self._scene.swap(self._sentence, text)
        self._sentence = text
        return changed

    def silence(self) -> list[Animation]:
        """Return the animations that clear the sentence below the panel."""
        changed = self._scene.swap(self._sentence, None)
        self._sentence = None
        return changed

    @property
    def spoken(self) -> Mobject | None:
        """The sentence that stands below the panel."""
        return self._sentence

    # -- what follows the step of the sweep -----------------------------------------------

    def _at(self) -> int:
        """Return the computed step nearest to the tracker: only what was solved is drawn."""
        return round(self._trackers.step.get_value())

    def _region(self) -> tuple[VMobject, VMobject]:
        theme = self._scene.theme
        ball = self._ball()
        fill = self.plane.fill(ball, theme.region, 0.42)
        outline = self.plane.line(ball, self.color, OUTLINE)
        outline.joint_type = LineJointType.MITER
        fill.add_updater(lambda shape: self.plane.redraw_fill(shape, self._ball()))
        outline.add_updater(lambda shape: self.plane.redraw_line(shape, self._ball()))
        return fill, outline

    def _ball(self) -> Array:
        return self._exhibit.sweep.budgets[self.name][self._at()] * self.side.unit_ball

    def _level(self) -> VMobject:
        line = self.plane.line(self._contour(), self._scene.theme.loss, LEVEL)
        line.add_updater(lambda shape: self.plane.redraw_line(shape, self._contour()))
        return line

    def _contour(self) -> Array:
        """Return the contour through the optimum; at the lesson's own step, exactly through."""
        sweep = self._exhibit.sweep
        if self._at() == sweep.at and self.side.level is not None:
            return self.side.level
        radius = sweep.level_radii[self.name][self._at()]
        return self._exhibit.center + radius * self._exhibit.unit_level

    def _trace(self) -> VMobject:
        line = self.plane.line(np.empty((1, 2)), self.color, TRACE)
        line.add_updater(lambda shape: self.plane.redraw_line(shape, self._traced()))
        return line

    def _traced(self) -> Array:
        return self._exhibit.sweep.weights[self.name][: self._at() + 1]

    def _optimum(self) -> VMobject:
        marker = optimum_mark(self._scene.theme, self.name)
        marker.add_updater(lambda shape: shape.move_to(self._optimum_place()))
        return marker.move_to(self._optimum_place())

    def _optimum_place(self) -> Array:
        if self._turn():
            return self._arrow_start()
        return self.plane.place(self._exhibit.sweep.weights[self.name][self._at()])

    # -- what follows the other trackers --------------------------------------------------

    def _walked(
        self, path: Array, tracker: ValueTracker, part: tuple[float, float] = (0.0, 1.0)
    ) -> VGroup:
        """Return the part of a path that is walked, by length along it, and a dot ahead.

        It is walked while the tracker runs through `part`.
        """
        lengths = lengths_along(path)
        color = self._scene.theme.path
        line = self.plane.line(path[:1], color, PATH)
        line.joint_type = LineJointType.ROUND
        head = Circle(radius=HEAD, stroke_width=0, fill_color=color, fill_opacity=1.0)

        def redraw(_: VGroup) -> None:
            share = float(np.interp(tracker.get_value(), part, (0.0, 1.0)))
            walked = first_part(path, lengths, share)
            self.plane.redraw_line(line, walked)
            head.move_to(self.plane.place(walked[-1]))

        walked = VGroup(line, head)
        redraw(walked)
        return walked.add_updater(redraw)

    def _ghost(self) -> VMobject:
        """Return the whole path without a penalty in dashes, to compare the other with."""
        path = self._exhibit.free_path
        lengths = lengths_along(path)
        n_dashes = max(1, round(float(lengths[-1]) * self.plane.unit / DASH))
        edges = np.linspace(0.0, lengths[-1], 2 * n_dashes + 1)[:-1]
        ends = np.stack([np.interp(edges, lengths, column) for column in path.T], axis=1)
        return self._dashed(ends.reshape(n_dashes, 2, 2), self._scene.theme.muted, GHOST)

    def _dashed(self, dashes: Array, color: str, width: float) -> VMobject:
        """Return straight dashes of shape `(n_dashes, 2, 2)` as one shape."""
        drawn = VMobject(stroke_color=color, stroke_width=width)
        if len(dashes) == 0:
            return drawn
        seen = [clip_segments(dash, self.plane.window) for dash in dashes]
        return drawn.set_points(straight(self.plane.place(np.concatenate(seen))))

    def _cone_length(self) -> float:
        """Return how far the cone reaches: within the plane, and short of an axis's name."""
        box, apex = self._boxes.plane, self.plane.place(self.side.weights)
        fan = fan_of(self.side.cone, 1.0)
        room = [
            room_along(apex, way, box) - AIR for way in (*fan[::15], direction(self.side.pull))
        ]
        wanted = min(CONE_SHARE * min(box.width, box.height), LONGEST_CONE, *room)
        if len(fan) == 1:
            goal = self.plane.place(self._exhibit.center) - apex
            ahead = float(goal @ fan[0])
            aside = float(np.linalg.norm(goal - ahead * fan[0]))
            if aside < BESIDE_GOAL and ahead - MARKER > SHORTEST_CONE:
                wanted = min(wanted, ahead - MARKER)
        for point in np.concatenate([outline_of(name) for name in self.axis_labels]):
            away = float(np.linalg.norm(point - apex))
            if len(fan) and float(np.max(fan @ (point - apex))) > 0.99 * away:
                wanted = min(wanted, max(away - AIR, SHORTEST_CONE))
        return wanted

    def _pull_length(self) -> float:
        """Return the length of the arrow: a share of the cone, and short of the goal."""
        length, along = self._reach / CONE_PER_ARROW, direction(self.side.pull)
        goal = self.plane.place(self._exhibit.center) - self._arrow_start()
        ahead = float(goal @ along)
        passes = float(np.linalg.norm(goal - ahead * along)) < 2.2 * MARKER
        stop = ahead - 2.2 * MARKER
        return min(length, stop) if passes and stop > SHORTEST_ARROW else length

    def _rays(self) -> list[Array]:
        """Return the edges of the open cone, for labels to stay clear of."""
        fan, apex = fan_of(self.side.cone, 1.0), self.plane.place(self.side.weights)
        return [
            dense(np.stack([apex, apex + self._reach * ray])) for ray in (*fan[:1], *fan[-1:])
        ]

    def _turn(self) -> int:
        """Return the computed step of the turning pull nearest to the tracker."""
        return 0 if self.turned is None else round(self._trackers.turn.get_value())

    def _arrow_start(self) -> Array:
        """Return where the pulled point is: at the optimum, or where a turn drove it."""
        at = self._turn()
        return self.plane.place(
            self.turned.weights[at] if self.turned and at else self.side.weights
        )

    def _arrow(self) -> Array:
        """Return the whole arrow, within the plane wherever its pull has turned to."""
        at = self._turn()
        if self.turned is None or at == 0:
            return self._arrow_length * direction(self.side.pull)
        along = direction(self.turned.pulls[at])
        room = room_along(self._arrow_start(), along, self._boxes.plane) - AIR
        return max(SHORTEST_ARROW, min(self._arrow_length, room)) * along

    def _arrow_line(self) -> Array:
        """Return points along the arrow, for labels to stay clear of."""
        start = self._arrow_start()
        return dense(np.stack([start, start + self._arrow()]))

    def _pull(self) -> VGroup:
        """Return the arrow along minus the gradient; only its direction means something."""
        color = self._scene.theme.ink
        shaft = VMobject(stroke_color=color, stroke_width=6.0)
        tip = Polygon((0, 0, 0), (0, 0, 0), (0, 0, 0), stroke_width=0)
        tip.set_fill(color, opacity=1.0)
        arrow = VGroup(shaft, tip)

        def redraw(_: VGroup) -> None:
            start, whole = self._arrow_start(), self._arrow()
            along = whole / (np.linalg.norm(whole) or 1.0)
            across = np.array([-along[1], along[0], 0.0])
            end = start + self._trackers.pull.get_value() * whole
            neck = end - min(0.26, float(np.linalg.norm(end - start))) * along
            shaft.set_points_as_corners([start, neck])
            tip.set_points_as_corners([end, neck + 0.12 * across, neck - 0.12 * across, end])

        redraw(arrow)
        return arrow.add_updater(redraw)

    def _pull_label(self) -> Mobject:
        theme = self._scene.theme
        label = self._scene.lettering(
            self._scene.text("corner.scene.label.pull"), PULL_EM, halo=theme.background
        )
        # paths and the other labels are gone by the time it is shown
        avoid = [dense(self.plane.place(self._axis_lines()))]
        avoid += [self._arrow_line()]
        avoid += self._rays()
        avoid += [dense(self._parts_line())]
        avoid += [dense(self.plane.place(self.side.budget * self.side.unit_ball))]
        if self.side.level is not None:
            avoid += [dense(self.plane.place(self.side.level))]
        names = (self.goal_label, self.optimum_label, *self.axis_labels, *self.ticks[1])
        avoid += [outline_of(text) for text in names]
        avoid += [self.goal.get_center()[None]]
        # this label may lean out of its plane: in a narrow one there is no other room
        along = np.linspace(1.0, 0.7, 4)[:, None] * self._arrow()
        places = self._arrow_start() + along
        return nearest(label, places, _leaning(self._boxes.plane), avoid, LABEL_CLEAR)

    def _parts_line(self) -> Array:
        """Return the way from the optimum along w1, then w2, to the arrow's tip.

        It is nowhere else than at the optimum where nothing is said of the parts.
        """
        start, whole = self._arrow_start(), self._arrow()
        if self.name != "l1" or not claims.is_sparse_contrast(self._exhibit):
            return np.stack([start, start])
        return np.stack([start, start + whole * [1.0, 0.0, 0.0], start + whole])

    def _parts(self) -> VGroup:
        """Return the two parts of the pull in dots, each with its number."""
        parts, line, ink = VGroup(), self._parts_line(), self._scene.theme.ink
        legs = list(itertools.pairwise(line)) if len(line) > 2 else []
        names = (self.goal_label, self.optimum_label, self.pull_label, *self.axis_labels)
        # The contour through the optimum, which runs among them, is gone when they are shown.
        drawn = (self.side.budget * self.side.unit_ball, self._axis_lines())
        avoid = [dense(self.plane.place(shape)) for shape in drawn]
        avoid += [outline_of(name) for name in (*names, *self.ticks[1])]
        avoid += [dense(line), self._arrow_line(), self.goal.get_center()[None]]
        # The second first: it has only one side, where the other's number would fit as well.
        for (start, end), pull in reversed(list(zip(legs, self.side.pull, strict=False))):
            n_dots = int(float(np.linalg.norm(end - start)) / DOTS)
            if n_dots * DOTS < SHORTEST_PART:
                continue
            shares = np.linspace(0.0, 1.0, 2 * n_dots + 1)[:-1, None]
            dots = VMobject(stroke_color=ink, stroke_width=DROP)
            ends = (start + shares * (end - start)).reshape(n_dots, 2, 3)
            number = self._scene.lettering(
                f"${claims.size(pull)}$", PULL_EM, halo=self._scene.theme.background
            )
            places = start + np.linspace(0.5, 0.9, 5)[:, None] * (end - start)
            nearest(number, places, _leaning(self._boxes.plane), avoid, LABEL_CLEAR)
            avoid.append(outline_of(number))
            parts.add(dots.set_points(straight(ends)), number)
        return parts

    def _cone(self) -> VGroup:
        """Return the normal cone at the optimum: a wedge where it is wide, else one ray."""
        wedge = VMobject(stroke_width=0, fill_color=self.color, fill_opacity=0.38)
        edge = VMobject(stroke_color=self.color)
        is_ray = len(self.side.cone) == 1
        edge.set_stroke(width=RAY if is_ray else OUTLINE, opacity=0.38 if is_ray else 1.0)
        cone = VGroup(wedge, edge)

        def redraw(_: VGroup) -> None:
            apex = self.plane.place(self.side.weights)
            rim = apex + self._reach * fan_of(self.side.cone, self._trackers.cone.get_value())
            wedge.clear_points()
            edge.clear_points()
            if len(rim) > 1:
                wedge.set_points_as_corners([apex, *rim, apex])
            if len(rim):
                edge.set_points_as_corners([rim[0], apex, rim[-1]])

        redraw(cone)
        return cone.add_updater(redraw)


def _seen(exhibit: Corner) -> Window:
    """Return the exhibit's view, wide enough for the cones at both optima."""
    left, right, bottom, top = exhibit.view
    far = CONE_SEEN * (exhibit.limits[1] - exhibit.limits[0])
    for side in (exhibit.l1, exhibit.l2):
        if len(side.cone) > 2 or side.case == "free":
            continue
        for way in (*fan_of(side.cone, 1.0)[::15], direction(side.pull)):
            x, y = side.weights + far * way[:2]
            left, right = min(left, x), max(right, x)
            bottom, top = min(bottom, y), max(top, y)
    return left, right, bottom, top


def _roomier(limits: Window) -> Window:
    """Widen limits, so that marks and labels at their edge stand free."""
    left, right, bottom, top = limits
    across, high = PADDING * (right - left), top - bottom
    return left - across, right + across, bottom - PADDING * high, top + TOP_PADDING * high


def _tick_step(span: float) -> float:
    """Return 1, 2 or 5 times a power of 10 that fits at most five times into a span."""
    power = 10.0 ** np.floor(np.log10(span / 5.0))
    return float(power * next(step for step in (1, 2, 5, 10) if 5 * step * power >= span))


def _leaning(box: Box) -> Box:
    return Box(box.left - LEAN, box.right + LEAN, box.bottom, box.top)
