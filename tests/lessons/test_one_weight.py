"""What must be true of one weight under L1 and under L2,"""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import l1_loss, l2_loss
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import chosen
from regviz.lessons.one_weight import rounded_up, windows

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
    looks = windows(shown)
    np.testing.assert_allclose(looks[0], shown.limits, rtol=1e-9)
    for left, right, bottom, top in looks[[0, 20, -1]]:
        assert left < shown.minimizers[-1] < right
        assert bottom < shown.minima[-1] <= shown.at_zero * (1.0 + 1e-12) < top
    if slug == "l1-loss":
        # On both sides of 0, up to the threshold, the slopes are seen to the edges.
        left, right, bottom, top = looks[-1]
        for at in (0, shown.early, shown.strength(shown.threshold)):
            ends = shown.at_zero + l1_loss.slopes_at_zero(shown)[at] * [left, right]
            assert np.all((bottom < ends) & (ends < top))
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
        assert slopes.values["slope"] == shown.slope
        assert slopes.values["lam"] == strength
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


@pytest.mark.parametrize(("curvature", "center"), [(2.0, 1.0), (3.0, -2.0), (0.7, 0.3)])
def test_where_both_slopes_are_said_to_cancel_they_do(curvature, center):
    shown = exhibit("l2-loss", {"curvature": curvature, "center": center})
    (told,) = (step.tell for section in l2_loss.story(shown).sections for step in section.steps
               if "tell.moves" in str(step.tell))  # fmt: skip
    price = {2.0: r"\lambda", 3.0: r"2 \lambda / 3", 0.7: r"2 \lambda / 0.7"}
    assert told.values == {"center": center, "price": price[curvature]}
    said = center / (1.0 + 2.0 * shown.lambdas / curvature)
    np.testing.assert_allclose(said, shown.minimizers, rtol=1e-12)


def test_a_loss_that_is_already_at_zero_is_refused():
    with pytest.raises(BadInput, match="leaves no weight to shrink"):
        exhibit("l1-loss", {"center": 0.0})
