"""What `weight_paths.js` needs to know of data: both penalties' paths in closed form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.weight_paths import WEAKEST

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.weight_paths import BothPaths

#: decimals of weights and what they are made of: far more than a picture shows
DECIMALS = 14


def knots(shown: BothPaths) -> tuple[Array, Array]:
    """Return the lasso's knots, and the weights there: no page asks for less than the last."""
    path = shown.lasso
    seen = slice(int((path.lambdas > WEAKEST).sum()) + 1)
    return path.lambdas[seen], path.weights[seen]


def path_numbers(shown: BothPaths) -> dict[str, Any]:
    """Return both paths of the drawn features, from the weakest strength that is asked for."""
    ridge, drawn, (lambdas, weights) = shown.ridge, list(shown.drawn), knots(shown)
    return {
        "knots": lambdas,
        "knot_weights": weights[:, drawn].round(DECIMALS),
        "spectrum": ridge.values.round(DECIMALS),
        "directions": ridge.directions[:, drawn].round(DECIMALS),
        "projections": ridge.projections.round(DECIMALS),
    }
