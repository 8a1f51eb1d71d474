"""What every penalty must satisfy; a new one joins by its row in tables.py."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize

from regmath import L0, L1, L2, MCP, SCAD, ElasticNet, NormBall

from .tables import PENALTIES

ROWS = [pytest.param(p, id=repr(p)) for rows in PENALTIES.values() for p in rows]
every = pytest.mark.parametrize("unit", ROWS)
every_ball = pytest.mark.parametrize(
    "unit", [r for r in ROWS if isinstance(r.values[0], NormBall)]
)
every_convex = pytest.mark.parametrize("unit", [r for r in ROWS if r.values[0].convex])

# Rounded: whoever squares 1e-180 gets 0, and that is not what these tests are about.
number = st.floats(-6, 6).map(lambda x: round(x, 6))
strength = st.floats(0, 5, allow_subnormal=False)
steps = st.floats(1e-3, 4, allow_subnormal=False)
levels = st.floats(0.0, 8, allow_subnormal=False)


def weights(shape=(4, 3)):
    return arrays(np.float64, shape, elements=number)


def prox_objective(penalty, v, w, step):
    return 0.5 * ((v - w) ** 2).sum(axis=-1) + step * penalty.value(v)


def naive_prox(penalty, x, step):
    """Ternary search for one weight; the objective of a convex penalty has one valley."""
    low, high = -abs(x) - 1.0, abs(x) + 1.0

    def objective(v):
        return float(prox_objective(penalty, np.array([v]), np.array([x]), step))

    for _ in range(80):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if objective(a) <= objective(b) else (a, high)
    middle = (low + high) / 2
    return 0.0 if objective(0.0) <= objective(middle) else middle


@every_convex
@given(w=weights((5,)), lam=strength, step=steps)
def test_prox_equals_its_naive_oracle(unit, w, lam, step):
    penalty = unit.with_lambda(lam)
    assert penalty.separable  # the oracle searches one weight at a time
    oracle = [naive_prox(penalty, x, step) for x in w]
    # A search on values can place a minimiser to the root of the rounding error only.
    np.testing.assert_allclose(penalty.prox(w, step), oracle, atol=3e-7 * (1 + np.abs(w).max()))


@every
@given(w=weights((2,)), lam=strength, step=steps)
def test_prox_beats_a_grid(unit, w, lam, step):
    penalty = unit.with_lambda(lam)
    line = np.linspace(-7, 7, 71)
    grid = np.stack(np.meshgrid(line, line), axis=-1)
    best = prox_objective(penalty, penalty.prox(w, step), w, step)
    assert best <= prox_objective(penalty, grid, w, step).min() + 1e-12 * (1 + best)


@every
@given(w=weights(), lam=strength, step=steps)
def test_prox_satisfies_its_optimality_condition(unit, w, lam, step):
    """`(w - prox) / step` is a subgradient at the prox: ties both to the definition."""
    penalty = unit.with_lambda(lam)
    v = penalty.prox(w, step)
    assert penalty.subdifferential_distance(v, (w - v) / step).max() < 1e-10 * (1 + 1 / step)


# Rounded: just before it jumps, the prox is steep, and no number is exact.
@every
@given(lam=st.floats(0.01, 5), step=steps.map(lambda x: round(x, 3)))
def test_prox_of_one_weight_is_0_up_to_its_first_bend_and_straight_between_bends(
    unit, lam, step
):
    penalty = unit.with_lambda(lam)
    bends = penalty.prox_bends(step)
    assert list(bends) == sorted(bends)
    assert not penalty.prox([-bends[0], 0.5 * bends[0], bends[0] * (1 - 1e-12)], step).any()
    for low, high in pairwise([*bends, bends[-1] + 3.0]):
        start, middle, end = penalty.prox(
            low + (high - low) * np.array([0.01, 0.5, 0.99]), step
        )
        np.testing.assert_allclose(middle, (start + end) / 2.0, atol=1e-9)
        assert start > 0.0


@every
@given(lam=st.floats(0.01, 5), step=st.floats(0.05, 0.5))
def test_the_proxs_graph_has_all_its_bends_and_breaks_where_it_jumps(unit, lam, step):
    penalty = unit.with_lambda(lam)
    reach = penalty.prox_bends(step)[-1] + 3.0
    graph = penalty.prox_graph(step, reach)
    np.testing.assert_array_equal(graph[[0, -1], 0], [-reach, reach])
    share = np.array([[0.01], [0.5], [0.99]])
    for start, end in pairwise(graph):
        at, value = (start + share * (end - start)).T
        if not np.isnan(at).any():
            np.testing.assert_allclose(penalty.prox(at, step), value, atol=1e-9)
    assert np.isnan(graph).any() == isinstance(penalty, L0)


@every_convex
@given(a=weights(), b=weights(), lam=strength, step=steps)
def test_prox_is_firmly_nonexpansive(unit, a, b, lam, step):
    penalty = unit.with_lambda(lam)
    moved = penalty.prox(a, step) - penalty.prox(b, step)
    assert np.all((moved**2).sum(-1) <= (moved * (a - b)).sum(-1) + 1e-11)


@every_convex
@given(w=weights((3,)), lam=st.floats(0.1, 5), step=st.floats(0.1, 4))
def test_moreau_identity(unit, w, lam, step):
    """`w - prox(w)` is the prox of the conjugate: Fenchel's equality holds at the pair."""
    penalty = unit.with_lambda(lam)
    v = penalty.prox(w, step)
    u = (w - v) / step
    # The conjugate at u, as a supremum: no point of a cloud around v does better.
    cloud = (
        v + np.random.default_rng(0).normal(size=(400, 3)) * np.logspace(-6, 1, 400)[:, None]
    )
    reached = u @ v - penalty.value(v)
    assert np.all(cloud @ u - penalty.value(cloud) <= reached + 1e-9)


