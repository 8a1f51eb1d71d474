"""From a CSV file to a table, a few thousand rows at a time, so that no text piles up."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice

from regviz.lessons.data.cells import ColumnBuilder, is_number
from regviz.lessons.data.decoding import encoding_of
from regviz.lessons.data.dialect import SEPARATORS, reader, separator_of
from regviz.lessons.data.source import Opener, opener
from regviz.lessons.data.table import Table, clean
from regviz.lessons.data.words import LONGEST_PATH, every, shown, some
from regviz.lessons.errors import BadInput

#: rows that are turned into numbers at once
_BLOCK = 4096
#: lines and letters by which the separator is told
_HEAD_LINES, _HEAD_LETTERS = 60, 1 << 16


def read_csv(name: str, separator: str | None, encoding: str | None) -> Table:
    """Read a CSV file with a header line, or a shipped data set by name.

    Parameters
    ----------
    name
        Of the file.
    separator, encoding
        As the user gave them; None means that they are recognised.

    Raises
    ------
    BadInput
        If it is missing, a directory, empty, no text, ragged or without a header line.
    """
    said = f"data file {shown(name, LONGEST_PATH)}"
    content = opener(name)
    try:
        encoding, guess = encoding_of(content, said, encoding)
        between, skips = separator or "", False
        if separator is None:
            with _text(content, encoding) as text:
                between, skips = separator_of(islice(_bounded(text), _HEAD_LINES))
        with _text(content, encoding) as text:
            return _Reading(said, between, guess, recognised=separator is None).table(
                text, skips
            )
    except OSError as error:
        raise BadInput(f"{said} cannot be read: {error.strerror}.") from None


def _text(content: Opener, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(content(), encoding=encoding, newline="")


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines, but not all of a file that is one line."""
    left = _HEAD_LETTERS
    while left > 0 and (line := text.readline(left)):
        left -= len(line)
        yield line


def _names(header: Sequence[str]) -> list[str]:
    """Return columns' names; some programs put every name in single quotes."""
    names = [clean(name) for name in header]
    if all(len(name) > 2 and name[0] == name[-1] == "'" for name in names):
        return [name[1:-1] for name in names]
    return names


class _Reading:
    """Reads one file, and remembers what must be said of it."""

    def __init__(self, said: str, separator: str, guess: str, *, recognised: bool) -> None:
        self.said, self.separator = said, separator
        self.guesses = [f"as {guess}"] if guess else []
        if recognised and separator != ",":
            name = SEPARATORS.get(separator, "spaces" if separator == " " else f"'{separator}'")
            self.guesses.append(f"with {name} between cells")
        self.lines = array("l")
        self.ragged: list[tuple[int, int]] = []

    def table(self, text: io.TextIOWrapper, skips: bool) -> Table:
        """Return the table."""
        rows = reader(text, self.separator)
        try:
            header, blocks = self._begin(self._rows(rows, skips))
            builders = [ColumnBuilder(self.separator != ",") for _ in header]
            for block in blocks:
                cells = self._even(block, len(header))
                for builder, column in zip(builders, zip(*cells, strict=True), strict=False):
                    builder.add(column)
        except csv.Error as error:
            raise BadInput(f"{self.said}, line {rows.line_num}, is not CSV: {error}.") from None
        if self.ragged:
            self._refuse_ragged(len(header))
        columns = tuple(
            builder.finish(name, at)
            for at, (name, builder) in enumerate(zip(_names(header), builders, strict=True))
        )
        if any(column.comma for column in columns):
            self.guesses.append("with decimal commas")
        notes = (f"{self.said} is read {every(self.guesses)}.",) if self.guesses else ()
        return Table(self.said, columns, self.lines, "line", notes)

    def _rows(self, rows: Iterator[list[str]], skips: bool) -> Iterator[tuple[int, list[str]]]:
        """Yield rows that hold something, each with the line it ends on."""
        for row in rows:
            # A row of separators only is no row; most rows begin with something.
            if not row or (not row[0].strip() and not any(map(str.strip, row))):
                continue
            if skips:
                skips = False
                continue
            yield rows.line_num, row  # type: ignore[attr-defined]

    def _begin(
        self, rows: Iterator[tuple[int, list[str]]]
    ) -> tuple[list[str], Iterator[list[tuple[int, list[str]]]]]:
        """Return the header, one name for each column, and the rows below it in blocks."""
        header = next(rows, (0, []))[1]
        if not header:
            raise BadInput(f"{self.said} is empty; give a header line and rows of numbers.")
        counted = [str(at) for at in range(len(header))]
        if all(map(is_number, filter(str.strip, header))) and header != counted:
            raise BadInput(
                f"{self.said} has no header line: its first line holds numbers only "
                f"({some(map(shown, header), 4)}); put a line with the columns' names above it."
            )
        first = list(islice(rows, _BLOCK))
        longer = (len(row) == len(header) + 1 and row[-1].strip() for _, row in first)
        if first and len(header) > 1 and all(longer):
            header = ["", *header]  # R names rows, but not the column of their names
        return header, self._blocks(first, rows)

    def _blocks(
        self, first: list[tuple[int, list[str]]], rows: Iterator[tuple[int, list[str]]]
    ) -> Iterator[list[tuple[int, list[str]]]]:
        block = first
        while block:
            yield block
            block = list(islice(rows, _BLOCK))

    def _even(self, block: list[tuple[int, list[str]]], n_cells: int) -> list[list[str]]:
        """Return the rows that have as many cells as the header, and note the others."""
        even = []
        for line, row in block:
            if len(row) > n_cells and not any(map(str.strip, row[n_cells:])):
                row = row[:n_cells]
            if len(row) == n_cells:
                even.append(row)
                self.lines.append(line)
            else:
                self.ragged.append((line, len(row)))
        return even

    def _refuse_ragged(self, n_cells: int) -> None:
        first = self.ragged[0][1]
        lines = [line for line, _ in self.ragged]
        more = f", as {some(lines[1:], 5)} are uneven too" if len(lines) > 1 else ""
        hint = ""
        if n_cells == 1:
            hint = ", take out lines above the header, or give --separator"
        elif not self.lines:
            hint = ", and the first line the columns' names"
        raise BadInput(
            f"{self.said}, line {lines[0]}, has {first} cell{'s' * (first != 1)} where the "
            f"header has {n_cells}{more}; give every row the same number{hint}."
        )
