"""Bias and variance: what a penalty costs, what it saves, and where the sum is least."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import swept
from regviz.lessons.base import OwnUnits
from regviz.lessons.data import Design, read_design
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import band, joined, over, upright
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import three
from regviz.lessons.parameters import Count, Strength, knob
from regviz.lessons.picture import Label, Mark, Picture, Positions, Said
from regviz.lessons.polynomials import standardized_powers
from regviz.lessons.story import Section, Step, Story, Voice
from regviz.lessons.swept import Swept, told
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

say = Voice("bias-variance")

#: the weakest penalty beside none
WEAKEST = 1e-6
#: degree of the smooth curve through all the data that stands for the truth
TRUTH_DEGREE = 3
#: refits that are drawn, each at so many points
N_DRAWN, N_GRID = 30, 101
#: rows of the data that are drawn at most, and steps of the grid where no bracket stands
N_ROWS, EDGE = 400, 8
#: a bias that is less, in standard deviations of the target, has no bracket
FLAT = 0.01
#: the error is measured at every so many strengths
MEASURED_EVERY = 15
#: targets, in their standard deviations, that differ less from the truth hold no noise
LEAST_NOISE = 1e-6
#: standard errors that a whisker reaches to either side; height of the errors' plot, in theirs
WHISKERS, ROOM = 2.0, 1.16
#: where along them curves and the bracket are named
SPOTS = {
    "truth": (0.8, 0.7, 0.9, 0.6, 0.3), "mean": (0.3, 0.2, 0.4, 0.7), "bracket": (0.5, 0.4, 0.6)
}  # fmt: skip
#: what a page shows before it is guided: all but what the story needs for a while
FREE = (
    *("refits", "spread", "truth", "mean", "bracket", "first", "noise", "whiskers", "measured"),
    *swept.freely("bias", "variance", "total"),
)
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
        Strength(0.0, 10.0, from_data=True),
        "penalty strength; by default the one of least error; cv sees the first sample alone",
    )
    seed: int = knob(129, Count(0, 2**32 - 1), "seed of the samples")


@dataclass(frozen=True, kw_only=True)
class BiasVariance(Swept):
    """Ridge refitted to many samples at one fixed design.

    The truth is a smooth curve through all rows of the data, and the noise has their spread
    about it; every sample has the same few rows and new noise. Targets are in standard
    deviations, the feature is in its own units.

    Attributes
    ----------
    feature, target
        Names of the columns.
    rows
        Rows of the data, all or evenly many of them, shape `(n_rows, 2)`.
    x, truth
        Where curves are drawn and the true curve there, shape `(N_GRID,)`.
    cubic
        The true curve's coefficients where all of `x` is mapped to [-1, 1], the lowest first.
    x_sample, y_sample
        The fixed rows and the first sample's targets, shape `(n_samples,)`.
    curves
        The first refits at every strength, shape `(n_values, n_drawn, n_grid)`.
    mean_curve
        The average over all samples there could be, shape `(n_values, n_grid)`.
    spread
        The standard deviation over all samples there could be, shape `(n_values, n_grid)`.
    bias_squared, variance
        In closed form, averaged over the rows, shape `(n_values,)`. With `noise**2` they are
        the error that is judged, the total.
    measured_at
        Indices of the strengths at which the total is measured, shape `(n_measured,)`.
    measured, measured_error
        Mean squared error of all refits on new targets at the same rows, and the standard
        error of that mean, shape `(n_measured,)`.
    noise
        Standard deviation of the noise.
    limits
        `(left, right, bottom, top)` of the plot of the curves; wild ones leave it.
    """

    feature: str
    target: str
    rows: Array
    x: Array
    truth: Array
    cubic: Array
    x_sample: Array
    y_sample: Array
    curves: Array
    mean_curve: Array
    spread: Array
    bias_squared: Array
    variance: Array
    measured_at: NDArray[np.intp]
    measured: Array
    measured_error: Array
    noise: float
    limits: tuple[float, float, float, float]

    @property
    def total(self) -> Array:
        """Squared bias, variance and the noise's."""
        return self.judged

    @cached_property
    def names(self) -> dict[str, str]:
        """The columns' names as they can be set: short, their signs for themselves."""
        columns = {"feature": self.feature, "target": self.target}
        return {name: literal(short_names([column])[0]) for name, column in columns.items()}


