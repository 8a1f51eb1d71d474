"""Runs jobs on a Dask cluster, through the `concurrent.futures` executor that Dask offers.

A video is split where there are more workers than jobs, as on one machine. Where each job runs,
and that it runs again elsewhere when its worker dies, is Dask's business. Results come back as
bytes, so machines need share no folder.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from regviz.lecture.job import Job, SceneJob
from regviz.lecture.keys import key_parts
from regviz.lecture.made import Made
from regviz.lecture.recordings import Recordings
from regviz.lecture.run import JobReport, Make, Outcome
from regviz.lecture.splitting import run_split
from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief

#: seconds to wait for the scheduler's answer, for its first worker, and between two looks
_ANSWER, _WORKERS, _LOOK = 5.0, 60.0, 0.5
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Scheduler:
    """Where a Dask scheduler is, and by which certificates the two know each other.

    Attributes
    ----------
    address
        Such as `tcp://host:8786`, or `tls://host:8786` with certificates.
    ca, cert, key
        PEM files: whom to trust, what this machine shows, and its key. Without them Dask's
        own configuration holds.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


def run(
    jobs: Sequence[Job], make: Make, scheduler: Scheduler, report: JobReport
) -> Generator[Outcome, None, None]:
    """Yield each job's outcome as it ends; close the iterator to give up the others.

    Raises
    ------
    BadInput
        If the cluster extra is not installed, no scheduler answers at the address or it has no
        workers; and later, if the scheduler or the last worker has gone.
    """
    with _connected(scheduler) as client:
        _wait_for_workers(client, scheduler)
        yield from run_split(
            jobs,
            len(client.nthreads()),
            lambda parts, report: _on_workers(parts, make, client, scheduler, report),
            report,
        )


def _on_workers(
    jobs: Sequence[Job], make: Make, client: Any, scheduler: Scheduler, report: JobReport
) -> Generator[Outcome, None, None]:
    executor = client.get_executor(pure=False)
    try:
        pending: dict[Future[Made], int] = {
            executor.submit(_work, make, _carried(job), _stamp(job)): index
            for index, job in enumerate(jobs)
        }
        for future in _as_they_end(set(pending), client, scheduler):
            index = pending[future]
            report(index, 1, 1)
            yield _outcome(jobs[index], future)
    finally:
        executor.shutdown(wait=False)


def _carried(job: Job) -> Job:
    """Return a job with the recordings that it speaks with: a worker has not that folder."""
    if isinstance(job, SceneJob) and isinstance(job.voice, Recordings):
        return replace(job, voice=job.voice.carried())
    return job


def _as_they_end(
    pending: set[Future[Made]], client: Any, scheduler: Scheduler
) -> Iterator[Future[Made]]:
    worked = time.monotonic()
    while pending:
        done, pending = wait(pending, timeout=_LOOK, return_when=FIRST_COMPLETED)
        # What was lost with the scheduler is cancelled, and looks done.
        yield from (future for future in done if not _is_lost(future))
        if not _is_there(client) or any(map(_is_lost, done)):
            raise BadInput(
                f"the scheduler at {scheduler.address} has gone; what was finished is kept, "
                "the next build makes the rest."
            )
        if _has_workers(client):
            worked = time.monotonic()
        elif time.monotonic() - worked > _WORKERS:
            raise BadInput(_no_worker(scheduler) + " What was finished is kept.")


def _is_lost(future: Future[Made]) -> bool:
    return future.cancelled() or isinstance(future.exception(), CancelledError)


# -- the scheduler --------------------------------------------------------------------------


@contextmanager
def _connected(scheduler: Scheduler) -> Iterator[Any]:
    try:
        import distributed
    except ImportError:
        raise BadInput(
            "--scheduler needs Dask; run: python -m pip install 'regviz[cluster]'"
        ) from None
    address = _checked(scheduler.address)
    security = _security(scheduler, distributed)
    with _no_logs():
        _greet(address, security)
        connect: Any = distributed.Client
        client = connect(address, timeout=_ANSWER, set_as_default=False, security=security)
        try:
            yield client
        finally:
            with suppress(Exception):  # it may have gone
                client.close(timeout=_ANSWER)


