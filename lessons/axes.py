"""Where a panel's axes stand in a box, and what is written by them: one rule for all media.

Lengths are in any unit whose second axis points up. A medium says how wide its type is, and
draws what is laid out here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from regviz.lessons import outlines
from regviz.lessons.box import Box
from regviz.lessons.picture import BARE, EQUAL, are_names, thinned

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window
    from regviz.lessons.picture import BARE, Panel

#: in ems: length of a tick, air between lettering and what it names, half the gap of a broken
#: axis, height of a line, and air above an upright axis and beyond a level one
TICK, AIR, GAP, LINE = 0.3, 0.2, 0.2, 1.2
OVER, BEYOND = 0.4, 0.45
#: a longer name, in ems, stands below the level axis, and not at its end; above a plane, and
#: not in it
SHORT = 2.7
#: a still longer one stands at a plane's foot, off what lies along the axis, if there is room
LONG = 5.0
#: a name in a plane that is longer than a weight's sign is of several words
WORDS = 1.5
#: share of a panel that the names of bars may take
NAMES = 0.4
#: what is measured to stand at the edge of a window may be a rounding beyond it
ROUNDING = 1e-9


@dataclass(frozen=True)
class Type:
    """How wide in a medium what is written by a panel's axes is.

    Attributes
    ----------
    em
        How high its letters are, from the lowest foot to the highest top.
    names
        Widths of what the level and the upright axis show; 0 where nothing is written.
    numbers
        Widths of what is written at values of both.
    beside
        Room that labels need at the right of a chart.
    beneath
        Widths of the numbers at the foot of a column of panels, which all in it share.
    """

    em: float
    names: tuple[float, float]
    numbers: tuple[Mapping[float, float], Mapping[float, float]]
    beside: float = 0.0
    beneath: Mapping[float, float] | None = None


class Spot(NamedTuple):
    """Where something is written: at the left of a point, -1, in the middle of it, or right."""

    at: tuple[float, float]
    side: int = 0
    size: float = 1.0


@dataclass(frozen=True)
class Laid:
    """Axes and what is written by them.

    Attributes
    ----------
    axes
        Segments `(n, 2, 2)` of the level axis, `x`, and of the upright one, `y`, if there.
    ticks
        Segments, shape `(n, 2, 2)`, with the strokes at the ends of a broken axis.
    numbers, names
        Where what is seen is written, by value, and of both axes.
    grounds
        Boxes `(left, bottom, right, top)`, shape `(n, 4)`, under names in a plane: no line is
        seen there, between two words.
    """

    axes: dict[str, Array]
    ticks: Array
    numbers: tuple[dict[float, Spot], dict[float, Spot]]
    names: tuple[Spot | None, Spot | None]
    grounds: Array


@dataclass(frozen=True)
class Lens:
    """What of a panel's values is seen, `window`, and the box where it stands.

    What is written by the axes stays within `around`.
    """

    box: Box
    window: Window
    around: Box

    @property
    def scale(self) -> Array:
        """Lengths of a value of 1, along both axes."""
        left, right, bottom, top = self.window
        return np.array([self.box.width / (right - left), self.box.height / (top - bottom)])

    def place(self, values: Array) -> Array:
        """Return where values stand, both of shape `(..., 2)`."""
        corner, (left, _, bottom, _) = (self.box.left, self.box.bottom), self.window
        found: Array = corner + self.scale * (np.asarray(values, dtype=float) - (left, bottom))
        return found


class Layout:
    """How a panel's axes are laid out in a box.

    Parameters
    ----------
    panel
        Whose axes these are.
    type
        How wide their lettering is.
    """

    def __init__(self, panel: Panel, type: Type) -> None:
        self._panel, self._type, self._em = panel, type, type.em

    def lens(self, box: Box, limits: Window) -> Lens:
        """Return how values are seen when the panel stands in a box and shows these limits."""
        if self._panel.kind in EQUAL:
            return self._plane(box, limits)
        return Lens(self._beside(box, limits), limits, box)

    # -- how much room is left ---------------------------------------------------------------

    def _plane(self, box: Box, limits: Window) -> Lens:
        inner = replace(box, top=box.top - self._over) if self._is_named_above else box
        # what is written below the level axis stays in the box
        crossing = np.array(outlines.crossing(self._panel, limits))
        level = _square(inner, limits).place(crossing)[1]
        lacking = max(0.0, self._below - (level - box.bottom))
        return replace(
            _square(replace(inner, bottom=inner.bottom + lacking), limits), around=box
        )

    def _beside(self, box: Box, limits: Window) -> Box:
        """Return what lettering leaves of a box."""
        type, em, (left, right, bottom, top) = self._type, self._em, limits
        x, y = outlines.crossing(self._panel, limits)
        numbers = type.numbers[0] if type.beneath is None else type.beneath
        before = after = 0.0
        for at, width in numbers.items():
            share = (at - left) / (right - left)
            if 0.0 <= share <= 1.0:
                before = max(before, width / 2 - share * box.width)
                after = max(after, width / 2 - (1.0 - share) * box.width)
        name = BEYOND * em + type.names[0] if self._is_short else OVER * em
        after = max(after, name, type.beside)
        share = 0.0 if self._is_bars else (x - left) / (right - left)
        names = self._widest(box)
        if names and self._panel.mirrored:
            after = max(after, names + (TICK + AIR) * em)
        elif names and share < 1.0:
            need = names + (TICK + AIR) * em
            before = max(before, (need - share * (box.width - after)) / (1.0 - share))
        above = self._over if self._has_upright and type.names[1] else OVER * em
        share = 0.0 if self._is_bars else (y - bottom) / (top - bottom)
        under = (self._below - share * (box.height - above)) / max(1.0 - share, 0.2)
        # a number may stand at the foot of the upright axis, half of it below
        under = max(under, 0.4 * em if type.numbers[1] else 0.0)
        return Box(box.left + before, box.right - after, box.bottom + under, box.top - above)

    def _widest(self, box: Box) -> float:
        """Return how wide what stands along the upright axis is."""
        widest = max(self._type.numbers[1].values(), default=0.0)
        return min(widest, NAMES * box.width) if self._is_bars else widest

    @property
    def _over(self) -> float:
        """Height of a name above the upright axis."""
        return (LINE + OVER) * self._em

    @property
    def _below(self) -> float:
        """How much room is needed under the level axis."""
        numbers = LINE + TICK if self._type.numbers[0] else 0.0
        return (numbers + (0.0 if self._is_short else LINE + 2.0 * AIR)) * self._em

    @property
    def _outward(self) -> int:
        """On which side of the upright axis its numbers are: at its left, -1, or right."""
        return 1 if self._panel.mirrored else -1

    @property
    def _is_bars(self) -> bool:
        return self._panel.kind == "bars"

    @property
    def _is_short(self) -> bool:
        # a name at the end of its axis; that of bars stands below, if they have one
        return self._type.names[0] <= (0.0 if self._is_bars else SHORT * self._em)

    @property
    def _has_upright(self) -> bool:
        return self._panel.kind in ("chart", "plane")

    @property
    def _is_named_above(self) -> bool:
        # within a plane, a long name would lie among what it shows
        return self._panel.kind == "plane" and self._type.names[1] > SHORT * self._em

    # -- what stands where -------------------------------------------------------------------

    def laid(self, lens: Lens) -> Laid:
        """Return the axes, and what is written by them."""
        panel, (left, right, bottom, top) = self._panel, lens.window
        x, y = outlines.crossing(panel, lens.window)
        base = bottom if self._is_bars else y
        level, upright = lens.place(
            np.array([[(left, base), (right, base)], [(x, bottom), (x, top)]])
        )
        axes, strokes = {}, np.zeros((0, 2, 2))
        is_bare = self._is_bars and not (self._type.numbers[0] or self._type.names[0])
        if not is_bare and panel.kind not in BARE:
            axes["x"], strokes = self._broken(level, base, lens)
        if panel.draws_upright(left, right):
            axes["y"] = upright[None]
        across = self._across(lens, level, upright if "y" in axes else None, x)
        up = self._up(lens, left if self._is_bars else x)
        down, aside = np.array([0.0, -TICK * self._em]), np.array([TICK * self._em, 0.0])
        notches = [
            *((lens.place(np.array([at, base])), down) for at in across if not across[at].side),
            *(
                (lens.place(np.array([x, at])), self._outward * aside)
                for at in up
                if not self._is_bars
            ),
        ]
        ticks = np.array([[at, at + way] for at, way in notches]).reshape(-1, 2, 2)
        names = self._named(lens.around, level[1], upright, across, is_upright="y" in axes)
        grounds = self._grounds(names)
        return Laid(axes, np.concatenate([strokes, ticks]), (across, up), names, grounds)

    def _broken(self, level: Array, base: float, lens: Lens) -> tuple[Array, Array]:
        """Return the level axis in one piece, or in two with a slanted stroke at each end."""
        if self._panel.gap is None:
            return level[None], np.zeros((0, 2, 2))
        middle = lens.place(np.array([self._panel.gap, base]))
        aside, slant = GAP * self._em * np.array([[1.0, 0.0], [0.5, 1.4]])
        ends = np.array([middle - aside, middle + aside])
        pieces = np.array([[level[0], ends[0]], [ends[1], level[1]]])
        return pieces, np.stack([ends - slant, ends + slant], axis=1)

    def _across(
        self, lens: Lens, level: Array, upright: Array | None, x: float
    ) -> dict[float, Spot]:
        """Return where numbers stand along the level axis; one without room is left out."""
        ticks, (left, right, *_) = self._panel.ticks, lens.window
        widest = max(self._type.numbers[0].values(), default=0.0)
        apart = (widest + AIR * self._em) / lens.box.width
        row = float(level[0, 1]) - (TICK + AIR + 0.5) * self._em
        end = self._end_of_numbers(lens, level)
        found = {}
        for at in thinned(ticks[0], left - ROUNDING, right + ROUNDING, apart):
            stood = float(lens.place(np.array([at, 0.0]))[0])
            # on the upright axis, if that goes on, it would be struck; beside one at the edge
            # it would read as one of its numbers
            struck = upright is not None and at == x and row > upright[0, 1]
            if struck and x <= left and ticks[1]:
                continue
            aside, side = (AIR * self._em, -1) if struck else (0.0, 0)
            if stood - aside + (side + 1) / 2 * self._type.numbers[0][at] <= end:
                found[at] = Spot((stood - aside, row), side)
        return found

    def _end_of_numbers(self, lens: Lens, level: Array) -> float:
        """Return how far right numbers may go along the level axis.

        Up to a plane's short name, where the box has no room for that below them.
        """
        right, y = level[1].tolist()
        foot = y - (TICK + 2.0 * LINE + AIR) * self._em
        if self._panel.kind != "plane" or not self._is_short or foot >= lens.around.bottom:
            return np.inf
        return self._before_name(right)

    def _before_name(self, right: float) -> float:
        """Return up to where numbers leave a plane's name at the right end its room."""
        return right - self._type.names[0] - self._em

    def _up(self, lens: Lens, x: float) -> dict[float, Spot]:
        """Return where numbers, or names, stand along the upright axis.

        A number may be left out where it has no room; names become smaller, and stay.
        """
        ticks, (_, _, bottom, top) = self._panel.ticks[1], lens.window
        apart = 0.0 if are_names(ticks) else self._em / lens.box.height
        shown: Collection[float] = ticks
        if not self._is_bars:
            shown = thinned(ticks, bottom - ROUNDING, top + ROUNDING, apart)
        steps = np.diff(sorted(shown)) * lens.scale[1]
        size = float(min([1.0, *(steps / self._em)]))
        away = np.array([self._outward * (TICK + AIR) * self._em, 0.0])
        stood = {at: lens.place(np.array([x, at])) + away for at in shown
                 if bottom - ROUNDING <= at <= top + ROUNDING}  # fmt: skip
        # an axis may stand so near the edge of a plane that a number has no room beside it
        edge = lens.around.left if self._panel.kind in EQUAL else -np.inf
        widths = self._type.numbers[1]
        return {
            at: Spot((float(x), float(y)), self._outward, size)
            for at, (x, y) in stood.items()
            if x - size * widths[at] >= edge
        }

    def _named(
        self,
        around: Box,
        end: Array,
        line: Array,
        across: Mapping[float, Spot],
        *,
        is_upright: bool,
    ) -> tuple[Spot | None, Spot | None]:
        """Return where the names stand, by the right end of one axis and the other's line."""
        em, (right, y), ((x, bottom), (_, top)) = self._em, end.tolist(), line.tolist()
        level, upright = self._type.names
        under = LINE + TICK if self._type.numbers[0] else 0.0
        if self._panel.kind == "plane":
            # Under the numbers where a long name would cover some.
            widths, low = self._type.numbers[0], self._before_name(right)
            ends = [one.at[0] + (one.side + 1) / 2 * widths[at] for at, one in across.items()]
            down = TICK + LINE if max(ends, default=low) > low else 0.0
            stood, foot = y - (0.5 * LINE + AIR + down) * em, bottom + 0.5 * LINE * em
            is_off = level > LONG * em and foot + LINE * em < stood
            first = Spot((right, foot if is_off else stood), -1)
        elif self._is_short:
            first = Spot((right + BEYOND * em, y), 1)
        else:
            # it ends where the axis does, or goes on, and at last is smaller
            size = min(1.0, around.width / max(level, SHORT * em))
            last = max(right, around.left + size * level)
            first = Spot((last, y - (under + 0.5 * LINE) * em), -1, size)
        if self._panel.kind == "plane" and not self._is_named_above:
            second = Spot((x + (AIR + TICK) * em, top - 0.35 * LINE * em), 1)
            return first, second if is_upright else None
        size = min(1.0, around.width / max(upright, SHORT * em))
        half = size * upright / 2
        middle = max(min(x, around.right - half), around.left + half)
        second = Spot((middle, top + (OVER + 0.5 * LINE) * em), 0, size)
        return first, second if self._has_upright else None

    def _grounds(self, names: tuple[Spot | None, Spot | None]) -> Array:
        """Return what is under those names of several words that stand where lines may run."""
        found, air, half = [], AIR * self._em, 0.5 * LINE * self._em
        for spot, width in zip(names, self._type.names, strict=True):
            if self._panel.kind == "plane" and spot is not None and width > WORDS * self._em:
                (x, y), aside = spot.at, 0.5 * spot.size * width
                middle = x + spot.side * aside
                found.append([middle - aside - air, y - half, middle + aside + air, y + half])
        return np.array(found).reshape(-1, 4)


def _square(box: Box, limits: Window) -> Lens:
    """Return a lens of equal scales that fills a box around its limits."""
    return Lens(box, outlines.filling(limits, box.width, box.height), box)
