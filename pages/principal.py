"""What pages need of two features along their principal directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.pages.still import filling

if TYPE_CHECKING:
    from regviz.lessons.early_stopping import EarlyStopping
    from regviz.lessons.ridge_shrinkage import RidgeShrinkage


def data(exhibit: EarlyStopping | RidgeShrinkage) -> dict[str, Any]:
    """Return the directions, least squares along them, and what the features are called."""
    shown = exhibit.pair
    left, right, *_ = shown.window
    return {
        "sign": shown.sign,
        "narrow": shown.narrow,
        "center": shown.center,
        "along": shown.along,
        "reach": right - left,
        "names": filling(shown.told),
    }
