"""Overfitting: the wild and the calm fit; train and test error, and the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Box, Page, Picture
from regviz.figures.chart import Chart
from regviz.figures.plane import LINES, PATHS
from regviz.figures.strengths import StrengthChart
from regviz.lessons.numbers import chosen, shown, significant

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.overfitting import Overfitting

#: the marker of the least error has the shape of its penalty's ball
MARKERS = {"l1": "D", "l2": "o"}
#: sizes of markers, in body type sizes
LEAST, AT_ZERO, POINT, EXACT, WEIGHT = 0.62, 0.4, 0.48, 0.36, 0.34
#: gaps to try from a curve that is so steep that it comes towards its name
FROM_STEEP = (0.6, 0.9, 1.4, 2.0)
#: height of the errors' chart, and of the gap below it, in parts of the panel's
ERRORS, GAP = 0.53, 0.03
#: widths of the bars: without a penalty and, before it, with one
WIDE, NARROW = 0.8, 0.4


def draw(exhibit: Overfitting, page: Page) -> Picture:
    """Draw the exhibit.

    Artists in `chart-fit` are named `truth`, `points`, `fit-free` and `fit`; in `chart-errors`
    `train` and `test`, each with `-at-0`, and `least`; in `chart-weights` `weights-free`
    and `weights`. Where the still is without a penalty there is no `fit` and no `weights`.
    """
    figure = page.figure()
    figure.title = page.text("overfitting.figure.title")
    left, right = page.panels(2)
    lines = _said(exhibit, page)
    figure.description = " ".join(lines)
    theme = page.theme
    colors = (theme.ink, theme.ink, theme.muted)
    places = (
        *(left.heading, left.summary, left.foot),
        right.heading,
        right.summary,
        right.foot,
    )
    for line, place, color in zip(lines, places, colors * 2, strict=True):
        page.write(figure, place, line, color, bold=place in (left.heading, right.heading))
    box = right.plane
    lower = (1.0 - ERRORS - GAP) * box.height
    upper = Box(
        box.left, box.bottom + (1.0 - ERRORS) * box.height, box.width, ERRORS * box.height
    )
    _draw_fit(exhibit, page, figure, left.plane)
    _draw_errors(exhibit, page, figure, upper)
    _draw_weights(exhibit, page, figure, Box(box.left, box.bottom, box.width, lower))
    return figure


def _said(exhibit: Overfitting, page: Page) -> list[str]:
    """Return heading, summary and foot of the fit, then those of errors and weights."""
    values = {
        "degree": exhibit.weights.shape[1],
        "count": len(exhibit.x_train),
        "noise": chosen(float(exhibit.parameters["noise"])),
        "lam": chosen(exhibit.lambdas[exhibit.at]),
        "best": chosen(exhibit.lambdas[exhibit.best]),
        "free": significant(exhibit.test_error[0]),
        "least": significant(exhibit.test_error[exhibit.best]),
        "residual": shown(exhibit.certificate["kkt_residual"]),
    }
    case = exhibit.case
    keys = (f"heading.fit.{case}", "summary.fit", "foot.fit")
    keys += (f"heading.errors.{case}", f"summary.errors.{case}", "foot.errors")
    return [page.text(f"overfitting.figure.{key}", **values) for key in keys]


def _draw_fit(exhibit: Overfitting, page: Page, figure: Picture, box: Box) -> None:
    """Draw the points, the truth, and the fit with and without the penalty."""
    theme, text, x = page.theme, page.text, exhibit.x
    left, right, bottom, top = exhibit.limits
    chart = Chart(
        page,
        figure,
        box,
        (left, right),
        (bottom, top),
        "chart-fit",
        names=("$x$", "$y$"),
        x_ticks=(-1.0, 0.0, 1.0),
    )
    free, fit = exhibit.fits[0], exhibit.fits[exhibit.at]
    chart.curve(x, exhibit.truth, gid="truth", color=theme.muted, width=1.1, dashes=(4.0, 2.5))
    chart.curve(x, free, gid="fit-free", color=theme.loss, width=1.2, zorder=LINES + 0.2)
    color = getattr(theme, exhibit.penalty)
    if exhibit.at:
        chart.curve(x, fit, gid="fit", color=color, width=1.8, zorder=PATHS)
    chart.scatter(
        exhibit.x_train,
        exhibit.y_train,
        gid="points",
        color=theme.background,
        fill=theme.ink,
        size=POINT,
    )
    # The name stands where the wild fit is furthest from the truth, yet seen.
    seen = chart.seen(x, free)
    wild = sorted(seen, key=lambda at: -abs(at[1] - np.interp(at[0], x, exhibit.truth)))
    chart.label(text("overfitting.figure.free"), wild[:60:4], color=theme.loss, gaps=FROM_STEEP)
    if exhibit.at:
        said = text("overfitting.figure.penalized", lam=chosen(exhibit.lambdas[exhibit.at]))
        chart.label(said, _apart(exhibit, chart.seen(x, fit)), color=color, bold=True)
    chart.label(
        text("overfitting.figure.truth"), chart.seen(x, exhibit.truth)[::10], color=theme.muted
    )


def _apart(exhibit: Overfitting, curve: list[Array]) -> list[Array]:
    """Return points of a curve, those first that no fitted point is near: it would be named."""
    _, _, bottom, top = exhibit.limits
    scale = np.array([2.0, top - bottom])
    points = np.column_stack([exhibit.x_train, exhibit.y_train]) / scale
    return sorted(
        curve[::10], key=lambda at: -np.linalg.norm(points - at / scale, axis=1).min()
    )


def _draw_errors(exhibit: Overfitting, page: Page, figure: Picture, box: Box) -> None:
    """Draw the errors over the strength, with the least test error marked."""
    theme, text = page.theme, page.text
    chart = StrengthChart(
        page,
        figure,
        box,
        exhibit.lambdas,
        (0.0, exhibit.error_limit),
        "chart-errors",
        names=(text("overfitting.figure.strength"), text("overfitting.figure.error")),
    )
    color, dashes = getattr(theme, exhibit.penalty), (5.0, 2.0)
    train, test = exhibit.train_error, exhibit.test_error
    style = {"size": AT_ZERO, "avoid": 25.0}
    chart.over(train, gid="train", color=theme.muted, width=1.2, dashes=dashes, **style)
    chart.over(test, gid="test", color=theme.ink, width=1.6, **style)
    at = np.array([chart.where[exhibit.best], test[exhibit.best]])
    drop = np.array([at, [at[0], 0.0]])
    chart.polyline(drop, gid="drop", color=color, width=0.8, dashes=(2.0, 2.0))
    chart.marker(
        at,
        gid="least",
        marker=MARKERS[exhibit.penalty],
        color=theme.background,
        fill=color,
        size=LEAST,
    )
    chart.label(
        text("overfitting.figure.best"),
        [at],
        color=color,
        bold=True,
        radius=LEAST / 2,
        directions=(90, 75, 60, 105, 120, 45, 135),
        gaps=(0.3, 0.6, 1.0, 1.5, 2.0),
    )
    # Named where the two are furthest apart.
    apart = np.argsort(train - test, kind="stable")
    apart = apart[(apart > 0) & (test[apart] <= chart.y[1])][:100:4]
    for name, errors, ink in (("test", test, theme.ink), ("train", train, theme.muted)):
        chart.label(
            text(f"overfitting.figure.{name}"),
            np.column_stack([chart.where, errors])[apart],
            color=ink,
            directions=(90, 75, 105, 60, 120),
        )


def _draw_weights(exhibit: Overfitting, page: Page, figure: Picture, box: Box) -> None:
    """Draw the weight of each power as a bar: without the penalty and, before it, with it."""
    theme, text = page.theme, page.text
    powers = np.arange(1.0, exhibit.weights.shape[1] + 1.0)
    free, weights = exhibit.weights[0], exhibit.weights[exhibit.at]
    reach = 1.15 * max(np.abs(free).max(), np.abs(weights).max())
    chart = Chart(
        page,
        figure,
        box,
        (0.4, powers[-1] + 0.6),
        (-reach, reach),
        "chart-weights",
        names=("", text("overfitting.figure.weight")),
        x_ticks={power: f"$x^{{{power:.0f}}}$" for power in powers.tolist()},
    )
    color = getattr(theme, exhibit.penalty)
    chart.bars(powers, free, width=WIDE, gid="weights-free", color=theme.loss, alpha=0.55)
    if exhibit.at:
        chart.bars(powers, weights, width=NARROW, gid="weights", color=color)
    chart.rule(y=0.0, gid="zero", color=theme.muted, dashes=None)
    is_zero = weights == 0.0
    zeros = powers[is_zero]
    if exhibit.at:
        # A penalized weight may be too small for its bar to be seen.
        chart.scatter(
            powers[~is_zero],
            weights[~is_zero],
            gid="weight-ends",
            color=theme.background,
            fill=color,
            size=WEIGHT,
        )
    if len(zeros):
        chart.scatter(
            zeros,
            0.0 * zeros,
            gid="exact-zeros",
            color=color,
            fill=theme.background,
            size=EXACT,
            marker=MARKERS[exhibit.penalty],
        )
    largest = np.argsort(-np.abs(free))[:3]
    chart.label(
        text("overfitting.figure.free"),
        [(powers[j], free[j]) for j in largest],
        color=theme.loss,
    )
    if exhibit.at:
        said = text("overfitting.figure.penalized", lam=chosen(exhibit.lambdas[exhibit.at]))
        chart.label(
            said,
            # Not by the first, where the axis is close.
            np.column_stack([powers, weights])[len(powers) // 4 :],
            color=color,
            bold=True,
        )
