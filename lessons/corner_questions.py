"""What the corner asks and sets: where loss is least, what moves it, and the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.corner_claims import SIDES, kind_of, say
from regviz.lessons.corner_picture import knobs
from regviz.lessons.question import Question, answers, apart, choice, guess
from regviz.lessons.task import Task

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


def task(exhibit: Corner) -> Task | None:
    """Set the task to let L1 keep both weights or, where it does, to let it drop one."""
    wanted = "corner" if exhibit.sides["l1"].case in ("edge", "free") else "edge"
    driver, loss, shape = exhibit.driver, exhibit.loss, rm.L1(1.0)
    tried = knobs(exhibit)[driver]
    tried = tried[tried > 0.0]
    if driver == "lam":
        optima = rm.penalized_optima(loss, shape, tried)
    else:
        found = rm.constrained_optimum(loss, shape, tried)
        optima = found.weights[found.multiplier > 0.0]
    if not ((optima == 0.0).sum(axis=-1) == ("edge", "corner").index(wanted)).any():
        return None
    return Task(
        said=say(f"task.{wanted}.{driver}"),
        done=say(f"task.{wanted}.done"),
        moves=(driver,),
        claims={"verdict-l1": wanted},
    )
