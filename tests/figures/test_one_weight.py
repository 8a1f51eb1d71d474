"""The one-weight figures show the exhibits' numbers, and say what is true of them."""

import numpy as np
import pytest
from matplotlib.text import Text

from regviz.lessons.text import LANGUAGES
from tests.figures.drawings import artist, computed, drawn, part

LOSSES = ("l1-loss", "l2-loss")
OTHER = {"center": -0.7, "curvature": 1.3, "lam": 0.4}


def chart(gid, lesson, **options):
    (found,) = (axes for axes in drawn(lesson, **options).axes if axes.get_gid() == gid)
    return found


def line(axes, gid):
    (found,) = (line for line in axes.lines if line.get_gid() == gid)
    return found.get_xydata()


@pytest.mark.parametrize("parameters", [{}, OTHER], ids=["default", "other"])
@pytest.mark.parametrize("lesson", LOSSES)
def test_curves_and_minimizers_are_the_exhibits(lesson, parameters):
    shown = computed(lesson, **parameters)
    axes = chart("chart-losses", lesson, **parameters)
    for index in shown.few:
        name = f"{shown.lambdas[index]:g}"
        curve = line(axes, f"loss-{name}")
        np.testing.assert_array_equal(curve[:, 0], shown.w)
        np.testing.assert_array_equal(
            curve[:, 1], shown.loss + shown.lambdas[index] * shown.pull
        )
        assert 0.0 in curve[:, 0]
        np.testing.assert_array_equal(
            line(axes, f"minimizer-{name}"), [[shown.minimizers[index], shown.minima[index]]]
        )
    trail = line(axes, "trail")
    np.testing.assert_array_equal(trail, np.column_stack([shown.minimizers, shown.minima]))


@pytest.mark.parametrize("lesson", LOSSES)
def test_the_loss_is_blue_and_the_regularized_loss_is_ink(lesson):
    for theme in ("light", "dark"):
        figure = drawn(lesson, theme=theme)
        colors = {
            line.get_gid(): line.get_color()
            for line in figure.axes[0].lines
            if str(line.get_gid()).startswith("loss-")
        }
        assert colors.pop("loss-0") == {"light": "#0B63B6", "dark": "#5AA9F0"}[theme]
        assert set(colors.values()) == {{"light": "#1A1A1A", "dark": "#F5F5F0"}[theme]}
        assert set(colors) == {
            "loss-1",
            "loss-100",
            "loss-2" if lesson == "l1-loss" else "loss-10",
        }


def test_the_l1_path_bends_at_its_arrival_and_is_zero_from_there_on():
    path, (arrival,) = part("path", "l1-loss"), part("arrival", "l1-loss")
    np.testing.assert_array_equal(arrival, [2.0, 0.0])
    assert (path == arrival).all(axis=1).any()
    assert np.all(path[path[:, 0] >= 2.0, 1] == 0.0)
    assert np.all(path[path[:, 0] < 2.0, 1] > 0.0)


def test_the_l2_zoom_tells_its_minimizer_from_zero():
    axes = chart("chart-zoom", "l2-loss")
    ((at, lowest),) = line(axes, "zoom-minimizer-100")
    assert at == pytest.approx(1.0 / 101.0, rel=1e-14)
    zero, point = axes.transData.transform([(0.0, lowest), (at, lowest)])
    assert point[0] - zero[0] > 0.05 * axes.bbox.width
    np.testing.assert_array_equal(line(axes, "zoom-zero")[:, 0], [0.0, 0.0])


@pytest.mark.parametrize("center", [1.0, -3.0, 0.004])
@pytest.mark.parametrize("curvature", [0.1, 2.0, 10.0])
def test_the_l2_figure_never_says_that_the_weight_is_zero(center, curvature):
    said = drawn("l2-loss", center=center, curvature=curvature).description
    assert "w = 0$" not in said
    assert "w = 0.00$" not in said
    labels = drawn("l2-loss", center=center, curvature=curvature).findobj(Text)
    (written,) = (text for label in labels if "lowest at" in (text := label.get_text()))
    digits = written.split("w = ")[1].strip("$")
    assert digits.strip("-0.") != ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LOSSES)
def test_curves_are_named_by_their_strengths(lesson, lang):
    said = {
        item.get_text()
        for item in drawn(lesson, lang=lang).findobj()
        if hasattr(item, "get_text")
    }
    assert r"$\lambda = 1$" in said
    assert "$100$" in said


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
