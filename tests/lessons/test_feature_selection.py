"""What must be true of the feature-selection exhibit, on our data and on anyone's."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

import regmath as rm
from regviz.lessons import feature_questions, feature_selection
from regviz.lessons.catalogue import exhibit
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.held_out import HeldOut
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.markup import spelled
from regviz.lessons.numbers import counted
from regviz.lessons.story import Voice, faults, played
from tests.examples import examples
from tests.lessons.csv_files import write_csv
from tests.lessons.test_validation import noise


def random_columns(seed, n_samples, n_features, correlation=0.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) + correlation * rng.normal(size=(n_samples, 1))
    y = X[:, : max(1, n_features // 2)].sum(axis=1) + rng.normal(size=n_samples)
    return {f"x{index}": column for index, column in enumerate(X.T)} | {"y": y}


def awkward(kind):
    columns = random_columns(3, 40, 6)
    if kind == "more features than samples":
        return random_columns(1, 12, 40)
    if kind == "collinear":
        return columns | {"twin": columns["x0"], "sum": columns["x1"] + columns["x2"]}
    if kind == "long names":
        long = " ".join(["systolic blood pressure"] * 4)
        return {f"{long} {name}" if name != "y" else name: x for name, x in columns.items()}
    if kind == "correlated":
        return random_columns(5, 60, 8, correlation=3.0)
    return random_columns(2, 30, {"two features": 2, "one feature": 1}[kind])


def described(shown):
    return feature_selection.picture(shown), feature_selection.story(shown)


KINDS = (
    "more features than samples", "collinear", "long names", "two features", "one feature",
    "correlated",
)  # fmt: skip


def loss_of(shown):
    design = read_design(
        DataKnobs(data=shown.parameters["data"], target=shown.parameters["target"])
    )
    return rm.LeastSquares(rm.standardize(design.X), rm.standardize(design.y))


def check(shown):
    """Assert everything that the pictures claim."""
    loss, l1, l2 = loss_of(shown), shown.weights["l1"], shown.weights["l2"]
    strongest = rm.L1(1.0).lambda_max(loss.gradient(np.zeros(l1.shape[1])))
    assert shown.lasso.lambda_max == pytest.approx(strongest, rel=1e-12)
    picked = np.unique(np.r_[shown.at, np.linspace(0, len(l1) - 1, 25).astype(int)])
    for index in picked:
        lam = shown.lambdas[index]
        assert rm.kkt_residual(loss, rm.L1(lam), l1[index]) < 1e-10
        assert rm.kkt_residual(loss, rm.L2(lam), l2[index]) < 1e-10
    assert shown.certificate["kkt_residual"] < 1e-10
    assert shown.lasso.lambda_max <= shown.gone_from <= 1.1 * shown.lasso.lambda_max
    assert (l1[shown.lambdas >= shown.lasso.lambda_max] == 0.0).all()
    assert (l1[shown.lambdas < shown.lasso.lambda_max] != 0.0).any(axis=1).all()
    assert not np.signbit(l1[l1 == 0.0]).any()
    assert (l2 != 0.0).all()
    # The norm of all weights falls with lambda, though a single L2 weight need not.
    assert (np.diff(np.linalg.norm(l2, axis=1)) <= 0.0).all()
    assert shown.lambdas[shown.at] == shown.lam["l1"] == shown.parameters["lam"]
    assert set(shown.survivors) == set(np.flatnonzero(l1[shown.at]))
    check_counts(shown)
    check_sweep(shown)


def check_counts(shown):
    for name, weights in shown.weights.items():
        zeros = (weights == 0.0).sum(axis=1)
        np.testing.assert_array_equal(shown.n_zeros[name], zeros)


def check_sweep(shown):
    assert (np.diff(shown.lambdas) > 0.0).all()
    assert shown.lambdas[-1] > shown.lasso.lambda_max > shown.lambdas[0] > 0.0
    for lam in np.delete(shown.lambdas, shown.at):
        assert float(counted(lam)) == lam


@pytest.mark.parametrize("lam", [None, 0.0001, 0.3, 0.6, 100.0])
def test_everything_the_picture_claims(lam):
    check(exhibit("feature-selection", {} if lam is None else {"lam": lam}))


@pytest.mark.parametrize("kind", KINDS)
def test_everything_it_claims_of_the_lecturers_data(kind, tmp_path):
    columns = awkward(kind)
    source = write_csv(tmp_path, columns)
    shown = exhibit("feature-selection", {"data": source, "target": "y"})
    assert shown.features == tuple(name for name in columns if name != "y")
    check(shown)
    n_features = len(shown.features)
    if kind != "one feature":
        assert 0 < len(shown.survivors) < n_features


def check_claims(shown):
    """Assert that what is said of every strength and of cross-validation is so."""
    said = {}
    for lam, strength in enumerate(shown.lambdas):
        said = feature_selection.claims(shown, {"lam": lam, "fold": 0})
        for name in ("l1", "l2"):
            zeros = np.sum(shown.weights[name][lam] == 0.0)
            assert said[f"verdict-{name}"].values == {"zeros": zeros, "n": len(shown.features)}
        gone = said["foot-lam"].key.endswith(".gone")
        assert gone == (not shown.weights["l1"][lam].any())
        assert gone or strength < said["foot-lam"].values["gone"]
    for name in ("l1", "l2"):
        choice, found = said[f"foot-{name}"], shown.held_out[name]
        least, rule = found.least[0], found.one_standard_error[0]
        assert ("least" in choice.values) == (least < np.inf)
        assert ("rule" in choice.values) == (rule < np.inf)
        assert choice.values.get("least", np.inf) == least
        assert choice.values.get("rule", np.inf) == rule


def check_picture(shown):
    """Assert that the picture is the exhibit, and that its story can be told of it."""
    picture, story = described(shown)
    assert faults(story, picture) == []
    n = len(shown.rows)
    for name in ("l1", "l2"):
        for lam in (0, shown.at, len(shown.lambdas) - 1):
            weights = shown.weights[name][lam, shown.rows]
            seen = {
                mark: picture.points(picture.mark(f"{mark}-{name}"), {"lam": lam, "fold": 0})
                for mark in ("tips", "rings", "dots", "holes")
            }
            for mark, at in (("tips", 0), ("dots", 1)):
                expected = np.where(weights == 0.0, np.nan, weights)
                np.testing.assert_array_equal(seen[mark][:, at], expected)
            for mark, at in (("rings", 0), ("holes", 1)):
                np.testing.assert_array_equal(np.isfinite(seen[mark][:, at]), weights == 0.0)
        check_paths(shown, picture, name)
        names = picture.panel(f"bars-{name}").ticks[1]
        assert len(set(names.values())) == len(shown.drawn)
        assert list(names) == list(range(len(shown.drawn), 0, -1))
        assert len(picture.panel(f"paths-{name}").ticks[1]) == n
        lam, error = shown.held_out[name].one_standard_error
        marks = {mark.name: mark for mark in picture.marks}
        swept = feature_selection.swept(shown)
        sees = HeldOut(shown.lesson, name, shown.held_out, swept).sees(lam)
        assert (f"rule-{name}" in marks) == sees
        if sees:
            held = marks[f"held-{name}"].points
            (at,) = np.flatnonzero(held[:, 0] == np.round(np.log10(lam), 5))
            assert held[at, 1] == pytest.approx(error, abs=1e-5)


def check_paths(shown, picture, name):
    """Assert that each feature that is drawn has its path, and each strength its count."""
    there = {mark.name: mark for mark in picture.marks}
    for rank, feature in enumerate(shown.drawn):
        path = there[f"path-{rank}-{name}"].points
        np.testing.assert_array_equal(path[:, 1], shown.paths[name][:, feature])
    x, steps = there[f"steps-{name}"].points.T
    grid = [mark for mark in there if mark.startswith("grid-") and mark.endswith(name)]
    ceiling, floor = (there[mark].points[0, 1] for mark in grid[-2:])
    n = len(shown.features)
    (label,) = (label for label in picture.labels if label.of == grid[-2])
    assert label.said.values["at"] == n
    for lam, zeros in zip(shown.lambdas, shown.n_zeros[name], strict=True):
        on = (x[:-1] <= np.log10(lam) + 1e-5) & (np.log10(lam) <= x[1:] + 1e-5)
        counts = (steps[:-1][on] - floor) / (ceiling - floor) * n
        assert abs(counts - zeros).min() < 1e-2 * n
    for lam in (0, shown.at):
        (at,) = picture.points(picture.mark(f"count-{name}"), {"lam": lam})
        count = (at[1] - floor) / (ceiling - floor) * n
        assert count == pytest.approx(shown.n_zeros[name][lam])


@pytest.mark.parametrize("lam", [None, 0.0001, 0.6, 100.0])
def test_what_is_said_is_true_and_what_is_seen_is_computed(lam):
    shown = exhibit("feature-selection", {} if lam is None else {"lam": lam})
    check_claims(shown)
    check_picture(shown)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_of_the_lecturers_data(kind, tmp_path):
    shown = exhibit(
        "feature-selection", {"data": write_csv(tmp_path, awkward(kind)), "target": "y"}
    )
    check_claims(shown)
    check_picture(shown)


@pytest.mark.parametrize("signal", [0.0, 0.3])
def test_what_cross_validation_does_not_decide_is_said(signal, tmp_path):
    shown = exhibit("feature-selection", {"data": noise(tmp_path, signal), "target": "y"})
    said = feature_selection.claims(shown, {"lam": 0, "fold": 0})
    expected = "useless" if signal == 0.0 else "undecided"
    assert said["foot-l2"].key == f"feature-selection.claim.choice.{expected}"
    check_claims(shown)
    check_picture(shown)


def test_names_stand_beside_the_paths_as_they_are(tmp_path):
    names = ["price $", "{lam}", "100 %", r"a\\b", "a<b>&", "체중 {kg} $", "y"]
    columns = dict(zip(names, random_columns(2, 30, 6).values(), strict=True))
    shown = exhibit("feature-selection", {"data": write_csv(tmp_path, columns), "target": "y"})
    picture, _ = described(shown)
    for panel in ("bars-l1", "paths-l2"):
        written = [spelled(name) for name in picture.panel(panel).ticks[1].values()]
        assert sorted(written[:6]) == sorted(names[:-1])


@examples(15)
@given(st.integers(0, 10_000), st.integers(4, 30), st.integers(1, 12), st.floats(0.001, 3.0))
@example(7, 5, 12, 0.2)
def test_everything_it_claims_of_random_data(tmp_path_factory, seed, n_samples, n, lam):
    source = write_csv(tmp_path_factory.mktemp("data"), random_columns(seed, n_samples, n))
    shown = exhibit("feature-selection", {"data": source, "target": "y", "lam": lam})
    check(shown)
    check_claims(shown)
    check_picture(shown)


def test_knots_are_corners_of_the_drawn_paths():
    shown = exhibit("feature-selection")
    knots = shown.lasso.lambdas
    drawn = np.isin(knots, shown.grid)
    np.testing.assert_array_equal(drawn, knots > shown.grid[0])
    at = np.searchsorted(shown.grid, knots[drawn])
    np.testing.assert_array_equal(shown.paths["l1"][at], shown.lasso.weights[drawn])


def test_names_of_the_features_that_l1_drops_stand_back():
    shown = exhibit("feature-selection")
    picture, _ = described(shown)
    for name in ("l1", "l2"):
        panel = picture.panel(f"paths-{name}")
        kept = {panel.ticks[1][at] for at, role in panel.toned.items() if role == name}
        survivors = shown.survivors if name == "l1" else range(10)
        assert kept == {shown.features[feature] for feature in survivors}


def test_survival_is_ordered_by_the_strength_that_drops_a_feature():
    shown = exhibit("feature-selection")
    dropped_at = [
        shown.lambdas[shown.weights["l1"][:, feature] != 0.0].max(initial=0.0)
        for feature in shown.order
    ]
    assert dropped_at == sorted(dropped_at, reverse=True)
    assert sorted(shown.order) == list(range(10))
    assert shown.features[shown.order[0]] == "bmi"


def test_of_a_wide_file_those_that_survive_longest_are_drawn_and_all_are_counted(tmp_path):
    source = write_csv(tmp_path, random_columns(4, 20, 90))
    shown = exhibit("feature-selection", {"data": source, "target": "y"})
    assert (len(shown.drawn), len(shown.rows), len(shown.order)) == (60, 10, 90)
    assert shown.order[:60] == shown.drawn
    assert shown.drawn[:10] == shown.rows
    assert shown.n_zeros["l1"].max() == 90


def test_a_page_shows_bars_of_all_that_is_drawn_and_a_video_of_those_with_a_name(tmp_path):
    source = write_csv(tmp_path, random_columns(4, 20, 90))
    shown = exhibit("feature-selection", {"data": source, "target": "y"})
    picture, story = described(shown)
    panel = picture.panel("bars-l2")
    rows = [picture.limits(panel, {"closer": at})[2:] for at in (0, 1)]
    assert rows == [(0.5, 60.5), (50.5, 60.5)]
    marks = {mark.name: mark for mark in picture.marks}
    assert picture.rest["closer"] == 0
    assert len(marks["bars-l2"].points[0]) == 10
    assert len(marks["more-l2"].points[0]) == 50
    assert {"bars-l2", "more-l2"} <= set(picture.free)
    for _, stop in played(story, picture):
        assert "more-l2" not in stop.shown
        assert stop.at["closer"] == 1


def test_the_mean_is_that_of_the_curves_of_all_parts():
    shown = exhibit("feature-selection")
    picture, story = described(shown)
    for name in ("l1", "l2"):
        mean = dict(picture.mark(f"mean-{name}").points)
        parts = [dict(picture.mark(f"part-{part}-{name}").points) for part in range(1, 6)]
        both = set(mean).intersection(*parts)
        assert len(both) > 2
        for at in both:
            assert mean[at] == pytest.approx(np.mean([part[at] for part in parts]), abs=2e-5)
    seen = [stop for _, stop in played(story, picture) if stop.section == "rows"]
    for stop in seen[1:]:
        parts = {name for name in stop.shown if name.startswith("part-")}
        assert len(parts) == 2 * (stop.at["fold"] + 1)


def test_half_of_our_features_survive_by_default():
    shown = exhibit("feature-selection")
    assert len(shown.survivors) == 5
    assert shown.parameters["lam"] == 0.07


def test_the_error_on_held_out_rows_is_that_of_fits_without_them():
    shown = exhibit("feature-selection")
    loss = loss_of(shown)
    order = np.random.default_rng(0).permutation(442)
    found = shown.held_out["l2"]
    tried, chosen = found.lambdas, found.one_standard_error[0]
    for at in (0, int(np.flatnonzero(tried == chosen)[0]), len(tried) - 1):
        lam, errors = tried[at], []
        for out in np.array_split(order, 5):
            seen = np.setdiff1d(order, out)
            X, y = loss.X[seen], loss.y[seen]
            fit = Ridge(alpha=2 * lam * len(seen)).fit(X, y)
            errors.append(np.mean((loss.y[out] - fit.predict(loss.X[out])) ** 2))
        assert found.mean[at] == pytest.approx(np.mean(errors), rel=1e-9)


def test_the_choice_is_the_largest_strength_whose_error_is_tolerated(tmp_path):
    for values in ({}, {"data": write_csv(tmp_path, random_columns(3, 12, 4)), "target": "y"}):
        shown = exhibit("feature-selection", values)
        for name, found in shown.held_out.items():
            tried, errors, (lam, error) = found.lambdas, found.mean, found.least
            rule, tolerated = found.one_standard_error[0], found.tolerated
            assert error <= min(errors.min(), tolerated)
            if 0.0 < lam < np.inf:
                assert errors[tried == lam] == error == errors.min()
            if rule < np.inf and errors[-1] > tolerated:
                assert rule == tried[errors <= tolerated].max(initial=0.0)
            paths = {"l1": rm.lasso_path, "l2": rm.ridge_path}
            loss = loss_of(shown)
            for at, kept in zip((lam, rule), shown.kept[name], strict=True):
                if at == np.inf:
                    assert kept == 0
                    continue
                path = paths[name]
                weights = (
                    path(loss.X, loss.y).at(at)
                    if name == "l1"
                    else path(loss.X, loss.y, np.array([at]))
                )
                assert kept == np.count_nonzero(weights)


def test_both_curves_of_errors_reach_equally_far():
    for target in ("target", "age"):
        shown = exhibit("feature-selection", {"target": target})
        l1, l2 = (shown.held_out[name].lambdas for name in ("l1", "l2"))
        assert l1[-1] == l2[-1] >= shown.lambdas[-1]
        assert all((np.diff(tried) > 0.0).all() for tried in (l1, l2))


@pytest.mark.parametrize(
    ("columns", "target", "message"),
    [
        ({"a": [1, 2, 3, 4], "y": [1, 2, 2, 5]}, None, "needs its target named"),
        ({"a": [1, 1, 1, 1], "y": [1, 2, 2, 5]}, "y", r"besides 'y', only 'a' \(constant\)"),
        ({"a": [1, -1, 1, -1], "y": [1, 1, -1, -1]}, "y", "no feature .* is correlated"),
        ({"y": [1, 2, 2, 5]}, "y", "no column to learn from besides 'y'"),
    ],
)
def test_data_without_anything_to_select_are_refused(columns, target, message, tmp_path):
    source = write_csv(tmp_path, columns)
    values = {"data": source} | ({"target": target} if target else {})
    with pytest.raises(BadInput, match=message) as refusal:
        exhibit("feature-selection", values)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_what_is_asked_of_a_dropped_feature_is_of_one_that_is_named(tmp_path):
    asked = 0
    for seed in range(8):
        columns = random_columns(seed, 60, 14, correlation=2.0)
        source = write_csv(tmp_path, columns)
        shown = exhibit("feature-selection", {"data": source, "target": "y"})
        for question in feature_questions.after(shown, Voice("feature-selection")):
            asked += 1
            (feature,) = (each for each in shown.features
                          if question.prompt.values["feature"] == each)  # fmt: skip
            assert shown.features.index(feature) in shown.rows
    assert asked
