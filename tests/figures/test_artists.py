"""What is drawn is what was computed: artists are read back as data."""

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from regviz.lessons.corner import PENALTIES
from tests.figures.drawings import computed, drawn, part

PARTS = (
    "ball", "level", "path", "optimum", "pull", "unregularized", "start",
)  # fmt: skip


@pytest.mark.parametrize("name", ["l1", "l2"])
@pytest.mark.parametrize("gid", PARTS)
def test_parts_have_names(gid, name):
    assert len(part(f"{gid}-{name}"))


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_vertices_are_the_exhibits(name):
    shown = computed()
    side = shown.sides[name]
    np.testing.assert_array_equal(part(f"level-{name}")[0], side.weights)
    values = shown.loss.value(part(f"level-{name}"))
    np.testing.assert_allclose(values, values[0], atol=1e-12)
    np.testing.assert_array_equal(part(f"path-{name}"), shown.paths[name])
    np.testing.assert_array_equal(part(f"optimum-{name}"), [side.weights])
    np.testing.assert_array_equal(part(f"start-{name}"), [shown.points["start"]])
    np.testing.assert_array_equal(part(f"unregularized-{name}"), [shown.loss.center])
    lengths = PENALTIES[name].level(part(f"ball-{name}"))
    np.testing.assert_allclose(lengths, side.budget, atol=1e-12)


def test_the_corner_is_a_vertex_of_the_drawn_diamond():
    corner = computed().sides["l1"].weights
    assert corner[0] == 0.0
    assert np.abs(part("ball-l1") - corner).max(axis=1).min() < 1e-15


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_pull_points_along_minus_the_gradient_and_lies_in_the_cone(name):
    side = computed().sides[name]
    apex, tip = part(f"pull-{name}")
    np.testing.assert_array_equal(apex, side.weights)
    towards = (tip - apex) / np.linalg.norm(tip - apex)
    np.testing.assert_allclose(towards, side.pull / np.linalg.norm(side.pull), atol=1e-12)
    shares, *_ = np.linalg.lstsq(side.cone.T, towards)
    assert shares.min() >= -1e-12
    np.testing.assert_allclose(shares @ side.cone, towards, atol=1e-12)


def test_a_contour_does_not_strike_through_the_names_of_a_planes_axes():
    figure = drawn("dropout")
    figure.canvas.draw()
    grounds = [one.get_window_extent() for one in figure.findobj(Polygon)]
    lines = [one.get_zorder() for one in figure.findobj(Line2D) if one.get_marker() == "None"]
    assert min(one.get_zorder() for one in figure.findobj(Polygon)) > min(lines)
    for said in ("bmi", "s6"):
        (name,) = (one.get_window_extent() for one in figure.findobj(Text)
                   if f"({said})" in one.get_text())  # fmt: skip
        assert any(one.x0 <= name.x0 and one.x1 >= name.x1 and one.y0 <= name.y0
                   and one.y1 >= name.y1 for one in grounds)  # fmt: skip


def test_without_a_penalty_nothing_is_held_back():
    gids = {artist.get_gid() for artist in drawn(lam=0.0).findobj()}
    assert "path-l1" in gids
    assert not gids & {"cone-l1", "pull-l1", "normal-l2", "pull-l2"}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, ["L1 stops at the corner", "$w_1 = 0$ exactly, $w_2 ="]),
        ({"lam": 0.0}, ["L1 holds nothing back"]),
        ({"lam": 900.0}, ["L1 stops at the origin", "$w_1 = w_2 = 0$ exactly"]),
        # on the edge `lam = (sum(center) - t) * (1 + rho) / 2`
        ({"budget": 2.0}, ["L1 stops on an edge", "$\\lambda = 0.13$, $t = 2$"]),
        ({"rho": 0.0, "center": (0.0, 2.0)}, ["L1 stops at the corner", "L2 stops at"]),
    ],
)
def test_sentences_are_true_of_the_optimum(parameters, said):
    figure = drawn(**parameters)
    for sentence in said:
        assert sentence in figure.description
    sides = (*computed(**parameters).sides.values(),)
    claimed = figure.description.count("neither is 0")
    assert claimed == sum(bool(side.weights.all()) for side in sides)


def test_a_sign_of_mathematics_leaves_words_their_font():
    said = [text for text in drawn("l1-loss").findobj(Text) if "′" in text.get_text()]
    assert said
    for text in said:
        assert "FiraSans" in str(text.get_fontproperties().get_file())


def test_names_of_optima_are_bold():
    texts = {text.get_text(): text for text in drawn("corner").findobj(Text)}
    assert "Bold" in str(texts["L1 optimum"].get_fontproperties().get_file())
    assert "Bold" not in str(texts["start"].get_fontproperties().get_file())


def test_a_small_marker_has_no_edge_that_rubs_out_others_in_a_crowd():
    edges = {
        line.get_gid(): line.get_markeredgecolor()
        for line in drawn("sparsity-count").findobj(Line2D)
    }
    assert {edges[f"{name}-goes"] for name in ("none", "one", "both", "l2")} == {"none"}
