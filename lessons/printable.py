"""Texts that anything can show: XML, TeX, fonts and terminals each trip over control signs."""

from __future__ import annotations

import re

#: all control signs but tab and line feed, halves of surrogate pairs, and what is no letter
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: letters of a value that a sentence repeats
_BRIEF = 80


def printable(text: str) -> str:
    """Return a text with a space in place of each sign that has no look."""
    return _UNSHOWN.sub(" ", text)


def brief(value: object) -> str:
    """Return a value for a sentence: on one line, printable, and not long."""
    try:
        written = str(value)
    except (ValueError, RecursionError):  # Python writes no number of over 4,300 digits
        return f"{type(value).__name__} without end"
    line = " ".join(printable(written[: 4 * _BRIEF]).split())
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 1]}…"