@every_convex
@given(w=weights(), lam=strength)
def test_moreau_envelope_gradient(unit, w, lam):
    penalty, step, h = unit.with_lambda(lam), 0.7, 1e-5

    def envelope(x):
        v = penalty.prox(x, step)
        return prox_objective(penalty, v, x, step) / step

    analytic = (w - penalty.prox(w, step)) / step
    for j in range(3):
        e = h * np.eye(3)[j]
        slope = (envelope(w + e) - envelope(w - e)) / (2 * h)
        # Its curvature jumps by 1/step at the threshold: an error of order h.
        np.testing.assert_allclose(slope, analytic[:, j], atol=2e-5)


@every
@given(w=weights(), step=steps)
def test_no_strength_is_the_identity(unit, w, step):
    off = unit.with_lambda(0.0)
    np.testing.assert_array_equal(off.prox(w, step), w)
    assert not off.value(w).any()
    assert not off.subgradient(w).any()


@every
@given(w=weights(), lam=strength, step=steps)
def test_prox_has_no_negative_zero_and_leaves_its_input(unit, w, lam, step):
    w[0] = [-0.0, 0.0, -1e-300]
    before = w.tobytes()
    v = unit.with_lambda(lam).prox(w, step)
    assert not np.signbit(v[v == 0]).any()
    assert not np.signbit(unit.with_lambda(0.0).prox(w, step)[0, :2]).any()
    assert not np.shares_memory(v, w)
    assert w.tobytes() == before


@every
def test_prox_of_negative_zero_and_of_underflow(unit):
    tiny = np.array([-0.0, -5e-324, 5e-324])
    for lam in (0.0, 1e-300, 1.0, 1e6):
        for step in (1.0, np.array(1.0), np.array([1.0])):
            v = unit.with_lambda(lam).prox(tiny, step)
            assert not np.signbit(v[v == 0]).any()


@every
def test_sparse_is_what_the_prox_does(unit):
    is_l2 = unit == ElasticNet(1.0, 0.0)  # an end at which the elastic net is not sparse
    small = unit.prox(np.array([0.01, -0.01]), 1.0)
    assert np.array_equal(small, [0.0, 0.0]) == (unit.sparse and not is_l2)


