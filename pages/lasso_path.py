"""What the page of `lasso-path` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.lasso_path import DECIMALS
from regviz.lessons.lasso_path_claims import drop_told, names
from regviz.lessons.lasso_path_picture import axes, picture
from regviz.lessons.markup import spelled
from regviz.pages.still import still

if TYPE_CHECKING:
    from regviz.lessons.lasso_path import LassoPaths


def data(shown: LassoPaths) -> dict[str, Any]:
    """Return the path and its correlations at the knots, and what no strength changes."""
    described, order = picture(shown), list(shown.order)
    return {
        "knots": shown.path.lambdas,
        "weights": shown.path.weights[:, order].round(DECIMALS),
        "pulls": shown.pulls.weights[:, order],
        "named": len(shown.named),
        "n": len(shown.features),
        "ratios": shown.ratio(shown.path.lambdas),
        "degrees": shown.degrees,
        "names": [spelled(names(shown)[feature]) for feature in order],
        "top": shown.top,
        "low": shown.low,
        "heights": {axis.name: (axis.low, axis.high) for axis in axes(shown)},
        "drop": None if shown.drop is None else order.index(shown.drop.feature),
        "turns": None if shown.drop is None else [shown.drop.entered, shown.drop.left],
        "told": {
            name: spelled(each) if isinstance(each, str) else each
            for name, each in drop_told(shown).items()
        },
        "still": still(
            described,
            {},
            besides=("path-", "drop-", "rest-", "knots-", "pull", "begun", "flat"),
            moved=described.says,
        ),
    }
