"""The places of a sentence, such as `{lam}`, carried through its markup as one sign each."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: the names of a sentence's places, in the order of their signs
Places = Sequence[str]

#: the first sign of the range that Unicode leaves for private use
_FIRST = 0xE000
#: a place to fill; an argument, as in `\hat{w}` or `e^{t}`, is not one
_PLACE = re.compile(r"(?<![\\A-Za-z}{^_])\{([a-z]\w*)\}(?!\})")


def marked(sentence: str) -> tuple[str, Places]:
    """Put one sign for each place, and undouble braces as `str.format` does."""
    places = list(dict.fromkeys(_PLACE.findall(sentence)))
    if not places:
        return sentence, places
    signs = {name: chr(_FIRST + index) for index, name in enumerate(places)}
    return sentence.format_map(signs), places


def place_of(sign: str, places: Places) -> str | None:
    """Return the name of the place that a sign stands for; None if it is an ordinary one."""
    index = ord(sign) - _FIRST if len(sign) == 1 else -1
    return places[index] if 0 <= index < len(places) else None
