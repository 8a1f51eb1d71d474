"""Data sets: the diabetes study that is shipped, and the lecturer's own CSV file.

A CSV is data and nothing else: nothing in it is evaluated, and only the columns a lesson
uses need to hold numbers.
"""

from __future__ import annotations

import csv
import difflib
import io
import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.errors import BadInput
from regviz.lessons.printable import printable

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: the target of each shipped data set
SHIPPED = {"diabetes": "target"}
#: two features that show most in a plane, for each shipped data set
SHIPPED_PLANES = {"diabetes": ("bmi", "s6")}


@dataclass(frozen=True)
class Table:
    """A CSV file as text, one tuple per column, each with its header.

    Attributes
    ----------
    source
        How the user named it.
    columns
        Header to cells, in the file's order.
    lines
        The line of the file on which each row ends, for messages.
    """

    source: str
    columns: dict[str, tuple[str, ...]]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Design:
    """A regression problem read from a table, in the file's own units.

    Attributes
    ----------
    X
        Features, shape `(n_samples, n_features)`.
    y
        Target, shape `(n_samples,)`.
    features, target
        Their column names.
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    target: str


_in_hand: ContextVar[Mapping[str, bytes]] = ContextVar("in_hand")


@contextmanager
def in_hand(files: Mapping[str, bytes]) -> Iterator[None]:
    """Read files by these names from memory: a job brings along what it reads.

    So the name a lecturer gave stays the name that is shown, wherever the job runs.
    """
    token = _in_hand.set(files)
    try:
        yield
    finally:
        _in_hand.reset(token)


def _text(source: str) -> str:
    if source in SHIPPED:
        return (
            resources.files("regviz.lessons").joinpath(f"data/{source}.csv").read_text("utf-8")
        )
    brought = _in_hand.get({}).get(source)
    if brought is not None:
        return _decoded(source, brought)
    path = Path(source)
    if not os.path.exists(path):
        raise BadInput(f"data file {source} does not exist; give a CSV file or 'diabetes'.")
    if not os.path.isfile(path):
        raise BadInput(f"data file {source} is not a file; give a CSV file or 'diabetes'.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"data file {source} cannot be read: {error.strerror}.") from None
    return _decoded(source, content)


def _decoded(source: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"data file {source} is not UTF-8 text (byte {error.start}); save it as UTF-8 CSV."
        ) from None


def read_table(source: str) -> Table:
    """Read a CSV file with a header line, or a shipped data set by name.

    Raises
    ------
    BadInput
        If it is missing, a directory, empty, not UTF-8, ragged or without distinct headers.
    """
    reader = csv.reader(io.StringIO(_text(source), newline=""))
    rows, lines = [], []
    try:
        for row in reader:
            if row:
                rows.append([printable(" ".join(cell.split())) for cell in row])
                lines.append(reader.line_num)
    except csv.Error as error:
        raise BadInput(
            f"data file {source}, line {reader.line_num}, is not CSV: {error}."
        ) from None
    if not rows:
        raise BadInput(f"data file {source} is empty; give a header line and rows of numbers.")
    header = rows[0]
    if len(set(header)) < len(header) or not all(header):
        raise BadInput(
            f"data file {source} has an empty or repeated column name in its first line; "
            "name every column once."
        )
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(header):
            raise BadInput(
                f"data file {source}, line {line}, has {len(row)} cells where the header has "
                f"{len(header)}; give every row the same number."
            )
    columns = {name: tuple(row[at] for row in rows[1:]) for at, name in enumerate(header)}
    return Table(source, columns, tuple(lines[1:]))


def _column(table: Table, name: str) -> Array:
    if name not in table.columns:
        near = difflib.get_close_matches(name, table.columns, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(table.columns)}."
        raise BadInput(f"data file {table.source} has no column {name!r}; {hint}")
    cells = table.columns[name]
    if len(cells) < 3:
        raise BadInput(
            f"data file {table.source} has {len(cells)} row{'s' * (len(cells) != 1)} below its "
            "header; give at least 3."
        )
    numbers = np.array([_cell(table, name, row) for row in range(len(cells))])
    if np.ptp(numbers) == 0.0:
        raise BadInput(
            f"column {name!r} of data file {table.source} is constant ({cells[0]}); "
            "choose a column that varies."
        )
    return numbers


def _cell(table: Table, name: str, row: int) -> float:
    cell = table.columns[name][row]
    where = f"column {name!r} of data file {table.source}, line {table.lines[row]},"
    if cell.lower() in {"", "na", "nan", "null", "none", "?"}:
        raise BadInput(f"{where} has no value; fill it in or leave the row out.")
    try:
        number = float(cell)
    except ValueError:
        raise BadInput(f"{where} holds {cell!r}; give a number.") from None
    if not math.isfinite(number):
        raise BadInput(f"{where} holds {cell!r}; give a finite number.")
    return number


def read_design(
    source: str, target: str | None = None, features: tuple[str, ...] | None = None
) -> Design:
    """Read the target and features a lesson needs; by default every other column is a feature.

    Raises
    ------
    BadInput
        If the file, a column or a cell cannot be used, or the target is not named.
    """
    table = read_table(source)
    if target is None:
        if source not in SHIPPED:
            raise BadInput(
                f"data file {source} needs its target named; give --target with one of "
                f"{', '.join(table.columns)}."
            )
        target = SHIPPED[source]
    if features is None:
        features = tuple(name for name in table.columns if name != target)
    if target in features:
        raise BadInput(f"column {target!r} is both target and feature; choose another feature.")
    y = _column(table, target)
    if not features:
        raise BadInput(f"data file {source} has no column besides {target!r}; add features.")
    X = np.column_stack([_column(table, name) for name in features])
    return Design(X, y, features, target)


def plane_features(
    source: str, target: str | None, features: tuple[str, str] | None
) -> tuple[str, str]:
    """Return a plane's two features: those given, those we chose for our data, or the only two.

    Raises
    ------
    BadInput
        If the choice is open, or the file cannot be read.
    """
    if features is not None:
        return features
    if source in SHIPPED_PLANES:
        return SHIPPED_PLANES[source]
    names = read_design(source, target).features
    if len(names) != 2:
        raise BadInput(
            f"data file {source} has {len(names)} features; give --features with the names of "
            "two."
        )
    return names[0], names[1]
