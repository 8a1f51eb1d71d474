"""Parameters: a lesson's knobs, each with its default, its bounds and its help.

A lesson declares a frozen dataclass derived from :class:`Knobs`; the command line, lecture
files, pages and notebooks all read the same declaration, so a bound stands in one place.
Nothing here imports NumPy, and a declaration uses only names of this module: that is what
lets :mod:`regviz.lessons.catalogue` read it without loading the lesson's mathematics.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, ClassVar, Protocol

from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief, printable

__all__ = [
    "Choice",
    "Count",
    "Encoding",
    "File",
    "Knobs",
    "Name",
    "Names",
    "Number",
    "Point",
    "Separator",
    "Strength",
    "joined",
    "knob",
]


class Kind(Protocol):
    """What a knob accepts, and how it is read from a command line, a file or Python."""

    def read(self, name: str, value: object) -> object:
        """Return the checked value, or raise `BadInput` naming `name` and the value."""

    def describe(self) -> str:
        """Say in a few words what the knob accepts."""


def _quoted(value: object) -> str:
    return repr(brief(value)) if isinstance(value, str) else brief(value)


def _number(name: str, value: object, wanted: str) -> float:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError
        number = float(value)
    except OverflowError:  # a whole number can be larger than any float
        raise BadInput(f"{name} = {brief(value)} is out of bounds; give {wanted}.") from None
    except ValueError:
        raise BadInput(f"{name} = {_quoted(value)} is not a number; give {wanted}.") from None
    if not math.isfinite(number):
        raise BadInput(f"{name} = {brief(value)} is not finite; give {wanted}.")
    return number


def _shown(name: str, text: str) -> str:
    if text != printable(text):
        raise BadInput(f"{name} = {text!a} holds a sign that cannot be shown; rename it.")
    return text


@dataclass(frozen=True)
class Number:
    """A finite real number between `low` and `high`, both included."""

    low: float
    high: float

    def read(self, name: str, value: object) -> float:
        """Return the number, in bounds."""
        number = _number(name, value, self.describe())
        if not self.low <= number <= self.high:
            raise BadInput(f"{name} = {brief(value)} is out of bounds; give {self.describe()}.")
        return number

    def describe(self) -> str:
        """Say the bounds."""
        return f"a number from {self.low:g} to {self.high:g}"


#: rules by which data choose a penalty strength: the least error on held-out rows, and the
#: largest strength that is within one standard error of it
RULES = ("cv", "cv-1se")


@dataclass(frozen=True)
class Strength(Number):
    """A penalty strength: a number, or in a lesson with data a rule that chooses one."""

    from_data: bool = False

    metavar: ClassVar[str] = "NUMBER"

    @property
    def options(self) -> tuple[str, ...]:
        """Words that may stand for the number."""
        return RULES if self.from_data else ()

    def read(self, name: str, value: object) -> float | str:  # type: ignore[override]
        """Return the number, in bounds, or the rule."""
        if isinstance(value, str) and value in RULES:
            if self.from_data:
                return value
            raise BadInput(
                f"{name} = {value} needs data to hold rows out of, and this lesson has none; "
                f"give {self.describe()}."
            )
        return super().read(name, value)

    def describe(self) -> str:
        """Say the bounds and the rules."""
        words = "; or cv or cv-1se, by cross-validation" if self.from_data else ""
        return f"{super().describe()}{words}"


@dataclass(frozen=True)
class Count:
    """A whole number between `low` and `high`, both included."""

    low: int
    high: int

    def read(self, name: str, value: object) -> int:
        """Return the whole number, in bounds."""
        number = _number(name, value, self.describe())
        if number != int(number) or not self.low <= number <= self.high:
            raise BadInput(f"{name} = {brief(value)} will not do; give {self.describe()}.")
        return int(number)

    def describe(self) -> str:
        """Say the bounds."""
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True)
class Point:
    """Two finite numbers, each between `low` and `high`; written `1.5,-2` on a command line."""

    low: float
    high: float

    def read(self, name: str, value: object) -> tuple[float, float]:
        """Return the pair, in bounds."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or len(parts) != 2:
            raise BadInput(f"{name} = {brief(value)} is not a pair; give {self.describe()}.")
        coordinate = Number(self.low, self.high)
        first, second = (coordinate.read(name, part) for part in parts)
        return first, second

    def describe(self) -> str:
        """Say the form and the bounds."""
        return f"two numbers from {self.low:g} to {self.high:g}, such as 0.5,1"


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, name: str, value: object) -> str:
        """Return the word if it is one of the options."""
        if value not in self.options:
            raise BadInput(f"{name} = {brief(value)} is unknown; give {self.describe()}.")
        return str(value)

    def describe(self) -> str:
        """List the options."""
        return "one of " + ", ".join(self.options)


@dataclass(frozen=True)
class Name:
    """A name, such as a column's."""

    def read(self, name: str, value: object) -> str:
        """Return the name if it is not empty."""
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"{name} = {_quoted(value)} is empty; give {self.describe()}.")
        return _shown(name, value.strip())

    def describe(self) -> str:
        """Say what is wanted."""
        return "a name"


