"""A story as data: what is said, shown and moved, in order.

A video plays it, a page offers its sections as guided steps, a deck has a slide for each, and a
figure is the picture as the story leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regviz.lessons import question
from regviz.lessons.picture import Label, Panel, Picture, Said, Ticks, chart
from regviz.lessons.question import Choice, Guess, Option, Question, Wrong
from regviz.lessons.task import Task

__all__ = [
    "Question",
    "Section",
    "Step",
    "Stop",
    "Story",
    "Task",
    "Voice",
    "asking",
    "both",
    "end",
    "faults",
    "played",
    "questions",
    "stops",
    "unasked",
]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One beat of a story; what it names happens together, then it rests.

    Attributes
    ----------
    say
        What is said from here until something else is said, as a caption.
    heading, tell
        What stands in the picture's heading from here on, and in its sentence to the end of the
        section; a sentence of a panel's own by the panel's name. It must be true of all that
        moves until then.
    panels
        Panels that are seen from here on and share the frame, at first all of them.
    hide, show
        Names of marks, readouts and formulas that go, and that come.
    morph
        Marks to turn into others, `{from: to}`: the one goes as the other comes.
    put, run
        Drivers to set at once, and drivers to move, by the position where they end.
    emphasise
        Names of marks to light up for a moment, each with the terms of formulas that belong to
        it; a term of a formula that is only coming flies there from its mark.
    ask
        What is asked before it is shown. The picture of the question stands aside from the
        story's, which goes on as if nothing had been asked; so such a step does nothing else
        but `say` and `hold`.
    task
        What a page's reader is to bring about in this section; a video leaves it out.
    seconds
        What showing, hiding and running takes.
    even
        Whether drivers run evenly, not easing in and out.
    hold
        Seconds of rest at the end.
    """

    say: Said | None = None
    heading: Said | None = None
    tell: Said | Mapping[str, Said] | None = None
    panels: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    morph: Mapping[str, str] = field(default_factory=dict)
    put: Mapping[str, int] = field(default_factory=dict)
    run: Mapping[str, int] = field(default_factory=dict)
    emphasise: tuple[str, ...] = ()
    ask: Question | None = None
    task: Task | None = None
    seconds: float = 0.6
    even: bool = False
    hold: float = 0.0


