import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.clip import clip_polygon, clip_segments

WINDOW = (-1.0, 2.0, -1.5, 1.0)
DIAMOND = np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]], dtype=float)
coordinate = st.floats(-4, 4, allow_nan=False)


def _area(polygon):
    (x, y), (u, v) = polygon[:-1].T, polygon[1:].T
    return 0.5 * float(np.sum(x * v - u * y))


def test_what_is_inside_keeps_its_vertices():
    inside = 0.5 * DIAMOND
    segments = clip_segments(inside, WINDOW)
    np.testing.assert_array_equal(segments[:, 0], inside[:-1])
    np.testing.assert_array_equal(segments[:, 1], inside[1:])
    np.testing.assert_array_equal(clip_polygon(inside, WINDOW), inside)


def test_what_is_outside_vanishes():
    away = DIAMOND + 10.0
    assert len(clip_segments(away, WINDOW)) == 0
    assert len(clip_polygon(away, WINDOW)) == 0


@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=8))
def test_clipped_segments_lie_in_the_window_and_on_the_line(points):
    vertices = np.array(points)
    left, right, bottom, top = WINDOW
    for start, end in clip_segments(vertices, WINDOW):
        for x, y in (start, end):
            assert left - 1e-9 <= x <= right + 1e-9
            assert bottom - 1e-9 <= y <= top + 1e-9


@given(st.floats(0.1, 6.0), coordinate, coordinate)
def test_clipped_polygon_has_the_area_of_the_intersection(size, x, y):
    box = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]]) * size + [x, y]
    left, right, bottom, top = WINDOW
    width = max(0.0, min(right, x + size) - max(left, x - size))
    height = max(0.0, min(top, y + size) - max(bottom, y - size))
    cut = clip_polygon(box, WINDOW)
    area = _area(cut) if len(cut) else 0.0
    assert abs(area - width * height) < 1e-9
