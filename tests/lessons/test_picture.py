"""Numbers along axes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.picture import NEAR, clear


@given(
    st.floats(-3.0, -0.1), st.floats(0.1, 5.0), st.sampled_from([0, 1]),
    st.lists(st.tuples(st.floats(-1.0, 2.0), st.floats(-1.0, 2.0)), min_size=1, max_size=3),
)  # fmt: skip
def test_numbers_keep_clear_of_points_and_of_where_axes_cross(low, high, axis, points):
    found = clear(low, high, axis, np.array(points))
    near = NEAR * (high - low)
    for at in found:
        assert at != 0.0
        assert low <= at <= high + 1e-9
        for point in points:
            off = abs(point[axis] - at), abs(point[1 - axis] + near)
            assert max(off) >= near
    assert all(at < 0.0 for at in clear(low, high, axis, np.array(points), lambda at: at < 0.0))
