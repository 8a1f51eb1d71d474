"""What changes during a play depends on its share alone, and pieces pair up in a morph."""

import numpy as np
from manim import VMobject, smooth

from regviz.lessons.axes import Lens
from regviz.lessons.box import Box
from regviz.lessons.theme import LIGHT
from regviz.scenes.marks_drawn import redraw, shape_of
from regviz.scenes.played import Morph, fade, morph
from tests.lessons.vocabulary import seen

BOX = Box(0.0, 6.0, 0.0, 4.0)
LENS = Lens(BOX, (-1.0, 2.0, -0.6, 4.6), BOX)


def drawn(name):
    picture, _ = seen("bars")
    mark = picture.mark(name)
    shape = shape_of(mark, LIGHT)
    redraw(shape, mark, picture.points(mark, {}), LENS, picture.panel("bars"))
    return shape


def test_bars_start_at_their_axis_and_end_at_their_values():
    bars = drawn("weights")
    assert len(bars.get_subpaths()) == 4
    (first, second, *_), zero = bars.get_subpaths(), LENS.place(np.array([0.0, 0.0]))[0]
    ends = LENS.place(np.array([[1.8, 0.0], [-0.5, 1.0]]))[:, 0]
    assert np.isclose([first[:, 0].min(), first[:, 0].max()], [zero, ends[0]]).all()
    assert np.isclose([second[:, 0].min(), second[:, 0].max()], [ends[1], zero]).all()


def test_as_many_pieces_pair_up_and_stay_by_their_row():
    bars, tips = drawn("weights"), drawn("tips")
    morph = Morph(bars, tips)
    for share in (0.0, 0.3, 0.7, 1.0):
        morph.turn(share)
        rows = [piece[:, 1].mean() for piece in morph.get_subpaths()]
        wanted = LENS.place(np.array([[0.0, row] for row in (0, 1, 2, 4)]))[:, 1]
        assert np.allclose(rows, wanted, atol=0.1)
    assert np.allclose(morph.get_center(), tips.get_center(), atol=1e-6)


def test_an_area_opens_out_of_a_line_which_fades_and_closes_into_it():
    line, area = (VMobject(stroke_width=width) for width in (4.0, 0.0))
    area.set_fill("#123456", opacity=0.25)
    x = np.linspace(0.0, 3.0, 31)
    low, high = (np.stack([x, level + 0.2 * x, 0.0 * x], axis=1) for level in (1.0, 2.0))
    line.set_points_as_corners(np.stack([x, 0.1 * x**2, 0.0 * x], axis=1))
    area.set_points_as_corners(np.concatenate([high, low[::-1], high[:1]]))
    for old, new, shares in ((line, area, (0.0, 0.4, 1.0)), (area, line, (1.0, 0.6, 0.0))):
        turning = morph(old, new)
        for share, is_open in zip(shares, (0.0, smooth(0.4), 1.0), strict=True):
            turning.turn(share)
            ribbon, fading = turning.submobjects
            assert np.isclose(fading.get_stroke_opacity(), 1.0 - is_open, atol=0.01)
            ends = np.array(ribbon.get_anchors())
            off = ends[:, 1] - 0.1 * ends[:, 0] ** 2
            # The higher edge stays above the lower one, and both leave the line together.
            assert (ends[:60:2, 1] > ends[122:62:-2, 1] - 1e-9).all()
            assert (off[:60] >= is_open * 1.1).all()
            assert is_open or np.allclose(off, 0.0, atol=1e-3)


def test_fading_to_and_fro_leaves_a_shape_as_it_was():
    shape = VMobject(fill_color="#123456", fill_opacity=0.4, stroke_width=0)
    shape.set_points_as_corners([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 0, 0)])
    for share in (1.0, 0.5, 0.0, 0.3):
        fade(shape, share)
        assert np.isclose(shape.get_fill_opacity(), 0.4 * share)
    fade(shape, 1.0)
    assert np.isclose(shape.get_fill_opacity(), 0.4)
