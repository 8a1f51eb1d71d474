"""A quiz: a lecture's questions for Moodle, and as a sheet to print with a key apart.

It asks what the lessons ask, all of it, whatever medium of them the lecture shows, with the
lecture's numbers or with others drawn by seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from regviz.lecture import titles
from regviz.lecture.export import moodle, sheet
from regviz.lecture.export.asking import Asking
from regviz.lecture.export.deck import check, entries_of
from regviz.lecture.export.slides import Answer, Ask
from regviz.lecture.manifest import Entry, Manifest, said
from regviz.lecture.markdown import Paragraph
from regviz.lessons.errors import BadInput


@dataclass(frozen=True)
class Part:
    """What one lesson asks, by its number in the lecture: pairs of questions and answers."""

    number: int
    title: Paragraph
    pairs: tuple[tuple[Ask, Answer], ...]


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A lecture's questions in one language.

    Attributes
    ----------
    title, lang
        The lecture's title in letters alone, and the language.
    variants
        What is asked, by the seed that its numbers are drawn by; by None for the lecture's own.
    """

    title: str
    lang: str
    variants: dict[int | None, tuple[Part, ...]]


def quiz(manifest: Manifest, lang: str | None, seeds: range | None) -> Quiz:
    """Return a lecture's quiz, by default in its main language.

    Raises
    ------
    BadInput
        If nothing is asked in it, or there are no other numbers to ask about.
    """
    lang = lang or manifest.langs[0]
    check("lang", lang, manifest.langs)
    own = tuple(_parts(_lessons(manifest, lang), None))
    if not own:
        raise BadInput(
            "nothing is asked in this lecture; leave out quiz = false in lecture.toml, "
            "or add a lesson that asks."
        )
    asking = {part.number for part in own}
    # Numbers are drawn for lessons that ask alone.
    lessons = [each for each in _lessons(manifest, lang) if each[0] in asking]
    variants: dict[int | None, tuple[Part, ...]] = {None: own}
    if seeds is not None:
        variants = {seed: tuple(_parts(lessons, seed)) for seed in seeds}
    return Quiz(title=titles.plain(said(manifest.title, lang)), lang=lang, variants=variants)


def _lessons(manifest: Manifest, lang: str) -> list[tuple[int, Entry]]:
    """Return the lessons that may ask, each with its number in the lecture."""
    found, number = [], 0
    for at, item in enumerate(manifest.items):
        entries = entries_of(manifest.entries, at, lang, "light")
        number += bool(entries)
        if entries and item.quiz:
            found.append((number, replace(entries[0], theme="light")))
    return found


def _parts(lessons: Iterable[tuple[int, Entry]], seed: int | None) -> Iterator[Part]:
    for number, entry in lessons:
        slides = list(Asking.of(entry, number, seed).all())
        pairs = tuple(zip(slides[::2], slides[1::2], strict=True))
        if pairs:
            yield Part(number, titles.read(entry.title), pairs)  # type: ignore[arg-type]


def contents(made: Quiz, path: Path) -> dict[Path, bytes]:
    """Return the file for Moodle, and beside it the sheet and its key."""
    beside = {name: path.with_name(f"{path.stem}-{name}.html") for name in ("sheet", "key")}
    return {
        path: moodle.written(made),
        beside["sheet"]: sheet.sheet(made),
        beside["key"]: sheet.key(made),
    }
