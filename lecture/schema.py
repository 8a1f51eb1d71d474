"""What a lecture file may say: its keys, what each accepts, and what is said of a slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from regviz.lecture import markdown, titles
from regviz.lecture.choices import (
    FIGURE_FORMATS,
    LANGUAGES,
    QUALITIES,
    SCENE_ASPECTS,
    THEMES,
    VIDEO_FORMATS,
)
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.printable import brief, printable

#: returns the checked value, or raises `BadInput` that says what would do
Check = Callable[[str, object], Any]

MEDIA = ("figure", "scene", "page")
#: bytes of a name that file systems take with the marks of its language, theme and format
LONGEST = 180
_NAME = re.compile(r"[^\W_][\w ()+-]*", re.UNICODE)


def quoted(value: object) -> str:
    """Return a value as one would write it in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{brief(value)}"' if isinstance(value, str) else brief(value)


def nearest(word: object, known: Iterable[str]) -> str:
    """Return a hint at the nearest known word, or nothing."""
    import difflib

    near = difflib.get_close_matches(brief(word).lower(), list(known), n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else "."


def text(name: str, value: object) -> str:
    """Accept any text, without signs that cannot be shown."""
    if not isinstance(value, str):
        raise BadInput(f'{name} = {quoted(value)} is not text; give it in quotes, "like this".')
    return printable(value)


def spoken(name: str, value: object) -> Mapping[str, str]:
    """Accept a text for every language, or a table with one for each; as :func:`text`."""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, printable(value))
    parts = value if isinstance(value, dict) else {}
    if not parts or not all(isinstance(part, str) for part in parts.values()):
        raise BadInput(
            f"{name} = {quoted(value)} is not text; give it in quotes, "
            f'"like this", or {{ {_by_language} }}.'
        )
    for lang in parts:
        word(*LANGUAGES)(f"a language of {name}", lang)
    return {lang: printable(part) for lang, part in parts.items()}


def titled(name: str, value: object) -> Mapping[str, str]:
    """Accept a title by language; as :func:`spoken`, with mathematics that can be read."""
    said = spoken(name, value)
    for source in dict.fromkeys(said.values()):
        titles.read(source, name)
    return said


_by_language = ", ".join(f'{lang} = "..."' for lang in LANGUAGES)


def check_languages(name: str, said: Mapping[str, str], langs: Iterable[str]) -> None:
    """Refuse a text that is missing in a language in which it is to be said."""
    for lang in langs:
        if lang not in said:
            raise BadInput(f'{name} is missing in {quoted(lang)}; add {lang} = "..." to it.')


def marked_up(room: float) -> Check:
    """Accept Markdown, by language as :func:`spoken`, that fits that room on a slide."""

    def check(name: str, value: object) -> Mapping[str, str]:
        said = spoken(name, value)
        for source in dict.fromkeys(said.values()):
            if markdown.scale(markdown.blocks(source, name), room) is None:
                raise BadInput(f"{name} is too long for a slide; make two of it.")
        return said

    return check


def file_name(name: str, value: object) -> str:
    """Accept a name for output files, with `/` for folders below the output folder."""
    parts = text(name, value).split("/")
    if not all(_NAME.fullmatch(part) and part.strip(" .") == part for part in parts):
        raise BadInput(
            f"{name} = {quoted(value)} will not do for a file; give letters, digits, - and _, "
            "with / for a folder and without a suffix."
        )
    if len(str(value).encode()) > LONGEST:
        raise BadInput(
            f"{name} = {quoted(value)} is too long for a file; give {LONGEST} letters or less "
            f"({LONGEST // 3} in Korean)."
        )
    if str(value).lower() == "manifest" or re.fullmatch(r"index(-\w+)?", str(value).lower()):
        raise BadInput(f"{name} = {quoted(value)} is taken by the gallery; give another.")
    return str(value)


def word(*options: str) -> Check:
    """Accept one of a few words."""

    def check(name: str, value: object) -> str:
        if value not in options or not isinstance(value, str):
            listed = ", ".join(map(quoted, options))
            raise BadInput(
                f"{name} = {quoted(value)} is unknown; give {listed}{nearest(value, options)}"
            )
        return value

    return check


def words(*options: str) -> Check:
    """Accept one of a few words or a list of them."""
    one = word(*options)

    def check(name: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            return (one(name, value),)
        if not value:
            raise BadInput(f"{name} is empty; give {', '.join(map(quoted, options))}.")
        return tuple(dict.fromkeys(one(name, part) for part in value))

    return check


def count(low: int, high: int) -> Check:
    """Accept a whole number between `low` and `high`, both included."""

    def check(name: str, value: object) -> int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not low <= value <= high:  # type: ignore[operator]
            raise BadInput(
                f"{name} = {quoted(value)} will not do; give a whole number "
                f"from {low} to {high}."
            )
        return value  # type: ignore[return-value]

    return check


def switch(name: str, value: object) -> bool:
    """Accept true or false."""
    if not isinstance(value, bool):
        raise BadInput(f"{name} = {quoted(value)} will not do; give true or false.")
    return value


def table(name: str, value: object) -> Mapping[str, object]:
    """Accept a table."""
    if not isinstance(value, dict):
        raise BadInput(
            f"{name} = {quoted(value)} is not a table; give {{ name = value, ... }}."
        )
    return value


def tables(name: str, value: object) -> list[Mapping[str, object]]:
    """Accept an array of tables."""
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise BadInput(f"{name} is not a list of tables; begin each with [[{name}]].")
    return value


#: keys that the whole lecture has, and that an item may have for itself
SHARED: dict[str, Check] = {
    "language": words(*LANGUAGES),
    "theme": words(*THEMES),
    "quality": word(*QUALITIES),
    "fps": count(1, 120),
    "aspect": word(*SCENE_ASPECTS),
    "dpi": count(50, 1200),
    "quiz": switch,
    "voice": text,
}
#: what the whole lecture may say of its data; each lesson names its own features
DATA: dict[str, Check] = {
    "data": text,
    "target": text,
    **{
        knob.name: knob.metadata["kind"].read
        for knob in DataKnobs.knobs()
        if knob.name not in ("data", "target", "features")
    },
}
LECTURE: dict[str, Check] = {
    "title": titled,
    "author": spoken,
    **SHARED,
    **DATA,
    "formats": table,
    "item": tables,
}
FORMATS: dict[str, Check] = {"figure": words(*FIGURE_FORMATS), "scene": words(*VIDEO_FORMATS)}

_INTRO = marked_up(markdown.INTRO_ROOM)
#: what an item may say, by the key that tells which kind it is
ITEMS: dict[str, dict[str, Check]] = {
    "lesson": {
        "lesson": text,
        "title": titled,
        "intro": _INTRO,
        "note": spoken,
        "medium": words(*MEDIA),
        "name": file_name,
        **SHARED,
        "parameters": table,
    },
    "section": {
        "section": titled,
        "intro": _INTRO,
        "note": spoken,
        "language": SHARED["language"],
    },
    "text": {
        "text": marked_up(markdown.TEXT_ROOM),
        "title": titled,
        "note": spoken,
        "language": SHARED["language"],
    },
}
