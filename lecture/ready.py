"""Lectures that are ready: which lessons fit into a time, and in what order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regviz.lecture.choices import LECTURES
from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry

#: lessons that fill 90 minutes: ten minutes each, with what they ask and what is said about it
PER_90_MINUTES = 9


@dataclass(frozen=True)
class Ready:
    """A lecture that is ready.

    Attributes
    ----------
    title
        By language.
    lessons
        In the order in which they are shown, each after what it needs.
    sections
        Whether each topic begins with a slide of its own.
    about
        How its time is meant, in words.
    """

    title: Mapping[str, str]
    lessons: tuple[Entry, ...]
    sections: bool
    about: str


_WHY = {
    "en": "Regularization: why L1 selects and L2 shrinks",
    "ko": "규제: L1은 왜 고르고 L2는 왜 줄이는가",
}
_ALL = {"en": "Regularization from start to finish", "ko": "규제의 모든 것"}

#: what needs least time to come to the corner and to what it does to data
_SHORT = ("overfitting", "penalty-shapes", "l1-loss", "l2-loss", "corner", "feature-selection")
_LONG = (*_SHORT, "bias-variance", "update-steps", "dropout")


def ready(name: str) -> Ready:
    """Return the ready lecture of a name, one of :data:`regviz.lecture.choices.LECTURES`."""
    return dict(zip(LECTURES, (_20_minutes, _90_minutes, _course), strict=True))[name]()


def _20_minutes() -> Ready:
    about = "20 minutes: six lessons, for each its video and a word or two."
    return Ready(_WHY, _only(_SHORT), sections=False, about=about)


def _90_minutes() -> Ready:
    about = "90 minutes: nine lessons, ten minutes for each with what it asks."
    return Ready(_WHY, _only(_LONG), sections=True, about=about)


def _course() -> Ready:
    every = catalogue.entries()
    blocks = -(-len(every) // PER_90_MINUTES)
    about = f"A course: all {len(every)} lessons by topic, about {blocks} times 90 minutes."
    return Ready(_ALL, every, sections=True, about=about)


def _only(slugs: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in catalogue.entries() if entry.slug in slugs)
