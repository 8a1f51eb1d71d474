"""How messages write names, cells and lists of them: in quotes, whole, and never endless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

#: names and cells in messages are cut to this many letters, and paths of files to so many
_LONGEST, LONGEST_PATH = 60, 240
#: categories of letters that have no shape, some of which a terminal obeys
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
#: lists in messages are cut to this many things
MOST = 12


def shown(text: object, longest: int = _LONGEST) -> str:
    """Return a text on one line, cut where it is long, without what a terminal would obey."""
    seen = "".join(
        f"\\x{ord(letter):02x}" if unicodedata.category(letter) in _UNSEEN else letter
        for letter in str(text)[: 2 * longest]
    )
    return seen if len(seen) <= longest else seen[: longest - 1] + "…"


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
