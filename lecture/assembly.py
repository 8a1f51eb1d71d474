"""Puts a lecture together from what was made: its manifest and its gallery."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from regviz.lecture import gallery
from regviz.lecture.command import command
from regviz.lecture.document import Lecture
from regviz.lecture.manifest import FILE_NAME, Cue, Entry, Manifest, Missing, Section
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
    manifest = Manifest(
        title=lecture.title,
        author=lecture.author,
        # An item may speak a language that the lecture as a whole does not.
        langs=tuple(dict.fromkeys([*lecture.langs, *spoken])),
        entries=tuple(
            _entry(task, made[task.name], lecture, folder)
            for task in planned
            if task.name in made
        ),
        missing=tuple(_missing(task, failures) for task in planned if task.name not in made),
    )
    return {FILE_NAME: manifest.written()} | gallery.pages(manifest)


def _missing(task: Task, failures: Mapping[str, str]) -> Missing:
    job = task.job
    why = failures.get(task.name, "it has not been built yet")
    return Missing(name=job.stem, lesson=job.lesson, medium=job.medium, why=why)


def _entry(task: Task, record: Record, lecture: Lecture, folder: str) -> Entry:
    job, facts, about = task.job, record.facts, record.about
    return Entry(
        item=task.item,
        name=job.stem,
        lesson=job.lesson,
        medium=job.medium,
        lang=job.lang,
        theme=job.theme,
        title=about["title"],
        summary=catalogue.entry(job.lesson).summary[job.lang],
        alt=about["alt"],
        note=lecture.items[task.item].note,
        files={
            suffix: path
            for suffix, path in record.files.items()
            if not suffix.startswith("section-")
        },
        given=dict(job.values),
        certificate=facts["certificate"],
        parameters=facts["parameters"],
        points=facts["points"],
        lam=facts["lambda"],
        budget=facts["budget"],
        own_units=facts["own_units"],
        lambda_by=facts["lambda_by"],
        command=command(job, folder),
        width=about.get("width", 0),
        height=about.get("height", 0),
        fps=about.get("fps", 0),
        duration=about.get("duration", 0.0),
        cues=tuple(Cue(**cue) for cue in about.get("cues", ())),
        sections=tuple(
            Section(**{**section, "file": record.files[section["file"]]})
            for section in about.get("sections", ())
        ),
    )
