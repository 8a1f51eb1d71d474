"""The regression problem that a lesson reads from its data, checked once for all lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.base import Reading
from regviz.lessons.data.cells import Column
from regviz.lessons.data.choose import (
    Chosen,
    Wanted,
    choose,
    cleaned,
    describe,
    words_among,
)
from regviz.lessons.data.csv_table import read_csv
from regviz.lessons.data.dummies import dummies, levels_of
from regviz.lessons.data.frames import Frame
from regviz.lessons.data.kinds import (
    can_be_learned,
    is_mostly_numbers,
    is_slip,
    range_fault,
    what_is_wrong,
)
from regviz.lessons.data.stand_ins import stand_ins
from regviz.lessons.data.table import Table
from regviz.lessons.data.words import every, quoted, some
from regviz.lessons.errors import BadInput
from regviz.lessons.options import option_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.knob_groups import DataKnobs

#: the target of each shipped data set
SHIPPED = {"diabetes": "target"}
#: the features that show most, for each shipped data set, where a lesson takes so few
_SHIPPED_FEATURES = {("diabetes", 1): ("bmi",), ("diabetes", 2): ("bmi", "s6")}
#: decides which rows are drawn of too many
_ROWS_SEED = 0
#: rows that a problem has at least
_FEWEST_ROWS = 3
#: a correlation below this is rounding
_LEAST_CORRELATION = 1e-9


@dataclass(frozen=True)
class Design:
    """A regression problem, in the data's own units.

    Attributes
    ----------
    X
        Features, shape `(n_samples, n_features)`.
    y
        Target, shape `(n_samples,)`.
    features, target
        Their column names.
    reading
        What was done in reading them.
    levels
        What the target's two values are called, the less first, if it has two.
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    target: str
    reading: Reading
    levels: tuple[str, ...] = ()

    def taken(self, columns: Sequence[int]) -> Design:
        """Return the same rows with some of the features."""
        features = tuple(self.features[column] for column in columns)
        return replace(self, X=self.X[:, list(columns)], features=features)

    def thinned(self, most: int) -> Design:
        """Return at most so many of the rows, in order and drawn at random; the note says so.

        They are all of them where a column would be left with one value.
        """
        n_rows = len(self.y)
        if n_rows <= most:
            return self
        kept = np.sort(np.random.default_rng(_ROWS_SEED).permutation(n_rows)[:most])
        X, y = self.X[kept], self.y[kept]
        if (np.ptp(X, axis=0) == 0.0).any() or np.ptp(y) == 0.0:
            return self
        note = f"the lesson works on {most} of {n_rows} rows, drawn at random"
        notes, left = (*self.reading.notes, note), n_rows - most
        reading = replace(self.reading, notes=notes, n_rows=most, n_left=left)
        return replace(self, X=X, y=y, reading=reading)


@dataclass(frozen=True)
class _Parts:
    """The features as numbers: names and columns, NaN where there is no value.

    `origins` are the columns of the table that they come from.
    """

    names: tuple[str, ...]
    blocks: tuple[NDArray[np.float64], ...]
    origins: tuple[Column, ...]


def read_design(asked: DataKnobs, count: int | None = None, *, classes: bool = False) -> Design:
    """Read the target and the features that a lesson needs.

    Parameters
    ----------
    asked
        What the user gave.
    count
        How many features the lesson takes; None means any number.
    classes
        Whether the lesson takes two values of a target as two classes.

    Raises
    ------
    BadInput
        If the data, a column or a value can't be used, with all that is wrong; or if the
        target, or which features, is not said.
    """
    table = _table(asked)
    wanted = replace(_wanted(asked, table, count), classes=classes)
    chosen = choose(table, wanted)
    found = _target(table, chosen.target, wanted)
    target = found.column
    _refuse(table, [found.fault, *chosen.faults, _two_ways_of_writing(chosen)])
    parts, dummy_notes = _features(table, chosen, wanted)
    kept, missing_note = _complete_rows(
        table, target, parts, wanted, drop=asked.missing == "drop"
    )
    columns = [block[kept] for block in parts.blocks]
    y = target.numbers[kept]
    if wrong := range_fault(y):
        _refuse(table, [describe(quoted(target.name), replace(target, numbers=y), wrong)])
    parts, columns, left_note = _varying(table, parts, columns, wanted)
    used = (*parts.origins, target)
    names, name_note = stand_ins(
        [*parts.names, target.name], [column.position for column in used]
    )
    _check_correlation(table, columns, y, target.name)
    notes = [
        *table.notes,
        *chosen.notes,
        *dummy_notes,
        found.note,
        missing_note,
        left_note,
        name_note,
    ]
    reading = Reading(
        notes=tuple(filter(None, notes)), n_rows=len(y), n_dropped=table.n_rows - len(y)
    )
    return Design(np.column_stack(columns), y, names[:-1], names[-1], reading, found.levels)


