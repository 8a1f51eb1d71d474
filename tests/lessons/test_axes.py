"""Axes and what is written by them, laid out for any medium."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from regviz.lessons.axes import LINE, WORDS, Layout, Type
from regviz.lessons.box import Box
from regviz.lessons.picture import numbered
from tests.lessons.vocabulary import seen

BOX = Box(1.0, 9.0, 2.0, 7.0)
KINDS = ("chart", "plane", "bars", "line")


def laid(kind, type, *, limits=None, **changes):
    picture, _ = seen(kind)
    panel = replace(picture.panel(kind), **changes)
    layout = Layout(panel, type)
    lens = layout.lens(BOX, limits or picture.limits(panel, picture.rest))
    return lens, layout.laid(lens)


def of(panel_kind, em, names=(1.0, 1.0), width=0.5):
    ticks = seen(panel_kind)[0].panel(panel_kind).ticks
    across, up = (dict.fromkeys(each, width * em) for each in ticks)
    return Type(em, tuple(em * name for name in names), (across, up))


def boxes(type, found):
    """Return the boxes of all that is written, half as high as a line on both sides."""
    written = [
        *((spot, type.numbers[axis][at]) for axis in (0, 1)
          for at, spot in found.numbers[axis].items()),
        *((spot, wide) for spot, wide in zip(found.names, type.names, strict=True)
          if spot is not None and wide),
    ]  # fmt: skip
    return [
        (x + (spot.side - 1) * spot.size * wide / 2, x + (spot.side + 1) * spot.size * wide / 2,
         spot.at[1] - 0.4 * spot.size * type.em, spot.at[1] + 0.4 * spot.size * type.em)
        for spot, wide in written for x in [spot.at[0]]
    ]  # fmt: skip


@pytest.mark.parametrize("names", [(1.0, 1.0), (4.0, 5.0), (9.0, 2.0)])
@pytest.mark.parametrize("em", [0.2, 0.4])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_stays_in_the_box_and_on_nothing_else(kind, em, names):
    type = of(kind, em, names)
    lens, found = laid(kind, type)
    every = boxes(type, found)
    for left, right, bottom, top in every:
        assert left >= BOX.left - 1e-9
        assert right <= BOX.right + 1e-9
        assert bottom >= BOX.bottom - 1e-9
        assert top <= BOX.top + 1e-9
    for one, other in itertools.combinations(every, 2):
        across = min(one[1], other[1]) - max(one[0], other[0])
        assert across <= 1e-9 or min(one[3], other[3]) <= max(one[2], other[2]), kind
    assert lens.around == BOX
    ends = lens.place(np.reshape(lens.window, (2, 2)).T)
    np.testing.assert_allclose(
        ends, [[lens.box.left, lens.box.bottom], [lens.box.right, lens.box.top]]
    )


def test_a_long_name_stands_at_the_foot_of_a_plane_off_its_level_axis():
    limits = (-1.0, 1.0, -1.0, 1.0)
    (_, near), (lens, far) = (
        laid("plane", of("plane", 0.3, (wide, 1.0)), limits=limits) for wide in (4.0, 9.0)
    )
    axis = far.axes["x"][0, 0, 1]
    assert axis - near.names[0].at[1] < 3.0 * 0.3
    assert far.names[0].at[1] - lens.box.bottom == pytest.approx(0.5 * LINE * 0.3)


@pytest.mark.parametrize("names", [(2.5, 2.5), (4.0, 1.0), (9.0, 5.0)])
def test_no_line_is_seen_between_the_words_of_a_name_in_a_plane(names):
    type = of("plane", 0.3, names)
    _, found = laid("plane", type, limits=(-1.0, 1.0, -1.0, 1.0))
    named = boxes(type, found)[sum(map(len, found.numbers)) :]
    wide = [box for box, name in zip(named, names, strict=True) if name > WORDS]
    for under, (left, right, bottom, top) in zip(found.grounds, wide, strict=True):
        assert (under[:2] < [left, bottom]).all()
        assert (under[2:] > [right, top]).all()
        # The axes are seen whole.
        for axis in found.axes.values():
            (x, y), (end, over) = axis[0]
            assert end <= under[0] or x >= under[2] or over <= under[1] or y >= under[3]


@pytest.mark.parametrize("kind", ["chart", "bars", "line"])
def test_names_outside_what_a_panel_shows_need_no_ground(kind):
    assert not len(laid(kind, of(kind, 0.3, (4.0, 4.0)))[1].grounds)


@pytest.mark.parametrize("kind", ["chart", "bars", "line"])
def test_a_name_longer_than_its_axis_goes_on_in_the_box_and_at_last_is_smaller(kind):
    for names, is_smaller in (((18.0, 1.0), False), ((30.0, 1.0), True)):
        type = of(kind, 0.4, names)
        _, found = laid(kind, type)
        assert (found.names[0].size < 1.0) is is_smaller
        left, right, *_ = boxes(type, found)[sum(map(len, found.numbers))]
        assert left >= BOX.left - 1e-9
        assert right <= BOX.right + 1e-9


@pytest.mark.parametrize("low", [-1.0, -0.3, -0.02])
def test_the_name_of_a_level_axis_near_the_foot_of_a_plane_stays_in_the_box(low):
    ticks = (numbered(*np.arange(-8, 9) / 4.0), {})
    type = Type(0.3, (0.3, 0.3), (dict.fromkeys(ticks[0], 0.3), {}))
    lens, found = laid("plane", type, limits=(-1.0, 1.0, low, 1.0), ticks=ticks)
    every, name = boxes(type, found), found.names[0].at
    assert min(bottom for *_, bottom, _ in every) >= BOX.bottom
    # It goes below the numbers, or, without room there, what would be under it is left out.
    last = max(found.numbers[0].values(), key=lambda spot: spot.at[0]).at
    is_there = lens.window[1] - max(found.numbers[0]) < 0.25
    assert is_there == (name[1] < last[1] - LINE * 0.3)
    assert is_there or last[0] + 0.15 < name[0] - 0.3


def test_a_plane_has_equal_scales_around_its_limits():
    lens, _ = laid("plane", of("plane", 0.3))
    assert lens.scale[0] == pytest.approx(lens.scale[1])


def test_the_unit_of_lengths_does_not_matter():
    picture, _ = seen("chart")
    panel, limits = picture.panel("chart"), picture.limits(picture.panel("chart"), picture.rest)
    small, large = (
        Layout(panel, of("chart", 0.3 * unit)).lens(
            Box(*(unit * side for side in (1.0, 9.0, 2.0, 7.0))), limits
        )
        for unit in (1.0, 72.0)
    )
    np.testing.assert_allclose(large.scale, 72.0 * small.scale)


def test_numbers_without_room_are_left_out_the_first_named_stays():
    ticks = (numbered(1.0, 0.0, 0.5, 1.05), {})
    widths = dict.fromkeys(ticks[0], 2.6)
    type = Type(0.3, (0.0, 0.0), (widths, {}))
    _, found = laid("chart", type, limits=(0.0, 2.0, 0.0, 1.0), ticks=ticks, by=())
    assert set(found.numbers[0]) == {1.0, 0.0}


def test_a_number_where_the_axes_cross_stands_beside_the_upright_one():
    ticks = (numbered(0.0, 1.0), {})
    type = Type(0.3, (0.0, 0.0), (dict.fromkeys(ticks[0], 0.2), {}))
    limits = (-1.0, 1.0, -1.0, 1.0)
    lens, found = laid("chart", type, limits=limits, ticks=ticks, cross=(0.0, 0.0), by=())
    (x, _), side, _ = found.numbers[0][0.0]
    assert x < lens.place(np.zeros(2))[0]
    assert side == -1
    assert found.numbers[0][1.0].side == 0


def test_a_broken_axis_has_two_pieces_and_a_stroke_at_each_end():
    _, found = laid("chart", of("chart", 0.3), gap=0.5)
    (_, before), (after, _) = found.axes["x"]
    assert before[0] < after[0]
    assert before[1] == after[1]
    _, whole = laid("chart", of("chart", 0.3), gap=None)
    assert len(whole.axes["x"]) == 1
    assert len(found.ticks) == len(whole.ticks) + 2


def test_names_of_a_mirrored_chart_stand_on_its_right_and_leave_no_room_on_its_left():
    limits, names = (0.0, 1.0, 0.0, 1.0), {0.2: "one", 0.7: "two"}
    across = numbered(0.0, 0.5)
    type = Type(0.3, (2.0, 1.0), (dict.fromkeys(across, 0.3), dict.fromkeys(names, 1.4)))
    plain = {"ticks": (across, names)}
    lens, found = laid("chart", type, limits=limits, cross=(1.0, 0.0), mirrored=True, **plain)
    axis = float(found.axes["y"][0, 0, 0])
    for spot in found.numbers[1].values():
        assert spot.side == 1
        assert axis < spot.at[0]
        assert spot.at[0] + 1.4 <= BOX.right + 1e-9
    # Ticks point at the names, and nothing is left out on the other side.
    level = found.ticks[found.ticks[:, 0, 1] > lens.box.bottom + 1e-6]
    assert (level[:, 1, 0] > axis).all()
    usual, _ = laid("chart", type, limits=limits, cross=(0.0, 0.0), **plain)
    assert lens.box.left < usual.box.left
    assert lens.box.right < usual.box.right
