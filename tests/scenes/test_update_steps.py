"""The update steps' scene: its shapes against the exhibit, its words, and its frames."""

import hashlib

import av
import numpy as np
import pytest
from manim import tempconfig

from regviz.lessons.catalogue import exhibit
from regviz.lessons.text import LANGUAGES
from regviz.scenes import render as rendering
from regviz.scenes.number_line import round_ticks
from regviz.scenes.render import Request, render
from regviz.scenes.update_steps import UpdateSteps
from regviz.scenes.update_steps_chart import ChartTrackers, StepChart
from regviz.scenes.update_steps_layout import steps_layout
from regviz.scenes.update_steps_plane import StepPlane
from regviz.scenes.update_steps_pulls import PullLine, PullTrackers

TINY = {"lesson": "update-steps", "width": 192, "height": 108, "fps": 4}
SIZES = {"16:9": (192, 108), "4:3": (144, 108), "1:1": (108, 108), "9:16": (108, 192)}
SECTIONS = ["formulas", "pulls", "paths", "near", "plane", "still"]
#: what L1 and L2 may do: see `case` and `l2_case` of the exhibit
CASES = {
    "default": {},
    "negative": {"start": -3.0, "center": -0.5},
    "across": {"center": -0.5},
    "short": {"lam": 0.2},
    "free": {"lam": 0.0},
    "late": {"n_steps": 6},
    "starts": {"start": 0.0},
    "fades": {"center": 0.0, "lam": 2.0},
    "slow": {"step_size": 0.01, "n_steps": 400},
}
#: each of the cases that choose other words, in one language or the other
TOLD = [
    *(("default", lang) for lang in LANGUAGES),
    ("across", "en"),
    ("short", "ko"),
    ("free", "en"),
    ("late", "ko"),
    ("starts", "en"),
    ("fades", "ko"),
]


@pytest.fixture
def stage():
    """Yield a scene that is laid out and not played, and its layout."""
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = UpdateSteps()
        top = scene.layout.heading.bottom
        yield scene, steps_layout(8 * 16 / 9, 8.0, top)


def weight_at(line, place):
    left, right = line.place(line.low)[0], line.place(line.high)[0]
    return line.low + (line.high - line.low) * (place - left) / (right - left)


def test_arrows_reach_from_the_weight_as_far_as_the_pull(stage):
    scene, places = stage
    shown = scene.exhibit
    trackers = PullTrackers()
    trackers.loss.set_value(1.0)
    trackers.penalty.set_value(1.0)
    for name, row, track in zip(("l1", "l2"), places.rows, (shown.sign, shown.l2), strict=True):
        drawn = PullLine(scene, name, row, trackers, named=True)
        for step in (0, 3, shown.walked):
            trackers.step.set_value(step)
            for arrow, pull in (
                (drawn.loss_arrow, track.loss_pull[step]),
                (drawn.penalty_arrow, track.penalty_pull[step]),
            ):
                ends = weight_at(drawn.line, arrow.update().points[[0, 12], 0])
                expected = track.weights[step] + np.array([0.0, pull])
                np.testing.assert_allclose(ends, expected, atol=1e-9)
            place = drawn.dot.update().get_center()[0]
            assert weight_at(drawn.line, place) == pytest.approx(track.weights[step])


def test_the_pull_of_l1_keeps_its_length_between_steps_and_that_of_l2_shrinks(stage):
    scene, places = stage
    lengths = {}
    trackers = PullTrackers(penalty=PullTrackers().penalty.set_value(1.0))
    for name, row in zip(("l1", "l2"), places.rows, strict=True):
        drawn = PullLine(scene, name, row, trackers, named=True)
        lengths[name] = []
        for step in np.linspace(0.0, scene.exhibit.walked, 50):
            trackers.step.set_value(step)
            lengths[name].append(abs(drawn.pull("penalty")))
    np.testing.assert_allclose(lengths["l1"], 0.12, rtol=1e-12)
    assert np.all(np.diff(lengths["l2"]) < 0.0)


def chart_points(chart, drawn):
    """Return the vertices of a drawn line as steps and weights."""
    left, right, bottom, top = chart.window
    plot = chart.box
    share = (drawn.points[:, :2] - [plot.left, plot.bottom]) / [plot.width, plot.height]
    return [left, bottom] + share * [right - left, top - bottom]


def test_the_curves_are_the_iterates_up_to_where_they_are_drawn(stage):
    scene, places = stage
    trackers = ChartTrackers()
    chart = StepChart(scene, places.chart, trackers, near=True)
    for name, end in (("sign", 40.0), ("l2", 7.0), ("proximal", 20.0)):
        getattr(trackers, name).set_value(end)
        vertices = chart_points(chart, getattr(chart, name).update())[::4]
        weights = getattr(scene.exhibit, name).weights
        steps = np.arange(end)
        expected = np.column_stack([steps, weights[: int(end)]])
        np.testing.assert_allclose(vertices, expected, atol=1e-9)


