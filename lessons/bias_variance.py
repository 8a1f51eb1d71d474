"""Bias and variance: what a penalty costs, what it saves, and where the sum is least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit, OwnUnits
from regviz.lessons.data import Design, read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.parameters import Count, Strength, knob
from regviz.lessons.polynomials import standardized_powers, still_index, strengths, verdict
from regviz.lessons.told_apart import powers_told_apart
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array

TITLE = {
    "en": "Bias against variance",
    "ko": "편향과 분산",
}
SUMMARY = {
    "en": "Refits to new samples scatter less and miss more as lambda grows; the sum has a low",
    "ko": "λ가 커지면 적합 곡선은 덜 흩어지고 더 빗나가며, 둘의 합은 그 사이에서 가장 작습니다",
}
TAGS = ("data", "monte carlo", "generalization")
ORDER = 20

#: the weakest penalty beside none
WEAKEST = 1e-6
#: degree of the smooth curve through all the data that stands for the truth
TRUTH_DEGREE = 3
#: refits that are drawn
N_DRAWN = 30
#: the error is measured at every so many strengths
MEASURED_EVERY = 15
#: targets, in their standard deviations, that differ less from the truth hold no noise
LEAST_NOISE = 1e-6
#: rows in a sample at least; more than the highest degree needs
FEWEST = 14


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the bias-variance lesson."""

    degree: int = knob(9, Count(3, 12), "degree of the fitted polynomial")
    n_samples: int = knob(16, Count(14, 200), "rows in each sample")
    n_refits: int = knob(200, Count(30, 1000), "samples that are drawn and fitted")
    lam: float | str | None = knob(
        None,
        Strength(0.0, 100.0, from_data=True),
        "penalty strength; by default the one of least error; cv sees the first sample alone",
    )
    seed: int = knob(30, Count(0, 2**32 - 1), "seed of the samples")


