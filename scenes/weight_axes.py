"""The two axes of a plane of weights, with an arrow at each end, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from manim import Triangle, VGroup

from regviz.scenes.chart import AXIS
from regviz.scenes.stage import LABEL_EM

if TYPE_CHECKING:
    from regviz.scenes.base import LessonScene
    from regviz.scenes.plane import Plane

#: scale of an arrow's head; how far a name stands from its axis, below and beside it, in units
_HEAD, _BELOW, _BESIDE = 0.1, 0.17, 0.2


def weight_axes(plane: Plane, color: str) -> VGroup:
    """Return the axes through 0, from one edge of the plane to the other."""
    left, right, bottom, top = plane.window
    axes = VGroup()
    ends = ([(left, 0.0), (right, 0.0)], [(0.0, bottom), (0.0, top)])
    for line, turn in zip(ends, (-90, 0), strict=True):
        axes.add(plane.line(np.array(line), color, AXIS))
        tip = Triangle(fill_color=color, fill_opacity=1.0, stroke_width=0)
        tip.scale(_HEAD).rotate(np.radians(turn))
        axes.add(tip.move_to(plane.place(np.array(line[1]))))
    return axes


def axis_names(scene: LessonScene, plane: Plane, names: Sequence[str]) -> VGroup:
    """Return the names at the ends of the axes: the first below its end, the second beside."""
    _, right, _, top = plane.window
    style = {"color": scene.theme.muted, "halo": scene.theme.background}
    first, second = (scene.lettering(name, LABEL_EM, **style) for name in names)
    end, head = plane.place(np.array([[right, 0.0], [0.0, top]]))
    below = np.array([-first.width / 2, -_BELOW - first.height / 2, 0.0])
    beside = np.array([_BESIDE + second.width / 2, -second.height / 2, 0.0])
    return VGroup(first.move_to(end + below), second.move_to(head + beside))


def named_axes(scene: LessonScene, plane: Plane, names: Sequence[str]) -> VGroup:
    """Return the axes and their names as one."""
    return weight_axes(plane, scene.theme.muted).add(*axis_names(scene, plane, names))
