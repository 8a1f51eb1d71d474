"""Bias and variance: what a penalty costs, what it saves, and where the sum is least."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import polynomials as shared
from regviz.lessons.base import Exhibit, OwnUnits
from regviz.lessons.data import Design, read_design
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.parameters import Count, Strength, knob
from regviz.lessons.picture import Label, Mark, Picture, Positions, Said
from regviz.lessons.polynomials import three, told
from regviz.lessons.story import Section, Step, Story
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
#: refits that are drawn, each at so many points
N_DRAWN, N_GRID = 30, 101
#: the error is measured at every so many strengths
MEASURED_EVERY = 15
#: targets, in their standard deviations, that differ less from the truth hold no noise
LEAST_NOISE = 1e-6
#: standard errors that a whisker reaches to either side; height of the errors' plot, in theirs
WHISKERS, ROOM = 2.0, 1.16
#: what a page shows before it is guided: all but what the story needs for a while
FREE = (
    *("refits", "off", "truth", "mean", "noise", "whiskers", "measured"),
    *(
        f"{name}{part}"
        for name in ("bias", "variance", "total")
        for part in ("", "-free", "-now")
    ),
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
        Where curves are drawn and the true curve there, shape `(N_GRID,)`.
    x_sample, y_sample, truth_sample
        The fixed rows, the first sample's targets and the true ones, shape `(n_samples,)`.
    lambdas
        Strengths in growing order, 0 first, shape `(n_values,)`; each as it is shown.
    tried
        Indices of the strengths that the best is chosen from: all but one asked for besides.
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
        Index of the least total among the strengths that were tried.
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
    tried: NDArray[np.intp]
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
    x_sample = _chosen_rows(design, parameters.n_samples)
    truth_at, noise = _truth(design)
    x = np.linspace(x_sample[0], x_sample[-1], N_GRID)
    X, X_grid = shared.standardized_powers(x_sample, x, parameters.degree)
    drawn = Draws(parameters.seed).normal(2, parameters.n_refits, parameters.n_samples)
    samples, new = truth_at(x_sample) + noise * drawn
    with powers_told_apart(parameters.degree):
        asked, by_validation = strength(parameters.lam, X, samples[0], "l2")
        lambdas, tried = shared.strengths(WEAKEST, asked)
        refits = _Refits(X, lambdas)
    bias_squared, variance = rm.ridge_bias_variance(X, truth_at(x_sample), noise, lambdas)
    total = bias_squared + variance + noise**2
    best = int(tried[np.argmin(total[tried])])
    measured_at = tried[_measured_at(len(tried), int(np.argmin(total[tried])))]
    measured, measured_error = refits.measured(samples, new, measured_at)
    at = shared.still_index(lambdas, asked, best)
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
        tried=tried,
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
        case=shared.verdict(total[tried]),
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


# ---- what may be said


def claims(exhibit: BiasVariance, at: Positions) -> dict[str, Said]:
    """Return what is true of the error with the strength at this position."""
    now, best, total, tried = at["lam"], exhibit.best, exhibit.total, exhibit.tried
    lam = float(exhibit.lambdas[now])
    verdict = shared.verdict_at(total[tried], exhibit.lambdas[tried], total[now], lam)
    values = {
        "bias": told(exhibit.bias_squared, now),
        "variance": told(exhibit.variance, now),
        "noise": three(exhibit.noise**2),
        "total": told(total, now),
    }
    found = {
        "free": told(total, 0),
        "least": told(total, best),
        "best": float(exhibit.lambdas[best]),
    }
    larger = max(("variance", "bias"), key=values.__getitem__)
    more = larger if values["bias"] != values["variance"] else "equal"
    n_refits = float(str(exhibit.parameters["n_refits"]))
    names = {name: _short(str(getattr(exhibit, name))) for name in ("feature", "target")}
    knobs = {
        "rows": float(len(exhibit.x_sample)),
        "degree": float(str(exhibit.parameters["degree"])),
    }
    return {
        "verdict": say(f"claim.verdict.{verdict}"),
        "parts": say(f"claim.parts.{more}", **values),
        "total": say("claim.total", **values),
        "least": say(f"claim.least.{shared.place(best, exhibit.tried)}", **found),
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
            **found,
            **values,
        ),
    }


def _short(column: str) -> str:
    """Return a column's name as it can be set: short, its signs for themselves."""
    return literal(short_names([column])[0])


