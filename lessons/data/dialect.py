"""What stands between the cells of a file: recognised from its first lines, or given."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

#: separators that are recognised, the most usual first, and what messages call them
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: rows by which one of several is told
_N_ROWS = 20
_EXCEL = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


def reader(lines: Iterable[str], separator: str) -> Any:
    """Return the rows of cells; `line_num` of it is the line that was read last."""
    return csv.reader(lines, delimiter=separator, skipinitialspace=True)


def separator_of(lines: Iterable[str]) -> tuple[str, bool]:
    """Return what separates cells, and whether the first line only says so, as Excel's does.

    That is what splits the header into most cells, among what splits the rows below it into
    as many; a single space does where nothing else splits the header.
    """
    head = [line for line in lines if line.strip()]
    told = _EXCEL.fullmatch(head[0].strip()) if head else None
    if told:
        return told[1], True
    found = {separator: _fit(head, separator) for separator in SEPARATORS}
    best = max(found, key=lambda separator: found[separator])
    if found[best][1] > 1:
        return best, False
    share, n_cells = _fit(head, " ")
    return (" " if share == 1.0 and n_cells > 1 and len(head) > 1 else ","), False


def _fit(head: list[str], separator: str) -> tuple[float, int]:
    """Return the share of rows that fit the header, and into how many cells that is split."""
    rows = list(_whole_rows(head, separator))
    if not rows or len(rows[0]) < 2:
        return (0.0, 1)
    n_cells, below = len(rows[0]), rows[1:]
    # R leaves the header of its rows' names out; Excel ends some rows with empty cells.
    fitting = sum(
        len(row) == n_cells + 1 or len(_cut(row)) <= n_cells <= len(row) for row in below
    )
    return (fitting / len(below) if below else 1.0, n_cells)


def _cut(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row


def _whole_rows(head: list[str], separator: str) -> Iterator[list[str]]:
    rows = reader(head, separator)
    try:
        for _, row in zip(range(_N_ROWS + 1), rows, strict=False):
            yield row
    except csv.Error:
        return
