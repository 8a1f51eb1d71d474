"""Bias and variance: what a penalty costs, what it saves, and where the sum is least."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import swept
from regviz.lessons.bias_variance_told import N_DRAWN, claims, say, story
from regviz.lessons.data import read_design
from regviz.lessons.draws import Draws
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import band, joined, over, upright, with_air
from regviz.lessons.parameters import Count, Strength, knob
from regviz.lessons.picture import Mark, Picture
from regviz.lessons.polynomials import standardized_powers
from regviz.lessons.smooth_truth import SmoothTruth, smooth_truth
from regviz.lessons.swept import Swept
from regviz.lessons.told_apart import powers_told_apart
from regviz.lessons.validation import strength

__all__ = ["BiasVariance", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "fit"
NEEDS = ("overfitting",)
ORDER = 20

#: the weakest penalty beside none
WEAKEST = 1e-6
#: how many points drawn refits have
N_GRID = 101
#: the error is measured at every so many strengths
MEASURED_EVERY = 15
#: standard errors that a whisker reaches to either side; height of the errors' plot, in theirs
WHISKERS, ROOM = 2.0, 1.16
#: steps of the grid at its ends where no bracket stands; a bias that is less, in standard
#: deviations of the target, has none
EDGE, FLAT = 8, 0.01
#: how fits are drawn of which there are many
THIN: dict[str, Any] = {"weight": "fine", "look": "faint"}
#: where along them marks are named, each by the sentence of the same name or by another's
SPOTS = {
    "truth": (0.8, 0.7, 0.9, 0.6, 0.3), "mean": (0.3, 0.2, 0.4, 0.7), "bracket": (0.5, 0.4, 0.6)
}  # fmt: skip
#: what a page shows before it is guided: all but what the story needs for a while
FREE = (
    *("refits", "spread", "truth", "mean", "bracket", "first", "noise", "whiskers", "measured"),
    *swept.freely("bias", "variance", "test"),
)


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the bias-variance lesson."""

    degree: int = knob(9, Count(3, 12), "degree of the fitted polynomial")
    n_samples: int = knob(16, Count(14, 200), "rows in each sample")
    n_refits: int = knob(200, Count(30, 1000), "samples that are drawn and fitted")
    lam: float | str | None = knob(
        None,
        Strength(0.0, 10.0, from_data=True),
        "penalty strength; by default the one of least error; cv sees the first sample alone",
    )
    seed: int = knob(129, Count(0, 2**32 - 1), "seed of the samples")


@dataclass(frozen=True, kw_only=True)
class BiasVariance(Swept):
    """Ridge refitted to many samples at one fixed design.

    The error that is judged is the total: squared bias, variance and the noise's.

    Attributes
    ----------
    x, truth
        Where curves are drawn and the true curve there, shape `(n_grid,)`.
    curves
        The first refits at every strength, shape `(n_values, n_drawn, n_grid)`.
    mean_curve, spread
        The average over all samples there could be and their standard deviation, shape
        `(n_values, n_grid)`.
    world
        The smooth truth, and the rows that all samples have; each has new noise.
    sample
        The first sample's points, shape `(n_samples, 2)`.
    bias_squared, variance
        In closed form, averaged over the rows, shape `(n_values,)`.
    measured_at
        Indices of the strengths at which the total is measured, shape `(n_measured,)`.
    measured, measured_error
        Mean squared error of all refits on new targets at the same rows, and the standard
        error of that mean, shape `(n_measured,)`.
    """

    x: rm.Array
    truth: rm.Array
    curves: rm.Array
    mean_curve: rm.Array
    spread: rm.Array
    world: SmoothTruth
    sample: rm.Array
    bias_squared: rm.Array
    variance: rm.Array
    measured_at: NDArray[np.intp]
    measured: rm.Array
    measured_error: rm.Array

    @property
    def noise(self) -> float:
        """The error that no fit can avoid: the noise's mean square."""
        return self.world.noise**2


