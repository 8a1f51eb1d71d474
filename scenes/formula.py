"""A formula in several colours, one for each term, on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from manim import VGroup, VMobject

from regviz.scenes.glyphs import Outline
from regviz.scenes.segments import straight
from regviz.scenes.typeset import math_outlines

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: how thick the bar of a fraction is, in ems
BAR = 0.05


def formula(terms: Sequence[tuple[str, str]], *, lang: str, em: float) -> VGroup:
    """Set terms beside each other, each a mobject of its own, so that each can appear alone.

    Parameters
    ----------
    terms
        Mathematics between dollar signs, and its colour.
    lang, em
        As for :func:`regviz.scenes.typeset.typeset`.
    """
    bodies = [sentence.strip("$") for sentence, _ in terms]
    # Set as a whole, for the baseline and the spaces, and taken apart by counting glyphs.
    glyphs = iter(math_outlines(" ".join(bodies), lang))
    whole = VGroup()
    for body, (_, color) in zip(bodies, terms, strict=True):
        own = [_outline(next(glyphs)) * em for _ in math_outlines(body, lang)]
        letters = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)
        whole.add(letters.set_points(np.concatenate(own)))
    return whole


def _outline(glyph: Outline) -> Array:
    """Return a glyph's outline; the bar of a fraction or root, a line, as a thin rectangle."""
    if not glyph.is_line:
        return glyph.points
    left, right = glyph.points[0, :2], glyph.points[-1, :2]
    half = np.array([0.0, BAR / 2])
    ring = np.array([left - half, right - half, right + half, left + half])
    return straight(np.stack([ring, np.roll(ring, -1, axis=0)], axis=1))