def exhibit(parameters: Parameters) -> BiasVariance:
    """Refit ridge to many samples and split its error in closed form.

    Raises
    ------
    BadInput
        If the data cannot be used or has too few rows.
    """
    design = read_design(parameters, count=1)
    x_sample = _chosen_rows(design, parameters.n_samples)
    truth_at, noise = _truth(design)
    x = np.linspace(x_sample[0], x_sample[-1], N_GRID)
    X, X_grid = standardized_powers(x_sample, x, parameters.degree)
    drawn = Draws(parameters.seed).normal(2, parameters.n_refits, parameters.n_samples)
    samples, new = truth_at(x_sample) + noise * drawn
    with powers_told_apart(parameters.degree):
        asked, by_validation = strength(parameters.lam, X, samples[0], "l2")
        lambdas, tried = swept.strengths(WEAKEST, asked)
        refits = _Refits(X, lambdas)
    bias_squared, variance = rm.ridge_bias_variance(X, truth_at(x_sample), noise, lambdas)
    total = bias_squared + variance + noise**2
    best = swept.best_of(total, tried)
    measured_at = tried[_measured_at(len(tried), int(np.searchsorted(tried, best)))]
    measured, measured_error = refits.measured(samples, new, measured_at)
    at = swept.still_index(lambdas, asked, best)
    still = float(lambdas[at])
    return BiasVariance(
        lesson="bias-variance",
        parameters=parameters.resolved(
            lam=still,
            features=design.features,
            feature=design.features[0],
            target=design.target,
        ),
        points={"least-error": np.array([lambdas[best], total[best]])},
        lam={"l2": still},
        budget={},
        certificate={"kkt_residual": _residual(X, samples[0], still)},
        own_units={"l2": _own_units(design, x_sample, samples[0], parameters.degree, still)},
        by_validation=by_validation,
        feature=design.features[0],
        target=design.target,
        rows=_rows(design),
        x=x,
        truth=truth_at(x),
        cubic=truth_at.convert(domain=[x[0], x[-1]]).coef.astype(float),
        x_sample=x_sample,
        y_sample=samples[0],
        lambdas=lambdas,
        tried=tried,
        curves=refits.curves(samples[:N_DRAWN], X_grid),
        # The fit is linear in the targets: the average fit is the fit to the average.
        mean_curve=refits.curves(truth_at(x_sample)[None], X_grid)[:, 0],
        spread=noise * refits.deviation(X_grid),
        bias_squared=bias_squared,
        variance=variance,
        judged=total,
        measured_at=measured_at,
        measured=measured,
        measured_error=measured_error,
        noise=noise,
        at=at,
        limits=_limits(x, truth_at(x), samples[0], noise),
        reading=design.reading,
    )


