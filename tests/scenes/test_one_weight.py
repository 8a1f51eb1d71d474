"""The scenes of one weight and of the penalties' shapes: told in time, drawn from data."""

import hashlib

import av
import numpy as np
import pytest
from manim import config, tempconfig

from regviz.lessons import catalogue
from regviz.lessons.text import LANGUAGES
from regviz.scenes import render as rendering
from regviz.scenes import scene_class
from regviz.scenes.labels import clearance
from regviz.scenes.render import Request, render
from regviz.scenes.stage import room

pytestmark = pytest.mark.video
SECTIONS = {
    "penalty-shapes": ["price", "pull", "sides", "zero", "still"],
    "l1-loss": ["loss", "penalty", "zero", "why", "still"],
    "l2-loss": ["loss", "penalty", "near", "zoom", "why", "still"],
}
#: most characters of a caption in a second
RATES = {"en": 17, "ko": 11}
#: on the other side of 0, with no strength and with the strongest, with long numbers
OTHERS = (
    ("l1-loss", {"center": -0.7, "curvature": 1.3, "lam": 100.0}),
    ("l2-loss", {"center": -3.0, "curvature": 0.1, "lam": 0.0}),
    ("penalty-shapes", {"lam": 0.05, "reach": 5.0}),
)
#: what is rendered in two parts: the scene that closes in
SPLIT = "l2-loss"
SIZES = {"16:9": (192, 108), "4:3": (144, 108), "1:1": (108, 108), "9:16": (108, 192)}


def told(lesson, lang, folder, size="16:9", **values):
    width, height = SIZES[size]
    request = Request(
        lesson=lesson, lang=lang, values=values, width=width, height=height, fps=4, still=True
    )
    return render(request, folder)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", SECTIONS)
def test_is_told_in_sections_with_captions_that_can_be_read(lesson, lang, tmp_path):
    made = told(lesson, lang, tmp_path)
    assert [name for name, _, _ in made.sections] == SECTIONS[lesson]
    assert 30.0 <= made.duration <= 75.0
    assert {name for name, _, _ in made.sections} == {
        name
        for name, start, end in made.sections
        if any(start <= said.start < end for said in made.captions)
    }
    for said in made.captions:
        assert len(said.text) <= 84
        assert len(said.text) / (said.end - said.start) < RATES[lang], said.text


@pytest.mark.parametrize(("lesson", "values"), OTHERS, ids=[lesson for lesson, _ in OTHERS])
def test_is_told_for_other_parameters(lesson, values, tmp_path):
    made = told(lesson, "ko", tmp_path, "9:16", **values)
    assert 30.0 <= made.duration <= 75.0
    assert not any("{" in said.text for said in made.captions)


def staged(lesson, **values):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class(lesson)(values)
        scene.set_stage()
    return scene


def read(chart, shape):
    """Return a shape's vertices in the chart's own values."""
    points = shape.update().points
    vertices = np.concatenate([points[::4], points[-1:]])[:, :2]
    left, _, bottom, _ = chart.window
    corner = np.array([chart.box.left, chart.box.bottom])
    return (vertices - corner) / chart.scale + [left, bottom]


@pytest.mark.parametrize("lesson", ["l1-loss", "l2-loss"])
def test_the_drawn_curve_is_the_exhibits_with_its_bend(lesson):
    scene = staged(lesson)
    shown = catalogue.exhibit(lesson)
    for at in (0, shown.early, shown.at):
        scene.step.set_value(at + 0.3)
        drawn = read(scene.chart, scene.curve)
        inside = shown.regularized(at) <= scene.chart.window[3]
        inside &= (shown.w >= shown.limits[0]) & (shown.w <= shown.limits[1])
        expected = np.column_stack([shown.w, shown.regularized(at)])[inside]
        gaps = np.abs(drawn[None] - expected[:, None]).sum(axis=2).min(axis=1)
        assert gaps.max() < 1e-9
        place = scene.chart.place(np.array([shown.minimizers[at], shown.minima[at]]))
        np.testing.assert_allclose(scene.dot.update().get_center(), place, atol=1e-9)
    trail = read(scene.chart, scene.trail)
    np.testing.assert_allclose(
        trail[[0, -1]], [scene.lowest(0), scene.lowest(scene.at)], atol=1e-9
    )


def test_everything_follows_from_the_trackers():
    scene = staged("l2-loss")

    def at(step, look, lean):
        trackers = (scene.step, scene.look, scene.lean)
        for tracker, value in zip(trackers, (step, look, lean), strict=True):
            tracker.set_value(value)
        shapes = [shape for part in scene.stack for shape in part.update().get_family()]
        return [shape.points.copy() for shape in shapes]

    once = at(120, 0.4, 0.7)
    at(500, 1.0, 0.0)
    at(0, 0.0, 1.0)
    for before, after in zip(once, at(120, 0.4, 0.7), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-9)


