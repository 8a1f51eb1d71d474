"""What the page of `cross-validation` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.cross_validation import DECIMALS, claims, picture, sides
from regviz.pages.still import claimed, still

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated


def data(shown: CrossValidated) -> dict[str, Any]:
    """Return how errors change, what is chosen, and what is said of it."""
    said = [claims(shown, {"lam": 0, "split": k}) for k in range(len(shown.found))]
    # In units of their last decimal, each less the one before: short numbers.
    whole = (shown.errors * 10**DECIMALS).round().astype(int)
    changes = whole.copy()
    changes[..., 1:] -= whole[..., :-1]
    return {
        "n": len(shown.features),
        "lambdas": shown.lambdas,
        "x": shown.where,
        "unit": 10**DECIMALS,
        "changes": changes,
        "kept": shown.kept,
        "chosen": shown.chosen,
        "ends": [[each.least[1], each.tolerated] for each in shown.found],
        "view": [*sides(shown), *shown.seen[:2]],
        "choices": [claimed(each["choice"]) for each in said],
        "still": still(picture(shown), said[0], moved=("verdict", "error", "choice")),
    }
