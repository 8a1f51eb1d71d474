"""Builds a lecture: runs the tasks whose files are not fresh, and puts together what there is.

Nothing slow is imported before a task has to run, so a build that finds all fresh is quick.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import click

from regviz.lecture import document, files
from regviz.lecture.gathering import others, put_together, remove_others
from regviz.lecture.keys import data_files, key_parts
from regviz.lecture.lock import locked
from regviz.lecture.making import make_all
from regviz.lecture.records import PRIVATE, Records
from regviz.lecture.sayings import label, say
from regviz.lecture.state import Order, State, check_data, compare
from regviz.lecture.tasks import Task, chosen, tasks
from regviz.lecture.unfinished import mark, sweep
from regviz.lessons.errors import BadInput

_FAILED, _INTERRUPTED = 1, 130
#: what is in our folder below the output folder
_OURS = ("lock", "writing", "scratch", "records")


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
    state = State(lecture, planned, Records(order.out), parts)
    _check_links(order)
    if order.dry_run:
        compare(state, order)
        check_data(state, wanted)
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


def _build(state: State, wanted: Sequence[Task], order: Order) -> int:
    started = time.monotonic()
    if mark(order.out).exists():
        sweep(order.out)
    compare(state, order)
    stale = [task for task in wanted if task.name in state.changed]
    check_data(state, wanted)
    if stale:
        try:
            make_all(stale, state, order)
        except KeyboardInterrupt:
            say("interrupted; what was finished is kept, the next build makes the rest.")
            return _INTERRUPTED
    removed = remove_others(state) if order.is_whole else []
    assembled = put_together(state, order)
    mark(order.out).unlink(missing_ok=True)
    _conclude(state, stale, removed, assembled, order, time.monotonic() - started)
    return _FAILED if state.failures else 0


def _tell(state: State, wanted: Sequence[Task], order: Order) -> int:
    """Say what a build would do."""
    for task in wanted:
        why = state.changed.get(task.name)
        click.echo(f"make    {label(task)}: {why}" if why else f"keep    {label(task)}")
    for name in others(state) if order.is_whole else []:
        record = state.records.load(name)
        for path in record.digests if record else ():
            click.echo(f"remove  {path}")
    return 0


def _tell_waiting(holder: str) -> None:
    say(f"another build is at work here ({holder}); waiting for it to end.")


def _conclude(
    state: State,
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
