"""What a lecture file describes, once it is checked: a lecture and its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: a text by language
Spoken = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One entry of a lecture.

    Attributes
    ----------
    langs
        Those it is shown in.
    title
        Empty for the lesson's own, and for a text that has none.
    intro
        Markdown below the title, in place of a lesson's summary.
    note
        What the speaker wants to be reminded of.
    """

    langs: tuple[str, ...]
    title: Spoken = field(default_factory=dict)
    intro: Spoken = field(default_factory=dict)
    note: Spoken = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Section(Part):
    """A title between lessons; it has one."""


@dataclass(frozen=True, kw_only=True)
class Text(Part):
    """A few lines of Markdown between lessons."""

    text: Spoken


@dataclass(frozen=True, kw_only=True)
class Item(Part):
    """A lesson in some media, languages and themes.

    Attributes
    ----------
    lesson
        The lesson's slug.
    media
        Those asked for, or all that the lesson has.
    values
        Parameters given, checked; the lecture's data among them where the lesson takes data.
    name
        File name without suffix.
    themes, quality, fps, aspect, dpi, quiz, voice
        As for the whole lecture, unless the item has its own; `fps` None is the
        quality's, and `voice` None a silent video.
    """

    lesson: str
    media: tuple[str, ...]
    values: Mapping[str, object]
    name: str
    themes: tuple[str, ...]
    quality: str
    fps: int | None
    aspect: str
    dpi: int
    quiz: bool
    voice: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """A lecture file, checked.

    Attributes
    ----------
    folder
        Where the file stands; what it names is sought from there.
    formats
        Of each medium that has several.
    data
        Every CSV file named, as it is named, and where it is.
    check_data
        Refuses data that the lessons at some places in `items` cannot use. It takes computing,
        so it is for those that are to be made.
    """

    folder: Path
    title: Spoken
    author: Spoken
    langs: tuple[str, ...]
    formats: Mapping[str, tuple[str, ...]]
    items: tuple[Part, ...]
    data: Mapping[str, Path]
    check_data: Callable[[Iterable[int]], None] = field(default=lambda _: None, repr=False)
