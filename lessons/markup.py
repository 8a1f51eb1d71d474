"""The small markup of our sentences: plain text with `$...$` mathematics in a part of TeX."""

from __future__ import annotations

import re
from typing import NamedTuple


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
