"""The list of lessons, as one looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from regviz.lessons import catalogue, text
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
        """Return a line per lesson, as `regviz list` prints them."""
        width = max((len(entry.slug) for entry in self), default=0)
        return "\n".join(
            f"{entry.slug:{width}}  {entry.title[self.lang]}: {entry.summary[self.lang]}"
            for entry in self
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{entry.slug}</code></td><td>{escape(entry.title[self.lang])}</td>"
            f"<td style='text-align:left'>{escape(entry.summary[self.lang])}</td></tr>"
            for entry in self
        )
        return f"<table><tbody>{rows}</tbody></table>"


def lessons(lang: str = "en") -> Listing:
    """Return every lesson, in teaching order.

    Parameters
    ----------
    lang
        Language of titles and summaries, `en` or `ko`.

    Returns
    -------
    A tuple of entries with `slug`, `title`, `summary`, `tags` and `media`.

    Raises
    ------
    BadInput
        If the language is unknown.
    """
    if lang not in text.LANGUAGES:
        raise BadInput(f"language {lang!r} is unknown; give {', '.join(text.LANGUAGES)}.")
    return Listing(catalogue.entries(), lang)
