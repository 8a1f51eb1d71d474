"""What is to be built, how far it has come, and what of it is not fresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regviz.lecture.parts import Lecture
from regviz.lecture.records import Record, Records
from regviz.lecture.tasks import Task

if TYPE_CHECKING:
    from regviz.lecture.cluster import Scheduler


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
class State:
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


def compare(state: State, order: Order) -> None:
    """Note why a task's files are not fresh, for each of which they are not."""
    for task in state.planned:
        why = "forced" if order.force else _why(task, state, order)
        if why:
            state.changed[task.name] = why


def _why(planned: Task, state: State, order: Order) -> str:
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


def check_data(state: State, wanted: Sequence[Task]) -> None:
    """Refuse, before anything is made, data that what is to be made cannot use."""
    items = (task.item for task in wanted if task.name in state.changed)
    state.lecture.check_data(dict.fromkeys(items))