# ---- what there is to see


def picture(exhibit: BiasVariance) -> Picture:
    """Describe the refits about the truth, and the parts of their error over the strength."""
    shown, lam, refits = exhibit, ("lam",), ("lam", "refits")
    where = shared.on_axis(shown.lambdas, WEAKEST)
    panels = _panels(exhibit)
    _, _, _, top = panels[1].limits.tolist()
    truth = np.column_stack([shown.x, shown.truth])
    means = _over(shown, shown.mean_curve)
    back = np.broadcast_to(truth[::-1], means.shape)
    accumulated = _accumulated(_over(shown, shown.curves))
    sample = np.column_stack([shown.x_sample, shown.y_sample])
    fits = (
        Mark("before", "fits", "line", "loss", accumulated[0, -1], weight="fine", look="faint"),
        Mark(
            "free",
            "fits",
            "line",
            "loss",
            accumulated[0],
            refits[1:],
            weight="fine",
            look="faint",
        ),
        Mark("refits", "fits", "line", "l2", accumulated, refits, weight="fine", look="faint"),
        Mark("off", "fits", "band", "bias", np.concatenate([means, back], axis=1), lam),
        Mark("truth", "fits", "line", "muted", truth, weight="strong"),
        Mark("fit", "fits", "line", "loss", _over(shown, shown.curves[0, 0])),
        Mark("strong", "fits", "line", "bias", means[shown.tried[-1]]),
        Mark("free-mean", "fits", "line", "loss", means[0], weight="strong"),
        Mark("mean", "fits", "line", "l2", means, lam, weight="strong"),
        Mark("sample", "fits", "point", "data", sample),
    )
    spot = np.array([where[shown.best], shown.total[shown.best]])
    measured = np.column_stack([where[shown.measured_at], shown.measured])
    errors = [
        Mark(
            "noise",
            "errors",
            "line",
            "muted",
            np.array([[where[0], shown.noise**2], [1.0, shown.noise**2]]),
        ),
        Mark(
            "whiskers",
            "errors",
            "line",
            "test",
            _whiskers(measured, shown.measured_error),
            weight="fine",
        ),
        Mark("measured", "errors", "point", "test", measured, weight="fine", look="hollow"),
    ]
    split = {"bias": shown.bias_squared, "variance": shown.variance, "total": shown.total}
    for name, error in split.items():
        errors += shared.error_marks(
            name, "test" if name == "total" else name, error, shown.lambdas, shown.tried, top
        )
    errors += [
        Mark("drop", "errors", "line", "l2", np.array([spot, [spot[0], 0.0]]), weight="fine"),
        Mark("best", "errors", "point", "l2", spot[None]),
    ]
    return Picture(
        panels=panels,
        marks=(*fits, *errors),
        labels=(
            Label("truth", say("name.truth"), (0.8, 0.7, 0.9, 0.6, 0.3)),
            Label("mean", say("name.mean"), (0.3, 0.2, 0.4, 0.7)),
            Label("free-mean", say("name.mean"), (0.3, 0.2, 0.4, 0.7)),
            Label("before", say("name.free"), (0.42, 0.4, 0.44, 0.3, 0.6)),
            Label("strong", say("name.strong", lam=shared.STRONGEST), (0.9, 0.8, 0.7, 0.1)),
            Label("noise", say("name.noise"), (0.3, 0.2, 0.4, 0.5)),
            Label("total", say("name.total"), (0.3, 0.2, 0.4, 0.15, 0.5)),
            *(Label(f"{name}-free", say(f"name.{name}")) for name in ("bias", "variance")),
            Label("best", say("name.best")),
        ),
        drivers=(
            parts.Driver("lam", shown.lambdas, shown.at, places=where.round(3)),
            parts.Driver("refits", np.arange(1.0, N_DRAWN + 1.0), N_DRAWN - 1),
        ),
        readouts=(parts.Readout("lam", r"$\lambda =$", "l2", shown.lambdas, lam),),
        free=FREE,
        knobs={"degree": np.arange(3.0, 13.0)},
        says=("verdict", "parts", "total", "least"),
    )


