"""The weights of data under penalties that grow: what lessons about paths compute."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.by_strength import ByStrength, at_strength, tenfolded
from regviz.lessons.data import read_design
from regviz.lessons.fitted import OfFeatures, certified, of_features
from regviz.lessons.numbers import counted, snap, to_digits
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import ByValidation
    from regviz.lessons.data import Design
    from regviz.lessons.knob_groups import PathKnobs

#: strengths per tenfold of lambda: along which it moves, and of the drawn paths
PER_DECADE, DRAWN_PER_DECADE = 120, 60
#: lambda moves from this far below the strength from which on every L1 weight is 0
BELOW = 250.0
#: the weakest strength of the still picture, as it may be asked for
WEAKEST = 1e-4
#: of more features than this, those that survive longest are drawn, and fewer have a name
MOST_DRAWN, MOST_NAMED = 60, 10


@dataclass(frozen=True, kw_only=True)
class WeightPaths(ByStrength, OfFeatures):
    """The weights of all features of a data set over lambda, by penalty.

    Attributes
    ----------
    weights
        By penalty, shape `(n_values, n_features)`. The first penalty is the one that drops.
    grid, paths
        Strengths of the drawn paths, whatever the still's, ascending, and by penalty the
        weights there, shape `(len(grid), n_features)`.
    order
        Features by how long they survive, longest first, shape `(n_features,)`.
    """

    weights: dict[str, rm.Array]
    grid: rm.Array
    paths: dict[str, rm.Array]
    order: tuple[int, ...]

    @cached_property
    def n_zeros(self) -> dict[str, NDArray[np.intp]]:
        """By penalty: how many weights are exactly 0.0, shape `(n_values,)`."""
        return {name: np.sum(each == 0.0, axis=1) for name, each in self.weights.items()}

    @property
    def drawn(self) -> tuple[int, ...]:
        """The features that have a path: what is counted is counted over all of them."""
        return self.order[:MOST_DRAWN]

    @property
    def rows(self) -> tuple[int, ...]:
        """Those of them with a bar and a name."""
        return self.order[:MOST_NAMED]

    @property
    def survivors(self) -> tuple[int, ...]:
        """Features that the first penalty keeps at the still picture's strength."""
        first = next(iter(self.weights.values()))
        return tuple(np.flatnonzero(first[self.at]).tolist())

    @property
    def extent(self) -> str:
        """Whether `all` features are named, or all drawn and some `named`, or only `some`."""
        if len(self.drawn) < len(self.features):
            return "some"
        return "named" if len(self.rows) < len(self.features) else "all"


@dataclass(frozen=True, kw_only=True)
class BothPaths(WeightPaths):
    """The weights of both penalties, at any strength.

    Attributes
    ----------
    lasso, ridge
        L1's path with all its knots, and what L2's is at any strength.
    """

    lasso: rm.LassoPath
    ridge: Spectrum


class LassoOn(NamedTuple):
    """Data, their features and target standardized, and the lasso's path on them.

    Attributes
    ----------
    still, by_validation
        The strength that is asked for, else one at which half of all have a weight, and how
        cross-validation chose it, if it did.
    """

    design: Design
    X: rm.Array
    y: rm.Array
    path: rm.LassoPath
    still: float
    by_validation: ByValidation | None


def lasso_on(asked: PathKnobs) -> LassoOn:
    """Return the lasso's path on a lecturer's data, and the strength that is asked for.

    Raises
    ------
    BadInput
        If the data cannot be used, or do not decide a rule.
    """
    design = read_design(asked)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    with told_apart(design.features):
        path = rm.lasso_path(X, y)
        chosen, by_validation = strength(asked.lam, X, y, "l1", weakest=WEAKEST)
    still = half_gone(path) if chosen is None else snap(chosen)
    return LassoOn(design, X, y, path, still, by_validation)


