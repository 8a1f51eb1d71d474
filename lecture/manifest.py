"""The manifest: all that a gallery, a deck or a handout needs to know of what was built.

`out/manifest.json` is the seam between building and embedding. Whoever embeds calls
:func:`load` and reads entries; nothing else of a build is theirs to know. Paths are relative
to the manifest's folder, with `/`; times are in seconds; texts are plain, but for titles, which
:mod:`regviz.lecture.titles` reads, and intros and texts, which are Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from regviz.lecture import shapes, titles
from regviz.lecture.choices import (
    CAPTION_FORMATS,
    FIGURE_FORMATS,
    LANGUAGES,
    PAGE_FORMATS,
    PAGE_THEMES,
    THEMES,
    TRANSCRIPT,
    VIDEO_FORMATS,
)
from regviz.lecture.markdown import blocks
from regviz.lecture.schema import MEDIA, file_name
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief

FILE_NAME = "manifest.json"
#: raised when what a reader relies on changes
FORM = 2
#: what an entry's files are called behind its name
FILES: tuple[str, ...] = (*FIGURE_FORMATS, *VIDEO_FORMATS, *CAPTION_FORMATS, *PAGE_FORMATS)
FILES += (TRANSCRIPT,)
FILES += tuple(f"poster.{suffix}" for suffix in FIGURE_FORMATS)
#: pixels, frames per second or seconds: more than any has
_MOST = 1e6


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A caption and when it is said."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A stretch of a video that can stand alone, and the video of it alone.

    What is said in it are the cues that begin within it; its last frame is a still.
    """

    name: str
    start: float
    end: float
    file: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """What the lecture says of one of its items, by language.

    Attributes
    ----------
    kind
        `lesson`, whose entries name the item; `section` or `text`, which have none.
    title
        Given, or the lesson's; a text may have none.
    intro, text
        Markdown, as :mod:`regviz.lecture.markdown` reads it: what stands below the title in
        place of a lesson's summary, and what a text says.
    note
        What the speaker wanted noted, and nobody else is shown.
    quiz
        Whether the questions of a lesson are asked.
    """

    kind: str
    title: Mapping[str, str] = field(default_factory=dict)
    intro: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    quiz: bool = False


