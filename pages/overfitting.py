"""What the page of `overfitting` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.overfitting import WEAKEST

if TYPE_CHECKING:
    from regviz.lessons.overfitting import Overfitting


def data(shown: Overfitting) -> dict[str, Any]:
    """Return the points; the page fits them itself, since they can be moved."""
    return {"x_train": shown.x_train, "y_train": shown.y_train, "weakest": WEAKEST}
