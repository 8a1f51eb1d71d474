"""What the corner asks: where loss is least within each region, and what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.corner_claims import SIDES, kind_of, say
from regviz.lessons.question import Question, answers, apart, choice, guess

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner

#: what an answer may be off by, in budgets
NEAR = 0.06
#: names of what is asked of an optimum, by its case; of others nothing is
ASKED = {"corner": "corner", "edge": "edge", "smooth": "circle", "axis": "circle"}


def where(exhibit: Corner) -> list[Question]:
    """Ask where the loss is least within each region that holds something back."""
    asked = [name for name in SIDES if exhibit.sides[name].case in ASKED]
    return [_least(exhibit, name) for name in asked]


def _least(exhibit: Corner, name: str) -> Question:
    side, case = exhibit.sides[name], ASKED[exhibit.sides[name].case]
    truth, near = side.weights, NEAR * side.budget
    first, second = truth.tolist()
    seen = ("ball", "contours", "edge", "unregularized")
    return guess(
        say, case, {"first": first, "second": second},
        apart(truth, near, _often_given(exhibit, name)),
        kind="place", panel=name, sees=tuple(f"{what}-{name}" for what in seen),
        truth=truth, near=near,
    )  # fmt: skip


def _often_given(exhibit: Corner, name: str) -> dict[str, Array]:
    """Return where the least loss is often thought to be."""
    side, free = exhibit.sides[name], exhibit.loss.center
    weights, budget = side.weights, side.budget
    is_larger = np.abs(weights) == np.abs(weights).max()
    tip = np.where(is_larger, np.sign(weights) * budget, 0.0)
    tip[1:] = np.where(is_larger[0], 0.0, tip[1:])
    common = {"free": free, "nearest": side.penalty.project(free, budget)}
    if side.case != "corner":
        return {**common, "tip": tip}
    # The pull is along the edge to the side of the weight that is 0.
    toward = np.where(weights == 0.0, side.pull, weights)
    middle = 0.5 * budget * np.where(toward < 0.0, -1.0, 1.0)
    return {**common, "scaled": free * budget / side.penalty.level(free), "middle": middle}


def moves(exhibit: Corner) -> list[Question]:
    """Ask which optimum moves with the data, where the corner is not about to let go."""
    side = exhibit.sides["l1"]
    slack = side.lam - np.abs(side.pull[side.weights == 0.0])
    if kind_of(exhibit) != "contrast" or not (slack > 1e-6 * side.lam).all():
        return []
    options = answers(say, "moves", "both", "l1", "l2", "none")
    return [choice(say, "moves", options, "l2")]
