"""Two worlds, one with few weights that matter and one with many: where each penalty errs less.

Both worlds have uncorrelated features, the same noise, and the same sum of squared weights, so
that without a penalty, and with L2, they cannot be told apart. Nothing is drawn at random: the
expected errors have a closed form.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import regmath as rm
from regviz.lessons.lines import over, rows
from regviz.lessons.numbers import three, to_digits
from regviz.lessons.picture import Label, Mark, Panel
from regviz.lessons.sides import PENALTIES, Side

#: features, those of them that matter in the first world, rows, and the noise's deviation
N_FEATURES, N_FEW, N_ROWS, NOISE = 20, 2, 60, 2.0
#: strengths between which the best one is looked for, how many at once, and how often anew
WEAKEST, STRONGEST, N_TRIED, N_ROUNDS = 1e-4, 1e2, 101, 8
#: what the worlds are called
WORLDS = ("few", "many")
#: rows of errors from the top, what they are called, and how far they are seen, in lengths of
#: the longest
ROWS, LONGEST = {"free": r"$\lambda = 0$", "l1": "L1", "l2": "L2"}, 1.5


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

    weights: rm.Array
    n_matter: int
    error: dict[str, float]
    lam: dict[str, float]

    @property
    def best(self) -> str:
        """The penalty that errs less."""
        return min(PENALTIES, key=self.error.__getitem__)


def few_or_many() -> tuple[World, World]:
    """Return the world in which few weights matter, and the one in which all do."""
    few = np.zeros(N_FEATURES)
    few[:N_FEW] = 1.0
    return _world(few), _world(np.full(N_FEATURES, math.sqrt(N_FEW / N_FEATURES)))


def _world(weights: rm.Array) -> World:
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


def _least(error: Callable[[rm.Array], rm.Array]) -> tuple[float, float]:
    """Return the strength with the least error, and that error, by ever finer grids."""
    low, high = WEAKEST, STRONGEST
    for _ in range(N_ROUNDS):
        lams = np.geomspace(low, high, N_TRIED)
        errors = error(lams)
        at = int(errors.argmin())
        low, high = lams[max(at - 1, 0)], lams[min(at + 1, N_TRIED - 1)]
    return float(lams[at]), float(errors[at])


class WorldDrawn(Side):
    """True weights as upright bars, rings where they are 0, and errors as level bars.

    It is seen in the units of `both` worlds.
    """

    def __init__(self, lesson: str, name: str, both: tuple[World, World]) -> None:
        super().__init__(lesson, name)
        self.world = both[WORLDS.index(name)]
        self.highest = max(float(world.weights.max()) for world in both)
        self.longest = max(max(world.error.values()) for world in both)

    def panels(self) -> list[Panel]:
        """Return the panel of the weights and that of the errors."""
        weights, n_rows = self.world.weights, len(ROWS)
        told = {
            "n": len(weights), "matter": self.world.n_matter,
            "weight": to_digits(weights[0], 2),
            "total": three(np.square(weights).sum()),
        }  # fmt: skip
        names = dict(zip(rows(n_rows), ROWS.values(), strict=True))
        seen = [0.0, LONGEST * self.longest, 0.5, n_rows + 0.5]
        return [
            self.panel(
                "world", [0.0, len(weights) + 1.0, 0.0, 1.1 * self.highest], values=told
            ),
            self.panel("errors", seen, ({}, names), kind="bars"),
        ]

    def marks(self) -> list[Mark]:
        """Return weights and errors; of these the least of the penalties' stands out."""
        weights = self.world.weights
        ends = over(np.arange(1.0, len(weights) + 1.0), weights)
        bars, none = ends[weights != 0.0], ends[weights == 0.0]
        return [
            self.mark("weights", "world", "bar", bars),
            self.mark("none", "world", "point", none, role="muted", weight="fine",
                      look="hollow"),
            *(
                self.mark(
                    f"error-{row}", "errors", "bar", over([self.world.error[row]], [place]),
                    role="muted" if row == "free" else row,
                    look="solid" if row == self.world.best else "faint",
                )
                for row, place in zip(ROWS, rows(len(ROWS)), strict=True)
            ),
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return what the errors are."""
        return [
            self.label(f"error-{row}", "number", values={"at": f"{error:.2f}"})
            for row, error in self.world.error.items()
        ]
