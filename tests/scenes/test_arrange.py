"""Panels and what is written by them have room of their own in every frame."""

import itertools

import pytest

from regviz.scenes.arrange import NUMBERS, WIDEST, Need, arrange, lines_of
from regviz.scenes.stage import CAPTIONS

SIZES = {"16:9": (14.22, 8.0), "4:3": (10.67, 8.0), "1:1": (8.0, 8.0), "9:16": (8.0, 14.22)}
WHOLE = Need(rows=((3.0, 2.0),), sentences=(8.0,))
KINDS = {
    "plane": Need(title=3.0, ratio=1.0, rows=((2.0,),), sentences=(4.0,)),
    "chart": Need(title=4.0),
    "line": Need(title=2.0, flat=True),
    "bars": Need(title=2.0),
}


def parts(found):
    """Every box that something stands in, of those that have any room."""
    boxes = [found.whole.title, found.whole.sentence]
    if not found.beside:
        boxes += [box for place in found.panels.values() for box in (place.row, place.sentence)]
        boxes.append(found.whole.row)
    boxes += [place.plane for place in found.panels.values()]
    return [box for box in boxes if box.height > 0.0 and box.width > 0.0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_nothing_overlaps_and_all_is_above_the_captions(size, count):
    wide, high = SIZES[size]
    for names in itertools.combinations(KINDS, count):
        found = arrange(wide, high, WHOLE, {name: KINDS[name] for name in names})
        assert list(found.panels) == list(names)
        boxes = parts(found)
        for box in boxes:
            assert box.left >= -wide / 2
            assert box.right <= wide / 2
            assert box.top <= high / 2
            assert box.bottom >= -high / 2 + CAPTIONS * high - 1e-9
        for one, other in itertools.combinations(boxes, 2):
            across = min(one.right, other.right) - max(one.left, other.left)
            up = min(one.top, other.top) - max(one.bottom, other.bottom)
            is_column = found.beside and one is found.whole.sentence
            assert across <= 1e-9 or up <= 1e-9 or is_column, (names, one, other)


def test_one_panel_takes_most_of_a_wide_frame_and_has_a_column():
    found = arrange(14.22, 8.0, WHOLE, {"chart": KINDS["chart"]})
    plane = found.panels["chart"].plane
    assert found.beside
    assert plane.width > 0.55 * 14.22
    assert plane.height > 0.7 * 8.0
    assert found.whole.row.left >= plane.right


def test_panels_stand_side_by_side_in_a_wide_frame_and_stacked_in_an_upright_one():
    panels = {name: KINDS[name] for name in ("plane", "chart")}
    wide = arrange(14.22, 8.0, WHOLE, panels).panels
    assert wide["plane"].plane.right <= wide["chart"].plane.left
    upright = arrange(8.0, 14.22, WHOLE, panels).panels
    assert upright["plane"].plane.bottom >= upright["chart"].plane.top


@pytest.mark.parametrize("size", SIZES)
def test_small_panels_share_the_place_of_one_at_one_scale(size):
    small = {str(row): Need(title=2.0, small=True, numbered=row == 2) for row in range(3)}
    found = arrange(*SIZES[size], WHOLE, {**small, "chart": KINDS["chart"]})
    planes = [found.panels[name].plane for name in small]
    heights = [
        plane.height - (NUMBERS if row == 2 else 0.0) for row, plane in enumerate(planes)
    ]
    assert heights == pytest.approx(heights[:1] * 3)
    assert len({plane.left for plane in planes}) == 1
    for one, other in itertools.combinations(parts(found), 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        assert across <= 1e-9 or min(one.top, other.top) - max(one.bottom, other.bottom) <= 1e-9


def test_what_does_not_fit_a_row_stands_in_the_next():
    assert lines_of([3.0, 3.0, 3.0], 7.0) == [[0, 1], [2]]
    assert lines_of([9.0], 7.0) == [[0]]
    assert lines_of([], 7.0) == []


def test_planes_beside_each_other_are_little_wider_than_what_they_must_show():
    def planes(**how):
        found = arrange(14.2, 8.0, Need(), {name: Need(ratio=1.0, **how) for name in "ab"})
        return [found.panels[name].plane for name in "ab"]

    for narrow, wide in zip(planes(plane=True), planes(), strict=True):
        assert narrow.width == pytest.approx(WIDEST * narrow.height)
        assert narrow.width < wide.width
        assert narrow.left - wide.left == pytest.approx(wide.right - narrow.right)


def test_short_readouts_stand_beside_the_titles_of_panels_and_long_ones_below():
    for width, beside in ((2.0, True), (4.0, False)):
        need = Need(title=3.0, ratio=1.0, rows=((width,),))
        places = arrange(14.22, 8.0, Need(), {"l1": need, "l2": need}).panels.values()
        for place in places:
            assert (place.row.left >= place.title.right) is beside
            assert (place.row.top <= place.title.bottom) is not beside
            assert place.plane.top <= place.row.bottom
            middle = (place.title.left + place.row.right) / 2
            assert middle == pytest.approx((place.plane.left + place.plane.right) / 2)


def test_readouts_stay_below_titles_between_which_the_whole_pictures_row_stands():
    need = Need(title=1.8, rows=((2.8,),))
    found = arrange(14.22, 8.0, Need(rows=((3.0,),)), {"l1": need, "l2": need})
    left, right = found.panels.values()
    assert found.whole.row.top > left.title.bottom > left.row.bottom
    assert left.row.top == right.row.top == left.title.bottom


@pytest.mark.parametrize(("row", "aside"), [(2.0, False), (5.6, True)])
def test_titles_step_aside_for_the_whole_pictures_row_no_farther_than_it_needs(row, aside):
    panels = {"l1": Need(title=3.0, ratio=1.0, plane=True), "l2": Need(title=2.4)}
    found = arrange(14.22, 8.0, Need(rows=((row,),)), panels)
    left, right = (place.title for place in found.panels.values())
    assert left.bottom == right.bottom == pytest.approx(found.whole.row.bottom)
    middles = [place.plane.center[0] for place in found.panels.values()]
    assert (left.center[0] < middles[0] - 1e-6) is aside
    assert (right.center[0] > middles[1] + 1e-6) is aside
    if aside:
        assert found.whole.row.width == pytest.approx(row)


def test_titles_stay_above_their_panels_and_a_long_row_of_the_whole_above_them():
    need = Need(title=1.8)
    found = arrange(14.22, 8.0, Need(rows=((9.0,),)), {"l1": need, "l2": need})
    for place in found.panels.values():
        assert found.whole.row.bottom == pytest.approx(place.title.top)
        assert place.title.center[0] == pytest.approx(place.plane.center[0])
