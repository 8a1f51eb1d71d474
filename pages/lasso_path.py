"""What the page of `lasso-path` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.lasso_path import DECIMALS
from regviz.lessons.lasso_path_told import drop_told, names, picture
from regviz.lessons.markup import spelled
from regviz.pages.still import filling, still

if TYPE_CHECKING:
    from regviz.lessons.lasso_path import LassoPaths


def data(shown: LassoPaths) -> dict[str, Any]:
    """Return the path and its correlations at the knots, and what no strength changes."""
    described, order, drop = picture(shown), list(shown.order), shown.drop
    return {
        "turns": shown.turns,
        "weights": shown.path.at(shown.turns)[:, order].round(DECIMALS),
        "pulls": shown.pulls.at(shown.turns)[:, order],
        "scales": shown.scales,
        "named": len(shown.named),
        "n": len(shown.features),
        "degrees": shown.degrees,
        "names": [spelled(names(shown)[feature]) for feature in order],
        "low": shown.low,
        "heights": {
            panel.name.removeprefix("paths-"): panel.limits[2:]
            for panel in described.panels
            if panel.name.startswith("paths-")
        },
        "drop": drop and {
            "feature": order.index(drop.feature), "entered": drop.entered, "left": drop.left,
            "told": filling(drop_told(shown)),
        },
        "still": still(
            described,
            {},
            besides=("path-", "drop-", "rest-", "knots-", "pull", "begun", "flat"),
            moved=described.says,
        ),
    }  # fmt: skip
