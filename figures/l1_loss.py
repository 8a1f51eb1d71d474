"""L1 on one weight: the loss is bent at 0, and its lowest point comes to rest in the bend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.one_weight import MARKERS, MINIMIZER, UNREGULARIZED, draw_losses, page_with
from regviz.figures.plane import PATHS

if TYPE_CHECKING:
    from regviz.lessons.one_weight import OneWeight


def draw(exhibit: OneWeight, page: Page) -> Picture:
    """Draw the loss as the penalty grows, and its minimizer against the strength.

    On the left stand `loss-`, `minimizer-` (each with the strength) and `trail`; on the right
    `path`, and `arrival`, the first strength at which the minimizer is exactly 0.
    """
    figure, (left, right) = page_with(exhibit, page)
    draw_losses(exhibit, page, figure, left)
    _draw_path(exhibit, page, figure, right)
    return figure


def _draw_path(exhibit: OneWeight, page: Page, figure: Picture, panel: Panel) -> None:
    text, theme = page.text, page.theme
    shown = slice(0, _last_shown(exhibit) + 1)
    lambdas, minimizers = exhibit.lambdas[shown], exhibit.minimizers[shown]
    arrival = float(lambdas[exhibit.arrival])
    end = float(lambdas[-1])
    low, high = sorted((-0.12 * exhibit.center, 1.2 * exhibit.center))
    chart = Chart(
        page,
        figure,
        panel.plane,
        (0.0, end),
        (low, high),
        "chart-path",
        names=(r"$\lambda$", text("l1-loss.figure.minimizer")),
        x_ticks=sorted({float(exhibit.lambdas[exhibit.at]), arrival, end}),
        y_ticks=sorted({0.0, exhibit.center}),
        cross=(None, 0.0),
    )
    chart.curve(lambdas, minimizers, gid="path", color=theme.l1, width=1.8, zorder=PATHS)
    chart.marker(
        (0.0, exhibit.center),
        gid="unregularized",
        marker="X",
        color=theme.background,
        fill=theme.loss,
        size=UNREGULARIZED,
    )
    chart.marker(
        (arrival, 0.0),
        gid="arrival",
        marker=MARKERS["l1"],
        color=theme.background,
        fill=theme.l1,
        size=MINIMIZER,
    )
    chart.label(
        text("l1-loss.figure.unregularized"),
        [(0.0, exhibit.center)],
        color=theme.loss,
        radius=UNREGULARIZED / 2,
    )
    middle = 0.5 * (arrival + end)
    chart.label(
        text("l1-loss.figure.arrival"),
        [(middle, 0.0), (arrival, 0.0)],
        color=theme.l1,
        bold=True,
        directions=(90, 75, 105, 60, 45) if exhibit.center > 0.0 else (-90, -75, -60, -45),
        gaps=(0.4, 0.8),
    )


def _last_shown(exhibit: OneWeight) -> int:
    """Return the index of the strength at which the path's picture may end."""
    arrival, still = exhibit.lambdas[[exhibit.arrival, exhibit.at]]
    end = max(2.5 * arrival, 1.25 * still)
    return min(int(np.searchsorted(exhibit.lambdas, end)), len(exhibit.lambdas) - 1)
