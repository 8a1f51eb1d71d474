"""The places of a sentence, such as `{lam}`, carried through its markup as one sign each."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

#: the names of a sentence's places, in the order of their signs
Places = Sequence[str]

#: the first sign of the range that Unicode leaves for private use
_FIRST = 0xE000


def marked(sentence: str) -> tuple[str, Places]:
    """Put one sign for each place, and undouble braces as `str.format` does."""
    found = (name for _, name, _, _ in Formatter().parse(sentence) if name)
    places = list(dict.fromkeys(found))
    signs = {name: chr(_FIRST + index) for index, name in enumerate(places)}
    return sentence.format_map(signs), places


def place_of(sign: str, places: Places) -> str | None:
    """Return the name of the place that a sign stands for; None if it is an ordinary one."""
    index = ord(sign) - _FIRST if len(sign) == 1 else -1
    return places[index] if 0 <= index < len(places) else None
