"""How messages write names, cells and lists of them: in quotes, whole, and never endless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

#: names and cells in messages are cut to this many letters
_LONGEST = 60
#: lists in messages are cut to this many things
MOST = 12


def shown(text: object) -> str:
    """Return a text on one line, cut where it is long, without what a terminal would obey."""
    seen = "".join(
        f"\\x{ord(letter):02x}" if unicodedata.category(letter) in {"Cc", "Cs"} else letter
        for letter in str(text)[: 2 * _LONGEST]
    )
    return seen if len(seen) <= _LONGEST else seen[: _LONGEST - 1] + "…"


def quoted(name: object) -> str:
    """Return a name or a cell as messages have it."""
    return f"'{shown(name)}'"


def some(things: Iterable[object], most: int = MOST) -> str:
    """Return `a, b and 12 more`: a list that stays readable however long it is."""
    listed = [str(thing) for thing in things]
    more = len(listed) - most
    if more > 1:
        return f"{', '.join(listed[:most])} and {more} more"
    return every(listed)


def every(things: Sequence[object]) -> str:
    """Return `a, b and c`."""
    listed = [str(thing) for thing in things]
    return " and ".join(part for part in (", ".join(listed[:-1]), listed[-1]) if part)
