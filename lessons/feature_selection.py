"""Feature selection: as lambda grows, L1 drops features one by one and L2 keeps them all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons import feature_picture, feature_story
from regviz.lessons.base import Exhibit
from regviz.lessons.data import SHIPPED, read_design
from regviz.lessons.feature_picture import PENALTIES, say
from regviz.lessons.few_or_many import World, few_or_many
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.markup import literal
from regviz.lessons.numbers import counted, snap
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Strength, knob
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import cross_validation, strength

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Picture, Positions, Said
    from regviz.lessons.story import Story

TITLE = {
    "en": "Which features survive",
    "ko": "살아남는 특성",
}
SUMMARY = {
    "en": "As lambda grows, L1 drops features one by one; L2 shrinks weights and drops none",
    "ko": "λ가 커지면 L1은 특성을 하나씩 버리고, L2는 가중치를 줄일 뿐 하나도 버리지 않습니다",
}
TAGS = ("data", "paths", "sparsity")
ORDER = 80

#: strengths per tenfold of lambda: along which it moves, and of the drawn paths
PER_DECADE, DRAWN_PER_DECADE = 120, 60
#: lambda moves from this far below the strength from which on every L1 weight is 0
BELOW = 250.0
#: the paths reach as far as lambda ever does, by its bounds
STRONGEST = 130.0
#: the weakest strength of the still picture; the axis of the curves is logarithmic
LEAST_LAM = 1e-4
#: of more features than this, those that survive longest are drawn, and fewer have a name
MOST_DRAWN, MOST_NAMED = 60, 10


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the feature-selection lesson."""

    lam: float | str | None = knob(
        None,
        Strength(0.0001, 100.0, from_data=True),
        "penalty strength of the still picture; by default L1 drops about half the features",
    )


@dataclass(frozen=True, kw_only=True)
class FeatureSelection(Exhibit):
    """Both paths over all features of a data set, standardized.

    Attributes
    ----------
    features, target
        Names of the columns.
    n_rows
        How many rows the data have.
    is_study
        Whether the data and what is predicted are those of the study that is shipped.
    knots
        Strengths at which the lasso's active set changes, descending, shape `(n_knots,)`.
    knot_weights
        Lasso weights there, shape `(n_knots, n_features)`.
    lambdas
        Strengths along which lambda moves, ascending, the still's among them, each as it is
        shown, shape `(n_values,)`.
    weights
        By penalty, shape `(n_values, n_features)`.
    n_zeros
        By penalty: how many weights are exactly 0.0, shape `(n_values,)`.
    grid
        Strengths of the drawn paths, the knots among them, whatever the still's, ascending.
    paths
        By penalty: weights there, shape `(len(grid), n_features)`.
    lambda_max
        Smallest strength from which on every lasso weight is 0.
    gone_from
        The same, rounded up to two significant digits, to be told.
    spectrum, directions, projections
        Ridge at any strength, `directions.T @ (projections / (spectrum + 2 * lam))`:
        eigenvalues of `X.T @ X / n_samples`, 0 where they are rounding, shape
        `(n_directions,)`; their eigenvectors in rows, `(n_directions, n_features)`; and
        `X.T @ y / n_samples` along them.
    order
        Features by how long they survive, longest first, shape `(n_features,)`.
    drawn, rows
        The first of `order`: those that have a path, and those of them with a bar and a name.
        What is counted is counted over all features, and a picture says how many it shows.
    survivors
        Features whose L1 weight is not 0 at the still picture's strength.
    at
        Index of the still picture's strength.
    n_folds
        Parts of the rows that are held out in turn.
    tried
        By penalty: strengths of which the error on rows held out is known, ascending, shape
        `(n_tried,)`. They go from next to none to where the two choices below are decided.
    errors
        By penalty: mean squared error in cross-validation at these strengths, in units of the
        target's variance, shape `(n_tried,)`.
    parts
        By penalty: the errors on each part, of which `errors` are the mean, shape
        `(n_folds, n_tried)`.
    least
        By penalty: the strength whose such error is least over all strengths, and the error;
        0 if no penalty does better than none, infinite if all weights 0 do best.
    tolerated
        By penalty: the least error and one standard error more.
    chosen
        By penalty: the largest strength whose error is tolerated, and the error; infinite if
        any larger one is tolerated, too, so that the rule chooses none.
    kept_at_least, kept_at_chosen
        By penalty: how many weights are not 0 at these two strengths.
    worlds
        A world in which few features matter, and one in which many do: which penalty errs
        less in each.
    """

    features: tuple[str, ...]
    target: str
    n_rows: int
    is_study: bool
    knots: Array
    knot_weights: Array
    lambdas: Array
    weights: dict[str, Array]
    n_zeros: dict[str, NDArray[np.intp]]
    grid: Array
    paths: dict[str, Array]
    lambda_max: float
    gone_from: float
    spectrum: Array
    directions: Array
    projections: Array
    order: tuple[int, ...]
    drawn: tuple[int, ...]
    rows: tuple[int, ...]
    survivors: tuple[int, ...]
    at: int
    n_folds: int
    tried: dict[str, Array]
    errors: dict[str, Array]
    parts: dict[str, Array]
    least: dict[str, tuple[float, float]]
    tolerated: dict[str, float]
    chosen: dict[str, tuple[float, float]]
    kept_at_least: dict[str, int]
    kept_at_chosen: dict[str, int]
    worlds: tuple[World, World]


