"""Names that stand beside each other keep apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.spread import spread

places = st.lists(st.floats(0.0, 100.0), min_size=1, max_size=8)


@given(places)
def test_spread_keeps_names_apart_and_in_order(wanted):
    sizes = np.full(len(wanted), 10.0)
    middles = spread(np.array(wanted), sizes, 0.0, 100.0)
    order = np.argsort(wanted, kind="stable")
    assert np.all(np.diff(middles[order]) >= 10.0 - 1e-9)
    assert middles.min() >= 5.0 - 1e-9
    assert middles.max() <= 95.0 + 1e-9


def test_names_with_room_stay_where_they_are_wanted():
    wanted = np.array([80.0, 20.0, 50.0])
    np.testing.assert_allclose(spread(wanted, np.full(3, 10.0), 0.0, 100.0), wanted)
