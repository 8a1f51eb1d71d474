"""The scene of the penalties' shapes: told in time, drawn from data."""

import hashlib

import av
import numpy as np
import pytest
from manim import tempconfig

from regviz.lessons.text import LANGUAGES
from regviz.scenes import scene_class
from regviz.scenes.render import Request, render

pytestmark = pytest.mark.video
SECTIONS = {
    "penalty-shapes": ["price", "pull", "sides", "zero", "still"],
}
#: most characters of a caption in a second
RATES = {"en": 17, "ko": 11}
#: on the other side of 0, with no strength and with the strongest, with long numbers
OTHERS = (("penalty-shapes", {"lam": 0.05, "reach": 5.0}),)
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


def frames(path):
    with av.open(str(path)) as video:
        pictures = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    return [hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures]


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
