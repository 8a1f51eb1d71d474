"""Which columns of a table a lesson uses: those that are named, or all that can be."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regviz.lessons.data.cells import Column
from regviz.lessons.data.dummies import is_category
from regviz.lessons.data.kinds import (
    is_identifier,
    is_mostly_numbers,
    is_slip,
    truths,
    what_is_wrong,
)
from regviz.lessons.data.table import Table, clean
from regviz.lessons.data.words import MOST, every, quoted, some
from regviz.lessons.errors import BadInput
from regviz.lessons.options import option_word

_COUNTED = {1: "one", 2: "two"}
_LEFT_OUT = {
    "nameless": "without a name",
    "identifier": "naming or counting rows",
    "repeated": "a name that stands twice",
}


@dataclass(frozen=True)
class Wanted:
    """What the user asked for, names as :func:`regviz.lessons.data.table.clean` returns them.

    Attributes
    ----------
    target
        The column to predict.
    features
        Columns named as features; None if none were.
    drop, dummies
        Columns to leave out, and to make indicators of.
    count
        How many features the lesson takes; None means any number.
    usual
        The features that a lesson takes of its own accord, if any.
    classes
        Whether a target of two values is two classes, and no numbers.
    """

    target: str
    features: tuple[str, ...] | None
    drop: tuple[str, ...]
    dummies: tuple[str, ...]
    count: int | None
    usual: tuple[str, ...] | None
    classes: bool = False


@dataclass(frozen=True)
class Chosen:
    """The target and the features, in the table's order, and what must be said of the choice.

    Attributes
    ----------
    faults
        What is wrong with columns that are used, in sentences.
    """

    target: Column
    features: tuple[Column, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def choose(table: Table, wanted: Wanted) -> Chosen:
    """Return the columns that a lesson uses.

    Raises
    ------
    BadInput
        If a name is not there, or stands twice, or names contradict each other.
    """
    named = _named(table, wanted)
    notes: list[str] = []
    left_out: dict[str, list[str]] = {}
    if wanted.features is not None:
        names = dict.fromkeys([*wanted.features, *wanted.dummies])
        features = [named[name] for name in names]
    else:
        features = _all_features(table, wanted, left_out)
        features = _usual(features, wanted)
    _check_count(table, features, wanted, left_out)
    features = [_as_numbers(column, wanted.dummies, notes) for column in features]
    if left_out:
        notes.append(_left_out(table, left_out))
    faults = [fault for column in features if (fault := _fault(table, column, wanted))]
    return Chosen(named[wanted.target], tuple(features), tuple(notes), tuple(faults))


def _named(table: Table, wanted: Wanted) -> dict[str, Column]:
    """Return every column that is named; all names that will not do are refused at once."""
    columns: dict[str, list[Column]] = {}
    for column in table.columns:
        columns.setdefault(column.name, []).append(column)
    features = wanted.features or ()
    names = dict.fromkeys([wanted.target, *features, *wanted.drop, *wanted.dummies])
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise BadInput(_unknown(table, unknown, [name for name in columns if name]))
    used = dict.fromkeys([wanted.target, *features, *wanted.dummies])
    repeated = [quoted(name) for name in used if len(columns[name]) > 1]
    if repeated:
        raise BadInput(
            f"{table.said} has more than one column named {some(repeated)}; give every column "
            "that is used a name of its own."
        )
    if wanted.target in features or wanted.target in wanted.dummies:
        raise BadInput(
            f"column {quoted(wanted.target)} is both target and feature; choose another "
            "feature."
        )
    for name in wanted.drop:
        if name in used:
            raise BadInput(
                f"column {quoted(name)} is both used and dropped; leave it out of one of them."
            )
    return {name: found[0] for name, found in columns.items()}


def _unknown(table: Table, unknown: Sequence[str], known: Sequence[str]) -> str:
    hints = []
    for name in unknown[:3]:
        near = difflib.get_close_matches(name, known, n=1)
        same = next((other for other in known if other.casefold() == name.casefold()), None)
        hints += [quoted(same or near[0])] if same or near else []
    hint = f"did you mean {every(hints)}?" if hints else f"it has {some(map(quoted, known))}."
    listed = some(map(quoted, unknown))
    return f"{table.said} has no column{'s' * (len(unknown) > 1)} {listed}; {hint}"


def _all_features(table: Table, wanted: Wanted, left_out: dict[str, list[str]]) -> list[Column]:
    """Return every column that can be a feature, and note why the others can't."""
    names = [column.name for column in table.columns]
    found, identifiers = [], []
    for column in table.columns:
        if column.name in (wanted.target, *wanted.drop) and column.name:
            continue
        why = "" if column.name in wanted.dummies else _why_not(column, names)
        if not why:
            found.append(column)
        elif why == "identifier":
            identifiers.append(column)
        elif column.name or why != "empty":
            left_out.setdefault(why, []).append(_called(column))
    if not found:  # what only looks like a count of rows is all there is
        return identifiers
    for column in identifiers:
        left_out.setdefault("identifier", []).append(_called(column))
    return found


