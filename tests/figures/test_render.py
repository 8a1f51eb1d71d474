"""The renderer of figures draws every kind of panel and mark."""

import itertools

import numpy as np
import pytest
from matplotlib.text import Text

from regviz.figures.canvas import Page
from regviz.figures.render import draw
from tests.lessons.vocabulary import LONG, seen

GROUPS = [("plane",), ("bars",), ("chart",), ("line",), ("chart", "bars"), ("plane", "line")]


def drawn(*names, aspect="16:9", lang="en"):
    page = Page.of(lang=lang, theme="light", aspect=aspect)
    return draw(*seen(*names), page, "all kinds")


def written(figure):
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    return texts, np.array([text.get_window_extent().extents for text in texts])


@pytest.mark.parametrize("aspect", ["16:9", "1:1", "9:16", "paper"])
@pytest.mark.parametrize("names", GROUPS, ids="-".join)
def test_every_mark_is_there_and_no_text_on_text_or_over_the_edge(names, aspect):
    figure = drawn(*names, aspect=aspect)
    ids = {artist.get_gid() for artist in figure.findobj()}
    assert {mark.name for mark in seen(*names)[0].marks} <= ids
    texts, boxes = written(figure)
    assert np.all(boxes[:, :2] >= -0.5)
    assert np.all(boxes[:, 2:] <= figure.bbox.extents[2:] + 0.5)
    for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert across < 0.5 or up < 0.5, (one.get_text(), other.get_text())


def test_a_long_name_of_a_bar_breaks_and_stays_whole():
    texts, _ = written(drawn("chart", "bars"))
    assert LONG in {text.get_text().replace("\n", " ") for text in texts}


def test_a_plane_fills_its_box_at_equal_scales():
    figure = drawn("plane")
    (axes,) = figure.axes
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert left <= -2.0
    assert right >= 3.0
    assert axes.bbox.width / (right - left) == pytest.approx(axes.bbox.height / (top - bottom))
    assert axes.bbox.width > 0.8 * figure.bbox.width


def test_rows_of_nan_are_not_there():
    figure = drawn("bars")
    (bars,) = [artist for artist in figure.findobj() if artist.get_gid() == "weights"]
    outline = bars.get_path().vertices
    assert np.isfinite(outline).all()
    assert len(outline) == 4 * 5
