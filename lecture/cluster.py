"""Runs jobs on a Dask cluster, through the `concurrent.futures` executor that Dask offers.

Where each job runs, and that it runs again elsewhere when its worker dies, is Dask's business.
Results come back as bytes, so machines need share no folder.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from concurrent.futures import Future, as_completed
from functools import partial
from typing import Any

from regviz.lecture.job import Job
from regviz.lecture.keys import key_parts
from regviz.lecture.make import Made
from regviz.lecture.run import JobReport, Make, Outcome
from regviz.lessons.errors import BadInput

#: seconds to wait for the scheduler's answer
_PATIENCE = 20
_one_at_a_time = threading.Lock()


def run(
    jobs: Sequence[Job], make: Make, address: str, report: JobReport
) -> Generator[Outcome, None, None]:
    """Yield each job's outcome as it ends; close the iterator to give up the others.

    Raises
    ------
    BadInput
        If the cluster extra is not installed or no scheduler answers at the address.
    """
    with _client(address) as client:
        executor = client.get_executor(pure=False)
        try:
            pending: dict[Future[Made], int] = {
                executor.submit(_work, make, job, _stamp(job)): index
                for index, job in enumerate(jobs)
            }
            for future in as_completed(pending):
                index = pending[future]
                report(index, 1, 1)
                yield _outcome(jobs[index], future)
        finally:
            executor.shutdown(wait=False)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise BadInput(
            "--scheduler needs Dask; run: python -m pip install 'regviz[cluster]'"
        ) from None
    try:
        connect: Any = Client
        return connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise BadInput(f"no scheduler answers at {address}: {error}.") from None


def _outcome(job: Job, future: Future[Made]) -> Outcome:
    try:
        return Outcome(job, future.result())
    except Exception as error:
        return Outcome(job, error=error)


def _stamp(job: Job) -> dict[str, str]:
    """Return what must be the same here and there, so that a job gives the same bytes."""
    parts = key_parts(job, {})
    return {name: parts[name] for name in ("code", "text", "versions")}


def _work(make: Make, job: Job, stamp: dict[str, str]) -> Made:
    here = _stamp(job)
    other = " and ".join(name for name in stamp if stamp[name] != here[name])
    if other:
        raise BadInput(
            f"a worker of the cluster has other {other} than this machine; "
            "install the same regviz and the same packages on both."
        )
    # A worker may have several threads; matplotlib and manim keep settings per process.
    with _one_at_a_time:
        return make(job, partial(_quiet, job))


def _quiet(*_: object) -> None:
    """Stand in for a report: progress within a job stays on its worker."""
