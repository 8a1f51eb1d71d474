"""The items of a lecture as a page of the gallery shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regviz.lecture.manifest import Entry, Item, Manifest, said


@dataclass(frozen=True)
class Shown:
    """An item as a page shows it; `number` counts lessons, and entries are a lesson's."""

    at: int
    item: Item
    lang: str
    number: int
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The item's title; a text may have none."""
        return said(self.item.title, self.lang)

    @property
    def place(self) -> str:
        """What leads to it from the contents."""
        return f"item-{self.number}" if self.entries else f"part-{self.at}"


def shown_in(manifest: Manifest, lang: str) -> Iterator[Shown]:
    """Yield each item in a language, or in another where it is not there in that one."""
    number = 0
    for at, item in enumerate(manifest.items):
        every = [entry for entry in manifest.entries if entry.item == at]
        if item.kind == "lesson" and not every:
            continue  # none of it is made; what is missing is listed apart
        there = [e.lang for e in every] or list(item.text or item.title)
        spoken = lang if lang in there else next(iter(there), lang)
        number += item.kind == "lesson"
        entries = tuple(entry for entry in every if entry.lang == spoken)
        yield Shown(at, item, spoken, number, entries)


def places(shown: Iterable[Shown]) -> dict[str, str]:
    """Return what leads to each lesson, where it first comes."""
    found: dict[str, str] = {}
    for each in shown:
        if each.entries:
            found.setdefault(each.entries[0].lesson, each.place)
    return found
