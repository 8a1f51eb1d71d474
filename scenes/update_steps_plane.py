"""The same updates on two weights: paths across the contours of the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import (
    LineJointType,
    ValueTracker,
    VGroup,
    VMobject,
)

from regviz.scenes.labels import beside, dense, outline_of
from regviz.scenes.marks import goal_mark, optimum_mark, start_mark
from regviz.scenes.plane import Plane
from regviz.scenes.stage import LABEL_EM, Box
from regviz.scenes.weight_axes import named_axes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.update_steps import Track, UpdateSteps
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
CONTOUR, THIN, THICK = 2.5, 3.5, 6.0


class StepPlane:
    """The shapes of the plane; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    box
        Where it stands.
    step
        Step up to which all paths are drawn.
    """

    def __init__(self, scene: LessonScene, box: Box, step: ValueTracker) -> None:
        self._scene = scene
        self._box = box
        self._step = step
        self._exhibit: UpdateSteps = scene.exhibit
        self.plane = Plane(box, self._exhibit.plane_limits)
        theme = scene.theme
        self.contours = VGroup(
            *(
                self.plane.line(
                    self._exhibit.plane_center + radius * self._exhibit.plane_level,
                    theme.loss,
                    CONTOUR,
                    0.45,
                )
                for radius in self._exhibit.plane_radii
            )
        )
        self.axes = named_axes(scene, self.plane, ("$W_1$", "$W_2$"))
        self.goal = self._goal()
        self.start = self._start()
        self.sign = self._path(self._exhibit.sign, theme.path, THIN)
        self.proximal = self._path(self._exhibit.proximal, theme.l1, THICK)
        self.l2 = self._path(self._exhibit.l2, theme.l2, THICK)
        self.l1_head = self._head(self._exhibit.proximal, "l1")
        self.l2_head = self._head(self._exhibit.l2, "l2")
        self.names = self._names()

    def _goal(self) -> VMobject:
        return goal_mark(self._scene.theme, self.plane.place(self._exhibit.plane_center))

    def _start(self) -> VMobject:
        return start_mark(self._scene.theme, self.plane.place(self._exhibit.sign.plane[0]))

    def _path(self, track: Track, color: str, width: float) -> VMobject:
        line = self.plane.line(track.plane[:1], color, width)
        line.joint_type = LineJointType.ROUND
        line.add_updater(lambda shape: self.plane.redraw_line(shape, self._walked(track)))
        return line

    def _walked(self, track: Track) -> Array:
        whole = int(self._step.get_value())
        return np.vstack([track.plane[: whole + 1], self._at(track)])

    def _at(self, track: Track) -> Array:
        done, steps = self._step.get_value(), np.arange(len(track.plane))
        return np.array([np.interp(done, steps, weights) for weights in track.plane.T])

    def _head(self, track: Track, name: str) -> VMobject:
        marker = optimum_mark(self._scene.theme, name)
        marker.add_updater(lambda shape: shape.move_to(self.plane.place(self._at(track))))
        return marker.update()

    def _names(self) -> VGroup:
        """Return the names of the lowest loss, the start and the ends, clear of paths."""
        exhibit, theme, text = self._exhibit, self._scene.theme, self._scene.text
        parts = exhibit.zeros["l1"] != "none"
        l1 = text("update-steps.label.proximal") if parts else "L1"
        named = [
            (text("update-steps.label.free"), theme.loss, exhibit.plane_center, False),
            (text("update-steps.label.start"), theme.path, exhibit.sign.plane[0], False),
            (l1, theme.l1, exhibit.proximal.plane[-1], True),
            ("L2", theme.l2, exhibit.l2.plane[-1], True),
        ]
        if parts:
            # Where the sign step leaves the proximal step's way furthest.
            away = np.abs(exhibit.sign.plane - exhibit.proximal.plane).max(axis=1)
            at = exhibit.sign.plane[int(np.argmax(away))]
            named.append((text("update-steps.label.sign"), theme.path, at, False))
        left, right, bottom, top = self.plane.window
        axes = np.array([(left, 0.0), (right, 0.0), (0.0, 0.0), (0.0, bottom), (0.0, top)])
        tracks = (exhibit.sign, exhibit.proximal, exhibit.l2)
        avoid = [dense(self.plane.place(track.plane)) for track in tracks]
        avoid += [dense(self.plane.place(axes))]
        avoid += [self.plane.place(point)[None] for _, _, point, _ in named]
        avoid += [outline_of(name) for name in self.axes[-2:]]
        names = VGroup()
        for sentence, color, point, bold in named:
            name = self._scene.lettering(
                sentence, LABEL_EM, color=color, bold=bold, halo=theme.background
            )
            beside(name, self.plane.place(point), self._box, avoid)
            avoid.append(outline_of(name))
            names.add(name)
        return names
