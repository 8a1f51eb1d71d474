"""Figures from Python: shown by notebooks, without side effects."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from regviz import figures
from regviz.lessons.errors import BadInput


def test_draw_leaves_settings_and_pyplot_alone():
    with matplotlib.rc_context({"lines.linewidth": 7.0, "text.color": "red"}):
        before = dict(matplotlib.rcParams)
        figure = figures.draw("corner", rho=0.6)
        assert dict(matplotlib.rcParams) == before
    assert isinstance(figure, Figure)
    # A notebook asks for this where pyplot has not told it how to show a figure.
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_the_users_style_does_not_show():
    plain = figures.draw("corner")._repr_png_()
    with matplotlib.rc_context({"axes.facecolor": "red", "font.size": 30, "lines.marker": "o"}):
        assert figures.draw("corner")._repr_png_() == plain


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"aspect": "3:2"}, "aspect '3:2' is unknown; give 16:9"),
        ({"theme": "pink"}, "theme 'pink' is unknown"),
        ({"lang": "xx"}, "language 'xx' is unknown"),
        ({"rho": 2.0}, "rho = 2.0 is out of bounds"),
    ],
)
def test_bad_input_is_named(options, complaint):
    with pytest.raises(BadInput, match=complaint):
        figures.draw("corner", **options)


def test_unknown_lesson_is_named():
    with pytest.raises(BadInput, match="did you mean 'corner'"):
        figures.draw("cornr")
