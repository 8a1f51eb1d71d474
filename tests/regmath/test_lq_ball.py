"""The balls of every power and their tips, against exact arithmetic and against definitions."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm

powers = st.floats(0.3, 30.0) | st.sampled_from([0.5, 1.0, 2.0, math.inf])
ratios = st.floats(0.0, 1.0)
angles = st.floats(-math.pi, math.pi)
seeds = st.integers(0, 1000)


def directions(seed, n_weights=2):
    return np.random.default_rng(seed).normal(size=(40, n_weights))


@given(q=powers)
def test_the_outline_is_the_boundary(q):
    ball = rm.LqBall(q)
    outline = ball.outline(33)
    np.testing.assert_allclose(ball.level(outline), 1.0, rtol=1e-14)
    np.testing.assert_array_equal(outline[::8], [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]])
    np.testing.assert_array_equal(outline[0], outline[-1])
    np.testing.assert_allclose(outline[4], 0.5 ** (1.0 / q), rtol=1e-12)
    turned = np.unwrap(np.arctan2(outline[:, 1], outline[:, 0]))
    assert np.all(np.diff(turned) >= -1e-12)
    assert turned[-1] == pytest.approx(2.0 * math.pi)


def test_the_outlines_are_those_of_the_penalties():
    np.testing.assert_allclose(rm.L1(1.0).level(rm.LqBall(1.0).outline(97)), 1.0, rtol=1e-14)
    np.testing.assert_allclose(rm.L2(1.0).level(rm.LqBall(2.0).outline(97)), 1.0, rtol=1e-14)
    assert set(map(tuple, rm.LqBall(math.inf).outline(9).tolist())) == {
        (x, y) for x in (-1.0, 0.0, 1.0) for y in (-1.0, 0.0, 1.0) if x or y
    }


@given(q=powers, seed=seeds)
def test_a_ball_is_convex_exactly_from_one_on(q, seed):
    ball = rm.LqBall(q)
    assert ball.is_convex == (q >= 1.0)
    points = directions(seed)
    points /= ball.level(points)[:, None]
    middles = (points[:20] + points[20:]) / 2.0
    if ball.is_convex:
        assert np.all(ball.level(middles) <= 1.0 + 1e-12)
    # The chord between two tips decides it.
    middle = float(ball.level([0.5, 0.5]))
    assert (middle <= 1.0 + 1e-15) == ball.is_convex
    assert math.isinf(q) or middle == pytest.approx(2.0 ** (1.0 / q - 1.0), rel=1e-13)


@given(q=powers)
def test_a_tip_is_singular_exactly_up_to_one(q):
    angle = rm.tip_angle(rm.LqBall(q))
    assert (angle < 180.0) == (q <= 1.0)
    assert angle == (0.0 if q < 1.0 else 90.0 if q == 1.0 else 180.0)


@pytest.mark.parametrize("q", [0.5, 0.6, 1.0, 1.5, 3.0, math.inf])
def test_sides_tend_to_their_tangent(q):
    ball = rm.LqBall(q)
    tangent = rm.tip_tangent(ball) / np.linalg.norm(rm.tip_tangent(ball))
    off = []
    for scale in (1e2, 1e4, 1e6, 1e12):
        side = rm.magnified_tip(ball, scale, 5, 1.0)[-1]
        off.append(float(np.linalg.norm(side / np.linalg.norm(side) - tangent)))
    assert off == sorted(off, reverse=True)
    assert off[-1] < 1e-5


def exact_side(q, scale, size):
    """`scale * ((1 - (size / scale)**q)**(1/q) - 1)`, in 150 digits."""
    with localcontext(prec=150):
        power, times = Decimal(q), Decimal(scale)
        share = (Decimal(size) / times) ** power if size else Decimal(0)
        return float(times * ((1 - share) ** (1 / power) - 1))


@given(q=st.floats(0.3, 12.0), scale=st.floats(2.0, 1e8))
def test_an_enlarged_tip_is_exact(q, scale):
    found = rm.magnified_tip(rm.LqBall(q), scale, 9, 1.5)
    for x, y in found[4:].tolist():
        if q >= 1.0:
            assert x == pytest.approx(exact_side(q, scale, y), rel=1e-11)
        else:  # the same curve, seen from the other tip
            with localcontext(prec=150):
                inside = 1 - (1 + Decimal(x) / Decimal(scale)) ** Decimal(q)
                wanted = Decimal(scale) * inside ** (1 / Decimal(q)) if x else Decimal(0)
            assert y == pytest.approx(float(wanted), rel=1e-11)
    np.testing.assert_array_equal(found[::-1] * [1.0, -1.0], found)


@given(ratio=ratios, scale=st.floats(2.0, 1e12))
def test_the_elastic_nets_tip_is_exact(ratio, scale):
    net = rm.ElasticNet(1.0, ratio)
    found = rm.magnified_tip(net, scale, 9, 1.5)
    share, times = Decimal(net.l1_ratio), Decimal(scale)
    for x, y in found[4:].tolist():
        # The level about the tip, less 1, times the scale.
        across, up = Decimal(x), Decimal(y)
        off = across * (2 - share) + share * up + (1 - share) * (across**2 + up**2) / times
        assert abs(float(off)) <= 1e-14
    last = rm.magnified_tip(net, 1e15, 3, 1.0)[-1]
    across, up = rm.tip_tangent(net)
    np.testing.assert_allclose(last, [across / up, 1.0], atol=1e-14)


@given(ratio=st.floats(0.01, 1.0))
def test_the_elastic_nets_angle_is_what_its_normal_cone_leaves(ratio):
    net = rm.ElasticNet(1.0, ratio)
    first, second = rm.normal_cone(net, [1.0, 0.0])
    between = math.degrees(math.acos(np.clip(first @ second, -1.0, 1.0)))
    assert rm.tip_angle(net) == pytest.approx(180.0 - between, abs=1e-5)
    assert 90.0 - 1e-12 <= rm.tip_angle(net) < 180.0


def test_many_scales_are_as_one():
    for ball in (rm.LqBall(0.5), rm.LqBall(1.5), rm.ElasticNet(1.0, 0.5)):
        many = rm.magnified_tip(ball, [2.0, 50.0], 9, 1.5)
        for scale, one in zip([2.0, 50.0], many, strict=True):
            np.testing.assert_array_equal(one, rm.magnified_tip(ball, scale, 9, 1.5))


@given(q=powers, seed=seeds, n_weights=st.integers(2, 5))
def test_no_point_of_a_ball_lies_farther(q, seed, n_weights):
    ball, pulls = rm.LqBall(q), directions(seed, n_weights)
    far = ball.farthest(pulls)
    np.testing.assert_allclose(ball.level(far), 1.0, rtol=1e-12)
    others = directions(seed + 1, n_weights)
    others = np.vstack([others / ball.level(others)[:, None], far])
    best = (pulls * far).sum(axis=-1)
    assert np.all(
        best[:, None] >= pulls @ others.T - 1e-12 * np.abs(pulls).sum(axis=-1)[:, None]
    )
    # Hoelder: the norm of the dual power.
    dual = 1.0 if math.isinf(q) else math.inf if q <= 1.0 else q / (q - 1.0)
    np.testing.assert_allclose(best, np.linalg.norm(pulls, dual, axis=-1), rtol=1e-10)


@given(ratio=st.floats(0.0, 0.99), level=st.floats(0.1, 10.0), seed=seeds)
def test_the_elastic_nets_farthest_point_attains_its_support(ratio, level, seed):
    net, pulls = rm.ElasticNet(1.0, ratio), directions(seed, 3)
    far = net.farthest(pulls, level)
    np.testing.assert_allclose(net.level(far), level, rtol=1e-9)
    np.testing.assert_allclose((pulls * far).sum(-1), net.support(pulls, level), rtol=1e-9)


def test_zero_pulls_nowhere():
    for q in (0.5, 1.0, 1.5, math.inf):
        np.testing.assert_array_equal(rm.LqBall(q).farthest([0.0, 0.0]), 0.0)
    np.testing.assert_array_equal(rm.ElasticNet(1.0, 0.5).farthest([0.0, 0.0], 1.0), 0.0)


@pytest.mark.parametrize("q", [0.0, -1.0, math.nan])
def test_a_power_is_above_zero(q):
    with pytest.raises(ValueError, match="q must be"):
        rm.LqBall(q)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="8 k"):
        rm.LqBall(1.0).outline(10)
    with pytest.raises(ValueError, match="scale"):
        rm.magnified_tip(rm.LqBall(1.0), [1.0, 2.0], 5, 1.5)
    with pytest.raises(ValueError, match="below 1"):
        rm.ElasticNet(1.0, 1.0).farthest([1.0, 1.0], 1.0)
