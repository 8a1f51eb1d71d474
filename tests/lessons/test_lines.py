"""Curves as far as they are below a level."""

import numpy as np

from regviz.lessons.lines import capped, filled, over


def test_a_curve_stands_on_the_level_where_it_comes_and_where_it_goes():
    curve = over(np.arange(7.0), np.array([9.0, 5.0, 1.0, 2.0, 4.0, 9.0, 9.0]))
    found = capped(curve, 3.0)
    wanted = [[np.nan] * 2, [1.5, 3.0], [2.0, 1.0], [3.0, 2.0], [3.5, 3.0], *[[np.nan] * 2] * 2]
    np.testing.assert_allclose(found, wanted)
    # What is not there is drawn onto what is.
    ends = [[1.5, 3.0], *wanted[1:5], [3.5, 3.0], [3.5, 3.0]]
    np.testing.assert_allclose(filled(np.stack([found, found])), [ends, ends])


def test_between_two_dips_of_one_point_the_first_ends():
    curve = over(np.arange(3.0), np.array([0.0, 4.0, 0.0]))
    np.testing.assert_allclose(capped(curve, 2.0), [[0.0, 0.0], [0.5, 2.0], [2.0, 0.0]])


def test_a_curve_that_is_never_below_is_not_there():
    found = capped(over(np.arange(3.0), np.full(3, 4.0)), 2.0)
    assert np.isnan(found).all()
    assert np.isnan(filled(found)).all()
