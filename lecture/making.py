"""Runs the tasks of a build, and keeps what each of them made as soon as it ends."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from regviz.lecture.parts import Item
from regviz.lecture.records import Record
from regviz.lecture.sayings import label, say
from regviz.lecture.state import Order, State
from regviz.lecture.tasks import Task
from regviz.lecture.unfinished import scratch
from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    from regviz.lecture.board import Board
    from regviz.lecture.made import Made
    from regviz.lecture.run import Outcome


def make_all(stale: Sequence[Task], state: State, order: Order) -> None:
    """Run tasks side by side, showing how far they are."""
    from regviz.lecture.board import Board
    from regviz.lecture.cost import cost

    # What takes longest begins first, and what is quick fills the gaps.
    waiting = sorted(stale, key=lambda task: -cost(task.job))
    shown = sys.stderr.isatty() if order.progress is None else order.progress
    board = Board(
        [label(task) for task in waiting],
        [cost(task.job) for task in waiting],
        sys.stderr,
        shown=shown,
        n_workers=order.n_workers,
    )
    with scratch(order.out):
        try:
            with closing(_outcomes(waiting, state, order, board)) as outcomes:
                for done, (index, outcome) in enumerate(outcomes, start=1):
                    board.finish(index)
                    _settle(waiting[index], outcome, state, f"[{done}/{len(waiting)}]")
        finally:
            board.clear()


def _outcomes(
    waiting: Sequence[Task], state: State, order: Order, board: Board
) -> Generator[tuple[int, Outcome], None, None]:
    """Yield the place of each task in the list, and how it ended."""
    from regviz.lecture.maker import Maker

    jobs = [task.job for task in waiting]
    maker = Maker({name: path.read_bytes() for name, path in state.lecture.data.items()})
    if order.scheduler is None:
        from regviz.lecture.run import run
        from regviz.lecture.splitting import run_split

        running = run_split(
            jobs,
            order.n_workers,
            lambda parts, report: run(parts, maker, order.n_workers, report),
            board.report,
        )
    else:
        from regviz.lecture import cluster

        running = cluster.run(jobs, maker, order.scheduler, board.report)
    places = {id(job): index for index, job in enumerate(jobs)}
    with closing(running):
        for outcome in running:
            yield places[id(outcome.job)], outcome


def _settle(task: Task, outcome: Outcome, state: State, count: str) -> None:
    """Keep what a task made, or note why it made nothing."""
    error = outcome.error
    if outcome.made is not None:
        try:
            _keep(task, outcome.made, state)
        except BadInput as refusal:
            error = refusal
    if error is None:
        del state.changed[task.name]
        click.echo(f"{count} {label(task)}  {_vouch(outcome.made)}")
        _tell_notes(task, outcome.made, state)
        return
    known = isinstance(error, BadInput)
    why = str(error) if known else f"{type(error).__name__}: {error}"
    state.failures[task.name] = why
    if not known:
        import traceback

        # Ours to mend and not the user's: whoever does needs to know where it was.
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    say(f"{label(task)} was not made: {why}")


def _keep(task: Task, made: Made, state: State) -> None:
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


def _tell_notes(task: Task, made: Made | None, state: State) -> None:
    """Say what was guessed or left out in reading an item's data, once for all its tasks."""
    from regviz.lecture.console import notes

    item = state.lecture.items[task.item]
    assert isinstance(item, Item)
    for note in notes(made) if made is not None else ():
        if (task.item, note) not in state.said:
            state.said.add((task.item, note))
            say(f"{item.name}: {note}")


def _vouch(made: Made | None) -> str:
    from regviz.lecture.console import vouch

    return vouch(made) if made is not None else ""