def said(words: Mapping[str, str], lang: str) -> str:
    """Return a text in a language, or in another where it is not there in that one."""
    return words.get(lang) or next(iter(words.values()), "")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One lesson in one medium, language and theme.

    Attributes
    ----------
    item
        Which item of the lecture it comes from, from 0; entries stand in this order.
    name
        Path of its files without suffix.
    lesson, medium, lang, theme
        What it is; the medium is `figure`, `scene` or `page`.
    title, summary, alt
        The item's title, the lesson's summary, and what the picture is described as, in the
        entry's language.
    files
        Suffix to path: `svg`, `pdf`, `png`; `mp4`, `webm`, `mov`, `gif`, `srt`, `vtt`,
        `transcript.md`, `poster.png`; `html`.
    given
        Parameters that the lecture gives; what is left out takes its default.
    certificate, parameters, points, lam, budget, own_units
        What the exhibit claims and what vouches for it; see
        :class:`regviz.lessons.base.Exhibit`.
    lambda_by
        How cross-validation chose lambda, or None; see
        :class:`regviz.lessons.base.ByValidation`.
    command
        What makes it again, in the lecture's folder.
    width, height, fps, duration
        Of a video, in pixels, frames per second and seconds; else 0.
    cues, sections
        Of a video; else empty.
    """

    item: int
    name: str
    lesson: str
    medium: str
    lang: str
    theme: str
    title: str
    summary: str
    alt: str
    files: Mapping[str, str]
    given: Mapping[str, Any]
    certificate: Mapping[str, float]
    parameters: Mapping[str, Any]
    points: Mapping[str, Any]
    lam: Mapping[str, float | None]
    budget: Mapping[str, float | None]
    command: str
    own_units: Mapping[str, Any] = field(default_factory=dict)
    lambda_by: Mapping[str, Any] | None = None
    width: int = 0
    height: int = 0
    fps: float = 0
    duration: float = 0.0
    cues: tuple[Cue, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What the lecture lists and the output folder does not have, and why."""

    name: str
    lesson: str
    medium: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A lecture as it was built.

    Attributes
    ----------
    title, author
        The lecture's, by language.
    langs
        Its languages, the main one first.
    items
        In the lecture's order.
    entries
        In the order of their items.
    missing
        What could not be made, or has not been made yet.
    """

    title: Mapping[str, str]
    author: Mapping[str, str]
    langs: tuple[str, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...] = field(default=())

    def written(self) -> bytes:
        """Return the content of the file; the same manifest gives the same bytes."""
        content = {"form": FORM, **asdict(self)}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def load(out: Path) -> Manifest:
    """Read the manifest of an output folder, and see that it says what a build writes.

    Raises
    ------
    BadInput
        If nothing was built there, or by a version whose manifests this one can't read, or
        if something else has written to it.
    """
    path = out / FILE_NAME
    try:
        content = shapes.parse(path.read_bytes())
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist; build the lecture first.") from None
    except (OSError, ValueError):
        raise BadInput(f"{path} cannot be read; build the lecture again.") from None
    if not isinstance(content, dict) or content.pop("form", None) != FORM:
        raise BadInput(f"{path} is of another version of regviz; build the lecture again.")
    try:
        read: Manifest = shapes.read(Manifest, content)
        _check(read)
    except (ValueError, RecursionError) as error:
        why = brief(error).rstrip(".")
        raise BadInput(f"{path} is not as a build left it ({why}); build it again.") from None
    return read


def entry(content: Mapping[str, object]) -> Entry:
    """Return an entry of what JSON says of it.

    Raises
    ------
    ValueError
        If it does not say what a build writes.
    """
    read: Entry = shapes.read(Entry, content)
    _check_entry(read)
    return read


# -- what may stand in it -------------------------------------------------------------------
# It is a file that anyone may have written, and what it says goes into slides, TeX and cells.


def _check(read: Manifest) -> None:
    _among("langs", read.langs, LANGUAGES)
    _among("title", read.title, LANGUAGES)
    _among("author", read.author, LANGUAGES)
    _check_titles(read.title)
    if not read.langs:
        raise ValueError("langs is empty")
    for item in read.items:
        _check_item(item)
    for each in read.entries:
        _check_entry(each)
        if not 0 <= each.item < len(read.items) or read.items[each.item].kind != "lesson":
            raise ValueError(f"item {each.item} is no lesson")
    for missing in read.missing:
        _among("medium", [missing.medium], MEDIA)


def _check_item(read: Item) -> None:
    _among("kind", [read.kind], ("lesson", "section", "text"))
    for words in (read.title, read.intro, read.text, read.note):
        _among("an item", words, LANGUAGES)
    _check_titles(read.title)
    for text in read.text.values():
        blocks(text)
    for intro in read.intro.values():
        blocks(intro, "intro")


@dataclass(frozen=True)
class _Chosen:
    """What there is in `lambda_by`."""

    rule: str
    penalty: str
    lam: float
    n_folds: int
    seed: int


@dataclass(frozen=True)
class _Rescaled:
    feature: str
    center: float
    scale: float


@dataclass(frozen=True)
class _Model:
    """What there is in `own_units`, for each optimum."""

    target: str
    intercept: float
    weights: Mapping[str, float]
    rescaled: Mapping[str, _Rescaled]


def _check_facts(read: Entry) -> None:
    if read.lambda_by is not None:
        chosen = shapes.read(_Chosen, read.lambda_by)
        _among("lambda_by", [chosen.rule], ("cv", "cv-1se"))
    models = [shapes.read(_Model, model) for model in read.own_units.values()]
    if any(model.weights.keys() != models[0].weights.keys() for model in models):
        raise ValueError(f"{read.name} has models of different terms")


def _check_titles(titled: Mapping[str, str]) -> None:
    for title in titled.values():
        titles.read(title)


def _check_entry(read: Entry) -> None:
    titles.read(read.title)
    lessons = {each.slug for each in catalogue.entries()}
    _among("lesson", [read.lesson], lessons)
    _among("medium", [read.medium], MEDIA)
    _among("lang", [read.lang], LANGUAGES)
    _among("theme", [read.theme], (*THEMES, *PAGE_THEMES))
    file_name("name", read.name)
    _among("files", read.files, FILES)
    for suffix, path in read.files.items():
        _check_path(path, f"{read.name}.{suffix}")
    for number, section in enumerate(read.sections, start=1):
        suffix = section.file.rpartition(".")[2]
        _among("sections", [suffix], VIDEO_FORMATS)
        _check_path(section.file, f"{read.name}.section-{number:02}.{suffix}")
    sizes = (read.width, read.height, read.fps, read.duration)
    if not all(0 <= size <= _MOST for size in sizes):
        raise ValueError(f"{read.name} has sizes {sizes}")
    if read.sections and not (read.width and read.height):
        raise ValueError(f"{read.name} has no size")
    _check_given(read)
    _check_facts(read)


def _check_given(read: Entry) -> None:
    knobs = {
        knob.name: knob.metadata["kind"]
        for knob in catalogue.parameters_class(read.lesson).knobs()
    }
    _among("given", read.given, knobs)
    for name, value in read.given.items():
        knobs[name].read(name, value)


def _check_path(path: str, meant: str) -> None:
    if path != meant:
        raise ValueError(f"{path} in place of {meant}")


def _among(what: str, words: Iterable[str], known: Container[str]) -> None:
    for word in words:
        if word not in known:
            raise ValueError(f"{what} has {word!r}")
