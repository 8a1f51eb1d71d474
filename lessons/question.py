"""What is asked before it is shown, what an answer is worth, and what is said to it.

A question has one true answer, which the exhibit gives, and wrong ones that are often given,
each with what it would be true of. The page judges by the same rule in JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

import regmath as rm
from regviz.lessons.picture import Picture, Said


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What is asked, and what is seen meanwhile: nothing that answers it.

    Attributes
    ----------
    name
        Within its lesson.
    prompt
        The question.
    panel, beside
        The panel that is asked of, if any, and others that are seen beside it; without one,
        words alone.
    sees
        The marks that are seen, where those that the story leaves there would answer, or are
        too few.
    at
        Where drivers stand that do not stand where the story has them.
    """

    name: str
    prompt: Said
    panel: str | None = None
    beside: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    at: Mapping[str, int] = field(default_factory=dict)

    @property
    def panels(self) -> tuple[str, ...]:
        """All panels that are seen."""
        return () if self.panel is None else (self.panel, *self.beside)


@dataclass(frozen=True)
class Option:
    """An answer to choose, and what is said to who chooses it."""

    said: Said
    reply: Said


@dataclass(frozen=True, kw_only=True)
class Choice(Prompt):
    """A question with a few answers, of which one is true: the option at the index `right`."""

    options: tuple[Option, ...]
    right: int


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that is often given, and what it would be true of."""

    answer: rm.Array
    reply: Said


@dataclass(frozen=True, kw_only=True)
class Guess(Prompt):
    """A question for a number, for a place in the picture or for a curve through it.

    Attributes
    ----------
    kind
        `number`, `place` (a point of the panel) or `curve` (levels over `across`).
    truth
        Shape `(1,)`, `(2,)` or `(n,)`, by kind.
    near
        What an answer may be off by, in each part, and still be right.
    right, off
        What is said to an answer that is right, and to one that is neither that nor any of
        the `wrongs`; places `truth`, of a number `answer` too.
    low, high
        The least and the greatest number that can be answered, of a number.
    across
        Where a curve is asked for, of a curve, shape `(n,)`.
    line
        The whole curve, of one that bends between those places: what is true is drawn by its
        points, shape `(m, 2)`.
    """

    kind: Literal["number", "place", "curve"]
    truth: rm.Array
    near: float
    right: Said
    off: Said
    wrongs: tuple[Wrong, ...] = ()
    low: float = 0.0
    high: float = 0.0
    across: rm.Array | None = None
    line: rm.Array | None = None


Question = Choice | Guess


def apart(truth: rm.Array, near: float, wrongs: Mapping[str, rm.Array]) -> dict[str, rm.Array]:
    """Return those wrong answers that are neither as good as right nor one as the other."""
    found: dict[str, rm.Array] = {}
    for name, wrong in wrongs.items():
        is_new = all(_gap(wrong, other) > near for other in found.values())
        if is_new and _gap(wrong, truth) > 2.0 * near:
            found[name] = wrong
    return found


def between(truth: rm.Array, wrongs: Mapping[str, rm.Array]) -> float:
    """Return how near a curve is right: not quite half way to the nearest wrong one."""
    return 0.45 * min(_gap(wrong, truth) for wrong in wrongs.values())


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth, and what is said to it."""

    is_right: bool
    reply: Said


def judge(question: Question, answer: int | Sequence[float]) -> Verdict:
    """Return what an answer is worth: an option's index, or the parts of a guess."""
    if isinstance(question, Choice):
        assert isinstance(answer, int)
        return Verdict(answer == question.right, question.options[answer].reply)
    given = np.asarray(answer, dtype=float)
    if _gap(given, question.truth) <= question.near:
        return Verdict(True, question.right)
    close = [(_gap(given, wrong.answer), wrong) for wrong in question.wrongs]
    gap, nearest = min(close, key=lambda pair: pair[0], default=(np.inf, None))
    if nearest is not None and gap <= question.near:
        return Verdict(False, nearest.reply)
    return Verdict(False, question.off)


def faults(question: Question, picture: Picture) -> list[str]:
    """Return what is wrong with a question, in words; nothing for a good one."""
    found = []
    if isinstance(question, Choice):
        said = [(option.said.key, *option.said.values.values()) for option in question.options]
        if len(set(said)) < len(said):
            found.append("two options are the same")
        if not 0 <= question.right < len(said) or len(said) < 2:
            found.append("no option is right, or there is only one")
    else:
        close = [
            w for w in question.wrongs if _gap(w.answer, question.truth) <= 2 * question.near
        ]
        found += [f"a wrong answer is as good as right: {w.answer}" for w in close]
        if question.kind == "number" and not question.low <= question.truth[0] <= question.high:
            found.append("the truth cannot be answered")
        if question.kind != "number" and question.panel is None:
            found.append("there is no picture to answer in")
        if question.line is not None and question.across is not None:
            levels = np.interp(question.across, *question.line.T)
            found += (
                []
                if _gap(levels, question.truth) <= question.near
                else ["the line is not the truth"]
            )
    marks = {mark.name for mark in picture.marks if mark.panel in question.panels}
    found += [f"{name!r} is not in the panel" for name in question.sees if name not in marks]
    return [f"question {question.name!r}: {fault}" for fault in found]


def _gap(one: rm.Array, other: rm.Array) -> float:
    return float(np.abs(one - other).max())
