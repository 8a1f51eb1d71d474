"""What must be true of one weight under L1 and under L2, and of the update steps."""

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import l1_loss, l2_loss
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import chosen
from regviz.lessons.one_weight import rounded_up
from regviz.lessons.penalty_shapes import Parameters as ShapeParameters
from regviz.lessons.penalty_shapes import exhibit as penalty_shapes
from regviz.lessons.update_steps import Parameters as StepParameters
from regviz.lessons.update_steps import exhibit as update_steps

curvatures = st.floats(0.1, 10.0)
centers = st.floats(-3.0, 3.0).filter(lambda center: abs(center) > 1e-3)
strengths = st.floats(0.0, 100.0)
LOSSES = ("l1-loss", "l2-loss")


def shown_at(slug, curvature, center, lam):
    return exhibit(slug, {"curvature": curvature, "center": center, "lam": lam})


@given(curvatures, centers, strengths)
@example(2.0, 1.0, 1.0)
@example(2.0, 1.0, 1.999)
@settings(max_examples=40)
def test_l1_is_exactly_zero_from_the_slope_at_zero_on(curvature, center, lam):
    shown = shown_at("l1-loss", curvature, center, lam)
    threshold = shown.curvature * abs(shown.center)
    assert shown.threshold == pytest.approx(threshold, rel=1e-14)
    off = np.abs(shown.lambdas - threshold) > 1e-12
    zero = shown.minimizers[off] == 0.0
    np.testing.assert_array_equal(zero, shown.lambdas[off] >= threshold)
    arrival = rounded_up(shown.threshold)
    assert arrival in shown.lambdas
    assert -1e-12 <= arrival / threshold - 1.0 <= 1e-3
    assert shown.minimizers[shown.lambdas == arrival] == 0.0


@given(curvatures, centers, strengths)
@example(2.0, 1.0, 100.0)
@settings(max_examples=40)
def test_l2_is_never_zero(curvature, center, lam):
    shown = shown_at("l2-loss", curvature, center, lam)
    assert not np.any(shown.minimizers == 0.0)
    assert shown.threshold == np.inf
    assert shown.lambdas[-1] == 100.0
    assert abs(shown.minimizers[-1]) == pytest.approx(shown.zoom / 4.0)


@given(st.sampled_from(LOSSES), curvatures, centers, strengths)
@settings(max_examples=30)
def test_the_lowest_points_are_those_of_the_solver(slug, curvature, center, lam):
    shown = shown_at(slug, curvature, center, lam)
    loss = rm.Quadratic.one_dimensional(shown.curvature, shown.center)
    make = rm.L1 if slug == "l1-loss" else rm.L2
    for at in {0, shown.early, shown.at, len(shown.lambdas) - 1}:
        weight = rm.penalized_optimum(loss, make(float(shown.lambdas[at])))
        assert shown.minimizers[at] == pytest.approx(weight[0], abs=1e-12)
        height = float(loss.value(weight)) + make(float(shown.lambdas[at])).value(weight)
        assert shown.minima[at] == pytest.approx(height, abs=1e-12)
        np.testing.assert_allclose(shown.trails[at, [0, -1]], [
            [shown.center, 0.0], [shown.minimizers[at], shown.minima[at]],
        ], atol=1e-12)  # fmt: skip
    assert shown.certificate["kkt_residual"] <= 1e-12


@pytest.mark.parametrize("slug", LOSSES)
def test_the_bend_is_a_vertex_and_the_minimum_lies_below_the_curve(slug):
    shown = shown_at(slug, 1.3, -0.7, 0.4)
    assert np.sum(shown.w == 0.0) == 1
    assert np.all(np.diff(shown.w) > 0.0)
    curve = shown.regularized(shown.at)
    assert shown.minima[shown.at] <= curve.min() + 1e-15
    assert shown.minima[shown.at] == pytest.approx(curve.min(), abs=1e-3)


@given(st.sampled_from(LOSSES), curvatures, centers)
@settings(max_examples=40)
def test_windows_hold_what_they_are_for(slug, curvature, center):
    shown = shown_at(slug, curvature, center, 1.0)
    left, right, bottom, top = shown.limits
    assert left < min(0.0, shown.center) < max(0.0, shown.center) < right
    assert shown.w[0] < left
    assert right < shown.w[-1]
    assert bottom < 0.0 < shown.at_zero < top
    if slug == "l1-loss":
        return
    looks = l2_loss.windows(shown)
    np.testing.assert_allclose(looks[0], shown.limits, rtol=1e-9)
    for left, right, bottom, top in looks[[0, 20, -1]]:
        assert left < shown.minimizers[-1] < right
        assert bottom < shown.minima[-1] < shown.at_zero < top
    ratios = np.ptp(looks[:, :2], axis=1)[1:] / np.ptp(looks[:, :2], axis=1)[:-1]
    np.testing.assert_allclose(ratios, ratios[0], rtol=1e-6)


