"""What the page of `ridge-shrinkage` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.pages import principal

if TYPE_CHECKING:
    from regviz.lessons.ridge_shrinkage import RidgeShrinkage


def data(shown: RidgeShrinkage) -> dict[str, Any]:
    """Return the pair, the rows that are drawn, and the variances of all features."""
    return principal.data(shown) | {
        "scores": shown.scores,
        "variances": shown.variances,
        "ranks": shown.ranks,
        "n_rows": len(shown.pair.loss.y),
    }
