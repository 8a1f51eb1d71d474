"""Overfitting: a flexible fit to few noisy points, and how a penalty calms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.parameters import Choice, Count, Knobs, Number, Strength, knob
from regviz.lessons.polynomials import standardized_powers, still_index, strengths, verdict
from regviz.lessons.told_apart import powers_told_apart

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "Overfitting, and the cure",
    "ko": "과적합과 그 처방",
}
SUMMARY = {
    "en": "A flexible curve chases the noise; a penalty shrinks its weights and calms it",
    "ko": "유연한 곡선은 잡음까지 쫓고, 규제는 가중치를 줄여 곡선을 가라앉힙니다",
}
TAGS = ("fit", "generalization")
ORDER = 10

#: the weakest penalty beside none: hardly different from none
WEAKEST = 1e-8
PENALTIES: dict[str, type[rm.L1] | type[rm.L2]] = {"l1": rm.L1, "l2": rm.L2}
#: new points that are shown; the test error is the average over all there could be
N_NEW = 24
#: how far a wild fit widens its plot at most, in heights of what is calm
WILD = 0.6


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the overfitting lesson."""

    degree: int = knob(9, Count(1, 12), "degree of the polynomial")
    n_points: int = knob(12, Count(4, 60), "number of points to fit")
    noise: float = knob(0.3, Number(0.0, 1.0), "standard deviation of the noise")
    penalty: str = knob("l2", Choice(("l1", "l2")), "penalty on the weights")
    lam: float | None = knob(
        None, Strength(0.0, 100.0), "penalty strength; by default the best on new data"
    )
    seed: int = knob(36, Count(0, 2**32 - 1), "seed of the points and their noise")


@dataclass(frozen=True, kw_only=True)
class Overfitting(Exhibit):
    """A polynomial fitted at many strengths of one penalty.

    The loss is the mean squared error over 2, on standardized powers of `x` and a centred
    target, so the penalty leaves the constant term alone.

    Attributes
    ----------
    penalty
        `l1` or `l2`.
    x_train, y_train
        The points, shape `(n_points,)`.
    x_new, y_new
        Some of the points that the test error is about, shape `(N_NEW,)`.
    x, truth
        Where curves are drawn and the noiseless curve there, shape `(n_grid,)`.
    lambdas
        Strengths in growing order, 0 first, shape `(n_values,)`; each as it is shown.
    fits
        Fitted curves, shape `(n_values, n_grid)`.
    weights
        Weights of the standardized powers, shape `(n_values, degree)`.
    height
        The constant term, which no penalty touches: the fit where all weights are 0.
    fitted
        The fits at the points, shape `(n_values, n_points)`.
    train_error, test_error
        Mean squared error on the points; expected squared error on a new point drawn evenly
        from the same interval, noise included; shape `(n_values,)`.
    norms
        Level of the weights, which the penalty prices: L1 or L2 norm, shape `(n_values,)`.
    sums
        What lambda multiplies: the sum of the weights, signs dropped, or of their squares;
        shape `(n_values,)`.
    best
        Index of the least test error.
    case
        Where that lies, in the words of :func:`regviz.lessons.polynomials.verdict`.
    at
        Index of the still picture's strength.
    limits
        `(left, right, bottom, top)` of the plot of the fit; without a penalty it may leave it.
    error_limit
        Top of the plot of the errors; without a penalty they may lie above it.
    """

    penalty: str
    x_train: Array
    y_train: Array
    x_new: Array
    y_new: Array
    x: Array
    truth: Array
    lambdas: Array
    fits: Array
    weights: Array
    height: float
    fitted: Array
    train_error: Array
    test_error: Array
    norms: Array
    sums: Array
    best: int
    case: str
    at: int
    limits: tuple[float, float, float, float]
    error_limit: float


