"""The whole way once, with nothing stood in for: from words to files that other tools read."""

import numpy as np
import pytest

from regviz.lecture import choices

figures = pytest.importorskip("regviz.figures.canvas")


def test_choices_agree_with_the_figures():
    assert set(choices.FIGURE_ASPECTS) == set(figures.SHAPES)


def test_figures_side_by_side_from_data(regviz):
    command = ("figure", "corner", "--lang", "en", "--lang", "ko", "--data", "diabetes")
    made = regviz.objects(*command, "-j", "2", "--format", "svg", "--format", "pdf")
    assert regviz.files() == [
        f"corner-diabetes{mark}.{form}" for mark in ("-ko", "") for form in ("pdf", "svg")
    ]
    assert (regviz.folder / "corner-diabetes.pdf").read_bytes().startswith(b"%PDF")
    assert b"optimum-l1" in (regviz.folder / "corner-diabetes-ko.svg").read_bytes()
    for one in made:
        _check_claims(one)


def _check_claims(one):
    points = {name: np.array(point) for name, point in one["points"].items()}
    assert points["optimum-l1"].min() == 0.0 or points["optimum-l1"].max() == 0.0
    assert np.abs(points["optimum-l1"]).sum() == pytest.approx(one["budget"]["l1"])
    assert np.linalg.norm(points["optimum-l2"]) == pytest.approx(one["budget"]["l2"])
    assert one["certificate"]["kkt_residual"] < 1e-12
    assert np.array(one["parameters"]["hessian"]).shape == (2, 2)
    assert one["parameters"]["center"] == pytest.approx(points["unregularized"])


@pytest.mark.parametrize("aspect", choices.FIGURE_ASPECTS)
def test_transparent_figure(regviz, aspect):
    image = pytest.importorskip("PIL.Image")
    result = regviz("figure", "corner", "-t", "-o", "x.png", "--dpi", "50", "--aspect", aspect)
    assert result.exit_code == 0, result.output
    with image.open(regviz.folder / "x.png") as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.video
@pytest.mark.filterwarnings("ignore:.*audioop:DeprecationWarning")  # pydub, which manim loads
def test_video(regviz):
    pytest.importorskip("regviz.scenes.render")
    video, *written = regviz.objects("render", "corner", "-r", "128,72", "--fps", "1")
    assert [each["format"] for each in (video, *written)] == ["mp4", "srt", "transcript.md"]
    assert b"ftyp" in (regviz.folder / "corner.mp4").read_bytes()[:16]
    assert "-->" in (regviz.folder / "corner.srt").read_text()
    _check_claims(video)
