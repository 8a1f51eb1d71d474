"""What must be true of the lessons that fit a polynomial: overfitting, bias and variance."""

import time
from dataclasses import is_dataclass

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.bias_variance import Parameters as SplitParameters
from regviz.lessons.bias_variance import claims as claims_of_split
from regviz.lessons.bias_variance import exhibit as bias_variance
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.noisy_wave import X as X_FIT
from regviz.lessons.noisy_wave import truth
from regviz.lessons.overfitting import Parameters as FitParameters
from regviz.lessons.overfitting import claims as claims_of_fit
from regviz.lessons.overfitting import exhibit as overfitting
from regviz.lessons.polynomials import standardized_powers
from regviz.lessons.story import end
from tests.examples import examples

seeds = st.integers(0, 2**32 - 1)
strengths = st.none() | st.floats(0.0, 10.0)


@st.composite
def fits(draw):
    degree = draw(st.integers(1, 12))
    return FitParameters(
        degree=degree,
        n_points=draw(st.integers(max(4, degree + 1), 60)),
        noise=draw(st.floats(0.0, 1.0)),
        penalty=draw(st.sampled_from(["l1", "l2"])),
        lam=draw(strengths),
        seed=draw(seeds),
    )


@st.composite
def splits(draw):
    return SplitParameters(
        features=(draw(st.sampled_from(["bmi", "bp", "s1", "s5"])),),
        degree=draw(st.integers(3, 12)),
        n_samples=draw(st.integers(14, 95)),
        n_refits=draw(st.integers(30, 100)),
        lam=draw(strengths),
        seed=draw(seeds),
    )


# -- overfitting ------------------------------------------------------------------------------


@given(fits())
@example(FitParameters())
@example(FitParameters(degree=12, n_points=13, penalty="l1"))
def test_without_a_penalty_the_fit_is_least_squares(parameters):
    shown = overfitting(parameters)
    X, X_grid = standardized_powers(shown.train[:, 0], X_FIT, parameters.degree)
    ones = np.ones((len(X), 1))
    weights, *_ = np.linalg.lstsq(np.hstack([ones, X]), shown.train[:, 1])
    at_rows = np.hstack([ones, X]) @ weights
    assert shown.lambdas[0] == 0.0
    assert shown.train_error[0] == pytest.approx(
        np.mean((at_rows - shown.train[:, 1]) ** 2), abs=1e-10
    )
    free = np.hstack([np.ones((len(X_grid), 1)), X_grid]) @ weights
    # Between the points a polynomial may swing far, and rounding swings with it.
    np.testing.assert_allclose(
        shown.fits[0], free, atol=1e-8 * np.abs(X_grid @ weights[1:]).max()
    )


@given(fits())
@example(FitParameters())
@example(FitParameters(penalty="l1"))
def test_a_stronger_penalty_fits_worse_with_smaller_weights(parameters):
    shown = overfitting(parameters)
    assert np.diff(shown.lambdas).min() > 0.0
    assert np.diff(shown.train_error).min() >= -1e-12
    assert np.diff(shown.sums).max() <= 1e-9 * shown.sums[0]
    np.testing.assert_allclose(
        np.mean((shown.fitted - shown.train[:, 1]) ** 2, axis=1), shown.train_error, atol=1e-12
    )
    # The points' mean is where the fit stands that has no weights.
    np.testing.assert_allclose(shown.fitted.mean(axis=1), shown.height, atol=1e-7)
    # Twelve powers at 14 points are nearly dependent, and without a penalty that is rounding.
    assert shown.certificate["kkt_residual"] <= 1e-8
    assert shown.judged[shown.best] == shown.judged[shown.tried].min()
    assert shown.judged.min() >= parameters.noise**2
    if parameters.lam is not None:
        assert shown.lambdas[shown.at] == pytest.approx(parameters.lam, rel=5e-4, abs=1e-9)
    else:
        assert shown.at == shown.best


@given(fits())
def test_the_case_says_where_the_least_test_error_lies(parameters):
    shown = overfitting(parameters)
    free, least = shown.judged[0], shown.judged[shown.best]
    assert (shown.case == "none") == (free <= 1.1 * least)
    assert shown.case != "inner" or 0 < shown.best < len(shown.lambdas) - 1
    strongest = shown.judged[shown.tried[-1]]
    assert shown.case != "inner" or strongest > 1.02 * least
    assert shown.case != "edge" or strongest <= 1.02 * least


def kind(said):
    return said.key.rpartition(".")[2]