def exhibit(parameters: Parameters) -> BiasVariance:
    """Refit ridge to many samples and split its error in closed form.

    Raises
    ------
    BadInput
        If the data cannot be used or has too few rows.
    """
    design = read_design(parameters, count=1)
    world = smooth_truth(design, parameters.n_samples)
    x, truth = world.grid(N_GRID), world.curve(world.rows)
    X, X_grid = standardized_powers(world.rows, x, parameters.degree)
    drawn = Draws(parameters.seed).normal(2, parameters.n_refits, parameters.n_samples)
    samples, new = truth + world.noise * drawn
    centred = samples[0] - samples[0].mean()
    with powers_told_apart(parameters.degree):
        asked, by_validation = strength(parameters.lam, X, samples[0], "l2")
        lambdas, tried = swept.strengths(WEAKEST, asked)
        refits = rm.RidgeRefits(X, lambdas)
    bias_squared, variance = rm.ridge_bias_variance(X, truth, world.noise, lambdas)
    total = bias_squared + variance + world.noise**2
    best = swept.best_of(total, tried)
    measured_at = tried[_measured_at(len(tried), int(np.searchsorted(tried, best)))]
    measured, measured_error = refits.errors(samples, new, measured_at)
    found = swept.judged("l2", lambdas, tried, total, asked)
    still = found["lam"]["l2"]
    weights = rm.ridge_path(X, centred, [still])[0]
    used = {"lam": still, "feature": design.features[0]}
    return BiasVariance(
        lesson="bias-variance",
        **found,
        **of_data(parameters, design, **used)
        | {"own_units": {"l2": world.own_units(samples[0], weights)}},
        certificate=certified((rm.LeastSquares(X, centred), rm.L2(still), weights)),
        by_validation=by_validation,
        x=x,
        truth=world.curve(x),
        curves=refits.fits(samples[:N_DRAWN], X_grid),
        # The fit is linear in the targets: the average fit is the fit to the average.
        mean_curve=refits.fits(truth[None], X_grid)[:, 0],
        spread=world.noise * refits.deviation(X_grid),
        world=world,
        sample=over(world.rows, samples[0]),
        bias_squared=bias_squared,
        variance=variance,
        measured_at=measured_at,
        measured=measured,
        measured_error=measured_error,
    )


def _measured_at(n_values: int, best: int) -> NDArray[np.intp]:
    """Return evenly spaced strengths, the nearest to the best one moved onto it."""
    last = n_values - 1
    at = np.append(np.arange(0, last, MEASURED_EVERY), last)
    if 0 < best < last:
        between = at[1:-1]
        between[np.argmin(np.abs(between - best))] = best
    return at


# ---- what there is to see


def picture(exhibit: BiasVariance) -> Picture:
    """Describe the refits about the truth, and the parts of their error over the strength."""
    panels = _panels(exhibit)
    return Picture(
        panels=panels,
        marks=(*_fits(exhibit), *_errors(exhibit, panels[-1].limits[3])),
        labels=(
            *(say.label(name, *spots) for name, spots in SPOTS.items()),
            say.label("free-mean", *SPOTS["mean"], name="mean"),
            say.label("spread", 0.2, 0.1, 0.3, 0.4, 0.15),
            say.label("noise", 0.3, 0.2, 0.4, 0.5),
            say.label("test", 0.3, 0.2, 0.4, 0.15, 0.5),
            say.label("bias-free", name="bias"),
            say.label("variance-free", name="variance"),
            say.label("stack-bias", 0.97, 0.95, 0.93, name="bias", inside=True),
            say.label("stack-variance", 0.1, 0.15, 0.2, 0.06, name="variance", inside=True),
            say.label("best"),
        ),
        drivers=(
            exhibit.driver(exhibit.where.round(2)),
            parts.Driver("refits", np.arange(1.0, N_DRAWN + 1.0), N_DRAWN - 1),
        ),
        readouts=(exhibit.readout("l2"),),
        free=FREE,
        knobs={"degree": np.arange(3.0, 13.0)},
        presets={
            "wild": {"degree": 12, "lam": 0.0},
            "stiff": {"lam": swept.STRONGEST},
            "cubic": {"degree": 3, "lam": 0.0},
        },
        says=("verdict", "parts", "total", "least"),
    )


def _fits(exhibit: BiasVariance) -> tuple[Mark, ...]:
    """Return curves at the strength, and beside those without a penalty."""
    fits, x, truth = _accumulated(exhibit), exhibit.x, over(exhibit.x, exhibit.truth)
    free, mean = over(x, exhibit.curves[0, 0]), over(x, exhibit.mean_curve)
    low, high = exhibit.mean_curve - exhibit.spread, exhibit.mean_curve + exhibit.spread
    return (
        Mark("rows", "fits", "point", "data", exhibit.world.data, **THIN),
        Mark("free", "fits", "line", "loss", fits[0], ("refits",), **THIN),
        Mark("refits", "fits", "line", "l2", fits, ("lam", "refits"), **THIN),
        Mark("spread", "fits", "band", "variance", band(x, low, high), ("lam",)),
        Mark("truth", "fits", "line", "muted", truth, weight="strong"),
        Mark("mean", "fits", "line", "l2", mean, ("lam",), weight="strong"),
        Mark("bracket", "fits", "line", "bias", _brackets(exhibit), ("lam",)),
        Mark("fit", "fits", "line", "loss", free),
        Mark("free-mean", "fits", "line", "loss", mean[0], weight="strong"),
        Mark("sample", "fits", "point", "data", exhibit.sample),
        Mark("first", "fits", "point", "data", exhibit.sample, **THIN),
    )


