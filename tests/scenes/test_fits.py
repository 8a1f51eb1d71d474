"""The scenes of overfitting and of bias and variance: told in time, drawn from data."""

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.lessons.text import LANGUAGES
from tests.scenes.hand_drawn import RATES, read, staged, told

pytestmark = pytest.mark.video
SECTIONS = {
    "overfitting": ["points", "wild", "calm", "choose", "still"],
    "bias-variance": ["sample", "scatter", "calm", "strong", "sum", "still"],
}
#: every case of where the least error lies; a lasso; no noise; few points; a long name
OTHERS = (
    ("overfitting", "4:3", {"penalty": "l1", "lam": 100.0}),
    ("overfitting", "9:16", {"degree": 1, "n_points": 4, "noise": 0.0}),
    ("overfitting", "1:1", {"degree": 2, "n_points": 4, "noise": 1.0, "seed": 7}),
    ("overfitting", "16:9", {"degree": 12, "n_points": 13, "noise": 0.0}),
    ("bias-variance", "9:16", {"features": ("s5",), "lam": 1e-9}),
    ("bias-variance", "1:1", {"features": ("age",), "degree": 12, "n_samples": 14}),
    ("bias-variance", "4:3", {"degree": 3, "n_samples": 90}),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", SECTIONS)
def test_is_told_in_sections_with_captions_that_can_be_read(lesson, lang, tmp_path):
    made = told(lesson, lang, tmp_path)
    assert [name for name, _, _ in made.sections] == SECTIONS[lesson]
    assert 30.0 <= made.duration <= 75.0
    for _, start, end in made.sections:
        assert any(start <= said.start < end for said in made.captions)
    for said in made.captions:
        assert len(said.text) <= 84
        assert len(said.text) / (said.end - said.start) < RATES[lang], said.text


@pytest.mark.parametrize(("lesson", "size", "values"), OTHERS)
def test_is_told_for_other_parameters(lesson, size, values, tmp_path):
    made = told(lesson, "ko", tmp_path, size, **values)
    assert 30.0 <= made.duration <= 75.0
    for said in made.captions:
        assert "{" not in said.text
        assert len(said.text) / (said.end - said.start) < RATES["ko"], said.text


def test_the_fit_and_the_bars_are_the_exhibits_at_every_strength():
    scene, shown = staged("overfitting"), catalogue.exhibit("overfitting")
    for at in (0, 57, shown.best, scene.last):
        scene.step.set_value(at + 0.3)
        curve = np.column_stack([shown.x, shown.fits[at]])
        _, _, bottom, top = shown.limits
        inside = (bottom < curve[:, 1]) & (curve[:, 1] < top)
        drawn = read(scene.fit, scene.penalized)
        gaps = np.abs(drawn[None] - curve[inside][:, None]).sum(axis=2).min(axis=1)
        assert gaps.max() < 1e-9
        bars = scene.bars.update().points.reshape(-1, 16, 3)
        heights = scene.weights.place(np.column_stack([scene.powers, shown.weights[at]]))
        np.testing.assert_allclose(bars[:, 4, 1], heights[:, 1], atol=1e-9)


@pytest.mark.parametrize("bent", [0.0, 0.4, 1.0])
def test_gaps_join_the_points_to_the_fit(bent):
    scene, shown = staged("overfitting"), catalogue.exhibit("overfitting")
    scene.bent.set_value(bent)
    ends = scene.gaps.update().points.reshape(-1, 4, 3)[:, [0, -1]]
    fitted = shown.height + bent * (shown.fitted[0] - shown.height)
    for end, y in enumerate((shown.y_train, fitted)):
        places = scene.fit.place(np.column_stack([shown.x_train, y]))
        np.testing.assert_allclose(ends[:, end], places, atol=1e-9)
    left, _ = read(scene.fit, scene.free)[[0, -1]]
    assert bent or left[1] == pytest.approx(shown.height, abs=1e-9)


def test_errors_are_drawn_as_far_as_the_strength_has_come():
    scene, shown = staged("overfitting"), catalogue.exhibit("overfitting")
    assert not len(scene.curves[0].update().points)
    scene.step.set_value(90)
    for curve, errors in zip(scene.curves, (shown.train_error, shown.test_error), strict=True):
        drawn = read(scene.errors, curve)
        expected = np.column_stack([np.log10(shown.lambdas[1:91]), errors[1:91]])
        np.testing.assert_allclose(drawn, expected, atol=1e-9)
    place = scene.errors.place(np.array([np.log10(shown.lambdas[90]), shown.test_error[90]]))
    np.testing.assert_allclose(scene.riders[1].update().get_center(), place, atol=1e-9)


def test_refits_parts_and_measurements_are_the_exhibits():
    scene, shown = staged("bias-variance"), catalogue.exhibit("bias-variance")
    scene.count.set_value(scene.n_refits)
    scene.step.set_value(scene.last)
    drawn = read(scene.plot, scene.refits)
    for curve in shown.curves[-1]:
        points = np.column_stack([shown.x, curve])[:-1:20]
        gaps = np.abs(drawn[None] - points[:, None]).sum(axis=2).min(axis=1)
        assert gaps.max() < 1e-9
    mean = np.column_stack([shown.x, shown.mean_curve[-1]])
    np.testing.assert_allclose(read(scene.plot, scene.mean), mean, atol=1e-9)
    for name, values in (("bias", shown.bias_squared), ("variance", shown.variance)):
        drawn = read(scene.error, scene.curve[name])
        np.testing.assert_allclose(drawn[:, 1], values[1:], atol=1e-9)
    dots = np.array([dot.get_center() for dot in scene.measured[1::2]])
    where = np.column_stack([scene.error.where[shown.measured_at], shown.measured])
    np.testing.assert_allclose(dots, scene.error.place(where), atol=1e-9)


@pytest.mark.parametrize("lesson", SECTIONS)
def test_everything_follows_from_the_trackers(lesson):
    scene = staged(lesson)

    def at(step):
        scene.step.set_value(step)
        shapes = [shape for part in scene.stack for shape in part.update().get_family()]
        return [shape.points.copy() for shape in shapes]

    once = at(100)
    at(0)
    at(scene.last)
    for before, after in zip(once, at(100), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-9)


@pytest.mark.parametrize("lesson", SECTIONS)
def test_the_readout_shows_every_strength_in_full(lesson):
    scene = staged(lesson, lam=0.1234)
    for at, lam in enumerate(scene.exhibit.lambdas):
        assert float(scene.digits(at)) == lam
        assert "e" not in scene.digits(at)


def test_the_features_name_stands_below_the_axis_clear_of_its_numbers():
    scene = staged("bias-variance")
    *ticks, name = scene.plot.numbers
    assert name.get_top()[1] < scene.plot.box.bottom
    assert name.get_right()[0] <= scene.layout.panels[0].plane.right + 1e-6
    assert all(tick.get_right()[0] < name.get_left()[0] for tick in ticks)
    assert len(ticks) > 1
