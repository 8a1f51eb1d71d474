"""Columns of the user's data that no exact path can tell apart, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import regmath as rm
from regviz.lessons.data.words import every, quoted, some
from regviz.lessons.errors import BadInput
from regviz.lessons.options import option_word


@contextmanager
def told_apart(features: Sequence[str]) -> Iterator[None]:
    """Say which of these features, the columns of `X`, regmath could not tell apart.

    Raises
    ------
    BadInput
        Where `NearlyDependent` is raised inside.
    """
    try:
        yield
    except rm.NearlyDependent as error:
        groups = [[features[column] for column in group] for group in error.groups]
        said = some(every([*map(quoted, group)]) for group in groups)
        surplus = option_word(*dict.fromkeys(group[-1] for group in groups))
        raise BadInput(
            f"features cannot be told apart in double precision: {said}; "
            f"leave one of each out, as with --drop {surplus}."
        ) from None


@contextmanager
def powers_told_apart(degree: int) -> Iterator[None]:
    """Say that a polynomial of this degree is too high for its points.

    Raises
    ------
    BadInput
        Where `NearlyDependent` is raised inside, about columns that are powers.
    """
    try:
        yield
    except rm.NearlyDependent:
        raise BadInput(
            f"degree = {degree} has powers that cannot be told apart at these points in double "
            "precision; give a lower degree."
        ) from None
