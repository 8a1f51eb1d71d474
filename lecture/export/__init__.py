"""Exporting a built lecture: `export(Order(...))` writes slides, a notebook or a handout."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from regviz.lecture import document, files, manifest
from regviz.lecture.choices import EXPORT_TARGETS
from regviz.lecture.document import FILE_NAME
from regviz.lecture.export.slides import Deck
from regviz.lecture.keys import data_files, key_parts
from regviz.lecture.manifest import Manifest
from regviz.lecture.records import Records
from regviz.lecture.tasks import tasks
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput

_MODULES = {
    "revealjs": "revealjs",
    "pptx": "powerpoint",
    "beamer": "beamer",
    "notebook": "jupyter",
    "html": "handout",
}
#: what asks; a notebook's videos and pages do so themselves
_ASKING = ("revealjs", "pptx", "beamer", "html")
#: what others read, so that the speaker's notes are not in it unless they are asked for
_TO_READ = ("notebook", "html")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be exported.

    Attributes
    ----------
    folder
        Where the lecture is; what was built is in its folder `out`.
    target
        One of :data:`regviz.lecture.choices.EXPORT_TARGETS`.
    output
        The file to write; None means the target's usual name in the lecture's folder.
    lang, theme
        See :func:`regviz.lecture.export.deck.deck`.
    notes
        Whether a notebook or handout, which others read, has the speaker's notes; slides do.
    reveal
        Address of a copy of reveal.js to load, in place of one that stands in the file.
    quiz
        Whether to ask the questions of the lessons that the lecture lets ask.
    variants, seed
        How often a quiz is made with other numbers, or None for the lecture's own, and the seed
        of the first.
    """

    folder: Path
    target: str
    output: Path | None = None
    lang: str | None = None
    theme: str = ""
    notes: bool = False
    reveal: str = ""
    quiz: bool = True
    variants: int | None = None
    seed: int | None = None


def export(order: Order) -> None:
    """Write a built lecture in another form.

    Raises
    ------
    BadInput
        If the lecture has not been built, or the target cannot be made of it.
    """
    # The gallery takes a module of this folder, where NumPy is too slow to load.
    from regviz.lessons.data import in_hand

    path = _output(order)
    files.check(path)
    shown = manifest.load(_out(order.folder))
    data = _data(order.folder)
    if order.quiz and order.target in (*_ASKING, "quiz"):
        _check_data(shown, data)
    with in_hand(data):
        contents = _contents(order, shown, path)
    # The folder is where the user says; what goes into it stays in it.
    files.write(contents, below=path.parent)
    for written, content in contents.items():
        click.echo(f"{written}  {_size(len(content))}")
    _warn("left out, not built", [each.name for each in shown.missing], order.folder)
    _warn("changed since it was built", _stale(order.folder), order.folder)


def _contents(order: Order, shown: Manifest, path: Path) -> Mapping[Path, bytes]:
    if order.target == "quiz":
        return _quiz(order, shown, path)
    from regviz.lecture.export.deck import deck

    made = deck(
        shown,
        order.folder / "out",
        lang=order.lang,
        theme=order.theme,
        quiz=order.quiz and order.target in _ASKING,
    )
    return contents_of(made, order.target, path, reveal=order.reveal, notes=order.notes)


def _quiz(order: Order, shown: Manifest, path: Path) -> Mapping[Path, bytes]:
    from regviz.lecture.export import quiz

    first = order.seed or 0
    seeds = range(first, first + order.variants) if order.variants else None
    return quiz.contents(quiz.quiz(shown, order.lang, seeds), path)


def contents_of(
    made: Deck, target: str, path: Path, *, reveal: str = "", notes: bool = False
) -> Mapping[Path, bytes]:
    """Return what is to be written where, for a file that the user named."""
    module = import_module(f"regviz.lecture.export.{_MODULES[target]}")
    options: dict[str, Any] = {"reveal": reveal} if target == "revealjs" else {}
    if target in _TO_READ:
        options["notes"] = notes
    contents: Mapping[Path, bytes] = module.contents(made, path, **options)
    return contents


def _output(order: Order) -> Path:
    usual = EXPORT_TARGETS[order.target]
    if order.reveal and order.target != "revealjs":
        raise BadInput(f"--reveal goes with --to revealjs, and not with {order.target}.")
    if order.notes and order.target not in _TO_READ:
        raise BadInput(f"--notes goes with --to html or notebook; {order.target} has them.")
    if order.target != "quiz" and (order.variants, order.seed) != (None, None):
        raise BadInput(f"--variants and --seed go with --to quiz, and not with {order.target}.")
    if order.seed is not None and order.variants is None:
        raise BadInput("--seed draws numbers for --variants N; give that, too.")
    if order.target == "quiz" and (order.theme or not order.quiz):
        raise BadInput("--theme and --no-quiz do not go with --to quiz; leave them out.")
    path = order.output or order.folder / usual
    if path.suffix.lower() != Path(usual).suffix:
        raise BadInput(f"-o {path} should end in {Path(usual).suffix} for {order.target}.")
    return path


def _out(folder: Path) -> Path:
    if not (folder / FILE_NAME).is_file():
        raise BadInput(f"{folder / FILE_NAME} does not exist; `regviz init DIR` writes one.")
    out = folder / "out"
    if not (out / manifest.FILE_NAME).is_file():
        command = shlex.join(["regviz", "build", str(folder)])
        raise BadInput(f"the lecture in {folder} has not been built; run: {command}")
    return out


def _data(folder: Path) -> dict[str, bytes]:
    """Return the lecture's data, from which its questions are computed."""
    try:
        data = document.read(folder, allow_outside=True).data
    except BadInput:
        return {}  # the next build will say what is wrong; what was built is whole
    return {name: path.read_bytes() for name, path in data.items()}


def _check_data(shown: Manifest, data: Mapping[str, bytes]) -> None:
    """Refuse to compute questions from data that the lecture file does not name."""
    for entry in shown.entries:
        name = entry.given.get("data")
        if not shown.items[entry.item].quiz or not isinstance(name, str):
            continue
        if name not in data and catalogue.shipped_data(name) is None:
            raise BadInput(
                f"{entry.name} was built from {name}, which is not among the lecture's data; "
                "build the lecture again, or leave the questions out with --no-quiz."
            )


def _stale(folder: Path) -> Iterator[str]:
    """Yield the items whose files are not what a build would make now."""
    try:
        lecture = document.read(folder, allow_outside=True)
        planned = tasks(lecture)
    except BadInput:
        return  # the next build will say what is wrong; what was built is whole
    records = Records(folder / "out")
    for task in planned:
        record = records.load(task.name)
        parts = key_parts(task.job, data_files(task.data, lecture.data))
        if record is not None and record.parts != parts:
            yield task.job.stem


def _warn(what: str, names: Iterable[str], folder: Path) -> None:
    listed = ", ".join(dict.fromkeys(names))
    if listed:
        command = shlex.join(["regviz", "build", str(folder)])
        print(f"regviz: {what}: {listed}; to renew, run: {command}", file=sys.stderr)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
