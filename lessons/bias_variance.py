"""Bias and variance: what a penalty costs, what it saves, and where the sum is least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.data import read_design
from lessons.errors import BadInput
from lessons.knob_groups import DataKnobs
from lessons.numbers import snap
from lessons.parameters import Count, Name, Number, knob

if TYPE_CHECKING:
    from lessons.base import Array

TITLE = {
    "en": "Bias against variance",
    "ko": "편향과 분산",
}
SUMMARY = {
    "en": "Refits to new samples scatter less and miss more as lambda grows; the sum has a low",
    "ko": "λ가 커지면 적합 곡선은 덜 흩어지고 더 빗나가며, 둘의 합에는 최저점이 있습니다",
}
TAGS = ("data", "monte carlo", "generalization")
ORDER = 20

#: the feature of the shipped data that the curves run over
SHIPPED_FEATURE = {"diabetes": "bmi"}
#: degree of the smooth curve through all the data that stands for the truth
TRUTH_DEGREE = 3
#: refits that are drawn
N_DRAWN = 30


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the bias-variance lesson."""

    feature: str | None = knob(None, Name(), "column that the curves run over")
    degree: int = knob(7, Count(3, 12), "degree of the fitted polynomial")
    n_samples: int = knob(30, Count(14, 200), "rows in each sample")
    n_refits: int = knob(200, Count(30, 5000), "samples that are drawn and fitted")
    lam: float | None = knob(
        None, Number(0.0, 100.0), "penalty strength; by default the one of least error"
    )
    seed: int = knob(0, Count(0, 2**32 - 1), "seed of the samples")


@dataclass(frozen=True, kw_only=True)
class BiasVariance(Exhibit):
    """Ridge refitted to many samples at one fixed design.

    The truth is a smooth curve through all rows of the data and the noise has their spread
    about it; a sample takes the same few rows each time and draws new noise. All in standard
    deviations of the target, over the feature in its own units.

    Attributes
    ----------
    feature, target
        Names of the columns.
    x, truth
        Where curves are drawn and the true curve there, shape `(n_grid,)`.
    x_sample, y_sample, truth_sample
        The fixed rows, the first sample's targets and the true ones, shape `(n_samples,)`.
    lambdas
        Strengths in growing order, 0 first, of two digits each, shape `(n_values,)`.
    curves
        The first refits at every strength, shape `(n_values, n_drawn, n_grid)`.
    mean_curve
        Average of all refits, shape `(n_values, n_grid)`.
    bias_squared, variance, total
        In closed form, averaged over the rows; `total` adds `noise**2`; shape `(n_values,)`.
    measured, measured_error
        The same total measured on the refits, and its standard error, shape `(n_values,)`.
    noise
        Standard deviation of the noise.
    best
        Index of the least total.
    at
        Index of the still picture's strength.
    limits
        `(left, right, bottom, top)` of the plot of the curves.
    """

    feature: str
    target: str
    x: Array
    truth: Array
    x_sample: Array
    y_sample: Array
    truth_sample: Array
    lambdas: Array
    curves: Array
    mean_curve: Array
    bias_squared: Array
    variance: Array
    total: Array
    measured: Array
    measured_error: Array
    noise: float
    best: int
    at: int
    limits: tuple[float, float, float, float]


