"""Overfitting: a flexible fit to few noisy points, and how a penalty calms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.errors import BadInput
from lessons.numbers import snap
from lessons.parameters import Choice, Count, Knobs, Number, knob

if TYPE_CHECKING:
    from lessons.base import Array

TITLE = {
    "en": "Overfitting, and the cure",
    "ko": "과적합과 그 처방",
}
SUMMARY = {
    "en": "A flexible curve chases the noise; a penalty shrinks its weights and calms it",
    "ko": "유연한 곡선은 잡음까지 쫓고, 벌점은 가중치를 줄여 곡선을 가라앉힙니다",
}
TAGS = ("fit", "generalization")
ORDER = 10


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the overfitting lesson."""

    degree: int = knob(9, Count(1, 15), "degree of the polynomial")
    n_points: int = knob(12, Count(4, 60), "number of points to fit")
    noise: float = knob(0.3, Number(0.0, 1.0), "standard deviation of the noise")
    penalty: str = knob("l2", Choice(("l1", "l2")), "penalty on the weights")
    lam: float | None = knob(
        None, Number(0.0, 100.0), "penalty strength; by default the best on new data"
    )
    seed: int = knob(3, Count(0, 2**32 - 1), "seed of the points and their noise")


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
    x, truth
        Where curves are drawn and the noiseless curve there, shape `(n_grid,)`.
    lambdas
        Strengths in growing order, 0 first, each of two digits, shape `(n_values,)`.
    fits
        Fitted curves, shape `(n_values, n_grid)`.
    weights
        Weights of the standardized powers, shape `(n_values, degree)`.
    train_error, test_error
        Mean squared error on the points; expected squared error on a new point drawn evenly
        from the same interval, noise included; shape `(n_values,)`.
    norms
        Level of the weights, which the penalty prices: L1 or L2 norm, shape `(n_values,)`.
    best
        Index of the least test error.
    at
        Index of the still picture's strength.
    limits
        `(left, right, bottom, top)` of the plot of the fit.
    """

    penalty: str
    x_train: Array
    y_train: Array
    x: Array
    truth: Array
    lambdas: Array
    fits: Array
    weights: Array
    train_error: Array
    test_error: Array
    norms: Array
    best: int
    at: int
    limits: tuple[float, float, float, float]


def exhibit(parameters: Parameters) -> Overfitting:
    """Fit the polynomial at every strength.

    Raises
    ------
    BadInput
        If there are too few points for the polynomial.
    """
    if parameters.degree >= parameters.n_points:
        raise BadInput(
            f"degree = {parameters.degree} needs more than {parameters.n_points} points; "
            f"give at most {parameters.n_points - 1}."
        )
    rng = np.random.default_rng(parameters.seed)
    x_train = _spread_points(parameters.n_points, rng)
    y_train = _truth(x_train) + parameters.noise * rng.standard_normal(parameters.n_points)
    x = np.linspace(-1.0, 1.0, 401)
    X, X_grid = _standardized_powers(x_train, x, parameters.degree)
    centred = y_train - y_train.mean()
    lambdas = _lambdas(parameters.lam)
    weights = _weights(X, centred, lambdas, parameters.penalty)
    fits = weights @ X_grid.T + y_train.mean()
    train_error = np.mean((weights @ X.T - centred) ** 2, axis=1)
    test_error = _average((fits - _truth(x)) ** 2) + parameters.noise**2
    best = int(np.argmin(test_error))
    still = lambdas[best] if parameters.lam is None else snap(parameters.lam)
    at = int(np.flatnonzero(lambdas == still)[0])
    penalty = {"l1": rm.L1, "l2": rm.L2}[parameters.penalty](float(still))
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return Overfitting(
        lesson="overfitting",
        parameters=resolved | {"lam": float(still)},
        points={"least-test-error": np.array([lambdas[best], test_error[best]])},
        lam={parameters.penalty: float(still)},
        budget={parameters.penalty: float(penalty.level(weights[at]))},
        certificate={
            "kkt_residual": float(
                rm.kkt_residual(rm.LeastSquares(X, centred), penalty, weights[at])
            )
        },
        penalty=parameters.penalty,
        x_train=x_train,
        y_train=y_train,
        x=x,
        truth=_truth(x),
        lambdas=lambdas,
        fits=fits,
        weights=weights,
        train_error=train_error,
        test_error=test_error,
        norms=penalty.level(weights),
        best=best,
        at=at,
        limits=(-1.08, 1.08, -2.2, 2.2),
    )


def _truth(x: Array) -> Array:
    truth: Array = np.sin(np.pi * x)
    return truth


def _spread_points(n_points: int, rng: np.random.Generator) -> Array:
    """Return one random point in each of `n_points` equal stretches of [-1, 1]."""
    edges = np.linspace(-1.0, 1.0, n_points + 1)[:-1]
    return edges + 2.0 / n_points * rng.uniform(0.1, 0.9, n_points)


def _standardized_powers(x_train: Array, x: Array, degree: int) -> tuple[Array, Array]:
    """Return powers 1 to `degree` at both, in units of their spread over the points."""
    powers = np.arange(1, degree + 1)
    train, grid = x_train[:, None] ** powers, x[:, None] ** powers
    mean, scale = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / scale, (grid - mean) / scale


def _lambdas(still: float | None) -> Array:
    """Return 0 and strengths from 1e-7 to 10, of two digits each."""
    grid = [float(f"{lam:.2g}") for lam in np.geomspace(1e-7, 10.0, 241)]
    return np.unique([0.0, *grid, *([] if still is None else [snap(still)])])


def _weights(X: Array, y: Array, lambdas: Array, penalty: str) -> Array:
    if penalty == "l1":
        return rm.lasso_path(X, y).at(lambdas)
    return rm.ridge_path(X, y, lambdas)


def _average(values: Array) -> Array:
    """Return the average over [-1, 1] of values on its even grid, by the trapezoid rule."""
    inner = values[:, 1:-1].sum(axis=1)
    average: Array = (inner + (values[:, 0] + values[:, -1]) / 2.0) / (values.shape[1] - 1)
    return average
