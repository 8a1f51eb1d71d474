"""A panel's axes in a scene, and how its values are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VGroup, VMobject

from regviz.lessons.axes import Layout, Lens, Spot, Type
from regviz.scenes.segments import straight
from regviz.scenes.stage import LABEL_EM

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.box import Box
    from regviz.lessons.clip import Window
    from regviz.lessons.picture import Panel
    from regviz.scenes.base import LessonScene

#: width of axes in manim's hundredths of a unit
AXIS = 2.5
#: length of an arrow's head
TIP = 0.17


class Axes(VGroup):
    """A panel's axes, its ticks, and what is written there; they look as the last `draw` says.

    Parameters
    ----------
    scene
        Gives the theme, the language and the lettering.
    panel
        Whose axes these are.
    beside
        Room that labels need at the right of a chart.

    Attributes
    ----------
    lines
        Segments `(n, 2, 2)` of the axes.
    heads
        Boxes `(n, 4)` of their arrows' heads.
    lettering
        What is written there. It is apart, as it stands above marks, and axes below them.
    """

    def __init__(self, scene: LessonScene, panel: Panel, beside: float) -> None:
        self._scene, muted = scene, scene.theme.muted
        self._lines = VMobject(stroke_color=muted, stroke_width=AXIS)
        self._tips = VMobject(stroke_width=0, fill_color=muted, fill_opacity=1.0)
        self._has_tips = panel.kind != "bars"
        self._names = [self._lettered(scene.text.say(said)) for said in panel.axes]
        self._numbers = [
            {at: self._lettered(said, toned.get(at, "muted")) for at, said in ticks.items()}
            for ticks, toned in zip(panel.ticks, ({}, panel.toned), strict=True)
        ]
        self._letters = [
            *self._names,
            *(each for one in self._numbers for each in one.values()),
        ]
        first, second = (
            {at: number.width for at, number in one.items()} for one in self._numbers
        )
        level, upright = (name.width for name in self._names)
        self.lines, self.heads = np.zeros((0, 2, 2)), np.zeros((0, 4))
        self._layout = Layout(panel, Type(LABEL_EM, (level, upright), (first, second), beside))
        super().__init__(self._lines, self._tips)
        fill = scene.theme.background
        self._grounds = VMobject(stroke_width=0, fill_color=fill, fill_opacity=1.0)
        self.lettering = VGroup(self._grounds, *(one.shape for one in self._letters))

    def lens(self, box: Box, limits: Window) -> Lens:
        """Return how values are seen when the panel stands in a box and shows these limits."""
        return self._layout.lens(box, limits)

    def draw(self, lens: Lens) -> None:
        """Stand where this lens says."""
        laid = self._layout.laid(lens)
        self.lines = np.concatenate([np.zeros((0, 2, 2)), *laid.axes.values()])
        self._lines.set_points(straight(np.concatenate([self.lines, laid.ticks])))
        tips = [_tip(axis[-1]) for axis in laid.axes.values() if self._has_tips]
        ends = [[*tip[:, 0].min(axis=0), *tip[:, 0].max(axis=0)] for tip in tips]
        self.heads = np.array(ends).reshape(-1, 4)
        self._tips.set_points(straight(np.concatenate([np.zeros((0, 2, 2)), *tips])))
        corners = laid.grounds[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
        sides = np.stack([corners, np.roll(corners, -1, axis=1)], axis=2)
        self._grounds.set_points(straight(sides.reshape(-1, 2, 2)))
        for numbers, spots in zip(self._numbers, laid.numbers, strict=True):
            for at, number in numbers.items():
                number.stand(spots.get(at))
        for name, spot in zip(self._names, laid.names, strict=True):
            name.stand(spot)

    @property
    def obstacles(self) -> Array:
        """Boxes `(left, bottom, right, top)` of what is written, as it was drawn last."""
        boxes = [one.bounds for one in self._letters if one.width and one.spot is not None]
        return np.array(boxes).reshape(-1, 4)

    def _lettered(self, sentence: str, role: str = "muted") -> _Lettering:
        if not sentence:
            return _Lettering(VGroup())
        theme, color = self._scene.theme, getattr(self._scene.theme, role)
        return _Lettering(
            self._scene.lettering(sentence, LABEL_EM, color=color, halo=theme.background)
        )


class _Lettering:
    """Something written, which can be moved quickly, and hidden."""

    def __init__(self, shape: VGroup) -> None:
        self.shape = shape
        self._home = [(part, part.points.copy()) for part in shape.family_members_with_points()]
        self.width, self.height = float(shape.width), float(shape.height)
        self._middle = np.array(shape.get_center()) * [1.0, 0.0, 0.0]
        self.spot: Spot | None = None

    def stand(self, spot: Spot | None) -> None:
        """Stand there, or nowhere."""
        self.spot = spot
        for part, points in self._home:
            there = np.zeros((0, 3))
            if spot is not None:
                there = self._at(spot) + spot.size * (points - self._middle)
            part.set_points(there)

    def _at(self, spot: Spot) -> Array:
        aside = spot.side * spot.size * self.width / 2
        return np.array([spot.at[0] + aside, spot.at[1], 0.0])

    @property
    def bounds(self) -> list[float]:
        """`(left, bottom, right, top)`."""
        assert self.spot is not None
        (x, y, _), half = self._at(self.spot), max(self.height, 0.8 * LABEL_EM) / 2
        wide, high = self.spot.size * self.width / 2, self.spot.size * half
        return [x - wide, y - high, x + wide, y + high]


def _tip(axis: Array) -> Array:
    """Return the sides of an arrow's head at the end of an axis."""
    way = (axis[1] - axis[0]) / np.hypot(*(axis[1] - axis[0]))
    point, side = axis[1], 0.5 * TIP * way[::-1] * [-1.0, 1.0]
    ring = np.array([point + 0.3 * TIP * way, point - 0.7 * TIP * way + side,
                     point - 0.7 * TIP * way - side])  # fmt: skip
    return np.stack([ring, np.roll(ring, -1, axis=0)], axis=1)
