"""A rectangle in which things stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in any unit whose second axis points up."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Distance of its sides."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Distance of its top from its bottom."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float, float]:
        """Its middle, as a point of space."""
        return ((self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0)
