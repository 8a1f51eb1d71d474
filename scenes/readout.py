"""A number that changes every frame, put together from glyphs that are made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import RIGHT, VGroup, VMobject

from scenes.typeset import math_outlines

if TYPE_CHECKING:
    from lessons.base import Array

_GLYPHS = "0123456789."
_MINUS = "-"


class Readout(VGroup):
    r"""A name and a number, such as `lambda = 0.80`; it looks as its last `show` says.

    Rebuilding text takes longer than drawing a whole frame; this moves outlines that exist.

    Parameters
    ----------
    name
        What stands before the number: mathematics in our part of TeX, such as `\lambda =`.
    longest
        The longest number that will be shown; the whole is centred for it, and stays in place.
    lang, em, color
        As for :func:`scenes.typeset.typeset`.
    """

    def __init__(self, name: str, longest: str, *, lang: str, em: float, color: str) -> None:
        # a zero after the name tells the baseline and where the number starts
        *symbol, zero = (part.points * em for part in math_outlines(f"{name} 0", lang))
        self._name = _outline(color).set_points(np.concatenate(symbol))
        self._number = _outline(color)
        self._from_name = _foot(zero) - self._name.get_center()
        self._digits = _Digits(lang, em)
        super().__init__(self._name, self._number)
        self.show(longest)

    def show(self, number: str) -> None:
        """Show a number made of digits, at most one point and a minus."""
        start = self._name.get_center() + self._from_name
        self._number.set_points(self._digits.row(number) + start)


class _Digits:
    """Outlines of the digits and the point, and how wide they are."""

    def __init__(self, lang: str, em: float) -> None:
        # the figures of the font are tabular: each is as wide as the step between two zeros
        parts = [part.points * em for part in math_outlines(f"{_GLYPHS[:-1]}.00", lang)]
        foot = _foot(parts[0])
        self._width = float((_foot(parts[12]) - _foot(parts[11]))[0])
        self._point_width = float((_foot(parts[11]) - foot)[0]) - 10 * self._width
        self._outlines = {
            glyph: parts[index] - foot - RIGHT * (index * self._width)
            for index, glyph in enumerate(_GLYPHS)
        }
        minus, zero = (part.points * em for part in math_outlines("-0", lang))
        start = np.array([minus[:, 0].min(), _foot(zero)[1], 0.0])
        self._minus_width = float(_foot(zero)[0] - start[0])
        self._outlines[_MINUS] = minus - start

    def row(self, number: str) -> Array:
        """Return a number's outline, its first digit standing at 0."""
        pen, placed = np.zeros(3), []
        for glyph in number:
            placed.append(self._outlines[glyph] + pen)
            pen = pen + RIGHT * self._step(glyph)
        return np.concatenate(placed)

    def _step(self, glyph: str) -> float:
        special = {".": self._point_width, _MINUS: self._minus_width}
        return special.get(glyph, self._width)


def _outline(color: str) -> VMobject:
    return VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)


def _foot(points: Array) -> Array:
    """Return the lower left corner of a zero, which all digits are placed by."""
    return points.min(axis=0)
