"""Where a panel's values stand in a frame, and the axes that say so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from manim import VGroup, VMobject

from regviz.lessons import outlines
from regviz.lessons.clip import Window
from regviz.lessons.picture import BARE, EQUAL, are_names, thinned
from regviz.scenes.segments import straight
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from manim import Mobject

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Panel
    from regviz.scenes.base import LessonScene

#: width of axes in manim's hundredths of a unit
AXIS = 2.5
#: length of a tick and of an arrow's head, and air between lettering and what it names
TICK, TIP, AIR = 0.1, 0.17, 0.08
#: half the gap of a broken axis
GAP = 0.06
#: least distance of lines of lettering, and height of one
LEADING = LABEL_EM
LINE = 1.2 * LABEL_EM
#: room for a name above the upright axis
ABOVE = LINE + 0.12
#: a longer name stands below the level axis, and not at its end; above a plane, and not in it
SHORT = 0.9
#: share of a panel that the names of bars may take
NAMES = 0.4


@dataclass(frozen=True)
class Lens:
    """What of a panel's values is seen, `window`, and the box in the frame where it stands.

    What is written by the axes stays within `around`.
    """

    box: Box
    window: Window
    around: Box

    @property
    def scale(self) -> Array:
        """Lengths in the frame of a value of 1, along both axes."""
        left, right, bottom, top = self.window
        return np.array([self.box.width / (right - left), self.box.height / (top - bottom)])

    def place(self, values: Array) -> Array:
        """Return points of the frame, shape `(..., 3)`, for values of shape `(..., 2)`."""
        corner, (left, _, bottom, _) = (self.box.left, self.box.bottom), self.window
        flat = corner + self.scale * (np.asarray(values, dtype=float) - (left, bottom))
        return np.concatenate((flat, np.zeros((*flat.shape[:-1], 1))), axis=-1)


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
    lettering
        What is written there. It is apart, as it stands above marks, and axes below them.
    """

    def __init__(self, scene: LessonScene, panel: Panel, beside: float) -> None:
        self._scene, self._panel, self._beside = scene, panel, beside
        self._lines = self._shape(stroke_color=scene.theme.muted, stroke_width=AXIS)
        self._tips = self._shape(stroke_width=0, fill_color=scene.theme.muted, fill_opacity=1.0)
        self._names = [_Lettering(self._lettered(scene.text.say(said))) for said in panel.axes]
        roles: Sequence[Mapping[float, str]] = ({}, panel.toned)
        self._numbers = [
            {at: _Lettering(self._lettered(said, tone.get(at))) for at, said in ticks.items()}
            for ticks, tone in zip(panel.ticks, roles, strict=True)
        ]
        letters = [*self._names, *self._numbers[0].values(), *self._numbers[1].values()]
        super().__init__(self._lines, self._tips)
        self.lettering = VGroup(*(one.shape for one in letters))
        self._bounds: list[list[float]] = []

    def lens(self, box: Box, limits: Window) -> Lens:
        """Return how values are seen when the panel stands in a box and shows these limits."""
        if self._panel.kind in EQUAL:
            inner = replace(box, top=box.top - ABOVE) if self._is_named_above else box
            # what is written below the level axis stays above the sentence under the box
            level = _square(inner, limits).place(
                np.array(outlines.crossing(self._panel, limits))
            )[1]
            lacking = max(0.0, self._below - (level - box.bottom))
            inner = replace(inner, bottom=inner.bottom + lacking)
            return replace(_square(inner, limits), around=box)
        left, right, bottom, top = limits
        x, y = outlines.crossing(self._panel, limits)
        room_left = room_right = 0.0
        for at, number in self._numbers[0].items():
            share = (at - left) / (right - left)
            if 0.0 <= share <= 1.0:
                room_left = max(room_left, number.width / 2 - share * box.width)
                room_right = max(room_right, number.width / 2 - (1.0 - share) * box.width)
        short = self._names[0].width + 0.15 if self._is_short else 0.12
        room_right = max(room_right, short, self._beside)
        beside = max((number.width for number in self._numbers[1].values()), default=0.0)
        if beside:
            names = min(beside, NAMES * box.width) if self._is_bars else beside
            need, share = names + TICK + AIR, (x - left) / (right - left)
            if self._is_bars:
                share = 0.0
            if share < 1.0:
                wide = share * (box.width - room_right)
                room_left = max(room_left, (need - wide) / (1.0 - share))
        room_above = ABOVE if self._has_upright and self._names[1].width else 0.12
        share = 0.0 if self._is_bars else (y - bottom) / (top - bottom)
        needed = (self._below - share * (box.height - room_above)) / max(1.0 - share, 0.2)
        # a number may stand at the foot of the upright axis, half of it below
        room_below = max(needed, 0.4 * LABEL_EM if self._numbers[1] else 0.0)
        inner = Box(
            box.left + room_left,
            box.right - room_right,
            box.bottom + room_below,
            box.top - room_above,
        )
        return Lens(inner, limits, box)

    def draw(self, lens: Lens) -> None:
        """Stand where this lens says."""
        left, right, bottom, top = lens.window
        x, y = outlines.crossing(self._panel, lens.window)
        base = bottom if self._is_bars else y
        level, upright = lens.place(
            np.array([[(left, base), (right, base)], [(x, bottom), (x, top)]])
        )
        has_axes = self._panel.kind not in BARE
        has_level = bool(self._numbers[0]) or bool(self._names[0].width) or not self._is_bars
        lines, tips = [], []
        if has_level and has_axes:
            lines += self._broken(level, lens, base)
            if not self._is_bars:
                tips.append(_tip(level[1], np.array([1.0, 0.0, 0.0])))
        has_upright = self._panel.draws_upright(left, right)
        if has_upright:
            lines.append(upright)
            if not self._is_bars:
                tips.append(_tip(upright[1], np.array([0.0, 1.0, 0.0])))
        across, up = self._panel.ticks
        # A number may be left out where it has no room; names become smaller, and stay.
        apart = 0.0 if are_names(up) else LEADING / (lens.scale[1] * (top - bottom))
        shown = up if self._is_bars else thinned(up, bottom - 1e-9, top + 1e-9, apart)
        size = self._size(lens, shown)
        for at, number in self._numbers[1].items():
            seen = at in shown and bottom - 1e-9 <= at <= top + 1e-9
            point = lens.place(np.array([left if self._is_bars else x, at]))
            away = np.array([-TICK, 0.0, 0.0])
            if seen and not self._is_bars:
                lines.append(np.stack([point, point + away]))
            middle = point + away - [AIR + size * number.width / 2, 0.0, 0.0]
            number.stand(middle, seen=seen, size=size)
        widest = max((number.width for number in self._numbers[0].values()), default=0.0)
        apart = (widest + AIR) / (lens.scale[0] * (right - left))
        shown = thinned(across, left - 1e-9, right + 1e-9, apart)
        for at, number in self._numbers[0].items():
            point = lens.place(np.array([at, base]))
            away = np.array([0.0, -TICK, 0.0])
            middle = point + away - [0.0, AIR + 0.4 * LABEL_EM, 0.0]
            # on the upright axis, if that goes on, it would be struck; beside one at the edge
            # it would read as one of its numbers
            struck = has_upright and at == x and bool(middle[1] > upright[0][1])
            aside = AIR + number.width / 2 if struck else 0.0
            seen = at in shown and not (struck and x <= left and up)
            number.stand(middle - [aside, 0.0, 0.0], seen=seen)
            if seen and not struck:
                lines.append(np.stack([point, point + away]))
        self._lines.set_points(straight(np.array(lines)) if lines else np.zeros((0, 3)))
        self._tips.set_points(straight(np.concatenate(tips)) if tips else np.zeros((0, 3)))
        self._stand_names(lens, level, upright)

    def _broken(self, level: Array, lens: Lens, base: float) -> list[Array]:
        """Return the level axis in one piece, or in two with a slanted stroke at each end."""
        if self._panel.gap is None:
            return [level]
        middle = lens.place(np.array([self._panel.gap, base]))
        aside, slant = np.array([GAP, 0.0, 0.0]), np.array([0.5 * GAP, 1.4 * GAP, 0.0])
        ends = [middle - aside, middle + aside]
        strokes = [np.stack([end - slant, end + slant]) for end in ends]
        return [np.stack([level[0], ends[0]]), np.stack([ends[1], level[1]]), *strokes]

    @property
    def obstacles(self) -> Array:
        """Boxes `(left, bottom, right, top)` of what is written, as it was drawn last."""
        letters = [*self._names, *self._numbers[0].values(), *self._numbers[1].values()]
        boxes = [one.bounds for one in letters if one.width and one.seen]
        return np.array(boxes).reshape(-1, 4)

    @property
    def _is_bars(self) -> bool:
        return self._panel.kind == "bars"

    @property
    def _is_short(self) -> bool:
        # a name at the end of its axis; that of bars stands below, if they have one
        return bool(self._names[0].width <= (0.0 if self._is_bars else SHORT))

    @property
    def _has_upright(self) -> bool:
        return self._panel.kind in ("chart", "plane")

    @property
    def _below(self) -> float:
        """How much room is needed under the level axis."""
        return (LINE + TICK if self._numbers[0] else 0.0) + (0.0 if self._is_short else LINE)

    @property
    def _is_named_above(self) -> bool:
        # within a plane, a long name would lie among what it shows
        return self._panel.kind == "plane" and self._names[1].width > SHORT

    def _size(self, lens: Lens, shown: Collection[float]) -> float:
        """Return how large what stands along the upright axis may be, next to each other."""
        steps = np.diff(sorted(shown)) * lens.scale[1] if len(shown) > 1 else np.ones(1)
        return min(1.0, float(steps.min()) / LEADING)

    def _stand_names(self, lens: Lens, level: Array, upright: Array) -> None:
        level_name, upright_name = self._names
        end, wide = level[1], level_name.width
        if self._panel.kind == "plane":
            # Under the numbers where a long name would cover some.
            low = end[0] - wide - LABEL_EM
            covers = any(one.seen and one.bounds[2] > low for one in self._numbers[0].values())
            down = TICK + LINE if covers else 0.0
            level_name.stand(end - (wide / 2, 0.5 * LINE + AIR + down, 0.0))
        elif self._is_short:
            level_name.stand(end - (-0.15 - wide / 2, 0.0, 0.0))
        else:
            under = LINE + TICK if self._numbers[0] else 0.0
            level_name.stand(end - [wide / 2, under + 0.5 * LINE, 0.0])
        tip, wide = upright[1], upright_name.width
        if self._panel.kind == "plane" and not self._is_named_above:
            seen = self._panel.draws_upright(*lens.window[:2])
            upright_name.stand(tip - (-AIR - 0.1 - wide / 2, 0.5 * LINE, 0.0), seen=seen)
            return
        size = min(1.0, lens.around.width / max(wide, SHORT))
        half = size * wide / 2
        middle = max(min(tip[0], lens.around.right - half), lens.around.left + half)
        upright_name.stand(np.array([middle, tip[1] + 0.08 + 0.5 * LINE, 0.0]),
                           seen=self._has_upright, size=size)  # fmt: skip

    def _lettered(self, sentence: str, role: str | None = None) -> VGroup:
        if not sentence:
            return VGroup()
        color = getattr(self._scene.theme, role or "muted")
        return self._scene.lettering(
            sentence, LABEL_EM, color=color, halo=self._scene.theme.background
        )

    @staticmethod
    def _shape(**style: object) -> VMobject:
        return VMobject(**style)


