"""What the figures of one weight share: the loss as its penalty grows, and the way it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.figures.canvas import Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.plane import PATHS
from regviz.lessons.numbers import significant

if TYPE_CHECKING:
    from regviz.lessons.one_weight import OneWeight

#: a minimizer's marker has the shape of its penalty's ball; the loss alone has a cross
MARKERS = {"l1": "D", "l2": "o"}
#: sizes of markers, in body type sizes
MINIMIZER, UNREGULARIZED = 0.62, 0.72


def page_with(exhibit: OneWeight, page: Page) -> tuple[Picture, list[Panel]]:
    """Return a figure in two panels with all that is said around them."""
    figure = page.figure()
    slug = exhibit.lesson
    figure.title = page.text(f"{slug}.figure.title")
    values = said(exhibit)
    panels = page.panels(2)
    theme = page.theme
    colors = (theme.regularized, getattr(theme, exhibit.penalty))
    sentences = []
    for side, panel, color in zip(("left", "right"), panels, colors, strict=True):
        heading, summary, foot = (
            page.text(f"{slug}.figure.{line}.{side}", **values)
            for line in ("heading", "summary", "foot")
        )
        page.write(figure, panel.heading, heading, color, bold=True)
        page.write(figure, panel.summary, summary, theme.ink)
        page.write(figure, panel.foot, foot, theme.muted)
        sentences += [heading, summary, foot]
    figure.description = " ".join(sentences)
    return figure, panels


def said(exhibit: OneWeight) -> dict[str, str]:
    """Return the numbers that sentences may name."""
    return {
        "formula": exhibit.formula,
        "threshold": "" if exhibit.arrival is None else written(exhibit, exhibit.arrival),
        "strongest": f"{exhibit.lambdas[-1]:g}",
        "smallest": significant(exhibit.minimizers[-1]),
        "residual": significant(exhibit.certificate["kkt_residual"]),
    }


def draw_losses(exhibit: OneWeight, page: Page, figure: Picture, panel: Panel) -> Chart:
    """Draw the loss at a few strengths, each with its minimizer, and the minimizer's trail."""
    left, right, bottom, top = exhibit.limits
    chart = Chart(
        page,
        figure,
        panel.plane,
        (left, right),
        (bottom, top),
        "chart-losses",
        names=("$w$", ""),
        x_ticks=sorted({0.0, exhibit.center}),
        y_ticks=(),
        cross=(0.0, 0.0),
        head=1.4,
    )
    for index in reversed(exhibit.few):
        draw_loss(exhibit, chart, index)
    chart.curve(
        exhibit.minimizers,
        exhibit.minima,
        gid="trail",
        color=getattr(page.theme, exhibit.penalty),
        width=1.6,
        zorder=PATHS + 0.5,
    )
    for index in exhibit.few:
        mark_minimizer(exhibit, chart, index)
    for index in exhibit.few:
        _name_loss(exhibit, chart, index)
    return chart


def draw_loss(
    exhibit: OneWeight, chart: Chart, index: int, prefix: str = "", **style: Any
) -> None:
    """Draw one curve: blue and broad without a penalty, else in the regularized colour."""
    theme = chart.page.theme
    curve = exhibit.regularized(index)
    is_free = index == 0
    color = theme.loss if is_free else theme.regularized
    name = written(exhibit, index)
    style = {"width": 1.5 if is_free else 1.1} | style
    chart.curve(exhibit.w, curve, gid=f"{prefix}loss-{name}", color=color, **style)


def mark_minimizer(exhibit: OneWeight, chart: Chart, index: int, prefix: str = "") -> None:
    """Mark where a curve is lowest."""
    theme = chart.page.theme
    at = np.array([exhibit.minimizers[index], exhibit.minima[index]])
    style: dict[str, Any] = {"gid": f"{prefix}minimizer-{written(exhibit, index)}"}
    if index == 0:
        style |= {"marker": "X", "fill": theme.loss, "size": UNREGULARIZED}
    else:
        style |= {
            "marker": MARKERS[exhibit.penalty],
            "fill": getattr(theme, exhibit.penalty),
            "size": MINIMIZER,
        }
    chart.marker(at, color=theme.background, **style)


def written(exhibit: OneWeight, index: int) -> str:
    """Return a strength as it is shown: it was chosen with few digits."""
    return f"{exhibit.lambdas[index]:g}"


def _name_loss(exhibit: OneWeight, chart: Chart, index: int) -> None:
    """Name a curve by its strength, where it leaves the chart on the far side of 0."""
    theme, text = chart.page.theme, chart.page.text
    side = int(np.sign(exhibit.center))
    outward = exhibit.w * side >= abs(exhibit.minimizers[index])
    w, curve = exhibit.w[outward][::side], exhibit.regularized(index)[outward][::side]
    leaves = chart.leaving(w, curve)
    leaves_above = leaves[1] > 0.99 * chart.y[1]
    seen = chart.seen(w, curve)[::-1]
    # The first says what the number is; the others have little room.
    key = "free" if index == 0 else "first" if index == exhibit.few[1] else "next"
    chart.label(
        text(f"{exhibit.lesson}.figure.{key}", lam=written(exhibit, index)),
        [leaves] if leaves_above else seen[: max(1, len(seen) // 2)],
        color=theme.loss if index == 0 else theme.regularized,
        directions=_outside(side, leaves_above=leaves_above),
        gaps=(0.25, 0.5),
    )


def _outside(side: int, *, leaves_above: bool) -> Sequence[float]:
    """Return where a name may stand from where its curve leaves the chart, the best first."""
    if leaves_above:
        return 90, 75, 105, 60, 120, 45, 135, 0, 180
    # Over the curve, which is lower further in.
    over = (120, 105, 135, 90, 150)
    return over if side > 0 else tuple(180 - angle for angle in over)
