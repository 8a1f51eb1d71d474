"""A lesson's story as the guided steps of its page.

They are its sections, parted at what they ask, and each task after what is told before it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from regviz.lessons.markup import spelled
from regviz.lessons.numbers import spoken
from regviz.lessons.places import marked
from regviz.lessons.question import Choice
from regviz.lessons.story import Step, played
from regviz.pages.sentences import to_html

if TYPE_CHECKING:
    from regviz.lessons.picture import Picture, Positions, Said
    from regviz.lessons.question import Question
    from regviz.lessons.story import Stop, Story
    from regviz.lessons.task import Task
    from regviz.lessons.text import Text

#: how captions spell the one Greek letter that all lessons have
_SPELLED = re.compile(r"\blambda\b|람다", re.IGNORECASE)
#: a step of a story, and how the picture stands after it
Beat = tuple[Step, "Stop"]


def parted(story: Story, picture: Picture) -> list[list[Beat]]:
    """Return the beats of each guided step."""
    beats = groupby(
        played(story, picture),
        key=lambda beat: (beat[1].section, beat[1].ask and beat[1].ask.name),
    )
    return [step for _, some in beats for step in _with_tasks(list(some))]


def _with_tasks(beats: list[Beat]) -> Iterator[list[Beat]]:
    """Yield what is told, and then what is to be done: so there is room for both on a phone."""
    yield [(replace(step, task=None), stop) for step, stop in beats]
    # Nothing of what has been told stands meanwhile, as it may be the answer.
    rest = replace(beats[-1][1], tell={})
    yield from ([(Step(task=step.task), rest)] for step, _ in beats if step.task is not None)


def guided(story: Story, picture: Picture, text: Text) -> list[dict[str, Any]]:
    """Return what each guided step says, shows, moves, asks and sets as a task."""
    at: Positions = picture.rest
    panels: tuple[str, ...] = ()
    about: str | None = None
    found = []
    for beats in parted(story, picture):
        step = {"from": _values(at, picture), **_step(beats, picture, text)}
        for beat, (does, stop) in zip(step["beats"], beats, strict=True):
            # What a beat is about stays in sight until another is about something else.
            if stop.ask is None:
                about = _about(does, stop, picture, panels) or about
                panels = stop.panels
            beat["about"] = about if about in stop.panels else None
        found.append(step)
        at = at if beats[-1][1].ask else beats[-1][1].at
    return found


def said_of(said: Said, text: Text) -> list[Any]:
    """Return a sentence as HTML, with what fills its places as it is written."""
    _, places = marked(text.sentence(said.key))
    values = {
        name: spelled(value) if isinstance(value, str) else spoken(value)
        for name, value in said.values.items()
        if name in places
    }
    return [to_html(text.sentence(said.key)), values]


def _written(caption: Said | None, text: Text) -> list[Any] | None:
    """Return a caption, in which letters are spelled as they are read aloud, to be read."""
    if caption is None:
        return None
    html, *values = said_of(caption, text)
    return [_SPELLED.sub("λ", html), *values]


def _step(beats: Sequence[Beat], picture: Picture, text: Text) -> dict[str, Any]:
    (first, stop), *_ = beats
    run = {name for step, _ in beats for name in step.run}
    moves = run & {driver.name for driver in picture.drivers if not driver.told}
    return {
        "beats": [_beat(step, stop, picture, text) for step, stop in beats],
        "moves": sorted(moves if first.task is None else first.task.moves),
        **({"task": _task(first.task, text)} if first.task is not None else {}),
        **({"ask": _ask(stop.ask, text)} if stop.ask is not None else {}),
    }


def _beat(step: Step, stop: Stop, picture: Picture, text: Text) -> dict[str, Any]:
    names = [*(mark.name for mark in picture.marks), *picture.says]
    roles = {panel.name: panel.role for panel in picture.panels}
    return {
        "say": _written(step.say, text) if step.ask is None else None,
        "heading": said_of(stop.heading, text) if stop.heading is not None else None,
        # what is told of a panel has its colour
        "tell": [
            [*said_of(told, text), roles.get(panel, "ink")] for panel, told in stop.tell.items()
        ],
        "shown": list(dict.fromkeys(name for name in names if name in stop.shown)),
        "panels": stop.panels,
        "put": _values(step.put, picture),
        "at": _values(stop.at, picture),
        "lit": step.emphasise,
        "seconds": step.seconds,
        "even": step.even,
        "hold": step.hold,
    }


def _about(step: Step, stop: Stop, picture: Picture, before: Container[str]) -> str | None:
    """Return the panel of what comes or is lit up, or else that of which something is told.

    Of several it is one that was not there `before`.
    """
    if step.task is not None and step.task.panel is not None:
        return step.task.panel
    named = {*step.emphasise, *step.show, *step.morph.values()}
    panels = [mark.panel for mark in picture.marks if mark.name in named]
    found = [name for name in (*panels, *stop.tell) if name in stop.panels]
    return next((name for name in found if name not in before), next(iter(found), None))


def _values(at: Positions, picture: Picture) -> dict[str, float]:
    return {name: float(picture.driver(name).values[place]) for name, place in at.items()}


def _ask(question: Question, text: Text) -> Mapping[str, Any]:
    if isinstance(question, Choice):
        options = [
            [said_of(option.said, text), said_of(option.reply, text)]
            for option in question.options
        ]
        return {"kind": "choice", "options": options, "right": question.right}
    return {
        "kind": question.kind,
        "panel": question.panel,
        "truth": question.truth,
        "near": question.near,
        "replies": [said_of(question.right, text), said_of(question.off, text)],
        "wrongs": [[wrong.answer, said_of(wrong.reply, text)] for wrong in question.wrongs],
        "low": question.low,
        "high": question.high,
        "across": question.across,
        "line": question.line,
    }


def _task(task: Task, text: Text) -> dict[str, Any]:
    said = {"said": said_of(task.said, text), "done": said_of(task.done, text)}
    return {**said, "claims": task.claims, "within": task.within, "tells": task.tells}