def exhibit(parameters: Parameters) -> Overfitting:
    """Fit the polynomial at every strength.

    Raises
    ------
    BadInput
        If there are too few points for the polynomial.
    """
    rng = np.random.default_rng(parameters.seed)
    x_train, y_train = _points(parameters, rng)
    x_new = rng.uniform(-1.0, 1.0, N_NEW)
    x = np.linspace(-1.0, 1.0, 401)
    X, X_grid = standardized_powers(x_train, x, parameters.degree)
    height = float(y_train.mean())
    centred = y_train - height
    lambdas = strengths(WEAKEST, parameters.lam)
    with powers_told_apart(parameters.degree):
        weights = _weights(X, centred, lambdas, parameters.penalty)
    fits = weights @ X_grid.T + height
    fitted = weights @ X.T + height
    train_error = np.mean((fitted - y_train) ** 2, axis=1)
    test_error = _average((fits - _truth(x)) ** 2) + parameters.noise**2
    best = int(np.argmin(test_error))
    at = still_index(lambdas, parameters.lam, best)
    still = float(lambdas[at])
    penalty = PENALTIES[parameters.penalty](still)
    loss = rm.LeastSquares(X, centred)
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return Overfitting(
        lesson="overfitting",
        parameters=resolved | {"lam": still},
        points={"least-test-error": np.array([lambdas[best], test_error[best]])},
        lam={parameters.penalty: still},
        budget={parameters.penalty: float(penalty.level(weights[at]))},
        certificate={"kkt_residual": float(rm.kkt_residual(loss, penalty, weights[at]))},
        penalty=parameters.penalty,
        x_train=x_train,
        y_train=y_train,
        x_new=x_new,
        y_new=_truth(x_new) + parameters.noise * rng.standard_normal(N_NEW),
        x=x,
        truth=_truth(x),
        lambdas=lambdas,
        fits=fits,
        weights=weights,
        height=height,
        fitted=fitted,
        train_error=train_error,
        test_error=test_error,
        norms=penalty.level(weights),
        sums=PENALTIES[parameters.penalty](1.0).value(weights),
        best=best,
        case=verdict(test_error, best),
        at=at,
        limits=_limits(x, fits, y_train),
        error_limit=_error_limit(train_error, test_error),
    )


def _points(parameters: Parameters, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return noisy points of the truth, one in each of as many equal stretches of [-1, 1]."""
    count = parameters.n_points
    if parameters.degree >= count:
        raise BadInput(
            f"degree = {parameters.degree} needs more than {count} points; "
            f"give at most {count - 1}."
        )
    edges = np.linspace(-1.0, 1.0, count + 1)[:-1]
    x = edges + 2.0 / count * rng.uniform(0.1, 0.9, count)
    return x, _truth(x) + parameters.noise * rng.standard_normal(count)


def _truth(x: Array) -> Array:
    truth: Array = np.sin(np.pi * x)
    return truth


def _weights(X: Array, y: Array, lambdas: Array, penalty: str) -> Array:
    if penalty == "l2":
        return rm.ridge_path(X, y, lambdas)
    weights = rm.lasso_path(X, y).at(lambdas)
    # High powers are nearly collinear: only singular values tell them apart without a penalty.
    weights[0] = rm.ridge_path(X, y, lambdas[:1])[0]
    return weights


def _average(values: Array) -> Array:
    """Return the average over [-1, 1] of values on its even grid, by the trapezoid rule."""
    inner = values[:, 1:-1].sum(axis=1)
    average: Array = (inner + (values[:, 0] + values[:, -1]) / 2.0) / (values.shape[1] - 1)
    return average


def _limits(x: Array, fits: Array, y_train: Array) -> tuple[float, float, float, float]:
    """Return limits that hold the truth and the points, and what a wild fit adds, in reason."""
    calm = np.concatenate([_truth(x), y_train])
    low, high = float(calm.min()), float(calm.max())
    room = WILD * (high - low)
    bottom = max(low - room, min(low, float(fits[0].min())))
    top = min(high + room, max(high, float(fits[0].max())))
    air = 0.05 * (top - bottom)
    return -1.04, 1.04, bottom - air, top + air


def _error_limit(train_error: Array, test_error: Array) -> float:
    """Return a limit that holds the errors under a penalty, and without one, in reason."""
    most = max(float(train_error[-1]), float(test_error[-1]))
    return 1.1 * max(most, min(float(test_error[0]), 2.0 * most))