def _table(asked: DataKnobs) -> Table:
    if isinstance(asked.data, Frame):
        table = asked.data.table()
    else:
        table = read_csv(str(asked.data), asked.separator, asked.encoding)
    if table.n_rows < _FEWEST_ROWS:
        below = " below its header" if table.unit == "line" else ""
        raise BadInput(
            f"{table.said} has {table.n_rows} row{'s' * (table.n_rows != 1)}{below}; give at "
            f"least {_FEWEST_ROWS}."
        )
    return table


def _wanted(asked: DataKnobs, table: Table, count: int | None) -> Wanted:
    target = asked.target
    if target is None:
        if asked.data not in SHIPPED:
            named = [column for column in table.columns if column.name]
            able = [column for column in named if can_be_learned(column)]
            names = [column.name for column in able or named]
            raise BadInput(
                f"{table.said} needs its target named; give --target with one of "
                f"{some(map(quoted, names))}."
            )
        target = SHIPPED[str(asked.data)]
    return Wanted(
        target=cleaned([target])[0],
        features=None if asked.features is None else cleaned(asked.features),
        drop=cleaned(asked.drop or ()),
        dummies=cleaned(asked.dummies or ()),
        count=count,
        usual=_SHIPPED_FEATURES.get((str(asked.data), count or 0)),
    )


def _refuse(table: Table, faults: Sequence[str]) -> None:
    """Refuse with all faults at once; there may be as many as columns."""
    faults = [fault for fault in faults if fault]
    if faults:
        more = len(faults) - 6
        ending = [f"{more} more columns cannot be used either."] if more > 1 else []
        listed = " ".join([*faults[: 6 if more > 1 else 7], *ending])
        raise BadInput(f"{table.said}: {listed}")


@dataclass(frozen=True)
class _Target:
    """The target as numbers, what must be said of it, and what is wrong with it."""

    column: Column
    note: str = ""
    fault: str = ""
    levels: tuple[str, ...] = ()


def _target(table: Table, column: Column, wanted: Wanted) -> _Target:
    name = quoted(column.name)
    if is_mostly_numbers(column):
        way = "" if is_slip(column) else ", or empty them and give --missing drop"
        return _Target(
            column, fault=f"target {name} {words_among(table, column)}; mend them{way}."
        )
    levels = levels_of(column) if column.words else ()
    if len(levels) == 2 and not column.is_number.any():
        return _two_words(column, levels, wanted)
    wrong = what_is_wrong(column)
    if wrong == "text":
        return _Target(column, fault=_too_many_words(table, column, levels, wanted))
    if wrong:
        fault = describe(name, column, wrong).replace("column", "target", 1)
        return _Target(column, fault=fault)
    values = np.unique(column.numbers[column.is_number])
    if len(values) > 2:
        return _Target(column)
    two = [f"{value:g}" for value in (values[0], values[-1])]
    note = f"target {name} holds only {' and '.join(two)}, and is regressed as numbers."
    return _Target(column, "" if wanted.classes else note, levels=tuple(two))


def _two_words(column: Column, levels: Sequence[str], wanted: Wanted) -> _Target:
    """Return 0 for the first word and 1 for the other, as R orders them."""
    zero, one = levels
    assert column.codes is not None
    values = np.array([*(float(word == one) for word in column.words), np.nan])
    numbers = replace(column, numbers=values[column.codes], codes=None, words=())
    note = (
        f"target {quoted(column.name)} is regressed as numbers: 1 where it is {quoted(one)}, "
        f"0 where it is {quoted(zero)}."
    )
    return _Target(numbers, "" if wanted.classes else note, levels=(zero, one))


def _too_many_words(table: Table, column: Column, levels: Sequence[str], wanted: Wanted) -> str:
    others = [
        each for each in table.columns if each.name not in ("", column.name, *wanted.drop)
    ]
    able = [quoted(each.name) for each in others if not what_is_wrong(each)]
    kinds = some(map(quoted, levels), 3)
    return (
        f"target {quoted(column.name)} holds text of {len(levels)} kinds ({kinds}); give a "
        f"target of numbers or of two words{f', such as {some(able, 4)}' if able else ''}."
    )


def _two_ways_of_writing(chosen: Chosen) -> str:
    """Refuse numbers with decimal commas beside numbers with points: one is misread."""
    used = (chosen.target, *chosen.features)
    comma = next((column for column in used if column.comma), None)
    point = next((column for column in used if column.point), None)
    if comma is None or point is None:
        return ""
    return (
        f"numbers are written in two ways, {quoted(comma.comma)} in column "
        f"{quoted(comma.name)} and {quoted(point.point)} in {quoted(point.name)}; write all "
        "with a comma or all with a point."
    )


