"""Puts a lecture together from what was made: its manifest and its gallery."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from regviz.lecture import gallery
from regviz.lecture import manifest as shown
from regviz.lecture.command import command
from regviz.lecture.document import Item, Lecture, Part, Section, Spoken, Text
from regviz.lecture.manifest import FILE_NAME, Cue, Entry, Manifest, Missing
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
            _entry(task, made[task.name], lecture, folder)
            for task in planned
            if task.name in made
        ),
        missing=tuple(_missing(task, failures) for task in planned if task.name not in made),
    )
    return {FILE_NAME: manifest.written()} | gallery.pages(manifest, notes=notes)


def _item(part: Part) -> shown.Item:
    words = {"intro": _in(part.intro, part), "note": _in(part.note, part)}
    if isinstance(part, Text):
        said = {"title": _in(part.title, part), "text": _in(part.text, part)}
        return shown.Item(kind="text", **said, **words)
    if isinstance(part, Section):
        return shown.Item(kind="section", title=_in(part.title, part), **words)
    assert isinstance(part, Item)
    return shown.Item(
        kind="lesson", title={lang: _title(part, lang) for lang in part.langs}, **words
    )


def _in(words: Spoken, part: Part) -> dict[str, str]:
    """Return a text in the languages that an item is shown in."""
    return {lang: words[lang] for lang in part.langs if words.get(lang)}


def _title(item: Item, lang: str) -> str:
    return item.title.get(lang) or catalogue.entry(item.lesson).title[lang]


def _missing(task: Task, failures: Mapping[str, str]) -> Missing:
    job = task.job
    why = failures.get(task.name, "it has not been built yet")
    return Missing(name=job.stem, lesson=job.lesson, medium=job.medium, why=why)


def _entry(task: Task, record: Record, lecture: Lecture, folder: str) -> Entry:
    job, facts, about = task.job, record.facts, record.about
    item = lecture.items[task.item]
    assert isinstance(item, Item)
    return Entry(
        item=task.item,
        name=job.stem,
        lesson=job.lesson,
        medium=job.medium,
        lang=job.lang,
        theme=job.theme,
        title=_title(item, job.lang),
        summary=catalogue.entry(job.lesson).summary[job.lang],
        alt=about["alt"],
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
            shown.Section(**{**section, "file": record.files[section["file"]]})
            for section in about.get("sections", ())
        ),
    )
