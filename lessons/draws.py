"""Random numbers that a page draws, too: the twin of `random` in pages/fits.js.

NumPy's own generators are not to be had in a browser, and a page that goes on to the next seed
shows what every other medium shows with that seed.
"""

from __future__ import annotations

import numpy as np

import regmath as rm


class Draws:
    """Numbers from a seed, one after the other.

    Number `k` is a hash of `seed + k c` in 32 bits, with an odd constant `c`, so that many are
    drawn at once.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn = 0

    def even(self, count: int) -> rm.Array:
        """Return numbers drawn evenly from [0, 1), shape `(count,)`."""
        place = np.arange(self._drawn + 1, self._drawn + count + 1, dtype=np.uint32)
        self._drawn += count
        state = place * np.uint32(0x6D2B79F5) + np.uint32(self._seed)
        mixed = (state ^ (state >> 15)) * (state | 1)
        mixed ^= mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)
        drawn: rm.Array = (mixed ^ (mixed >> 14)) / 2.0**32
        return drawn

    def normal(self, *shape: int) -> rm.Array:
        """Return standard normal numbers of a shape, each made of two even ones."""
        first, second = self.even(2 * int(np.prod(shape))).reshape(-1, 2).T
        drawn: rm.Array = np.sqrt(-2.0 * np.log(1.0 - first)) * np.cos(2.0 * np.pi * second)
        return drawn.reshape(shape)
