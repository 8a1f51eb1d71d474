"""Builds a lecture: runs the tasks whose files are not fresh, and puts together what there is.

Nothing slow is imported before a task has to run, so a build that finds all fresh is quick.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regviz.lecture import document, files
from regviz.lecture.keys import data_files, key_parts
from regviz.lecture.lock import locked
from regviz.lecture.parts import Item, Lecture
from regviz.lecture.records import PRIVATE, Record, Records
from regviz.lecture.tasks import Task, chosen, tasks
from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    from regviz.lecture.board import Board
    from regviz.lecture.cluster import Scheduler
    from regviz.lecture.make import Made
    from regviz.lecture.run import Outcome

_FAILED, _INTERRUPTED = 1, 130
#: the record of what is put together from all tasks; no task has this name
_ASSEMBLED = ".assembled"
_WORDS = {"scene": "video"}
#: what is in our folder below the output folder
_OURS = ("lock", "writing", "scratch", "records")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be built, and how.

    Attributes
    ----------
    folder, out
        Where the lecture is, and where its files go.
    n_workers
        How many tasks to run side by side.
    only
        Names of items, lessons or tasks; empty for all.
    langs
        Languages in place of the lecture's; empty for those.
    quality
        Of every video, in place of the lecture's; None for that.
    dry_run
        Say what would be done, and do nothing.
    force
        Run every task.
    scheduler
        A Dask scheduler; None means this machine.
    notes
        Whether the gallery shows what the speaker noted.
    allow_outside
        Whether data files may stand, and links of `out` lead, outside the lecture's folder.
    progress
        Whether to show progress; None means on a terminal only.
    """

    folder: Path
    out: Path
    n_workers: int = 1
    only: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    quality: str | None = None
    dry_run: bool = False
    force: bool = False
    scheduler: Scheduler | None = None
    notes: bool = False
    allow_outside: bool = False
    progress: bool | None = None

    @property
    def is_whole(self) -> bool:
        """Whether what it does not make is no part of the lecture any more."""
        return not (self.only or self.langs)


@dataclass
class _State:
    """How far a build has come.

    Attributes
    ----------
    lecture, planned
        What there is to be.
    parts
        Task name to what its files depend on.
    changed
        Task name to why its files are not fresh.
    failures
        Task name to why it was not made.
    said
        What was said of which item's data.
    """

    lecture: Lecture
    planned: list[Task]
    records: Records
    parts: dict[str, dict[str, str]]
    changed: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    said: set[tuple[int, str]] = field(default_factory=set)


def build(order: Order) -> int:
    """Build a lecture, and return the exit code.

    Raises
    ------
    BadInput
        If the lecture file will not do, or its output folder can't be written to.
    """
    lecture = document.read(
        order.folder,
        langs=order.langs,
        quality=order.quality,
        allow_outside=order.allow_outside,
    )
    planned = tasks(lecture)
    wanted = chosen(planned, order.only)
    parts = {
        task.name: key_parts(task.job, data_files(task.data, lecture.data)) for task in planned
    }
    state = _State(lecture, planned, Records(order.out), parts)
    _check_links(order)
    if order.dry_run:
        _compare(state, order)
        _check_data(state, wanted)
        return _tell(state, wanted, order)
    try:
        with locked(order.out / PRIVATE / "lock", _tell_waiting):
            return _build(state, wanted, order)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        why = error.strerror or str(error)
        raise BadInput(f"{order.out} cannot be built in: {where}{why}.") from None


def _check_links(order: Order) -> None:
    """See that what is written and removed here is here: a folder may come from anyone."""
    if files.leads_out(order.folder, order.out) and not order.allow_outside:
        raise BadInput(
            f"{order.out} is a link; remove it, or build with --allow-outside to follow it."
        )
    private = order.out / PRIVATE
    for path in (private, *(private / name for name in _OURS)):
        files.stay_below(order.out, path)


def _build(state: _State, wanted: Sequence[Task], order: Order) -> int:
    started = time.monotonic()
    if _mark(order.out).exists():
        _sweep(order.out)
    _compare(state, order)
    stale = [task for task in wanted if task.name in state.changed]
    _check_data(state, wanted)
    if stale:
        try:
            _make_all(stale, state, order)
        except KeyboardInterrupt:
            _say("interrupted; what was finished is kept, the next build makes the rest.")
            return _INTERRUPTED
    removed = _remove_others(state) if order.is_whole else []
    assembled = _assemble(state, order)
    _mark(order.out).unlink(missing_ok=True)
    _conclude(state, stale, removed, assembled, order, time.monotonic() - started)
    return _FAILED if state.failures else 0


# -- what is fresh --------------------------------------------------------------------------


