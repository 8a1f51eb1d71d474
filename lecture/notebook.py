"""Lessons in a notebook: made, or taken from the cache, and shown in the cell.

>>> import regviz
>>> regviz.video("corner", lam=2)  # doctest: +SKIP

What was made is kept in a cache folder of the user's, which `regviz doctor` names; it may be
removed at any time. It holds up to 2 GB, and what was used longest ago goes first; the
environment variables `REGVIZ_CACHE` and `REGVIZ_CACHE_MB` choose another folder and size.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from regviz.lecture import cache
from regviz.lecture.by_lesson import by_lesson
from regviz.lecture.keys import data_files, key, key_parts
from regviz.lecture.lock import locked
from regviz.lecture.made import Made
from regviz.lecture.parts import Item, Lecture
from regviz.lecture.records import Record, Records
from regviz.lecture.shown import Shown
from regviz.lecture.tasks import Task, data_of, job
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput, DataNote

_FORMATS = {"figure": ("svg", "png", "pdf"), "scene": ("mp4",)}


@by_lesson("figure")
def figure(
    lesson: str,
    *,
    data: object = None,
    lang: str = "en",
    theme: str = "light",
    aspect: str = "16:9",
    **parameters: Any,
) -> Shown:
    """Show a lesson as a figure.

    Parameters
    ----------
    lesson
        The lesson, such as `corner`; `regviz.lessons()` lists them.
    data
        For lessons that take data: a data frame, names with their columns, a CSV file's name,
        or `diabetes`.
    lang, theme, aspect
        As for `regviz figure`.
    **parameters
        The lesson's own, such as `lam=2`; `help(regviz.figure.corner)` explains those of
        `corner`.

    Raises
    ------
    BadInput
        If one of these is unknown or cannot be used.
    """
    return _noted(
        _shown(_item(lesson, "figure", lang, theme, _own(parameters, data), aspect=aspect))
    )


@by_lesson("scene")
def video(
    lesson: str,
    *,
    data: object = None,
    lang: str = "en",
    theme: str = "light",
    quality: str = "l",
    aspect: str = "16:9",
    quiz: bool = True,
    voice: str | None = None,
    **parameters: Any,
) -> Shown:
    """Show a lesson as a video; the first time it is rendered, which takes about a minute.

    Parameters
    ----------
    lesson
        The lesson, such as `corner`; `regviz.lessons()` lists them.
    data
        For lessons that take data: a data frame, names with their columns, a CSV file's name,
        or `diabetes`.
    lang, theme, quality, aspect
        As for `regviz render`.
    quiz
        Whether the video asks before it shows.
    voice
        A folder with recordings of what it says, as `regviz script` names them, or `piper` for
        the engine that `regviz[voice]` installs; by default it is silent.
    **parameters
        The lesson's own, such as `lam=2`; `help(regviz.video.corner)` explains those of
        `corner`.

    Raises
    ------
    BadInput
        If one of these is unknown or cannot be used.
    """
    own = _own(parameters, data)
    how: dict[str, Any] = {"quality": quality, "aspect": aspect, "quiz": quiz, "voice": voice}
    return _noted(_shown(_item(lesson, "scene", lang, theme, own, **how)))


@by_lesson("page")
def page(
    lesson: str,
    *,
    data: object = None,
    lang: str = "en",
    theme: str = "light",
    **parameters: Any,
) -> Shown:
    """Show a lesson as a page to explore, with its figure behind where pages may not run.

    Parameters
    ----------
    lesson
        The lesson, such as `corner`; `regviz.lessons()` lists them.
    data
        For lessons that take data: a data frame, names with their columns, a CSV file's name,
        or `diabetes`.
    lang, theme
        As for `regviz page`.
    **parameters
        The lesson's own, such as `lam=2`; `help(regviz.page.corner)` explains those of
        `corner`.

    Raises
    ------
    BadInput
        If one of these is unknown or cannot be used.
    """
    own = _own(parameters, data)
    item = _item(lesson, "page", lang, theme, own)
    behind = _shown(_item(lesson, "figure", lang, theme, own))
    return _noted(_shown(item, picture=behind.png))


def _own(parameters: Mapping[str, Any], data: object) -> dict[str, Any]:
    return dict(parameters) | ({} if data is None else {"data": data})


def _noted(shown: Shown) -> Shown:
    """Warn, where the user's cell is, of what was guessed or left out in reading its data."""
    for note in shown.facts.get("notes", ()):
        warnings.warn(note, DataNote, stacklevel=4)
    return shown


