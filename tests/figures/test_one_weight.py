"""The figure of the penalties' shapes shows the exhibit's numbers."""

import numpy as np
import pytest

from tests.figures.drawings import artist, computed, drawn, part


def chart(gid, lesson, **options):
    (found,) = (axes for axes in drawn(lesson, **options).axes if axes.get_gid() == gid)
    return found


def line(axes, gid):
    (found,) = (line for line in axes.lines if line.get_gid() == gid)
    return found.get_xydata()


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_penalties_and_slopes_are_the_exhibits(name):
    shown = computed("penalty-shapes")
    drawn_penalty = part(f"penalty-{name}", "penalty-shapes")
    np.testing.assert_array_equal(drawn_penalty, np.column_stack([shown.w, shown.values[name]]))
    np.testing.assert_array_equal(part(f"slope-{name}", "penalty-shapes"), shown.slopes[name])
    assert artist("chart-penalty-l1", "penalty-shapes").get_ylim() == (
        artist("chart-penalty-l2", "penalty-shapes").get_ylim()
    )


def test_the_subdifferential_stands_upright_at_zero():
    lam = computed("penalty-shapes").lam["l1"]
    np.testing.assert_array_equal(
        part("upright-l1", "penalty-shapes"), [[0.0, -lam], [0.0, lam]]
    )


@pytest.mark.parametrize("name", ["l1", "l2"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_arrows_are_as_long_as_the_pull_and_point_to_zero(name, side):
    shown = computed("penalty-shapes")
    for number, pull in enumerate(shown.pulls[name], start=1):
        start, tip = part(f"pull-{name}-{number}-{side}", "penalty-shapes")
        assert abs(start[0] - tip[0]) == pytest.approx(shown.arrow * pull)
        assert start[1] == tip[1]
        assert 0.0 < tip[0] / start[0] < 1.0
