"""What a video says, sentence by sentence: its captions, and how each is said aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regviz.lessons import catalogue
from regviz.lessons.asked import revealed
from regviz.lessons.markup import ended
from regviz.lessons.story import played
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
    text, lesson = load(lang), catalogue.load(exhibit.lesson)
    picture = lesson.picture(exhibit)
    found = []
    number = 0
    for step, stop in revealed(played(lesson.story(exhibit), picture), picture)[0]:
        said = step.say if step.ask is None else step.ask.prompt
        if said is None:
            continue
        number += 1
        if quiz or stop.ask is None:
            caption, aloud = ended(text.speak(said)), ended(text.aloud(said))
            found.append(Sentence(number, stop.section, caption, aloud))
    return tuple(found)
