"""Runs jobs, one after the other or side by side in processes, and never stops at a failure."""

from __future__ import annotations

import atexit
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from regviz.lecture.job import Job
from regviz.lecture.made import Made, Report
from regviz.lecture.process import ENDINGS
from regviz.lecture.scratch import scratch
from regviz.lessons import surroundings

Make = Callable[[Job, Report], Made]
#: called with a job's place in the list, how much of it is done and how much there is
JobReport = Callable[[int, int, int], None]
_Message = tuple[int, int, int]

_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Outcome:
    """How a job ended: what it made, or why it made nothing."""

    job: Job
    made: Made | None = None
    error: Exception | None = None


def run(
    jobs: Sequence[Job], make: Make, n_workers: int, report: JobReport
) -> Generator[Outcome, None, None]:
    """Yield each job's outcome as it ends; close the iterator to end the workers.

    One worker means this process; more are processes of their own, which also means that a
    crash in one is only a failed job.
    """
    if min(n_workers, len(jobs)) <= 1:
        return _one_by_one(jobs, make, report)
    return _side_by_side(jobs, make, min(n_workers, len(jobs)), report)


def _one_by_one(
    jobs: Sequence[Job], make: Make, report: JobReport
) -> Generator[Outcome, None, None]:
    for index, job in enumerate(jobs):
        try:
            made = make(job, partial(report, index))
        except Exception as error:
            if isinstance(error.__cause__, KeyboardInterrupt):  # which a library has wrapped
                raise KeyboardInterrupt from error
            yield Outcome(job, error=error)
        else:
            yield Outcome(job, made)


def _side_by_side(
    jobs: Sequence[Job], make: Make, width: int, report: JobReport
) -> Generator[Outcome, None, None]:
    waiting = list(reversed(range(len(jobs))))
    while waiting:
        with scratch() as folder:
            pool = _Pool(width, folder)
            try:
                yield from _until_broken(pool, jobs, make, waiting, report)
                pool.finish()
            finally:
                pool.close()
        # One process died and took its neighbours' work along: alone, each job shows whether
        # it was the one, and if memory was short, one at a time is what helps.
        width = 1


def _until_broken(
    pool: _Pool, jobs: Sequence[Job], make: Make, waiting: list[int], report: JobReport
) -> Generator[Outcome, None, None]:
    """Run what waits; on a broken pool return, with the jobs that went down waiting again."""
    pending: dict[Future[Made], int] = {}
    broken = False
    while pending or (waiting and not broken):
        # No more are handed out than can run, so few finished files wait in memory.
        while waiting and len(pending) < pool.width and not broken:
            index = waiting.pop()
            pending[pool.submit(make, index, jobs[index])] = index
        done, _ = wait(pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
        pool.pass_on(report)
        for future in done:
            index = pending.pop(future)
            died = isinstance(future.exception(), BrokenExecutor)
            broken |= died
            if died and pool.width > 1:
                waiting.append(index)
            else:
                yield _outcome(jobs[index], future)


def _outcome(job: Job, future: Future[Made]) -> Outcome:
    error = future.exception()
    if isinstance(error, BrokenExecutor):
        error = RuntimeError("its process died; there may be too little memory")
    if error is None:
        return Outcome(job, future.result())
    if not isinstance(error, Exception):
        raise error
    return Outcome(job, error=error)


class _Pool:
    """Processes with two lines home: one for progress, one that tells them to end."""

    def __init__(self, width: int, folder: Path) -> None:
        self.width = width
        context = get_context("spawn")
        # The first thing that processes share starts Python's keeper of such things, which has
        # for ever what signals are kept from it now: a closed terminal would else end it.
        with _no_interrupt():
            self._reports: SimpleQueue[_Message] = context.SimpleQueue()
        ended, self._alive = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            width,
            mp_context=context,
            initializer=_begin,
            initargs=(self._reports, ended, str(folder)),
        )

    def submit(self, make: Make, index: int, job: Job) -> Future[Made]:
        """Hand out a job; to a pool that has just broken, it is as one that went down."""
        try:
            with _no_interrupt():
                return self._executor.submit(_work, make, index, job)
        except BrokenExecutor as error:
            refused: Future[Made] = Future()
            refused.set_exception(error)
            return refused

    def pass_on(self, report: JobReport) -> None:
        """Hand over the progress that has come in."""
        while not self._reports.empty():
            report(*self._reports.get())

    def finish(self) -> None:
        """Let the processes end by themselves, as none has work any more."""
        self._executor.shutdown(wait=True)

    def close(self) -> None:
        """End the processes at once, whatever they are at."""
        self._alive.close()
        self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep Ctrl-C and the like from a process that is being started; they come afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDINGS})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_reports: SimpleQueue[_Message]


def _begin(reports: SimpleQueue[_Message], ended: Connection, scratch: str) -> None:
    """Ready a worker: interrupts are the parent's business, and its end is ours."""
    global _reports
    _reports = reports
    surroundings.claim()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)  # see _no_interrupt
    # The parent removes this folder, also after a worker that could not.
    tempfile.tempdir = scratch
    threading.Thread(target=_end_with_parent, args=(ended,), daemon=True).start()


def _end_with_parent(ended: Connection) -> None:
    ended.poll(None)  # nothing is ever sent: it returns when the other end closes or dies
    # What libraries have opened system-wide, such as tqdm's semaphore, is else complained of.
    atexit._run_exitfuncs()
    os._exit(1)


def _work(make: Make, index: int, job: Job) -> Made:
    return make(job, lambda done, total: _reports.put((index, done, total)))
