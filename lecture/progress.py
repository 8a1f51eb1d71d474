"""One line of progress over all jobs, drawn over itself on a terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TextIO

from regviz.lecture.job import Job

_BAR_WIDTH = 24
_REDRAW_SECONDS = 0.1


class Progress:
    """How much of all jobs is done, on a stream.

    On a terminal the line is drawn over itself; elsewhere, such as in a log, each tenth of
    the whole is a line of its own.
    """

    def __init__(self, jobs: Sequence[Job], stream: TextIO, *, shown: bool) -> None:
        self._jobs = jobs
        self._stream = stream
        self._shown = shown
        self._live = stream.isatty()
        self._done = [0.0] * len(jobs)
        self._drawn_at = 0.0
        self._tenth = 0

    def report(self, index: int, done: int, total: int) -> None:
        """Note how much of a job is done, and show it."""
        self._done[index] = done / total
        if not self._shown:
            return
        share = sum(self._done) / len(self._done)
        line = f"{_bar(share)} {share:4.0%}  {self._jobs[index].name}  {done}/{total}"
        if self._live:
            self._redraw(line)
        elif int(10 * share) > self._tenth:
            self._tenth = int(10 * share)
            self._write(line + "\n")

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown and self._live:
            self._write("\r\x1b[K")

    def _redraw(self, line: str) -> None:
        now = time.monotonic()
        if now - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = now
            self._write(f"\r{line}\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _bar(share: float) -> str:
    filled = round(share * _BAR_WIDTH)
    return "[" + "#" * filled + "-" * (_BAR_WIDTH - filled) + "]"