def _why_not(column: Column, names: Sequence[str]) -> str:
    if not column.name:
        return "nameless" if what_is_wrong(column) != "empty" else "empty"
    if names.count(column.name) > 1:
        return "repeated"
    numbers = truths(column) or column
    wrong = what_is_wrong(numbers)
    if wrong == "text" and is_mostly_numbers(column):
        return f"{quoted(column.words[0])} among its numbers"
    if wrong in {"empty", "text", "dates", "constant"}:
        return wrong
    return "identifier" if is_identifier(numbers) and not numbers.words else ""


def _called(column: Column) -> str:
    if column.name:
        return quoted(column.name)
    return "the first column" if column.position == 0 else f"column {column.position + 1}"


def _left_out(table: Table, left_out: Mapping[str, Sequence[str]]) -> str:
    return f"left out of {table.said}: {_reasons(left_out)}{_hints(left_out)}."


def _hints(left_out: Mapping[str, Sequence[str]]) -> str:
    """Return what would use the columns all the same, as the end of a sentence."""
    hints = []
    if "identifier" in left_out:
        hints.append("name one in --features to use it all the same")
    if "text" in left_out:
        hints.append("--dummies makes indicators of text")
    return f"; {every(hints)}" if hints else ""


def _reasons(left_out: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(
        f"{every(names)} ({_LEFT_OUT.get(why, why)})" for why, names in left_out.items()
    )


def _usual(features: list[Column], wanted: Wanted) -> list[Column]:
    usual = wanted.usual or ()
    taken = [column for column in features if column.name in usual and not wanted.dummies]
    return taken if usual and len(taken) == len(usual) else features


def _check_count(
    table: Table,
    features: Sequence[Column],
    wanted: Wanted,
    left_out: Mapping[str, Sequence[str]],
) -> None:
    names = [quoted(column.name) for column in features]
    if not features:
        raise BadInput(
            f"{table.said} has no column to learn from besides {quoted(wanted.target)}"
            f"{f', only {_reasons(left_out)}' if left_out else ''}; add one"
            f"{_indicators(table, wanted)}."
        )
    if wanted.count is None or len(features) == wanted.count:
        return
    number = _COUNTED[wanted.count]
    if wanted.features is not None:
        raise BadInput(f"features {some(names)} will not do; this lesson takes {number}.")
    if len(features) < wanted.count:
        also = f" Left out: {_reasons(left_out)}{_hints(left_out)}." if left_out else ""
        raise BadInput(
            f"{table.said} has only {some(names)} besides {quoted(wanted.target)}; this lesson "
            f"takes {number} features.{also}"
        )
    raise BadInput(
        f"{table.said} has {len(names)} features; give --features with {number} of "
        f"{some(names)}."
    )


def _indicators(table: Table, wanted: Wanted) -> str:
    """Return which columns could be made indicators of, as the end of a sentence."""
    able = [
        column.name
        for column in table.columns
        if column.name not in ("", wanted.target, *wanted.drop)
        and what_is_wrong(column) == "text"
        and is_category(column)
    ]
    return f", or give --dummies {option_word(*able[:MOST])} to make indicators" if able else ""


def _as_numbers(column: Column, dummies: Sequence[str], notes: list[str]) -> Column:
    numbers = None if column.name in dummies else truths(column)
    if numbers is None:
        return column
    words = every([quoted(word) for word in column.words])
    notes.append(f"column {quoted(column.name)} is read as 1 and 0 where it holds {words}.")
    return numbers


def _fault(table: Table, column: Column, wanted: Wanted) -> str:
    """Return what is wrong with a column that is to be used as numbers, in a sentence."""
    if column.name in wanted.dummies:
        return ""
    name = quoted(column.name)
    if is_mostly_numbers(column):
        option = "" if is_slip(column) else "--dummies"
        option = "--drop" if wanted.features is None else option
        way = f", or give {option} {option_word(column.name)}" if option else ""
        return f"column {name} {words_among(table, column)}; mend them{way}."
    return describe(name, column, what_is_wrong(column))


def words_among(table: Table, column: Column) -> str:
    """Return which words a column of numbers holds, and where, as a part of a sentence."""
    words = some([quoted(word) for word in column.words], 3)
    return f"holds {words} among its numbers ({table.where(column.is_word, 3)})"


def describe(name: str, column: Column, wrong: str) -> str:
    """Return in a sentence what is wrong with a column, in the words of `what_is_wrong`."""
    if wrong == "empty":
        return f"column {name} holds nothing; choose another."
    if wrong == "text":
        return (
            f"column {name} holds text, such as {quoted(column.words[0])}; choose a column of "
            f"numbers, or give --dummies {option_word(column.name)}."
        )
    if wrong == "dates":
        return (
            f"column {name} holds dates, such as {quoted(column.words[0])}; choose a column of "
            "numbers."
        )
    if wrong == "constant":
        value = float(column.numbers[column.is_number][0])
        return f"column {name} is constant ({value:g}); choose a column that varies."
    return f"column {name} holds numbers {wrong}; use another unit." if wrong else ""


def cleaned(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as a table has them."""
    return tuple(dict.fromkeys(map(clean, names)))
