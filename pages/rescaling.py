"""What the page of `rescaling` needs of its exhibit."""

from __future__ import annotations

from typing import Any

from regviz.lessons.rescaling import Rescaling, claims
from regviz.pages.still import filling


def data(shown: Rescaling) -> dict[str, Any]:
    """Return the loss of effects, the rows that are seen, and what features are called."""
    told = claims(shown, {"spread": shown.at, "std": 0})["unit"].values
    (first, mixed), (_, second) = shown.loss.hessian
    return {
        "h": [first, mixed, second],
        "c": shown.loss.center,
        "rows": shown.rows,
        "names": {name: of for name, of in filling(told).items() if name in ("one", "two")},
    }
