"""The small markup of our sentences: plain text with `$...$` mathematics in a part of TeX.

What a user wrote, such as a column's name, is put into a sentence by :func:`literal`, so that
no sign in it means anything.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: what the options of a question are called, in order
LETTERS = "ABCDEFGH"
#: signs that mean something in our markup or where its places are filled
_SIGNS = "$\\{}|"
#: what stands for them in literal text: signs of which Unicode says that no text has them
_HELD = {ord(sign): 0xFDD0 + index for index, sign in enumerate(_SIGNS)}
_SPELLED = {held: sign for sign, held in _HELD.items()}


class Run(NamedTuple):
    """A stretch of a sentence that is all text or all mathematics."""

    content: str
    is_math: bool


def ended(sentence: str) -> str:
    """Return a sentence with the point that a picture leaves out."""
    return sentence if sentence.endswith((".", "?", "!", ":")) else f"{sentence}."


def literal(text: str) -> str:
    """Return text as our markup has it where every sign stands for itself."""
    return text.translate(_HELD)


def spelled(marked: str) -> str:
    """Return what was made literal as it was written; the other way round."""
    return marked.translate(_SPELLED)


def runs(sentence: str) -> list[Run]:
    """Split a sentence at its dollar signs; `runs("a $x$")` is text then mathematics.

    Text is as it is to be read; mathematics is still to be parsed.

    Raises
    ------
    ValueError
        If a dollar sign has no partner.
    """
    parts = re.split(r"\$", sentence)
    if len(parts) % 2 == 0:
        raise ValueError(f"a dollar sign has no partner in {sentence!r}")
    return [
        Run(part, is_math=True) if index % 2 else Run(spelled(part), is_math=False)
        for index, part in enumerate(parts)
        if part
    ]