def _compare(state: _State, order: Order) -> None:
    """Note why a task's files are not fresh, for each of which they are not."""
    for task in state.planned:
        why = "forced" if order.force else _why(task, state, order)
        if why:
            state.changed[task.name] = why


def _why(planned: Task, state: _State, order: Order) -> str:
    task = planned.name
    record, parts = state.records.load(task), state.parts[task]
    if record is None or not _is_told(planned, record, state.lecture):
        return "new"
    changed = [name for name in parts if record.parts.get(name) != parts[name]]
    if changed:
        return f"changed {', '.join(changed)}"
    whole = state.records.is_whole(task, record, refresh=not order.dry_run)
    return "" if whole else "files changed or lost"


def _is_told(task: Task, record: Record, lecture: Lecture) -> bool:
    """Return whether a record tells all that the manifest says of a task."""
    from regviz.lecture.assembly import entry

    try:
        entry(task, record, lecture, "out")
    except ValueError:
        return False
    return True


def _check_data(state: _State, wanted: Sequence[Task]) -> None:
    """Refuse, before anything is made, data that what is to be made cannot use."""
    items = (task.item for task in wanted if task.name in state.changed)
    state.lecture.check_data(dict.fromkeys(items))


def _tell(state: _State, wanted: Sequence[Task], order: Order) -> int:
    """Say what a build would do."""
    for task in wanted:
        why = state.changed.get(task.name)
        click.echo(f"make    {_label(task)}: {why}" if why else f"keep    {_label(task)}")
    for name in _others(state) if order.is_whole else []:
        record = state.records.load(name)
        for path in record.digests if record else ():
            click.echo(f"remove  {path}")
    return 0


def _tell_waiting(holder: str) -> None:
    _say(f"another build is at work here ({holder}); waiting for it to end.")


# -- making ---------------------------------------------------------------------------------


def _make_all(stale: Sequence[Task], state: _State, order: Order) -> None:
    from regviz.lecture.board import Board
    from regviz.lecture.cost import cost

    # What takes longest begins first, and what is quick fills the gaps.
    waiting = sorted(stale, key=lambda task: -cost(task.job))
    shown = sys.stderr.isatty() if order.progress is None else order.progress
    board = Board(
        [_label(task) for task in waiting],
        [cost(task.job) for task in waiting],
        sys.stderr,
        shown=shown,
        n_workers=order.n_workers,
    )
    with _scratch(order.out):
        try:
            with closing(_outcomes(waiting, state, order, board)) as outcomes:
                for done, (index, outcome) in enumerate(outcomes, start=1):
                    board.finish(index)
                    _settle(waiting[index], outcome, state, f"[{done}/{len(waiting)}]")
        finally:
            board.clear()


def _outcomes(
    waiting: Sequence[Task], state: _State, order: Order, board: Board
) -> Generator[tuple[int, Outcome], None, None]:
    """Yield the place of each task in the list, and how it ended."""
    from regviz.lecture.maker import Maker

    jobs = [task.job for task in waiting]
    maker = Maker({name: path.read_bytes() for name, path in state.lecture.data.items()})
    if order.scheduler is None:
        from regviz.lecture.run import run

        running = run(jobs, maker, order.n_workers, board.report)
    else:
        from regviz.lecture import cluster

        running = cluster.run(jobs, maker, order.scheduler, board.report)
    places = {id(job): index for index, job in enumerate(jobs)}
    with closing(running):
        for outcome in running:
            yield places[id(outcome.job)], outcome


def _settle(task: Task, outcome: Outcome, state: _State, count: str) -> None:
    """Keep what a task made, or note why it made nothing."""
    error = outcome.error
    if outcome.made is not None:
        try:
            _keep(task, outcome.made, state)
        except BadInput as refusal:
            error = refusal
    if error is None:
        del state.changed[task.name]
        click.echo(f"{count} {_label(task)}  {_vouch(outcome.made)}")
        _tell_notes(task, outcome.made, state)
        return
    known = isinstance(error, BadInput)
    why = str(error) if known else f"{type(error).__name__}: {error}"
    state.failures[task.name] = why
    if not known:
        import traceback

        # Ours to mend and not the user's: whoever does needs to know where it was.
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    _say(f"{_label(task)} was not made: {why}")


def _keep(task: Task, made: Made, state: _State) -> None:
    paths = {suffix: task.job.path(suffix).as_posix() for suffix in made.files}
    record = Record(
        parts=state.parts[task.name],
        files=paths,
        digests={},
        facts=made.facts,
        about=made.about,
    )
    contents = {paths[suffix]: content for suffix, content in made.files.items()}
    state.records.keep(task.name, record, contents)


def _mark(out: Path) -> Path:
    """Return the file that is there while a build writes, and after one that was killed."""
    return out / PRIVATE / "writing"