def exhibit(parameters: Parameters) -> FeatureSelection:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design = read_design(parameters)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    with told_apart(design.features):
        path, ridge = rm.lasso_path(X, y), rm.ridge_fit(X, y)
        asked, by_validation = strength(parameters.lam, X, y, "l1", weakest=LEAST_LAM)
        held_out = _held_out(X, y, {"l1": path.at, "l2": ridge})
    still = _half_gone(path) if asked is None else snap(asked)
    lambdas = _lambdas(path, still)
    grid = _grid(path, float(lambdas[0]))
    order = _survival(path)
    weights = {"l1": path.at(lambdas), "l2": ridge(lambdas)}
    at = int(np.flatnonzero(lambdas == still)[0])
    n_zeros = {name: np.sum(values == 0.0, axis=1) for name, values in weights.items()}
    return FeatureSelection(
        lesson="feature-selection",
        parameters=parameters.resolved(
            lam=still, target=design.target, features=design.features
        ),
        points={f"weights-{name}": values[at] for name, values in weights.items()},
        lam={"l1": still, "l2": still},
        budget={
            "l1": float(np.abs(weights["l1"][at]).sum()),
            "l2": float(np.linalg.norm(weights["l2"][at])),
        },
        certificate={"kkt_residual": _residual(X, y, still, weights, at)},
        own_units=own_units(design, {name: values[at] for name, values in weights.items()}),
        by_validation=by_validation,
        features=design.features,
        target=design.target,
        n_rows=len(y),
        is_study=SHIPPED.get(str(parameters.data)) == design.target,
        knots=path.lambdas,
        knot_weights=path.weights,
        lambdas=lambdas,
        weights=weights,
        n_zeros=n_zeros,
        grid=grid,
        paths={"l1": path.at(grid), "l2": ridge(grid)},
        lambda_max=path.lambda_max,
        gone_from=_rounded_up(path.lambda_max),
        **_spectral(X, y),
        order=order,
        drawn=order[:MOST_DRAWN],
        rows=order[:MOST_NAMED],
        survivors=tuple(np.flatnonzero(weights["l1"][at]).tolist()),
        at=at,
        **held_out,
        worlds=few_or_many(),
        reading=design.reading,
    )


def claims(exhibit: FeatureSelection, at: Positions) -> dict[str, Said]:
    """Return what is true at these positions, and what cross-validation chooses."""
    lam, n = float(exhibit.lambdas[at["lam"]]), len(exhibit.features)
    zeros = {name: int(exhibit.n_zeros[name][at["lam"]]) for name in PENALTIES}
    said = {
        f"verdict-{name}": say(f"claim.{name}", zeros=zeros[name], n=n) for name in PENALTIES
    }
    kind = "gone" if lam >= exhibit.lambda_max else "left"
    target = literal(exhibit.target)
    said["foot-lam"] = say(f"claim.lam.{kind}", lam=lam, gone=exhibit.gone_from, target=target)
    shown = {"rows": len(exhibit.rows), "drawn": len(exhibit.drawn), "n": n}
    said["foot-drawn"] = say(f"claim.drawn.{feature_picture.shown(exhibit)}", **shown)
    for name in PENALTIES:
        said |= _choice(exhibit, name)
    return said | {"alt": say("alt", lam=lam, n=n, **zeros)}


def _choice(exhibit: FeatureSelection, name: str) -> dict[str, Said]:
    """Return what cross-validation says of a penalty: the least error, and with the rule."""
    least, rule = exhibit.least[name][0], exhibit.chosen[name][0]
    values: dict[str, float | str] = {"penalty": name.upper(), "n": len(exhibit.features)}
    if least == math.inf:
        kinds = "useless", "useless" if rule == math.inf else "bare"
    else:
        kinds = "found", "undecided" if rule == math.inf else "both"
        values |= {"least": least, "kept": exhibit.kept_at_least[name]}
    if rule < math.inf:
        values |= {"rule": rule, "left": exhibit.kept_at_chosen[name]}
    return {
        f"least-{name}": say(f"claim.least.{kinds[0]}", **values),
        f"foot-{name}": say(f"claim.choice.{kinds[1]}", **values),
    }


