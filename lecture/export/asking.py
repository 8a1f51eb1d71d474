"""The questions of a lesson as slides: each alone, and its answer on the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from regviz.lecture.export.slides import Answer, Ask, Slide
from regviz.lecture.markdown import SCALES, Paragraph, Run, rows_in
from regviz.lessons import catalogue
from regviz.lessons.markup import ended, runs
from regviz.lessons.question import Choice
from regviz.lessons.text import load

if TYPE_CHECKING:
    from regviz.lecture.manifest import Entry
    from regviz.lessons.asked import Asked
    from regviz.lessons.text import Text

#: length of a line beside a picture and of one alone, in ems, and rows below the prompt
BESIDE, ALONE, ROWS = 12.5, 31.0, 10.0


@dataclass(frozen=True)
class Asking:
    """What a lesson asks, as slides, by the section of its story in which it does."""

    sections: Mapping[str, tuple[Slide, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, number: int, seed: int | None = None) -> Asking:
        """Return the slides of a lesson's questions.

        Its numbers are those that the lecture gives, or drawn by seed.
        """
        from regviz.lessons.asked import asked_in
        from regviz.lessons.variants import variant

        found: dict[str, tuple[Slide, ...]] = {}
        if seed is None:
            exhibit = catalogue.exhibit(entry.lesson, entry.given)
        else:
            exhibit = variant(entry.lesson, entry.given, seed)
        for count, asked in enumerate(asked_in(exhibit), start=1):
            section = asked.stop.section
            pair = slides_of(asked, f"{number}.{count}", entry.lang, entry.theme)
            found[section] = (*found.get(section, ()), *pair)
        return cls(found)

    def all(self) -> Iterator[Slide]:
        """Yield all of them."""
        for slides in self.sections.values():
            yield from slides


def slides_of(asked: Asked, number: str, lang: str, theme: str) -> tuple[Ask, Answer]:
    """Return a question's two slides."""
    text = load(lang)
    common: dict[str, Any] = {
        "title": marked(text.say(asked.question.prompt)),
        "lang": lang,
        "theme": theme,
        "alt": asked.alt(text),
        "number": number,
        "options": _options(asked, text),
        "scale": SCALES[0],
    }
    prompt = text.speak(asked.question.prompt)
    wrongs = asked.wrongs(text)
    replies = [f"{_read(answer)}: {ended(text.speak(reply))}" for answer, reply in wrongs]
    answer = Answer(
        **common,
        asked=asked.with_answer(),
        notes=(f"{_read(asked.right(text))}: {ended(text.speak(asked.reply()))}", *replies),
        right=_right(asked, text),
        at=asked.question.right if isinstance(asked.question, Choice) else None,
        reply=marked(ended(text.say(asked.reply()))),
        wrongs=tuple(
            (marked(answer), marked(ended(text.say(reply)))) for answer, reply in wrongs
        ),
    )
    question = Ask(**common, asked=asked, notes=(prompt,))
    scale = _scale(answer)
    return replace(question, scale=scale), replace(answer, scale=scale)


def _right(asked: Asked, text: Text) -> Paragraph | None:
    """Return the right answer in words, unless it is drawn or its reply says it."""
    right = asked.right(text)
    if isinstance(asked.question, Choice):
        return marked(right)
    is_known = asked.question.kind != "number" or right in text.say(asked.reply())
    return None if is_known else marked(right)


def _options(asked: Asked, text: Text) -> tuple[Paragraph, ...]:
    """Return what can be chosen, or what is to be done."""
    question = asked.question
    if isinstance(question, Choice):
        return tuple(marked(text.say(option.said)) for option in question.options)
    return (marked(text(f"ask.{question.kind}")),)


def _scale(answer: Answer) -> float:
    """Return the size of type at which options and answer fit beside the picture, or alone."""
    head = answer.head(brief=True)
    reply = Paragraph((*head.runs, Run(" "), *answer.reply.runs))
    length = ALONE if answer.picture is None else BESIDE
    told = (*answer.options, reply)
    fits = (part for part in SCALES if rows_in(told, length / part) * part <= ROWS)
    return next(fits, SCALES[-1])


def marked(sentence: str) -> Paragraph:
    """Return a sentence of ours, which is in our markup, as a line of a slide."""
    return Paragraph(
        tuple(Run(run.content, "math" if run.is_math else "text") for run in runs(sentence))
    )


def _read(sentence: str) -> str:
    """Return a sentence of ours in letters alone."""
    from regviz.lessons.type_runs import lettered

    return lettered(sentence)
