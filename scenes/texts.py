"""What is written at the points of a mark, as one manim shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject

from regviz.lessons.picture import inside
from regviz.scenes.stage import LABEL_EM, halo

if TYPE_CHECKING:
    from regviz.lessons.axes import Lens
    from regviz.lessons.base import Array
    from regviz.lessons.picture import Mark
    from regviz.scenes.base import LessonScene


class Texts(VMobject):
    """The texts of a mark, each with its middle at a point; as its last `draw` says."""

    def __init__(self, scene: LessonScene, mark: Mark) -> None:
        color = getattr(scene.theme, mark.role)
        super().__init__(stroke_width=0, fill_color=color, fill_opacity=1.0)
        halo(self, scene.theme.background, LABEL_EM)
        self._outlines = [
            _centred(scene.lettering(scene.text.say(said), LABEL_EM)) for said in mark.texts
        ]

    def draw(self, points: Array, lens: Lens) -> None:
        """Stand at these points, those that are seen."""
        stood = [
            outline + np.array([*at, 0.0])
            for outline, at, is_seen in zip(
                self._outlines, lens.place(points), inside(points, lens.window), strict=True
            )
            if is_seen
        ]
        self.set_points(np.concatenate([np.zeros((0, 3)), *stood]))

    def boxes(self, points: Array, lens: Lens) -> Array:
        """Return what is taken by those that are seen, `(left, bottom, right, top)` each."""
        sizes = np.array([np.ptp(outline, axis=0)[:2] for outline in self._outlines])
        is_seen = inside(points, lens.window)
        middles, half = lens.place(points)[is_seen], sizes[is_seen] / 2.0
        return np.concatenate([middles - half, middles + half], axis=1)


def _centred(lettering: VMobject) -> Array:
    """Return the outline about the middle of its line, so that those beside it are level."""
    outline = np.concatenate([part.points for part in lettering.family_members_with_points()])
    centred: Array = outline - (outline.min(axis=0) + outline.max(axis=0)) / 2.0 * [
        1.0,
        0.0,
        0.0,
    ]
    return centred
