"""What the page of `feature-selection` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection


def data(shown: FeatureSelection) -> dict[str, Any]:
    """Return the lasso's knots, and the directions that give ridge at any strength."""
    return {
        "features": shown.features,
        "order": shown.order,
        "knots": shown.knots,
        "knot_weights": shown.knot_weights,
        "spectrum": shown.spectrum,
        "directions": shown.directions,
        "projections": shown.projections,
    }
