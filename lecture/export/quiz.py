"""A quiz: a lecture's questions for Moodle, and as a sheet to print with a key apart.

It asks what the lessons ask, all of it, whatever medium of them the lecture shows, with the
lecture's numbers or with others drawn by seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from regviz.lecture import titles
from regviz.lecture.export import moodle, sheet
from regviz.lecture.export.asking import Asking
from regviz.lecture.export.deck import check, entries_of
from regviz.lecture.export.slides import Answer, Ask
from regviz.lecture.manifest import Manifest, said
from regviz.lecture.markdown import Paragraph
from regviz.lessons.errors import BadInput


@dataclass(frozen=True)
class Part:
    """What one lesson asks: pairs of questions and answers."""

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
    variants: dict[int | None, tuple[Part, ...]] = {
        seed: tuple(_parts(manifest, lang, seed)) for seed in seeds or (None,)
    }
    if not any(variants.values()):
        raise BadInput(
            "nothing is asked in this lecture; leave out quiz = false in lecture.toml, "
            "or add a lesson that asks."
        )
    return Quiz(title=titles.plain(said(manifest.title, lang)), lang=lang, variants=variants)


def _parts(manifest: Manifest, lang: str, seed: int | None) -> Iterator[Part]:
    number = 0
    for at, item in enumerate(manifest.items):
        entries = entries_of(manifest.entries, at, lang, "light")
        number += bool(entries)
        if entries and item.quiz:
            entry = replace(entries[0], theme="light")
            slides = list(Asking.of(entry, number, seed).all())
            pairs = tuple(zip(slides[::2], slides[1::2], strict=True))
            if pairs:
                yield Part(titles.read(entries[0].title), pairs)  # type: ignore[arg-type]


def contents(made: Quiz, path: Path) -> dict[Path, bytes]:
    """Return the file for Moodle, and beside it the sheet and its key."""
    beside = {name: path.with_name(f"{path.stem}-{name}.html") for name in ("sheet", "key")}
    return {
        path: moodle.written(made),
        beside["sheet"]: sheet.sheet(made),
        beside["key"]: sheet.key(made),
    }