def _panels(exhibit: BiasVariance) -> tuple[parts.Panel, ...]:
    said = claims(exhibit, {"lam": exhibit.at})
    residual = float(f"{exhibit.certificate['kkt_residual']:.1e}")
    names = {name: _short(str(getattr(exhibit, name))) for name in ("feature", "target")}
    left, right = shared.on_axis(exhibit.lambdas, WEAKEST)[[0, -1]]
    reach = exhibit.measured + WHISKERS * exhibit.measured_error
    top = ROOM * max(float(exhibit.total[exhibit.tried].max()), float(reach.max()))
    frames = {
        "fits": (
            exhibit.limits,
            (parts.rounded(*exhibit.limits[:2]), parts.rounded(*exhibit.limits[2:])),
        ),
        "errors": ((left, right, 0.0, top), (shared.ticks(WEAKEST), parts.rounded(0.0, top))),
    }
    foot = say("foot.fits", lam=float(exhibit.lambdas[exhibit.at]), residual=residual)
    panels = [
        parts.chart(
            "bias-variance", name, np.array(limits), ticks, foot, cross=(limits[0], limits[2])
        )
        for name, (limits, ticks) in frames.items()
    ]
    fits, errors = panels
    axes = (say("axis.fits.x", **names), say("axis.fits.y", **names))
    return (
        replace(fits, title=say("title.fits", **names), summary=said["parts"], axes=axes),
        replace(
            errors,
            gap=shared.gap(WEAKEST),
            title=say("title.errors", **names),
            heading=said["verdict"],
            summary=said["least"],
            foot=say("foot.errors", **said["measured"].values),
        ),
    )


def _over(exhibit: BiasVariance, curves: Array) -> Array:
    return np.stack(np.broadcast_arrays(exhibit.x, curves), axis=-1)


def _accumulated(curves: Array) -> Array:
    """Return the first curve, the first two and so on, each as one line with breaks.

    Of curves `(n_values, n_drawn, n_grid, 2)` it makes `(n_values, n_drawn, n_rows, 2)`, the
    last curve first; all are windows on one array, where rows of NaN follow the curves.
    """
    n_values, n_drawn, n_grid, _ = curves.shape
    broken = np.full((n_values, 2 * n_drawn, n_grid + 1, 2), np.nan)
    broken[:, :n_drawn, :-1] = curves[:, ::-1]
    rows = broken.reshape(n_values, -1, 2)
    size = n_drawn * (n_grid + 1)
    windows = np.lib.stride_tricks.sliding_window_view(rows, size, axis=1)
    return windows[:, : size : n_grid + 1][:, ::-1].swapaxes(2, 3)


def _whiskers(measured: Array, errors: Array) -> Array:
    """Return an upright line through each measurement, with breaks between."""
    off = WHISKERS * np.column_stack([0.0 * errors, errors])
    return np.stack([measured - off, measured + off, np.full_like(off, np.nan)], 1).reshape(
        -1, 2
    )


# ---- the story


