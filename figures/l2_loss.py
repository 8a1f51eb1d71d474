"""L2 on one weight: the loss stays round, and its lowest point comes near 0 and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.one_weight import (
    MINIMIZER,
    draw_loss,
    draw_losses,
    mark_minimizer,
    page_with,
    said,
    written,
)
from regviz.figures.plane import LINES

if TYPE_CHECKING:
    from regviz.lessons.one_weight import OneWeight


def draw(exhibit: OneWeight, page: Page) -> Picture:
    """Draw the loss as the penalty grows, and the window around 0 at the strongest.

    On the left stand `loss-` and `minimizer-`, each with the strength, and `trail`; on the
    right the same with `zoom-` before.
    """
    figure, (left, right) = page_with(exhibit, page)
    draw_losses(exhibit, page, figure, left)
    _draw_zoom(exhibit, page, figure, right)
    return figure


def _draw_zoom(exhibit: OneWeight, page: Page, figure: Picture, panel: Panel) -> None:
    text, theme = page.text, page.theme
    left, right, bottom, top = exhibit.zoom_limits
    last = len(exhibit.lambdas) - 1
    minimizer, minimum = float(exhibit.minimizers[last]), float(exhibit.minima[last])
    chart = Chart(
        page,
        figure,
        panel.plane,
        (left, right),
        (bottom, top),
        "chart-zoom",
        names=("$w$", text("l2-loss.figure.axis")),
        x_ticks={minimizer: f"${said(exhibit)['smallest']}$", 0.0: "$0$"},
        y_ticks=(),
    )
    chart.rule(gid="zoom-zero", x=0.0, color=theme.muted)
    chart.curve(
        np.array([minimizer, minimizer]),
        np.array([bottom, minimum]),
        gid="zoom-drop",
        color=theme.l2,
        dashes=(2.0, 2.0),
        zorder=LINES,
    )
    draw_loss(exhibit, chart, 0, "zoom-")
    draw_loss(exhibit, chart, last, "zoom-", width=1.6, avoid=6.0)
    mark_minimizer(exhibit, chart, last, "zoom-")
    chart.label(
        text("l2-loss.figure.smallest", **said(exhibit)),
        [(minimizer, minimum)],
        color=theme.l2,
        bold=True,
        radius=MINIMIZER / 2,
        directions=(-15, -30, 0, -45) if exhibit.center > 0.0 else (-165, -150, 180, -135),
    )
    _name_curves(exhibit, chart)


def _name_curves(exhibit: OneWeight, chart: Chart) -> None:
    """Name both curves on their outer sides, and what they share at 0."""
    text, theme = chart.page.text, chart.page.theme
    last = len(exhibit.lambdas) - 1
    beyond = (0, -15, 15, -30)
    before = tuple(180 - angle for angle in beyond)
    if exhibit.center < 0.0:
        beyond, before = before, beyond
    at_zero = np.array([[0.0, exhibit.loss[exhibit.w == 0.0][0]]])
    chart.label(
        text("l2-loss.figure.slope"),
        at_zero,
        color=theme.ink,
        directions=before,
        gaps=(0.3, 0.5),
    )
    for key, height, color, directions in (
        ("first", exhibit.regularized(last), theme.regularized, beyond),
        ("free", exhibit.loss, theme.loss, before),
    ):
        seen = chart.seen(exhibit.w, height)
        outwards = seen[::-1] if (key == "first") == (exhibit.center > 0.0) else seen
        chart.label(
            text(f"l2-loss.figure.{key}", lam=written(exhibit, last)),
            # Near the top, where the curves are apart.
            outwards[len(seen) // 12 : max(1, len(seen) // 4)],
            color=color,
            directions=directions,
            gaps=(0.5, 0.9),
        )
