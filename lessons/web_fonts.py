"""The letters that a page needs, in the page: the type is ours, and no letter is missing."""

from __future__ import annotations

import base64
import io
import re
from functools import cache

from regviz.lessons.errors import BadInput
from regviz.lessons.fonts import MATHEMATICS, font

#: the families that a style sheet names; a browser takes other letters from the next one
FAMILY, TYPE = "regviz Korean", "regviz Sans"
#: how mathematics stands in any document: a letter is one of the type's italics, and not a
#: browser's own sign for it
MATHEMATICAL = (
    f'math {{ font-family: "{TYPE}", "{FAMILY}", system-ui, math; }}\n'
    "mi { text-transform: none; font-style: italic; }\n"
)
#: what only the Korean font has: its own letters, those of China and Japan, their punctuation
EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef]")


def faces(text: str) -> str:
    """Return the style rules for the type of a document: any letter may stand in any cut."""
    return font_face(text) + type_face(text, text, text) + MATHEMATICAL


def font_face(text: str, bold: str | None = None) -> str:
    """Return the style rules for the East Asian letters of a text; nothing if it has none.

    Parameters
    ----------
    text
        All that the page shows, or may come to show.
    bold
        What of it may stand in bold; all of it by default.
    """
    cuts = {False: _letters(text), True: _letters(text if bold is None else bold)}
    try:
        return "".join(_rule(letters, is_bold) for is_bold, letters in cuts.items() if letters)
    except (BadInput, ImportError):  # not installed: then the reader's own fonts have to do
        return ""


def type_face(text: str, bold: str, italic: str) -> str:
    """Return the style rules for the type of words and mathematics, less its Korean letters.

    Parameters
    ----------
    text, bold, italic
        All that may come to stand in each cut.
    """
    own = font(MATHEMATICS)
    cuts = ((own.regular, text, "100 500", ""), (own.bold, bold, "600 900", ""),
            (own.italic, italic, "100 500", "italic"))  # fmt: skip
    try:
        return "".join(
            _written(TYPE, weight, _subset(str(path), _type_letters(letters)), style)
            for path, letters, weight, style in cuts
        )
    except (BadInput, ImportError):
        return ""


def _type_letters(text: str) -> str:
    return "".join(sorted({letter for letter in text if not EAST_ASIAN.match(letter)}))


def _letters(text: str) -> str:
    return "".join(sorted(set(EAST_ASIAN.findall(text))))


def _rule(letters: str, is_bold: bool) -> str:
    korean = font("ko")
    content = _subset(str(korean.bold if is_bold else korean.regular), letters)
    return _written(FAMILY, "600 900" if is_bold else "100 500", content)


def _written(family: str, weight: str, content: bytes, style: str = "") -> str:
    encoded = base64.b64encode(content).decode()
    slanted = f"font-style: {style}; " if style else ""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; {slanted}'
        f'src: url("data:font/woff2;base64,{encoded}") format("woff2"); }}\n'
    )


@cache
def _subset(path: str, letters: str) -> bytes:
    # matplotlib brings fontTools along.
    from fontTools import subset

    options = subset.Options(
        recalc_timestamp=False,
        hinting=False,
        layout_features=["tnum"],
        name_IDs=[],
        flavor="woff2",
    )
    # Notes of the font's makers, which nobody reads here.
    options.drop_tables += ["TSI0", "TSI1", "TSI2", "TSI3", "TSI5"]
    with subset.load_font(path, options) as whole:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(whole)
        whole.flavor = "woff2"
        stream = io.BytesIO()
        whole.save(stream)
    return stream.getvalue()