def story(exhibit: BiasVariance) -> Story:
    """Tell of fits that scatter, of the penalty that makes them agree, and of what it costs."""
    last = len(exhibit.lambdas) - 1
    stop = exhibit.best if exhibit.best < last else last // 2
    free, there, far, still = (
        claims(exhibit, {"lam": at}) for at in (0, stop, last, exhibit.at)
    )
    sample = (
        shared.step(
            "bias-variance",
            "sample.truth",
            "sample",
            panels=("fits",),
            put={"lam": 0, "refits": 0},
            show=("truth",),
            tell={"fits": say("tell.truth", **free["sample"].values)},
            hold=2.6,
        ),
        Step(
            say=say("caption.sample.points", **free["sample"].values),
            show=("sample",),
            seconds=0.8,
            tell={"fits": free["sample"]},
            hold=2.2,
        ),
        Step(
            show=("fit",),
            seconds=1.0,
            tell={"fits": say("tell.fit", **free["sample"].values)},
            hold=2.6,
        ),
    )
    scatter = (
        shared.step(
            "bias-variance",
            "scatter.refits",
            "scatter",
            panels=("fits", "errors"),
            hide=("sample",),
            morph={"fit": "free"},
            tell={"fits": free["drawn"]},
        ),
        Step(run={"refits": N_DRAWN - 1}, seconds=4.0, even=True, hold=0.4),
        Step(say=say("caption.scatter.variance"), show=("free-mean",), seconds=0.8, hold=1.2),
        Step(
            show=("variance-free", "variance-now"), tell={"errors": free["variance"]}, hold=2.2
        ),
    )
    calm = (
        shared.step(
            "bias-variance",
            "calm.penalty",
            "calm",
            show=("lam",),
            tell={"errors": say("tell.penalty")},
            morph={"free": "refits", "free-mean": "mean"},
            hold=3.4,
        ),
        Step(
            say=say("caption.calm.sweep"),
            show=("variance-so-far",),
            run={"lam": stop},
            seconds=5.0,
            even=True,
        ),
        Step(tell={"errors": there["variance"]}, hold=1.6),
    )
    strong = (
        shared.step(
            "bias-variance",
            "strong.mean",
            "strong",
            show=("off", "bias-free", "bias-so-far", "bias-now"),
            hold=1.6,
        ),
        Step(run={"lam": last}, seconds=4.0, even=True),
        Step(
            say=say("caption.strong.bias"),
            emphasise=("mean", "bias-now"),
            tell={"errors": far["parts"]},
            hold=3.8,
        ),
    )
    add = (
        shared.step(
            "bias-variance", "sum.noise", "sum", show=("noise",), seconds=0.8, hold=3.4
        ),
        Step(say=say("caption.sum.parts"), show=("total",), seconds=1.2, hold=2.8),
        Step(
            say=say("caption.sum.measured"),
            show=("whiskers", "measured"),
            seconds=0.8,
            tell={"errors": free["measured"]},
            hold=3.4,
        ),
    )
    case = exhibit.case if exhibit.at == exhibit.best else "asked"
    end = (
        shared.step(
            "bias-variance",
            f"still.{case}",
            still["verdict"],
            hide=("off", "bias-now", "variance-now"),
            morph={"bias-so-far": "bias", "variance-so-far": "variance"},
            hold=0.2,
        ),
        Step(run={"lam": exhibit.at}, seconds=2.4),
        Step(
            show=("before", "strong", "drop", "best"),
            seconds=0.8,
            tell={"fits": still["parts"], "errors": still["least"]},
            hold=2.6,
        ),
        Step(
            say=say(f"caption.beyond.{'inner' if exhibit.case == 'inner' else 'other'}"),
            hold=4.4,
        ),
    )
    named = {
        "sample": sample,
        "scatter": scatter,
        "calm": calm,
        "strong": strong,
        "sum": add,
        "still": end,
    }
    return Story(tuple(Section(name, steps) for name, steps in named.items()))


def say(key: str, **values: float | str) -> Said:
    """Return a sentence of this lesson."""
    return Said(f"bias-variance.{key}", values)
