"""Dropout as a regularizer: in linear regression its average over masks is a ridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Count, Number, Strength, knob
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array, ByValidation
    from regviz.lessons.data import Design

TITLE = {
    "en": "Dropout is a ridge in disguise",
    "ko": "드롭아웃은 숨은 릿지",
}
SUMMARY = {
    "en": "Averaged over its random masks, dropout in linear regression is an L2 penalty",
    "ko": "무작위 마스크에 대해 평균하면, 선형 회귀의 드롭아웃은 L2 벌점과 같습니다",
}
TAGS = ("dropout", "monte carlo")
ORDER = 90

#: repetitions of the Monte Carlo average, to show how far it scatters
N_REPEATS = 100
#: numbers of masks per tenfold in the drawn curves
PER_DECADE = 24
#: masks that are shown, and rows of the data that they are shown for
N_MASKS, N_ROWS = 8, 12
#: contours of each loss, points of one, and the least probability of the curve, in percent
N_LEVELS = 3
CURVE_POINTS = 361
LEAST_PERCENT = 2
#: beyond this the plain loss has no single optimum that could be told from others
LARGEST_CORRELATION = 0.98
#: ridge strengths that are shown: those of keeping nearly all, and of keeping a tenth
WEAKEST, STRONGEST = 0.001, 4.5


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the dropout lesson."""

    keep: float = knob(0.5, Number(0.1, 0.95), "probability that an entry is kept")
    lam: float | str | None = knob(
        None,
        Strength(0.001, 4.5, from_data=True),
        "strength of the ridge that dropout is, in place of keep: it keeps 1 / (1 + 2 lam)",
    )
    n_masks: int = knob(1000, Count(10, 10_000), "random masks in the longest average")
    seed: int = knob(0, Count(0, 2**32 - 1), "seed of the random masks")


@dataclass(frozen=True, kw_only=True)
class Dropout(Exhibit):
    """Dropout's Monte Carlo average beside its closed form, both features standardized.

    Attributes
    ----------
    features
        Names of the two features.
    masks
        The first masks for the first rows, shape `(n_masks, n_rows, 2)`, 1.0 where an entry is
        kept.
    unregularized, closed_form
        Least-squares weights, and those of the averaged loss, shape `(2,)`.
    hessians
        Of the plain loss and of the averaged one, shape `(2, 2, 2)`.
    unit_levels, level_radii
        Contours of both losses about their optima: closed polylines where the square root of
        twice the rise is 1, shape `(2, n_points, 2)`, and the scales to draw them at,
        ascending, shape `(2, n_levels)`; the last passes through the other loss's optimum.
    curve
        Closed forms from keeping everything to keeping next to nothing, shape `(n_keeps, 2)`.
    keeps, keep_decimals
        Probabilities of keeping an entry along that curve, descending from 1, the parameter's
        own among them, shape `(n_keeps,)`; each as it is shown, with so many decimals.
    limits
        `(left, right, bottom, top)` of the weights to show.
    counts
        Numbers of masks that are averaged, ascending from 1, shape `(n_counts,)`.
    optima
        Minimizers of the sampled averages, shape `(n_repeats, n_counts, 2)`.
    reach
        Distance from the closed form within which nearly all first optima lie.
    errors
        Root mean square distance from the closed form over the repeats, `(n_counts,)`.
    error_spread
        Standard error of `errors`, `(n_counts,)`.
    theory
        What `errors` tend to as the masks grow in number: a constant, computed from the data,
        over the square root of the number, `(n_counts,)`.
    rate, rate_spread
        Slope of `log(errors)` against `log(counts)` in the upper half of the numbers, where
        theory says -1/2, and its standard error.
    """

    features: tuple[str, str]
    masks: Array
    unregularized: Array
    closed_form: Array
    hessians: Array
    unit_levels: Array
    level_radii: Array
    curve: Array
    keeps: Array
    keep_decimals: int
    limits: tuple[float, float, float, float]
    counts: NDArray[np.intp]
    optima: Array
    reach: float
    errors: Array
    error_spread: Array
    theory: Array
    rate: float
    rate_spread: float


