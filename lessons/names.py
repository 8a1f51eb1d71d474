"""The names of the user's columns, short enough to stand beside what they name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

#: names are cut to this many letters
LONGEST = 16


def short_names(names: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Cut names at their end; those that this makes equal are cut elsewhere instead.

    In their middle, or if that is where they differ, on both sides of where they begin to.
    Different names stay different.
    """
    ways = (_at_end, _in_middle, partial(_where_they_differ, names))
    short = [name if len(name) <= longest else "" for name in names]
    for cut in ways:
        tried = [done or cut(name, longest) for name, done in zip(names, short, strict=True)]
        last = cut is ways[-1]
        short = [each if last or tried.count(each) == 1 else "" for each in tried]
        short = [
            name if len(name) <= longest else each
            for name, each in zip(names, short, strict=True)
        ]
    return _numbered(names, short, longest)


def _at_end(name: str, longest: int) -> str:
    return name[: longest - 1] + "…"


def _in_middle(name: str, longest: int) -> str:
    tail = (longest - 1) // 2
    return name[: longest - 1 - tail] + "…" + name[-tail:]


def _where_they_differ(names: Sequence[str], name: str, longest: int) -> str:
    """Keep a few letters of the beginning, and those from where other names differ on."""
    others = [other for other in names if other != name]
    same = max((_n_same(name, other) for other in others), default=0)
    head = max(1, (longest - 2) // 4)
    room = longest - 2 - head
    begin = min(max(head, same - 1), max(head, len(name) - room - 1))
    rest = name[begin : begin + room]
    ending = "…" if begin + room < len(name) else ""
    return f"{name[:head]}…{rest}{ending}"


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
            each = f"{each[: longest - 3]}… {number}"
            number += 1
        found.append(each)
    return found
