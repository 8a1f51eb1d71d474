"""Text and mathematics through Typst, in the language's own font; no LaTeX and no Pango."""

from __future__ import annotations

import re

from manim import Typst

from lessons.fonts import font
from lessons.markup import runs
from scenes.tex import to_typst

#: manim's font size for letters whose em is one unit of the frame high
_POINTS_PER_UNIT = 96.0
#: Typst compiles at this size; widths given to it are in its points
_COMPILED_AT = 10.0
#: Typst's mathematics looks small beside a sans text of the same size
_MATH_SCALE = 1.16
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
) -> Typst:
    """Set a sentence of ours, mathematics between dollar signs included.

    Parameters
    ----------
    sentence
        The sentence, in the markup of :mod:`lessons.markup`.
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
    if width is not None:
        points = width / em * _COMPILED_AT
        body = f"#balanced({points:.2f}pt, align({align})[{body}])"
    text = Typst(
        body,
        font_size=em * _POINTS_PER_UNIT,
        typst_preamble=_preamble(lang, bold),
        font_paths=_folders(lang),
        color=color,
    )
    if halo is not None:
        text.set_stroke(halo, width=7, opacity=1, background=True)
    return text


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
    family = font(lang).family
    return "\n".join(
        (
            f'#set text(font: "{family}", lang: "{lang}", fallback: false)',
            f"#set text(weight: {700 if bold else 400})",
            "#set par(leading: 0.55em, spacing: 0.55em, justify: false)",
            '#show math.equation: set text(font: "New Computer Modern Math", '
            f"size: {_MATH_SCALE}em)",
            _BALANCED,
        )
    )


def _folders(lang: str) -> list[str]:
    return [str(font(lang).regular.parent)]
