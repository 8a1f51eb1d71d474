"""A formula in several colours, one for each term, on one baseline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from regviz.scenes.typeset import math_outlines


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
        own = [next(glyphs).points * em for _ in math_outlines(body, lang)]
        letters = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)
        whole.add(letters.set_points(np.concatenate(own)))
    return whole
