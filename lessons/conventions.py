"""Conventions: one fit, and what its strength is called in four notations.

Columns are standardized. With a target of standard deviation `s`, the lasso's strength has the
unit of the target: the paths are those at `lam` of a standardized one, and so at `s * lam`.
Ridge's has no unit, but glmnet's has, which divides the target by `s`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.conventions_picture import picture
from regviz.lessons.conventions_said import claims
from regviz.lessons.conventions_story import story
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import snap, three
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Count, Number, Strength, knob
from regviz.lessons.sides import PENALTIES
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import strength
from regviz.lessons.weight_paths import (
    Spectrum,
    WeightPaths,
    half_gone,
    path_grid,
    spectrum,
    survival,
)

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Conventions", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "practice"
NEEDS = ("feature-selection",)
ORDER = 280

#: strengths, rows and standard deviations of the target to move through, in powers of ten
LAMS, ROWS, SDS = (-4, 2), (1, 5), (-2, 3)
#: steps per tenfold of a strength, and of the others
FINE, COARSE = 20, 10


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the conventions lesson."""

    lam: float | str | None = knob(
        None,
        Strength(0.0001, 100.0, from_data=True),
        "penalty strength for a standardized target; by default L1 drops about half of all",
    )
    rows: int | None = knob(None, Count(2, 100_000), "rows; by default those of the data")
    sd: float = knob(1.0, Number(0.01, 1000.0), "standard deviation of the target in its unit")


@dataclass(frozen=True, kw_only=True)
class Conventions(WeightPaths):
    """Both paths of the data, and what a strength is called.

    Attributes
    ----------
    lasso, ridge
        L1's path with all its knots, and what L2's is at any strength.
    rows, sds
        Numbers of rows and standard deviations of the target to convert for, ascending.
    rests
        Positions of the parameters' own, by driver.
    own_sd
        The standard deviation of the data's target, of three digits.
    """

    lasso: rm.LassoPath
    ridge: Spectrum
    n_values: Array
    sds: Array
    rests: dict[str, int]
    own_sd: float

    def factor(self, convention: str, penalty: str, by: tuple[str, ...]) -> Array:
        """Return what a strength of a standardized target is multiplied by.

        It has an axis for each driver in `by`, of `rows` and `sd`; others rest.
        """
        drivers = {"rows": self.n_values, "sd": self.sds}
        rows, sds = (
            each if name in by else each[self.rests[name], None]
            for name, each in drivers.items()
        )
        found = _factors(convention, penalty, tuple(rows.tolist()), tuple(sds.tolist()))
        return found.reshape([len(drivers[name]) for name in by])


@lru_cache(maxsize=32)
def _factors(
    convention: str, penalty: str, rows: tuple[float, ...], sds: tuple[float, ...]
) -> Array:
    """Return what strengths are multiplied by, shape `(n_rows, n_sds)`."""
    convert = partial(rm.convert, penalty=penalty, source="source", target=convention)
    return np.array([
        [convert(sd if penalty == "l1" else 1.0, n_samples=int(n), target_scale=sd)
         for sd in sds]
        for n in rows
    ])  # fmt: skip


def exhibit(parameters: Parameters) -> Conventions:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design = read_design(parameters)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    with told_apart(design.features):
        lasso, fits = rm.lasso_path(X, y), {"l1": rm.lasso_fit(X, y), "l2": rm.ridge_fit(X, y)}
        asked, by_validation = strength(parameters.lam, X, y, "l1", weakest=10.0 ** LAMS[0])
    lam = half_gone(lasso) if asked is None else snap(asked)
    lambdas, at = _steps(LAMS, FINE, min(max(lam, 10.0 ** LAMS[0]), 10.0 ** LAMS[1]))
    own_rows = len(y) if parameters.rows is None else parameters.rows
    rows, at_rows = _steps(ROWS, COARSE, own_rows, whole=True)
    sds, at_sd = _steps(SDS, COARSE, three(parameters.sd))
    grid = path_grid(lasso, float(lambdas[0]), float(lambdas[-1]))
    still = float(lambdas[at])
    weights = {name: fit(lambdas) for name, fit in fits.items()}
    optima = {name: each[at] for name, each in weights.items()}
    loss = rm.LeastSquares(X, y)
    residuals = [rm.kkt_residual(loss, shape(still), optima[name])
                 for name, shape in (("l1", rm.L1), ("l2", rm.L2))]  # fmt: skip
    return Conventions(
        lesson="conventions",
        parameters=parameters.resolved(
            lam=still,
            rows=own_rows,
            sd=float(sds[at_sd]),
            target=design.target,
            features=design.features,
        ),
        points={f"weights-{name}": each for name, each in optima.items()},
        lam=dict.fromkeys(PENALTIES, still),
        certificate={"kkt_residual": max(map(float, residuals))},
        own_units=own_units(design, optima),
        by_validation=by_validation,
        reading=design.reading,
        features=design.features,
        target=design.target,
        n_rows=len(y),
        lambdas=lambdas,
        at=at,
        weights=weights,
        grid=grid[grid <= lambdas[-1]],
        paths={name: fit(grid[grid <= lambdas[-1]]) for name, fit in fits.items()},
        order=survival(lasso),
        lasso=lasso,
        ridge=spectrum(X, y),
        n_values=rows,
        sds=sds,
        rests={"rows": at_rows, "sd": at_sd},
        own_sd=float(f"{design.y.std():.3g}"),
    )


def _steps(
    ends: tuple[int, int], per_decade: int, own: float, *, whole: bool = False
) -> tuple[Array, int]:
    """Return values of few digits between powers of ten, with one's own, and where that is."""
    low, high = ends
    even = np.logspace(low, high, per_decade * (high - low) + 1).tolist()
    told = [float(f"{value:.{2 if whole else 3}g}") for value in even]
    values = np.unique([*told, own])
    return values, int(np.searchsorted(values, own))
