"""Every sentence that appears in a picture, by key, in each language.

Sentences may hold mathematics between dollar signs, in the small part of TeX that
:mod:`regviz.lessons.markup` reads, and named places such as `{lam}`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from regviz.lessons.errors import BadInput

LANGUAGES = ("en", "ko")


def _flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


class Text:
    """The sentences of one language: `text("corner.heading.free", lam="0.80")`."""

    def __init__(self, lang: str, sentences: dict[str, str]) -> None:
        self.lang = lang
        self._sentences = sentences

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence under `key` with its places filled."""
        return self._sentences[key].format_map(values) if values else self._sentences[key]

    def keys(self) -> set[str]:
        """Return every key there is."""
        return set(self._sentences)


@cache
def load(lang: str) -> Text:
    """Return the sentences of a language.

    Raises
    ------
    BadInput
        If regviz does not speak the language.
    """
    if lang not in LANGUAGES:
        raise BadInput(f"language {lang!r} is unknown; give {' or '.join(LANGUAGES)}.")
    source = resources.files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return Text(lang, _flatten(tomllib.loads(source)))
