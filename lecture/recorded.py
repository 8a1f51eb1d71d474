"""What recordings of a lesson's sentences are called.

A sentence that a lesson says with its defaults, too, has one recording for all parameters that
leave it as it is; one with other words, such as another number, has a name that tells them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regviz.lecture.naming import lesson_name
from regviz.lessons import catalogue

if TYPE_CHECKING:
    from regviz.lessons.narration import Sentence


def names(
    lesson: str, values: Mapping[str, object], lang: str, sentences: tuple[Sentence, ...]
) -> dict[int, str]:
    """Return the name of each sentence's recording, without a suffix, by its number.

    >>> names("corner", {}, "en", sentences)[3]  # doctest: +SKIP
    'corner-en-03'
    """
    from regviz.lessons.narration import narration

    own = lesson_name(lesson, values)
    plain = sentences if own == lesson else narration(catalogue.exhibit(lesson, {}), lang)
    usual = {sentence.number: sentence.caption for sentence in plain}

    def of(sentence: Sentence) -> str:
        is_usual = usual.get(sentence.number) == sentence.caption
        return f"{lesson if is_usual else own}-{lang}-{sentence.number:02}"

    return {sentence.number: of(sentence) for sentence in sentences}
