"""What penalties share that rise like L1 at 0 and flatten: SCAD and MCP."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.penalties.base import Penalty


class FoldedConcave(Penalty):
    """A penalty whose slope is `lam` beside 0 and falls with the size of a weight."""

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the distance from `g` to the subdifferential, `[-lam, lam]` at 0."""
        w, g = np.asarray(w, dtype=np.float64), np.asarray(g, dtype=np.float64)
        at_zero = np.maximum(np.abs(g) - self.lam, 0.0)
        gap = np.where(w == 0, at_zero, g - self.subgradient(w))
        distance: Array = np.linalg.norm(gap, axis=-1)
        return distance

    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return `max_j |gradient_j|`, shape `(...)`, from which on 0 is a local minimum."""
        steepest: Array = np.abs(np.asarray(gradient_at_zero, dtype=np.float64)).max(axis=-1)
        return steepest
