"""A deck: a lecture as ordered slides. Every target renders these, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from regviz.lecture.manifest import Cue, Entry, Manifest, Section
from regviz.lessons.errors import BadInput


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What every slide has.

    Attributes
    ----------
    heading
        What the slide is called, in outlines too.
    lang, theme
        Of its texts and colours.
    alt
        What its picture shows; empty if it has none.
    notes
        What the speaker may say, a paragraph each.
    """

    heading: str
    lang: str
    theme: str
    alt: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Title(Slide):
    """The lecture's first slide; the heading is the lecture's title."""

    author: str


@dataclass(frozen=True, kw_only=True)
class Opening(Slide):
    """A lesson's first slide; the heading is the lesson's title."""

    number: int
    summary: str


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
    """An interactive page, and the figure of the same lesson where there is one."""

    entry: Entry
    behind: Entry | None


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A lecture in one language.

    Attributes
    ----------
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
    if not manifest.entries:
        raise BadInput(f"nothing of the lecture is in {out}; build it first.")
    lang = lang or manifest.langs[0]
    _check("lang", lang, manifest.langs)
    _check("theme", theme, dict.fromkeys(entry.theme for entry in manifest.entries))
    items = list(_items(manifest.entries, lang, theme))
    own = theme or items[0][0].theme
    first = Title(heading=manifest.title, lang=lang, theme=own, author=manifest.author)
    slides: list[Slide] = [first]
    for number, item in enumerate(items, start=1):
        slides += _slides(number, item)
    return Deck(
        title=manifest.title,
        author=manifest.author,
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


def _items(entries: Sequence[Entry], lang: str, theme: str) -> Iterator[list[Entry]]:
    """Yield an entry per medium for each item, as near to what is asked for as there is."""
    for _, group in groupby(entries, key=lambda entry: entry.item):
        best: dict[str, Entry] = {}
        for entry in group:
            rival = best.setdefault(entry.medium, entry)
            if _nearness(entry, lang, theme) > _nearness(rival, lang, theme):
                best[entry.medium] = entry
        yield list(best.values())


def _nearness(entry: Entry, lang: str, theme: str) -> tuple[bool, bool]:
    return entry.lang == lang, entry.theme == theme


def _slides(number: int, item: Sequence[Entry]) -> Iterator[Slide]:
    first = item[0]
    notes = (first.note,) if first.note else ()
    yield Opening(
        heading=_heading(first),
        lang=first.lang,
        theme=first.theme,
        notes=notes,
        number=number,
        summary=first.summary,
    )
    behind = next((entry for entry in item if entry.medium == "figure"), None)
    for entry in item:
        base = Slide(heading=_heading(entry), lang=entry.lang, theme=entry.theme, alt=entry.alt)
        if entry.medium == "figure":
            yield Picture(**vars(replace(base, notes=(entry.alt,))), entry=entry)
        elif entry.medium == "scene":
            yield from _clips(entry, base)
        else:
            yield Explorer(**vars(base), entry=entry, behind=behind)


def _heading(entry: Entry) -> str:
    """Return the lesson's title, and what parameters the lecture chose."""
    given = ", ".join(f"{_name(name)} = {_value(value)}" for name, value in entry.given.items())
    return f"{entry.title} ({given})" if given else entry.title


def _name(name: str) -> str:
    return "λ" if name == "lam" else name.replace("_", " ")


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _clips(entry: Entry, base: Slide) -> Iterator[Clip]:
    places = len(entry.sections)
    for place, section in enumerate(entry.sections, start=1):
        cues = tuple(_cues_of(entry, section, is_last=place == places))
        said = tuple(cue.text for cue in cues)
        yield Clip(
            heading=f"{base.heading} ({place}/{places})",
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
