"""Every sentence that appears in a picture, by key, in each language.

Sentences may hold mathematics between dollar signs, in the small part of TeX that
:mod:`regviz.lessons.markup` reads, and named places such as `{lam}`. A lesson's stand in a file
of its own, `<lang>/<slug>.toml`, and its keys begin with its slug.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from regviz.lessons.errors import BadInput
from regviz.lessons.markup import spelled
from regviz.lessons.numbers import chosen, spoken

if TYPE_CHECKING:  # pictures load NumPy, which a list of lessons does without
    from regviz.lessons.picture import Said

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
        """Return the sentence under `key` with its places filled.

        Always formatted: a doubled brace is one brace, with and without places.
        """
        return self._sentences[key].format_map(values)

    def sentence(self, key: str) -> str:
        """Return the sentence under a key with its places still open."""
        return self._sentences[key]

    def say(self, said: Said) -> str:
        """Return a sentence with its numbers written in our markup."""
        return self._filled(said, chosen)

    def speak(self, said: Said) -> str:
        """Return a sentence in letters alone, for captions, with its numbers read aloud."""
        filled = self._filled(said, spoken)
        if "$" not in filled:
            return spelled(filled)
        from regviz.lessons.type_runs import lettered  # few captions have mathematics

        return lettered(filled)

    def aloud(self, said: Said) -> str:
        """Return a sentence as it is said aloud, its mathematics in words."""
        from regviz.lessons.aloud import aloud  # only a voice needs it

        return aloud(self._filled(said, spoken), self)

    def find(self, key: str) -> str | None:
        """Return the sentence under a key with its places still open, or None."""
        return self._sentences.get(key)

    def _filled(self, said: Said, write: Callable[[float], str]) -> str:
        values = {
            name: value if isinstance(value, str) else write(value)
            for name, value in said.values.items()
        }
        return self(said.key, **values)

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
    folder = resources.files(__name__)
    sentences = _flatten(tomllib.loads(folder.joinpath(f"{lang}.toml").read_text("utf-8")))
    for file in folder.joinpath(lang).iterdir():
        slug, ending = file.name.split(".")
        if ending == "toml":
            sentences |= _flatten(tomllib.loads(file.read_text("utf-8")), f"{slug}.")
    return Text(lang, sentences)
