"""On which line of a TOML file each key stands, which `tomllib` does not say.

Only what locates a key is read here; whether the file is TOML, and what it means, is
`tomllib`'s to say.
"""

from __future__ import annotations

import re
from collections import defaultdict

#: a key's place: the names of its tables, with an index behind the name of an array of tables
Place = tuple[str | int, ...]

#: as deep as a lecture's tables go, and one further
_DEEPEST = 6

_STRING = r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'"
_TOKEN = re.compile(
    rf"(?P<string>{_STRING})|(?P<comment>#[^\n]*)|(?P<open>[\[{{])|(?P<close>[\]}}])"
    r"|(?P<line>\n)|(?P<other>[^\n\"'#\[\]{}]+|.)",
    re.DOTALL,
)
_PART = re.compile(r"""\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([\w-]+))\s*(\.|$|=)""")


def locate(source: str) -> dict[Place, int]:
    """Return the line, from 1, of every key and table of a file."""
    found: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = defaultdict(int)
    for number, statement in _statements(source):
        header = re.fullmatch(r"(\[\[?)([^\n]*?)\]\]?", statement)
        if header is None:
            _note(found, table, _names(statement), number)
            continue
        names = _names(header[2])
        table = _within(names[:-1], counts) + tuple(names[-1:])
        if header[1] == "[[":
            counts[table] += 1
            table = (*table, counts[table] - 1)
        else:
            table = _within(names, counts)
        _note(found, table, [], number)
    return found


def _note(found: dict[Place, int], table: Place, names: list[str], number: int) -> None:
    place = (*table, *names)[:_DEEPEST]
    for length in range(1, len(place) + 1):
        found.setdefault(place[:length], number)


def _within(names: list[str], counts: dict[Place, int]) -> Place:
    """Return the place that a header's names mean: the last of each array they pass."""
    place: Place = ()
    for name in names:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place] - 1)
    return place


def _statements(source: str) -> list[tuple[int, str]]:
    """Split a file into headers and assignments, each with its line; comments are left out."""
    statements, text, depth = [], "", 0
    line = start = 1
    for token in _TOKEN.finditer(source):
        kind, content = token.lastgroup, token[0]
        depth += (kind == "open") - (kind == "close")
        if kind == "line" and depth <= 0:
            statements.append((start, text.strip()))
            text, depth = "", 0
        elif kind != "comment":
            if not text.strip():
                start = line
            text += content
        line += content.count("\n")
    statements.append((start, text.strip()))
    return [(number, statement) for number, statement in statements if statement]


def _names(text: str) -> list[str]:
    names, at = [], 0
    while part := _PART.match(text, at):
        names.append(next(group for group in part.groups() if group is not None))
        at = part.end()
        if part[4] != ".":
            break
    return names