def _features(table: Table, chosen: Chosen, wanted: Wanted) -> tuple[_Parts, list[str]]:
    names: list[str] = []
    blocks: list[NDArray[np.float64]] = []
    origins: list[Column] = []
    notes = []
    for column in chosen.features:
        if column.name in wanted.dummies:
            own, indicators, said = dummies(column, table.said)
            names += own
            blocks += list(indicators.T)
            origins += [column] * len(own)
            notes.append(said)
        else:
            names.append(column.name)
            blocks.append(column.numbers)
            origins.append(column)
    if wanted.count is not None and len(names) != wanted.count:
        raise BadInput(
            f"--dummies {option_word(*wanted.dummies)} makes {len(names)} features, "
            f"{some(map(quoted, names))}; this lesson takes {wanted.count}."
        )
    return _Parts(tuple(names), tuple(blocks), tuple(origins)), notes


# -- rows without a value -------------------------------------------------------------------


def _complete_rows(
    table: Table, target: Column, parts: _Parts, wanted: Wanted, *, drop: bool
) -> tuple[NDArray[np.bool_] | slice, str]:
    """Return the rows in which no value is missing, and what to say of the others."""
    lacking = {target.name: ~target.is_number}
    for column in parts.origins:
        lacking.setdefault(column.name, column.is_missing)
    lacking = {name: rows for name, rows in lacking.items() if rows.any()}
    if not lacking:
        return slice(None), ""
    missing = np.logical_or.reduce(list(lacking.values()))
    n_missing, n_left = int(missing.sum()), int((~missing).sum())
    counts = sorted(((int(rows.sum()), name) for name, rows in lacking.items()), reverse=True)
    listed = some((f"{n} in {quoted(name)}" for n, name in counts), 6)
    lacks = f"lack{'s' * (n_missing == 1)}"
    said = (
        f"{n_missing} of {table.n_rows} rows of {table.said} {lacks} a value ({listed}; "
        f"{table.where(missing)})"
    )
    if drop and n_left >= _FEWEST_ROWS:
        return ~missing, f"{said} and {'is' if n_missing == 1 else 'are'} left out."
    others = _what_to_drop(table, wanted, counts, lacking)
    if n_left < _FEWEST_ROWS:
        way = f"give {others}, " if others else "name other columns, "
        raise BadInput(f"{said}, which leaves {n_left}; {way}or fill them in.")
    also = f" (which leaves {n_left}), or {others}" if others and n_left < n_missing else ""
    raise BadInput(f"{said}; give --missing drop to leave them out{also}, or fill them in.")


def _what_to_drop(
    table: Table,
    wanted: Wanted,
    counts: Sequence[tuple[int, str]],
    lacking: dict[str, NDArray[np.bool_]],
) -> str:
    """Return the options that leave half of the rows with a target; empty if none need be."""
    rows = lacking.get(wanted.target, np.zeros(table.n_rows, dtype=bool))
    enough = max(_FEWEST_ROWS, int((~rows).sum()) // 2)
    dropped = [name for _, name in counts if name != wanted.target]
    if wanted.features is not None or set(dropped) & set(wanted.dummies):
        return ""  # they were asked for by name
    while dropped:  # the fullest first, while enough rows stay
        more = rows | lacking[dropped[-1]]
        if int((~more).sum()) < enough:
            break
        rows = more
        dropped.pop()
    if not dropped:
        return ""
    also = " --missing drop" if rows.any() else ""
    return f"--drop {option_word(*sorted(dropped))}{also}"


def _varying(
    table: Table, parts: _Parts, columns: list[Array], wanted: Wanted
) -> tuple[_Parts, list[Array], str]:
    """Return the features that still vary in the rows that are left, and what is said."""
    constant = [range_fault(column) == "constant" for column in columns]
    if not any(constant):
        return parts, columns, ""
    still = [name for name, same in zip(parts.names, constant, strict=True) if same]
    where = f"in the rows of {table.said} that lack no value"
    if wanted.features is not None or wanted.count is not None or all(constant):
        raise BadInput(f"{some(map(quoted, still))} never varies {where}; leave it out.")
    varies = [at for at, same in enumerate(constant) if not same]
    kept = _Parts(
        names=tuple(parts.names[at] for at in varies),
        blocks=tuple(parts.blocks[at] for at in varies),
        origins=tuple(parts.origins[at] for at in varies),
    )
    note = f"{every([quoted(name) for name in still])} never varies {where}: left out."
    return kept, [columns[at] for at in varies], note


# -- what can be learned --------------------------------------------------------------------


def _check_correlation(table: Table, columns: Sequence[Array], y: Array, target: str) -> None:
    """Refuse a target with which nothing correlates, as pictures would show rounding errors."""
    for column in columns:
        x = column - column.mean()
        z = y - y.mean()
        size, other = float(np.linalg.norm(x)), float(np.linalg.norm(z))
        # Numbers that differ in their last digits only have a correlation as uncertain.
        n_rows = np.sqrt(len(y))
        sizes = np.abs(column).max() / size + np.abs(y).max() / other
        rounding = 4.0 * float(np.finfo(float).eps) * float(n_rows * sizes)
        if abs(float(x @ z)) / (size * other) > max(_LEAST_CORRELATION, rounding):
            return
    raise BadInput(
        f"no feature of {table.said} is correlated with {quoted(target)}, so every weight is "
        "0; choose another target."
    )