def test_the_upright_axis_is_broken_from_close_by_only():
    scene = staged("l2-loss")
    strokes = scene.broken[1]
    for look in (0.0, 1.0):
        scene.look.set_value(look)
        scene.broken.update()
        assert strokes.get_stroke_opacity() == look
    assert scene.chart.box.bottom < strokes.get_bottom()[1]
    scene.step.set_value(scene.last)
    assert strokes.get_top()[1] < scene.dot.update().get_y()


def frames(path):
    with av.open(str(path)) as video:
        pictures = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    return [hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures]


def test_split_in_two_it_has_the_frames_of_the_whole(tmp_path):
    request = Request(lesson=SPLIT, width=64, height=36, fps=1)
    parts = []
    for name, first, last in (("one", 0, 11), ("two", 12, -1), ("whole", 0, -1)):
        with (
            rendering._configured(request, tmp_path / name, "mp4"),
            tempconfig({"from_animation_number": first, "upto_animation_number": last}),
        ):
            scene = scene_class(SPLIT)()
            scene.render()
        parts.append(frames(scene.renderer.file_writer.final_file_path))
    one, two, whole = parts
    assert one + two == whole


def test_the_readout_never_says_that_the_l2_weight_is_zero():
    for values in ({}, {"center": -3.0, "curvature": 0.1}, {"center": 0.004}):
        scene = staged("l2-loss", **values)
        for at in range(scene.last + 1):
            scene.step.set_value(at)
            assert float(scene.weight()) != 0.0
    scene = staged("l1-loss")
    for at, minimizer in enumerate(scene.exhibit.minimizers):
        scene.step.set_value(at)
        assert (scene.weight() == "0") == (minimizer == 0.0)


