"""What a lesson's parameter is, in one line: for the command's help and Python's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import Field


def explained(knob: Field[Any]) -> str:
    """Return what a parameter is for, what it accepts, and its default if it has one."""
    accepted = knob.metadata["kind"].describe()
    default = "" if knob.default is None else f"; default {written(knob.default)}"
    return f"{knob.metadata['help']} [{accepted}{default}]"


def written(value: object) -> str:
    """Return a value as one gives it on a command line: `1.5,-2`."""
    if isinstance(value, list | tuple):
        return ",".join(written(part) for part in value)
    if isinstance(value, float) and float(f"{value:g}") == value:
        return f"{value:g}"
    return str(value)
