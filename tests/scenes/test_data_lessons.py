"""The scenes that live on data: told in time for any data, drawn from the exhibits' arrays."""

import numpy as np
import pytest
from manim import tempconfig

from regviz.lessons import catalogue
from regviz.lessons.text import LANGUAGES
from regviz.scenes import render as rendering
from regviz.scenes import scene_class
from regviz.scenes.render import Request
from tests.lessons.csv_files import write_csv
from tests.lessons.test_feature_selection import awkward
from tests.scenes.hand_drawn import RATES, frames, told

pytestmark = pytest.mark.video
SECTIONS = {
    "feature-selection": [
        "start", "sweep", "select", "strong", "paths", "advice", "rows", "choose",
        "still",
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


def test_no_contour_runs_through_a_label():
    scene = staged("dropout")
    for plane in (scene.wide, scene.small):
        for label in (plane.start_label, plane.optimum_label, *plane.axes[-2:]):
            low, high = label.get_corner((-1, -1, 0)), label.get_corner((1, 1, 0))
            for line in (*plane.plain, *plane.averaged):
                inside = (low < line.points) & (line.points < high)
                assert not inside[:, :2].all(axis=1).any()


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