@dataclass(frozen=True)
class Names:
    """Different names, such as columns'; separated by commas on a command line.

    There a name that holds a comma stands in double quotes, as in a CSV file.
    """

    def read(self, name: str, value: object) -> tuple[str, ...]:
        """Return the names."""
        parts = _split(value) if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise BadInput(f"{name} = {_quoted(value)} will not do; give {self.describe()}.")
        names = tuple(part.strip() for part in parts if isinstance(part, str))
        whole = len(names) == len(parts) == len(set(names)) and all(names)
        if not names or not whole:
            said = brief(joined(map(brief, parts)))
            raise BadInput(f"{name} = {said} will not do; give {self.describe()}.")
        return tuple(_shown(name, part) for part in names)

    def describe(self) -> str:
        """Say the form."""
        return "different names separated by commas"


def _split(written: str) -> list[str]:
    import csv

    try:
        return next(csv.reader([written], skipinitialspace=True), [])
    except csv.Error:  # a line break within
        return [written]


def joined(parts: Iterable[object]) -> str:
    """Return parts as a command line takes them: with commas between, in quotes if need be."""
    return ",".join(
        '"{}"'.format(part.replace('"', '""')) if set(part) & {",", '"'} else part
        for part in map(str, parts)
    )


@dataclass(frozen=True)
class File:
    """A CSV file, the name of data shipped with regviz, or from Python a table."""

    def read(self, name: str, value: object) -> object:
        """Return the path as given, or a copy of the table.

        Whether a file can be read is found out on reading it.
        """
        if isinstance(value, str | os.PathLike):
            if str(value):
                return _shown(name, str(value))
        elif value is not None and not isinstance(value, int | float):
            from regviz.lessons.data.frames import is_table, snapshot  # needs NumPy

            if is_table(value):
                return snapshot(name, value)
        raise BadInput(f"{name} = {_quoted(value)} is not a file name; give {self.describe()}.")

    def describe(self) -> str:
        """Say what is wanted."""
        return "a CSV file with a header line, or `diabetes`"


#: what separates cells, by the words that a shell needs no quotes for
_SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    r"\t": "\t",
    "space": " ",
    "bar": "|",
}


@dataclass(frozen=True)
class Separator:
    """What stands between the cells of a file: a sign, or a word for it."""

    def read(self, name: str, value: object) -> str:
        """Return the sign."""
        sign = _SEPARATORS.get(str(value).strip().lower() or str(value), value)
        able = isinstance(sign, str) and len(sign) == 1 and sign.isascii()
        if not able or str(sign).isalnum() or str(sign) in "\"'.+-\r\n\0":
            raise BadInput(f"{name} = {value!r} will not do; give {self.describe()}.")
        return str(sign)

    def describe(self) -> str:
        """Say the words."""
        return "comma, semicolon, tab, space, bar or a sign such as :"


@dataclass(frozen=True)
class Encoding:
    """How letters became bytes."""

    def read(self, name: str, value: object) -> str:
        """Return the encoding's name, if Python knows it as one of text."""
        import codecs

        try:
            known = codecs.lookup(str(value))
            "a".encode(known.name)  # some codecs are from bytes to bytes
        except (LookupError, ValueError, UnicodeError):
            raise BadInput(f"{name} = {value!r} is unknown; give {self.describe()}.") from None
        return known.name

    def describe(self) -> str:
        """Say some."""
        return "a name such as utf-8, cp949, cp1252 or utf-16"


def knob(default: Any, kind: Kind, text: str) -> Any:
    """Declare one parameter: its default, what it accepts and one line of help.

    A default of None means that the lesson chooses a value from the other parameters.
    """
    return field(default=default, metadata={"kind": kind, "help": text})


@dataclass(frozen=True)
class Knobs:
    """Base of every lesson's parameters: reads and checks each value on construction.

    Raises
    ------
    BadInput
        If a value is not what its knob accepts.
    """

    def __post_init__(self) -> None:
        for knob_field in fields(self):
            value = getattr(self, knob_field.name)
            if value is None and knob_field.default is None:
                continue
            checked = knob_field.metadata["kind"].read(knob_field.name, value)
            object.__setattr__(self, knob_field.name, checked)

    @classmethod
    def knobs(cls) -> tuple[Field[Any], ...]:
        """Return the declared knobs in order; `metadata` holds `kind` and `help`."""
        return fields(cls)

    def resolved(self, **used: object) -> dict[str, object]:
        """Return all values by name, and what was used where a default depends on others."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | used

    @classmethod
    def build(cls, values: Mapping[str, object]) -> Knobs:
        """Make parameters from names and values, naming the nearest knob on a slip.

        Raises
        ------
        BadInput
            If a name is unknown or a value is not accepted.
        """
        known = [knob_field.name for knob_field in cls.knobs()]
        for name in values:
            if name not in known:
                raise BadInput(f"parameter {name!r} is unknown; give {', '.join(known)}.")
        return cls(**values)
