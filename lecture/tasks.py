"""From a lecture to its tasks: which files there will be, and which job makes each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from regviz.lecture import voice as voices
from regviz.lecture.choices import CAPTION_FORMATS, PAGE_FORMATS
from regviz.lecture.job import FigureJob, Job, PageJob, SceneJob
from regviz.lecture.parts import Item, Lecture
from regviz.lecture.plan import stem_of, video_size
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput

_FILE_KNOB = "File"


@dataclass(frozen=True)
class Task:
    """A job of a lecture; its `stem` is relative to the output folder.

    Attributes
    ----------
    item
        Place in the lecture, from 0.
    data
        Names of the CSV files that the job reads, as its values have them.
    """

    item: int
    job: Job
    data: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the task is called: unique, and the same from build to build."""
        return f"{self.job.stem}.{self.job.medium}"


def tasks(lecture: Lecture) -> list[Task]:
    """Return every task of a lecture, in its order.

    Raises
    ------
    BadInput
        If two items would write one file.
    """
    planned = [
        Task(at, job, data_of(item))
        for at, item in enumerate(lecture.items)
        if isinstance(item, Item)
        for job in _jobs(item, lecture)
    ]
    _check_distinct(planned)
    return planned


def chosen(planned: Sequence[Task], patterns: Sequence[str]) -> list[Task]:
    """Return the tasks of the items, lessons or tasks that one of the patterns names.

    Raises
    ------
    BadInput
        If a pattern names nothing.
    """
    if not patterns:
        return list(planned)
    wanted = []
    for pattern in patterns:
        named = [task for task in planned if any(fnmatchcase(n, pattern) for n in _names(task))]
        if not named:
            known = dict.fromkeys(task.job.stem for task in planned)
            raise BadInput(f"--only {pattern} names nothing here; there is {', '.join(known)}.")
        wanted += named
    return [task for task in planned if task in wanted]


def _names(task: Task) -> tuple[str, ...]:
    return task.name, task.job.stem, task.job.lesson


def _jobs(item: Item, lecture: Lecture) -> Iterator[Job]:
    for medium in item.media:
        for lang in item.langs:
            for theme in _themes(item, medium):
                yield _MAKERS[medium](item, lecture, lang, theme)


def _themes(item: Item, medium: str) -> tuple[str, ...]:
    """Return the themes to make; a page of several follows the reader's system."""
    if medium != "page":
        return item.themes
    if len(item.themes) > 1:
        return ("auto",)
    return tuple("light" if theme == "print" else theme for theme in item.themes)


def job(item: Item, lecture: Lecture, medium: str) -> Job:
    """Return the job of an item that is in one medium, language and theme."""
    (theme, *_) = _themes(item, medium)
    return _MAKERS[medium](item, lecture, item.langs[0], theme)


def _figure(item: Item, lecture: Lecture, lang: str, theme: str) -> Job:
    return FigureJob(
        lesson=item.lesson,
        values=item.values,
        lang=lang,
        theme=theme,
        stem=stem_of(item.name, lang, theme),
        formats=lecture.formats["figure"],
        transparent=False,
        aspect=item.aspect,
        dpi=item.dpi,
    )


def _scene(item: Item, lecture: Lecture, lang: str, theme: str) -> Job:
    width, height, fps = video_size(item.quality, item.aspect)
    return SceneJob(
        lesson=item.lesson,
        values=item.values,
        lang=lang,
        theme=theme,
        stem=stem_of(item.name, lang, theme),
        formats=lecture.formats["scene"],
        transparent=False,
        width=width,
        height=height,
        fps=item.fps or fps,
        still=False,
        captions=CAPTION_FORMATS,
        parts=True,
        quiz=item.quiz,
        voice=voices.chosen(item.voice, None, item.lesson, lang, lecture.folder),
    )


def _page(item: Item, lecture: Lecture, lang: str, theme: str) -> Job:
    # On paper and on slides a page is the item's figure; one of its own where there is none.
    alone = "figure" not in item.media and "figure" in catalogue.entry(item.lesson).media
    return PageJob(
        lesson=item.lesson,
        values=item.values,
        lang=lang,
        theme=theme,
        # As the other media's: a light page has no mark, and one of both themes none either.
        stem=stem_of(item.name, lang, "light" if theme == "auto" else theme),
        formats=PAGE_FORMATS,
        transparent=False,
        split=False,
        posters=lecture.formats["figure"] if alone else (),
    )


#: what makes a job of an item, by medium
_MAKERS: dict[str, Callable[[Item, Lecture, str, str], Job]] = {
    "figure": _figure,
    "scene": _scene,
    "page": _page,
}


def data_of(item: Item) -> tuple[str, ...]:
    """Return the CSV files an item reads, the shipped ones that are a knob's default too."""
    knobs = catalogue.parameters_class(item.lesson).knobs()
    values = [
        item.values.get(knob.name, knob.default)
        for knob in knobs
        if type(knob.metadata["kind"]).__name__ == _FILE_KNOB
    ]
    return tuple(value for value in values if isinstance(value, str))


def _check_distinct(planned: Sequence[Task]) -> None:
    owners: dict[str, Task] = {}
    for task in planned:
        for path in task.job.paths():
            # Some file systems take `A.svg` and `a.svg` for one file.
            owner = owners.setdefault(str(path).lower(), task)
            if owner is not task:
                first, second = owner.item + 1, task.item + 1
                stem = re.escape(task.job.stem)
                raise BadInput(
                    f"items {first} and {second} of the lecture both make {path}; "
                    f'give one of them another name, such as name = "{stem}-2".'
                )
