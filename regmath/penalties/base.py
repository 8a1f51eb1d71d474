"""What every penalty offers."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, non_negative


@dataclass(frozen=True)
class Penalty(ABC):
    """A penalty `lam * r(w)`, added to the loss without a factor of its own.

    Some penalties also bound a region by a norm; those are a
    :class:`regmath.NormBall` as well, which `isinstance` tells.

    Parameters
    ----------
    lam : float
        Strength, >= 0, in units of loss per unit of `r`. 0 switches it off.

    Attributes
    ----------
    convex : bool
        Whether `r` is convex.
    separable : bool
        Whether `r` is a sum of one term per weight.
    sparse : bool
        Whether the prox sets small weights to exactly 0.

    Raises
    ------
    ValueError
        If `lam` is negative or not finite.
    """

    lam: float

    convex: ClassVar[bool]
    separable: ClassVar[bool]
    sparse: ClassVar[bool]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lam", non_negative(self.lam, "lam"))

    def with_lambda(self, lam: float) -> Self:
        """Return the same penalty at strength `lam`.

        Raises
        ------
        ValueError
            If `lam` is negative or not finite.
        """
        return dataclasses.replace(self, lam=lam)

    @abstractmethod
    def value(self, w: ArrayLike) -> Array:
        """Return `lam * r(w)`, shape `(...)`, at weights `(..., n_weights)`."""

    @abstractmethod
    def subgradient(self, w: ArrayLike) -> Array:
        """Return the subgradient of smallest norm at `w`, `(..., n_weights)`."""

    @abstractmethod
    def subdifferential_distance(self, w: ArrayLike, g: ArrayLike) -> Array:
        """Return the Euclidean distance from `g` to the subdifferential at `w`.

        With `g = -gradient of the loss`, this is the KKT residual of `w`.
        `w` and `g` are `(..., n_weights)`, the result is `(...)`.
        """

    @abstractmethod
    def prox(self, w: ArrayLike, step: float | Array) -> Array:
        """Return `argmin over v of 1/2 |v - w|^2 + step * lam * r(v)`.

        `w` and the result are `(..., n_weights)`; `step >= 0` is one number, or
        one per problem, `(...)`. A zero is `0.0`, never `-0.0`.
        """

    @abstractmethod
    def prox_bends(self, step: float) -> tuple[float, ...]:
        """Return the sizes, ascending, at which the prox of one weight bends or jumps.

        It is straight in the weight's size between two of them, and from the last on. Up to the
        first the weight becomes 0.
        """

    def prox_graph(self, step: float, reach: float) -> Array:
        """Return the vertices of the prox of one weight, from `-reach` to `reach`.

        They are `(weight, prox)`, shape `(n, 2)`, and the graph is straight between them; where
        it jumps is a row of NaN. `reach` is beyond all bends; of SCAD and MCP, `step` is at
        most 1/2, as a longer one may make theirs jump.
        """
        sizes = np.array([*self.prox_bends(step), reach])
        right = np.column_stack([sizes, self.prox(sizes, step)])
        return self._mirrored(right)

    @staticmethod
    def _mirrored(right: Array) -> Array:
        """Return an odd function's vertices, of those on the right of 0; no zero is `-0.0`."""
        return np.concatenate([-right[::-1], right]) + 0.0

    @abstractmethod
    def lambda_max(self, gradient_at_zero: ArrayLike) -> Array:
        """Return the smallest `lam` at which `w = 0` is optimal, shape `(...)`.

        `gradient_at_zero` is the loss's gradient at 0, `(..., n_weights)`. The
        result does not depend on this penalty's own `lam`; it is `inf` where no
        finite strength is enough.
        """
