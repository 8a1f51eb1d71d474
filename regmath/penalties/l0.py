"""The L0 penalty, which counts the weights that are not 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column
from regmath.penalties.base import Penalty


@dataclass(frozen=True)
class L0(Penalty):
    """A price on every weight that is not 0: `lam * #{j : w_j != 0}`.

    Parameters
    ----------
    lam : float
        Price, >= 0, in units of loss per weight.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite.

    References
    ----------
    Donoho, D. L. and Johnstone, I. M. (1994). Ideal spatial adaptation by wavelet
    shrinkage. Biometrika 81(3), 425-455.
    """

    convex: ClassVar[bool] = False
    separable: ClassVar[bool] = True
    sparse: ClassVar[bool] = True

    def value(self, w: ArrayLike) -> Array:
        """Return `lam` times the number of weights that are not 0, shape `(...)`."""
        n_kept = np.count_nonzero(np.asarray(w, dtype=np.float64), axis=-1)
        return np.asarray(self.lam * n_kept)

    def subgradient(self, w: ArrayLike) -> Array:
        """Return 0: away from 0 the penalty is flat, and at 0 everything is a subgradient."""
        return np.zeros(np.shape(w))

    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the size of `g` over the weights that are not 0, shape `(...)`.

        At 0 the penalty jumps, and so every slope supports it there if `lam > 0`.
        """
        w, g = np.asarray(w, dtype=np.float64), np.asarray(g, dtype=np.float64)
        is_held = (w == 0) & (self.lam > 0.0)
        distance: Array = np.linalg.norm(np.where(is_held, 0.0, g), axis=-1)
        return distance

    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Keep weights with `w**2 > 2 * step * lam`, and set the others to 0 (hard threshold).

        Where both cost the same, the weight becomes 0.
        """
        w = np.asarray(w, dtype=np.float64)
        kept: Array = np.where(np.abs(w) > np.sqrt(column(2.0 * step * self.lam)), w, 0.0)
        return kept + 0.0  # no -0.0

    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return where it jumps, `sqrt(2 * step * lam)`."""
        return (math.sqrt(2.0 * step * self.lam),)

    def prox_graph(self, step: float, reach: float) -> Array:
        """Return the vertices of the prox of one weight, with a row of NaN at both jumps."""
        (jump,) = self.prox_bends(step)
        return self._mirrored(
            np.array([[jump, 0.0], [np.nan] * 2, [jump, jump], [reach, reach]])
        )

    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:  # noqa: ARG002
        """Raise, since no gradient tells: 0 is stationary at every price.

        Raises
        ------
        TypeError
            Always. At which price 0 is best depends on all of the loss.
        """
        raise TypeError(
            "L0 has no lambda_max: 0 is stationary at every strength, and whether it is the "
            "best point cannot be told from the gradient; compare losses instead."
        )