@every
@given(w=weights(), lam=strength)
def test_subgradient_agrees_with_central_differences(unit, w, lam):
    penalty, h = unit.with_lambda(lam), 1e-6
    w += np.copysign(0.01, w)  # away from the kink
    for j in range(3):
        e = h * np.eye(3)[j]
        slope = (penalty.value(w + e) - penalty.value(w - e)) / (2 * h)
        np.testing.assert_allclose(slope, penalty.subgradient(w)[:, j], atol=1e-6)


@every
@given(w=weights(), g=weights(), lam=strength)
def test_subgradient_is_the_element_of_smallest_norm(unit, w, g, lam):
    w[0, 0] = w[1] = 0.0
    penalty = unit.with_lambda(lam)
    smallest = penalty.subgradient(w)
    np.testing.assert_allclose(penalty.subdifferential_distance(w, smallest), 0, atol=1e-12)
    np.testing.assert_allclose(
        np.linalg.norm(smallest, axis=-1),
        penalty.subdifferential_distance(w, np.zeros_like(w)),
        atol=1e-12,
    )
    gap = np.linalg.norm(g - smallest, axis=-1)
    assert np.all(penalty.subdifferential_distance(w, g) <= gap + 1e-12)


@every_convex
@given(w=weights(), g=weights(), lam=strength)
def test_subdifferential_distance_by_the_nearest_separating_point(unit, w, g, lam):
    """Off the kinks it is the distance to the gradient; on them, to an interval."""
    penalty, h = unit.with_lambda(lam), 1e-7
    w += np.copysign(0.01, w)
    w[:, 0] = 0.0
    total = np.zeros(len(w))
    for j in range(3):
        e = h * np.eye(3)[j]
        right = (penalty.value(w + e) - penalty.value(w)) / h
        left = (penalty.value(w) - penalty.value(w - e)) / h
        total += np.maximum.reduce([g[:, j] - right, left - g[:, j], np.zeros(len(w))]) ** 2
    np.testing.assert_allclose(
        penalty.subdifferential_distance(w, g), np.sqrt(total), atol=1e-5
    )


@every_ball
@given(w=weights((6, 4)), level=levels)
def test_projection_is_optimal(unit, w, level):
    """Inside the ball, and `(w - p).(v - p) <= 0` for every v of the ball."""
    p = unit.project(w, level)
    # What a weight is cut by is rounded in proportion to what is cut, not to what is left.
    rounding = 16 * np.finfo(float).eps * np.abs(w).sum(-1)
    assert np.all(unit.level(p) <= level * (1 + 1e-12) + rounding)
    away = w - p
    outside = unit.level(w) > level
    assert np.array_equal(p[~outside], w[~outside])
    # The largest v.away over the ball is its support function: no need to sample v.
    largest = unit.support(away, level)
    np.testing.assert_array_less(largest - (away * p).sum(-1), 1e-9)
    assert not np.signbit(p[p == 0]).any()


@every_ball
def test_projection_agrees_with_slsqp(unit):
    rng = np.random.default_rng(3)
    for w in rng.normal(size=(6, 3)) * 2:
        level = 0.9
        # Split into positive parts: smooth constraint, and the same projection.
        solved = minimize(
            lambda v, w=w: 0.5 * np.sum((v - np.abs(w)) ** 2),
            np.full(3, 0.1),
            bounds=[(0, None)] * 3,
            constraints={"type": "ineq", "fun": lambda v, k=level: k - unit.level(v)},
            method="SLSQP",
            options={"ftol": 1e-14},
        )
        np.testing.assert_allclose(unit.project(w, level), np.sign(w) * solved.x, atol=1e-6)


@every
@given(w=weights((2, 3, 2)), level=levels)
def test_batches_agree_with_single_calls(unit, w, level):
    steps = np.linspace(0.5, 1.5, 6).reshape(2, 3)
    for at in np.ndindex(2, 3):
        np.testing.assert_allclose(unit.prox(w, steps)[at], unit.prox(w[at], steps[at]))
        np.testing.assert_allclose(unit.value(w)[at], unit.value(w[at]))
        if isinstance(unit, NormBall):
            np.testing.assert_allclose(unit.project(w, level)[at], unit.project(w[at], level))
            np.testing.assert_allclose(unit.support(w, level)[at], unit.support(w[at], level))