@dataclass(frozen=True, kw_only=True)
class BiasVariance(Exhibit):
    """Ridge refitted to many samples at one fixed design.

    The truth is a smooth curve through all rows of the data, and the noise has their spread
    about it; every sample has the same few rows and new noise. Targets are in standard
    deviations, the feature is in its own units.

    Attributes
    ----------
    feature, target
        Names of the columns.
    x, truth
        Where curves are drawn and the true curve there, shape `(n_grid,)`.
    x_sample, y_sample, truth_sample
        The fixed rows, the first sample's targets and the true ones, shape `(n_samples,)`.
    lambdas
        Strengths in growing order, 0 first, shape `(n_values,)`; each as it is shown.
    curves
        The first refits at every strength, shape `(n_values, n_drawn, n_grid)`.
    mean_curve
        The average over all samples there could be, shape `(n_values, n_grid)`.
    bias_squared, variance, total
        In closed form, averaged over the rows; `total` adds `noise**2`; shape `(n_values,)`.
    measured_at
        Indices of the strengths at which the total is measured, shape `(n_measured,)`.
    measured, measured_error
        Mean squared error of all refits on new targets at the same rows, and the standard
        error of that mean, shape `(n_measured,)`.
    noise
        Standard deviation of the noise.
    best
        Index of the least total.
    case
        Where that lies, in the words of :func:`regviz.lessons.polynomials.verdict`.
    at
        Index of the still picture's strength.
    limits
        `(left, right, bottom, top)` of the plot of the curves; wild ones leave it.
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
    measured_at: NDArray[np.intp]
    measured: Array
    measured_error: Array
    noise: float
    best: int
    case: str
    at: int
    limits: tuple[float, float, float, float]


def exhibit(parameters: Parameters) -> BiasVariance:
    """Refit ridge to many samples and split its error in closed form.

    Raises
    ------
    BadInput
        If the data cannot be used or has too few rows.
    """
    design = read_design(parameters, count=1)
    rng = np.random.default_rng(parameters.seed)
    x_sample = _chosen_rows(design, parameters.n_samples, rng)
    truth_at, noise = _truth(design)
    x = np.linspace(x_sample[0], x_sample[-1], 201)
    X, X_grid = standardized_powers(x_sample, x, parameters.degree)
    drawn = rng.standard_normal((2, parameters.n_refits, parameters.n_samples))
    samples, new = truth_at(x_sample) + noise * drawn
    with powers_told_apart(parameters.degree):
        asked, by_validation = strength(parameters.lam, X, samples[0], "l2")
        lambdas = strengths(WEAKEST, asked)
        refits = _Refits(X, lambdas)
    bias_squared, variance = rm.ridge_bias_variance(X, truth_at(x_sample), noise, lambdas)
    total = bias_squared + variance + noise**2
    best = int(np.argmin(total))
    measured_at = _measured_at(len(lambdas), best)
    measured, measured_error = refits.measured(samples, new, measured_at)
    at = still_index(lambdas, asked, best)
    still = float(lambdas[at])
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return BiasVariance(
        lesson="bias-variance",
        parameters=resolved
        | {
            "lam": still,
            "features": design.features,
            "feature": design.features[0],
            "target": design.target,
        },
        points={"least-error": np.array([lambdas[best], total[best]])},
        lam={"l2": still},
        budget={},
        certificate={"kkt_residual": _residual(X, samples[0], still)},
        own_units={"l2": _own_units(design, x_sample, samples[0], parameters.degree, still)},
        by_validation=by_validation,
        feature=design.features[0],
        target=design.target,
        x=x,
        truth=truth_at(x),
        x_sample=x_sample,
        y_sample=samples[0],
        truth_sample=truth_at(x_sample),
        lambdas=lambdas,
        curves=refits.curves(samples[:N_DRAWN], X_grid),
        # The fit is linear in the targets: the average fit is the fit to the average.
        mean_curve=refits.curves(truth_at(x_sample)[None], X_grid)[:, 0],
        bias_squared=bias_squared,
        variance=variance,
        total=total,
        measured_at=measured_at,
        measured=measured,
        measured_error=measured_error,
        noise=noise,
        best=best,
        case=verdict(total, best),
        at=at,
        limits=_limits(x, truth_at(x), samples[0], noise),
        reading=design.reading,
    )


def _chosen_rows(design: Design, count: int, rng: np.random.Generator) -> Array:
    """Return one value of the feature out of each of `count` groups of neighbours, in order."""
    distinct, feature = np.unique(design.X), design.features[0]
    if len(distinct) < FEWEST:
        raise BadInput(
            f"feature {feature!r} has {len(distinct)} different values; "
            f"choose a feature that has at least {FEWEST}."
        )
    if len(distinct) < count:
        raise BadInput(
            f"n_samples = {count} is more than the {len(distinct)} different values of "
            f"{feature!r}; give at most {len(distinct)}."
        )
    return np.array([rng.choice(group) for group in np.array_split(distinct, count)])


def _truth(design: Design) -> tuple[np.polynomial.Polynomial, float]:
    """Return the smooth curve through all rows and the spread of the targets about it."""
    rows, targets = design.X[:, 0], rm.standardize(design.y)
    curve = np.polynomial.Polynomial.fit(rows, targets, TRUTH_DEGREE)
    noise = float(np.std(targets - curve(rows), ddof=TRUTH_DEGREE + 1))
    if noise < LEAST_NOISE:
        raise BadInput(
            f"feature {design.features[0]!r} predicts {design.target!r} without any noise; "
            "choose another feature, so that samples differ."
        )
    return curve, noise


def _measured_at(n_values: int, best: int) -> NDArray[np.intp]:
    """Return evenly spaced strengths, the nearest to the best one moved onto it."""
    last = n_values - 1
    at = np.append(np.arange(0, last, MEASURED_EVERY), last)
    if 0 < best < last:
        between = at[1:-1]
        between[np.argmin(np.abs(between - best))] = best
    return at


class _Refits:
    """Ridge at every strength for any number of targets, from a few paths.

    Ridge is linear in the targets and sees only their part in the span of the columns, so the
    paths for a basis of that span give all others.
    """

    def __init__(self, X: Array, lambdas: Array) -> None:
        self._X = X
        self._basis = np.linalg.qr(X)[0]
        #: weights for each vector of the basis, shape `(n_basis, n_values, degree)`
        self._paths = np.stack([rm.ridge_path(X, e, lambdas) for e in self._basis.T])

    def curves(
        self, samples: Array, X: Array, at: NDArray[np.intp] | slice = slice(None)
    ) -> Array:
        """Return the fits to samples `(n_refits, n_samples)` where the features are `X`.

        Shape `(n_values, n_refits, n_rows of X)`, at all strengths or some.
        """
        means = samples.mean(axis=1, keepdims=True)
        parts = (samples - means) @ self._basis
        fits: Array = parts @ (self._paths[:, at] @ X.T).transpose(1, 0, 2) + means
        return fits

    def measured(self, samples: Array, new: Array, at: NDArray[np.intp]) -> tuple[Array, Array]:
        """Return the mean squared error on new targets, and its standard error."""
        errors = np.stack(
            [
                np.mean((self.curves(samples, self._X, at[[index]])[0] - new) ** 2, axis=1)
                for index in range(len(at))
            ]
        )
        return errors.mean(axis=1), errors.std(axis=1, ddof=1) / np.sqrt(len(samples))


def _own_units(
    design: Design, x_sample: Array, sample: Array, degree: int, lam: float
) -> OwnUnits:
    """Return the first sample's fit as a polynomial of the feature between -1 and 1.

    In powers of the feature itself the weights of a high degree would be rounding.
    """
    low, high = float(x_sample[0]), float(x_sample[-1])
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    powers = ((x_sample[:, None] - middle) / half) ** np.arange(1, degree + 1)
    centred = sample - sample.mean()
    weights = rm.ridge_path(rm.standardize(powers), centred, np.array([lam]))[0]
    targets = design.y.mean() + design.y.std() * sample
    own, intercept = rm.unstandardize(weights / sample.std(), powers, targets)
    terms = ["u", *(f"u^{power}" for power in range(2, degree + 1))]
    return OwnUnits(
        target=design.target,
        intercept=float(intercept),
        weights=dict(zip(terms, own.tolist(), strict=True)),
        rescaled={"u": {"feature": design.features[0], "center": middle, "scale": half}},
    )


def _residual(X: Array, sample: Array, lam: float) -> float:
    centred = sample - sample.mean()
    weights = rm.ridge_path(X, centred, np.array([lam]))[0]
    return float(rm.kkt_residual(rm.LeastSquares(X, centred), rm.L2(lam), weights))


def _limits(
    x: Array, truth: Array, sample: Array, noise: float
) -> tuple[float, float, float, float]:
    """Return limits that hold the truth and one sample; wild fits leave them."""
    low = min(float(truth.min()) - noise, float(sample.min()))
    high = max(float(truth.max()) + noise, float(sample.max()))
    air = 0.05 * (high - low)
    return float(x[0]), float(x[-1]), low - air, high + air
