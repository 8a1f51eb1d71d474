"""The penalties above, their slopes below: a pull that is constant and one that fades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Box, Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.labels import DIRECTIONS
from regviz.figures.plane import ARROWS, PATHS

if TYPE_CHECKING:
    from regviz.lessons.penalty_shapes import PenaltyShapes

#: shares of a panel's height: the penalty above, its slope below, and the gap between
ABOVE, GAP = 0.48, 0.03


def draw(exhibit: PenaltyShapes, page: Page) -> Picture:
    """Draw both penalties and both slopes, on the same scales.

    Artists are named `penalty-`, `slope-`, `bound-`, `pull-` (with the number of the weight
    and its side) and `upright-l1`. An arrow's length is the pull, at one scale for both.
    """
    figure = page.figure()
    figure.title = page.text("penalty-shapes.figure.title")
    sentences = []
    for name, panel in zip(("l1", "l2"), page.panels(2), strict=True):
        sentences += _write(exhibit, name, page, figure, panel)
        _draw_penalty(exhibit, name, page, figure, _upper(panel.plane))
        _draw_slope(exhibit, name, page, figure, _lower(panel.plane))
    figure.description = " ".join(sentences)
    return figure


def _write(
    exhibit: PenaltyShapes, name: str, page: Page, figure: Picture, panel: Panel
) -> list[str]:
    heading, summary, foot = sentences = [
        page.text(f"penalty-shapes.figure.{line}.{name}", lam=f"{exhibit.lam[name]:g}")
        for line in ("heading", "summary", "foot")
    ]
    theme = page.theme
    page.write(figure, panel.heading, heading, getattr(theme, name), bold=True)
    page.write(figure, panel.summary, summary, theme.ink)
    page.write(figure, panel.foot, foot, theme.muted)
    return sentences


def _upper(box: Box) -> Box:
    height = ABOVE * box.height
    return Box(box.left, box.bottom + box.height - height, box.width, height)


def _lower(box: Box) -> Box:
    return Box(box.left, box.bottom, box.width, (1.0 - ABOVE - GAP) * box.height)


def _draw_penalty(
    exhibit: PenaltyShapes, name: str, page: Page, figure: Picture, box: Box
) -> None:
    """Draw a penalty, and at a few weights how hard it pulls towards 0."""
    w, values = exhibit.w, exhibit.values[name]
    color = getattr(page.theme, name)
    chart = Chart(
        page,
        figure,
        box,
        (float(w[0]), float(w[-1])),
        (0.0, exhibit.highest),
        f"chart-penalty-{name}",
        names=("$w$", page.text("penalty-shapes.figure.axis.penalty")),
        x_ticks=(),
        y_ticks=(),
        cross=(0.0, None),
    )
    chart.curve(w, values, gid=f"penalty-{name}", color=color, width=1.5, zorder=PATHS)
    for number, (probe, pull) in enumerate(
        zip(exhibit.probes, exhibit.pulls[name], strict=True), start=1
    ):
        height = float(np.interp(probe, w, values))
        for side, sign in (("right", 1.0), ("left", -1.0)):
            ends = [(sign * probe, height), (sign * (probe - exhibit.arrow * pull), height)]
            chart.arrow(
                np.array(ends),
                gid=f"pull-{name}-{number}-{side}",
                color=page.theme.ink,
                width=1.1,
                zorder=ARROWS,
            )
            if number == 1 and side == "left":
                _name_pull(chart, ends[1])
    seen = chart.seen(w, values)
    chart.label(
        page.text(f"penalty-shapes.figure.curve.{name}"),
        seen[-1 : len(seen) // 2 : -1],
        color=color,
        directions=(180, 165, 150, -165, 0),
        gaps=(0.3, 0.6),
    )


def _name_pull(chart: Chart, tip: tuple[float, float]) -> None:
    chart.label(
        chart.page.text("penalty-shapes.figure.pull"),
        [tip],
        color=chart.page.theme.ink,
        size="note",
        directions=(0,),
        gaps=(0.6,),
        # Left out where it would stand on the upright axis.
        dearest=45.0,
    )


def _draw_slope(
    exhibit: PenaltyShapes, name: str, page: Page, figure: Picture, box: Box
) -> None:
    """Draw the slope, with the upright stretch at 0 where the penalty is bent."""
    slope = exhibit.slopes[name]
    color, text = getattr(page.theme, name), page.text
    chart = Chart(
        page,
        figure,
        box,
        (float(exhibit.w[0]), float(exhibit.w[-1])),
        (-exhibit.steepest, exhibit.steepest),
        f"chart-slope-{name}",
        names=("$w$", text("penalty-shapes.figure.axis.slope")),
        x_ticks=(),
        y_ticks=(),
        cross=(0.0, 0.0),
    )
    _draw_bounds(chart, name, exhibit.lam[name])
    chart.polyline(slope, gid=f"slope-{name}", color=color, width=1.5, zorder=PATHS)
    upright = slope[slope[:, 0] == 0.0]
    is_bent = len(upright) > 1
    if is_bent:
        chart.polyline(
            upright, gid=f"upright-{name}", color=color, width=2.6, zorder=PATHS, avoid=4.0
        )
    on_line = np.column_stack([exhibit.probes, exhibit.pulls[name]])
    chart.label(
        text(f"penalty-shapes.figure.at_zero.{name}"),
        [upright[-1]] if is_bent else on_line[:2],
        color=color,
        # Over the side where the upright stretch has no neighbour.
        directions=(150, 135) if is_bent else DIRECTIONS,
        gaps=(0.3, 0.6, 1.0, 1.4),
    )


def _draw_bounds(chart: Chart, name: str, lam: float) -> None:
    """Draw where a slope is as steep as L1's: the same lines for both penalties."""
    muted = chart.page.theme.muted
    # Each is named where L1's slope is not.
    for side, end, sign, written, direction in (
        ("upper", chart.x[0], 1.0, r"$\lambda$", 45),
        ("lower", chart.x[1], -1.0, r"$-\lambda$", -135),
    ):
        chart.rule(gid=f"bound-{name}-{side}", color=muted, y=sign * lam)
        at = (end, sign * lam)
        chart.label(written, [at], color=muted, directions=(direction,), gaps=(0.15,))