@dataclass(frozen=True)
class Voice:
    """Says the sentences of one lesson: after `say = Voice("corner")`, `say("hit", w=1)`."""

    lesson: str

    def __call__(self, key: str, **values: float | str) -> Said:
        """Return a sentence by its key in the lesson's file."""
        return Said(f"{self.lesson}.{key}", values)

    def label(self, of: str, *spots: float, name: str = "", **how: Any) -> Label:
        """Return a mark's label, which says the sentence `name` of the mark or of another."""
        return Label(of, self(f"name.{name or of}"), spots or Label.spots, **how)

    def labels(
        self, of: str, names: Iterable[str], *spots: float, name: str = "", **how: Any
    ) -> tuple[Label, ...]:
        """Return a label for each name, which fills `{}` in the mark's and the sentence's."""
        return tuple(
            self.label(of.format(each), *spots, name=name.format(each), **how) for each in names
        )

    def chart(
        self, name: str, limits: ArrayLike, ticks: tuple[Ticks, Ticks],
        foot: Said | None = None, **how: Any,
    ) -> Panel:  # fmt: skip
        """Return the lesson's panel of this name; see :func:`regviz.lessons.picture.chart`."""
        return chart(self.lesson, name, limits, ticks, foot, **how)

    def step(
        self,
        caption: str = "",
        title: str = "",
        values: Mapping[str, float | str] | None = None,
        **verbs: Any,
    ) -> Step:
        """Return a step; a caption or a heading that it has none of its own stays."""
        if caption:
            verbs["say"] = self(f"caption.{caption}", **(values or {}))
        if title:
            verbs["heading"] = self(f"title.{title}", **(values or {}))
        return Step(**verbs)

    def section(
        self,
        name: str,
        values: Mapping[str, float | str] | None = None,
        only: tuple[str, ...] = (),
        **verbs: Any,
    ) -> Section:
        """Return a section of one step, whose caption and heading have its name."""
        return Section(name, (self.step(name, name, values, **verbs),), only)

    def task(
        self,
        name: str,
        *moves: str,
        values: Mapping[str, float | str] | None = None,
        **how: Any,
    ) -> Task:
        """Return a task whose sentences are `said` and `done` under `name`.

        It takes moving so many drivers or parameters; `how` are its other attributes.
        """
        said, done = (self(f"{name}.{part}", **(values or {})) for part in ("said", "done"))
        return Task(said=said, done=done, moves=moves, **how)

    def find(
        self,
        name: str,
        driver: str,
        places: ArrayLike,
        rest: float | None = None,
        values: Mapping[str, float | str] | None = None,
        **how: Any,
    ) -> Task | None:
        """Return the task to bring a driver to where it is one of these, ascending.

        It is None if there are none, or the driver is among them at rest.
        """
        among = np.asarray(places, dtype=float)
        if not among.size or (rest is not None and among[0] <= rest <= among[-1]):
            return None
        within = {driver: (float(among[0]), float(among[-1])), **how.pop("within", {})}
        return self.task(name, driver, values=values, within=within, **how)

    def choice(
        self,
        name: str,
        right: str,
        options: Sequence[str] | Mapping[str, Said],
        values: Mapping[str, float | str] | None = None,
        **asked: Any,
    ) -> Choice:
        """Return a choice whose `prompt` and replies, by option, stand under `ask.<name>`.

        Options that are no sentences yet stand under `ask.<name>.answer`. All sentences have
        the same values; what else is asked are the attributes of `Choice`.
        """
        told = values or {}
        if not isinstance(options, Mapping):
            options = {each: self(f"ask.{name}.answer.{each}", **told) for each in options}
        prompt, *replies = (self(f"ask.{name}.{each}", **told) for each in ("prompt", *options))
        pairs = tuple(map(Option, options.values(), replies))
        at = [*options].index(right)
        return Choice(name=name, prompt=prompt, options=pairs, right=at, **asked)

    def guess(
        self,
        name: str,
        truth: ArrayLike,
        near: float,
        wrongs: Mapping[str, ArrayLike],
        values: Mapping[str, float | str] | None = None,
        **asked: Any,
    ) -> Guess:
        """Return a guess whose `prompt`, `right`, `off` and wrongs stand under `ask.<name>`.

        The truth, a number, a place or, with `across`, a curve, says which is asked for. Wrong
        answers that are as good as right, or as another, are left out. All sentences have the
        same values; what else is asked are the attributes of `Guess`.
        """
        true, *rest = (
            np.atleast_1d(np.asarray(each, dtype=float)) for each in (truth, *wrongs.values())
        )
        kind: Any = "curve" if "across" in asked else "number" if len(true) == 1 else "place"
        others = question.apart(true, near, dict(zip(wrongs, rest, strict=True)))
        prompt, right, off, *replies = (
            self(f"ask.{name}.{each}", **(values or {}))
            for each in ("prompt", "right", "off", *others)
        )
        return Guess(
            name=name, prompt=prompt, kind=kind, truth=true, near=near, right=right, off=off,
            wrongs=tuple(map(Wrong, others.values(), replies)), **asked,
        )  # fmt: skip


def both(*names: str) -> tuple[str, ...]:
    """Return names of what L1 and L2 have both, such as `pull-l1` and `pull-l2`."""
    return tuple(f"{name}-{penalty}" for name in names for penalty in ("l1", "l2"))


@dataclass(frozen=True)
class Section:
    """One idea, which stands alone as a slide.

    Attributes
    ----------
    steps
        Its beats, in order.
    only
        Names of marks, readouts and formulas that are seen in it and in no other, unless that
        has them, too. They come with its first step, or with the one that shows them, and go
        with the first of the next.
    """

    name: str
    steps: tuple[Step, ...]
    only: tuple[str, ...] = ()


def asking(*questions: Question) -> tuple[Section, ...]:
    """Return a section for each question, which does nothing but ask it."""
    return tuple(Section(f"ask-{asked.name}", (Step(ask=asked),)) for asked in questions)


@dataclass(frozen=True)
class Story:
    """Sections in order.

    Attributes
    ----------
    besides
        Names of marks that a figure has besides those that the story ends with: it has no time
        to show them one after another.
    """

    sections: tuple[Section, ...]
    besides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stop:
    """How a picture stands: what is seen, where its drivers are, and what is written by it.

    A sentence of the whole picture has the name `""` in `tell`, others that of their panel.
    While a question stands, that is `ask`, and its prompt the heading; a video then shows what
    is true, `is_answered`.
    """

    section: str
    panels: tuple[str, ...]
    shown: frozenset[str]
    at: Mapping[str, int]
    heading: Said | None
    tell: Mapping[str, Said]
    ask: Question | None = None
    is_answered: bool = False


