"""The rows of the data as a bar, of which one part after the other is held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, ValueTracker, VGroup, VMobject

from regviz.scenes.chart import AXIS
from regviz.scenes.marks import polygons
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.base import LessonScene

#: heights of the bar with its name below, and the part of it that is the bar's
HEIGHT, BAR = 0.66, 0.2
#: em of its name
NAME_EM = 0.26
#: between the number of rows and the bar
BESIDE = 0.2


class RowsBar(VGroup):
    """All rows in their parts; the part that is held out is dark, and named below.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    box
        Where it stands.
    fold
        Which part is held out, from 0; what is drawn is the nearest one.
    """

    def __init__(self, scene: LessonScene, box: Box, fold: ValueTracker) -> None:
        self._n_folds: int = scene.exhibit.n_folds
        theme = scene.theme
        count = scene.text("feature-selection.scene.choose.rows", n=scene.exhibit.n_rows)
        rows = scene.lettering(count, LABEL_EM)
        rows.shift((box.left - rows.get_left()[0], box.top - BAR / 2.0, 0.0))
        self._bar = Box(rows.get_right()[0] + BESIDE, box.right, box.top - BAR, box.top)
        parts = VMobject(stroke_color=theme.muted, stroke_width=AXIS)
        parts.set_fill(theme.muted, opacity=0.2)
        parts.set_points(polygons(np.stack([self._part(at) for at in range(self._n_folds)])))
        super().__init__(rows, parts, self._held_out(scene, fold))

    def _part(self, at: int) -> Array:
        """Return the outline of one part of the rows, shape `(5, 3)`."""
        bar, width = self._bar, self._bar.width / self._n_folds
        left = bar.left + at * width
        x = left + width * np.array([0.0, 1.0, 1.0, 0.0, 0.0])
        y = np.array([bar.bottom, bar.bottom, bar.top, bar.top, bar.bottom])
        return np.stack([x, y, np.zeros(5)], axis=1)

    def _held_out(self, scene: LessonScene, fold: ValueTracker) -> VGroup:
        part = VMobject(stroke_width=0, fill_color=scene.theme.ink, fill_opacity=1.0)
        name = scene.lettering(scene.text("feature-selection.scene.choose.part"), NAME_EM)
        farthest = self._bar.right - name.width / 2.0
        below = self._bar.bottom - 0.58 * NAME_EM

        def redraw(_: Mobject) -> None:
            outlined = self._part(round(fold.get_value()))
            part.set_points(polygons(outlined[None]))
            name.move_to((min(float(outlined[:4, 0].mean()), farthest), below, 0.0))

        return VGroup(part, name).add_updater(redraw).update()
