"""What must be true of the dropout exhibit: the average over masks is a scaled ridge."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from tests.examples import examples
from tests.lessons.csv_files import write_csv


def problem(seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 2))
    return X, X.sum(axis=1) + rng.normal(size=40)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_the_monte_carlo_average_tends_to_the_closed_form_at_the_rate(keep, seed):
    shown = exhibit("dropout", {"keep": keep, "seed": seed})
    assert abs(shown.rate + 0.5) < 4.0 * shown.rate_spread
    assert shown.rate_spread < 0.1
    late = shown.counts >= 30
    # A mean square over n repeats varies by a share of sqrt(2 / n) at most.
    share = np.sqrt(0.5 / len(shown.optima))
    assert np.abs(shown.errors / shown.theory - 1.0)[late].max() < 4.0 * share
    np.testing.assert_allclose(shown.theory * np.sqrt(shown.counts), shown.theory[0])
    # Unbiased to leading order: the mean of all repeats is within their standard error.
    last = shown.optima[:, -1]
    standard_error = last.std(axis=0, ddof=1) / np.sqrt(len(last))
    assert (np.abs(last.mean(axis=0) - shown.closed_form) < 4.5 * standard_error).all()


@examples(10)
@given(
    st.floats(0.1, 0.95),
    st.integers(10, 300),
    st.integers(0, 2**32 - 1),
    st.sampled_from([None, ("bp", "s5"), ("sex", "s3")]),
)
def test_everything_else_the_picture_claims(keep, n_masks, seed, features):
    shown = exhibit(
        "dropout", {"keep": keep, "n_masks": n_masks, "seed": seed, "features": features}
    )
    assert shown.certificate["kkt_residual"] < 1e-10
    # Both features are standardized, so the scaled ridge is the plain one.
    plain = rm.Quadratic(shown.hessians[0], shown.unregularized)
    assert rm.kkt_residual(plain, rm.L2(shown.lam["l2"]), shown.closed_form) < 1e-10
    assert (shown.closed_form != 0.0).all()
    assert shown.counts[0] == 1
    assert shown.counts[-1] == n_masks
    assert shown.optima.shape[1:] == (len(shown.counts), 2)
    assert set(np.unique(shown.masks)) <= {0.0, 1.0}
    np.testing.assert_allclose(shown.curve[0], shown.unregularized, atol=1e-12)
    (at,) = np.flatnonzero(shown.keeps == shown.parameters["keep"])
    np.testing.assert_allclose(shown.curve[at], shown.closed_form, atol=1e-12)
    written = [f"{step:.{shown.keep_decimals}f}" for step in shown.keeps]
    np.testing.assert_array_equal(shown.keeps, [float(digits) for digits in written])
    check_contours(shown)
    left, right, bottom, top = shown.limits
    for x, y in (shown.unregularized, shown.closed_form, (0.0, 0.0)):
        assert left < x < right
        assert bottom < y < top


def check_contours(shown):
    centers = (shown.unregularized, shown.closed_form)
    for index, hessian in enumerate(shown.hessians):
        unit = shown.unit_levels[index]
        np.testing.assert_allclose(np.einsum("ni,ij,nj->n", unit, hessian, unit), 1.0)
        loss = rm.Quadratic(hessian, centers[index])
        drawn = centers[index] + shown.level_radii[index, -1] * unit
        np.testing.assert_allclose(loss.value(drawn), loss.value(centers[1 - index]))


def test_the_seed_decides_the_masks_and_the_first_of_them_is_shown():
    first, again, other = (exhibit("dropout", {"seed": seed}) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.optima, again.optima)
    assert (first.optima != other.optima).any()
    seeds = np.random.SeedSequence(5).spawn(1)
    masks = rm.dropout_masks((442, 2), 0.5, 8, np.random.default_rng(seeds[0]))
    np.testing.assert_array_equal(first.masks, masks[:, :12])


@pytest.mark.long
def test_it_is_fast_enough_to_wait_for():
    fastest = np.inf
    for _ in range(3):
        start = time.process_time()
        exhibit("dropout")
        fastest = min(fastest, time.process_time() - start)
    assert fastest < 1.5


def test_the_lecturers_two_features_need_no_names(tmp_path):
    X, y = problem(2)
    source = write_csv(tmp_path, {"a" * 60: X[:, 0], "b": X[:, 1], "y": y})
    shown = exhibit("dropout", {"data": source, "target": "y", "n_masks": 50})
    assert shown.features == ("a" * 60, "b")
    assert shown.certificate["kkt_residual"] < 1e-10


@pytest.mark.parametrize(
    ("columns", "values", "message"),
    [
        ({"a": [1, 2, 3, 5], "b": [2, 4, 6, 10], "y": [1, 2, 2, 5]}, {}, "correlate 1.000"),
        (
            {"a": [1, 2, 3, 5], "y": [1, 2, 2, 5]},
            {},
            "has only 'a' besides 'y'; this lesson takes two features",
        ),
        (
            {"a": [1, -1, 1, -1], "b": [1, -1, -1, 1], "y": [1, 1, -1, -1]},
            {},
            "is correlated with 'y'",
        ),
        (
            {"a": [1, 2, 3, 5], "b": [1, 1, 2, 2], "y": [1, 2, 2, 5]},
            {"keep": 1.0},
            "keep = 1.0 is out of bounds",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(columns, values, message, tmp_path):
    source = write_csv(tmp_path, columns)
    with pytest.raises(BadInput, match=message):
        exhibit("dropout", {"data": source, "target": "y", **values})
