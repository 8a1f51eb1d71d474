"""The names of the user's columns, short enough to stand beside what they name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from itertools import accumulate, takewhile

from regviz.lessons.markup import literal

#: names are cut to the width of this many Latin letters
LONGEST = 16


def width(text: str) -> int:
    """Return about how wide a text is, in Latin letters; East Asian ones take two."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    # Conjoining vowels and finals join the letter before, as accents do.
    if unicodedata.combining(letter) or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def short_names(names: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Cut names at their end; those that this makes equal are cut elsewhere instead.

    In their middle, or if that is where they differ, on both sides of where they begin to.
    Different names stay different.
    """
    ways = (_at_end, _in_middle, partial(_where_they_differ, names))
    short = [name if width(name) <= longest else "" for name in names]
    for cut in ways:
        tried = [done or cut(name, longest) for name, done in zip(names, short, strict=True)]
        last = cut is ways[-1]
        short = [each if last or tried.count(each) == 1 else "" for each in tried]
        short = [
            name if width(name) <= longest else each
            for name, each in zip(names, short, strict=True)
        ]
    return _numbered(names, short, longest)


def literal_names(names: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Return names as :func:`short_names` cuts them, for our sentences and along axes."""
    return [literal(name) for name in short_names(names, longest)]


def _at_end(name: str, longest: int) -> str:
    return _head(name, longest - 1) + "…"


def _in_middle(name: str, longest: int) -> str:
    tail = (longest - 1) // 2
    return _head(name, longest - 1 - tail) + "…" + _tail(name, tail)


def _head(name: str, room: int) -> str:
    """Return the longest beginning of a name that is no wider than the room."""
    fit = takewhile(lambda reached: reached <= room, accumulate(map(_width, name)))
    return name[: sum(1 for _ in fit)]


def _tail(name: str, room: int) -> str:
    """Return the longest ending of a name that is no wider than the room."""
    return next(name[at:] for at in range(len(name) + 1) if width(name[at:]) <= room)


def _where_they_differ(names: Sequence[str], name: str, longest: int) -> str:
    """Keep a few letters of the beginning, and those from where other names differ on."""
    others = [other for other in names if other != name]
    same = max((_n_same(name, other) for other in others), default=0)
    head = _head(name, max(1, (longest - 2) // 4))
    room = longest - 2 - width(head)
    last = max(len(head), len(name) - len(_tail(name, room + 1)))
    begin = min(max(len(head), same - 1), last)
    rest = _head(name[begin:], room)
    ending = "…" if begin + len(rest) < len(name) else ""
    return f"{head}…{rest}{ending}"


def _n_same(one: str, other: str) -> int:
    """Return how many letters two names begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)


def _numbered(names: Sequence[str], short: Sequence[str], longest: int) -> list[str]:
    """Write numbers behind what is equal all the same, in the order of the names."""
    found: list[str] = []
    for name, each in zip(names, short, strict=True):
        number = 2
        while each in found and name not in names[: len(found)]:
            ending = f"… {number}"
            each = _head(each, longest - len(ending)) + ending
            number += 1
        found.append(each)
    return found