def picture(exhibit: FeatureSelection) -> Picture:
    """Describe the weights of both penalties as bars and paths, and what tells which to use."""
    return feature_picture.picture(exhibit)


def story(exhibit: FeatureSelection) -> Story:
    """Tell what lambda does to all weights, where each penalty errs less, and how to choose."""
    said = claims(exhibit, {"lam": exhibit.at, "fold": 0})
    return feature_story.story(exhibit, picture(exhibit), said)


def _spectral(X: Array, y: Array) -> dict[str, Any]:
    # A triangle has the singular values and directions of all the rows.
    square, rotated = rm.triangle(X, y)
    U, s, Vt = np.linalg.svd(square, full_matrices=False)
    real = s > max(X.shape) * np.finfo(float).eps * s[0]
    return {
        "spectrum": np.where(real, s * s / len(y), 0.0),
        "directions": Vt,
        "projections": np.where(real, s * (rotated @ U) / len(y), 0.0),
    }


def _residual(X: Array, y: Array, lam: float, weights: dict[str, Array], at: int) -> float:
    """Return the larger KKT residual of the two optima of the still picture."""
    loss = rm.LeastSquares(X, y)
    return max(
        float(rm.kkt_residual(loss, penalty, weights[name][at]))
        for name, penalty in (("l1", rm.L1(lam)), ("l2", rm.L2(lam)))
    )


def _held_out(X: Array, y: Array, at: Mapping[str, Callable[[Array], Array]]) -> dict[str, Any]:
    """Return the errors on rows held out, and what is chosen by them.

    `at` gives all weights at any strengths, by penalty.
    """
    found = {name: cross_validation(X, y, name) for name in PENALTIES}

    def kept(name: str, lam: float) -> int:
        """Return how many weights are not 0; at an infinite strength all are."""
        return int(np.count_nonzero(at[name](np.array([lam])))) if lam < math.inf else 0

    least = {name: each.least for name, each in found.items()}
    chosen = {name: each.one_standard_error for name, each in found.items()}
    return {
        "n_folds": len(found["l1"].errors),
        **_curves(found),
        "least": least,
        "tolerated": {name: each.tolerated for name, each in found.items()},
        "chosen": chosen,
        "kept_at_least": {name: kept(name, lam) for name, (lam, _) in least.items()},
        "kept_at_chosen": {name: kept(name, lam) for name, (lam, _) in chosen.items()},
    }


def _curves(found: dict[str, rm.CrossValidation]) -> dict[str, dict[str, Array]]:
    """Return both curves of errors; L1's goes on as far as L2's, with all weights 0."""
    tried = {name: each.lambdas for name, each in found.items()}
    parts = {name: each.errors for name, each in found.items()}
    if tried["l2"][-1] > tried["l1"][-1]:
        tried["l1"] = np.append(tried["l1"], tried["l2"][-1])
        parts["l1"] = np.column_stack([parts["l1"], found["l1"].null])
    errors = {name: each.mean(axis=0) for name, each in parts.items()}
    return {"tried": tried, "parts": parts, "errors": errors}


def _half_gone(path: rm.LassoPath) -> float:
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


def _lambdas(path: rm.LassoPath, still: float) -> Array:
    """Return the strengths along which lambda moves.

    What is shown is rounded before anything is computed from it.
    """
    bottom = min(path.lambda_max / BELOW, still / 1.5)
    top = max(2.0 * path.lambda_max, 1.25 * still)
    n_values = math.ceil(PER_DECADE * math.log10(top / bottom)) + 1
    shown = (float(counted(lam)) for lam in np.geomspace(bottom, top, n_values).tolist())
    lambdas: Array = np.unique([*shown, still])
    return lambdas


def _grid(path: rm.LassoPath, low: float) -> Array:
    """Return strengths for paths; the lasso's is no polyline against log lambda."""
    top = 2.0 * path.lambda_max
    n_values = math.ceil(DRAWN_PER_DECADE * math.log10(top / low)) + 1
    even = [*np.geomspace(low, top, n_values), *np.geomspace(top, STRONGEST, 30)]
    rounded = (float(f"{lam:.4g}") for lam in even[1:])
    grid: Array = np.unique([low, *rounded, *path.lambdas[path.lambdas > low]])
    return grid


def _rounded_up(value: float) -> float:
    """Return the least number of two significant digits that is at least `value`."""
    power = math.floor(math.log10(value)) - 1
    return float(f"{math.ceil(value / 10.0**power) * 10.0**power:.2g}")


def _survival(path: rm.LassoPath) -> tuple[int, ...]:
    """Order features by the largest strength at which they are not 0."""
    entered = np.where(path.active.any(axis=0), path.active.argmax(axis=0), len(path.lambdas))
    return tuple(np.argsort(entered, kind="stable").tolist())
