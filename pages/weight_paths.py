"""What `weight_paths.js` needs to know of data: both penalties' paths in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import regmath as rm
    from regviz.lessons.weight_paths import Spectrum

#: decimals of weights and what they are made of: far more than a picture shows
DECIMALS = 14


def path_numbers(
    path: rm.LassoPath, ridge: Spectrum, drawn: Sequence[int], weakest: float
) -> dict[str, Any]:
    """Return both paths of the drawn features, from the weakest strength that is asked for."""
    seen = slice(int((path.lambdas > weakest).sum()) + 1)
    features = list(drawn)
    return {
        "knots": path.lambdas[seen],
        "knot_weights": path.weights[seen][:, features].round(DECIMALS),
        "spectrum": ridge.values.round(DECIMALS),
        "directions": ridge.directions[:, features].round(DECIMALS),
        "projections": ridge.projections.round(DECIMALS),
    }