def both_paths(
    asked: PathKnobs, given: LassoOn, lambdas: rm.Array, at: int, grid: rm.Array, **used: object
) -> dict[str, Any]:
    """Return the fields of :class:`BothPaths`; `used` are values of other parameters."""
    design, X, y, lasso, *_ = given
    lam = float(lambdas[at])
    fits = {"l1": lasso.at, "l2": rm.ridge_fit(X, y)}
    penalties: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(lam), "l2": rm.L2(lam)}
    weights, loss = {name: fit(lambdas) for name, fit in fits.items()}, rm.LeastSquares(X, y)
    optima = {name: each[at] for name, each in weights.items()}
    return {
        **of_features(asked, design, optima, **used),
        "points": {f"weights-{name}": each for name, each in optima.items()},
        **at_strength(lambdas, at, fits),
        "by_validation": given.by_validation,
        "budget": {name: float(penalties[name].level(each)) for name, each in optima.items()},
        "certificate": certified(*((loss, penalties[n], each) for n, each in optima.items())),
        "weights": weights,
        "grid": grid,
        "paths": {name: fit(grid) for name, fit in fits.items()},
        "order": survival(lasso),
        "lasso": lasso,
        "ridge": spectrum(X, y),
    }  # fmt: skip


class Spectrum(NamedTuple):
    """Ridge at any strength, `directions.T @ (projections / (values + 2 * lam))`.

    Attributes
    ----------
    values
        Eigenvalues of `X.T @ X / n_samples`, 0 where they are rounding, shape
        `(n_directions,)`.
    directions
        Their eigenvectors in rows, shape `(n_directions, n_features)`.
    projections
        `X.T @ y / n_samples` along them, shape `(n_directions,)`.
    """

    values: rm.Array
    directions: rm.Array
    projections: rm.Array


def spectrum(X: rm.Array, y: rm.Array) -> Spectrum:
    """Return ridge's decomposition of these data."""
    # A triangle has the singular values and directions of all the rows.
    square, rotated = rm.triangle(X, y)
    U, s, Vt = np.linalg.svd(square, full_matrices=False)
    real = s > max(X.shape) * np.finfo(float).eps * s[0]
    along = np.where(real, s * (rotated @ U) / len(y), 0.0)
    return Spectrum(np.where(real, s * s / len(y), 0.0), Vt, along)


def half_gone(path: rm.LassoPath) -> float:
    """Return a strength of few digits where half of the features that ever enter are gone."""
    n_active = path.active.sum(axis=1)
    # The last piece ends at 0; a quarter of its upper end stands in for that.
    low = np.maximum(path.lambdas[1:], path.lambdas[:-1] / 4.0)
    width = np.log(path.lambdas[:-1] / low)
    # Of the pieces with that many features the widest, which survives rounding best.
    nearest = np.abs(n_active - n_active.max() / 2.0)
    piece = int(np.lexsort((-width, -n_active, nearest))[0])
    wanted = math.sqrt(path.lambdas[piece] * low[piece])
    rounded = (float(f"{wanted:.{digits}g}") for digits in range(1, 18))
    return next(lam for lam in rounded if low[piece] < lam < path.lambdas[piece])


def strengths(path: rm.LassoPath, still: float) -> rm.Array:
    """Return the strengths along which lambda moves, that of the still among them.

    What is shown is rounded before anything is computed from it.
    """
    bottom = min(path.lambda_max / BELOW, still / 1.5)
    top = max(2.0 * path.lambda_max, 1.25 * still)
    shown = [float(counted(lam)) for lam in tenfolded(bottom, top, PER_DECADE)]
    return np.unique([*shown, still])


def path_grid(path: rm.LassoPath, low: float, strongest: float) -> rm.Array:
    """Return strengths for paths; the lasso's is no polyline against log lambda.

    Beyond those where it ends there are few.
    """
    top = 2.0 * path.lambda_max
    even = [*tenfolded(low, top, DRAWN_PER_DECADE)[1:], *np.geomspace(top, strongest, 30)]
    rounded = [to_digits(lam, 4) for lam in even]
    return np.unique([low, *rounded, *path.lambdas[path.lambdas > low]])


def survival(path: rm.LassoPath | rm.ElasticNetPath) -> tuple[int, ...]:
    """Order features by the largest strength at which they are not 0."""
    active = path.signs != 0
    entered = np.where(active.any(axis=0), active.argmax(axis=0), len(path.lambdas))
    return tuple(np.argsort(entered, kind="stable").tolist())