def _sweep(out: Path) -> None:
    """Remove what a killed build left half done."""
    shutil.rmtree(out / PRIVATE / "scratch", ignore_errors=True)
    for left in out.rglob(".regviz-*.tmp"):
        left.unlink(missing_ok=True)


@contextmanager
def _scratch(out: Path) -> Iterator[None]:
    """Keep all that is half done in one place, where the next build finds it."""
    _mark(out).touch()
    folder = out / PRIVATE / "scratch"
    folder.mkdir(exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder.resolve())
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)


# -- what is there now ----------------------------------------------------------------------


def _others(state: _State) -> list[str]:
    """Return the recorded tasks that the lecture does not have any more."""
    planned = {task.name for task in state.planned} | {_ASSEMBLED}
    return [name for name in state.records.names() if name not in planned]


def _remove_others(state: _State) -> list[str]:
    others = _others(state)
    if not others:
        return []
    records = (state.records.load(task.name) for task in state.planned)
    owned = {path for record in records if record for path in record.digests}
    removed = []
    for name in others:
        for path, gone in state.records.forget(name, owned):
            if gone:
                removed.append(path)
            else:
                _say(f"{path} is kept: it is no longer as it was made here.")
    return removed


def _assemble(state: _State, order: Order) -> bool:
    """Write the manifest and the gallery, unless they are as they would be."""
    parts = _assembly_parts(state, order)
    record = state.records.load(_ASSEMBLED)
    if record and record.parts == parts and state.records.is_whole(_ASSEMBLED, record):
        return False
    from regviz.lecture.assembly import assemble

    contents = assemble(
        state.lecture,
        state.planned,
        _made(state),
        state.failures,
        order.out,
        notes=order.notes,
    )
    paths = {path: path for path in contents}
    whole = Record(parts=parts, files=paths, digests={}, facts={}, about={})
    _mark(order.out).touch()
    state.records.keep(_ASSEMBLED, whole, contents)
    return True


def _made(state: _State) -> dict[str, Record]:
    """Return the records of the tasks whose files are fresh."""
    found = {}
    for task in state.planned:
        if task.name not in state.changed and task.name not in state.failures:
            record = state.records.load(task.name)
            assert record is not None
            found[task.name] = record
    return found


def _assembly_parts(state: _State, order: Order) -> dict[str, str]:
    made = {
        task.name: "" if task.name in state.changed else state.parts[task.name]
        for task in state.planned
    }
    sources = sorted(Path(__file__).parent.rglob("*.*"))
    code = hashlib.sha256()
    for path in (*sources, *_text_files()):
        if path.suffix != ".pyc":
            code.update(path.read_bytes())
    return {
        "lecture": _digest((order.folder / document.FILE_NAME).read_bytes()),
        "langs": " ".join(order.langs),
        "notes": str(order.notes),
        "made": _digest(repr(sorted(made.items())).encode()),
        "failures": _digest(repr(sorted(state.failures.items())).encode()),
        "code": code.hexdigest(),
        "folder": os.path.relpath(order.out, order.folder),
    }


def _text_files() -> list[Path]:
    return sorted((Path(__file__).parents[1] / "lessons" / "text").glob("*.toml"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# -- what is said ---------------------------------------------------------------------------


def _say(message: str) -> None:
    click.echo(f"regviz: {message}", err=True)


def _label(task: Task) -> str:
    return f"{task.job.stem} {_WORDS.get(task.job.medium, task.job.medium)}"


def _tell_notes(task: Task, made: Made | None, state: _State) -> None:
    """Say what was guessed or left out in reading an item's data, once for all its tasks."""
    from regviz.lecture.console import notes

    item = state.lecture.items[task.item]
    assert isinstance(item, Item)
    for note in notes(made) if made is not None else ():
        if (task.item, note) not in state.said:
            state.said.add((task.item, note))
            _say(f"{item.name}: {note}")


def _vouch(made: Made | None) -> str:
    from regviz.lecture.console import vouch

    return vouch(made) if made is not None else ""


def _conclude(
    state: _State,
    stale: Sequence[Task],
    removed: Sequence[str],
    assembled: bool,
    order: Order,
    seconds: float,
) -> None:
    for path in removed:
        click.echo(f"removed {path}")
    made = len(stale) - len(state.failures)
    kept = len(state.planned) - len(state.changed) - made
    where = order.out / "index.html"
    if not stale and not removed and not assembled:
        click.echo(f"All {len(state.planned)} are up to date; see {where}")
        return
    failed = f", {len(state.failures)} failed" if state.failures else ""
    click.echo(f"{made} made, {kept} kept{failed}, in {seconds:.1f} s; see {where}")
