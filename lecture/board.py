"""Progress of a build on a terminal: a line for each task at work, and one for the whole."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from typing import TextIO

_BAR_WIDTH = 24
_REDRAW_SECONDS = 0.1


class Board:
    """Lines that are drawn over themselves; nothing where the stream is no terminal."""

    def __init__(self, labels: Sequence[str], stream: TextIO, *, shown: bool) -> None:
        self._labels = labels
        self._stream = stream
        self._shown = shown and stream.isatty()
        self._running: dict[int, tuple[int, int]] = {}
        self._finished = 0
        self._height = 0
        self._drawn_at = 0.0

    def report(self, index: int, done: int, total: int) -> None:
        """Note how much of a task is done, and show it."""
        self._running[index] = (done, total)
        now = time.monotonic()
        if now - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = now
            self._draw()

    def finish(self, index: int) -> None:
        """Note that a task has ended, well or not, and take the lines away for a moment."""
        self._running.pop(index, None)
        self._finished += 1
        self.clear()

    def clear(self) -> None:
        """Take the lines away, so that something else can be printed."""
        if self._height:
            self._write(f"\x1b[{self._height}A\x1b[J")
            self._height = 0

    def _draw(self) -> None:
        lines = [
            f"{_bar(done / total)} {done / total:4.0%}  {self._labels[index]}"
            for index, (done, total) in sorted(self._running.items())
        ]
        parts = self._finished + sum(done / total for done, total in self._running.values())
        share = min(1.0, parts / len(self._labels))
        lines.append(f"{_bar(share)} {share:4.0%}  {self._finished} of {len(self._labels)}")
        if not self._shown:
            return
        # A line that the terminal breaks would be two, and the next drawing off by one.
        width = shutil.get_terminal_size().columns - 1
        self.clear()
        self._write("".join(f"{line[:width]}\n" for line in lines))
        self._height = len(lines)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _bar(share: float) -> str:
    filled = round(share * _BAR_WIDTH)
    return "[" + "#" * filled + "-" * (_BAR_WIDTH - filled) + "]"
