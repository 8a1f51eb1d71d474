"""The SCAD penalty, which starts like L1 and leaves large weights alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column
from regmath.penalties._folded_concave import FoldedConcave


@dataclass(frozen=True)
class SCAD(FoldedConcave):
    """Smoothly clipped absolute deviation, a sum over weights.

    With `tau = lam / 2` and `x = |w_j|`, each weight costs `lam * x` up to `tau`, as under L1;
    `(2 a tau x - x**2 - tau**2) / (a - 1)` up to `a * tau`; and `(a + 1) * tau**2` beyond,
    where its slope is 0.

    That is twice Fan and Li's penalty at `tau`: their loss is half the source's, so that with
    the loss `(w - z)**2` weights up to `tau` become 0 and those beyond `a * tau` stay as they
    are.

    Parameters
    ----------
    lam : float
        Strength, >= 0: the slope at 0, and so as hard a pull on small weights as under L1.
    a : float
        Where the slope is 0, in units of `tau`; > 2. 3.7 is Fan and Li's choice.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite, or `a` is not a finite number > 2.

    References
    ----------
    Fan, J. and Li, R. (2001). Variable selection via nonconcave penalized likelihood and its
    oracle properties. Journal of the American Statistical Association 96(456), 1348-1360.
    """

    a: float = 3.7

    convex: ClassVar[bool] = False
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (math.isfinite(self.a) and self.a > 2.0):
            raise ValueError(f"a must be a finite number > 2, got {self.a}.")

    def value(self, w: ArrayLike) -> Array:
        """Return the sum of what the weights cost, shape `(...)`."""
        x, tau = np.abs(np.asarray(w, dtype=np.float64)), 0.5 * self.lam
        x = np.minimum(x, self.a * tau)
        bent = (2.0 * self.a * tau * x - x**2 - tau**2) / (self.a - 1.0)
        total: Array = np.where(x <= tau, self.lam * x, bent).sum(axis=-1)
        return total

    def subgradient(self, w: ArrayLike) -> Array:
        """Return the slope, with 0 at 0; shape `(..., n_weights)`."""
        w = np.asarray(w, dtype=np.float64)
        falling = (self.a * self.lam - 2.0 * np.abs(w)) / (self.a - 1.0)
        slope: Array = np.sign(w) * np.clip(falling, 0.0, self.lam)
        return slope + 0.0  # no -0.0

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Return the best weights near `w`, shape `(..., n_weights)`.

        Soft thresholding by `step * lam` near 0, the identity from `a * tau` on, and a straight
        line between. From `2 * step >= a - 1` on it jumps instead, where both cost the same.
        """
        w, tau, a = np.asarray(w, dtype=np.float64), 0.5 * self.lam, self.a
        x, s = np.abs(w), column(2.0 * step)
        soft = np.maximum(x - s * tau, 0.0)
        jumps = np.asarray(s >= a - 1.0)
        rise = np.where(jumps, 1.0, a - 1.0 - s)
        between = ((a - 1.0) * x - s * a * tau) / rise
        far = np.where(s <= a + 1.0, 0.5 * (a + 1.0 + s), np.sqrt(s * (a + 1.0))) * tau
        gentle = np.where(x <= (1.0 + s) * tau, soft, between)
        near = np.where(jumps, x <= far, x <= a * tau)
        moved: Array = np.copysign(np.where(near, np.where(jumps, soft, gentle), x), w)
        return moved + 0.0  # no -0.0

    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return `2 step tau`, `(1 + 2 step) tau` and `a tau`, or up to where it jumps."""
        s, a, tau = 2.0 * step, self.a, 0.5 * self.lam
        if s < a - 1.0:
            return s * tau, (1.0 + s) * tau, a * tau
        if s < a + 1.0:
            return s * tau, 0.5 * (a + 1.0 + s) * tau
        return (math.sqrt(s * (a + 1.0)) * tau,)
