"""A task's key: it changes when, and only when, something that its files depend on does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from regviz.lecture.job import Job
from regviz.lecture.sources import code_digest, text_digest
from regviz.lecture.versions import versions
from regviz.lessons import catalogue

#: how files and records are laid out; a new number makes everything anew
_LAYOUT = 2


def key_parts(job: Job, data: Mapping[str, Path]) -> dict[str, str]:
    """Return what a job's files depend on, part by part, so that a change can be named.

    Parameters
    ----------
    job
        What is to be made.
    data
        Where each CSV file is that the job reads, by the name that its values have.
    """
    settings = dict(vars(job))
    values = settings.pop("values")
    return {
        "layout": str(_LAYOUT),
        "code": code_digest(job.lesson, job.medium),
        "parameters": _digest(values),
        "data": _digest({name: _content(path) for name, path in data.items()}),
        "settings": _digest(settings),
        "text": text_digest(job.lesson, job.lang, job.medium),
        "versions": _digest(versions(job.medium)),
    }


def key(parts: Mapping[str, str]) -> str:
    """Return the one word that the parts come to."""
    return _digest(parts)


def data_files(names: tuple[str, ...], given: Mapping[str, Path]) -> dict[str, Path]:
    """Return where each data file is: the lecturer's, or one that is shipped."""
    found = {}
    for name in names:
        shipped = catalogue.shipped_data(name)
        found[name] = Path(shipped) if shipped is not None else given.get(name, Path(name))
    return found


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""  # the job will say what is wrong with it


def _digest(value: object) -> str:
    # Written as JSON, which has one form for equal values whatever their order.
    written = json.dumps(value, sort_keys=True, ensure_ascii=True, default=_named)
    return hashlib.sha256(written.encode()).hexdigest()


def _named(value: object) -> str:
    """Return what stands for a value that JSON has no form for; a table has its content."""
    return str(getattr(value, "digest", value))