class _Lettering:
    """Something written, which can be moved quickly, and hidden."""

    def __init__(self, shape: VGroup) -> None:
        self.shape = shape
        self.seen = True
        self._home = [(part, part.points.copy()) for part in shape.family_members_with_points()]
        self.width, self.height = float(shape.width), float(shape.height)
        self._middle = np.array(shape.get_center()) * [1.0, 0.0, 0.0]
        self._at, self._size = np.zeros(3), 1.0

    def stand(self, middle: Array, *, seen: bool = True, size: float = 1.0) -> None:
        """Stand with the middle here, if it is seen, at a share of its size."""
        self.seen, self._at, self._size = seen, np.asarray(middle), size
        for part, points in self._home:
            there = self._at + size * (points - self._middle)
            part.set_points(there if seen else np.zeros((0, 3)))

    @property
    def bounds(self) -> list[float]:
        """`(left, bottom, right, top)`."""
        (x, y, _), half = self._at, self._size * max(self.height, 0.8 * LABEL_EM) / 2
        wide = self._size * self.width / 2
        return [x - wide, y - half, x + wide, y + half]


def _square(box: Box, limits: Window) -> Lens:
    """Return a lens of equal scales that fills a box around its limits."""
    return Lens(box, outlines.filling(limits, box.width, box.height), box)


def _tip(point: Array, way: Array) -> Array:
    """Return the sides of an arrow's head at the end of an axis."""
    side = 0.5 * TIP * np.array([-way[1], way[0], 0.0])
    ring = np.array([point + 0.3 * TIP * way, point - 0.7 * TIP * way + side,
                     point - 0.7 * TIP * way - side])  # fmt: skip
    return np.stack([ring, np.roll(ring, -1, axis=0)], axis=1)


def bounds(shape: Mobject) -> list[float]:
    """Return `(left, bottom, right, top)` of a shape."""
    low, high = shape.get_corner([-1, -1, 0]), shape.get_corner([1, 1, 0])
    return [float(low[0]), float(low[1]), float(high[0]), float(high[1])]
