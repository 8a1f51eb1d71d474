"""Median times, and the row that a benchmark prints."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


def milliseconds(run: Callable[[], object], repeats: int) -> float:
    """Return the median over the repeats, after one run to warm up."""
    run()
    times = []
    for _ in range(repeats):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return 1e3 * median(times)


@dataclass(frozen=True)
class Row:
    """One benchmark. Residuals are the worst relative KKT residuals of the answers."""

    name: str
    ours: float
    peer: str
    theirs: float
    residual: float
    peer_residual: float

    def __str__(self) -> str:
        times = f"{self.theirs:14.2f}{self.theirs / self.ours:13.0f}x"
        residuals = f"{self.residual:14.1e}{self.peer_residual:14.1e}"
        return f"{self.name:46}{self.ours:9.2f}  {self.peer:34}{times}{residuals}"
