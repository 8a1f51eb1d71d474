"""The scenes that live on data: told in time for any data, drawn from the exhibits' arrays."""

import numpy as np
import pytest
from manim import ValueTracker, tempconfig

from regviz.lessons import catalogue
from regviz.lessons.text import LANGUAGES
from regviz.pages.feature_selection import data
from regviz.scenes import render as rendering
from regviz.scenes import scene_class
from regviz.scenes.held_out_panel import HeldOutPanel
from regviz.scenes.render import Request
from regviz.scenes.rows_bar import RowsBar
from regviz.scenes.world_panel import WorldPanel
from tests.lessons.csv_files import write_csv
from tests.lessons.test_feature_selection import awkward
from tests.lessons.test_validation import noise
from tests.scenes.hand_drawn import RATES, frames, told

pytestmark = pytest.mark.video
SECTIONS = {
    "feature-selection": [
        "start", "sweep", "select", "strong", "paths", "advice", "choose", "still",
    ],
    "dropout": ["mask", "cloud", "average", "ridge", "rate", "still"],
}  # fmt: skip
#: everything is dropped; few masks, strong dropout, optima in another quadrant
OTHERS = (
    ("feature-selection", {"lam": 100.0}),
    ("dropout", {"keep": 0.1234, "n_masks": 10, "features": ("sex", "s3")}),
)


def staged(lesson, **values):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class(lesson)(values)
        scene.set_stage()
    return scene


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", SECTIONS)
def test_is_told_in_sections_with_captions_that_can_be_read(lesson, lang, tmp_path):
    made = told(lesson, lang, tmp_path)
    assert [name for name, _, _ in made.sections] == SECTIONS[lesson]
    assert 30.0 <= made.duration <= 75.0
    for name, start, end in made.sections:
        assert any(start <= said.start < end for said in made.captions), name
    for said in made.captions:
        assert len(said.text) <= 84, said.text
        assert len(said.text) / (said.end - said.start) < RATES[lang], said.text


@pytest.mark.parametrize(("lesson", "values"), OTHERS)
def test_is_told_for_other_parameters(lesson, values, tmp_path):
    made = told(lesson, "ko", tmp_path, "9:16", **values)
    assert 30.0 <= made.duration <= 75.0
    assert not any("{" in said.text for said in made.captions)


@pytest.mark.parametrize("kind", ["more features than samples", "long names"])
def test_is_told_for_the_lecturers_data(kind, tmp_path):
    columns = awkward(kind)
    source = write_csv(tmp_path, columns)
    made = told("feature-selection", "en", tmp_path, "1:1", data=source, target="y")
    assert 30.0 <= made.duration <= 75.0
    assert all(len(said.text) <= 84 for said in made.captions)


def outlines(shape, n_corners):
    """Return the vertices of a shape's polygons, shape `(n_polygons, n_corners, 2)`."""
    points = shape.update().points
    return points[::4, :2].reshape(-1, n_corners, 2)


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_bars_are_as_long_as_the_weights_and_gone_where_these_are_zero(name):
    scene, shown = staged("feature-selection"), catalogue.exhibit("feature-selection")
    panel = scene.panels[("l1", "l2").index(name)]
    zero, one = (float(panel._across(value)) for value in (0.0, 1.0))
    for step in (0, scene.still_step, len(shown.sweep) - 1):
        scene.step.set_value(step + 0.3)
        weights = shown.weights[name][shown.sweep[step], panel.shown]
        bars = outlines(panel.bars, 4) if np.any(weights) else np.empty((0, 4, 2))
        lengths = (bars[:, 1, 0] - bars[:, 0, 0]) / (one - zero)
        np.testing.assert_allclose(lengths, weights[weights != 0.0], atol=1e-9)
        hollow = len(panel.holes.update().points)
        assert (hollow > 0) == bool((weights == 0.0).any())
        assert scene.digits(step) == f"{shown.lambdas[shown.sweep[step]]:.4f}"


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_curves_are_the_paths_at_every_computed_strength(name):
    scene, shown = staged("feature-selection"), catalogue.exhibit("feature-selection")
    panel = scene.panels[("l1", "l2").index(name)]
    for place, feature in enumerate(reversed(shown.drawn)):
        line = panel.curves[place].points
        drawn = np.concatenate([line[::4], line[-1:]])
        expected = np.column_stack([np.log10(shown.lambdas), shown.weights[name][:, feature]])
        np.testing.assert_allclose(drawn, panel.chart.place(expected), atol=1e-9)


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_the_line_of_0_is_at_0_over_all_curves(name):
    panel = staged("feature-selection").panels[("l1", "l2").index(name)]
    line, number = panel.curves[-2:]
    height = panel.chart.place(np.zeros(2))[1]
    np.testing.assert_allclose(line.points[:, 1], height, atol=1e-9)
    assert number.get_left()[0] > panel.chart.box.right
    assert abs(number.get_y() - height) < 0.1