def exhibit(parameters: Parameters) -> BiasVariance:
    """Refit ridge to many samples and split its error in closed form.

    Raises
    ------
    BadInput
        If the data cannot be used or has too few rows.
    """
    feature = parameters.feature or SHIPPED_FEATURE.get(parameters.data)
    if feature is None:
        raise BadInput(f"data = {parameters.data} needs a feature named; give feature.")
    design = read_design(parameters.data, parameters.target, (feature,))
    rows, targets = design.X[:, 0], rm.standardize(design.y)
    rng = np.random.default_rng(parameters.seed)
    x_sample = _chosen_rows(rows, parameters, rng)
    x = np.linspace(x_sample.min(), x_sample.max(), 161)
    truth_at, noise = _truth(rows, targets)
    X, X_grid = _standardized_powers(x_sample, x, parameters.degree)
    lambdas = _lambdas(parameters.lam)
    bias_squared, variance = rm.ridge_bias_variance(X, truth_at(x_sample), noise, lambdas)
    total = bias_squared + variance + noise**2
    drawn = noise * rng.standard_normal((parameters.n_refits, parameters.n_samples))
    samples = truth_at(x_sample) + drawn
    fits = np.stack([_fits(X, sample, lambdas, X) for sample in samples], axis=1)
    errors = np.mean((fits - truth_at(x_sample)) ** 2, axis=2) + noise**2
    curves = np.stack([_fits(X, sample, lambdas, X_grid) for sample in samples], axis=1)
    best = int(np.argmin(total))
    still = float(lambdas[best]) if parameters.lam is None else snap(parameters.lam)
    at = int(np.flatnonzero(lambdas == still)[0])
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return BiasVariance(
        lesson="bias-variance",
        parameters=resolved | {"lam": still, "feature": feature, "target": design.target},
        points={"least-error": np.array([lambdas[best], total[best]])},
        lam={"l2": still},
        budget={},
        certificate={"kkt_residual": _residual(X, samples[0], still)},
        feature=feature,
        target=design.target,
        x=x,
        truth=truth_at(x),
        x_sample=x_sample,
        y_sample=samples[0],
        truth_sample=truth_at(x_sample),
        lambdas=lambdas,
        curves=curves[:, :N_DRAWN],
        mean_curve=curves.mean(axis=1),
        bias_squared=bias_squared,
        variance=variance,
        total=total,
        measured=errors.mean(axis=1),
        measured_error=errors.std(axis=1, ddof=1) / np.sqrt(parameters.n_refits),
        noise=noise,
        best=best,
        at=at,
        limits=_limits(x, truth_at(x), noise),
    )


def _chosen_rows(rows: Array, parameters: Parameters, rng: np.random.Generator) -> Array:
    distinct = np.unique(rows)
    if len(distinct) < parameters.n_samples:
        raise BadInput(
            f"n_samples = {parameters.n_samples} is more than the {len(distinct)} different "
            f"values of the feature; give at most {len(distinct)}."
        )
    return np.sort(rng.choice(distinct, parameters.n_samples, replace=False))


def _truth(rows: Array, targets: Array) -> tuple[np.polynomial.Polynomial, float]:
    """Return the smooth curve through all rows and the spread of the targets about it."""
    curve = np.polynomial.Polynomial.fit(rows, targets, TRUTH_DEGREE)
    return curve, float(np.std(targets - curve(rows), ddof=TRUTH_DEGREE + 1))


def _standardized_powers(x_sample: Array, x: Array, degree: int) -> tuple[Array, Array]:
    """Return powers 1 to `degree` at both, in units of their spread over the sample."""
    middle, half = (x_sample.max() + x_sample.min()) / 2.0, np.ptp(x_sample) / 2.0
    powers = np.arange(1, degree + 1)
    sample = ((x_sample - middle) / half)[:, None] ** powers
    grid = ((x - middle) / half)[:, None] ** powers
    mean, scale = sample.mean(axis=0), sample.std(axis=0)
    return (sample - mean) / scale, (grid - mean) / scale


def _lambdas(still: float | None) -> Array:
    grid = [float(f"{lam:.2g}") for lam in np.geomspace(1e-5, 10.0, 91)]
    return np.unique([0.0, *grid, *([] if still is None else [snap(still)])])


def _fits(X: Array, sample: Array, lambdas: Array, where: Array) -> Array:
    weights = rm.ridge_path(X, sample - sample.mean(), lambdas)
    fits: Array = weights @ where.T + sample.mean()
    return fits


def _residual(X: Array, sample: Array, lam: float) -> float:
    centred = sample - sample.mean()
    weights = rm.ridge_path(X, centred, np.array([lam]))[0]
    return float(rm.kkt_residual(rm.LeastSquares(X, centred), rm.L2(lam), weights))


def _limits(x: Array, truth: Array, noise: float) -> tuple[float, float, float, float]:
    low, high = float(truth.min()) - 2.0 * noise, float(truth.max()) + 2.0 * noise
    return float(x[0]), float(x[-1]), low, high
