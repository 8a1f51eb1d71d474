"""Progress of a build: a line for each task at work, one for the whole, and the time left."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from regviz.lecture.cost import in_words

_BAR_WIDTH = 24
_REDRAW_SECONDS = 0.1
#: how much must be done before what it took says more than the costs do
_TELLING = 0.05


class Board:
    """How far tasks have come; nothing where it is not to be shown.

    On a terminal the lines are drawn over themselves; elsewhere, such as in a log, there is a
    line for each task that ends.

    Parameters
    ----------
    labels, costs
        What each task is called, and about how long it takes, in seconds.
    stream
        Where to draw.
    shown
        Whether to draw at all.
    n_workers
        How many tasks run side by side.
    now
        A clock, in seconds.
    """

    def __init__(
        self,
        labels: Sequence[str],
        costs: Sequence[float],
        stream: TextIO,
        *,
        shown: bool,
        n_workers: int = 1,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._labels = labels
        self._costs = costs
        self._stream = stream
        self._shown = shown
        self._live = stream.isatty()
        self._n_workers = n_workers
        self._now = now
        self._began = now()
        self._running: dict[int, tuple[int, int]] = {}
        self._finished: set[int] = set()
        self._height = 0
        self._drawn_at = float("-inf")

    def report(self, index: int, done: int, total: int) -> None:
        """Note how much of a task is done, and show it."""
        self._running[index] = (done, total)
        now = self._now()
        if self._live and now - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = now
            self._draw()

    def finish(self, index: int) -> None:
        """Note that a task has ended, well or not, and take the lines away for a moment."""
        self._running.pop(index, None)
        self._finished.add(index)
        self.clear()
        if self._shown and not self._live:
            self._write(f"{self._whole()}\n")

    def clear(self) -> None:
        """Take the lines away, so that something else can be printed."""
        if self._height:
            self._write(f"\x1b[{self._height}A\x1b[J")
            self._height = 0

    def _draw(self) -> None:
        if not self._shown:
            return
        lines = [
            f"{_bar(done / total)} {done / total:4.0%}  {self._labels[index]}"
            for index, (done, total) in sorted(self._running.items())
        ]
        lines.append(f"{_bar(self._share())} {self._whole()}")
        # A line that the terminal breaks would be two, and the next drawing off by one.
        width = shutil.get_terminal_size().columns - 1
        self.clear()
        self._write("".join(f"{line[:width]}\n" for line in lines))
        self._height = len(lines)

    def _whole(self) -> str:
        share = self._share()
        count = f"{share:4.0%}  {len(self._finished)} of {len(self._labels)}"
        return count if share == 1 else f"{count}, {in_words(self._left(share))}"

    def _share(self) -> float:
        """Return how much of the work is done, by what its tasks cost."""
        if len(self._finished) == len(self._labels):
            return 1.0
        done = sum(self._costs[index] for index in self._finished)
        done += sum(self._costs[at] * min(1.0, n / of) for at, (n, of) in self._running.items())
        return done / sum(self._costs)

    def _left(self, share: float) -> float:
        if share < _TELLING:
            return sum(self._costs) * (1 - share) / self._n_workers
        return (self._now() - self._began) * (1 - share) / share

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _bar(share: float) -> str:
    filled = round(share * _BAR_WIDTH)
    return "[" + "#" * filled + "-" * (_BAR_WIDTH - filled) + "]"
