"""A number that changes every frame, put together from glyphs that are made once."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, VGroup, VMobject

from scenes.typeset import typeset

_GLYPHS = "0123456789."


class Readout(VGroup):
    """A name and a number, such as `lambda = 0.80`; what it shows depends on its last `show`.

    Rebuilding text takes longer than drawing a whole frame; this moves outlines that exist.

    Parameters
    ----------
    name
        What stands before the number: mathematics in our part of TeX, such as `\\lambda =`.
    longest
        The longest number that will be shown; keeps the whole centred and in place.
    lang, em, color
        As for :func:`scenes.typeset.typeset`.
    """

    def __init__(self, name: str, longest: str, *, lang: str, em: float, color: str) -> None:
        style = {"lang": lang, "em": em, "color": color}
        # a digit after the name gives the baseline and the place where the number starts
        label = typeset(f"${name} 0$", **style)
        self._name = VGroup(*label[:-1])
        self._origin = np.array([label[-1].get_left()[0], label[-1].get_bottom()[1], 0.0])
        self._outlines, self._advance, self._narrow = _digits(style)
        self._slots = VGroup(*(_slot(color) for _ in longest))
        super().__init__(self._name, self._slots)
        self.shown = ""
        self.show(longest)
        self._anchor = self._name.get_center() - self._origin

    def show(self, number: str) -> None:
        """Show a number made of digits and at most one point."""
        self.shown = number
        pen = self._place()
        for slot, glyph in zip(self._slots, number.ljust(len(self._slots)), strict=True):
            if glyph == " ":
                slot.clear_points()
                continue
            slot.set_points(self._outlines[glyph] + pen)
            pen = pen + RIGHT * (self._narrow if glyph == "." else self._advance)

    def _place(self) -> np.ndarray:
        """Return where the number starts, wherever the readout has been moved to."""
        anchor = getattr(self, "_anchor", None)
        return self._origin if anchor is None else self._name.get_center() - anchor


def _slot(color: str) -> VMobject:
    return VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)


def _digits(style: dict[str, object]) -> tuple[dict[str, np.ndarray], float, float]:
    """Return outlines by glyph, each from its pen position, and both advance widths."""
    row = typeset(f"${_GLYPHS[:-1]}.0$", **style)
    base = np.array([row[0].get_left()[0], row[0].get_bottom()[1], 0.0])
    # the figures are tabular: all as wide as the step between the two zeros at the ends
    advance = _step(style)
    narrow = row[11].get_left()[0] - row[0].get_left()[0] - 10 * advance
    outlines = {
        glyph: row[index].points - base - RIGHT * (index * advance)
        for index, glyph in enumerate(_GLYPHS)
    }
    return outlines, advance, narrow


def _step(style: dict[str, object]) -> float:
    zeros = typeset("$00$", **style)
    return float(zeros[1].get_left()[0] - zeros[0].get_left()[0])
