"""What the gallery says, escaped: its own sentences, and titles."""

from __future__ import annotations

from html import escape

from regviz.lecture import titles
from regviz.lecture.html import inline
from regviz.lessons.text import Text

LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}


def titled(title: str) -> str:
    """Return a title with its mathematics."""
    return inline(titles.read(title))


def worded(text: Text, key: str, **values: object) -> str:
    """Return a sentence of the gallery's own."""
    return escape(text(f"gallery.{key}", **values))


def raw(text: Text, key: str) -> str:
    """Return a sentence of the gallery's own that is escaped later."""
    return text(f"gallery.{key}")


def medium_word(medium: str, text: Text) -> str:
    """Return what a medium is called."""
    return worded(text, f"medium.{medium}")


def foreign(lang: str, text: Text) -> str:
    """Return the attribute that marks another language than the page's."""
    return "" if lang == text.lang else f' lang="{lang}"'
