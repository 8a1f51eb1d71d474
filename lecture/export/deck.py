"""A deck: a lecture as ordered slides. Every target renders these, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regviz.lecture import titles
from regviz.lecture.manifest import Cue, Entry, Item, Manifest, Section, said
from regviz.lecture.markdown import (
    INTRO_ROOM,
    SCALES,
    TEXT_ROOM,
    Blocks,
    Paragraph,
    Run,
    blocks,
    intro,
    plain,
    scale,
)
from regviz.lessons.errors import BadInput


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What every slide has.

    Attributes
    ----------
    title
        What the slide is called; empty for a text that has none.
    lang, theme
        Of its texts and colours.
    alt
        What its picture shows; empty if it has none.
    notes
        What the speaker may say, a paragraph each.
    """

    title: Paragraph
    lang: str
    theme: str
    alt: str = ""
    notes: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title in letters alone, for outlines."""
        return plain((self.title,))


@dataclass(frozen=True, kw_only=True)
class Title(Slide):
    """The lecture's first slide; its title is the lecture's."""

    author: str


@dataclass(frozen=True, kw_only=True)
class Words(Slide):
    """A few lines.

    Attributes
    ----------
    text
        What is said below the title.
    scale
        Size of its type, one of :data:`regviz.lecture.markdown.SCALES`, at which it fits.
    """

    text: Blocks
    scale: float


@dataclass(frozen=True, kw_only=True)
class Part(Words):
    """What a part of the lecture begins with."""


@dataclass(frozen=True, kw_only=True)
class Opening(Words):
    """A lesson's first slide."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Picture(Slide):
    """A figure."""

    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Clip(Slide):
    """A section of a video; its cues count from the section's own start."""

    entry: Entry
    section: Section
    cues: tuple[Cue, ...]
    place: int
    places: int


@dataclass(frozen=True, kw_only=True)
class Explorer(Slide):
    """An interactive page, and its lesson's figure, for where a page cannot be."""

    entry: Entry
    behind: Entry | None


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A lecture in one language.

    Attributes
    ----------
    title
        In letters alone; that of the first slide may have mathematics in it.
    theme
        Of its first slide.
    out
        The folder that every path of an entry is relative to.
    """

    title: str
    author: str
    lang: str
    theme: str
    out: Path
    slides: tuple[Slide, ...]

    def read(self, path: str) -> bytes:
        """Return a file of the lecture.

        Raises
        ------
        BadInput
            If it is not there any more, or cannot be read.
        """
        found = self.locate(path)
        try:
            return found.read_bytes()
        except OSError as error:
            raise BadInput(f"{found} cannot be read: {error.strerror}.") from None

    def read_text(self, path: str) -> str:
        """Return a file of the lecture that is text; see :meth:`read`."""
        try:
            return self.read(path).decode()
        except UnicodeDecodeError:
            raise BadInput(
                f"{self.out / path} is no text any more; build the lecture again."
            ) from None

    def locate(self, path: str) -> Path:
        """Return where a file of the lecture is; see :meth:`read`."""
        found = (self.out / path).resolve()
        if not found.is_relative_to(self.out.resolve()) or not found.is_file():
            raise BadInput(f"{self.out / path} is gone; build the lecture again.")
        return found


def deck(manifest: Manifest, out: Path, *, lang: str | None = None, theme: str = "") -> Deck:
    """Return a lecture's deck.

    Parameters
    ----------
    manifest
        What was built.
    out
        The output folder.
    lang
        One of the lecture's languages; by default its main one.
    theme
        Colours to choose where an item was made in several; by default its first.

    Raises
    ------
    BadInput
        If nothing was built, or not in that language or theme.
    """
    if not manifest.entries and not any(item.kind == "text" for item in manifest.items):
        raise BadInput(f"nothing of the lecture is in {out}; build it first.")
    lang = lang or manifest.langs[0]
    _check("lang", lang, manifest.langs)
    _check("theme", theme, dict.fromkeys(entry.theme for entry in manifest.entries))
    own = theme or next((entry.theme for entry in manifest.entries), "light")
    title, author = titles.read(said(manifest.title, lang)), said(manifest.author, lang)
    slides: list[Slide] = [Title(title=title, lang=lang, theme=own, author=author)]
    number = 0
    for at, item in enumerate(manifest.items):
        entries = _entries(manifest.entries, at, lang, theme)
        if item.kind != "lesson":
            slides.append(_words(item, lang, own))
        elif entries:
            number += 1
            slides += _slides(number, item, entries)
    return Deck(
        title=slides[0].heading,
        author=author,
        lang=lang,
        theme=own,
        out=out,
        slides=tuple(slides),
    )


def _check(what: str, asked: str, there: Iterable[str]) -> None:
    if asked and asked not in there:
        raise BadInput(
            f"the lecture was built without --{what} {asked}; "
            f"give {' or '.join(there)}, or add it to lecture.toml and build."
        )


def _entries(entries: Sequence[Entry], item: int, lang: str, theme: str) -> list[Entry]:
    """Return an item's entry per medium, as near to what is asked for as there is."""
    best: dict[str, Entry] = {}
    for entry in entries:
        if entry.item == item:
            rival = best.setdefault(entry.medium, entry)
            if _nearness(entry, lang, theme) > _nearness(rival, lang, theme):
                best[entry.medium] = entry
    return list(best.values())


