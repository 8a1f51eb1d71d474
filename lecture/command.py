"""The exact command that makes a file again, to be run in the lecture's folder."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from regviz.lecture.job import FigureJob, Job, SceneJob
from regviz.lessons.parameters import joined

_VERBS = {"scene": "render"}


def command(job: Job, folder: str) -> str:
    """Return the command for a job's first format; the others have their own suffix.

    Parameters
    ----------
    job
        What is made.
    folder
        The output folder, as seen from the lecture's.
    """
    ending = job.formats[0] if job.formats else "html"
    words = ["regviz", _VERBS.get(job.medium, job.medium), job.lesson, *_values(job.values)]
    if job.lang != "en":
        words += ["--lang", job.lang]
    if job.theme != ("auto" if job.medium == "page" else "light"):
        words += ["--theme", job.theme]
    words += [*_settings(job), "-o", f"{folder}/{job.stem}.{ending}"]
    return shlex.join(words)


def _values(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        yield f"--{name.replace('_', '-')}"
        yield joined(value) if isinstance(value, list | tuple) else str(value)


def _settings(job: Job) -> Iterator[str]:
    if isinstance(job, FigureJob) and job.aspect != "16:9":
        yield from ("--aspect", job.aspect)
    if isinstance(job, SceneJob):
        yield from ("-r", f"{job.width},{job.height}", "--fps", str(job.fps))
        yield from () if job.quiz else ("--no-quiz",)
        yield from () if job.voice is None else job.voice.words
