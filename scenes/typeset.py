"""Text and mathematics through Typst, in the language's own font; no LaTeX and no Pango."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from manim import VGroup, VMobject

from regviz.lessons.fonts import MATHEMATICS, font, with_others
from regviz.lessons.markup import runs
from regviz.scenes import stage
from regviz.scenes.glyphs import COMPILED_AT, Outline, outlined
from regviz.scenes.tex import to_typst

#: bars of fractions, in manim's hundredths of a unit for an em of one unit
_BAR_WIDTH = 5.0
#: a bar that takes no room, whose middle tells where the line is whatever its letters
_STRUT = '#box(width: 0pt)[#("|")]'
#: the narrowest box that needs no more lines: no last line of one lonely word
_BALANCED = """#let balanced(width, body) = context {
  let height(w) = measure(block(width: w, body)).height
  let (low, high) = (0.3 * width, width)
  for _ in range(9) {
    let middle = (low + high) / 2
    if height(middle) > height(width) { low = middle } else { high = middle }
  }
  block(width: high, body)
}"""


def typeset(
    sentence: str,
    *,
    lang: str,
    em: float,
    color: str,
    width: float | None = None,
    align: str = "center",
    bold: bool = False,
    halo: str | None = None,
) -> VGroup:
    """Set a sentence of ours, mathematics between dollar signs included.

    All its letters are one outline: manim draws and copies that many times as fast as a
    mobject per letter. A single line stands with its baseline at the same height whatever its
    letters, so that two lines side by side are level.

    Parameters
    ----------
    sentence
        The sentence, in the markup of :mod:`regviz.lessons.markup`.
    lang
        Language, which decides the font.
    em
        Height of the letters' em, in frame units.
    color
        Colour of all of it, as `#RRGGBB`.
    width
        Where to break lines, in frame units, or None for a single line.
    align
        `left`, `center` or `right`, for lines that are broken.
    bold
        Whether to use the font's bold cut.
    halo
        Colour of a soft edge around the letters, for text that stands over lines.
    """
    body = _body(sentence)
    if width is None:
        parts = list(_on_a_line(body, lang, bold))
    else:
        points = width / em * COMPILED_AT
        body = f"#balanced({points:.2f}pt, align({align})[{body}])"
        parts = list(outlines(body, lang, bold))
    letters = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)
    letters.set_points(np.concatenate([part.points for part in parts if not part.is_line]) * em)
    text = VGroup(letters)
    for part in parts:
        if part.is_line:
            bar = VMobject(stroke_color=color, stroke_width=_BAR_WIDTH * em)
            text.add(bar.set_points(part.points * em))
    if halo is not None:
        stage.halo(letters, halo, em)
    return text


@cache
def _on_a_line(body: str, lang: str, bold: bool) -> tuple[Outline, ...]:
    """Return glyphs that stand as high as those of any other line, whatever their letters."""
    strut, *parts = outlines(_STRUT + body, lang, bold)
    drop = strut.points[:, 1].min() + strut.points[:, 1].max()
    return tuple(Outline(part.points - [0.0, drop / 2, 0.0], part.is_line) for part in parts)


@cache
def outlines(body: str, lang: str, bold: bool) -> tuple[Outline, ...]:
    """Return the glyphs of Typst markup in reading order, centred together."""
    return outlined(body, _preamble(lang, bold), lang)


def math_outlines(tex: str, lang: str) -> tuple[Outline, ...]:
    """Return the glyphs of mathematics, each apart."""
    return sentence_outlines(f"${tex}$", lang)


def sentence_outlines(sentence: str, lang: str) -> tuple[Outline, ...]:
    """Return the glyphs of a sentence on one line, each apart."""
    return _on_a_line(_body(sentence), lang, bold=False)


def _body(sentence: str) -> str:
    """Return Typst markup in which every word is a box, so that only spaces break a line.

    Without the boxes Typst breaks Korean inside words, and formulas at their signs.
    """
    boxed = [f"#box[{word}]" if word else "" for word in _words(sentence)]
    return " ".join(boxed)


def _words(sentence: str) -> list[str]:
    words = [""]
    for content, is_math in runs(sentence):
        if is_math:
            words[-1] += f"${to_typst(content)}$"
            continue
        first, *rest = re.split(r"\s+", content)
        words[-1] += _plain(first)
        words += [_plain(word) for word in rest]
    return [word for word in words if word]


def _plain(word: str) -> str:
    """Return a word as a Typst string, where none of Typst's signs has a meaning."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'#("{escaped}")' if word else ""


def _preamble(lang: str, bold: bool) -> str:
    families = ", ".join(f'"{each.family}"' for each in with_others(lang))
    math, weight = font(MATHEMATICS).family, 700 if bold else 400
    return "\n".join(
        (
            f'#set text(font: ({families},), lang: "{lang}", fallback: false)',
            f'#set text(weight: {weight}, number-width: "tabular")',
            f'#let up(body) = text(font: "{math}", body)',
            f'#let it(body) = text(font: "{math}", style: "italic", body)',
            "#let heavy(body) = text(weight: 700, body)",
            # Each word is a box, a line of its own: its comma must not hang out of it.
            "#set text(overhang: false)",
            "#set par(leading: 0.55em, spacing: 0.55em, justify: false)",
            # Its own letters are ours; what is left are roots, bars, accents and large signs.
            '#show math.equation: set text(font: "New Computer Modern Math", '
            f"weight: {weight})",
            _BALANCED,
        )
    )
