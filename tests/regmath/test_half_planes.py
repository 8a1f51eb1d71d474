"""That half planes hold the points they are defined by, and that edges are drawn where seen."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

import regmath as rm

WINDOW = (-2.0, 3.0, -1.5, 2.5)
numbers = st.floats(-4.0, 4.0)
lines = st.tuples(numbers, numbers, numbers)
POINTS = np.random.default_rng(0).uniform(WINDOW[::2], WINDOW[1::2], (60, 2))


def inside(points, corners):
    """Say which points are in a convex polygon."""
    sides, away = np.roll(corners, -1, axis=0) - corners, points[:, None] - corners
    turns = sides[:, 0] * away[..., 1] - sides[:, 1] * away[..., 0]
    return (turns >= 0.0).all(axis=1) | (turns <= 0.0).all(axis=1)


@given(lines)
@example((0.0, 0.0, 1.0))
@example((0.0, 0.0, -1.0))
@example((1e-300, 0.0, 4.0))
def test_what_is_seen_of_a_half_plane_is_by_its_definition(line):
    values = POINTS @ line[:2] + line[2]
    clear = np.abs(values) > 1e-9 * (np.abs(line).max() + 1e-300)
    corners = rm.half_planes(line, WINDOW)
    assert np.isfinite(corners).all()
    np.testing.assert_array_equal(inside(POINTS, corners)[clear], (values >= 0.0)[clear])


@given(lines)
def test_an_edge_is_on_its_line_and_goes_beyond_the_window(line):
    edge = rm.half_plane_edges(line, WINDOW)
    corners = np.array([[x, y] for x in WINDOW[:2] for y in WINDOW[2:]])
    values = corners @ line[:2] + line[2]
    crosses = values.min() < 0.0 < values.max()
    if np.abs(values).min() > 1e-9:
        assert crosses == np.isfinite(edge).all() == (not np.isnan(edge).all())
    if np.isfinite(edge).all():
        np.testing.assert_allclose(edge @ line[:2] + line[2], 0.0, atol=1e-9)
        assert np.linalg.norm(edge[1] - edge[0]) > 2.0 * np.hypot(5.0, 4.0)


def test_many_lines_are_done_at_once_and_a_share_of_the_window_may_be_asked_for():
    both = np.array([[1.0, 0.0, -2.9], [1.0, 0.0, 0.0]])
    assert rm.half_planes(both, WINDOW).shape == (2, 4, 2)
    gone = np.isnan(rm.half_plane_edges(both, WINDOW, within=0.9)).all(axis=(1, 2))
    np.testing.assert_array_equal(gone, [True, False])
