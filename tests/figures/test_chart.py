"""A chart's lettering stays in its box, and its names keep apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from regviz.figures.canvas import Box, Page, own_settings
from regviz.figures.chart import Chart
from regviz.figures.labels import spread
from regviz.figures.save import weights_to_svg

places = st.lists(st.floats(0.0, 100.0), min_size=1, max_size=8)


@given(places)
def test_spread_keeps_names_apart_and_in_order(wanted):
    sizes = np.full(len(wanted), 10.0)
    middles = spread(np.array(wanted), sizes, 0.0, 100.0)
    order = np.argsort(wanted, kind="stable")
    assert np.all(np.diff(middles[order]) >= 10.0 - 1e-9)
    assert middles.min() >= 5.0 - 1e-9
    assert middles.max() <= 95.0 + 1e-9


def test_names_with_room_stay_where_they_are_wanted():
    wanted = np.array([80.0, 20.0, 50.0])
    np.testing.assert_allclose(spread(wanted, np.full(3, 10.0), 0.0, 100.0), wanted)


@pytest.fixture
def page():
    with own_settings():
        yield Page.of(lang="en", theme="light", aspect="16:9")


def make(page, **options):
    figure = page.figure()
    box = Box(1.0, 1.0, 6.0, 4.0)
    return figure, box, Chart(page, figure, box, gid="chart-x", **options)


def test_lettering_stays_in_the_box(page):
    figure, box, chart = make(
        page,
        x=(1e-3, 1e3),
        y=(0.0, 1.0),
        names=("strength of the penalty, log scale", "error"),
        log_x=True,
        ends=("variance", "bias"),
    )
    chart.name_ends([(0.5, "variance", "#000000"), (0.52, "bias", "#000000")])
    texts = [text for text in figure.findobj(Text) if text.get_text()]
    assert {"variance", "bias", "error", "$1000$", "$0.001$", "$0$", "$1$"} <= {
        text.get_text() for text in texts
    }
    for text in texts:
        extent = text.get_window_extent()
        assert extent.x0 >= 100.0 * box.left - 1.0
        assert extent.x1 <= 100.0 * (box.left + box.width) + 1.0
        assert extent.y0 >= 100.0 * box.bottom - 1.0


def test_the_map_of_a_logarithmic_chart_is_of_the_logarithm(page):
    _, _, chart = make(page, x=(1e-2, 1e2), y=(0.0, 1.0), log_x=True)
    across, right, _, _ = weights_to_svg(chart.axes)
    for value in (1e-2, 1.0, 30.0):
        pixel = chart.pixels(np.array([value, 0.0]))[0]
        assert across + right * np.log10(value) == pytest.approx(pixel * 0.72)


def test_a_curve_leaves_at_the_edge(page):
    _, _, chart = make(page, x=(0.0, 1.0), y=(0.0, 1.0))
    x = np.array([0.0, 0.5, 1.0])
    assert chart.leaving(x, 4.0 * x) == pytest.approx((0.25, 1.0))
    assert chart.leaving(x, 0.2 * x) == pytest.approx((1.0, 0.2))


def test_an_inset_magnifies_its_window(page):
    figure, _, chart = make(page, x=(0.0, 1.0), y=(0.0, 1.0))
    inset = chart.inset(
        chart.part(0.5, 0.9, 0.5, 0.9), (0.0, 0.01), (0.0, 0.01), "inset-x", y_ticks=()
    )
    assert inset.axes.get_xlim() == (0.0, 0.01)
    window = next(line for line in chart.axes.lines if line.get_gid() == "inset-x-window")
    assert np.ptp(chart.pixels(window.get_xydata()), axis=0).min() >= 10.0
    assert figure.axes == [chart.axes, inset.axes]
