"""What a video says, sentence by sentence: its captions, and how each is said aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regviz.lessons import catalogue
from regviz.lessons.text import load

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit


@dataclass(frozen=True)
class Sentence:
    """One caption.

    Attributes
    ----------
    number
        Its place among all that the lesson says and asks, from 1; the same with and without
        the questions.
    section
        The section that it is said in.
    caption, aloud
        What stands below the picture, and what is said.
    """

    number: int
    section: str
    caption: str
    aloud: str


def narration(exhibit: Exhibit, lang: str, *, quiz: bool = True) -> tuple[Sentence, ...]:
    """Return what a lesson's video says, in order, with its questions or without."""
    text = load(lang)
    found = []
    number = 0
    for section in catalogue.load(exhibit.lesson).story(exhibit).sections:
        for step in section.steps:
            said = step.say if step.ask is None else step.ask.prompt
            if said is None:
                continue
            number += 1
            if quiz or step.ask is None:
                found.append(Sentence(number, section.name, text.speak(said), text.aloud(said)))
    return tuple(found)
