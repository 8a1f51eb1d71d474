"""What lessons are about and need to have been seen before, as a lecture tells its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from regviz.lessons import catalogue, topics


class Before:
    """The lessons of a document in a language; `here` has the ids that lead to those in it."""

    def __init__(self, lang: str, here: Mapping[str, str]) -> None:
        self._lang, self._here = lang, here
        self._known = {entry.slug: entry for entry in catalogue.entries()}

    def topic(self, slug: str) -> str:
        """Return what a lesson's topic is called; it may have none."""
        return topics.title(self._known[slug].topic, self._lang)

    def headings(self, slugs: Sequence[str]) -> list[str]:
        """Return for each lesson in turn the topic that begins with it, or nothing."""
        found = [self.topic(slug) for slug in slugs]
        return [
            title if title != last else ""
            for last, title in zip(["", *found], found, strict=False)
        ]

    def to_html(self, slug: str) -> str:
        """Return a lesson's topic and what it needs, as a paragraph."""
        needs = ", ".join(map(self._named, self._known[slug].needs))
        after = f"{escape(topics.AFTER[self._lang])} {needs}" if needs else ""
        said = [escape(self.topic(slug)), after]
        return f'<p class="topic" lang="{self._lang}">{" · ".join(filter(None, said))}</p>'

    def _named(self, slug: str) -> str:
        title = escape(self._known[slug].title[self._lang])
        place = self._here.get(slug)
        return f'<a href="#{place}">{title}</a>' if place else title
