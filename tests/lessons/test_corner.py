"""What must be true of the corner exhibit, for every parameter value in bounds."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.corner import PENALTIES, Parameters
from regviz.lessons.corner import exhibit as compute
from regviz.lessons.errors import BadInput
from tests.examples import examples

curvatures = st.floats(0.2, 5.0)
centers = st.floats(-5.0, 5.0)


@st.composite
def parameters(draw):
    center = (draw(centers), draw(centers))
    assume(max(map(abs, center)) > 0.05)
    driver = draw(st.sampled_from(["default", "lam", "budget"]))
    return Parameters(
        rho=draw(st.floats(-0.9, 0.9)),
        curvature=(draw(curvatures), draw(curvatures)),
        center=center,
        lam=draw(st.floats(0.0, 20.0)) if driver == "lam" else None,
        budget=draw(st.floats(0.01, 10.0)) if driver == "budget" else None,
        step_size=draw(st.floats(0.1, 1.0)),
        method=draw(st.sampled_from(["projected", "ista", "fista", "coordinate"])),
    )


def loss_of(shown):
    return rm.Quadratic(shown.parameters["hessian"], shown.parameters["center"])


@examples(12)
@given(parameters())
@example(Parameters())
@example(Parameters(data="diabetes"))
@example(Parameters(center=(0.0, 2.0), rho=0.0))
def test_everything_the_picture_claims(chosen):
    shown = compute(chosen)
    loss = loss_of(shown)
    scale = 1.0 + float(np.abs(loss.gradient(np.zeros(2))).max())
    assert shown.certificate["kkt_residual"] <= 1e-10 * scale
    for name, side in (("l1", shown.l1), ("l2", shown.l2)):
        penalty = PENALTIES[name].with_lambda(side.lam)
        assert penalty.subdifferential_distance(side.weights, side.pull) <= 1e-10 * scale
        assert penalty.level(side.weights) == pytest.approx(
            min(side.budget, penalty.level(loss.center)), abs=1e-10 * scale
        )
        np.testing.assert_allclose(side.path[0], shown.start, atol=0)
        np.testing.assert_allclose(side.path[-1], side.weights, atol=1e-9 * scale)
        if side.level is not None:
            np.testing.assert_array_equal(side.level[0], side.weights)
            values = loss.value(side.level)
            np.testing.assert_allclose(values, values[0], atol=1e-10 * scale**2)
            boundary = side.budget * side.unit_ball
            assert loss.value(boundary).min() >= values[0] - 1e-10 * scale**2
        if side.case == "corner":
            assert np.sum(side.weights == 0.0) == 1
        if side.case in {"edge", "smooth"}:
            assert not np.any(side.weights == 0.0)
    np.testing.assert_allclose(shown.free_path[-1], loss.center, atol=1e-9 * scale)


@examples(12)
@given(parameters())
@example(Parameters())
@example(Parameters(rho=-0.09663408453797995, center=(1.0, 1.0)))  # no corner, but for rounding
def test_the_sweep_is_solved_at_the_values_it_shows(chosen):
    shown = compute(chosen)
    sweep, loss = shown.sweep, loss_of(shown)
    assert all(float(f"{value:.{sweep.decimals}f}") == value for value in sweep.values.tolist())
    for name, penalty in PENALTIES.items():
        for at in range(0, len(sweep.values), 50):
            weights = sweep.weights[name][at]
            strength = penalty.with_lambda(float(sweep.lams[name][at]))
            assert rm.kkt_residual(loss, strength, weights) <= 1e-10
            np.testing.assert_allclose(
                loss.value(shown.center + sweep.level_radii[name][at] * shown.unit_level),
                loss.value(weights),
                atol=1e-9,
            )
    assert np.all(np.diff(sweep.budgets["l1"]) <= 1e-12)
    assert np.all(np.diff(sweep.budgets["l2"]) <= 1e-12)


def test_by_default_the_diamond_has_its_corner_and_the_circle_none():
    for values in ({}, {"data": "diabetes"}, {"rho": -0.8, "center": (-1.0, -2.0)}):
        shown = exhibit("corner", values)
        assert shown.l1.case == "corner"
        assert shown.l2.case == "smooth"


def test_once_zero_the_l1_weight_stays_zero_as_lambda_grows():
    sweep = exhibit("corner").sweep
    zero = sweep.weights["l1"][:, 0] == 0.0
    assert zero[sweep.at :].all()
    assert not np.any(sweep.weights["l2"] == 0.0)


def test_the_loss_of_the_data_is_least_squares_on_standardized_columns():
    shown = exhibit("corner", {"data": "diabetes"})
    table = np.genfromtxt("lessons/data/diabetes.csv", delimiter=",", names=True)
    X = np.column_stack([table["bmi"], table["s6"]])
    X, y = (X - X.mean(0)) / X.std(0), (table["target"] - table["target"].mean())
    expected, *_ = np.linalg.lstsq(X, y / table["target"].std(), rcond=None)
    np.testing.assert_allclose(shown.points["unregularized"], expected, atol=1e-12)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lam": 1.0, "budget": 1.0}, "lam and budget are both given"),
        ({"data": "diabetes", "rho": 0.1}, "rho and data are both given"),
        ({"features": "bmi,bp"}, "features is given without data"),
        ({"center": (0.0, 0.0)}, "leaves no weight to shrink"),
        ({"data": "diabetes", "features": "s1,s2"}, None),
        ({"data": "diabetes", "features": "bmi,bmy"}, "did you mean 'bmi'"),
        ({"data": "diabetes", "features": "bmi,target"}, "both target and feature"),
        ({"rho": "0.95"}, "out of bounds"),
        ({"rho": "nan"}, "not finite"),
        ({"lam": "much"}, "not a number"),
        ({"lambda": 1.0}, "unknown"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(values, message):
    if message is None:
        assert exhibit("corner", values).certificate["kkt_residual"] < 1e-10
        return
    with pytest.raises(BadInput, match=message):
        exhibit("corner", values)


@pytest.mark.parametrize("values", [{}, {"data": "diabetes"}, {"budget": 0.4}])
def test_scaled_contours_pass_through_the_sweeps_optima(values):
    shown = exhibit("corner", values)
    hessian = np.array(shown.parameters["hessian"])
    for name in PENALTIES:
        error = shown.sweep.weights[name] - shown.center
        expected = np.sqrt(np.einsum("ni,ij,nj->n", error, hessian, error))
        np.testing.assert_allclose(shown.sweep.level_radii[name], expected, atol=1e-12)
    levels = shown.unit_level
    on_unit = np.einsum("ni,ij,nj->n", levels, hessian, levels)
    np.testing.assert_allclose(on_unit, 1.0, atol=1e-10)


@pytest.mark.parametrize("values", [{}, {"lam": 0.0}, {"lam": 1000.0}, {"rho": -0.9}])
def test_the_view_holds_regions_points_and_what_it_can_of_the_contours(values):
    shown = exhibit("corner", values)
    left, right, bottom, top = shown.view

    def is_seen(points):
        x, y = np.atleast_2d(points).T
        return bool(np.all((left <= x) & (x <= right) & (bottom <= y) & (y <= top)))

    assert is_seen(shown.center)
    assert is_seen(shown.start)
    for side in (shown.l1, shown.l2):
        assert is_seen(side.weights)
        assert is_seen(side.budget * side.unit_ball)
        if not values:
            assert is_seen(side.level)


@examples(12)
@given(parameters())
@example(Parameters())
def test_a_corner_holds_until_its_pull_is_outside_the_cone_and_a_circle_does_not(chosen):
    shown = compute(chosen)
    assert ("l1" in shown.turned) == (shown.l1.case == "corner")
    for name, turned in shown.turned.items():
        side, inside = shown.side(name), slice(None, turned.outside)
        np.testing.assert_array_equal(turned.weights[0], side.weights)
        np.testing.assert_allclose(
            turned.pulls[0], side.pull / np.linalg.norm(side.pull), atol=1e-12
        )
        sizes = PENALTIES[name].level(turned.weights)
        np.testing.assert_allclose(sizes, side.budget, rtol=1e-9)
        if name == "l1":
            np.testing.assert_allclose(turned.weights[inside], [side.weights] * turned.outside)
            zero = int(np.flatnonzero(side.weights == 0.0)[0])
            away = np.abs(turned.weights[turned.outside :, zero])
            assert away[0] > 0.0
            assert np.all(np.diff(away) > 0.0)
            assert away[-1] > 0.05 * side.budget
        else:
            moved = np.linalg.norm(turned.weights[1:] - side.weights, axis=1)
            assert moved.max() > 0.05 * side.budget
