"""What the page of `cross-validation` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.cross_validation import DECIMALS
from regviz.lessons.cross_validation_picture import counted_at, seen
from regviz.lessons.cross_validation_said import again, known, rule
from regviz.lessons.markup import spelled
from regviz.lessons.picture import Said

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated


def data(shown: CrossValidated) -> dict[str, Any]:
    """Return the errors as whole numbers, what is chosen, and what is said of it."""
    view, told = seen(shown), known(shown)
    return {
        "own": shown.penalty,
        "n": len(shown.features),
        "lambdas": shown.lambdas,
        "x": view.x,
        "unit": 10**DECIMALS,
        "errors": (shown.errors * 10**DECIMALS).round().astype(int),
        "kept": shown.kept,
        "chosen": [shown.least, shown.rule],
        "ends": [[each.least[1], each.tolerated] for each in shown.found],
        "view": [view.near, view.cut, view.row],
        "counts": counted_at(view),
        "rules": [_said(rule(shown, split)) for split in range(len(shown.found))],
        "again": _said(again(shown)),
        "rows": [
            "claim.rows",
            {
                name: spelled(value) if isinstance(value, str) else value
                for name, value in told.items()
            },
        ],
    }


def _said(said: Said) -> tuple[str, Any]:
    return said.key.split(".", 1)[1], said.values
