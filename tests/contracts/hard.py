"""Hard regression problems, which every solver must solve, or refuse by name, in bounded time.

Real files hold them: one quantity in two units, rounded; columns in units far apart;
more columns than rows; indicators of categories that sum to one.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

SEEDS = range(4)
APART = [1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13]


@dataclass(frozen=True)
class HardProblem:
    """A design and its target; `plain` if a solver has no excuse to refuse it."""

    name: str
    X: np.ndarray
    y: np.ndarray
    plain: bool

    def __str__(self) -> str:
        return self.name


def near_twins(n: int, p: int, apart: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """`p` columns, and each once more with noise of a share `apart`."""
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, p))
    X = np.column_stack([A, A + apart * rng.standard_normal(A.shape)])
    return X, rng.standard_normal(n)


def one_cloud(n: int, p: int, apart: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """All columns the same but for noise of a share `apart`."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 1)) + apart * rng.standard_normal((n, p))
    return X, rng.standard_normal(n)


def nearly_explained(n: int, p: int, apart: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The last column a sum of all others, but for noise of a share `apart`."""
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, p - 1))
    X = np.column_stack([A, A.sum(axis=1) + apart * rng.standard_normal(n)])
    return X, rng.standard_normal(n)


def temperatures(n: int, digits: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One temperature in Celsius and in Fahrenheit, rounded, beside another column."""
    rng = np.random.default_rng(seed)
    celsius = rng.uniform(-10.0, 35.0, n)
    rounded = [float(f"{f:.{digits}g}") for f in 1.8 * celsius + 32.0]
    X = np.column_stack([celsius, rounded, rng.uniform(0.0, 100.0, n)])
    return centred(X, 0.3 * celsius + rng.standard_normal(n))


def centred(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standardize the columns and centre the target, as the lessons do."""
    X = X - X.mean(axis=0)
    return X / np.sqrt(np.mean(X**2, axis=0)), y - y.mean()


def gaussian(n: int, p: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Independent columns and target."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, p)), rng.standard_normal(n)


def whole_numbers(n: int, p: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Small integers, so that many correlations tie."""
    rng = np.random.default_rng(seed)
    return rng.integers(-2, 3, (n, p)).astype(float), rng.integers(-3, 4, n).astype(float)


def problems() -> Iterator[HardProblem]:
    """Yield every problem of the family."""
    yield from _near_dependences()
    yield from _dependences()
    yield from _scales()


def _near_dependences() -> Iterator[HardProblem]:
    for apart in APART:
        # Two columns this close still differ in half of their digits.
        plain = apart >= 1e-6
        for seed in (0, 1, 2, 738):
            yield HardProblem(
                f"twins 6x6 {apart} {seed}", *near_twins(6, 3, apart, seed), plain
            )
        for seed in SEEDS:
            yield HardProblem(
                f"twins 20x10 {apart} {seed}", *near_twins(20, 5, apart, seed), plain
            )
            yield HardProblem(
                f"twins 4x10 {apart} {seed}", *near_twins(4, 5, apart, seed), plain
            )
            yield HardProblem(f"cloud {apart} {seed}", *one_cloud(12, 5, apart, seed), plain)
            yield HardProblem(
                f"explained {apart} {seed}", *nearly_explained(15, 5, apart, seed), plain
            )
    for digits in range(3, 15):
        for seed in SEEDS:
            X, y = temperatures(8, digits, seed)
            yield HardProblem(f"temperatures to {digits} {seed}", X, y, digits <= 6)


def _dependences() -> Iterator[HardProblem]:
    for seed in SEEDS:
        X, y = gaussian(9, 4, seed)
        yield HardProblem(f"duplicates {seed}", np.column_stack([X, X, -X[:, :2]]), y, True)
        yield HardProblem(
            f"sums {seed}", np.column_stack([X, X[:, 0] + X[:, 1], X.sum(axis=1)]), y, True
        )
        yield HardProblem(f"zero column {seed}", np.column_stack([X, np.zeros(9)]), y, True)
        yield HardProblem(f"wide {seed}", *gaussian(5, 15, seed), True)
        yield HardProblem(
            f"repeated rows {seed}", np.tile(X[:3], (3, 1)), np.tile(y[:3], 3), True
        )
        for n, p in ((6, 4), (5, 9), (12, 12)):
            yield HardProblem(f"ties {n}x{p} {seed}", *whole_numbers(n, p, seed), True)
        levels = np.eye(3)[np.random.default_rng(seed).integers(0, 3, 10)]
        target = np.random.default_rng(seed).integers(0, 5, 10).astype(float)
        yield HardProblem(
            f"indicators {seed}", levels - levels.mean(axis=0), target - target.mean(), True
        )


def _scales() -> Iterator[HardProblem]:
    for seed in SEEDS:
        X, y = gaussian(10, 5, seed)
        yield HardProblem(
            f"columns 1e-8 to 1e8 {seed}", X * np.geomspace(1e-8, 1e8, 5), y, True
        )
        for scale in (1e-150, 1e-100, 1e-8, 1e8, 1e100, 1e150):
            yield HardProblem(f"X times {scale} {seed}", X * scale, y, True)
            yield HardProblem(f"y times {scale} {seed}", X, y * scale, True)


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Fail, rather than wait, where a solver does not end; generous, as no speed is tested."""

    def stop(number: int, frame: object) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