def exhibit(parameters: Parameters) -> Dropout:
    """Compute the sampled averages and the closed form they tend to.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design = read_design(parameters, count=2)
    features = design.features
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    asked, by_validation = _strength(parameters, X, y)
    # Six decimals hold three digits of the strength.
    keep = snap(parameters.keep) if asked is None else round(1.0 / (1.0 + 2.0 * asked), 6)
    lam = (1.0 - keep) / (2.0 * keep)
    plain, averaged = _losses(design, X, y, keep)
    seeds = np.random.SeedSequence(parameters.seed).spawn(N_REPEATS)
    counts = _counts(parameters.n_masks)
    optima = np.stack(
        [
            rm.sampled_dropout_optima(X, y, keep, counts, np.random.default_rng(seed))
            for seed in seeds
        ]
    )
    distances = np.linalg.norm(optima - averaged.center, axis=-1)
    reach = float(np.quantile(distances[:, 0], 0.9))
    errors, error_spread = _root_mean_square(distances)
    rate, rate_spread = _rate(counts, distances)
    per_mask = np.trace(rm.dropout_covariance(X, y, keep))
    first = rm.dropout_masks(X.shape, keep, N_MASKS, np.random.default_rng(seeds[0]))
    keeps, keep_decimals = _keeps(keep)
    hessians = np.stack([plain.hessian, averaged.hessian])
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return Dropout(
        lesson="dropout",
        parameters=resolved
        | {"keep": keep, "lam": lam, "features": features, "target": design.target},
        points={
            "unregularized": plain.center,
            "closed-form": averaged.center,
            "monte-carlo": optima[0, -1],
        },
        lam={"l2": lam},
        budget={"l2": float(np.linalg.norm(averaged.center))},
        certificate={"kkt_residual": _residual(plain, averaged.center, keep)},
        own_units=own_units(
            design,
            {
                "unregularized": plain.center,
                "closed-form": averaged.center,
                "monte-carlo": optima[0, -1],
            },
        ),
        by_validation=by_validation,
        features=(features[0], features[1]),
        masks=first[:, :N_ROWS].astype(float),
        unregularized=plain.center,
        closed_form=averaged.center,
        hessians=hessians,
        unit_levels=np.stack([_unit_level(hessian) for hessian in hessians]),
        level_radii=_level_radii(hessians, plain.center - averaged.center),
        curve=_curve(plain, keeps),
        keeps=keeps,
        keep_decimals=keep_decimals,
        limits=_limits(plain.center, optima[:, 0][distances[:, 0] < 3.0 * reach]),
        counts=counts,
        optima=optima,
        reach=reach,
        errors=errors,
        error_spread=error_spread,
        theory=np.sqrt(per_mask / counts),
        rate=rate,
        rate_spread=rate_spread,
        reading=design.reading,
    )


def _strength(
    parameters: Parameters, X: Array, y: Array
) -> tuple[float | None, ByValidation | None]:
    """Return the ridge strength that is asked for in place of a probability."""
    if parameters.lam is not None and parameters.keep != Parameters.keep:
        raise BadInput("lam and keep are both given; one decides the other, give one.")
    asked, by = strength(parameters.lam, X, y, "l2", weakest=WEAKEST)
    if asked is not None and asked > STRONGEST:
        raise BadInput(
            f"lam = {parameters.lam} comes to {asked:g} on these data, which would keep less "
            f"than a tenth of the entries; give a number up to {STRONGEST:g}."
        )
    return asked, by


def _losses(
    design: Design, X: Array, y: Array, keep: float
) -> tuple[rm.LeastSquares, rm.Quadratic]:
    """Return the plain loss and the averaged one, or say why there is nothing to show."""
    first, second = design.features
    plain = rm.LeastSquares(X, y)
    correlation = float(plain.hessian[0, 1])
    if abs(correlation) > LARGEST_CORRELATION:
        raise BadInput(
            f"features {first} and {second} correlate {correlation:.3f}; "
            f"give two that correlate at most {LARGEST_CORRELATION}."
        )
    return plain, rm.dropout_quadratic(X, y, keep)


def _counts(n_masks: int) -> NDArray[np.intp]:
    """Return whole numbers from 1 to `n_masks`, evenly on a logarithmic scale."""
    n_values = int(PER_DECADE * np.log10(n_masks)) + 1
    return np.unique(np.geomspace(1, n_masks, n_values).round().astype(int))


def _root_mean_square(distances: Array) -> tuple[Array, Array]:
    """Return the root mean square over the repeats, and its standard error."""
    squares = distances**2
    errors: Array = np.sqrt(np.mean(squares, axis=0, dtype=np.float64))
    spread = squares.std(axis=0, ddof=1) / np.sqrt(len(squares)) / (2.0 * errors)
    return errors, spread


def _rate(counts: NDArray[np.intp], distances: Array) -> tuple[float, float]:
    """Return the slope on log-log axes over the larger numbers, and its standard error.

    One repeat's distances at all numbers of masks hang together, so the standard error is
    the jackknife's over whole repeats.
    """
    late = counts >= np.sqrt(counts[-1])
    squares = distances[:, late] ** 2
    n_repeats = len(squares)
    left_out = (squares.sum(axis=0) - squares) / (n_repeats - 1)
    steps = np.log(counts[late]) - np.log(counts[late]).mean()
    slopes = 0.5 * np.log(left_out) @ steps / (steps @ steps)
    whole = float(0.5 * np.log(squares.mean(axis=0)) @ steps / (steps @ steps))
    return whole, float(np.sqrt((n_repeats - 1) * slopes.var()))


def _unit_level(hessian: Array) -> Array:
    """Return the closed curve on which `d.T @ hessian @ d` is 1."""
    angles = np.linspace(0.0, 2.0 * np.pi, CURVE_POINTS)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    circle[-1] = circle[0]
    return np.asarray(circle @ np.linalg.inv(np.linalg.cholesky(hessian)), dtype=np.float64)


def _level_radii(hessians: Array, apart: Array) -> Array:
    """Return scales of contours: each loss's last passes through the other's optimum."""
    through = np.sqrt(np.einsum("i,kij,j->k", apart, hessians, apart))
    return np.outer(through, np.arange(1, N_LEVELS + 1) / N_LEVELS)


def _keeps(keep: float) -> tuple[Array, int]:
    """Return probabilities from 1 down, and the digits behind the point that show them."""
    decimals = max(2, len(f"{keep:.12f}".rstrip("0")) - 2)
    steps = np.arange(100, LEAST_PERCENT - 1, -1) / 100.0
    return np.unique([*steps, keep])[::-1], decimals


def _curve(plain: rm.LeastSquares, keeps: Array) -> Array:
    """Return the averaged loss's optimum from keeping every entry to keeping few."""
    scales = np.diag(np.diag(plain.hessian))
    shrunk = plain.hessian + ((1.0 - keeps) / keeps)[:, None, None] * scales
    moment = -plain.gradient(np.zeros(plain.n_weights))
    curve = np.linalg.solve(shrunk, np.broadcast_to(moment, (len(keeps), 2))[..., None])
    return np.asarray(curve[..., 0], dtype=np.float64)


def _limits(unregularized: Array, first: Array) -> tuple[float, float, float, float]:
    """Return limits that hold the origin, both optima and a cloud of first optima."""
    points = np.vstack([np.zeros(2), unregularized, first])
    low, high = points.min(axis=0), points.max(axis=0)
    # A plane with equal scales needs some height, however close to an axis the optimum is.
    half = np.maximum(0.6 * (high - low), 0.2 * np.max(high - low))
    (left, bottom), (right, top) = (low + high) / 2 - half, (low + high) / 2 + half
    return float(left), float(right), float(bottom), float(top)


def _residual(plain: rm.LeastSquares, weights: Array, keep: float) -> float:
    """Return how far `weights` are from minimizing the loss plus the scaled ridge.

    A share of the largest slope at 0, as in :func:`regmath.kkt_residual`.
    """
    scales = np.diag(plain.hessian)
    slope = plain.gradient(weights) + (1.0 - keep) / keep * scales * weights
    at_zero = plain.gradient(np.zeros(plain.n_weights))
    return float(np.linalg.norm(slope) / np.abs(at_zero).max())