@given(curvatures, centers, strengths, st.integers(0, 10**6))
@example(2.0, 1.0, 1.999, 0)
@settings(max_examples=40)
def test_what_is_said_of_l1_is_true(curvature, center, lam, at):
    shown = shown_at("l1-loss", curvature, center, lam)
    for place in (at % len(shown.lambdas), shown.at, 0, len(shown.lambdas) - 1):
        said = l1_loss.claims(shown, {"lam": place})
        strength, w = float(shown.lambdas[place]), float(shown.minimizers[place])
        kind = said["least"].key.rsplit(".", 1)[1]
        assert (kind == "zero") == (w == 0.0)
        assert (kind == "free") == (strength == 0.0)
        assert said["least"].values["w"] == w
        # As it is written, no other weight than 0 is 0, and no strength is another.
        assert (chosen(w) == "0") == (w == 0.0)
        assert float(f"{strength:.4g}") == strength
        slopes = said["slopes"]
        sides = slopes.values["left"], slopes.values["right"]
        near = 1e-7 * abs(shown.center)
        for side, sign in zip(sides, (-1.0, 1.0), strict=True):
            x = sign * near
            risen = 0.5 * shown.curvature * (x - shown.center) ** 2 + strength * near
            rise = (risen - shown.at_zero) / x
            assert rise == pytest.approx(side, abs=1e-5 * (strength + abs(shown.slope)))
        falls = sides[0] > 0.0 or sides[1] < 0.0
        assert falls == (w != 0.0)
        assert (slopes.key.endswith("level")) == (0.0 in sides)
        rule = said["rule"].values
        assert (rule["size"] <= rule["lam"] * (1.0 + 1e-12)) == (w == 0.0)
        assert said["other"].values["w"] != 0.0
    for key in ("arrival", "threshold"):
        assert not shown.minimizers[shown.lambdas >= said[key].values["lam"]].any()


@given(curvatures, centers, strengths, st.integers(0, 10**6))
@settings(max_examples=40)
def test_what_is_said_of_l2_is_true(curvature, center, lam, at):
    shown = shown_at("l2-loss", curvature, center, lam)
    at %= len(shown.lambdas)
    said = l2_loss.claims(shown, {"lam": at})
    strength, w = float(shown.lambdas[at]), float(shown.minimizers[at])
    assert said["least"].key.endswith("free" if strength == 0.0 else "moved")
    assert said["least"].values["w"] == w
    assert chosen(w) != "0"
    assert said["slope"].values["slope"] == pytest.approx(-shown.curvature * shown.center)
    held = rm.penalized_optimum(
        rm.Quadratic.one_dimensional(shown.curvature, shown.center), rm.L1(strength)
    )
    assert said["other"].key.endswith("zero") == (held[0] == 0.0)
    near = said["beside"].values
    assert near["w"] == pytest.approx(float(shown.minimizers[-1]), rel=0.05)
    assert near["w"] != 0.0


def test_the_formula_is_that_of_the_loss():
    assert exhibit("l1-loss").formula == "(w - 1)^2"
    shown = exhibit("l2-loss", {"center": -0.7, "curvature": 1.0})
    assert shown.formula == r"0.5\,(w + 0.7)^2"


def test_a_loss_that_is_already_at_zero_is_refused():
    with pytest.raises(BadInput, match="leaves no weight to shrink"):
        exhibit("l1-loss", {"center": 0.0})


@given(st.floats(0.05, 10.0), st.floats(1.0, 5.0))
def test_the_pull_of_l1_is_constant_and_that_of_l2_grows_with_the_weight(lam, reach):
    shown = penalty_shapes(ShapeParameters(lam=lam, reach=reach))
    strength = shown.lam["l1"]
    np.testing.assert_allclose(shown.pulls["l1"], strength)
    np.testing.assert_allclose(shown.pulls["l2"], 2.0 * strength * shown.probes)
    upright = shown.slopes["l1"][shown.slopes["l1"][:, 0] == 0.0]
    np.testing.assert_array_equal(upright[:, 1], [-strength, strength])
    np.testing.assert_allclose(
        shown.slopes["l2"][:, 1], 2 * strength * shown.slopes["l2"][:, 0]
    )
    assert shown.w[200] == 0.0
    np.testing.assert_allclose(shown.values["l1"], strength * np.abs(shown.w))
    np.testing.assert_allclose(shown.values["l2"], strength * shown.w**2)
    assert shown.certificate["slope_error"] == 0.0
    for pulls in shown.pulls.values():
        assert np.all(shown.arrow * pulls < shown.probes)
    assert shown.probes.max() < reach
    for name, penalty in (("l1", rm.L1(strength)), ("l2", rm.L2(strength))):
        for share in (0.25, 1.0):
            at, pull = np.array([share * shown.held[name]]), np.array([share * strength])
            assert penalty.subdifferential_distance(at, pull) == pytest.approx(0.0, abs=1e-12)


@st.composite
def steps(draw):
    curvature, lam = draw(st.floats(0.05, 2.0)), draw(st.floats(0.0, 10.0))
    step_size = draw(st.floats(0.001, 0.5))
    assume(step_size * (curvature + 2.0 * lam) < 0.99)
    start, center = draw(st.floats(-5.0, 5.0)), draw(st.floats(-3.0, 3.0))
    assume(start != 0.0 or center != 0.0)
    return StepParameters(
        lam=lam,
        step_size=step_size,
        start=start,
        curvature=curvature,
        center=center,
        n_steps=400,
        rho=draw(st.floats(-0.9, 0.9)),
    )