def played(story: Story, picture: Picture) -> Iterator[tuple[Step, Stop]]:
    """Go through a story; yield each step with how the picture stands after it."""
    shown: frozenset[str] = frozenset()
    at: Mapping[str, int] = picture.rest
    heading: Said | None = None
    panels = tuple(panel.name for panel in picture.panels)
    own = left = frozenset[str]()
    for section in story.sections:
        tell: Mapping[str, Said] = {}
        later = {name for step in section.steps for name in step.show}
        shown, own = (shown - own) | ({*section.only} - later), frozenset(section.only)
        for step in section.steps:
            if step.ask is not None:
                there = {mark.name for mark in picture.marks if mark.panel in step.ask.panels}
                yield step, _asked(step.ask, section.name, at, left & there)
                continue
            panels = step.panels or panels
            shown = (shown - {*step.hide, *step.morph}) | {*step.show, *step.morph.values()}
            left = shown
            at = {**at, **step.put, **step.run}
            heading, tell = step.heading or heading, {**tell, **_by_panel(step.tell)}
            yield step, Stop(section.name, panels, shown, at, heading, tell)


def _asked(asked: Question, section: str, at: Mapping[str, int], left: frozenset[str]) -> Stop:
    """Return how the picture of a question stands: as the story left it, unless it says."""
    seen, at = frozenset(asked.sees) or left, {**at, **asked.at}
    return Stop(section, asked.panels, seen, at, asked.prompt, {}, asked)


def questions(story: Story) -> tuple[Question, ...]:
    """Return what a story asks, in order."""
    steps = (step for section in story.sections for step in section.steps)
    return tuple(step.ask for step in steps if step.ask is not None)


def unasked(story: Story) -> Story:
    """Return a story without its questions."""
    left = (
        replace(part, steps=tuple(step for step in part.steps if step.ask is None))
        for part in story.sections
    )
    return replace(story, sections=tuple(section for section in left if section.steps))


def _by_panel(tell: Said | Mapping[str, Said] | None) -> Mapping[str, Said]:
    if tell is None:
        return {}
    return tell if isinstance(tell, Mapping) else {"": tell}


def stops(story: Story, picture: Picture) -> tuple[Stop, ...]:
    """Return how the picture stands at the end of each section."""
    last = {stop.section: stop for _, stop in played(story, picture)}
    return tuple(last[section.name] for section in story.sections)


def end(story: Story, picture: Picture) -> Stop:
    """Return how a figure has the picture: as its story leaves it, and what it has besides."""
    last = stops(story, picture)[-1]
    return replace(last, shown=last.shown | {*story.besides})


def faults(story: Story, picture: Picture) -> list[str]:
    """Return what is wrong with a story, in words; nothing for a good one."""
    names = {mark.name for mark in picture.marks}
    items = names | {item.name for item in picture.readouts}
    items |= {formula.name for formula in picture.formulas}
    panels = {panel.name for panel in picture.panels}
    size = {driver.name: len(driver.values) for driver in picture.drivers}
    unknown = sorted({*story.besides} - names)
    found = [f"there is no {name!r} for the figure" for name in unknown]
    shown = frozenset[str]()
    for section in story.sections:
        unknown = sorted({*section.only} - items)
        found += [f"section {section.name!r} has no {name!r} to show" for name in unknown]
    for step, stop in played(story, picture):
        where = f"in section {stop.section!r}: "
        if step.ask is not None:
            alone = replace(Step(), ask=step.ask, say=step.say, hold=step.hold) == step
            found += [] if alone else [f"{where}a question does something else, too"]
            found += [f"{where}{fault}" for fault in question.faults(step.ask, picture)]
            continue
        gone, come = {*step.hide, *step.morph}, {*step.show, *step.morph.values()}
        found += [f"{where}{name!r} is not in the picture" for name in sorted(come - items)]
        found += [f"{where}{name!r} is hidden, and not seen" for name in sorted(gone - shown)]
        found += [f"{where}{name!r} is shown twice" for name in sorted(come & (shown - gone))]
        lit = set(step.emphasise) - (stop.shown & names)
        found += [f"{where}{name!r} is emphasised, and not seen" for name in sorted(lit)]
        lost = {*step.panels, *stop.tell} - {*panels, ""}
        found += [f"{where}there is no panel {name!r}" for name in sorted(lost)]
        for name, position in {**step.put, **step.run}.items():
            if not 0 <= position < size.get(name, 0):
                found.append(f"{where}driver {name!r} has no position {position}")
        shown = stop.shown
    return found
