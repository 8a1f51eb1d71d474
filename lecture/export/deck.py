"""A deck: a lecture as ordered slides. Every target renders these, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from regviz.lecture import titles
from regviz.lecture.export.asking import Asking
from regviz.lecture.export.slides import (
    Clip,
    Deck,
    Explorer,
    Opening,
    Part,
    Picture,
    Slide,
    Title,
    Words,
)
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
    scale,
)
from regviz.lessons.errors import BadInput


def deck(
    manifest: Manifest,
    out: Path,
    *,
    lang: str | None = None,
    theme: str = "",
    quiz: bool = False,
) -> Deck:
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
    quiz
        Whether the questions are asked of the lessons that ask.

    Raises
    ------
    BadInput
        If nothing was built, or not in that language or theme.
    """
    if not manifest.entries and not any(item.kind == "text" for item in manifest.items):
        raise BadInput(f"nothing of the lecture is in {out}; build it first.")
    lang = lang or manifest.langs[0]
    check("lang", lang, manifest.langs)
    check("theme", theme, dict.fromkeys(entry.theme for entry in manifest.entries))
    own = theme or next((entry.theme for entry in manifest.entries), "light")
    title, author = titles.read(said(manifest.title, lang)), said(manifest.author, lang)
    slides: list[Slide] = [Title(title=title, lang=lang, theme=own, author=author)]
    number = 0
    for at, item in enumerate(manifest.items):
        entries = entries_of(manifest.entries, at, lang, theme)
        if item.kind != "lesson":
            slides.append(_words(item, lang, own))
        elif entries:
            number += 1
            asking = Asking.of(entries[0], number) if quiz and item.quiz else Asking()
            slides += _slides(number, item, entries, asking)
    return Deck(
        title=slides[0].heading,
        author=author,
        lang=lang,
        theme=own,
        out=out,
        slides=tuple(slides),
    )


def check(what: str, asked: str, there: Iterable[str]) -> None:
    """Refuse a language or theme that the lecture was not built in."""
    if asked and asked not in there:
        raise BadInput(
            f"the lecture was built without --{what} {asked}; "
            f"give {' or '.join(there)}, or add it to lecture.toml and build."
        )


def entries_of(entries: Sequence[Entry], item: int, lang: str, theme: str) -> list[Entry]:
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


def _slides(
    number: int, item: Item, entries: Sequence[Entry], asking: Asking
) -> Iterator[Slide]:
    first = entries[0]
    yield Opening(
        title=titles.read(first.title),
        lang=first.lang,
        theme=first.theme,
        notes=_notes(item, first.lang),
        number=number,
        lesson=first.lesson,
        **_sized(intro(said(item.intro, first.lang), first.summary), INTRO_ROOM),
    )
    behind = next((entry for entry in entries if entry.medium == "figure"), None)
    if asking.sections:
        # A figure is what the story comes to, and answers what is asked on the way.
        entries = sorted(entries, key=lambda entry: entry.medium != "scene")
        if entries[0].medium != "scene":
            yield from asking.all()
    for entry in entries:
        title = titles.read(entry.title)
        base = Slide(title=title, lang=entry.lang, theme=entry.theme, alt=entry.alt)
        if entry.medium == "figure":
            yield Picture(**vars(replace(base, notes=(entry.alt,))), entry=entry)
        elif entry.medium == "scene":
            yield from _clips(entry, base, asking)
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


def _clips(entry: Entry, base: Slide, asking: Asking) -> Iterator[Slide]:
    asked = [section for section in entry.sections if section.name in asking.sections]
    places = len(entry.sections) - len(asked)
    place = 0
    for section in entry.sections:
        if section in asked:
            yield from asking.sections[section.name]
            continue
        place += 1
        cues = tuple(_cues_of(entry, section, is_last=section == entry.sections[-1]))
        said = tuple(cue.text for cue in cues)
        yield Clip(
            title=Paragraph((*base.title.runs, Run(f" ({place}/{places})"))),
            lang=base.lang,
            theme=base.theme,
            # What is seen in the end answers what is asked before.
            alt=" ".join(said) or base.heading,
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
