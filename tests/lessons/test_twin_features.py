"""Two features as they become one: who takes, who shares, and that the loss is that of data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.story import played
from regviz.lessons.twin_features import NEAR, PENALTIES, Parameters, claims, picture, story
from tests.examples import examples

settings = st.fixed_dictionaries(
    {
        "rho": st.floats(0.0, 1.0),
        "lam": st.floats(0.2, 0.5),
        "signal": st.floats(0.8, 1.2),
        "lead": st.floats(0.08, 0.2),
    }
)
place = st.floats(0.0, 1.0)


def position(values, share):
    return round(share * (len(values) - 1))


def data(rho, lead, signal):
    """Two rows of which the loss is that of the lesson."""
    shared, own = np.sqrt([1.0 + rho, 1.0 - rho])
    X = np.array([[shared, shared], [own, -own]])
    return rm.LeastSquares(X, 2.0 * np.array([signal, lead]))


@examples(12)
@given(values=settings, r=place, d=place)
def test_weights_are_optimal_for_features_of_this_correlation(values, r, d):
    shown = catalogue.exhibit("twin-features", values)
    at = {"rho": position(shown.correlations, r), "lead": position(shown.leads, d)}
    rho, lead = shown.correlations[at["rho"]], shown.leads[at["lead"]]
    loss = data(rho, lead, shown.parameters["signal"])
    np.testing.assert_allclose(loss.hessian, [[1, rho], [rho, 1]], atol=1e-15)
    lam = shown.lam["l1"]
    for name, penalty in (("l1", rm.L1(lam)), ("l2", rm.L2(lam))):
        weights = shown.weights[name][at["rho"], at["lead"]]
        assert rm.kkt_residual(loss, penalty, weights) < 1e-10
    free = shown.free[at["rho"], at["lead"]]
    if rho < 1.0:
        assert np.abs(loss.gradient(free)).max() < 1e-10
        drawn = picture(shown)
        for name in PENALTIES:
            level = drawn.points(drawn.mark(f"level-{name}"), at)
            own = loss.value(shown.weights[name][at["rho"], at["lead"]])
            np.testing.assert_allclose(loss.value(level), own, atol=1e-9)


@examples(12)
@given(values=settings, d=place, share=place)
def test_equal_columns_have_equal_ridge_weights_and_an_edge_of_lasso_optima(values, d, share):
    shown = catalogue.exhibit("twin-features", values)
    lead, lam = shown.leads[position(shown.leads, d)], shown.lam["l1"]
    at = {"rho": len(shown.correlations) - 1, "lead": position(shown.leads, d)}
    first, second = shown.weights["l2"][-1, at["lead"]]
    assert first == second > 0.0
    loss, drawn = data(1.0, lead, shown.parameters["signal"]), picture(shown)
    start, end = drawn.points(drawn.mark("edge-l1"), at)
    assert start[1] == end[0] == 0.0
    for weights in (start, end, start + share * (end - start)):
        assert rm.kkt_residual(loss, rm.L1(lam), weights) < 1e-10
    said = claims(shown, at)
    assert said["l1"].key.endswith("any")
    assert said["l2"].key.endswith("equal")


@examples(12)
@given(values=settings)
def test_the_better_twin_is_taken_from_some_correlation_on(values):
    shown = catalogue.exhibit("twin-features", values)
    lead = shown.at["lead"]
    zero = shown.weights["l1"][:, lead, 1] == 0.0
    near = int(np.searchsorted(shown.correlations, NEAR))
    assert not zero[0]
    assert zero[near]
    np.testing.assert_array_equal(zero, np.arange(len(zero)) >= np.argmax(zero))
    behind = int(np.argmin(np.abs(shown.leads + shown.leads[lead])))
    assert shown.weights["l1"][near, behind, 0] == 0.0
    for at in (lead, behind):  # nearly half and half, whoever leads
        first, second = shown.weights["l2"][near, at]
        assert abs(first - second) < 0.15 * (first + second)
    assert (shown.weights["l2"] > 0.0).all()


@examples(12)
@given(values=settings)
def test_the_task_is_not_done_before_it_is_set(values):
    shown = catalogue.exhibit("twin-features", values)
    drawn = picture(shown)
    steps = [(step.task, stop) for step, stop in played(story(shown), drawn) if step.task]
    ((task, stop),) = steps
    driven = {d.name: float(d.values[stop.at[d.name]]) for d in drawn.drivers}
    assert not task.is_done(claims(shown, stop.at), driven)
    there = {"rho": int(np.searchsorted(shown.correlations, NEAR)), "lead": 0}
    assert task.is_done(claims(shown, there), {"rho": NEAR})


# ---- of data


@pytest.mark.parametrize("features", [("bmi", "bp"), ("s2", "s1"), ("s3", "s4")])
def test_data_are_twins_of_their_own_correlation(features):
    asked = {"data": "diabetes", "features": features}
    shown, design = catalogue.exhibit("twin-features", asked), read_design(Parameters(**asked))
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    slopes = X.T @ y / len(y)
    signs = np.where(slopes < 0.0, -1.0, 1.0)
    rho, lead = shown.number("rho"), shown.number("lead")
    assert rho == pytest.approx(signs.prod() * float(X[:, 0] @ X[:, 1]) / len(y))
    order = np.argsort(-np.abs(slopes))
    turned = [design.features[i] if signs[i] > 0.0 else f"−{design.features[i]}" for i in order]
    assert list(shown.features) == turned
    # In the unit of the target in which what both share tells 1, as of the lesson's two rows.
    unit = np.abs(slopes).sum() / (2.0 * np.sqrt(1.0 + rho))
    made = data(rho, lead, 1.0)
    np.testing.assert_allclose(-made.gradient(np.zeros(2)), np.abs(slopes)[order] / unit)
    own = rm.LeastSquares(X[:, order] * signs[order], y / unit)
    for name, weights in shown.weights.items():
        at = weights[shown.at["rho"], shown.at["lead"]]
        penalty = PENALTIES[name].with_lambda(shown.lam[name])
        assert rm.kkt_residual(own, penalty, at) < 1e-10
    *_, (_, end) = played(story(shown), picture(shown))
    assert end.tell[""].key == "twin-features.tell.own"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"data": "diabetes", "features": ("s1", "s3")}, "correlate at least 0"),
        (
            {"data": "diabetes", "features": ("bmi", "s5")},
            "differ by 0.08 to 0.5",
        ),
        (
            {"data": "diabetes", "features": ("sex", "s5")},
            "differ by 0.08 to 0.5",
        ),
        ({"data": "diabetes", "features": ("bmi", "bp"), "rho": 0.5}, "both given"),
        ({"features": ("bmi", "bp")}, "without data"),
    ],
)
def test_what_makes_no_twins_is_refused(asked, said):
    with pytest.raises(BadInput, match=said):
        catalogue.exhibit("twin-features", asked)
