"""What the page of `feature-selection` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.feature_selection import STRONGEST, claims, picture
from regviz.lessons.weight_paths import DRAWN_PER_DECADE
from regviz.pages.paths_drawn import paths_drawn
from regviz.pages.still import filling, still
from regviz.pages.weight_paths import knots, path_numbers

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection


def data(shown: FeatureSelection) -> dict[str, Any]:
    """Return the drawn features' paths in closed form, and what no strength changes."""
    described, (_, weights) = picture(shown), knots(shown)
    said = claims(shown, described.rest)
    told = filling(said["foot-lam"].values)
    return {
        **paths_drawn(described, shown),
        **path_numbers(shown),
        "zeros": {
            "l1": (weights[:-1] + weights[1:] == 0.0).sum(axis=1),
            "l2": shown.n_zeros["l2"][:1],
        },
        "grid": [shown.grid[0], DRAWN_PER_DECADE, STRONGEST],
        "gone": told["gone"],
        "target": told["target"],
        "still": still(
            described,
            said,
            besides=("path-", "mean-"),
            moved=("verdict-l1", "verdict-l2", "foot-lam"),
        ),
    }
