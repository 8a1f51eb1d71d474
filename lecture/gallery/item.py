"""An item of a lecture in the gallery: a lesson with all that is of it, a section, a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from regviz.lecture.before import Before
from regviz.lecture.choices import TRANSCRIPT
from regviz.lecture.gallery.media import SHOWN
from regviz.lecture.gallery.numbers import numbers, own_units
from regviz.lecture.gallery.shown import Shown
from regviz.lecture.gallery.snippets import snippets
from regviz.lecture.gallery.words import foreign, titled, worded
from regviz.lecture.html import to_html
from regviz.lecture.manifest import Entry, said
from regviz.lecture.markdown import blocks, intro
from regviz.lessons.text import Text

#: formats offered for download, in this order
_DOWNLOADS = (
    *("svg", "pdf", "png", "mp4", "webm", "mov", "gif", "srt", "vtt"),
    *(TRANSCRIPT, "html"),
)


def part(shown: Shown, before: Before, text: Text, notes: bool) -> str:
    """Return an item as an element."""
    note = _note(shown, text) if notes else ""
    if shown.item.kind == "lesson":
        return _article(shown, before, note, text)
    title = f"<h2>{titled(shown.title)}</h2>" if shown.title else ""
    place = f' id="{shown.place}"' if shown.item.kind == "section" else ""
    words = blocks(said(shown.item.text or shown.item.intro, shown.lang))
    return (
        f'\n<section class="{shown.item.kind}"{place}{foreign(shown.lang, text)}>{title}'
        f'<div class="said">{to_html(words)}</div>{note}</section>'
    )


def _article(each: Shown, before: Before, note: str, text: Text) -> str:
    number, item = each.number, each.entries
    first = item[0]
    lang = foreign(first.lang, text)
    shown: dict[str, Entry] = {}
    for entry in item:
        shown.setdefault(entry.medium, entry)
    media = [SHOWN[medium](shown[medium], item, text) for medium in SHOWN if medium in shown]
    wide = ' class="media pair"' if {"figure", "scene"} <= set(shown) else ' class="media"'
    summary = intro(said(each.item.intro, first.lang), first.summary)
    return (
        f'\n<article id="item-{number}" aria-labelledby="title-{number}">'
        f'<p class="number" aria-hidden="true">{number}</p>'
        f'<h2 id="title-{number}"{lang}>{titled(first.title)}</h2>'
        f'<div class="summary said"{lang}>{to_html(summary)}</div>'
        f"{before.to_html(first.lesson)}"
        f"<div{wide}>{''.join(media)}</div>"
        f"{note}"
        f'<div class="details">{numbers(first, text)}{_downloads(item, text)}</div>'
        f"{own_units(first, number, text)}"
        f"{_commands(shown, number, text)}"
        f"{_embed(list(shown.values()), number, text)}"
        "</article>"
    )


def _note(shown: Shown, text: Text) -> str:
    note = said(shown.item.note, shown.lang)
    return (
        f'<p class="note"><strong>{worded(text, "note")}</strong> {escape(note)}</p>'
        if note
        else ""
    )


def _downloads(item: Sequence[Entry], text: Text) -> str:
    links = [
        f'<li><a href="{escape(entry.files[kind])}" download>{kind}'
        f"{_mark(entry, item)}</a></li>"
        for entry in item
        for kind in _DOWNLOADS
        if kind in entry.files
    ]
    heading = worded(text, "download")
    return f'<section><h3>{heading}</h3><ul class="links">{"".join(links)}</ul></section>'


def _mark(entry: Entry, item: Sequence[Entry]) -> str:
    return "" if entry.theme == item[0].theme else f" ({entry.theme})"


def _commands(shown: Mapping[str, Entry], number: int, text: Text) -> str:
    rows = "".join(
        _copied(entry.command, f"command-{number}-{medium}", text)
        for medium, entry in shown.items()
    )
    return f'<section class="commands"><h3>{worded(text, "command")}</h3>{rows}</section>'


def _embed(entries: list[Entry], number: int, text: Text) -> str:
    main = [entry for entry in entries if entry.theme == entries[0].theme]
    panels = "".join(
        f'<details name="embed-{number}"><summary>{worded(text, f"target.{target}")}</summary>'
        f"{_copied(snippet, f'{target}-{number}', text)}</details>"
        for target, snippet in snippets(main, text).items()
    )
    heading = worded(text, "embed")
    return f'<section class="embed"><h3>{heading}</h3><div>{panels}</div></section>'


def _copied(content: str, name: str, text: Text) -> str:
    """Return a text that can be read, selected and, where scripts run, copied by a button."""
    return (
        f'<div class="copied"><pre id="{name}" tabindex="0" translate="no"><code>'
        f"{escape(content)}</code></pre>"
        f'<button type="button" data-copy="{name}" hidden>{worded(text, "copy")}</button></div>'
    )