def _accumulated(exhibit: BiasVariance) -> rm.Array:
    """Return the first refit, the first two and so on, each as one line with breaks.

    Shape `(n_values, n_drawn, n_rows, 2)`, the last curve first; all are windows on one
    array, where rows of NaN follow the curves.
    """
    rows = joined(over(exhibit.x, exhibit.curves[:, ::-1]))
    size = rows.shape[1]
    rows = np.pad(rows, ((0, 0), (0, size), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(rows, size, axis=1)
    return windows[:, : size : len(exhibit.x) + 1][:, ::-1].swapaxes(2, 3)


def _brackets(exhibit: BiasVariance) -> rm.Array:
    """Return brackets from the truth to the means, where the strongest penalty misses most.

    One that would be flat is not there.
    """
    inner = slice(EDGE, len(exhibit.x) - EDGE)
    off = np.abs(exhibit.mean_curve[exhibit.tried[-1]] - exhibit.truth)
    at = EDGE + int(off[inner].argmax())
    mean = exhibit.mean_curve[:, at, None]
    truth, half = np.full_like(mean, exhibit.truth[at]), exhibit.x[EDGE // 2] - exhibit.x[0]
    wide = exhibit.x[at] + half * np.array([-1.0, 1.0])
    stem = over(exhibit.x[at], np.concatenate([truth, mean], axis=1))
    lines = np.stack([over(wide, truth), stem, over(wide, mean)], axis=1)
    lines[np.abs(mean - truth)[:, 0] < FLAT] = np.nan
    return joined(lines)


def _errors(exhibit: BiasVariance, top: float) -> list[Mark]:
    """Return the parts of the error over the strength: each from 0, and one upon the other."""
    where, tried, total = exhibit.where, exhibit.tried[1:], exhibit.judged
    measured = over(where[exhibit.measured_at], exhibit.measured)
    reach = [-WHISKERS, WHISKERS] * exhibit.measured_error[:, None]
    whiskers = upright(measured[:, 0], *(exhibit.measured[:, None] + reach).T)
    split = {"noise": np.full_like(total, exhibit.noise), "bias": exhibit.bias_squared,
             "variance": exhibit.variance}  # fmt: skip
    levels = np.cumsum([0.0 * total, *split.values()], axis=0)[:, tried]
    stack = zip(split, ("muted", "bias", "variance"), pairwise(levels), strict=True)
    return [
        *(
            Mark(f"stack-{name}", "errors", "band", role, band(where[tried], *between))
            for name, role, between in stack
        ),
        exhibit.noise_mark(exhibit.noise),
        Mark("whiskers", "errors", "line", "test", whiskers, weight="fine"),
        Mark("measured", "errors", "point", "test", measured, weight="fine", look="hollow"),
        *exhibit.errors(top, bias=exhibit.bias_squared, variance=exhibit.variance, test=total),
    ]


def _panels(exhibit: BiasVariance) -> tuple[parts.Panel, ...]:
    said, names = claims(exhibit, {"lam": exhibit.at}), exhibit.world.names
    reach = exhibit.measured + WHISKERS * exhibit.measured_error
    top = ROOM * max(float(exhibit.judged[exhibit.tried].max()), float(reach.max()))
    window, foot = _window(exhibit), say("foot.errors", **said["measured"].values)
    ticks = parts.rounded(*window[:2]), parts.rounded(*window[2:])
    return (
        exhibit.panel("fits", window, ticks, values=names, heading=said["stands"]),
        exhibit.errors_panel(top, values=names, foot=foot),
    )


def _window(exhibit: BiasVariance) -> tuple[float, float, float, float]:
    """Return what holds the truth and one sample; wild fits leave it."""
    truth, noise = exhibit.truth, exhibit.world.noise
    seen = np.concatenate([truth - noise, truth + noise, exhibit.sample[:, 1]])
    low, high = with_air(seen, 0.05)
    return float(exhibit.x[0]), float(exhibit.x[-1]), low, high
