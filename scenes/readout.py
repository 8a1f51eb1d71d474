"""A number that changes every frame, put together from glyphs that are made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import RIGHT, UP, VGroup, VMobject

from regviz.scenes.typeset import math_outlines, sentence_outlines

if TYPE_CHECKING:
    from regviz.lessons.base import Array

_GLYPHS = "0123456789."
_MINUS = "-"
#: a smaller number is shown as a power of ten: nobody counts its zeros
_SMALL = 1e-3
#: size of an exponent, and how far it is raised, in parts of a digit's size and height
_EXPONENT, _RAISED = 0.7, 0.6


class Readout(VGroup):
    r"""A name and a number, such as `lambda = 0.80`; it looks as its last `show` says.

    Rebuilding text takes longer than drawing a whole frame; this moves outlines that exist.

    Parameters
    ----------
    name
        What stands before the number: mathematics in our part of TeX, such as `\lambda =`, or
        a sentence in our markup, if `worded`.
    longest
        The longest number that will be shown; the whole is centred for it, and stays in place.
    lang, em, color
        As for :func:`regviz.scenes.typeset.typeset`.
    """

    def __init__(
        self, name: str, longest: str, *, lang: str, em: float, color: str, worded: bool = False
    ) -> None:
        # a zero after the name tells the baseline and where the number starts
        sentence = f"{name} $0$" if worded else f"${name} 0$"
        *symbol, zero = (part.points * em for part in sentence_outlines(sentence, lang))
        self._name = _outline(color).set_points(np.concatenate(symbol))
        self.number = _outline(color)
        self._from_name = _foot(zero) - self._name.get_center()
        self._digits = _Digits(lang, em)
        super().__init__(self._name, self.number)
        self.show(longest)

    def show(self, number: str) -> None:
        """Show a number given in digits, with at most one point and a minus."""
        start = self._name.get_center() + self._from_name
        if 0.0 < abs(float(number)) < _SMALL:
            outline = self._digits.power(*_scientific(number))
        else:
            outline = self._digits.row(number)
        self.number.set_points(outline + start)


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
        # the last zero tells where the ten stands: one digit further left
        before, times, _, after = (
            part.points * em for part in math_outlines(r"0 \times 10", lang)
        )
        from_digits = _foot(before) + RIGHT * self._width
        self._times = times - from_digits
        self._ten = float((_foot(after) - from_digits)[0]) - self._width
        self._height = float(np.ptp(parts[0][:, 1]))

    def power(self, mantissa: str, exponent: str) -> Array:
        """Return the outline of a mantissa times a power of ten."""
        first = self.row(mantissa)
        pen = RIGHT * sum(map(self._step, mantissa))
        ten = pen + RIGHT * self._ten
        raised = ten + RIGHT * 2.0 * self._width + UP * _RAISED * self._height
        small = _EXPONENT * self.row(exponent)
        return np.concatenate([first, self._times + pen, self.row("10") + ten, small + raised])

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


def _scientific(number: str) -> tuple[str, str]:
    """Return the mantissa and the exponent of a number, without a zero that says nothing."""
    mantissa, exponent = np.format_float_scientific(float(number), trim="-").split("e")
    return mantissa, str(int(exponent))


def _outline(color: str) -> VMobject:
    return VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)


def _foot(points: Array) -> Array:
    """Return the lower left corner of a zero, which all digits are placed by."""
    low: Array = points.min(axis=0)
    return low
