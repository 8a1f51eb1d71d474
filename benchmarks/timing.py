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
    """One benchmark.

    `residual` is the worst relative KKT residual of our answers; `apart` the largest
    difference between a weight of the peer's and ours. (A peer's zeros that are only nearly
    zero would make its KKT residual large however close they are.)
    """

    name: str
    ours: float
    peer: str
    theirs: float
    residual: float
    apart: float

    def __str__(self) -> str:
        times = f"{self.theirs:14.2f}{self.theirs / self.ours:13.1f}x"
        residuals = f"{self.residual:14.1e}{self.apart:14.1e}"
        return f"{self.name:46}{self.ours:9.2f}  {self.peer:34}{times}{residuals}"
