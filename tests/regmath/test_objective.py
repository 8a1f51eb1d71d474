"""The gap of an objective, to all digits, and its contours under L1."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmath import (
    L1,
    L2,
    ElasticNet,
    Quadratic,
    l1_level_sets,
    level_sets,
    objective_gap,
    penalized_optimum,
)
from tests.examples import examples

seeds = st.integers(0, 10_000)
strengths = st.floats(0.0, 3.0)


def bowl(seed):
    rng = np.random.default_rng(seed)
    rho, spread = rng.uniform(-0.95, 0.95), rng.uniform(0.5, 2.0, 2)
    hessian = np.array([[1.0, rho], [rho, 1.0]]) * np.outer(spread, spread)
    return Quadratic(hessian, rng.normal(size=2) * 2.0)


@given(seed=seeds, lam=strengths)
def test_the_gap_is_the_difference_of_two_values(seed, lam):
    loss, w = bowl(seed), np.random.default_rng(seed).normal(size=(5, 2)) * 3.0
    for penalty in (L1(lam), L2(lam), ElasticNet(lam, 0.3)):
        best = penalized_optimum(loss, penalty)
        heights = [loss.value(at) + penalty.value(at) for at in (w, best)]
        gap = objective_gap(loss, penalty, best, w)
        np.testing.assert_allclose(
            gap, heights[0] - heights[1], atol=1e-12 * (1 + heights[0].max())
        )
        assert objective_gap(loss, penalty, best, best) == 0.0


def test_the_gap_keeps_its_digits_next_to_the_optimum():
    loss, best = Quadratic([[1.0, 0.5], [0.5, 1.0]], [2.0, 0.0]), [1.0, 0.0]
    # The slope there is (-1, -1/2): the first weight's is balanced, the second held.
    for first, second in ((1e-9, 0.0), (-1e-9, 3e-13), (2e-8, -1e-12)):
        w = np.array([1.0 + first, second])
        x, y = Fraction(float(w[0])) - 1, Fraction(second)
        wanted = (x * x + x * y + y * y) / 2 + abs(y) - y / 2
        found = objective_gap(loss, L1(1.0), best, w)
        np.testing.assert_allclose(found, float(wanted), rtol=1e-7)


@examples(60)
@given(seed=seeds, lam=strengths)
def test_every_vertex_of_a_contour_is_at_its_height(seed, lam):
    loss = bowl(seed)
    rises = np.array([0.01, 0.3, 2.0, 9.0])
    contours, lowest = l1_level_sets(loss, lam, rises, 61)
    np.testing.assert_array_equal(lowest, penalized_optimum(loss, L1(lam)))
    assert contours.shape == (4, 65, 2)
    for rise, line in zip(rises, contours, strict=True):
        np.testing.assert_allclose(objective_gap(loss, L1(lam), lowest, line), rise, rtol=1e-9)
        np.testing.assert_array_equal(line[0], line[-1])
        # Convex, about the lowest point, counter-clockwise.
        off = line - lowest
        assert (off[:-1, 0] * off[1:, 1] - off[:-1, 1] * off[1:, 0] >= -1e-12 * rise).all()
        # Where it crosses an axis, a vertex is on it.
        for j in (0, 1):
            assert not (line[:-1, j] * line[1:, j] < 0.0).any()
            if np.ptp(np.sign(line[:, j])) == 2.0:
                assert (line[:, j] == 0.0).sum() >= 2


def test_without_a_penalty_it_is_the_losss_contour():
    loss = bowl(3)
    contours, lowest = l1_level_sets(loss, 0.0, [0.5], 41)
    np.testing.assert_allclose(lowest, loss.center, atol=1e-12)
    np.testing.assert_allclose(loss.value(contours), 0.5, rtol=1e-12)
    ellipse = level_sets(loss, [0.5], 2001)[0]
    np.testing.assert_allclose(contours[0].max(axis=0), ellipse.max(axis=0), atol=0.02)


def test_what_has_no_contour_is_refused():
    for loss, rises, n, match in (
        (Quadratic(np.eye(3), np.zeros(3)), [1.0], 9, "2 weights"),
        (Quadratic(np.ones((2, 2)), np.zeros(2)), [1.0], 9, "singular"),
        (bowl(0), [0.0], 9, "above 0"),
        (bowl(0), [1.0], 3, "at least 4"),
    ):
        with pytest.raises(ValueError, match=match):
            l1_level_sets(loss, 1.0, rises, n)