def test_the_look_at_zero_shows_the_band_and_the_landing(stage):
    scene, places = stage
    shown = scene.exhibit
    trackers = ChartTrackers()
    trackers.zoom.set_value(1.0)
    chart = StepChart(scene, places.chart, trackers, near=True)
    levels = np.unique(chart_points(chart, chart.band.update())[:, 1].round(9))
    np.testing.assert_allclose(levels[[0, -1]], shown.band, atol=1e-9)
    ends = [chart_points(chart, edge.update())[:, 1] for edge in chart.edges]
    edges = np.unique(np.concatenate(ends).round(9))
    np.testing.assert_allclose(edges, shown.band, atol=1e-9)
    landing = chart.place(np.array([shown.landing, 0.0]))
    np.testing.assert_allclose(chart.landing.get_center(), landing, atol=1e-9)


def test_shapes_depend_on_trackers_alone(stage):
    scene, places = stage
    trackers, step = ChartTrackers(), PullTrackers().step
    chart = StepChart(scene, places.chart, trackers, near=True)
    plane = StepPlane(scene, places.plane, step)
    shapes = [
        chart.sign,
        chart.proximal,
        chart.sign_marks,
        chart.band,
        chart.zero,
        *chart.edges,
    ]
    shapes += [plane.sign, plane.proximal, plane.l2, plane.l1_head, plane.l2_head]

    def at(value):
        for tracker in (trackers.sign, trackers.proximal, step):
            tracker.set_value(40.0 * value)
        trackers.zoom.set_value(value)
        return [shape.update().points.copy() for shape in shapes]

    once = at(0.37)
    at(1.0)
    at(0.0)
    for before, after in zip(once, at(0.37), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-12)


def test_paths_in_the_plane_are_the_iterates(stage):
    scene, places = stage
    step = PullTrackers().step
    plane = StepPlane(scene, places.plane, step)
    step.set_value(40.0)
    ends = {"sign": plane.sign, "proximal": plane.proximal, "l2": plane.l2}
    for name, drawn in ends.items():
        iterates = plane.plane.place(getattr(scene.exhibit, name).plane)
        vertices = drawn.update().points[::4]
        np.testing.assert_allclose(vertices, iterates[: len(vertices)], atol=1e-9)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_boxes_keep_to_the_frame(size):
    unit = min(size) / 8.0
    width, height = size[0] / unit, size[1] / unit
    places = steps_layout(width, height, height / 2.0 - 1.2)
    boxes = [places.chart, places.below, places.plane, *places.beside, places.still_chart]
    boxes += places.reminders
    for row in (*places.rows, *places.still_rows):
        boxes += [row.formula, row.line, row.sentence]
    for box in boxes:
        assert box.width > 1.0
        assert box.height > 0.3
        assert abs(box.left) < width / 2.0
        assert abs(box.right) < width / 2.0
        assert -height / 2.0 < box.bottom < box.top < height / 2.0 - 1.2


@pytest.mark.parametrize(
    ("low", "high", "ticks"), [(-0.1, 1.6, [0.0, 0.5, 1.0, 1.5]), (-3.0, 0.1, [-3, -2, -1, 0])]
)
def test_ticks_are_round_and_few(low, high, ticks):
    assert round_ticks(low, high) == ticks


def test_cases_cover_all_that_the_updates_do():
    shown = [exhibit("update-steps", values) for values in CASES.values()]
    assert {one.case for one in shown} == {"lands", "late", "short", "free"}
    assert {one.l2_case for one in shown} == {"decays", "fades", "tends", "free"}


# -- whole scenes, at the size of a thumbnail -------------------------------------------------


@pytest.mark.video
@pytest.mark.parametrize(("case", "lang"), TOLD)
def test_every_case_is_told_and_can_be_read(case, lang, tmp_path):
    values = CASES[case]
    made = render(Request(**TINY, lang=lang, values=values, still=True), tmp_path)
    names = [name for name, _, _ in made.sections]
    lands = exhibit("update-steps", values).close is not None
    assert names == [name for name in SECTIONS if lands or name != "near"]
    assert 45 <= made.duration <= 75
    rate = {"en": 17, "ko": 11}[lang]
    ends = 0.0
    for said in made.captions:
        assert said.start >= ends
        assert len(said.text) <= 84
        assert len(said.text) / (said.end - said.start) < rate, said
        ends = said.end
    assert ends <= made.duration


def _frames(path):
    with av.open(str(path)) as video:
        return [
            hashlib.sha256(frame.to_ndarray(format="rgb24").tobytes()).hexdigest()
            for frame in video.decode(video=0)
        ]


@pytest.mark.video
def test_split_in_two_it_has_the_frames_of_the_whole(tmp_path):
    request = Request(**{**TINY, "fps": 2})
    whole = render(request, tmp_path / "whole")
    parts = []
    for name, first, last in (("one", 0, 27), ("two", 28, -1)):
        with (
            rendering._configured(request, tmp_path / name, "mp4"),
            tempconfig({"from_animation_number": first, "upto_animation_number": last}),
        ):
            scene = UpdateSteps()
            scene.render()
        parts += _frames(scene.renderer.file_writer.final_file_path)
    assert parts == _frames(whole.files["mp4"])
