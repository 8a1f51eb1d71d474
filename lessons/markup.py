"""The small markup of our sentences: plain text with `$...$` mathematics in a part of TeX."""

from __future__ import annotations

import re
from typing import NamedTuple

#: one command, number or sign of our part of TeX
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|.", re.DOTALL)


class Run(NamedTuple):
    """A stretch of a sentence that is all text or all mathematics."""

    content: str
    is_math: bool


def runs(sentence: str) -> list[Run]:
    """Split a sentence at its dollar signs; `runs("a $x$")` is text then mathematics.

    Raises
    ------
    ValueError
        If a dollar sign has no partner.
    """
    parts = re.split(r"\$", sentence)
    if len(parts) % 2 == 0:
        raise ValueError(f"a dollar sign has no partner in {sentence!r}")
    return [Run(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def take_word(tokens: list[str], tex: str) -> str:
    r"""Take a word in braces, as `\text{train}` has it, off the list's end.

    Parameters
    ----------
    tokens
        What is left to read, last first; the word and its braces are removed.
    tex
        All of the mathematics, for the complaint.

    Raises
    ------
    ValueError
        If there are no braces, or they do not match.
    """
    letters: list[str] = []
    if not tokens or tokens.pop() != "{":
        raise ValueError(f"a word in braces is missing in {tex!r}")
    while tokens and tokens[-1] != "}":
        letters.append(tokens.pop())
    if not tokens:
        raise ValueError(f"an opening brace has no partner in {tex!r}")
    tokens.pop()
    return "".join(letters)