@contextmanager
def _no_logs() -> Iterator[None]:
    """Keep Dask from telling over many lines of a lost connection, which we say in one."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _checked(address: str) -> str:
    found = re.fullmatch(r"((?:tcp|tls)://)?([^\s/:]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})", address)
    if found is None or not 0 < int(found[3]) < 65536:
        raise BadInput(
            f"{brief(address) or 'nothing'} is no scheduler's address; give one such as "
            "tcp://host:8786 or tls://host:8786."
        )
    return address if found[1] else f"tcp://{address}"


def _greet(address: str, security: Any) -> None:
    """See that a scheduler answers; a client waits for ever for what answers otherwise."""
    from distributed.comm import core
    from distributed.core import send_recv

    connect: Any = core.connect

    async def ask() -> object:
        known = security.get_connection_args("client") if security is not None else {}
        stream = await connect(address, timeout=_ANSWER, **known)
        try:
            return await send_recv(stream, op="identity")
        finally:
            stream.abort()

    async def ask_for_a_while() -> object:
        return await asyncio.wait_for(ask(), 2 * _ANSWER)

    try:
        # In a thread of its own, since the caller's may have a loop that runs, as a notebook's.
        with ThreadPoolExecutor(1) as alone:
            answer: Any = alone.submit(asyncio.run, ask_for_a_while()).result()
        if answer["type"] != "Scheduler":
            raise ValueError(f"there is a {answer['type']}")
    except Exception as error:  # whatever it is: what is there is no scheduler
        raise BadInput(f"no scheduler answers at {address}: {_reason(error)}.") from None


def _reason(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    said = re.sub(r"^in <[^>]*>: (\w+: )?", "", " ".join(str(error).split()))
    return brief(said).rstrip(".") or "nothing came in time"


def _security(scheduler: Scheduler, distributed: Any) -> Any:
    given = (scheduler.ca, scheduler.cert, scheduler.key)
    is_tls = scheduler.address.startswith("tls://")
    if any(given) and not is_tls:
        raise BadInput(
            f"certificates are for a scheduler at tls://, and {scheduler.address} is not."
        )
    if not is_tls:
        return None
    if any(given) and not all(given):
        raise BadInput("tls:// takes --tls-ca-file, --tls-cert and --tls-key together.")
    files = ("tls_ca_file", "tls_client_cert", "tls_client_key")
    chosen = dict(zip(files, map(str, given), strict=True)) if all(given) else {}
    security = distributed.Security(require_encryption=True, **chosen)
    if not all(getattr(security, name) for name in files):
        raise BadInput("tls:// needs --tls-ca-file, --tls-cert and --tls-key.")
    try:
        security.get_connection_args("client")
    except (OSError, ValueError) as error:
        raise BadInput(
            f"the certificates for {scheduler.address} will not do: {error}."
        ) from None
    return security


def _wait_for_workers(client: Any, scheduler: Scheduler) -> None:
    until = time.monotonic() + _WORKERS
    while not _has_workers(client):
        if time.monotonic() > until:
            raise BadInput(_no_worker(scheduler))
        time.sleep(min(_LOOK, _WORKERS))


def _no_worker(scheduler: Scheduler) -> str:
    return (
        f"the scheduler at {scheduler.address} has had no worker for {_WORKERS:g} s; "
        f"start one: dask worker {scheduler.address}."
    )


def _has_workers(client: Any) -> bool:
    # What the client was last told, which is no more than seconds ago.
    return bool(client.scheduler_info().get("workers"))


def _is_there(client: Any) -> bool:
    stream = client.scheduler_comm
    return client.status == "running" and stream is not None and not stream.comm.closed()


def _outcome(job: Job, future: Future[Made]) -> Outcome:
    try:
        return Outcome(job, future.result())
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("regviz", "regmath"):
            return Outcome(job, error=error)
        return Outcome(job, error=BadInput("a worker of the cluster has no regviz installed."))
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
