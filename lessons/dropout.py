"""Dropout as a regularizer: in linear regression its average over masks is a ridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.data import SHIPPED_PLANES, read_design
from lessons.errors import BadInput
from lessons.knob_groups import DataKnobs
from lessons.parameters import Count, Names, Number, knob

if TYPE_CHECKING:
    from lessons.base import Array

TITLE = {
    "en": "Dropout is a ridge in disguise",
    "ko": "드롭아웃은 숨은 릿지",
}
SUMMARY = {
    "en": "Averaged over its random masks, dropout in linear regression is an L2 penalty",
    "ko": "무작위 마스크에 대해 평균하면, 선형 회귀의 드롭아웃은 L2 규제입니다",
}
TAGS = ("dropout", "monte carlo")
ORDER = 90

#: repetitions of the Monte Carlo average, to show how far it scatters
N_REPEATS = 40


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the dropout lesson."""

    features: tuple[str, str] | None = knob(None, Names(2), "the two features")
    keep: float = knob(0.5, Number(0.1, 0.95), "probability that an entry is kept")
    n_masks: int = knob(1000, Count(10, 10_000), "random masks in the longest average")
    seed: int = knob(0, Count(0, 2**32 - 1), "seed of the random masks")


@dataclass(frozen=True, kw_only=True)
class Dropout(Exhibit):
    """Dropout's Monte Carlo average beside its closed form.

    Attributes
    ----------
    features
        Names of the two features.
    mask
        The first mask for the first rows, shape `(n_rows, 2)`, 1.0 where an entry is kept.
    unregularized, closed_form
        Least-squares weights, and those of the averaged loss, shape `(2,)`.
    hessians
        Of the plain loss and of the averaged one, shape `(2, 2, 2)`.
    counts
        Numbers of masks that are averaged, ascending, shape `(n_counts,)`.
    optima
        Minimizers of the sampled averages, shape `(n_repeats, n_counts, 2)`.
    errors
        Root mean square distance from the closed form over the repeats, `(n_counts,)`, and
        the standard error of its square root, `(n_counts,)`.
    error_spread
        Standard error of `errors`.
    rate
        Slope of `log(errors)` against `log(counts)`; the theory says -1/2.
    """

    features: tuple[str, str]
    mask: Array
    unregularized: Array
    closed_form: Array
    hessians: Array
    counts: Array
    optima: Array
    errors: Array
    error_spread: Array
    rate: float


def exhibit(parameters: Parameters) -> Dropout:
    """Compute the sampled averages and the closed form they tend to.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    features = parameters.features or SHIPPED_PLANES.get(parameters.data)
    if features is None:
        raise BadInput(f"data = {parameters.data} needs two features named; give features A,B.")
    design = read_design(parameters.data, parameters.target, features)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    plain = rm.LeastSquares(X, y).quadratic()
    averaged = rm.dropout_quadratic(X, y, parameters.keep)
    seeds = np.random.SeedSequence(parameters.seed).spawn(N_REPEATS)
    generators = [np.random.default_rng(seed) for seed in seeds]
    counts = np.unique(np.geomspace(1, parameters.n_masks, 25).round().astype(int))
    counts = counts[counts >= 4]
    optima = np.stack(
        [
            rm.sampled_dropout_optima(X, y, parameters.keep, parameters.n_masks, rng)[
                counts - 1
            ]
            for rng in generators
        ]
    )
    squares = np.sum((optima - averaged.center) ** 2, axis=-1)
    errors = np.sqrt(squares.mean(axis=0))
    rate = float(np.polyfit(np.log(counts), np.log(errors), 1)[0])
    first = np.random.default_rng(seeds[0])
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return Dropout(
        lesson="dropout",
        parameters=resolved | {"features": features, "target": design.target},
        points={
            "unregularized": plain.center,
            "closed-form": averaged.center,
            "monte-carlo": optima[0, -1],
        },
        lam={"l2": (1.0 - parameters.keep) / (2.0 * parameters.keep)},
        budget={"l2": float(np.linalg.norm(averaged.center))},
        certificate={"kkt_residual": _residual(plain, averaged.center, parameters.keep)},
        features=(features[0], features[1]),
        mask=(first.random(X.shape) < parameters.keep)[:8].astype(float),
        unregularized=plain.center,
        closed_form=averaged.center,
        hessians=np.stack([plain.hessian, averaged.hessian]),
        counts=counts,
        optima=optima,
        errors=errors,
        error_spread=squares.std(axis=0, ddof=1) / np.sqrt(N_REPEATS) / (2.0 * errors),
        rate=rate,
    )


def _residual(plain: rm.Quadratic, weights: Array, keep: float) -> float:
    """Return how far `weights` are from minimizing the loss plus the scaled ridge."""
    scales = np.diag(plain.hessian)
    slope = plain.gradient(weights) + (1.0 - keep) / keep * scales * weights
    return float(np.linalg.norm(slope))
