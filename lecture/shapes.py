"""Reads JSON into dataclasses by their declared types: what is on a disk may be anything."""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from regviz.lessons.printable import printable


def parse(content: bytes) -> object:
    """Return what JSON says; a number is finite, and there is no end of `[`.

    Raises
    ------
    ValueError
        If it is not JSON.
    """
    try:
        return json.loads(content, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def read(kind: Any, content: object) -> Any:
    """Return parsed JSON as a declared type: a dataclass, or what one is made of.

    Texts come without signs that cannot be shown, but for those where anything may stand.

    Parameters
    ----------
    kind
        A dataclass, `str`, `int`, `bool`, `float`, `X | None`, `tuple[X, ...]`, `list[X]`,
        `Mapping[str, X]` or `Any`.
    content
        What :func:`parse` returned.

    Raises
    ------
    ValueError
        If it has another shape.
    """
    if kind is Any:
        return content
    if is_dataclass(kind):
        return _object(kind, content)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        known = [part for part in parts if part is not type(None)]
        return None if content is None and len(known) < len(parts) else read(known[0], content)
    if origin in (tuple, list):
        return origin(read(parts[0], part) for part in _of(list, content))
    if origin is Mapping:
        given = _of(dict, content)
        return {read(str, name): read(parts[1], part) for name, part in given.items()}
    if kind is float:
        return _float(content)
    found = _of(kind, content)
    return printable(found) if kind is str else found


def _float(content: object) -> float:
    if isinstance(content, bool) or not isinstance(content, int | float):
        raise ValueError(f"{type(content).__name__} in place of a number")
    try:
        return float(content)
    except OverflowError:
        raise ValueError("too large a number") from None


def _of(kind: type, content: object) -> Any:
    if not isinstance(content, kind) or (isinstance(content, bool) and kind is not bool):
        raise ValueError(f"{type(content).__name__} in place of {kind.__name__}")
    return content


def _object(kind: Any, content: object) -> Any:
    given, hints = _of(dict, content), _hints(kind)
    needed = {
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }
    if not needed <= given.keys() <= hints.keys():
        raise ValueError(f"no {kind.__name__}: it has {', '.join(map(repr, given))}")
    return kind(**{name: read(hints[name], part) for name, part in given.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