def check_verdict(verdict, error, at, shown):
    """A verdict is by the errors: what is `under` errs less with a stronger penalty."""
    now, least = error[at], error[shown.best]
    if verdict in ("under", "over"):
        assert now > 1.02 * least
        assert (shown.best > at) == (verdict == "under")
    else:
        assert now <= 1.02 * least
        assert verdict == shown.case


@given(fits(), st.integers(0, 200))
@example(FitParameters(noise=0.0), 0)
@example(FitParameters(degree=1), 50)
def test_what_is_said_of_a_fit_is_true(parameters, place):
    shown = overfitting(parameters)
    at = place % len(shown.lambdas)
    said = claims_of_fit(shown, {"lam": at})
    check_verdict(kind(said["verdict"]), shown.judged, at, shown)
    # Only a fit that is nearer to the points than the truth is, and errs for it, chases noise.
    if kind(said["free"]) == "noise":
        assert parameters.noise > 0.0
        off = np.mean((shown.train[:, 1] - np.sin(np.pi * shown.train[:, 0])) ** 2)
        assert shown.train_error[0] < off
        assert shown.judged[0] > 1.1 * shown.judged[shown.best]
    calm = kind(said["calm"])
    assert (calm == "free") == (shown.lambdas[at] == 0.0)
    assert calm != "calms" or 1.1 * shown.judged[at] < shown.judged[0]
    assert calm != "shrinks" or shown.sums[at] <= shown.sums[0]
    assert (kind(said["data"]) == "exact") == (parameters.noise == 0.0)
    assert (kind(said["least"]) == "none") == (shown.best == 0)
    assert said["least"].values["best"] == shown.lambdas[shown.best]
    assert said["weights"].values["zeros"] == np.sum(shown.weights[at] == 0.0)
    errors = {"train": shown.train_error, "test": shown.judged}
    for name in errors:
        told, error = said["errors"].values[name], errors[name][at]
        assert told == pytest.approx(error, rel=5.1e-3, abs=1e-12)


@given(splits(), st.integers(0, 200))
@examples(25)
def test_what_is_said_of_bias_and_variance_is_true(parameters, place):
    shown = bias_variance(parameters)
    at = place % len(shown.lambdas)
    said = claims_of_split(shown, {"lam": at})
    check_verdict(kind(said["verdict"]), shown.judged, at, shown)
    bias, variance = said["parts"].values["bias"], said["parts"].values["variance"]
    assert bias == pytest.approx(shown.bias_squared[at], rel=5.1e-3, abs=1e-12)
    assert variance == pytest.approx(shown.variance[at], rel=5.1e-3)
    larger = {"bias": bias > variance, "variance": variance > bias, "equal": bias == variance}
    assert larger[kind(said["parts"])]
    assert said["least"].values["least"] <= said["total"].values["total"] * 1.01


@pytest.mark.parametrize("lam", [0.0, 1e-5, 0.01, 10.0])
def test_a_still_of_another_strength_is_judged_by_its_errors(lam):
    for slug in ("overfitting", "bias-variance"):
        lesson, shown = catalogue.load(slug), exhibit(slug, {"lam": lam})
        stop = end(lesson.story(shown), lesson.picture(shown))
        assert shown.lambdas[stop.at["lam"]] == lam
        assert stop.heading == lesson.claims(shown, stop.at)["verdict"]


def test_curves_accumulate_one_after_the_other():
    shown = exhibit("bias-variance", {})
    drawn = catalogue.load("bias-variance").picture(shown)
    for count in (0, 4, 29):
        points = drawn.points(drawn.mark("refits"), {"lam": shown.at, "refits": count})
        lines = points.reshape(len(shown.curves[0]), -1, 2)
        seen = [line[:-1, 1] for line in lines if not np.isnan(line[0, 0])]
        np.testing.assert_array_equal(seen, shown.curves[shown.at][: count + 1][::-1])
        assert np.isnan(lines[:, -1]).all()


def test_the_test_error_is_that_of_new_points():
    shown = exhibit("overfitting", {})
    rng = np.random.default_rng(0)
    x = rng.uniform(-1.0, 1.0, 200_000)
    y = np.sin(np.pi * x) + shown.parameters["noise"] * rng.standard_normal(len(x))
    for at in (0, shown.best, -1):
        errors = (np.interp(x, X_FIT, shown.fits[at]) - y) ** 2
        standard_error = errors.std() / np.sqrt(len(x))
        assert abs(errors.mean() - shown.judged[at]) < 4.0 * standard_error + 1e-3


