"""A file's name where the user gave none: it tells what is not as usual."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence

from regviz.lessons import catalogue
from regviz.lessons.knob_help import written

#: a name stays short enough to be read, in bytes, and for every file system
_LONGEST = 72
_UNSAFE = re.compile(r"[^\w.+-]+")


def lesson_name(lesson: str, values: Mapping[str, object], marks: Sequence[str] = ()) -> str:
    """Return a lesson's name with the parameters that differ from its defaults.

    `corner` with `rho = 0.6` and `center = (1, 2)` is `corner-rho-0.6-center-1_2`. Names of
    different values differ: where letters had to be left out, a few that stand for all of it
    are at the end.

    Parameters
    ----------
    lesson
        Its slug.
    values
        Parameters that were given, checked.
    marks
        What else is not as usual, such as the shape of a picture.
    """
    # A lesson that cannot be read is to be complained of where it is made.
    knobs = catalogue.parameters_class(lesson).knobs() if values else ()
    given = [
        (knob.name, type(knob.metadata["kind"]).__name__, values[knob.name])
        for knob in knobs
        if values.get(knob.name) not in (None, knob.default)
    ]
    told = "-".join([lesson, *(_mark(*each) for each in given), *marks]).replace(":", "x")
    safe = _UNSAFE.sub("_", told.replace(",", "_"))
    if len(safe.encode()) <= _LONGEST and all(
        _is_told(kind, value) for _, kind, value in given
    ):
        return safe
    digest = hashlib.sha256(repr(given).encode()).hexdigest()[:6]
    short = safe.encode()[: _LONGEST - len(digest) - 1].decode(errors="ignore")
    return f"{short.rstrip('-_.')}-{digest}"


def _mark(name: str, kind: str, value: object) -> str:
    if kind == "File":
        return os.path.basename(str(value)).removesuffix(".csv")
    return f"{name.replace('_', '-')}-{written(value)}"


def _is_told(kind: str, value: object) -> bool:
    """Return whether a mark says all of a value: a name may hold what parts names here."""
    if kind == "Names" and isinstance(value, list | tuple):
        return all(re.fullmatch(r"[^\W_]+", str(name)) for name in value)
    if kind in ("File", "Name", "Separator"):
        return re.fullmatch(r"\w+(\.csv)?", str(value)) is not None
    return True
