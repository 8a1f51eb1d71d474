"""Numbers along a plane's axes stand off what is drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons import catalogue
from regviz.lessons.clear import BESIDE, EDGE, NEAR, SPACE, clear
from tests.examples import examples

places = st.floats(-1.0, 1.0)


@examples(60)
@given(st.floats(-2.0, -0.1), st.floats(0.1, 2.0), st.sampled_from([0, 1]), st.floats(0.0, 1.0))
def test_numbers_stand_off_an_outline_the_edge_and_each_other(low, high, axis, reach):
    wide, found = high - low, sorted(clear((low, high), axis, np.empty((0, 2)), reach))
    assert 0.0 not in found
    assert all(min(at - low, high - at) > EDGE * wide for at in found)
    assert all(abs(abs(at) - reach) > 0.04 * wide for at in found)
    assert np.all(np.diff(found) >= 0.999 * SPACE[axis] * wide)


@examples(60)
@given(st.lists(st.tuples(places, places), min_size=1, max_size=3), st.sampled_from([0, 1]))
def test_no_number_is_under_a_marker(points, axis):
    for at in clear((-1.0, 1.0), axis, np.array(points)):
        for point in points:
            along, across = abs(point[axis] - at), abs(point[1 - axis] + 2.0 * BESIDE[1 - axis])
            assert along >= 2.0 * NEAR[axis] or across >= 2.0 * NEAR[1 - axis]


def test_finer_numbers_come_where_few_are_clear():
    ends, covered = (-1.0, 1.0), np.array([[0.5, -0.13], [-0.5, -0.13]])
    assert sorted(clear(ends, 0, np.empty((0, 2)))) == [-0.5, 0.5]
    assert len(clear(ends, 0, covered)) >= 2
    assert not {-0.5, 0.5} & set(clear(ends, 0, covered))


@pytest.mark.parametrize("slug", ["corner", "price-and-budget", "zone-map"])
def test_planes_beside_each_other_have_the_same_numbers(slug):
    lesson = catalogue.load(slug)
    panels = lesson.picture(lesson.exhibit(lesson.Parameters())).panels
    first, *others = [panel for panel in panels if panel.kind == "plane"]
    assert all(first.ticks)
    assert all(other.ticks == first.ticks for other in others)
    np.testing.assert_array_equal(first.limits, others[0].limits)