def test_the_picture_is_clear():
    shown = exhibit("overfitting", {})
    far = np.abs(shown.fits - truth(X_FIT)).max(axis=1)
    assert shown.case == "inner"
    assert shown.judged[0] > 3.0 * shown.judged[shown.best]
    assert far[0] > 5.0 * far[shown.best]
    assert shown.train_error[0] < 0.2 * shown.parameters["noise"] ** 2


def test_too_few_points_are_refused():
    with pytest.raises(BadInput, match="degree = 9 needs more than 9 points; give at most 8"):
        exhibit("overfitting", {"n_points": 9})


# -- bias and variance ------------------------------------------------------------------------


@given(splits())
@examples(25)
@example(SplitParameters())
def test_variance_falls_bias_rises_and_a_penalty_wins(parameters):
    shown = bias_variance(parameters)
    assert np.diff(shown.variance).max() <= 1e-12
    assert np.diff(shown.bias_squared).min() >= -1e-12
    # The truth is a cubic, so that a polynomial without a penalty can be right on average.
    assert shown.bias_squared[0] <= 1e-12
    assert shown.variance[0] == pytest.approx(
        shown.noise * (parameters.degree + 1) / parameters.n_samples, rel=1e-6
    )
    assert shown.best > 0
    drawn = catalogue.load("bias-variance").picture(shown)
    _, _, bottom, top = drawn.panel("fits").limits
    assert bottom < min(shown.sample[:, 1].min(), shown.truth.min())
    assert top > max(shown.sample[:, 1].max(), shown.truth.max())
    assert shown.judged[shown.best] < shown.judged[0]
    # Twelve powers at 14 points are nearly dependent, and without a penalty that is rounding.
    assert shown.certificate["kkt_residual"] <= 1e-8


@given(splits())
@examples(25)
@example(SplitParameters())
@example(SplitParameters(n_refits=1000))
def test_the_parts_add_up_to_the_measured_error(parameters):
    shown = bias_variance(parameters)
    parts = shown.bias_squared + shown.variance + shown.noise
    np.testing.assert_array_equal(shown.judged, parts)
    misses = (shown.measured - shown.judged[shown.measured_at]) / shown.measured_error
    # The measurements at all strengths share their samples: they are nearly one.
    assert np.abs(misses).max() < 5.0


@given(splits())
@examples(10)
def test_the_band_is_one_standard_deviation_of_the_refits(parameters):
    shown = bias_variance(parameters)
    # Of a smooth fit, the grid's even average is nearly that over the rows where they are even.
    for at in (0, len(shown.lambdas) - 1):
        n_drawn = shown.curves.shape[1]
        off = (shown.curves[at] - shown.mean_curve[at]) / shown.spread[at]
        # a mean of squares of n normal numbers, the furthest of a hundred and one
        assert np.mean(off**2, axis=0).max() < 1.0 + 6.0 * np.sqrt(2.0 / n_drawn)
        assert np.mean(off**2, axis=0).min() > 0.15
    refits = rm.RidgeRefits(*rows_of(shown, parameters))
    at_rows = (shown.world.noise * refits.deviation(rows_of(shown, parameters)[0])) ** 2
    np.testing.assert_allclose(at_rows.mean(axis=1), shown.variance, rtol=1e-5)


def rows_of(shown, parameters):
    """Return the standardized powers at the fixed rows, and the strengths."""
    X, _ = standardized_powers(shown.world.rows, shown.x, parameters.degree)
    return X, shown.lambdas


def test_a_bracket_reaches_from_the_truth_to_the_mean():
    shown = exhibit("bias-variance", {})
    drawn = catalogue.load("bias-variance").picture(shown)
    mark = drawn.mark("bracket")
    free, last = ({"lam": at, "refits": 0} for at in (0, len(shown.lambdas) - 1))
    assert not drawn.is_there(mark, free)
    (x, low), (_, high) = drawn.points(mark, last)[3:5]
    assert low == pytest.approx(np.interp(x, shown.x, shown.truth))
    assert high == pytest.approx(np.interp(x, shown.x, shown.mean_curve[-1]))


def test_stacked_parts_are_named_within_them():
    shown = exhibit("bias-variance", {})
    drawn = catalogue.load("bias-variance").picture(shown)
    inside = {
        label.of: drawn.along(label, drawn.rest) for label in drawn.labels if label.inside
    }
    assert set(inside) == {"stack-bias", "stack-variance"}
    x, under = shown.where[shown.tried[1:]], shown.noise + shown.bias_squared[shown.tried[1:]]
    middles = {"stack-bias": (shown.noise + under) / 2.0,
               "stack-variance": (under + shown.judged[shown.tried[1:]]) / 2.0}  # fmt: skip
    for name, points in inside.items():
        np.testing.assert_allclose(points, np.column_stack([x, middles[name]]))


