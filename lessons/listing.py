"""The list of lessons, as one looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from regviz.lessons import catalogue, text, topics
from regviz.lessons.catalogue import Entry
from regviz.lessons.errors import BadInput


class Listing(tuple[Entry, ...]):
    """Lessons in teaching order; a notebook shows them as a table."""

    lang: str

    def __new__(cls, entries: Iterable[Entry], lang: str) -> Listing:
        """Return the entries as they are called in a language."""
        made = super().__new__(cls, entries)
        made.lang = lang
        return made

    def __repr__(self) -> str:
        """Return the lessons of each topic, as `regviz list` prints them."""
        return "\n\n".join(
            "\n".join([topics.title(topic, self.lang), *map(self._lines, group)])
            for topic, group in catalogue.by_topic(self)
        )

    def _lines(self, entry: Entry) -> str:
        width = max(len(each.slug) for each in self)
        line = f"  {entry.slug:{width}}  {entry.title[self.lang]}: {entry.summary[self.lang]}"
        return f"{line}\n  {'':{width}}  {self._needs(entry)}" if entry.needs else line

    def _needs(self, entry: Entry) -> str:
        return f"{topics.AFTER[self.lang]} {', '.join(entry.needs)}"

    def _repr_html_(self) -> str:
        bodies = "".join(
            "<tbody><tr><th colspan='3' style='text-align:left'>"
            f"{escape(topics.title(topic, self.lang))}</th></tr>"
            f"{''.join(map(self._row, group))}</tbody>"
            for topic, group in catalogue.by_topic(self)
        )
        return f"<table>{bodies}</table>"

    def _row(self, entry: Entry) -> str:
        needs = f"<br><small>{escape(self._needs(entry))}</small>" if entry.needs else ""
        return (
            f"<tr><td><code>{entry.slug}</code></td><td>{escape(entry.title[self.lang])}</td>"
            f"<td style='text-align:left'>{escape(entry.summary[self.lang])}{needs}</td></tr>"
        )


def lessons(lang: str = "en") -> Listing:
    """Return every lesson, topic by topic, in teaching order.

    Parameters
    ----------
    lang
        Language of titles and summaries, `en` or `ko`.

    Returns
    -------
    A tuple of entries with `slug`, `title`, `summary`, `topic`, `needs` and `media`.

    Raises
    ------
    BadInput
        If the language is unknown.
    """
    if lang not in text.LANGUAGES:
        raise BadInput(f"language {lang!r} is unknown; give {', '.join(text.LANGUAGES)}.")
    return Listing(catalogue.entries(), lang)
