"""Features that a lasso path loses again, and may take back."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from regmath.paths.lasso import LassoPath


class Absence(NamedTuple):
    """A feature that has a weight from the strength `entered` down, and none below `left`.

    It has one again below `back`, or never if that is 0.
    """

    feature: int
    entered: float
    left: float
    back: float


def longest_absence(path: LassoPath) -> Absence | None:
    """Return where a feature that had a weight has none for longest, or None if none ever is.

    As `lam` falls; how long is told by how much `|w|_1` grows meanwhile.
    """
    sums, best, longest = np.abs(path.weights).sum(axis=1), None, 0.0
    for feature in range(path.weights.shape[1]):
        turns = np.flatnonzero(np.diff(path.active[:, feature], prepend=False, append=False))
        runs = list(pairwise([*turns.tolist(), len(sums) - 1]))
        for (start, left), (_, back) in zip(runs[::2], runs[1::2], strict=False):
            if sums[back] - sums[left] > longest:
                longest = float(sums[back] - sums[left])
                best = Absence(feature, *map(float, path.lambdas[[start, left, back]]))
    return best