@given(splits())
@examples(10)
def test_refits_scatter_about_their_mean_as_the_variance_says(parameters):
    shown = bias_variance(parameters)
    off = np.array([np.interp(shown.world.rows, shown.x, c) for c in shown.mean_curve])
    truth = np.interp(shown.world.rows, shown.x, shown.truth)
    # Penalized fits are smooth enough to be read off the grid that curves are drawn on.
    calm = shown.lambdas >= 1e-2
    bias_squared = np.mean((off - truth) ** 2, axis=1)
    np.testing.assert_allclose(bias_squared[calm], shown.bias_squared[calm], atol=2e-2)
    at = len(shown.lambdas) - 1
    rows = np.array([np.interp(shown.world.rows, shown.x, c) for c in shown.curves[at]])
    scatter = np.mean((rows - off[at]) ** 2)
    assert 0.3 * shown.variance[at] < scatter < 3.0 * shown.variance[at]


def test_the_fits_are_ridge_with_a_free_constant():
    shown = exhibit("bias-variance", {"lam": 0.37})
    X, X_grid = standardized_powers(shown.world.rows, shown.x, 9)
    centred = shown.sample[:, 1] - shown.sample[:, 1].mean()
    gram = X.T @ X / len(X) + 2.0 * 0.37 * np.eye(9)
    weights = np.linalg.solve(gram, X.T @ centred / len(X))
    np.testing.assert_allclose(
        shown.curves[shown.at, 0], X_grid @ weights + shown.sample[:, 1].mean(), atol=1e-10
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("slug", "parameters"),
    [
        ("overfitting", {"degree": 12, "n_points": 60, "penalty": "l1"}),
        ("bias-variance", {"n_refits": 1000, "n_samples": 160, "degree": 12}),
    ],
)
def test_exhibits_are_quick(slug, parameters):
    start = time.process_time()
    exhibit(slug, parameters)
    assert time.process_time() - start < 2.0


@pytest.fixture
def table(tmp_path):
    def write(rows, header="dose,answer"):
        path = tmp_path / "mine.csv"
        path.write_text("\n".join([header, *(f"{x},{y}" for x, y in rows)]))
        return {"data": str(path), "target": "answer", "features": ("dose",)}

    return write


def test_own_data_can_be_used(table):
    rng = np.random.default_rng(1)
    x = rng.uniform(1000.0, 3000.0, 80)
    own = table(np.column_stack([x, np.log(x) + 0.1 * rng.standard_normal(80)]))
    shown = exhibit("bias-variance", own)
    assert (shown.world.design.features[0], shown.world.design.target) == ("dose", "answer")
    assert 1000.0 <= shown.x[0] < shown.x[-1] <= 3000.0
    assert set(shown.world.rows) <= set(x)
    assert shown.judged[shown.best] < shown.judged[0]


@pytest.mark.parametrize(
    ("rows", "changed", "said"),
    [
        (
            [(i % 2, i) for i in range(30)],
            {},
            "'dose' has 2 different values; choose a feature",
        ),
        ([(i, (7 * i) % 5) for i in range(15)], {}, "n_samples = 16 is more than the 15 diff"),
        ([(i, 2 * i) for i in range(30)], {}, "'dose' predicts 'answer' without any noise"),
        ([(i, i % 3) for i in range(30)], {"features": ("doze",)}, "did you mean 'dose'"),
        ([(i, i % 3) for i in range(30)], {"features": ("answer",)}, "both target and feature"),
        ([(i, 5) for i in range(30)], {}, "target 'answer' is constant"),
    ],
)
def test_data_that_cannot_be_used_are_refused_in_one_sentence(table, rows, changed, said):
    with pytest.raises(BadInput, match=said) as refused:
        exhibit("bias-variance", table(rows) | changed)
    assert str(refused.value).count(". ") == 0


@given(seeds)
@examples(10)
def test_the_same_seed_gives_the_same_exhibit(seed):
    assume(seed > 0)
    for slug in ("overfitting", "bias-variance"):
        check_same(*(exhibit(slug, {"seed": seed}) for _ in range(2)))


def check_same(first, second):
    if not is_dataclass(first):
        np.testing.assert_equal(first, second)
        return
    for name, value in vars(first).items():
        check_same(value, getattr(second, name))
