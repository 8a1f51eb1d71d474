"""Two worlds, one with few weights that matter and one with many: where each penalty errs less.

Both worlds have uncorrelated features, the same noise, and the same sum of squared weights, so
that without a penalty, and with L2, they cannot be told apart. Nothing is drawn at random: the
expected errors have a closed form.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: features, those of them that matter in the first world, rows, and the noise's deviation
N_FEATURES, N_FEW, N_ROWS, NOISE = 20, 2, 60, 2.0
#: strengths between which the best one is looked for, how many at once, and how often anew
WEAKEST, STRONGEST, N_TRIED, N_ROUNDS = 1e-4, 1e2, 101, 8


@dataclass(frozen=True, kw_only=True)
class World:
    """A world that data could come from.

    Attributes
    ----------
    weights
        True weights, shape `(n_features,)`.
    n_matter
        How many of them are not 0.
    error
        Expected squared error of a prediction beyond the noise: `free` without a penalty,
        `l1` and `l2` with the best strength.
    lam
        That strength, by penalty.
    """

    weights: Array
    n_matter: int
    error: dict[str, float]
    lam: dict[str, float]


def few_or_many() -> tuple[World, World]:
    """Return the world in which few weights matter, and the one in which all do."""
    few = np.zeros(N_FEATURES)
    few[:N_FEW] = 1.0
    return _world(few), _world(np.full(N_FEATURES, math.sqrt(N_FEW / N_FEATURES)))


def _world(weights: Array) -> World:
    deviation = NOISE / math.sqrt(N_ROWS)
    column = weights[:, np.newaxis]
    best = {
        "l1": _least(lambda lams: rm.lasso_risk(column, deviation, lams).sum(axis=0)),
        "l2": _least(lambda lams: rm.ridge_risk(column, deviation, lams).sum(axis=0)),
    }
    return World(
        weights=weights,
        n_matter=int(np.count_nonzero(weights)),
        error={"free": len(weights) * deviation**2}
        | {name: at[1] for name, at in best.items()},
        lam={name: at[0] for name, at in best.items()},
    )


def _least(error: Callable[[Array], Array]) -> tuple[float, float]:
    """Return the strength with the least error, and that error, by ever finer grids."""
    low, high = WEAKEST, STRONGEST
    for _ in range(N_ROUNDS):
        lams = np.geomspace(low, high, N_TRIED)
        errors = error(lams)
        at = int(errors.argmin())
        low, high = lams[max(at - 1, 0)], lams[min(at + 1, N_TRIED - 1)]
    return float(lams[at]), float(errors[at])