@every_ball
@given(g=weights((5, 2)), w=weights((5, 2)), level=st.floats(0.01, 8))
def test_hoelder(unit, g, w, level):
    """`g.w <= support(g, level(w))`, reached on the boundary of the ball."""
    for gi, wi in zip(g, w, strict=True):
        assert gi @ wi <= unit.support(gi, float(unit.level(wi))) + 1e-9
        reached = (unit.ball(level, 4001) @ gi).max()
        most = float(unit.support(gi, level))
        assert most * (1 - 1e-6) - 1e-12 <= reached <= most * (1 + 1e-12) + 1e-12


@every_ball
@given(g=weights())
def test_dual_norm_is_the_support_of_the_unit_ball_or_says_why_not(unit, g):
    if isinstance(unit, ElasticNet):
        with pytest.raises(TypeError, match="support"):
            unit.dual_norm(g)
    else:
        np.testing.assert_array_equal(unit.dual_norm(g), unit.support(g, 1.0))


@every_ball
@pytest.mark.parametrize("n_points", [5, 9, 100, 401])
def test_ball_is_a_closed_counter_clockwise_curve_at_the_level(unit, n_points):
    level = 1.3
    line = unit.ball(level, n_points)
    assert line.shape == (4 * -(-(n_points - 1) // 4) + 1, 2)
    assert np.array_equal(line[0], line[-1])
    np.testing.assert_allclose(unit.level(line), level, rtol=1e-13)
    x, y = line[:-1].T
    x_next, y_next = line[1:].T
    assert np.all(x * y_next - y * x_next > 0)
    reach = line[0, 0]
    for corner in ([reach, 0], [0, reach], [-reach, 0], [0, -reach]):
        assert (line[:-1] == corner).all(axis=1).sum() == 1
    assert not np.signbit(line[line == 0]).any()
    if not isinstance(unit, ElasticNet):
        assert reach == level


@every_ball
def test_balls_of_several_levels_are_those_of_each(unit):
    levels = np.array([[0.0, 0.3], [1.0, 2.5]])
    found = unit.ball(levels, 9)
    assert found.shape == (2, 2, 9, 2)
    assert (found[0, 0] == 0.0).all()
    np.testing.assert_array_equal(found[1, 1], unit.ball(2.5, 9))


@every
@given(g=weights())
def test_lambda_max_is_where_zero_stops_being_optimal(unit, g):
    if isinstance(unit, L0):
        with pytest.raises(TypeError, match="no lambda_max"):
            unit.lambda_max(g)
        return
    g[0] = 0.0
    smallest = unit.lambda_max(g)
    assert smallest[0] == 0
    for gi, lam in zip(g, smallest, strict=True):
        zero = np.zeros(3)
        if np.isinf(lam):
            assert not unit.sparse or unit == ElasticNet(1.0, 0.0)
            assert unit.with_lambda(1e9).subdifferential_distance(zero, -gi) > 0
        else:
            at = unit.with_lambda(float(lam))
            assert at.subdifferential_distance(zero, -gi) == 0
            assert np.array_equal(at.prox(-0.3 * gi, 0.3), zero)
        if 1e-6 < lam < np.inf:
            below = unit.with_lambda(float(lam) * (1 - 1e-9))
            assert below.subdifferential_distance(zero, -gi) > 0


@every
@pytest.mark.parametrize("bad", [-1e-9, np.nan, np.inf])
def test_bad_numbers_are_named(unit, bad):
    with pytest.raises(ValueError, match=r"lam must be a finite number >= 0, got"):
        unit.with_lambda(bad)
    if not isinstance(unit, NormBall):
        return
    for call in (
        lambda: unit.project(np.ones(2), bad),
        lambda: unit.ball(bad, 9),
        lambda: unit.support(np.ones(2), bad),
    ):
        with pytest.raises(ValueError, match=r"level must be a finite number >= 0, got"):
            call()


@every
def test_penalties_are_values(unit):
    assert unit.with_lambda(2.0).with_lambda(1.0) == unit
    with pytest.raises(AttributeError):
        unit.lam = 3.0


@every_ball
def test_a_ball_needs_five_points(unit):
    with pytest.raises(ValueError, match="n_points"):
        unit.ball(1.0, 4)


@given(w=weights((40,)), lam=strength, step=st.floats(1e-3, 6, allow_subnormal=False))
def test_concave_penalties_have_their_best_weight(w, lam, step):
    """The prox is nowhere above any of its rivals: 0, the weight, and a fine grid between."""
    shares = np.linspace(0.0, 1.0, 2001)
    for penalty in (L0(lam), SCAD(lam), SCAD(lam, 2.1), MCP(lam), MCP(lam, 1.2)):
        each = w[:, None]
        best = prox_objective(penalty, penalty.prox(each, step), each, step)
        rivals = prox_objective(penalty, (shares * each)[..., None], each[..., None], step)
        assert np.all(best <= rivals.min(axis=1) + 1e-12 * (1 + best))


@given(lam=st.floats(0.01, 5), w=weights((40,)))
def test_concave_penalties_leave_large_weights_as_they_are(lam, w):
    for penalty, far in ((SCAD(lam), 3.7 / 2), (MCP(lam), 3.0 / 2)):
        moved = penalty.prox(w, 0.5)
        is_far = np.abs(w) > far * lam
        np.testing.assert_array_equal(moved[is_far], w[is_far])
        assert np.array_equal(moved == 0.0, np.abs(w) <= 0.5 * lam)
        assert not penalty.subgradient(w)[is_far].any()
    kept = L0(lam).prox(w, 0.5)
    np.testing.assert_array_equal(kept, np.where(np.abs(w) > np.sqrt(lam), w, 0.0))


@given(w=weights((40,)), lam=strength)
def test_mcp_goes_from_hard_to_soft(w, lam):
    soft = L1(lam).prox(w, 0.5)
    np.testing.assert_allclose(MCP(lam, 1e12).prox(w, 0.5), soft, atol=1e-9)
    hard = np.where(np.abs(w) > 0.5 * lam, w, 0.0)
    off_the_jump = np.abs(np.abs(w) - 0.5 * lam) > 1e-3
    near = MCP(lam, 1 + 1e-9).prox(w, 0.5)
    np.testing.assert_allclose(near[off_the_jump], hard[off_the_jump], atol=1e-5)


@pytest.mark.parametrize("bad", [1.0, np.nan, np.inf])
def test_concave_penalties_name_a_bad_shape(bad):
    with pytest.raises(ValueError, match=r"a must be a finite number > 2, got"):
        SCAD(1.0, bad)
    with pytest.raises(ValueError, match=r"gamma must be a finite number > 1, got"):
        MCP(1.0, bad)


@given(w=weights(), g=weights(), lam=strength, step=steps, level=levels)
def test_elastic_net_ends_are_l1_and_l2(w, g, lam, step, level):
    pairs = [
        (ElasticNet(lam, 1.0), L1(lam), level),
        (ElasticNet(lam, 0.0), L2(lam), level**0.5),
    ]
    for net, end, end_level in pairs:
        np.testing.assert_allclose(net.value(w), end.value(w), atol=1e-12)
        np.testing.assert_allclose(net.prox(w, step), end.prox(w, step), atol=1e-13)
        np.testing.assert_allclose(net.subgradient(w), end.subgradient(w), atol=1e-13)
        np.testing.assert_array_equal(net.lambda_max(g), end.lambda_max(g))
        np.testing.assert_allclose(net.project(w, level), end.project(w, end_level), atol=1e-12)
        np.testing.assert_allclose(net.support(g, level), end.support(g, end_level), atol=1e-11)


@given(g=weights((5, 4)), level=st.floats(0.1, 4))
def test_elastic_net_support_is_continuous_at_its_l1_end(g, level):
    near = ElasticNet(1.0, 1 - 1e-9).support(g, level)
    np.testing.assert_allclose(near, L1(1.0).support(g, level), atol=1e-6)


@pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan])
def test_elastic_net_names_a_bad_ratio(bad):
    with pytest.raises(ValueError, match=r"l1_ratio must be from 0 to 1, got"):
        ElasticNet(1.0, bad)
