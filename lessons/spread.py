"""Names in a column, apart and in order: the one rule for figures and scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from regviz.lessons.base import Array


def spread(wanted: Array, sizes: ArrayLike, low: float, high: float) -> Array:
    """Return middles of labels in a column, each as near to where it is wanted as may be.

    They keep their order, touch at most, and stay between `low` and `high` if they can. What
    moves is the sum of squares of the distances at its least: pools of adjacent violators.
    """
    order = np.argsort(wanted, kind="stable")
    tall = np.broadcast_to(sizes, wanted.shape)[order]
    # With each label's own height taken off, "not overlapping" becomes "not descending".
    offsets = np.cumsum(tall) - tall / 2.0
    pools: list[list[float]] = []
    for place in wanted[order] - offsets:
        pools.append([place, 1.0])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (first, m), (second, n) = pools[-2:]
            pools[-2:] = [[(m * first + n * second) / (m + n), m + n]]
    flat = np.array([place for place, n in pools for _ in range(int(n))])
    middles = np.clip(flat, low, max(low, high - tall.sum())) + offsets
    placed: Array = np.empty_like(middles)
    placed[order] = middles
    return placed
