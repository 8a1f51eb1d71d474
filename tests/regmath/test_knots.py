"""That the lasso of two weights bends at the knots that are named, and nowhere else."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm

losses = st.builds(
    lambda rho, a, d, c: rm.Quadratic(
        np.array([[a, rho * np.sqrt(a * d)], [rho * np.sqrt(a * d), d]]), np.array(c)
    ),
    st.floats(-0.95, 0.95),
    st.floats(0.2, 5.0),
    st.floats(0.2, 5.0),
    st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0)),
)


@given(losses)
def test_between_two_knots_the_way_is_straight(loss):
    knots = rm.planar_knots(loss)
    assert knots.shape == (10,)
    assert (knots >= 0.0).all()
    ends = np.concatenate([[0.0], knots, [knots[-1] + 1.0]])
    for low, high in pairwise(ends):
        lams = low + (high - low) * np.array([0.0, 0.3, 0.7, 1.0])
        first, *between, last = rm.penalized_optima(loss, rm.L1(1.0), lams)
        size = 1e-7 * (1.0 + np.abs(loss.center).max())
        for share, w in zip((0.3, 0.7), between, strict=True):
            np.testing.assert_allclose(w, first + share * (last - first), atol=size)


@given(losses)
def test_where_both_weights_are_first_0_is_a_knot(loss):
    high = np.abs(loss.hessian @ loss.center).max()
    assert np.abs(rm.planar_knots(loss) - high).min() <= 1e-12 * (1.0 + high)


def test_other_losses_are_refused():
    with pytest.raises(ValueError, match="needs 2 weights, got 3"):
        rm.planar_knots(rm.Quadratic(np.eye(3), np.ones(3)))
