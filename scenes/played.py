"""How shapes change during a play: each a function of how far the play is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import Animation, Mobject, VMobject, linear, smooth

from regviz.scenes.surface import Surface

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: what of a shape is seen through
_COLORS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")


class Played(Animation):
    """A shape that `frame` draws anew for each share of the play, from 0 to 1."""

    def __init__(self, shape: Mobject, frame: Callable[[float], None], **options: Any) -> None:
        self._frame = frame
        super().__init__(shape, rate_func=linear, suspend_mobject_updating=False, **options)

    def create_starting_mobject(self) -> Any:
        """Keep nothing: a frame depends on its share alone."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw."""
        self._frame(alpha)


class Morph(VMobject):
    """A shape on its way to another: as many pieces of each pair up."""

    def __init__(self, old: VMobject, new: VMobject) -> None:
        super().__init__()
        self._old, self._new = old.copy(), new.copy()
        for shape in (self._old, self._new):
            if not shape.has_points():
                shape.set_points_as_corners([(0.0, 0.0, 0.0)] * 2)
        self._old.align_data(self._new)
        self.match_style(self._old)
        self.turn(0.0)

    def turn(self, share: float) -> None:
        """Be so far."""
        self.interpolate(self._old, self._new, smooth(share))


class Opening(VMobject):
    """A line that opens into an area, or the area that closes into it again.

    Pieces of an outline would tie knots on their way from a line's dashes: each point of the
    area goes straight to the nearest of the line, which fades.
    """

    def __init__(self, old: VMobject, new: VMobject) -> None:
        super().__init__()
        self._opens = is_area(new)
        line, area = (old, new) if self._opens else (new, old)
        self._line, self._area, self._ribbon = line.copy(), area.copy(), area.copy()
        away = np.linalg.norm(area.points[:, None] - line.points, axis=-1)
        self._closed = area.copy().set_points(line.points[away.argmin(axis=1)])
        self.add(self._ribbon, self._line)
        self.turn(0.0)

    def turn(self, share: float) -> None:
        """Be so far."""
        is_open = float(smooth(share if self._opens else 1.0 - share))
        self._ribbon.interpolate(self._closed, self._area, is_open)
        fade(self._line, 1.0 - is_open)


def morph(old: VMobject, new: VMobject) -> Morph | Opening:
    """Return the shape that turns from one that is seen into another, drawn as it will be."""
    opens = is_area(old) != is_area(new) and old.has_points() and new.has_points()
    return (Opening if opens else Morph)(old, new)


def is_area(shape: VMobject) -> bool:
    """Return whether a shape is filled and has no outline."""
    return bool(shape.get_fill_opacity() > 0.0 and shape.get_stroke_width() == 0.0)


def fade(shape: Mobject, opacity: float) -> None:
    """Make a shape as opaque as said, of what it is by itself."""
    if isinstance(shape, Surface):
        shape.fade(opacity)
        return
    for part in shape.family_members_with_points():
        own = getattr(part, "_opaque", None)
        if own is None:
            own = {name: getattr(part, name).copy() for name in _COLORS if hasattr(part, name)}
            part._opaque = own
        for name, colors in own.items():
            seen = colors.copy()
            seen[:, 3] *= opacity
            setattr(part, name, seen)


def pulse(shape: VMobject, share: float, width: float, middle: Array) -> None:
    """Light up a shape that was just drawn: lines grow thick, filled shapes large."""
    if shape.get_fill_opacity() == 0.0:
        shape.set_stroke(width=(1.0 + 0.9 * share) * width)
    elif shape.has_points():
        shape.set_points(middle + (1.0 + 0.18 * share) * (shape.points - middle))


def between(start: float, end: float) -> Callable[[float], float]:
    """Return how far something is that takes place from one share of a play to another."""

    def share(alpha: float) -> float:
        return float(smooth(np.clip((alpha - start) / (end - start), 0.0, 1.0)))

    return share
