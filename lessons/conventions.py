"""Conventions: one fit, and what its strength is called in six notations.

Columns are standardized. With a target of standard deviation `s`, the lasso's strength has the
unit of the target: the paths are those at `lam` of a standardized one, and so at `s * lam`.
Ridge's has no unit, but glmnet's has, which divides the target by `s`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.by_strength import even
from regviz.lessons.conventions_told import claims, picture, story
from regviz.lessons.knob_groups import PathKnobs
from regviz.lessons.numbers import three
from regviz.lessons.parameters import Count, Number, knob
from regviz.lessons.weight_paths import BothPaths, both_paths, lasso_on, path_grid

if TYPE_CHECKING:
    from regviz.lessons.picture import Positions

__all__ = ["Conventions", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "practice"
NEEDS = ("feature-selection",)
ORDER = 280

#: strengths, rows and standard deviations of the target to move through
LAMS, ROWS, SDS = (1e-4, 1e2), (1e1, 1e5), (1e-2, 1e3)
#: steps per tenfold of a strength, and of the others; and of the share of L1
FINE, COARSE, SHARES = 20, 10, 20


@dataclass(frozen=True)
class Parameters(PathKnobs):
    """Knobs of the conventions lesson."""

    rows: int | None = knob(None, Count(2, 100_000), "rows; by default those of the data")
    sd: float = knob(1.0, Number(0.01, 1000.0), "standard deviation of the target in its unit")
    l1_ratio: float = knob(
        0.5, Number(0.0, 1.0), "share of L1 in an elastic net; the rest is L2"
    )


@dataclass(frozen=True, kw_only=True)
class Conventions(BothPaths):
    """Both paths of the data, and what a strength is called.

    Attributes
    ----------
    stops
        By driver, what it moves through, ascending: `lam`, `rows`, `sd` and `l1_ratio`.
    rests
        Positions of the parameters' own, by driver.
    own_sd
        The standard deviation of the data's target, of three digits.
    """

    stops: dict[str, rm.Array]
    rests: Positions
    own_sd: float


def exhibit(parameters: Parameters) -> Conventions:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    given = lasso_on(parameters)
    own = {
        "lam": float(np.clip(given.still, *LAMS)),
        "rows": len(given.y) if parameters.rows is None else parameters.rows,
        "sd": three(parameters.sd),
        "l1_ratio": three(parameters.l1_ratio),
    }
    stops = {
        "lam": even(*LAMS, FINE, 3),
        "rows": even(*ROWS, COARSE, 2),
        "sd": even(*SDS, COARSE, 3),
        "l1_ratio": np.arange(SHARES + 1) / SHARES,
    }
    stops = {name: np.union1d(each, own[name]) for name, each in stops.items()}
    rests = {name: int(np.searchsorted(each, own[name])) for name, each in stops.items()}
    lambdas, at = stops["lam"], rests["lam"]
    grid = path_grid(given.path, float(lambdas[0]), float(lambdas[-1]))
    return Conventions(
        lesson="conventions",
        stops=stops,
        rests=rests,
        own_sd=three(given.design.y.std()),
        **both_paths(parameters, given, lambdas, at, grid[grid <= lambdas[-1]], **own),
    )