@pytest.mark.parametrize("lesson", ["l1-loss", "l2-loss"])
@pytest.mark.parametrize("center", [1.0, -0.7])
def test_lines_beside_zero_have_the_curves_slopes(lesson, center):
    shown = catalogue.exhibit(lesson, {"center": center, "curvature": 1.3})
    for at in (0, shown.early, len(shown.w) // 2):
        zero = int(np.flatnonzero(shown.w == 0.0)[0])
        near = slice(zero - 1, zero + 2)
        left, right = np.diff(shown.regularized(at)[near]) / np.diff(shown.w[near])
        slack = (shown.lambdas[at] + 1.3) * shown.zoom / 80.0
        assert shown.slopes_at_zero(at) == pytest.approx((left, right), abs=2.0 * slack)


@pytest.mark.parametrize("center", [1.0, -0.7])
def test_the_slopes_beside_zero_stand_on_their_own_sides_clear_of_the_curves(center):
    scene = staged("l1-loss", center=center, curvature=1.3)
    scene.lean.set_value(1.0)
    for at in (scene.exhibit.early, scene.exhibit.arrival, scene.beyond):
        scene.step.set_value(at)
        for part in scene.stack:
            part.update()
        zero = scene.chart.place(scene.at_zero)[0]
        left, right = scene.beside_zero.numbers()
        assert left.get_right()[0] < zero < right.get_left()[0]
        assert min(clearance(number, scene.obstacles()) for number in (left, right)) > 0.1


def test_the_slope_under_l2_is_written_once_clear_of_every_strength():
    scene = staged("l2-loss")
    scene.step.set_value(scene.exhibit.early)
    scene.lean.set_value(1.0)
    (number,) = scene.beside_zero.numbers(range(0, scene.last + 1, 8))
    for at in range(0, scene.last + 1, 3):
        scene.step.set_value(at)
        for part in scene.stack:
            part.update()
        assert clearance(number, scene.obstacles()) > 0.1


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_loss_moves_the_weight_off_zero_under_l2_only(share):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class("penalty-shapes")()
        from regviz.scenes.penalty_panel import AT_ZERO, PenaltyPanel, Trackers

        trackers = Trackers()
        panels = [
            PenaltyPanel(scene, name, boxes, trackers)
            for name, boxes in zip(("l1", "l2"), scene.layout.panels, strict=True)
        ]
    trackers.away.set_value(share)
    lam = scene.exhibit.lam["l1"]
    for panel, weight in zip(panels, (0.0, share / 2.0), strict=True):
        mark = panel.shapes["zero_reading"].update().get_center()
        expected = panel.lower.place(np.array([weight, share * lam]))
        np.testing.assert_allclose(mark, expected, atol=1e-9)
        (shaft, tip), _ = panel.shapes["loss"].update()
        start = panel.upper.place(np.array([weight, 0.0]))[0]
        assert panel.shapes["zero_dot"].update().get_center()[0] == pytest.approx(start)
        assert shaft.points[0][0] == pytest.approx(start)
        assert tip.points[0][0] - start == pytest.approx(
            share * lam * AT_ZERO * scene.exhibit.arrow * panel.upper.scale[0]
        )


def test_the_zoom_ends_on_its_window_and_keeps_the_minimizer_in_sight():
    scene = staged("l2-loss")
    scene.step.set_value(scene.last)
    for share in (0.0, 0.3, 0.8, 1.0):
        scene.look.set_value(share)
        assert scene.chart.sees(scene.lowest(scene.last))
    np.testing.assert_allclose(scene.window(), scene.exhibit.zoom_limits, rtol=1e-9)


@pytest.mark.parametrize("name", [0, 1])
def test_a_pull_is_as_long_as_the_slope_and_never_reaches_across_zero(name):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class("penalty-shapes")()
        from regviz.scenes.penalty_panel import NEAR, PenaltyPanel, Trackers

        side, trackers = ("l1", "l2")[name], Trackers()
        panel = PenaltyPanel(scene, side, scene.layout.panels[name], trackers)
    shown = scene.exhibit
    for share in (1.0, 0.5, NEAR):
        trackers.right.set_value(share)
        shaft, tip = panel.shapes["pull"].update()
        start, end = shaft.points[0], tip.points[0]
        weight = share * shown.probes[0]
        slope = {"l1": shown.lam["l1"], "l2": 2.0 * shown.lam["l2"] * weight}[side]
        unit = panel.upper.scale[0]
        assert (start - end)[0] == pytest.approx(unit * shown.arrow * slope, rel=1e-9)
        assert end[0] >= panel.upper.place(np.zeros(2))[0] - 1e-9


@pytest.mark.parametrize("share", [0.0, 0.7, 1.0, 2.0, 3.0, 3.4])
def test_the_line_at_zero_lies_under_the_penalty_and_its_slope_is_marked(share):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class("penalty-shapes")()
        from regviz.scenes.penalty_panel import PenaltyPanel, Trackers

        trackers = Trackers()
        panels = [
            PenaltyPanel(scene, name, boxes, trackers)
            for name, boxes in zip(("l1", "l2"), scene.layout.panels, strict=True)
        ]
    shown = scene.exhibit
    trackers.turn.set_value(share)
    for panel in panels:
        (w, first), (other, last) = read(panel.upper, panel.shapes["support"])
        slope = (last - first) / (other - w)
        assert first == pytest.approx(slope * w)
        assert np.all(slope * shown.w <= shown.values[panel.name] + 1e-12 * shown.lam["l1"])
        mark = panel.shapes["zero_reading"].update().get_center()
        expected = panel.lower.place(np.array([0.0, slope]))
        np.testing.assert_allclose(mark, expected, atol=1e-9)
    upright = read(panels[0].lower, panels[0].shapes["upright"])[:, 1]
    ends = {0.0: (0, 0), 0.7: (0, 0.7), 1.0: (0, 1), 2.0: (0, 1)}.get(share, (-1, 1))
    np.testing.assert_allclose(upright, np.array(ends) * shown.lam["l1"], atol=1e-9)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lesson", ["l1-loss", "l2-loss"])
def test_nothing_stands_where_a_player_writes_captions(lesson, size):
    width, height = SIZES[size]
    with tempconfig({"pixel_width": width, "pixel_height": height, "verbosity": "ERROR"}):
        scene = scene_class(lesson)()
        scene.set_stage()
        foot = room(config.frame_width, config.frame_height).bottom
    for at in (0, scene.exhibit.early, scene.last):
        scene.step.set_value(at)
        for part in scene.stack:
            assert part.update().get_bottom()[1] >= foot - 1e-9


@pytest.mark.parametrize("lesson", ["l1-loss", "l2-loss"])
def test_the_curves_name_stands_over_its_end_and_in_the_chart(lesson):
    scene = staged(lesson)
    box = scene.chart.box
    for at in range(0, scene.last + 1, 20):
        scene.step.set_value(at)
        name = scene.curve_name.update()
        assert box.left - 1e-9 <= name.get_left()[0]
        assert name.get_right()[0] <= box.right + 1e-9
        beneath = scene.chart.place(scene.leaves(at))
        assert name.get_bottom()[1] > beneath[1]
