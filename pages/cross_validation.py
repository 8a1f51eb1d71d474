"""What the page of `cross-validation` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.cross_validation import DECIMALS
from regviz.lessons.cross_validation_picture import counted_at, seen
from regviz.lessons.cross_validation_said import claims
from regviz.lessons.markup import spelled

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated
    from regviz.lessons.picture import Said


def data(shown: CrossValidated) -> dict[str, Any]:
    """Return how errors change, what is chosen, and what is said of it."""
    said = [claims(shown, {"lam": 0, "split": k}) for k in range(len(shown.found))]
    rows = said[0]["foot-rows"].values
    return {
        "own": shown.penalty,
        "n": len(shown.features),
        "lambdas": shown.lambdas,
        "x": shown.where,
        "unit": 10**DECIMALS,
        "changes": shown.changes,
        "kept": shown.kept,
        "chosen": shown.chosen,
        "ends": [[each.least[1], each.tolerated] for each in shown.found],
        "view": seen(shown),
        "counts": counted_at(shown),
        "choices": [_said(each["choice"]) for each in said],
        "again": _said(said[0]["again"]),
        "rows": {**rows, "target": spelled(str(rows["target"]))},
    }


def _said(said: Said) -> tuple[str, Any]:
    return said.key.split(".", 1)[1], said.values
