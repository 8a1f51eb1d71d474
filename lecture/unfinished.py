"""What a build has half done: all in one place, where the next one finds and removes it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regviz.lecture.records import PRIVATE


def mark(out: Path) -> Path:
    """Return the file that is there while a build writes, and after one that was killed."""
    return out / PRIVATE / "writing"


def sweep(out: Path) -> None:
    """Remove what a killed build left half done."""
    shutil.rmtree(out / PRIVATE / "scratch", ignore_errors=True)
    for left in out.rglob(".regviz-*.tmp"):
        left.unlink(missing_ok=True)


@contextmanager
def scratch(out: Path) -> Iterator[None]:
    """Keep all that is half done in one place, where the next build finds it."""
    mark(out).touch()
    folder = out / PRIVATE / "scratch"
    folder.mkdir(exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(folder.resolve())
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
