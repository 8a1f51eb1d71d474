"""Feature selection: as lambda grows, L1 drops features one by one and L2 keeps them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.data import read_design
from lessons.knob_groups import DataKnobs
from lessons.numbers import snap
from lessons.parameters import Number, knob

if TYPE_CHECKING:
    from lessons.base import Array

TITLE = {
    "en": "Which features survive",
    "ko": "살아남는 특성",
}
SUMMARY = {
    "en": "As lambda grows, L1 drops features one by one; L2 shrinks them all and drops none",
    "ko": "λ가 커지면 L1은 특성을 하나씩 버리고, L2는 모두 줄일 뿐 하나도 버리지 않습니다",
}
TAGS = ("data", "paths", "sparsity")
ORDER = 80

#: strengths per tenfold of lambda in the drawn curves
PER_DECADE = 120


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the feature-selection lesson."""

    lam: float | None = knob(
        None, Number(0.0, 1000.0), "penalty strength; by default half the features are gone"
    )


@dataclass(frozen=True, kw_only=True)
class FeatureSelection(Exhibit):
    """Both paths over all features of a data set, standardized.

    Attributes
    ----------
    features, target
        Names of the columns.
    knots
        Strengths at which the lasso's active set changes, descending, shape `(n_knots,)`.
    knot_weights
        Lasso weights there, shape `(n_knots, n_features)`.
    lambdas
        Strengths of the drawn curves, ascending, the knots and the still's among them, shape
        `(n_values,)`; the curves run over two and a half tenfolds below `lambda_max`.
    weights
        By penalty, shape `(n_values, n_features)`.
    n_zeros
        By penalty: how many weights are exactly 0.0, shape `(n_values,)`.
    lambda_max
        Smallest strength at which every lasso weight is 0.
    spectrum, directions, along
        Ridge at any strength, `directions.T @ (along / (spectrum + 2 * lam))`: eigenvalues of
        `X.T @ X / n_samples`, 0 where they are rounding, shape `(n_directions,)`; their
        eigenvectors in rows, `(n_directions, n_features)`; `X.T @ y / n_samples` along them.
    order
        Features by how long they survive, longest first, shape `(n_features,)`.
    at
        Index of the still picture's strength.
    """

    features: tuple[str, ...]
    target: str
    knots: Array
    knot_weights: Array
    lambdas: Array
    weights: dict[str, Array]
    n_zeros: dict[str, Array]
    lambda_max: float
    spectrum: Array
    directions: Array
    along: Array
    order: tuple[int, ...]
    at: int


def exhibit(parameters: Parameters) -> FeatureSelection:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design = read_design(parameters.data, parameters.target)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    path = rm.lasso_path(X, y)
    largest = float(path.lambdas[0])
    still = snap(parameters.lam) if parameters.lam is not None else _half_gone(path)
    lambdas = _lambdas(path, still)
    weights = {"l1": path.at(lambdas), "l2": rm.ridge_path(X, y, lambdas)}
    at = int(np.flatnonzero(lambdas == still)[0])
    loss = rm.LeastSquares(X, y)
    residual = max(
        float(rm.kkt_residual(loss, penalty, weights[name][at]))
        for name, penalty in (("l1", rm.L1(still)), ("l2", rm.L2(still)))
    )
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return FeatureSelection(
        lesson="feature-selection",
        parameters=resolved
        | {"lam": still, "target": design.target, "features": design.features},
        points={"weights-l1": weights["l1"][at], "weights-l2": weights["l2"][at]},
        lam={"l1": still, "l2": still},
        budget={
            "l1": float(np.abs(weights["l1"][at]).sum()),
            "l2": float(np.linalg.norm(weights["l2"][at])),
        },
        certificate={"kkt_residual": residual},
        features=design.features,
        target=design.target,
        knots=path.lambdas,
        knot_weights=path.weights,
        lambdas=lambdas,
        weights=weights,
        n_zeros={name: np.sum(values == 0.0, axis=1) for name, values in weights.items()},
        lambda_max=largest,
        **_spectral(X, y),
        order=_survival(path),
        at=at,
    )


def _spectral(X: Array, y: Array) -> dict[str, Array]:
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    real = s > max(X.shape) * np.finfo(float).eps * s[0]
    return {
        "spectrum": np.where(real, s * s / len(y), 0.0),
        "directions": Vt,
        "along": np.where(real, s * (y @ U) / len(y), 0.0),
    }


def _half_gone(path: rm.LassoPath) -> float:
    """Return a strength of few digits at which about half the lasso weights are 0."""
    n_features = path.weights.shape[1]
    survivors = np.count_nonzero(path.weights, axis=1)
    knot = int(np.argmax(survivors > n_features // 2))
    wanted = float(path.lambdas[max(knot, 1) - 1 : max(knot, 1) + 1].mean())
    return float(f"{wanted:.2g}")


def _lambdas(path: rm.LassoPath, still: float) -> Array:
    top = 2.0 * float(path.lambdas[0])
    bottom = min(top / 1000.0, still) if still > 0.0 else top / 1000.0
    n_values = int(PER_DECADE * np.log10(top / bottom)) + 1
    knots = path.lambdas[path.lambdas > bottom]
    return np.unique(np.concatenate([np.geomspace(bottom, top, n_values), knots, [still]]))


def _survival(path: rm.LassoPath) -> tuple[int, ...]:
    """Order features by the largest strength at which they are not 0."""
    alive = path.weights != 0.0
    entered = np.where(alive.any(axis=0), alive.argmax(axis=0), len(alive))
    return tuple(np.argsort(entered, kind="stable").tolist())
