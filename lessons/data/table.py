"""A table as it was read: its columns, where its rows stand, and what was guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regviz.lessons.data.cells import Column
from regviz.lessons.data.words import some


@dataclass(frozen=True)
class Table:
    """Columns of equal length.

    Attributes
    ----------
    said
        What messages call it, such as `data file grades.csv`.
    columns
        In order; names may be empty or repeated.
    places
        Where each row stands, for messages, shape `(n_rows,)`.
    unit
        What `places` count: lines of a file, or rows of a table in memory.
    notes
        What was guessed in reading it, in sentences.
    """

    said: str
    columns: tuple[Column, ...]
    places: Sequence[int]
    unit: str
    notes: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many rows there are below the header."""
        return len(self.places)

    def where(self, rows: np.ndarray, most: int = 6) -> str:
        """Return where some rows stand, such as `lines 4, 7 and 9`."""
        at = np.flatnonzero(rows)
        listed = some((self.places[int(row)] for row in at), most)
        return f"{self.unit}{'s' * (len(at) > 1)} {listed}"


def clean(name: object) -> str:
    """Return a column's name as it is shown: on one line, without letters that have no shape.

    Letters that are written in several pieces are put together, as those who type them do.
    """
    text = "" if name is None else unicodedata.normalize("NFC", str(name))
    kept = (" " if letter.isspace() else letter for letter in text)
    visible = "".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return " ".join(visible.split())
