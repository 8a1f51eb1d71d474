"""Splits videos into parts when there are more workers than jobs, and joins what they made."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from regviz.lecture.filmed import joined
from regviz.lecture.job import Job, SceneJob, ScenePartJob
from regviz.lecture.made import Made
from regviz.lecture.run import JobReport, Outcome

#: runs jobs, telling how far each is
Run = Callable[[Sequence[Job], JobReport], Generator[Outcome, None, None]]


def split(jobs: Sequence[Job], n_workers: int) -> list[list[Job]]:
    """Return each job's parts, as many as there are workers for it; most are their own."""
    n_parts = n_workers // max(1, len(jobs))
    return [_parts(job, n_parts) for job in jobs]


def run_split(
    jobs: Sequence[Job], n_workers: int, run: Run, report: JobReport
) -> Generator[Outcome, None, None]:
    """Run jobs in parts; yield each job's outcome as the last of its parts ends."""
    parts = split(jobs, n_workers)
    flat = [part for some in parts for part in some]
    owners = {id(part): index for index, some in enumerate(parts) for part in some}
    made: list[dict[int, Made]] = [{} for _ in jobs]
    failed: set[int] = set()
    with closing(run(flat, _summed(parts, report))) as running:
        for outcome in running:
            index = owners[id(outcome.job)]
            if outcome.made is not None:
                made[index][id(outcome.job)] = outcome.made
            elif index not in failed:
                failed.add(index)
                yield Outcome(jobs[index], error=outcome.error)
            if len(made[index]) == len(parts[index]):
                yield _whole(jobs[index], [made[index][id(part)] for part in parts[index]])
                made[index] = {}


def _parts(job: Job, n_parts: int) -> list[Job]:
    if n_parts > 1 and isinstance(job, SceneJob) and not job.still:
        return [ScenePartJob.of(job, index, n_parts) for index in range(n_parts)]
    return [job]


def _whole(job: Job, made: list[Made]) -> Outcome:
    if len(made) == 1 or not isinstance(job, SceneJob):
        return Outcome(job, made[0])
    try:
        return Outcome(job, joined(job, made))
    except Exception as error:
        return Outcome(job, error=error)


def _summed(parts: Sequence[Sequence[Job]], report: JobReport) -> JobReport:
    """Return what reports on jobs, told how far their parts are."""
    owners = [index for index, some in enumerate(parts) for _ in some]
    known: list[dict[int, tuple[int, int]]] = [{} for _ in parts]

    def told(place: int, done: int, total: int) -> None:
        index = owners[place]
        known[index][place] = done, total
        dones, totals = zip(*known[index].values(), strict=True)
        # parts that have not begun will be about as long as those that have
        scale = len(parts[index]) / len(known[index])
        report(index, sum(dones), round(scale * sum(totals)))

    return told