@given(steps())
@example(StepParameters())
def test_the_iterates_are_those_of_the_formulas(chosen):
    shown = update_steps(chosen)
    lam, eta = shown.lam["l1"], chosen.step_size
    sign = l2 = chosen.start
    for step in range(chosen.n_steps):
        assert shown.sign.weights[step] == pytest.approx(sign, abs=1e-9)
        assert shown.l2.weights[step] == pytest.approx(l2, abs=1e-9)
        here = shown.sign.weights[step]
        sign = here - eta * chosen.curvature * (here - chosen.center)
        sign -= eta * lam * np.sign(here)
        l2 -= eta * chosen.curvature * (l2 - chosen.center) + 2.0 * eta * lam * l2
    assert shown.certificate["kkt_residual"] <= 1e-10


@given(steps())
@example(StepParameters())
def test_the_sign_step_ends_in_its_band_and_the_proximal_step_on_zero(chosen):
    shown = update_steps(chosen)
    if shown.band is None:
        assert shown.landing is None
        return
    low, high = shown.band
    inside = (shown.sign.weights >= low - 1e-12) & (shown.sign.weights <= high + 1e-12)
    if inside.any():
        assert inside[int(np.argmax(inside)) :].all()
    if shown.landing is not None:
        assert np.all(shown.proximal.weights[shown.landing :] == 0.0)
    pulled = shown.sign.weights[:-1] + shown.sign.loss_pull + shown.sign.penalty_pull
    np.testing.assert_allclose(pulled, shown.sign.weights[1:], atol=1e-12)


def test_by_default_the_sign_step_chatters_and_the_proximal_step_lands():
    shown = exhibit("update-steps")
    low, high = shown.band
    tail = shown.sign.weights[-10:]
    assert np.all((tail >= low) & (tail <= high))
    assert np.ptp(tail) > 0.5 * (high - low)
    assert shown.landing < shown.parameters["n_steps"]
    assert not np.any(shown.l2.weights == 0.0)


def test_a_step_that_overshoots_is_refused():
    with pytest.raises(BadInput, match=r"step_size = 0\.5 overshoots"):
        exhibit("update-steps", {"step_size": 0.5, "lam": 5.0})


def test_nothing_to_move_is_refused():
    with pytest.raises(BadInput, match="leave nothing to move"):
        exhibit("update-steps", {"start": 0.0, "center": 0.0})


@given(steps())
@example(StepParameters())
@example(StepParameters(step_size=0.001, lam=0.01))
def test_the_pulls_that_are_shown_fit_on_the_line_and_can_be_told_apart(chosen):
    shown = update_steps(chosen)
    left, right = shown.line
    for name, track in (("l1", shown.sign), ("l2", shown.l2)):
        probes = list(shown.probes[name])
        assert probes[0] == 0
        assert probes == sorted(set(probes))
        for pull in (track.loss_pull, track.penalty_pull):
            tips = track.weights[probes] + shown.stretch * pull[probes]
            assert np.all((tips >= left - 1e-12) & (tips <= right + 1e-12))
    assert shown.case in ("lands", "late", "short", "free")
    assert (shown.case == "lands") == (shown.landing is not None) == (shown.close is not None)


@given(steps())
@example(StepParameters())
@example(StepParameters(start=-3.0, center=-0.5))
@example(StepParameters(start=0.375, center=0.0, step_size=0.25, curvature=1.0, lam=1.125))
def test_what_is_said_of_the_turn_the_balance_and_the_crossing(chosen):
    shown = update_steps(chosen)
    eta, center, limit = chosen.step_size, chosen.center, shown.l2.limit
    pull = eta * chosen.curvature * abs(center - limit)
    assert shown.balance == pytest.approx(pull, rel=1e-9, abs=1e-12)
    if shown.turn is not None:
        assert 0 < shown.turn <= shown.walked
        back = [
            track.loss_pull[shown.turn] * np.sign(center) > 0.0
            and 0.0 < np.sign(center) * track.weights[shown.turn] < abs(center)
            for track in (shown.sign, shown.l2)
            if shown.turn < len(track.loss_pull)
        ]
        assert any(back) or shown.turn == len(shown.sign.loss_pull)
    if shown.crosses:
        before, after = shown.sign.weights[shown.landing - 1 : shown.landing + 1]
        assert before * after < 0.0


def test_by_default_one_of_two_weights_is_zero_under_l1_and_none_under_l2():
    shown = exhibit("update-steps")
    assert shown.proximal.plane[-1, 0] == 0.0
    assert shown.proximal.plane[-1, 1] == pytest.approx(shown.plane_optima["l1"][1], rel=0.05)
    assert np.all(shown.l2.plane[-1] != 0.0)
    np.testing.assert_allclose(shown.l2.plane[-1], shown.plane_optima["l2"], atol=1e-4)
