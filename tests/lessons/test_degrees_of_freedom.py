"""Degrees of freedom: the formulas against the covariance of fit and data."""

import numpy as np
import pytest

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.degrees_of_freedom import EVERY, LAMS, PLACES, claims, picture, story
from regviz.lessons.errors import BadInput
from regviz.lessons.story import faults, played
from tests.lessons.csv_files import write_csv

SEEDS = (60, 7)


@pytest.fixture(scope="module", params=SEEDS)
def shown(request):
    return exhibit("degrees-of-freedom", {"seed": request.param})


def test_the_formulas_are_the_covariance_of_fit_and_data_within_monte_carlo_error(shown):
    for name in ("l2", "l1"):
        found, error = shown.measured[name]
        counted = shown.counted[name][::EVERY]
        # Of ten strengths that see the same noise, none is off by more than this by chance.
        assert (np.abs(found - counted) <= 4.0 * error + 1e-9).all()
        assert (np.diff(shown.counted["l2"]) < 0.0).all()
    assert shown.counted["l2"][0] == pytest.approx(shown.X.shape[1], rel=1e-12)
    assert shown.counted["l1"][0] == shown.X.shape[1]
    assert shown.counted["l1"][-1] == 0.0


def test_least_squares_on_the_chosen_features_follows_more(shown):
    lasso, chosen = (shown.measured[name][0] for name in ("l1", "chosen"))
    some = (shown.counted["l1"][::EVERY] > 1.0) & (shown.counted["l1"][::EVERY] < 8.0)
    assert some.sum() >= 3
    assert (chosen[some] > lasso[some] + 1.0).all()
    assert chosen[0] == pytest.approx(lasso[0], rel=1e-9)


def test_what_is_drawn_is_refitted_and_the_shares_add_up(shown):
    drawn = picture(shown)
    np.testing.assert_allclose(shown.leverages.sum(axis=1), shown.counted["l2"], rtol=1e-10)
    followed = drawn.mark("followed").points[::EVERY, :, 1]
    np.testing.assert_allclose(followed.sum(axis=1), shown.measured["l2"][0], rtol=1e-10)
    for draw, lam in ((0, 0), (3, 40), (15, 81)):
        at = {"draw": draw, "lam": lam}
        targets = drawn.points(drawn.mark("targets"), at)[:, 1]
        np.testing.assert_allclose(targets, shown.truth + shown.noise[draw], rtol=1e-12)
        weights = rm.ridge_path(shown.X, targets - targets.mean(), [LAMS[lam]])[0]
        fit = drawn.points(drawn.mark("fit"), at)[:, 1]
        np.testing.assert_allclose(fit, shown.X @ weights + targets.mean(), atol=1e-10)
    assert (np.diff(PLACES) > 0.0).all()


def test_what_is_told_is_true_and_the_task_is_not_done(shown):
    drawn = picture(shown)
    assert faults(story(shown), drawn) == []
    for step, stop in played(story(shown), drawn):
        said, lam = claims(shown, stop.at), float(LAMS[stop.at["lam"]])
        left = said["l2"].values["left"]
        near = abs(left - shown.X.shape[1] / 2.0) <= 0.05 * shown.X.shape[1]
        assert said["l2"].key.endswith("half") == near
        if step.task is not None:
            assert not step.task.is_done(said, {"lam": lam})
            low, high = step.task.within["lam"]
            wanted = shown.X.shape[1] / 4.0
            found = rm.ridge_freedom(shown.X, [low, high])
            assert (np.abs(found - wanted) <= 0.05 * shown.X.shape[1]).all()


@pytest.mark.parametrize(
    ("rows", "features", "values", "said"),
    [
        (40, 3, {"n_samples": 100}, "from 5 to 40 rows"),
        (5, 3, {}, "at least"),
        (200, 25, {}, "more than the 24"),
    ],
)
def test_data_that_cannot_be_refitted_are_refused(rows, features, values, said, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, features))
    columns = {f"x{j}": column for j, column in enumerate(X.T)} | {"y": rng.normal(size=rows)}
    source = write_csv(tmp_path, columns)
    with pytest.raises(BadInput, match=said):
        exhibit("degrees-of-freedom", {"data": source, "target": "y"} | values)
    exact = write_csv(tmp_path, {"a": X[:, 0], "b": X[:, 1], "y": X[:, 0] - 2.0 * X[:, 1]})
    with pytest.raises(BadInput, match=r"no noise|at least"):
        exhibit("degrees-of-freedom", {"data": exact, "target": "y"})


def test_a_feature_that_is_the_same_in_all_rows_is_named_as_such(tmp_path):
    rng = np.random.default_rng(1)
    rare = np.zeros(300)
    rare[1] = 1.0
    columns = {"a": rng.normal(size=300), "rare": rare, "y": rng.normal(size=300)}
    source = write_csv(tmp_path, columns)
    with pytest.raises(BadInput, match="the same in all"):
        exhibit("degrees-of-freedom", {"data": source, "target": "y"})
