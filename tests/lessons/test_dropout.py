"""What must be true of the dropout exhibit: the average over masks is a scaled ridge."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.catalogue import exhibit
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from tests.examples import examples
from tests.lessons.csv_files import write_csv

#: seeds of the masks whose averages are looked at together
SEEDS = range(40)


def problem(seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 2))
    return X, X.sum(axis=1) + rng.normal(size=40)


def data(seed):
    X, y = problem(seed)
    return {"data": {"a": X[:, 0], "b": X[:, 1], "y": y}, "target": "y"}


@pytest.fixture(scope="module")
def repeats():
    """The same data under many seeds of the masks."""
    return [exhibit("dropout", {**data(3), "n_masks": 100, "seed": seed}) for seed in SEEDS]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_the_monte_carlo_average_tends_to_the_closed_form_at_the_rate(repeats, keep):
    one = repeats[0]
    (at,) = np.flatnonzero(one.keeps == keep)
    off = np.stack([shown.averages[at] for shown in repeats]) - one.averaged.center[at]
    squares = np.sum(off**2, axis=-1)
    late = one.counts >= 10
    # A mean square over n repeats varies by a share of sqrt(2 / n) at most, its root by half.
    share = np.sqrt(0.5 / len(repeats))
    X, y = (rm.standardize(part) for part in (one.design.X, one.design.y))
    theory = np.sqrt(np.trace(rm.dropout_covariance(X, y, keep)) / one.counts)
    errors = np.sqrt(squares.mean(axis=0))
    assert np.abs(errors / theory - 1.0)[late].max() < 4.0 * share
    rate, spread = slope(one.counts[late], squares[:, late])
    assert abs(rate + 0.5) < 4.0 * spread
    assert spread < 0.1
    # Unbiased to leading order: the mean of all repeats is within their standard error.
    standard_error = off[:, -1].std(axis=0, ddof=1) / np.sqrt(len(off))
    assert (np.abs(off[:, -1].mean(axis=0)) < 4.5 * standard_error).all()


def slope(counts, squares):
    """The slope of the error on log-log axes, and its standard error by the jackknife."""
    steps = np.log(counts) - np.log(counts).mean()
    left_out = (squares.sum(axis=0) - squares) / (len(squares) - 1)
    slopes = 0.5 * np.log(left_out) @ steps / (steps @ steps)
    whole = 0.5 * np.log(squares.mean(axis=0)) @ steps / (steps @ steps)
    return whole, np.sqrt((len(squares) - 1) * slopes.var())


def test_the_measured_jitter_tends_to_what_the_penalty_is(repeats):
    one = repeats[0]
    measured = np.mean([shown.measured[:, -1] for shown in repeats], axis=0)
    np.testing.assert_allclose(measured, one.jitter, rtol=0.02)
    np.testing.assert_allclose(measured[-1], 0.0, atol=1e-15)
    # Half of it is the penalty, at the weights of least squares.
    lam = (1.0 - one.keeps) / (2.0 * one.keeps)
    penalty = [rm.L2(price).value(one.plain.center) for price in lam]
    np.testing.assert_allclose(one.jitter / 2.0, penalty, rtol=1e-12, atol=1e-15)


@examples(10)
@given(
    st.floats(0.1, 0.95),
    st.integers(10, 200),
    st.integers(0, 2**32 - 1),
    st.sampled_from([None, ("bp", "s5"), ("sex", "s3")]),
)
def test_everything_else_the_picture_claims(keep, n_masks, seed, features):
    shown = exhibit(
        "dropout", {"keep": keep, "n_masks": n_masks, "seed": seed, "features": features}
    )
    assert shown.certificate["kkt_residual"] < 1e-10
    assert shown.keeps[shown.at] == shown.parameters["keep"]
    assert shown.keeps[-1] == 1.0
    # Both features are standardized, so the scaled ridge is the plain one.
    plain = rm.Quadratic(shown.plain.hessian, shown.plain.center)
    for at, keep in enumerate(shown.keeps):
        lam = (1.0 - keep) / (2.0 * keep)
        assert rm.kkt_residual(plain, rm.L2(lam), shown.averaged.center[at]) < 1e-10
    assert (shown.averaged.center != 0.0).all()
    assert shown.counts[0] == 1
    assert shown.counts[-1] == n_masks
    assert shown.optima.shape == (len(shown.keeps), n_masks, 2)
    np.testing.assert_allclose(shown.averages[:, 0], shown.optima[:, 0])
    np.testing.assert_allclose(shown.averages[-1], shown.averaged.center[-1:].repeat(
        len(shown.counts), axis=0), atol=1e-10)  # fmt: skip
    np.testing.assert_allclose(shown.curve[0], shown.plain.center, atol=1e-12)
    # As the probability falls, entries only vanish.
    assert (shown.kept[1:] >= shown.kept[:-1]).all()
    picture = catalogue.load("dropout").picture(shown)
    check_contours(shown, picture)
    left, right, bottom, top = picture.panel("plane").limits
    for x, y in (shown.plain.center, shown.averaged.center[shown.at], (0.0, 0.0)):
        assert left < x < right
        assert bottom < y < top


def check_contours(shown, picture):
    """Every contour stands where its loss has one and the same rise, that of 0 last."""
    free = shown.plain.center
    plain = shown.plain.hessian
    whole = free @ plain @ free
    for name, keep in (("plain", 1.0), ("averaged", float(shown.keeps[shown.at]))):
        hessian = plain + (1.0 / keep - 1.0) * np.diag(np.diag(plain))
        center = free if name == "plain" else shown.averaged.center[shown.at]
        points = picture.points(picture.mark(name), picture.rest)
        lines = np.split(points, np.flatnonzero(np.isnan(points[:, 0])) + 1)[:-1]
        assert len(lines) == 3
        for level, line in enumerate(lines, start=1):
            off = line[:-1] - center
            rises = np.einsum("ni,ij,nj->n", off, hessian, off)
            np.testing.assert_allclose(rises, whole * (level / 3) ** 2)
            np.testing.assert_array_equal(line[0], line[-2])


def test_predictions_are_what_masks_make_of_them():
    shown = exhibit("dropout", {"keep": 0.3, "n_masks": 20, "seed": 0})
    picture = catalogue.load("dropout").picture(shown)
    X = rm.standardize(shown.design.X)[:12]
    drawn = Draws(0).even(20 * shown.design.X.size).reshape(20, *shown.design.X.shape)
    for at, count in enumerate(shown.counts):
        masked = X * (drawn[count - 1, :12] < 0.3) / 0.3
        place = {**picture.rest, "masks": at}
        points = picture.points(picture.mark("masked"), place)
        np.testing.assert_allclose(points[:, 1], masked @ shown.plain.center, atol=1e-12)
    spread = picture.points(picture.mark("spread"), picture.rest).reshape(-1, 3, 2)
    wanted = np.sqrt((0.7 / 0.3 * X**2) @ shown.plain.center**2)
    np.testing.assert_allclose((spread[:, 1, 1] - spread[:, 0, 1]) / 2.0, wanted)


def test_a_wire_is_live_where_both_its_units_are():
    shown = exhibit("dropout", {"n_masks": 20})
    picture = catalogue.load("dropout").picture(shown)
    for at in range(len(shown.counts)):
        place = {**picture.rest, "masks": at}
        active = picture.points(picture.mark("active"), place)
        there = {tuple(unit) for unit in active if np.isfinite(unit).all()}
        wires, live = (
            picture.points(picture.mark(name), place).reshape(-1, 3, 2)[:, :2]
            for name in ("wires", "live")
        )
        for wire, is_live in zip(wires, np.isfinite(live).all(axis=(1, 2)), strict=True):
            assert is_live == all(tuple(end) in there for end in wire)


def test_the_seed_decides_the_masks():
    first, again, other = (exhibit("dropout", {"seed": seed}) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.optima, again.optima)
    assert (first.optima != other.optima).any()


@pytest.mark.parametrize("keep", [0.1, 0.37, 0.95])
def test_what_is_said_is_what_is_shown(keep):
    lesson, shown = catalogue.load("dropout"), exhibit("dropout", {"keep": keep, "n_masks": 30})
    for place, probability in enumerate(shown.keeps):
        for masks in (0, len(shown.counts) - 1):
            said = lesson.claims(shown, {"keep": place, "masks": masks})
            kinds = {said[name].key.rsplit(".", 1)[1] for name in said if name != "alt"}
            assert kinds == {"none" if probability == 1.0 else "some"}
            assert said["strength"].values["keep"] == probability
            # By few masks it may be 0 only where there is nothing to drop.
            assert (said["alt"].values["distance"] == 0.0) == (probability == 1.0)


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
    assert shown.design.features == ("a" * 60, "b")
    assert shown.certificate["kkt_residual"] < 1e-10


def test_masks_that_leave_nothing_of_few_rows_have_an_optimum_all_the_same():
    few = {"a": [1, 2, 3, 5], "b": [1, 1, 2, 1], "y": [1, 2, 2, 5]}
    shown = exhibit("dropout", {"data": few, "target": "y", "keep": 0.1, "n_masks": 50})
    assert np.isfinite(shown.optima).all()
    dropped = np.abs(shown.optima).max(axis=2) == 0.0
    assert dropped[shown.at].any()


def test_of_many_rows_some_are_drawn_and_the_picture_says_so():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(3000, 2))
    many = {"a": X[:, 0], "b": X[:, 1], "y": X.sum(axis=1) + rng.normal(size=3000)}
    lesson = catalogue.load("dropout")
    shown = exhibit("dropout", {"data": many, "target": "y", "n_masks": 10})
    assert (len(shown.design.X), shown.reading.n_rows, shown.reading.n_left) == (
        1000,
        1000,
        2000,
    )
    assert set(map(tuple, shown.design.X)) <= set(map(tuple, X))
    assert "1000 of 3000 rows, drawn at random" in shown.reading.notes[-1]
    said = lesson.claims(shown, lesson.picture(shown).rest)["foot-rows"]
    assert said.values == {"rows": 1000, "n": 3000}
    assert lesson.picture(shown).panel("plane").foot == said
    few = exhibit("dropout", {**data(3), "n_masks": 10})
    assert "foot-rows" not in lesson.claims(few, lesson.picture(few).rest)
    # A column that is nearly constant keeps all its rows.
    rare = {**many, "b": np.arange(3000) == 7}
    kept = exhibit("dropout", {"data": rare, "target": "y", "n_masks": 10})
    assert len(kept.design.X) == 3000


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