def _item(
    lesson: str,
    medium: str,
    lang: str,
    theme: str,
    parameters: Mapping[str, Any],
    *,
    quality: str = "l",
    aspect: str = "16:9",
    quiz: bool = True,
    voice: str | None = None,
) -> Item:
    """Return what is asked for as an item of a lecture, checked as one is."""
    from regviz.lecture import schema

    if medium not in catalogue.entry(lesson).media:
        raise BadInput(f"lesson {lesson!r} has no {medium}.")
    asked = {"language": lang, "theme": theme, "quality": quality}
    for name, value in asked.items():
        schema.SHARED[name](name, value)
    if medium == "scene":
        schema.SHARED["aspect"]("aspect", aspect)
        schema.SHARED["quiz"]("quiz", quiz)
        if voice is not None:
            schema.SHARED["voice"]("voice", voice)
    checked = vars(catalogue.parameters_class(lesson).build(parameters))
    return Item(
        lesson=lesson,
        media=(medium,),
        # As checked: a table is copied once, so that no later change of it can be drawn.
        values={name: checked[name] for name in parameters},
        name=lesson,
        langs=(lang,),
        themes=(theme,),
        quality=quality,
        fps=None,
        aspect=aspect,
        dpi=150,
        quiz=quiz,
        voice=voice,
    )


def _shown(item: Item, picture: bytes = b"") -> Shown:
    medium = item.media[0]
    alone = Lecture(
        folder=Path(),
        title={},
        author={},
        langs=item.langs,
        formats=_FORMATS,
        items=(item,),
        data={},
    )
    task = Task(0, job(item, alone, medium), data_of(item))
    made = _made(task, key_parts(task.job, data_files(task.data, {})))
    return Shown(
        medium=medium,
        lang=item.langs[0],
        files=made.files,
        picture=picture,
        about=made.about,
        facts=made.facts,
    )


def _made(task: Task, parts: dict[str, str]) -> Made:
    """Return what the cache has of a task, or make it; a cache that cannot be used is said."""
    with ExitStack() as stack:
        try:
            entry = cache.folder() / key(parts)
            stack.enter_context(locked(cache.lock(entry), _tell_waiting))
            found = _kept(task, entry)
        except (OSError, RuntimeError) as error:  # RuntimeError: this user has no home folder
            _tell_unkept(error)
            return _make(task)
        cache.limit()
        made = found or _make(task)
        try:
            if found is None:
                _keep(task, parts, made, entry)
            cache.use(entry)
        except (OSError, BadInput) as error:
            _tell_unkept(error)
    return made


def _make(task: Task) -> Made:
    from regviz.lecture.make import make

    return make(task.job, lambda _done, _total: None)


def _kept(task: Task, entry: Path) -> Made | None:
    records = Records(entry)
    record = records.load(task.name)
    if record is None or not records.is_whole(task.name, record):
        return None
    files = {suffix: (entry / path).read_bytes() for suffix, path in record.files.items()}
    return Made(files, record.facts, record.about)


def _keep(task: Task, parts: dict[str, str], made: Made, entry: Path) -> None:
    paths = {suffix: task.job.path(suffix).as_posix() for suffix in made.files}
    record = Record(parts=parts, files=paths, digests={}, facts=made.facts, about=made.about)
    contents = {paths[suffix]: content for suffix, content in made.files.items()}
    Records(entry).keep(task.name, record, contents)


def _tell_unkept(error: Exception) -> None:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error).rstrip(".")
    print(f"not kept in the cache, see REGVIZ_CACHE: {why}.", file=sys.stderr)


def _tell_waiting(holder: str) -> None:
    print(f"another notebook makes the same ({holder}); waiting for it.", file=sys.stderr)
