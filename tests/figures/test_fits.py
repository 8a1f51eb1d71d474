"""The figures of overfitting and of bias and variance show the exhibits' numbers."""

import numpy as np
import pytest
from matplotlib.text import Text

from regviz.lessons.text import LANGUAGES, load
from tests.figures.drawings import artist, computed, drawn, part


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_the_fits_are_the_exhibits(penalty):
    shown, options = computed("overfitting", penalty=penalty), {"penalty": penalty}
    for gid, curve in (
        ("truth", shown.truth),
        ("fit-free", shown.fits[0]),
        ("fit", shown.fits[shown.best]),
    ):
        np.testing.assert_array_equal(
            part(gid, "overfitting", **options), np.column_stack([shown.x, curve])
        )
    points = part("points", "overfitting", **options)
    np.testing.assert_array_equal(points, np.column_stack([shown.x_train, shown.y_train]))


def test_errors_are_drawn_over_the_logarithm_and_without_a_penalty_apart():
    shown = computed("overfitting")
    for gid, errors in (("train", shown.train_error), ("test", shown.test_error)):
        curve = part(gid, "overfitting")
        np.testing.assert_array_equal(curve, np.column_stack([shown.lambdas, errors])[1:])
        ((at, error),) = part(f"{gid}-at-0", "overfitting")
        assert at < 0.2 * shown.lambdas[1]
        assert error == errors[0]
    least = part("least", "overfitting")
    np.testing.assert_array_equal(least, [shown.points["least-test-error"]])
    assert artist("chart-errors", "overfitting").get_xscale() == "log"


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_bars_are_as_high_as_the_weights(penalty):
    shown = computed("overfitting", penalty=penalty)
    for gid, weights in (
        ("weights-free", shown.weights[0]),
        ("weights", shown.weights[shown.at]),
    ):
        path = artist(gid, "overfitting", penalty=penalty).get_path()
        bars = path.vertices.reshape(-1, 5, 2)
        np.testing.assert_array_equal(bars[:, 1, 1], weights)
        np.testing.assert_array_equal(bars[:, 0, 1], 0.0)
        np.testing.assert_allclose(bars[:, 0, 0] + bars[:, 3, 0], 2 * np.arange(1, 10))


def test_weights_that_are_exactly_zero_are_marked_as_such():
    shown = computed("overfitting", penalty="l1")
    zeros = 1 + np.flatnonzero(shown.weights[shown.at] == 0.0)
    assert len(zeros)
    marked = part("exact-zeros", "overfitting", penalty="l1")
    np.testing.assert_array_equal(marked, np.column_stack([zeros, 0 * zeros]))
    assert not drawn("overfitting").findobj(lambda a: a.get_gid() == "exact-zeros")


def test_refits_are_the_exhibits_at_three_strengths():
    shown = computed("bias-variance")
    for place, index in enumerate((0, shown.best, len(shown.lambdas) - 1)):
        for gid, curve in (
            (f"refit-{place}-1", shown.curves[index, 0]),
            (f"refit-{place}-30", shown.curves[index, 29]),
            (f"mean-{place}", shown.mean_curve[index]),
            (f"truth-{place}", shown.truth),
        ):
            np.testing.assert_array_equal(
                part(gid, "bias-variance"), np.column_stack([shown.x, curve])
            )


def test_the_parts_of_the_error_and_what_was_measured_are_the_exhibits():
    shown = computed("bias-variance")
    for gid, values in (
        ("bias", shown.bias_squared),
        ("variance", shown.variance),
        ("total", shown.total),
    ):
        curve = part(gid, "bias-variance")
        np.testing.assert_array_equal(curve, np.column_stack([shown.lambdas, values])[1:])
    np.testing.assert_array_equal(part("noise", "bias-variance")[:, 1], shown.noise**2)
    measured = part("measured", "bias-variance")
    np.testing.assert_array_equal(measured[:, 1], shown.measured)
    whiskers = part("measured-errors", "bias-variance").reshape(-1, 3, 2)[:, :2, 1]
    np.testing.assert_allclose(whiskers.mean(axis=1), shown.measured)
    np.testing.assert_allclose(np.ptp(whiskers, axis=1), 4.0 * shown.measured_error)
    np.testing.assert_array_equal(part("least", "bias-variance"), [shown.points["least-error"]])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_matters_is_labelled(lang):
    text = load(lang)
    for lesson, keys in (
        ("overfitting", ("truth", "free", "test", "train", "best")),
        ("bias-variance", ("truth", "mean", "bias", "variance", "noise", "total", "best")),
    ):
        said = {label.get_text() for label in drawn(lesson, lang=lang).findobj(Text)}
        for key in keys:
            assert text(f"{lesson}.figure.{key}") in said


def test_a_fit_that_needs_no_penalty_is_not_said_to():
    said = drawn("overfitting", degree=1, n_points=4, noise=0.0).description
    assert "no penalty is needed" in said
    assert "wild" not in said


def test_the_sum_is_named_where_its_least_is_at_the_end():
    shown = computed("bias-variance", features=("age",), degree=12, n_samples=14)
    assert shown.case == "edge"
    figure = drawn("bias-variance", features=("age",), degree=12, n_samples=14)
    assert "sum" in {label.get_text() for label in figure.findobj(Text)}
