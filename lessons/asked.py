"""What a lesson asks, outside its video: each question with its picture, before and after.

A deck, a handout and a quiz show the same: what is seen while the question stands, and the same
with the truth in it, or with a wrong answer that is often given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons import catalogue
from regviz.lessons.numbers import chosen
from regviz.lessons.picture import Mark
from regviz.lessons.question import Choice, Guess
from regviz.lessons.story import Step, played
from regviz.lessons.type_runs import lettered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regviz.lessons.base import Array, Exhibit
    from regviz.lessons.picture import MarkKind, Panel, Picture, Said
    from regviz.lessons.question import Question
    from regviz.lessons.story import Stop
    from regviz.lessons.text import Text

#: how the mark that an answer is in its picture is called, before its question's name
ANSWER = "answer"
#: seconds that a video rests with an answer, at least
SEEN = 1.6


@dataclass(frozen=True)
class Asked:
    """A question as its lesson asks it.

    Attributes
    ----------
    question
        What is asked.
    picture, stop
        The lesson's picture, and how it stands meanwhile: what is seen is `stop.shown`.
    """

    question: Question
    picture: Picture
    stop: Stop

    def with_answer(self, answer: Array | None = None) -> Asked:
        """Return it with an answer in the picture, by default the truth, where one is drawn."""
        asked = self.question
        if not isinstance(asked, Guess) or asked.panel is None or asked.kind == "number":
            return self
        parts = asked.truth if answer is None else answer
        points = parts[None] if asked.across is None else np.stack([asked.across, parts], 1)
        if answer is None and asked.line is not None:
            points = asked.line
        kind: MarkKind = "point" if asked.kind == "place" else "line"
        mark = Mark(f"{ANSWER}-{asked.name}", asked.panel, kind, "ink", points, weight="strong")
        picture = replace(self.picture, marks=(*self.picture.marks, mark))
        stop = replace(self.stop, shown=self.stop.shown | {mark.name})
        return replace(self, picture=picture, stop=stop)

    def alt(self, text: Text) -> str:
        """Return what is seen, for who can't see it: what nothing answers that is asked."""
        said = []
        for panel in map(self.picture.panel, self.question.panels):
            labels = self.picture.named(self.stop, panel)
            names = [text.speak(self.picture.label_at(label, self.stop.at)) for label in labels]
            said.append(described(panel, text))
            said += [text("ask.seen", names=", ".join(names))] if names else []
        return " ".join(said)

    def right(self, text: Text) -> str:
        """Return what is the right answer, in our markup."""
        if isinstance(self.question, Choice):
            return text.say(self.question.options[self.question.right].said)
        return self._written(self.question.truth, text)

    def reply(self) -> Said:
        """Return what is said to the right answer."""
        if isinstance(self.question, Choice):
            return self.question.options[self.question.right].reply
        return self._filled(self.question.right, self.question.truth)

    def off(self) -> Said:
        """Return what is said to a guess that is neither right nor often given."""
        assert isinstance(self.question, Guess)
        return self._filled(self.question.off, None)

    def wrongs(self, text: Text) -> list[tuple[str, Said]]:
        """Return the wrong answers that are often given, in our markup, and what is said."""
        asked = self.question
        if isinstance(asked, Choice):
            return [
                (text.say(option.said), option.reply)
                for at, option in enumerate(asked.options)
                if at != asked.right
            ]
        return [
            (self._written(wrong.answer, text), self._filled(wrong.reply, wrong.answer))
            for wrong in asked.wrongs
        ]

    def _filled(self, said: Said, answer: Array | None) -> Said:
        """Return what is said to an answer, with it and the truth in their places."""
        assert isinstance(self.question, Guess)
        places = {"truth": self.question.truth, "answer": answer}
        values = {n: "…" if of is None else self._numbers(of) for n, of in places.items()}
        return replace(said, values={**values, **said.values})

    def _numbers(self, answer: Array) -> str:
        """Return the parts of a guess, written as numbers that are shown."""
        asked = self.question
        if asked.panel is not None and isinstance(asked, Guess) and asked.kind == "place":
            answer = self.picture.panel(asked.panel).read(answer)
        parts = ", ".join(chosen(float(part)) for part in answer)
        return parts if len(answer) == 1 else f"({parts})"

    def _written(self, answer: Array, text: Text) -> str:
        """Return a guess in our markup; a curve by its heights, as axes may run either way."""
        assert isinstance(self.question, Guess)
        if self.question.across is None:
            return f"${self._numbers(answer)}$"
        last = len(answer) - 1
        left, middle, right = (f"${chosen(float(answer[at]))}$" for at in (0, last // 2, last))
        return text("ask.heights", left=left, middle=middle, right=right)


def described(panel: Panel, text: Text) -> str:
    """Return what a panel is in words: its title, its axes, the names of its bars."""
    title = text.speak(panel.title)
    said = [title if title.endswith((".", "?")) else f"{title}."]
    for key, axis in zip(("across", "up"), panel.axes, strict=True):
        if name := text.speak(axis):
            said.append(text(f"ask.{key}", name=name))
    if panel.kind == "bars":
        rows = ", ".join(map(lettered, panel.ticks[1].values()))
        said.append(text("ask.rows", names=rows))
    return " ".join(said)


def revealed(
    steps: Iterable[tuple[Step, Stop]], picture: Picture
) -> tuple[list[tuple[Step, Stop]], Picture]:
    """Return the steps of a story with the answer after each question, and the picture."""
    found: list[tuple[Step, Stop]] = []
    for step, stop in steps:
        found.append((step, stop))
        if step.ask is not None:
            asked = Asked(step.ask, picture, stop).with_answer()
            picture = asked.picture
            answered = replace(asked.stop, is_answered=True)
            found.append((Step(say=asked.reply(), hold=SEEN), answered))
    return found, picture


def asked_in(exhibit: Exhibit) -> tuple[Asked, ...]:
    """Return what a lesson asks, in the order of its story."""
    lesson = catalogue.load(exhibit.lesson)
    picture = lesson.picture(exhibit)
    steps = played(lesson.story(exhibit), picture)
    return tuple(Asked(step.ask, picture, stop) for step, stop in steps if step.ask is not None)
