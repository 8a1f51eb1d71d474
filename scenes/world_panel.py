"""One world of the feature-selection scene: its true weights, and how far each penalty errs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, VGroup, VMobject

from regviz.lessons.numbers import shown
from regviz.scenes.chart import AXIS
from regviz.scenes.marks import outline, polygons
from regviz.scenes.stage import LABEL_EM, TITLE_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.few_or_many import World
    from regviz.scenes.base import LessonScene

#: the rows of errors, from the top
ROWS = ("free", "l1", "l2")
#: height of a line of lettering, of the advice, and of a row of errors at most; air between
LINE, ADVICE, LARGEST_ROW, AIR = 0.44, 0.47, 0.5, 0.12
#: in a panel that is not wider, the errors are named in fewer words, and this em
WIDE, NARROW_EM = 6.0, 0.26
#: share of what is left above the errors that their rows take
BELOW = 0.5
#: parts of a row and of a weight's room that its bar takes
THICK, BROAD = 0.62, 0.7
#: radius of a ring that stands for a weight of 0
RING = 0.07
#: air beside a name and a number
BESIDE = 0.15
#: a bar that errs less than the others is solid
FAINT, SOLID = 0.45, 0.9


class WorldPanel:
    """The shapes of one world; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    side
        Which of the exhibit's worlds.
    boxes
        Where the panel stands.

    Attributes
    ----------
    weights, errors
        What appears one after the other: the true weights with what is said of them, and below
        them the errors.
    """

    def __init__(self, scene: LessonScene, side: int, boxes: PanelBoxes) -> None:
        self._scene, self._boxes = scene, boxes
        self._worlds: tuple[World, World] = scene.exhibit.worlds
        self._name, self._world = ("few", "many")[side], self._worlds[side]
        plane, advice = boxes.plane, boxes.sentence
        self._advice = Box(advice.left, advice.right, advice.bottom, advice.bottom + ADVICE)
        bottom = self._advice.top + AIR
        self._is_wide = plane.width > WIDE
        room = plane.top - bottom - 2 * LINE - AIR
        self._row = min(LARGEST_ROW, BELOW * room / len(ROWS))
        rows_top = bottom + len(ROWS) * self._row
        named = rows_top + LINE
        self._rows = Box(plane.left, plane.right, bottom, rows_top)
        self._bars = Box(plane.left, plane.right, named + AIR, plane.top - LINE)
        self.weights = VGroup(
            self._title(),
            self._line("weights", plane.top - LINE, **self._sum()),
            *self._true_weights(),
        )
        errors = f"errors.{'long' if self._is_wide else 'short'}"
        self.errors = VGroup(self._line(errors, rows_top), *self._error_rows())

    def advice(self) -> Mobject:
        """Return what follows, below the panel: the penalty that errs less in such a world."""
        name = self._best()
        sentence = self._scene.text(f"feature-selection.scene.advice.{name}")
        em, color = self._scene.layout.strong_em, getattr(self._scene.theme, name)
        return self._scene.fitted(sentence, em, self._advice, color=color, bold=True)

    # -- the true weights -----------------------------------------------------------------

    def _sum(self) -> dict[str, object]:
        """Return what is told of the weights that matter, and the sum of their squares."""
        weights, matter = self._world.weights, self._world.n_matter
        total = float(np.square(weights).sum())
        return {"matter": matter, "weight": f"{weights[0]:.2g}", "total": f"{total:.3g}"}

    def _title(self) -> Mobject:
        world = self._world
        sentence = self._scene.text(
            f"feature-selection.scene.world.{self._name}",
            matter=world.n_matter,
            n=len(world.weights),
        )
        return self._scene.fitted(sentence, TITLE_EM, self._boxes.title, bold=True)

    def _line(self, key: str, bottom: float, **values: object) -> Mobject:
        """Return a line of lettering across the panel."""
        box = Box(self._boxes.plane.left, self._boxes.plane.right, bottom, bottom + LINE)
        sentence = self._scene.text(f"feature-selection.scene.world.{key}", **values)
        color = self._scene.theme.muted
        return self._scene.fitted(sentence, self._scene.layout.sentence_em, box, color=color)

    def _true_weights(self) -> tuple[VMobject, ...]:
        """Return the weights as upright bars on the line of 0; those of 0 are rings."""
        theme, box, weights = self._scene.theme, self._bars, self._world.weights
        highest = max(float(world.weights.max()) for world in self._worlds)
        step = box.width / len(weights)
        x = box.left + step * (np.arange(len(weights)) + 0.5)
        heights = box.height * weights / highest
        bars = VMobject(stroke_width=0, fill_color=theme.ink, fill_opacity=1.0)
        matter = weights != 0.0
        bars.set_points(
            polygons(_upright(x[matter], box.bottom, heights[matter], BROAD * step / 2.0))
        )
        zero = VMobject(stroke_color=theme.muted, stroke_width=AXIS)
        zero.set_points_as_corners([(box.left, box.bottom, 0.0), (box.right, box.bottom, 0.0)])
        rings = VMobject(stroke_color=theme.ink, stroke_width=AXIS)
        rings.set_fill(theme.background, opacity=1.0)
        middles = np.column_stack([x, np.full_like(x, box.bottom), np.zeros_like(x)])[~matter]
        rings.set_points(polygons(middles[:, None] + outline(24, RING)))
        return bars, zero, rings

    # -- the errors -----------------------------------------------------------------------

    def _best(self) -> str:
        return min(("l1", "l2"), key=self._world.error.__getitem__)

    def _error_rows(self) -> list[VGroup]:
        """Return a row per penalty: its name, a bar as long as its error, and the number."""
        em = min(LABEL_EM if self._is_wide else NARROW_EM, 0.8 * self._row)
        names = [
            self._scene.lettering(
                self._scene.text(f"feature-selection.scene.world.{name}"),
                em,
                color=self._color(name),
            )
            for name in ROWS
        ]
        left = self._rows.left + max(name.width for name in names) + BESIDE
        numbers = [self._number(name, em) for name in ROWS]
        right = self._rows.right - max(number.width for number in numbers) - BESIDE
        scale = (right - left) / max(max(world.error.values()) for world in self._worlds)
        rows = []
        for place, (name, label, number) in enumerate(zip(ROWS, names, numbers, strict=True)):
            y = self._rows.top - (place + 0.5) * self._row
            length = scale * self._world.error[name]
            label.shift((left - BESIDE - label.get_right()[0], y, 0.0))
            number.shift((left + length + BESIDE - number.get_left()[0], y, 0.0))
            rows.append(VGroup(label, self._bar(name, left, y, length), number))
        return rows

    def _color(self, name: str) -> str:
        color: str = getattr(self._scene.theme, "muted" if name == "free" else name)
        return color

    def _number(self, name: str, em: float) -> Mobject:
        is_best = name == self._best()
        error = shown(self._world.error[name])
        return self._scene.lettering(error, em, color=self._color(name), bold=is_best)

    def _bar(self, name: str, left: float, y: float, length: float) -> VMobject:
        opacity = SOLID if name == self._best() else FAINT
        bar = VMobject(stroke_width=0, fill_color=self._color(name), fill_opacity=opacity)
        half = THICK * self._row / 2.0
        middle = np.array([left + length / 2.0])
        return bar.set_points(
            polygons(_upright(middle, y - half, np.array([2.0 * half]), length / 2.0))
        )


def _upright(x: Array, bottom: float, heights: Array, half: float) -> Array:
    """Return closed outlines `(n, 5, 3)` of bars about `x`, with their heights, `(n,)` each."""
    across = x[:, None] + half * np.array([-1.0, 1.0, 1.0, -1.0, -1.0])
    up = bottom + heights[:, None] * np.array([0.0, 0.0, 1.0, 1.0, 0.0])
    return np.stack([across, up, np.zeros_like(across)], axis=-1)
