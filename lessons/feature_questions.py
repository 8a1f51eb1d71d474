"""What feature selection asks: which weights become 0, what it says, and where L1 is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.names import literal_names
from regviz.lessons.numbers import three
from regviz.lessons.question import Question

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.lessons.story import Voice


def before(exhibit: FeatureSelection, say: Voice) -> list[Question]:
    """Ask which weights become exactly 0, where that is L1's and no other."""
    l1, l2 = exhibit.n_zeros["l1"], exhibit.n_zeros["l2"]
    if l1[-1] <= l1[0] or l2.any():
        return []
    return [say.choice("zeros", "l1", ("both", "l1", "none"), panel="bars-l1",
                       sees=("bars-l1", "tips-l1"), at={"lam": 0})]  # fmt: skip


def after(exhibit: FeatureSelection, say: Voice) -> list[Question]:
    """Ask what it says that L1 drops a named feature which it would keep if that were alone.

    A single standardized feature is kept up to a strength of its correlation's size.
    """
    ridge, lam = exhibit.ridge, exhibit.lam["l1"]
    own = ridge.directions.T @ ridge.projections
    l1 = exhibit.weights["l1"][exhibit.at]
    named = np.isin(np.arange(len(own)), exhibit.rows)
    most = int(np.argmax(np.where(named & (l1 == 0.0), np.abs(own), 0.0)))
    correlation = three(float(own[most]))
    if not named[most] or l1[most] != 0.0 or abs(correlation) <= lam:
        return []
    feature, target = (
        literal_names([name])[0] for name in (exhibit.features[most], exhibit.target)
    )
    told: dict[str, float | str] = {
        "feature": feature, "target": target, "lam": lam, "own": correlation,
    }  # fmt: skip
    return [say.choice("dropped", "price", ("useless", "price", "cause"), told, panel="bars-l1",
                       sees=("bars-l1", "tips-l1", "rings-l1"),
                       at={"lam": exhibit.at})]  # fmt: skip


def worlds_apart(exhibit: FeatureSelection, say: Voice) -> Question:
    """Ask in which of two worlds L1 errs less than L2."""
    few, many = (world.best == "l1" for world in exhibit.worlds)
    names = {(True, False): "few", (False, True): "many", (True, True): "both"}
    return say.choice("worlds", names[few, many], (*names.values(),), panel="world-few",
                      beside=("world-many",))  # fmt: skip
