"""Tables from Python: pandas or polars data frames, or a dictionary of arrays.

None of these packages is imported: a table is whatever gives its columns by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from regviz.lessons.data.cells import Column, ColumnBuilder
from regviz.lessons.data.table import Table, clean
from regviz.lessons.data.words import quoted
from regviz.lessons.errors import BadInput


@dataclass(frozen=True, eq=False)
class Frame:
    """A table in memory as it was when it was given, whatever becomes of it later.

    Two are equal if they hold the same, so that a cache knows one by its content.
    """

    columns: tuple[Column, ...]
    n_rows: int
    digest: str

    def __str__(self) -> str:
        return f"a table of {self.n_rows} rows and {len(self.columns)} columns"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frame) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def table(self) -> Table:
        """Return it as lessons read it; rows are counted from 0, as Python does."""
        return Table("the table", self.columns, range(self.n_rows), "row")


def is_table(value: object) -> bool:
    """Return whether a value gives columns by name."""
    named = hasattr(value, "columns") and hasattr(value, "__getitem__")
    return isinstance(value, Frame | Mapping) or named or _fields(value) is not None


def snapshot(name: str, value: Any) -> Frame:
    """Copy a table.

    Parameters
    ----------
    name
        Of the parameter, for messages.
    value
        What :func:`is_table` accepts.

    Raises
    ------
    BadInput
        If a column is no list of values, or columns are of different lengths.
    """
    if isinstance(value, Frame):
        return value
    columns = tuple(
        _column(clean(header), at, cells) for at, (header, cells) in enumerate(_pairs(value))
    )
    if not columns:
        raise BadInput(f"{name} has no columns; give a table with named columns.")
    n_rows = len(columns[0].numbers)
    uneven = [column for column in columns if len(column.numbers) != n_rows]
    if uneven:
        raise BadInput(
            f"column {quoted(uneven[0].name)} of {name} has {len(uneven[0].numbers)} values "
            f"where {quoted(columns[0].name)} has {n_rows}; give every column as many."
        )
    return Frame(columns, n_rows, _digest(columns))


def _fields(value: object) -> tuple[str, ...] | None:
    return getattr(getattr(value, "dtype", None), "names", None)


def _pairs(value: Any) -> Iterable[tuple[object, Any]]:
    """Return headers and cells; a header may be there twice in pandas, so none is looked up."""
    if hasattr(value, "items"):
        return list(value.items())
    if hasattr(value, "iter_columns"):
        return [(series.name, series) for series in value.iter_columns()]
    return [(header, value[header]) for header in _fields(value) or list(value.columns)]


def _column(name: str, position: int, cells: Any) -> Column:
    values = cells.to_numpy() if hasattr(cells, "to_numpy") else np.asarray(cells)
    if values.ndim != 1:
        raise BadInput(
            f"column {quoted(name)} of the table has shape {values.shape}; "
            "give one value for each row."
        )
    if values.dtype.kind in "iuf":
        numbers = values.astype(float)
        if not np.isinf(numbers).any():
            return Column(name, position, numbers)
    if values.dtype.kind == "M":
        values = values.astype("datetime64[s]").astype(str)
    builder = ColumnBuilder(decimal_comma=False)
    builder.add([_written(cell) for cell in values.tolist()])
    return builder.finish(name, position)


def _written(cell: object) -> str:
    """Return a cell as a file would have it; a number keeps every digit."""
    return repr(cell) if type(cell) is float else "" if cell is None else str(cell)


def _digest(columns: tuple[Column, ...]) -> str:
    whole = hashlib.sha256()
    for column in columns:
        for word in (column.name, *column.words):
            whole.update(f"{len(word)} {word}".encode("utf-8", "replace"))
        whole.update(np.ascontiguousarray(column.numbers).tobytes())
        whole.update(b"" if column.codes is None else column.codes.tobytes())
    return whole.hexdigest()
