"""The lettering of axes stays in its box."""

import pytest
from matplotlib.text import Text

from regviz.figures.axes import Axes
from regviz.figures.canvas import Box, Page, own_settings


@pytest.fixture
def page():
    with own_settings():
        yield Page.of(lang="en", theme="light", aspect="16:9")


@pytest.mark.parametrize("cross", [(None, None), (0.4, None)])
def test_lettering_stays_in_the_box(page, cross):
    figure, box = page.figure(), Box(1.0, 1.0, 6.0, 4.0)
    names = ("strength of the penalty, log scale", "error")
    ticks = ({0.0: "$0.001$", 1.0: "$1000$"}, {0.0: "$0$", 1.0: "$1$"})
    Axes(page, figure, box, (0.0, 1.0), (0.0, 1.0), "chart-x", names=names, ticks=ticks,
         cross=cross, ends=("variance",))  # fmt: skip
    texts = [text for text in figure.findobj(Text) if text.get_text()]
    assert {*names, "$1000$", "$0.001$", "$1$"} <= {text.get_text() for text in texts}
    for text in texts:
        extent = text.get_window_extent()
        assert extent.x0 >= 100.0 * box.left - 1.0
        assert extent.x1 <= 100.0 * (box.left + box.width) + 1.0
        assert extent.y0 >= 100.0 * box.bottom - 1.0
