"""What a build calls its tasks, and how it speaks beside its results."""

from __future__ import annotations

import click

from regviz.lecture.tasks import Task

_WORDS = {"scene": "video"}


def say(message: str) -> None:
    """Say something beside the results."""
    click.echo(f"regviz: {message}", err=True)


def label(task: Task) -> str:
    """Return what a task is called."""
    return f"{task.job.stem} {_WORDS.get(task.job.medium, task.job.medium)}"
