"""Exhibits at many strengths: what moves the strength, and the number that it is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import to_digits
from regviz.lessons.picture import Driver, Readout


@dataclass(frozen=True, kw_only=True)
class ByStrength(Exhibit):
    """An exhibit at many strengths of its penalties.

    Attributes
    ----------
    lambdas, at
        Strengths in growing order, each as it is shown, shape `(n_lambdas,)`, and the index
        of the still picture's.
    """

    lambdas: rm.Array
    at: int

    @property
    def last(self) -> int:
        """Index of the strongest."""
        return len(self.lambdas) - 1

    def driver(self, places: rm.Array | None = None) -> Driver:
        """Return what moves the strength, which may stand elsewhere than at itself."""
        return Driver("lam", self.lambdas, self.at, places=places)

    def readout(self, role: str = "ink") -> Readout:
        """Return the number that the strength is."""
        return Readout("lam", r"$\lambda =$", role, self.lambdas, ("lam",))


def at_strength(lambdas: rm.Array, at: int, penalties: Iterable[str]) -> dict[str, Any]:
    """Return the fields that the strengths decide, with the still picture's of each penalty."""
    return {"lambdas": lambdas, "at": at, "lam": dict.fromkeys(penalties, float(lambdas[at]))}


def tenfolded(low: float, high: float, per_decade: int) -> list[float]:
    """Return values even in their logarithm, at least so many a tenfold."""
    many = math.ceil(per_decade * math.log10(high / low)) + 1
    return list(np.geomspace(low, high, many).tolist())


def even(low: float, high: float, per_decade: int, digits: int) -> rm.Array:
    """Return such values, of few digits."""
    return np.unique([to_digits(at, digits) for at in tenfolded(low, high, per_decade)])
