"""What a lesson says of what it was given, in the words and lines of a lecture file."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import Field
from typing import Any

from regviz.lecture import schema
from regviz.lecture.lines import Place
from regviz.lessons.options import OPTION
from regviz.lessons.parameters import Names


def in_the_file(message: str, knobs: Mapping[str, Field[Any]]) -> str:
    """Return advice to give options as advice to give what a lecture file has.

    >>> in_the_file("give --target.", {"target": knob})  # doctest: +SKIP
    'give target = "...".'
    """

    def written(match: re.Match[str]) -> str:
        name = match[1].replace("-", "_")
        if name not in knobs:
            return match[0]
        value = "".join(shlex.split(match[2])) if match[2] else "..."
        is_list = kind_of(knobs[name]) == "Names"
        given = Names().read(name, value) if is_list else value
        return f"{name} = {json.dumps(given, ensure_ascii=False)}"

    return OPTION.sub(written, message)


def kind_of(knob: Field[Any]) -> str:
    """Return what kind of value a knob takes."""
    return type(knob.metadata["kind"]).__name__


def against_data(message: str, places: Mapping[str, Place]) -> str:
    """Return the item's parameter that does not go with the lecture's data, if that is said."""
    inherits = places.get("data") == ("data",)
    clashing = (name for name in places if message.startswith(f"{name} and data are both"))
    return next(clashing, "") if inherits else ""


def blamed(
    message: str, values: Mapping[str, object], places: Mapping[str, Place], item: Place
) -> Place:
    """Return where it stands what a complaint is about: what it quotes first, or the data."""
    found = []
    for name in places:
        value = values[name]
        for part in value if isinstance(value, list | tuple) else [value]:
            at = message.find(str(part) if name == "data" else f"'{part}'")
            found += [(name == "data", at, name)] if at >= 0 else []
    if found:
        *_, name = min(found)
        # What is to be given beside the lecture's data is the item's to give.
        advised = {option.replace("-", "_") for option, _ in OPTION.findall(message)}
        is_items = len(places[name]) == 1 and advised - set(schema.LECTURE)
        return item if is_items else places[name]
    return item
