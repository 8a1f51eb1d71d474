"""Puts a lecture together from what was made: its manifest and its gallery."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from regviz.lecture import gallery, manifest
from regviz.lecture.command import command
from regviz.lecture.document import Lecture
from regviz.lecture.manifest import FILE_NAME, Entry, Manifest, Missing
from regviz.lecture.records import Record
from regviz.lecture.tasks import Task
from regviz.lessons import catalogue


def assemble(
    lecture: Lecture,
    planned: Sequence[Task],
    made: Mapping[str, Record],
    failures: Mapping[str, str],
    out: Path,
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
    """
    folder = Path(os.path.relpath(out, lecture.folder)).as_posix()
    spoken = [task.job.lang for task in planned]
    whole = Manifest(
        title=lecture.title,
        author=lecture.author,
        # An item may speak a language that the lecture as a whole does not.
        langs=tuple(dict.fromkeys([*lecture.langs, *spoken])),
        entries=tuple(
            entry(task, made[task.name], lecture, folder)
            for task in planned
            if task.name in made
        ),
        missing=tuple(_missing(task, failures) for task in planned if task.name not in made),
    )
    return {FILE_NAME: whole.written()} | gallery.pages(whole)


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
        "note": lecture.items[task.item].note,
        "files": files,
        "given": _listed(job.values),
        "command": command(job, folder),
        "lam": facts.get("lambda"),
        **{name: facts.get(name) for name in _FACTS},
        **{name: about.get(name) for name in ("title", "alt")},
        **{name: about[name] for name in _TIMES if name in about},
    }
    if "sections" in about:
        told["sections"] = [_section(each, record.files) for each in about["sections"]]
    return manifest.entry(told)


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
