"""From the cells of a column to numbers, and words where a cell holds no number."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array

#: what stands where there is no value, in small letters
MISSING = {
    *("", "na", "n/a", "#n/a", "#na", "<na>", "#n/a n/a", "nan", "-nan", "nat", "null", "none"),
    *("nil", "?", ".", "..", "-", "--", "*", "#value!", "#div/0!", "#null!"),
    *("1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind"),
}

# Python's own float() also takes 1_0, other scripts' digits, inf and nan.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ONLY_NUMBERS = re.compile(r"[-+.0-9eE \n]*")
_ONLY_COMMA_NUMBERS = re.compile(r"[-+.,0-9eE \n]*")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name
        As it is shown; empty if it has none.
    position
        Place in the table, from 0.
    numbers
        Shape `(n_rows,)`, NaN where a cell holds no number.
    codes
        Which of `words` a cell holds, -1 where it holds none, shape `(n_rows,)`; None if no
        cell holds any.
    words
        What is neither a number nor missing, each once, in order of appearance.
    comma, point
        A number that is written with a decimal comma, and one with a point; empty if none is.
    """

    name: str
    position: int
    numbers: Array
    codes: NDArray[np.intc] | None = None
    words: tuple[str, ...] = ()
    comma: str = ""
    point: str = ""

    @cached_property
    def is_number(self) -> NDArray[np.bool_]:
        """Which cells hold a number, shape `(n_rows,)`."""
        return ~np.isnan(self.numbers)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which cells hold a word, shape `(n_rows,)`."""
        if self.codes is None:
            return np.zeros(len(self.numbers), dtype=bool)
        return np.asarray(self.codes >= 0)

    @property
    def is_missing(self) -> NDArray[np.bool_]:
        """Which cells hold nothing, shape `(n_rows,)`."""
        return ~(self.is_number | self.is_word)


class ColumnBuilder:
    """Takes a column's cells, some at a time, and holds no text but each word once.

    Parameters
    ----------
    decimal_comma
        Whether a number may be written with a comma, which then separates no cells.
    """

    def __init__(self, decimal_comma: bool) -> None:
        self._decimal_comma = decimal_comma
        # Grown in place: many small arrays would leave the memory that they took in pieces.
        self._numbers = array("d")
        self._codes = array("i")
        self._words: dict[str, int] = {}
        self._comma = self._point = ""

    def add(self, cells: Sequence[str]) -> None:
        """Append cells."""
        numbers, codes = self._all_numbers(cells), None
        if numbers is None:
            numbers, codes = self._one_by_one(cells)
        n_before = len(self._numbers)
        self._numbers.frombytes(numbers.tobytes())
        if self._words and codes is not None:
            n_without = n_before - len(self._codes)
            self._codes.frombytes(np.full(n_without, -1, np.intc).tobytes())
            self._codes.frombytes(codes.tobytes())

    def finish(self, name: str, position: int) -> Column:
        """Return the column."""
        numbers = np.frombuffer(self._numbers) if self._numbers else np.empty(0)
        codes = None
        if self._words:
            n_without = len(self._numbers) - len(self._codes)
            self._codes.frombytes(np.full(n_without, -1, np.intc).tobytes())
            codes = np.frombuffer(self._codes, np.intc)
        words = tuple(self._words)
        return Column(name, position, numbers, codes, words, self._comma, self._point)

    def _all_numbers(self, cells: Sequence[str]) -> Array | None:
        """Return cells that are all numbers, quickly, or None."""
        joined = "\n".join(cells)
        comma = next((cell for cell in cells if "," in cell), "") if "," in joined else ""
        point = next((cell for cell in cells if "." in cell), "") if "." in joined else ""
        if comma:
            if point or not self._decimal_comma or not _ONLY_COMMA_NUMBERS.fullmatch(joined):
                return None
            cells = joined.replace(",", ".").split("\n")
        elif not _ONLY_NUMBERS.fullmatch(joined):
            return None
        try:
            numbers = np.fromiter(map(float, cells), float, len(cells))
        except ValueError:
            return None
        if not np.isfinite(numbers).all():
            return None
        self._comma, self._point = self._comma or comma.strip(), self._point or point.strip()
        return numbers

    def _one_by_one(self, cells: Sequence[str]) -> tuple[Array, NDArray[np.intc]]:
        numbers = np.full(len(cells), np.nan)
        codes = np.full(len(cells), -1, np.intc)
        for at, cell in enumerate(cells):
            word = cell.strip()
            if word.lower() in MISSING:
                continue
            number = self._number(word)
            if number is None:
                codes[at] = self._words.setdefault(word, len(self._words))
            else:
                numbers[at] = number
        return numbers, codes

    def _number(self, word: str) -> float | None:
        comma = self._decimal_comma and "," in word
        written = word.replace(",", ".", 1) if comma and "." not in word else word
        if not _NUMBER.fullmatch(written):
            return None
        if comma:
            self._comma = self._comma or word
        elif "." in word:
            self._point = self._point or word
        number = float(written)
        return number if math.isfinite(number) else None


def is_number(cell: str) -> bool:
    """Return whether a cell holds a number, with a decimal point or comma."""
    return _NUMBER.fullmatch(cell.strip().replace(",", ".", 1)) is not None
