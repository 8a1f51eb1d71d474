"""Runs jobs for someone at a terminal: a line per file, and at the end what went wrong."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click

from regviz.lecture import files
from regviz.lecture.job import Job
from regviz.lecture.made import Made
from regviz.lecture.make import make
from regviz.lecture.progress import Progress
from regviz.lecture.run import Outcome, run
from regviz.lecture.splitting import run_split
from regviz.lessons.base import ByValidation
from regviz.lessons.errors import BadInput

#: exit codes: some lessons failed, the input will not do, the user pressed Ctrl-C
FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


@dataclass(frozen=True, kw_only=True)
class Order:
    """How jobs are to be run and shown.

    Attributes
    ----------
    n_workers
        How many jobs to run side by side.
    as_json
        Print one JSON object per file in place of words.
    progress
        Whether to show progress; None means on a terminal only.
    preview
        Open the first file in the program that the desktop has for it.
    summary
        End with time and size.
    tolerant
        Many lessons were asked for, of which some may fail: then bad input is a failure like
        others (1), and not a mistake in the command (2).
    """

    n_workers: int = 1
    as_json: bool = False
    progress: bool | None = None
    preview: bool = False
    summary: bool = False
    tolerant: bool = False


@dataclass
class _Tally:
    """What has come of the jobs so far."""

    waiting: list[Job]
    written: list[Path] = field(default_factory=list)
    size: int = 0
    failures: list[tuple[Job, Exception]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


def produce(jobs: Sequence[Job], order: Order) -> int:
    """Make and write every job's files, and return the exit code.

    Raises
    ------
    BadInput
        If a file could not be written where it is to go; nothing is made then.
    """
    for job in jobs:
        for path in job.paths():
            files.check(path)
    started = time.monotonic()
    tally = _Tally(list(jobs))
    try:
        _make_all(jobs, order, tally)
    except KeyboardInterrupt:
        names = ", ".join(job.name for job in tally.waiting)
        say(f"interrupted; nothing was written for {names}.")
        return INTERRUPTED
    if order.summary and not order.as_json and tally.written:
        click.echo(_summary(tally, time.monotonic() - started))
    if order.preview and tally.written and click.launch(str(tally.written[0])):
        say(f"nothing here opens {tally.written[0]}.")
    return _conclude(tally, order.tolerant)


def say(message: str) -> None:
    """Tell the user something that is no result, in our one form."""
    click.echo(f"regviz: {message}", err=True)


def _make_all(jobs: Sequence[Job], order: Order, tally: _Tally) -> None:
    shown = sys.stderr.isatty() if order.progress is None else order.progress
    progress = Progress(jobs, sys.stderr, shown=shown)
    try:
        n_workers = order.n_workers
        running = run_split(
            jobs,
            n_workers,
            lambda parts, report: run(parts, make, n_workers, report),
            progress.report,
        )
        with closing(running) as outcomes:
            for outcome in outcomes:
                progress.clear()
                _settle(outcome, order, tally)
    finally:
        progress.clear()


def _settle(outcome: Outcome, order: Order, tally: _Tally) -> None:
    job, made, error = outcome.job, outcome.made, outcome.error
    if made is not None:
        try:
            files.write({job.path(suffix): data for suffix, data in made.files.items()})
        except BadInput as refusal:
            made, error = None, refusal
    # Before anything is shown, so that an interrupt now does not call it unwritten.
    tally.waiting.remove(job)
    if made is not None:
        _show(job, made, order, tally)
    if error is not None:
        tally.failures.append((job, error))
        if not isinstance(error, BadInput):
            # Ours to mend and not the user's: whoever does needs to know where it was.
            click.echo("".join(traceback.format_exception(error)), err=True, nl=False)


def _show(job: Job, made: Made, order: Order, tally: _Tally) -> None:
    for note in notes(made):
        # Several languages and themes read the same data.
        if note not in tally.said:
            tally.said.add(note)
            say(note)
    for suffix, data in made.files.items():
        path = job.path(suffix)
        tally.written.append(path)
        tally.size += len(data)
        click.echo(_object(job, suffix, made) if order.as_json else f"{path}  {vouch(made)}")


def _object(job: Job, suffix: str, made: Made) -> str:
    about = {
        "path": str(job.path(suffix)),
        "lesson": job.lesson,
        "medium": job.medium,
        "format": suffix,
        "lang": job.lang,
        "theme": job.theme,
    }
    return json.dumps(about | dict(made.facts), ensure_ascii=False, allow_nan=False)


def notes(made: Made) -> list[str]:
    """Return what was guessed or left out in reading a job's data, in sentences."""
    said = made.facts.get("notes", [])
    assert isinstance(said, list)
    return said


def vouch(made: Made) -> str:
    """Return what vouches for a job's files, as words."""
    certificate, lam = made.facts["certificate"], made.facts.get("lambda_by")
    assert isinstance(certificate, dict)
    words = [
        f"{name.replace('kkt', 'KKT').replace('_', ' ')} {value:.1e}"
        for name, value in certificate.items()
    ]
    return ", ".join([*words, *([ByValidation(**lam).told()] if isinstance(lam, dict) else [])])


def _summary(tally: _Tally, seconds: float) -> str:
    count = len(tally.written)
    minutes, rest = divmod(round(seconds), 60)
    took = f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"
    return f"{count} file{'s' * (count != 1)}, {tally.size / 1e6:.1f} MB, in {took}"


def _conclude(tally: _Tally, tolerant: bool) -> int:
    if not tally.failures:
        return 0
    only_input = all(isinstance(error, BadInput) for _, error in tally.failures)
    if only_input and not tolerant:
        # The same mistake in several languages or themes is one mistake.
        for message in dict.fromkeys(str(error) for _, error in tally.failures):
            say(message)
        return BAD_INPUT
    for job, error in tally.failures:
        cause = (
            str(error) if isinstance(error, BadInput) else f"{type(error).__name__}: {error}"
        )
        say(f"{job.name} was not made: {cause}")
    return FAILED
