"""The axes of a weight plane, with their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from manim import Triangle, VGroup

from scenes.chart import AXIS
from scenes.plane import Plane
from scenes.stage import LABEL_EM

if TYPE_CHECKING:
    from scenes.base import LessonScene


def weight_axes(scene: LessonScene, plane: Plane, names: Sequence[str]) -> VGroup:
    """Draw both axes through the origin, with arrows and names at their positive ends."""
    left, right, bottom, top = plane.window
    color, ground = scene.theme.muted, scene.theme.background
    axes = VGroup()
    ends = ([(left, 0.0), (right, 0.0)], [(0.0, bottom), (0.0, top)])
    for line, turn in zip(ends, (-90, 0), strict=True):
        axes.add(plane.line(np.array(line), color, AXIS))
        tip = Triangle(fill_color=color, fill_opacity=1.0, stroke_width=0)
        tip.scale(0.1).rotate(np.radians(turn))
        axes.add(tip.move_to(plane.place(np.array(line[1]))))
    first, second = (
        scene.lettering(name, LABEL_EM, color=color, halo=ground) for name in names
    )
    end, head = plane.place(np.array([[right, 0.0], [0.0, top]]))
    first.move_to(end + np.array([-first.width / 2, -0.17 - first.height / 2, 0.0]))
    second.move_to(head + np.array([0.2 + second.width / 2, -second.height / 2, 0.0]))
    return axes.add(first, second)