def _nearness(entry: Entry, lang: str, theme: str) -> tuple[bool, bool]:
    return entry.lang == lang, entry.theme == theme


def _words(item: Item, lang: str, theme: str) -> Slide:
    """Return the slide of an item that is no lesson."""
    there = item.text or item.title
    lang = lang if lang in there else next(iter(there), lang)
    base = Slide(
        title=titles.read(said(item.title, lang)),
        lang=lang,
        theme=theme,
        notes=_notes(item, lang),
    )
    if item.kind == "text":
        return Words(**vars(base), **_sized(blocks(said(item.text, lang)), TEXT_ROOM))
    intro = blocks(said(item.intro, lang), "intro")
    return Part(**vars(base), **_sized(intro, INTRO_ROOM))


def _sized(text: Blocks, room: float) -> dict[str, Any]:
    # That it fits was seen to when the lecture was read; a lesson's own summary does.
    return {"text": text, "scale": scale(text, room) or SCALES[-1]}


def _notes(item: Item, lang: str) -> tuple[str, ...]:
    note = said(item.note, lang)
    return (note,) if note else ()


def _slides(number: int, item: Item, entries: Sequence[Entry]) -> Iterator[Slide]:
    first = entries[0]
    yield Opening(
        title=titles.read(first.title),
        lang=first.lang,
        theme=first.theme,
        notes=_notes(item, first.lang),
        number=number,
        **_sized(intro(said(item.intro, first.lang), first.summary), INTRO_ROOM),
    )
    behind = next((entry for entry in entries if entry.medium == "figure"), None)
    for entry in entries:
        title = titles.read(entry.title)
        base = Slide(title=title, lang=entry.lang, theme=entry.theme, alt=entry.alt)
        if entry.medium == "figure":
            yield Picture(**vars(replace(base, notes=(entry.alt,))), entry=entry)
        elif entry.medium == "scene":
            yield from _clips(entry, base)
        else:
            yield Explorer(**vars(base), entry=entry, behind=behind or _poster(entry))


def _poster(page: Entry) -> Entry | None:
    """Return the figure that was made beside a page, if there is one."""
    beside = {
        suffix.removeprefix("poster."): path
        for suffix, path in page.files.items()
        if suffix.startswith("poster.")
    }
    return replace(page, medium="figure", files=beside) if beside else None


def _clips(entry: Entry, base: Slide) -> Iterator[Clip]:
    places = len(entry.sections)
    for place, section in enumerate(entry.sections, start=1):
        cues = tuple(_cues_of(entry, section, is_last=place == places))
        said = tuple(cue.text for cue in cues)
        yield Clip(
            title=Paragraph((*base.title.runs, Run(f" ({place}/{places})"))),
            lang=base.lang,
            theme=base.theme,
            alt=base.alt,
            notes=said,
            entry=entry,
            section=section,
            cues=cues,
            place=place,
            places=places,
        )


def _cues_of(entry: Entry, section: Section, *, is_last: bool) -> Iterator[Cue]:
    """Yield what is said in a section; each cue belongs to the one it begins in."""
    for cue in entry.cues:
        if section.start <= cue.start and (cue.start < section.end or is_last):
            end = min(cue.end, section.end) - section.start
            yield Cue(start=cue.start - section.start, end=end, text=cue.text)
