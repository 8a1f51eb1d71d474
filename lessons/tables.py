"""Tables that are in memory already, such as a data frame, as the CSV that a lesson reads."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

from regviz.lessons.errors import BadInput


def to_csv(table: object) -> bytes:
    """Return a table as CSV.

    Parameters
    ----------
    table
        A data frame of pandas or polars, or names to columns of equal length. What is missing
        (None, NaN, NA) becomes an empty cell.

    Raises
    ------
    BadInput
        If it is not a table.
    """
    columns = {str(name): list(cells) for name, cells in _columns(table).items()}
    lengths = {name: len(cells) for name, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise BadInput(f"the columns of data have different lengths: {said}; give equal ones.")
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(map(_cell, row) for row in zip(*columns.values(), strict=True))
    return stream.getvalue().encode()


def _columns(table: Any) -> dict[Any, Iterable[Any]]:
    try:
        if isinstance(table, Mapping):
            return {name: iter(cells) for name, cells in table.items()}
        # Both libraries' frames list their columns' names, and give a column by its name.
        return {name: iter(table[name]) for name in table.columns}
    except (TypeError, AttributeError, KeyError):
        raise BadInput(
            f"data is a {type(table).__name__} and not a table; give a data frame, names with "
            "columns of equal length, or a CSV file's name."
        ) from None


def _cell(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return "" if (written := str(cell)) in ("<NA>", "NaT") else written