def test_no_contour_runs_through_a_label():
    scene = staged("dropout")
    for plane in (scene.wide, scene.small):
        for label in (plane.start_label, plane.optimum_label, *plane.axes[-2:]):
            low, high = label.get_corner((-1, -1, 0)), label.get_corner((1, 1, 0))
            for line in (*plane.plain, *plane.averaged):
                inside = (low < line.points) & (line.points < high)
                assert not inside[:, :2].all(axis=1).any()


def test_the_worlds_are_drawn_to_one_scale():
    scene = staged("feature-selection")
    sides = [WorldPanel(scene, side, box) for side, box in enumerate(scene.world_boxes())]
    tallest = sides[0]._true_weights()[0].height
    for side, world in zip(sides, scene.exhibit.worlds, strict=True):
        bars, _, rings = side._true_weights()
        assert len(outlines(bars, 4)) == world.n_matter
        assert len(rings.points) // 96 == len(world.weights) - world.n_matter
        assert bars.height == pytest.approx(tallest * world.weights.max())
        lengths = [row[1].width for row in side._error_rows()]
        errors = [world.error[name] for name in ("free", "l1", "l2")]
        np.testing.assert_allclose(lengths, lengths[0] * np.array(errors) / errors[0])


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_the_marks_of_the_choice_are_on_the_curve(name):
    scene, shown = staged("feature-selection"), catalogue.exhibit("feature-selection")
    _, boxes = scene.choice_boxes()
    side = HeldOutPanel(scene, name, boxes[0], ValueTracker(1.0))
    lam, error = shown.least[name]
    (chosen, tolerated), chart = shown.chosen[name], side.chart
    least, rule = (
        chart.place(np.array([np.log10(lam), error])),
        chart.place(np.array([np.log10(chosen), tolerated])),
    )
    bar, mark = side.least[:2]
    np.testing.assert_allclose(mark.get_center(), least, atol=1e-9)
    standard_error = shown.tolerated[name] - error
    assert bar.height == pytest.approx(standard_error * chart.scale[1])
    np.testing.assert_allclose(side.rule[1][0].get_center(), rule, atol=1e-9)


@pytest.mark.parametrize(
    ("signal", "least", "rule"), [(0.0, "useless", "undecided"), (0.3, "long", "undecided")]
)
def test_what_cross_validation_does_not_decide_is_said(
    signal, least, rule, tmp_path, monkeypatch
):
    scene = staged("feature-selection", data=noise(tmp_path, signal), target="y")
    said, told = [], HeldOutPanel._told
    monkeypatch.setattr(
        HeldOutPanel,
        "_told",
        lambda side, key, line, **values: said.append(key) or told(side, key, line, **values),
    )
    _, boxes = scene.choice_boxes()
    side = HeldOutPanel(scene, "l2", boxes[0], ValueTracker(1.0))
    assert said == [least, rule]
    assert side.curve.points[-1, 0] == pytest.approx(side.chart.box.right)
    page = data(scene.exhibit)["chosen"]["l2"]["kind"]
    assert page == ("useless" if signal == 0.0 else "undecided")


def test_each_part_of_the_rows_is_held_out_in_turn():
    scene, fold = staged("feature-selection"), ValueTracker(0.0)
    rows, _ = scene.choice_boxes()
    bar = RowsBar(scene, rows, fold)
    parts = outlines(bar[1], 4)
    assert len(parts) == scene.exhibit.n_folds
    for at, part in enumerate(parts):
        fold.set_value(at + 0.3)
        bar.update()
        np.testing.assert_allclose(outlines(bar[2][0], 4)[0], part, atol=1e-9)


def test_the_cloud_is_the_optima_and_the_curve_the_errors():
    scene, shown = (
        staged("dropout", n_masks=100),
        catalogue.exhibit("dropout", {"n_masks": 100}),
    )
    trackers, wide = scene.trackers, scene.wide
    trackers.shown.set_value(7.2)
    for count in (0, len(shown.counts) - 1):
        trackers.count.set_value(count + 0.4)
        rings = outlines(wide.cloud, 14)
        optima = wide.plane.place(shown.optima[:7, count])[:, :2]
        np.testing.assert_allclose(rings.mean(axis=1), optima, atol=1e-9)
        dot = scene.error.chart.place(np.log10([shown.counts[count], shown.errors[count]]))
        np.testing.assert_allclose(scene.error.dot.update().get_center(), dot, atol=1e-9)
    trackers.keep.set_value(scene.kept_step())
    goal = wide.plane.place(shown.closed_form)
    np.testing.assert_allclose(wide.walker.update().get_center(), goal, atol=1e-9)


@pytest.mark.parametrize(("lesson", "cut"), [("feature-selection", 12), ("dropout", 16)])
def test_split_in_two_it_has_the_frames_of_the_whole(lesson, cut, tmp_path):
    request = Request(lesson=lesson, width=64, height=36, fps=1)
    parts = []
    for name, first, last in (("one", 0, cut), ("two", cut + 1, -1), ("whole", 0, -1)):
        with (
            rendering._configured(request, tmp_path / name, "mp4"),
            tempconfig({"from_animation_number": first, "upto_animation_number": last}),
        ):
            scene = scene_class(lesson)()
            scene.render()
        parts.append(frames(scene.renderer.file_writer.final_file_path))
    one, two, whole = parts
    assert one + two == whole
