"""A video in words: what is said and what is seen in it, step by step, and what it asks.

It is Markdown, from the story, the picture and the claims alone: who reads it knows what who
watches knows. What is seen stands in quotation blocks, and answers stand behind all else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text, place
from regviz.lessons.asked import Asked, described
from regviz.lessons.lines import present
from regviz.lessons.markup import LETTERS, ended
from regviz.lessons.question import Choice
from regviz.lessons.story import played, unasked
from regviz.lessons.text import load
from regviz.lessons.type_runs import lettered

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit
    from regviz.lessons.picture import Mark, Picture, Positions, Readout, Said
    from regviz.lessons.story import Step, Stop
    from regviz.lessons.text import Text


def transcript(exhibit: Exhibit, lang: str, *, quiz: bool = True) -> str:
    """Return the transcript of a lesson's video, with its questions or without."""
    lesson = catalogue.load(exhibit.lesson)
    picture, story = lesson.picture(exhibit), lesson.story(exhibit)
    writer = _Writer(exhibit, picture, load(lang))
    entry = catalogue.entry(exhibit.lesson)
    head = [f"# {lettered(entry.title[lang])}", lettered(entry.summary[lang])]
    body = [*writer.told(list(played(story if quiz else unasked(story), picture)))]
    end = [f"## {writer.text('transcript.end')}", f"> {alt_text(exhibit, lang)}"]
    return "\n\n".join([*head, *body, *end, *writer.answers()]) + "\n"


@dataclass
class _Writer:
    """Writes a story, and keeps what it has asked and what the reader has been told to see."""

    exhibit: Exhibit
    picture: Picture
    text: Text

    def __post_init__(self) -> None:
        self._asked: list[Asked] = []
        self._before: Stop | None = None
        self._described: set[str] = set()
        self._read: list[str] = []

    def told(self, steps: list[tuple[Step, Stop]]) -> Iterator[str]:
        """Yield the paragraphs of a story."""
        section, heading = "", ""
        for step, stop in steps:
            if step.ask is not None:
                yield from self._question(Asked(step.ask, self.picture, stop))
                continue
            named = self._say(stop.heading) if stop.heading else ""
            if named != heading:
                yield f"## {named}" if stop.section != section else f"**{named}**"
            section, heading = stop.section, named
            if step.say is not None:
                yield self._say(step.say)
            seen = list(self._seen(step, stop))
            if seen:
                yield "> " + " ".join(seen)
            self._before = stop

    # -- what is seen ------------------------------------------------------------------------

    def _seen(self, step: Step, stop: Stop) -> Iterator[str]:
        """Yield sentences on what a step shows, moves and writes."""
        before = self._before
        for name in stop.panels:
            if name not in self._described:
                self._described.add(name)
                yield described(self.picture.panel(name), self.text)
        shown = stop.shown - (before.shown if before else frozenset())
        yield from self._listed("shown", self._names(shown, stop))
        yield from self._listed("written", self._formulas(shown))
        yield from self._listed("lit", self._names(frozenset(step.emphasise), stop))
        reads = [self._value(each, stop.at) for each in self._readouts(stop)]
        yield from self._listed("reads", [each for each in reads if each not in self._read])
        self._read = reads
        told = before.tell if before and before.section == stop.section else {}
        new = {of: said for of, said in stop.tell.items() if told.get(of) != said}
        yield from dict.fromkeys(self._told(of, said, stop) for of, said in new.items())

    def _told(self, of: str, said: Said, stop: Stop) -> str:
        """Return a sentence of the picture, with the panel it is of if there are more."""
        if not of or len(stop.panels) == 1:
            return ended(self._say(said))
        return f"{self._say(self.picture.panel(of).title)} – {ended(self._say(said))}"

    def _names(self, marks: frozenset[str], stop: Stop) -> list[str]:
        """Return the labels of marks that are there."""
        found = []
        for label in self.picture.labels:
            mark = self.picture.mark(label.of)
            is_seen = label.of in marks and mark.panel in stop.panels
            if is_seen and self.picture.is_there(mark, stop.at):
                name = self._say(self.picture.label_at(label, stop.at))
                found.append(f"{name} {self._place(mark, stop)}".rstrip())
        return found

    def _place(self, mark: Mark, stop: Stop) -> str:
        """Return where in a plane a lone point stands: who sees it sees that, too."""
        points = present(self.picture.points(mark, stop.at))
        is_lone = mark.kind == "point" and len(points) == 1
        is_told = is_lone and self.picture.panel(mark.panel).kind == "plane"
        return place(points[0]) if is_told else ""

    def _formulas(self, names: frozenset[str]) -> list[str]:
        formulas = [each for each in self.picture.formulas if each.name in names]
        return [lettered(f"${''.join(term.tex for term in each.terms)}$") for each in formulas]

    def _readouts(self, stop: Stop) -> list[Readout]:
        return [
            each
            for each in self.picture.readouts
            if each.name in stop.shown and (each.panel is None or each.panel in stop.panels)
        ]

    def _value(self, readout: Readout, at: Positions) -> str:
        number = readout.written(float(readout.numbers[tuple(at[name] for name in readout.by)]))
        symbol = readout.symbol
        name = lettered(symbol) if isinstance(symbol, str) else self._say(symbol)
        return " ".join(f"{name} {lettered(f'${number}$')}".split())

    def _listed(self, key: str, names: list[str]) -> Iterator[str]:
        if names:
            yield self.text(f"transcript.{key}", names=", ".join(dict.fromkeys(names)))

    # -- what is asked -----------------------------------------------------------------------

    def _question(self, asked: Asked) -> Iterator[str]:
        self._asked.append(asked)
        question, text = asked.question, self.text
        yield f"## {text('transcript.question', number=len(self._asked))}"
        yield f"**{self._say(question.prompt)}**"
        if alt := asked.alt(text):
            yield f"> {alt}"
        if isinstance(question, Choice):
            options = zip(LETTERS, question.options, strict=False)
            yield "\n".join(f"- {letter}. {self._say(each.said)}" for letter, each in options)

    def answers(self) -> Iterator[str]:
        """Yield the answers to all that was asked."""
        if self._asked:
            yield f"## {self.text('transcript.answers')}"
        for number, asked in enumerate(self._asked, start=1):
            right = lettered(asked.right(self.text))
            lines = [f"{number}. **{right}.** {ended(self._say(asked.reply()))}"]
            lines += [
                f"   - {lettered(wrong)}: {ended(self._say(reply))}"
                for wrong, reply in asked.wrongs(self.text)
            ]
            yield "\n".join(lines)

    def _say(self, said: Said) -> str:
        return self.text.speak(said)
