"""What must be true of one weight under L1 and under L2, and of the update steps."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.l1_loss import Parameters as L1Parameters
from regviz.lessons.l1_loss import exhibit as l1_loss
from regviz.lessons.l2_loss import Parameters as L2Parameters
from regviz.lessons.l2_loss import exhibit as l2_loss
from regviz.lessons.penalty_shapes import Parameters as ShapeParameters
from regviz.lessons.penalty_shapes import exhibit as penalty_shapes

curvatures = st.floats(0.1, 10.0)
centers = st.floats(-3.0, 3.0).filter(lambda center: abs(center) > 1e-3)
strengths = st.floats(0.0, 100.0)


@given(curvatures, centers, strengths)
@example(2.0, 1.0, 1.0)
def test_l1_is_exactly_zero_from_the_slope_at_zero_on(curvature, center, lam):
    shown = l1_loss(L1Parameters(curvature=curvature, center=center, lam=lam))
    curvature, center = shown.parameters["curvature"], shown.parameters["center"]
    threshold = curvature * abs(center)
    assert shown.threshold == pytest.approx(threshold, rel=1e-14)
    off = np.abs(shown.lambdas - threshold) > 1e-12
    zero = shown.minimizers[off] == 0.0
    np.testing.assert_array_equal(zero, shown.lambdas[off] >= threshold)
    expected = np.sign(center) * np.maximum(abs(center) - shown.lambdas / curvature, 0.0)
    np.testing.assert_allclose(shown.minimizers, expected, atol=1e-12)
    assert shown.certificate["kkt_residual"] <= 1e-12
    assert shown.minimizers[shown.arrival] == 0.0
    late = shown.lambdas[shown.arrival] / threshold - 1.0
    assert -1e-12 <= late <= 1e-3
    assert {0, shown.at, shown.arrival} <= set(shown.few)


@given(curvatures, centers, strengths)
@example(2.0, 1.0, 100.0)
def test_l2_has_its_closed_form_and_is_never_zero(curvature, center, lam):
    shown = l2_loss(L2Parameters(curvature=curvature, center=center, lam=lam))
    curvature, center = shown.parameters["curvature"], shown.parameters["center"]
    expected = curvature * center / (curvature + 2.0 * shown.lambdas)
    np.testing.assert_allclose(shown.minimizers, expected, rtol=1e-12)
    assert not np.any(shown.minimizers == 0.0)
    assert shown.threshold == np.inf
    assert shown.arrival is None
    strongest = abs(shown.minimizers[-1])
    assert shown.lambdas[-1] == 100.0
    assert strongest == pytest.approx(shown.zoom / 4.0)


@pytest.mark.parametrize("slug", ["l1-loss", "l2-loss"])
def test_the_bend_is_a_vertex_and_the_minimum_lies_below_the_curve(slug):
    shown = exhibit(slug, {"center": -0.7, "curvature": 1.3, "lam": 0.4})
    assert np.sum(shown.w == 0.0) == 1
    curve = shown.loss + shown.lambdas[shown.at] * shown.pull
    assert shown.minima[shown.at] <= curve.min() + 1e-15
    assert shown.minima[shown.at] == pytest.approx(curve.min(), abs=1e-3)
    np.testing.assert_array_equal(shown.regularized(shown.at), curve)


@given(curvatures, centers, st.sampled_from([l1_loss, l2_loss]))
def test_windows_hold_what_they_are_for(curvature, center, lesson):
    knobs = (L1Parameters if lesson is l1_loss else L2Parameters)(
        curvature=curvature, center=center
    )
    shown = lesson(knobs)
    left, right, bottom, top = shown.limits
    assert left < min(0.0, shown.center) < max(0.0, shown.center) < right
    assert bottom < 0.0 < shown.loss[shown.w == 0.0][0] < top
    left, right, bottom, top = shown.zoom_limits
    assert left < shown.minimizers[-1] < right
    assert bottom < shown.minima[-1] <= shown.loss[shown.w == 0.0][0] < top
    near = np.abs(shown.w) <= shown.zoom
    assert near.sum() >= 161
    curve = shown.regularized(len(shown.lambdas) - 1)[near]
    assert curve.min() - shown.minima[-1] <= 1e-3 * (top - bottom)
    # The loss alone is steepest where it is drawn; its slope at 0 is the one that is told.
    assert shown.slope == pytest.approx(-shown.parameters["curvature"] * shown.center)


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
