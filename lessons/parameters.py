"""Parameters: a lesson's knobs, each with its default, its bounds and its help.

A lesson declares a frozen dataclass derived from :class:`Knobs`; the command line, lecture
files, pages and notebooks all read the same declaration, so a bound stands in one place.
Nothing here imports NumPy, and a declaration uses only names of this module: that is what
lets :mod:`regviz.lessons.catalogue` read it without loading the lesson's mathematics.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Protocol

from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief, printable

__all__ = ["Choice", "Count", "File", "Knobs", "Name", "Names", "Number", "Point", "knob"]


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
    """Exactly `count` different names, separated by commas on a command line."""

    count: int

    def read(self, name: str, value: object) -> tuple[str, ...]:
        """Return the names."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise BadInput(f"{name} = {_quoted(value)} will not do; give {self.describe()}.")
        names = tuple(part.strip() for part in parts if isinstance(part, str))
        whole = len(names) == len(parts) == self.count == len(set(names)) and all(names)
        if not whole:
            said = ",".join(map(brief, parts))
            raise BadInput(f"{name} = {brief(said)} will not do; give {self.describe()}.")
        return tuple(_shown(name, part) for part in names)

    def describe(self) -> str:
        """Say how many names are wanted."""
        return f"{self.count} different names separated by commas"


@dataclass(frozen=True)
class File:
    """A file to read, or the name of data shipped with regviz."""

    def read(self, name: str, value: object) -> str:
        """Return the path as given; whether it can be read is found out on reading it."""
        if not isinstance(value, str | os.PathLike) or not str(value):
            raise BadInput(
                f"{name} = {_quoted(value)} is not a file name; give {self.describe()}."
            )
        return _shown(name, str(value))

    def describe(self) -> str:
        """Say what is wanted."""
        return "a CSV file with a header line, or `diabetes`"


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
