"""The minimax concave penalty, whose slope falls from L1's to 0 along a straight line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column
from regmath.penalties._folded_concave import FoldedConcave


@dataclass(frozen=True)
class MCP(FoldedConcave):
    """Minimax concave penalty, a sum over weights.

    With `tau = lam / 2` and `x = |w_j|`, each weight costs `lam * x - x**2 / gamma` up to
    `gamma * tau` and `gamma * tau**2` beyond, where its slope is 0.

    That is twice Zhang's penalty at `tau`: that loss is half the source's, so that with the
    loss `(w - z)**2` weights up to `tau` become 0 and those beyond `gamma * tau` stay as they
    are.

    Parameters
    ----------
    lam : float
        Strength, >= 0: the slope at 0, and so as hard a pull on small weights as under L1.
    gamma : float
        Where the slope is 0, in units of `tau`; > 1. Towards 1 it is L0's hard threshold,
        towards infinity L1's soft one.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite, or `gamma` is not a finite number > 1.

    References
    ----------
    Zhang, C.-H. (2010). Nearly unbiased variable selection under minimax concave penalty. The
    Annals of Statistics 38(2), 894-942.
    """

    gamma: float = 3.0

    convex: ClassVar[bool] = False
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (math.isfinite(self.gamma) and self.gamma > 1.0):
            raise ValueError(f"gamma must be a finite number > 1, got {self.gamma}.")

    def value(self, w: ArrayLike) -> Array:
        """Return the sum of what the weights cost, shape `(...)`."""
        x = np.abs(np.asarray(w, dtype=np.float64))
        x = np.minimum(x, 0.5 * self.gamma * self.lam)
        total: Array = (self.lam * x - x**2 / self.gamma).sum(axis=-1)
        return total

    def subgradient(self, w: ArrayLike) -> Array:
        """Return the slope, with 0 at 0; shape `(..., n_weights)`."""
        w = np.asarray(w, dtype=np.float64)
        slope: Array = np.sign(w) * np.maximum(self.lam - 2.0 * np.abs(w) / self.gamma, 0.0)
        return slope + 0.0  # no -0.0

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Return the best weights near `w`, shape `(..., n_weights)`.

        0 up to `step * lam`, the identity from `gamma * tau` on, and a straight line between.
        From `2 * step >= gamma` on it jumps instead, where both cost the same.
        """
        w, tau, gamma = np.asarray(w, dtype=np.float64), 0.5 * self.lam, self.gamma
        x, s = np.abs(w), column(2.0 * step)
        jumps = np.asarray(s >= gamma)
        rise = np.where(jumps, 1.0, 1.0 - s / gamma)
        soft = np.where(jumps, 0.0, np.maximum(x - s * tau, 0.0) / rise)
        near = x <= np.where(jumps, np.sqrt(s * gamma), gamma) * tau
        moved: Array = np.copysign(np.where(near, soft, x), w)
        return moved + 0.0  # no -0.0

    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return `2 step tau` and `gamma tau`, or where it jumps, `sqrt(2 step gamma) tau`."""
        s, gamma, tau = 2.0 * step, self.gamma, 0.5 * self.lam
        return (s * tau, gamma * tau) if s < gamma else (math.sqrt(s * gamma) * tau,)
