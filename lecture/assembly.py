"""Puts a lecture together from what was made: its manifest and its gallery."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from regviz.lecture import gallery
from regviz.lecture import manifest as shown
from regviz.lecture.command import command
from regviz.lecture.manifest import FILE_NAME, Entry, Manifest, Missing
from regviz.lecture.parts import Item, Lecture, Part, Section, Spoken, Text
from regviz.lecture.records import Record
from regviz.lecture.tasks import Task
from regviz.lessons import catalogue


def assemble(
    lecture: Lecture,
    planned: Sequence[Task],
    made: Mapping[str, Record],
    failures: Mapping[str, str],
    out: Path,
    *,
    notes: bool = False,
) -> dict[str, bytes]:
    """Return the manifest and the gallery's pages, by path below the output folder.

    Parameters
    ----------
    lecture, planned
        The lecture and all its tasks.
    made
        Task name to record, of the tasks whose files are fresh.
    failures
        Task name to why it was not made.
    out
        The output folder.
    notes
        Whether the gallery shows what the speaker noted.
    """
    folder = Path(os.path.relpath(out, lecture.folder)).as_posix()
    spoken = [lang for item in lecture.items for lang in item.langs]
    manifest = Manifest(
        title=lecture.title,
        author=lecture.author,
        # An item may speak a language that the lecture as a whole does not.
        langs=tuple(dict.fromkeys([*lecture.langs, *spoken])),
        items=tuple(map(_item, lecture.items)),
        entries=tuple(
            entry(task, made[task.name], lecture, folder)
            for task in planned
            if task.name in made
        ),
        missing=tuple(_missing(task, failures) for task in planned if task.name not in made),
    )
    return {FILE_NAME: manifest.written()} | gallery.pages(manifest, notes=notes)


def _item(part: Part) -> shown.Item:
    words: dict[str, Any] = {"intro": _in(part.intro, part), "note": _in(part.note, part)}
    if isinstance(part, Text):
        said: dict[str, Any] = {"title": _in(part.title, part), "text": _in(part.text, part)}
        return shown.Item(kind="text", **said, **words)
    if isinstance(part, Section):
        return shown.Item(kind="section", title=_in(part.title, part), **words)
    assert isinstance(part, Item)
    titles = {lang: _title(part, lang) for lang in part.langs}
    return shown.Item(kind="lesson", title=titles, quiz=part.quiz, **words)


def _in(words: Spoken, part: Part) -> dict[str, str]:
    """Return a text in the languages that an item is shown in."""
    return {lang: words[lang] for lang in part.langs if words.get(lang)}


def _title(item: Item, lang: str) -> str:
    return item.title.get(lang) or catalogue.entry(item.lesson).title[lang]


def _missing(task: Task, failures: Mapping[str, str]) -> Missing:
    job = task.job
    why = failures.get(task.name, "it has not been built yet")
    return Missing(name=job.stem, lesson=job.lesson, medium=job.medium, why=why)


def entry(task: Task, record: Record, lecture: Lecture, folder: str) -> Entry:
    """Return what the manifest says of a task that was made.

    Raises
    ------
    ValueError
        If the record does not say it; it stands on a disk, where it may have become anything.
    """
    job, facts, about = task.job, record.facts, record.about
    item = lecture.items[task.item]
    assert isinstance(item, Item)
    files = {
        suffix: path
        for suffix, path in record.files.items()
        if not suffix.startswith("section-")
    }
    told = {
        "item": task.item,
        "name": job.stem,
        "lesson": job.lesson,
        "medium": job.medium,
        "lang": job.lang,
        "theme": job.theme,
        "summary": catalogue.entry(job.lesson).summary[job.lang],
        "files": files,
        "given": _listed(job.values),
        "command": command(job, folder),
        "lam": facts.get("lambda"),
        **{name: facts.get(name) for name in _FACTS},
        "title": _title(item, job.lang),
        "alt": about.get("alt"),
        **{name: about[name] for name in _TIMES if name in about},
    }
    if "sections" in about:
        told["sections"] = [_section(each, record.files) for each in about["sections"]]
    return shown.entry(told)


_FACTS = ("certificate", "parameters", "points", "budget", "own_units", "lambda_by")
_TIMES = ("width", "height", "fps", "duration", "cues")


def _section(told: object, files: Mapping[str, str]) -> object:
    """Return a section with the path of its file in place of the file's suffix."""
    if not isinstance(told, dict) or told.get("file") not in files:
        raise ValueError("a section has no file")
    return {**told, "file": files[told["file"]]}


def _listed(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as JSON has them, which knows no tuples."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