def _chosen_rows(design: Design, count: int) -> Array:
    """Return the middle one of each of `count` groups of neighbouring values, in order."""
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
    return np.array([group[len(group) // 2] for group in np.array_split(distinct, count)])


def _rows(design: Design) -> Array:
    """Return rows of the data, at most `N_ROWS`, evenly many of them."""
    every = -(-len(design.y) // N_ROWS)
    return np.column_stack([design.X[:, 0], rm.standardize(design.y)])[::every]


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
        along = (samples - means) @ self._basis
        fits: Array = along @ (self._paths[:, at] @ X.T).transpose(1, 0, 2) + means
        return fits

    def deviation(self, X: Array) -> Array:
        """Return the fits' standard deviation where the features are `X`, in the noise's.

        A fit is the mean of the targets plus its parts along the basis, each with variance 1.
        """
        squares = ((self._paths @ X.T) ** 2).sum(axis=0)
        found: Array = np.sqrt(1.0 / len(self._X) + squares)
        return found

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
    seen = np.concatenate([truth - noise, truth + noise, sample])
    low, high = float(seen.min()), float(seen.max())
    air = 0.05 * (high - low)
    return float(x[0]), float(x[-1]), low - air, high + air


# ---- what may be said


def claims(exhibit: BiasVariance, at: Positions) -> dict[str, Said]:
    """Return what is true of the error with the strength at this position."""
    now, lam = at["lam"], float(exhibit.lambdas[at["lam"]])
    choice = exhibit.choice(now)
    values = {
        "bias": told(exhibit.bias_squared, now),
        "variance": told(exhibit.variance, now),
        "noise": three(exhibit.noise**2),
        "total": told(exhibit.total, now),
    }
    larger = max(("variance", "bias"), key=values.__getitem__)
    more = larger if values["bias"] != values["variance"] else "equal"
    n_refits = float(str(exhibit.parameters["n_refits"]))
    names = exhibit.names
    knobs = {
        "rows": float(len(exhibit.x_sample)),
        "degree": float(str(exhibit.parameters["degree"])),
    }
    return {
        **choice,
        "stands": say(f"claim.stands.{'best' if now == exhibit.best else 'other'}", lam=lam),
        "parts": say(f"claim.parts.{more}", **values),
        "total": say("claim.total", **values),
        "variance": say("claim.variance", **values, **names),
        "measured": say("claim.measured", count=n_refits),
        "sample": say("claim.sample", **knobs, **names),
        "drawn": say("claim.drawn", count=n_refits, drawn=float(N_DRAWN)),
        "alt": say(
            "alt",
            lam=lam,
            count=n_refits,
            feature=exhibit.feature,
            target=exhibit.target,
            **knobs,
            **choice["least"].values,
            **values,
        ),
    }


# ---- what there is to see


def picture(exhibit: BiasVariance) -> Picture:
    """Describe the refits about the truth, and the parts of their error over the strength."""
    panels = _panels(exhibit)
    lowest = _column(exhibit)[-1]
    return Picture(
        panels=panels,
        marks=(*_fits_marks(exhibit), *_errors_marks(exhibit, panels[-1].limits[3])),
        labels=(
            *(Label(name, say(f"name.{name}"), SPOTS[name]) for name in SPOTS),
            Label("free-mean", say("name.mean"), SPOTS["mean"]),
            Label("spread", say("name.spread"), (0.2, 0.1, 0.3, 0.4, 0.15)),
            Label("noise", say("name.noise"), (0.3, 0.2, 0.4, 0.5)),
            Label("total", say("name.total"), (0.3, 0.2, 0.4, 0.15, 0.5)),
            *(Label(f"{name}-free", say(f"name.{name}")) for name in ("bias", "variance")),
            Label("stack-bias", say("name.bias"), (0.46, 0.44, 0.42)),
            Label("stack-variance", say("name.variance"), (0.1, 0.06, 0.14, 0.2)),
            Label("best", say("name.best")),
            *(Label(f"{lowest}-{name}", say(f"name.{name}"), SPOTS[name]) for name in SPOTS),
        ),
        drivers=(
            exhibit.driver(),
            parts.Driver("refits", np.arange(1.0, N_DRAWN + 1.0), N_DRAWN - 1),
        ),
        readouts=(exhibit.readout("l2"),),
        free=FREE,
        knobs={"degree": np.arange(3.0, 13.0)},
        says=("verdict", "parts", "total", "least"),
    )  # fmt: skip


def _fits_marks(exhibit: BiasVariance) -> list[Mark]:
    """Return curves at the strength, and at both ends in panels of their own."""
    shown, lam, last = exhibit, ("lam",), int(exhibit.tried[-1])
    accumulated, free = _accumulated(shown), over(shown.x, shown.curves[0, 0])
    sample = over(shown.x_sample, shown.y_sample)
    thin: dict[str, Any] = {"weight": "fine", "look": "faint"}
    return [
        Mark("rows", "fits", "point", "data", shown.rows, **thin),
        Mark("free", "fits", "line", "loss", accumulated[0], ("refits",), **thin),
        Mark("refits", "fits", "line", "l2", accumulated, ("lam", "refits"), **thin),
        *_summary(shown, "fits", "l2", slice(None), lam),
        Mark("fit", "fits", "line", "loss", free),
        Mark("free-mean", "fits", "line", "loss", over(shown.x, shown.mean_curve[0]),
             weight="strong"),
        Mark("sample", "fits", "point", "data", sample),
        Mark("first", "fits", "point", "data", sample, **thin),
        *(
            mark
            for panel, role, at, by in (
                ("wild", "loss", 0, ()), ("balanced", "l2", slice(None), lam),
                ("stiff", "l2", last, ()),
            )
            for mark in (
                Mark(f"{panel}-refits", panel, "line", role, accumulated[at, -1], by, **thin),
                *_summary(shown, panel, role, at, by),
            )
        ),
    ]  # fmt: skip


def _summary(
    shown: BiasVariance, panel: str, role: str, at: int | slice, by: tuple[str, ...]
) -> list[Mark]:
    """Return the truth, and the mean of the fits with their spread and their bias."""
    before, mean, spread = (
        "" if panel == "fits" else f"{panel}-",
        shown.mean_curve,
        shown.spread,
    )
    return [
        Mark(f"{before}spread", panel, "band", "variance",
             band(shown.x, mean - spread, mean + spread)[at], by),
        Mark(f"{before}truth", panel, "line", "muted", over(shown.x, shown.truth),
             weight="strong"),
        Mark(f"{before}mean", panel, "line", role, over(shown.x, mean[at]), by,
             weight="strong"),
        Mark(f"{before}bracket", panel, "line", "bias", _bracket(shown)[at], by),
    ]  # fmt: skip


def _errors_marks(exhibit: BiasVariance, top: float) -> list[Mark]:
    """Return the parts of the error over the strength: each from 0, and one upon the other."""
    shown = exhibit
    split = {"bias": shown.bias_squared, "variance": shown.variance, "total": shown.total}
    where = shown.where
    measured = over(where[shown.measured_at], shown.measured)
    reach = WHISKERS * shown.measured_error
    whiskers = upright(measured[:, 0], shown.measured - reach, shown.measured + reach)
    level = np.full(len(shown.lambdas), shown.noise**2)
    above = {"noise": level, "bias": level + shown.bias_squared, "variance": shown.total}
    found, under = [], np.zeros_like(level)
    for name, high in above.items():
        role, tried = "muted" if name == "noise" else name, shown.tried[1:]
        between = band(where[tried], under[tried], high[tried])
        found.append(Mark(f"stack-{name}", "errors", "band", role, between))
        under = high
    found += [
        shown.noise_mark(shown.noise**2),
        Mark("whiskers", "errors", "line", "test", whiskers, weight="fine"),
        Mark("measured", "errors", "point", "test", measured, weight="fine", look="hollow"),
    ]
    for name, error in split.items():
        role = "test" if name == "total" else name
        found += shown.error_marks(name, role, error, top)
    return [*found, *shown.best_marks("l2")]


def _panels(exhibit: BiasVariance) -> tuple[parts.Panel, ...]:
    said = claims(exhibit, {"lam": exhibit.at})
    names = exhibit.names
    reach = exhibit.measured + WHISKERS * exhibit.measured_error
    top = ROOM * max(float(exhibit.total[exhibit.tried].max()), float(reach.max()))
    window, lowest = exhibit.limits, _column(exhibit)[-1]
    across, up = parts.rounded(*window[:2]), parts.rounded(*window[2:], 3)
    title, strongest = say("title.fits", **names), {"lam": swept.STRONGEST}
    small = {
        "wild": (say("title.wild"), say("heading.wild")),
        "balanced": (title, said["stands"]),
        "stiff": (say("title.stiff", **strongest), say("heading.stiff", **strongest)),
    }
    return (
        exhibit.panel(
            "fits", window, (across, parts.rounded(*window[2:])), title=title,
            axes=(say("axis.fits.x", **names), say("axis.fits.y", **names)),
        ),
        *(
            exhibit.panel(
                name, window, (across if name == lowest else {}, up), title=above,
                heading=heading, summary=say("summary.small", **names),
                axes=(say("axis.none"), say("axis.none")), small=True,
            )
            for name, (above, heading) in small.items()
        ),
        exhibit.errors_panel(
            top, title=say("title.errors", **names),
            foot=say("foot.errors", **said["measured"].values),
        ),
    )  # fmt: skip


def _column(exhibit: BiasVariance) -> list[str]:
    """Return the panels of fits at several strengths, of which any may be the still's."""
    ends = {"wild": 0, "balanced": None, "stiff": len(exhibit.lambdas) - 1}
    return [name for name, at in ends.items() if at != exhibit.at]


def _bracket(exhibit: BiasVariance) -> Array:
    """Return brackets from the truth to the means, where the strongest penalty misses most.

    One that would be flat is not there.
    """
    off = np.abs(exhibit.mean_curve[exhibit.tried[-1]] - exhibit.truth)
    at = EDGE + int(off[EDGE : N_GRID - EDGE].argmax())
    mean = exhibit.mean_curve[:, at, None]
    truth, half = np.full_like(mean, exhibit.truth[at]), exhibit.x[EDGE // 2] - exhibit.x[0]
    wide = exhibit.x[at] + half * np.array([-1.0, 1.0])
    stem = over(exhibit.x[at], np.concatenate([truth, mean], axis=1))
    lines = np.stack([over(wide, truth), stem, over(wide, mean)], axis=1)
    lines[np.abs(mean - truth)[:, 0] < FLAT] = np.nan
    return joined(lines)


def _accumulated(exhibit: BiasVariance) -> Array:
    """Return the first refit, the first two and so on, each as one line with breaks.

    Shape `(n_values, n_drawn, n_rows, 2)`, the last curve first; all are windows on one array,
    where rows of NaN follow the curves.
    """
    rows = joined(over(exhibit.x, exhibit.curves[:, ::-1]))
    size = rows.shape[1]
    rows = np.pad(rows, ((0, 0), (0, size), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(rows, size, axis=1)
    return windows[:, : size : N_GRID + 1][:, ::-1].swapaxes(2, 3)


# ---- the story


def story(exhibit: BiasVariance) -> Story:
    """Tell of fits that scatter, of the penalty that makes them agree, and of what it costs."""
    last = len(exhibit.lambdas) - 1
    stop = exhibit.best if exhibit.best < last else last // 2
    free, there, far, still = (
        claims(exhibit, {"lam": at}) for at in (0, stop, last, exhibit.at)
    )
    values, column = free["sample"].values, _column(exhibit)
    dots = [f"{name}-{part}" for name in ("bias", "variance") for part in ("free", "now")]
    come = [f"{name}-{kind}" for name in column for kind in ("refits", "spread", *SPOTS)]
    sample = (
        say.step("sample.rows", "sample", panels=("fits",), put={"lam": 0, "refits": 0},
                 show=("rows",), seconds=0.8, hold=1.6),
        say.step("sample.truth", show=("truth",), tell={"fits": say("tell.truth", **values)},
                 hold=2.6),
        say.step("sample.points", values=values, hide=("rows",), show=("sample",), seconds=0.8,
                 tell={"fits": free["sample"]}, hold=2.2),
        Step(show=("fit",), seconds=1.0, tell={"fits": say("tell.fit", **values)}, hold=2.6),
    )  # fmt: skip
    scatter = (
        say.step("scatter.refits", "scatter", panels=("fits", "errors"), hide=("sample",),
                 morph={"fit": "free"}, tell={"fits": free["drawn"]}),
        Step(run={"refits": N_DRAWN - 1}, seconds=4.0, even=True, hold=0.4),
        say.step("scatter.variance", show=("free-mean",), seconds=0.8, hold=1.2),
        Step(show=("spread", "variance-free", "variance-now"),
             tell={"errors": free["variance"]}, hold=2.2),
    )  # fmt: skip
    calm = (
        say.step("calm.penalty", "calm", show=("lam",), tell={"errors": say("tell.penalty")},
                 morph={"free": "refits", "free-mean": "mean"}, hold=3.4),
        say.step("calm.sweep", show=("variance-so-far",), run={"lam": stop}, seconds=5.0,
                 even=True),
        Step(tell={"errors": there["variance"]}, hold=1.6),
    )  # fmt: skip
    strong = (
        say.step("strong.mean", "strong", hold=1.6,
                 show=("bracket", "bias-free", "bias-so-far", "bias-now")),
        Step(run={"lam": last}, seconds=4.0, even=True),
        say.step("strong.bias", emphasise=("mean", "bias-now"), tell={"errors": far["parts"]},
                 hold=3.8),
    )  # fmt: skip
    total = (
        say.step("sum.noise", "sum", show=("noise",), seconds=0.8, hold=3.4),
        say.step("sum.parts", hide=(*dots,), seconds=1.6, hold=1.2, show=("stack-noise",),
                 morph={"bias-so-far": "stack-bias", "variance-so-far": "stack-variance"}),
        Step(show=("total",), seconds=1.2, hold=2.0),
        say.step("sum.measured", show=("whiskers", "measured"), seconds=0.8,
                 tell={"errors": free["measured"]}, hold=3.4),
    )  # fmt: skip
    three_at_once = (
        say.step(f"still.{exhibit.still}", heading=still["verdict"], hide=("stack-noise",),
                 show=("bias-free", "variance-free"), hold=0.2,
                 morph={"stack-bias": "bias", "stack-variance": "variance"}),
        Step(run={"lam": exhibit.at}, seconds=2.4),
        Step(show=("drop", "best"), seconds=0.8, hold=2.6,
             tell={"fits": still["parts"], "errors": still["least"]}),
        say.step(f"beyond.{'inner' if exhibit.case == 'inner' else 'other'}",
                 panels=(*column, "errors"), show=(*come,), seconds=1.2, hold=4.4),
    )  # fmt: skip
    told_of = {"sample": sample, "scatter": scatter, "calm": calm, "strong": strong,
               "sum": total, "still": three_at_once}  # fmt: skip
    return Story(tuple(Section(name, steps) for name, steps in told_of.items()))
