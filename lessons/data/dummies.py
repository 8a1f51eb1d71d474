"""Categories as numbers: an indicator for each level but the first, as R's model.matrix."""

from __future__ import annotations

import numpy as np

from regviz.lessons.data.cells import Column
from regviz.lessons.data.words import quoted, some
from regviz.lessons.errors import BadInput

#: more levels than this are names rather than categories
_MOST_LEVELS = 100
#: with at most so many, a column is offered as categories
_FEW_LEVELS = 20


def levels_of(column: Column) -> tuple[str, ...]:
    """Return what a column holds, each once: numbers by size, then words by the alphabet."""
    numbers = np.unique(column.numbers[column.is_number])
    words = sorted(column.words, key=lambda word: (word.casefold(), word))
    return (*(f"{number:.15g}" for number in numbers), *words)


def is_category(column: Column) -> bool:
    """Return whether a column holds few enough things to be offered as categories."""
    return 1 < len(levels_of(column)) <= min(_FEW_LEVELS, len(column.numbers) // 2)


def dummies(column: Column, said: str) -> tuple[tuple[str, ...], np.ndarray, str]:
    """Return the indicators' names, themselves `(n_rows, n_levels - 1)`, and what to say.

    A row is NaN where the column holds nothing.

    Raises
    ------
    BadInput
        If there are too few levels, or so many that they name rows.
    """
    levels = levels_of(column)
    name = quoted(column.name)
    if len(levels) < 2:
        raise BadInput(f"column {name} of {said} has the same in every row; leave it out.")
    if len(levels) > min(_MOST_LEVELS, len(column.numbers) - 1):
        raise BadInput(
            f"column {name} of {said} has {len(levels)} different words or numbers, too many "
            "for --dummies; leave it out."
        )
    numbers = np.unique(column.numbers[column.is_number])
    where = {word: at for at, word in enumerate(levels)}
    found = np.searchsorted(numbers, column.numbers)
    if column.codes is not None:
        of_words = np.array([*(where[word] for word in column.words), 0])
        found = np.where(column.is_word, of_words[column.codes], found)
    indicators = (found[:, None] == np.arange(1, len(levels))).astype(float)
    indicators[column.is_missing] = np.nan
    names = tuple(f"{column.name}={level}" for level in levels[1:])
    listed = some(map(quoted, names))
    against = f"{'each ' * (len(names) > 1)}against {quoted(levels[0])}"
    said_of = f"column {name} is made {listed}, {against}."
    return names, indicators, said_of
