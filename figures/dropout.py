"""Dropout: one mask, the optima of its averages among the weights, and how they close in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import Bbox

from regviz.figures.canvas import POINTS_PER_INCH, Box, Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.plane import FILL, PATHS, Plane, Sheet
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import significant

if TYPE_CHECKING:
    from regviz.lessons.dropout import Dropout

#: size of a sampled optimum's dot, in line widths
DOT = 1.5
#: largest side of the small planes, in parts of the chart's width and height
WIDEST, HIGHEST = 0.17, 0.25
#: half of their width, in distances that hold nearly all optima of one mask
REACH = 1.4
#: sizes of markers, in body type sizes
OPTIMUM, UNREGULARIZED = 0.62, 0.72
#: share of a panel's height that the mask takes at most, and the gap to the plane
MASK, GAP = 0.24, 0.03
#: height of the mask's caption, in note type sizes
CAPTION = 1.7
#: standard errors on either side of the measured curve
BAND = 2.0
#: air around the measured errors, as a factor
ROOM = 1.6


def draw(exhibit: Dropout, page: Page) -> Picture:
    """Draw a mask over the plane of both weights, and beside them the error of the average.

    Artists are named `mask-` (with the feature's and the row's number), `contour-plain-`,
    `contour-averaged-`, `ridge`, `cloud`, `unregularized`, `optimum`; `cloud-`
    and `optimum-` with a number of masks; `error`, `error-band` and `error-theory`.
    """
    figure = page.figure()
    figure.title = page.text("dropout.figure.title")
    left, right = page.panels(2)
    colors = {"plane": page.theme.l2, "error": page.theme.ink}
    figure.description = " ".join(
        sentence
        for (name, color), panel in zip(colors.items(), (left, right), strict=True)
        for sentence in _write(exhibit, name, color, page, figure, panel)
    )
    box = left.plane
    mask = _draw_mask(exhibit, page, figure, box)
    rest = box.height - mask.height - GAP * box.height
    _draw_plane(exhibit, page, figure, Box(box.left, box.bottom, box.width, rest))
    _draw_errors(exhibit, page, figure, right.plane)
    return figure


def _write(
    exhibit: Dropout, name: str, color: str, page: Page, figure: Picture, panel: Panel
) -> list[str]:
    values = {
        "keep": f"{exhibit.parameters['keep']:g}",
        "rate": f"{exhibit.rate:.2f}",
        "spread": significant(exhibit.rate_spread, 1),
        "repeats": len(exhibit.optima),
    }
    heading, summary, foot = sentences = [
        page.text(f"dropout.figure.{line}.{name}", **values)
        for line in ("heading", "summary", "foot")
    ]
    page.write(figure, panel.heading, heading, color, bold=True)
    page.write(figure, panel.summary, summary, page.theme.ink)
    page.write(figure, panel.foot, foot, page.theme.muted)
    return sentences


def _draw_mask(exhibit: Dropout, page: Page, figure: Picture, panel: Box) -> Box:
    """Draw the first mask at the top of a panel, and return the room that it takes.

    It is a row of cells for each feature, filled where an entry is kept.
    """
    theme, n_rows = page.theme, len(exhibit.masks[0])
    names = [literal(name) for name in short_names(exhibit.features)]
    note = page.shape.note / POINTS_PER_INCH
    rough = Sheet(page, figure, panel, (0.0, 1.0, 0.0, 1.0), "mask")
    room = max(rough.width(name, "note") for name in names) + note
    rough.axes.remove()
    caption = CAPTION * note
    side = min((panel.width - room) / n_rows, (MASK * panel.height - caption) / 2.0)
    height = 2.0 * side + caption
    box = Box(panel.left, panel.bottom + panel.height - height, panel.width, height)
    cells = Box(box.left + room, box.bottom + caption, n_rows * side, 2.0 * side)
    sheet = Sheet(page, figure, cells, (0.0, n_rows, 0.0, 2.0), "mask", frame=box)
    for row, kept in enumerate(exhibit.masks[0]):
        for feature, is_kept in enumerate(kept):
            corner = np.array([row, 1.0 - feature])
            sheet.region(
                corner + np.array([(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]),
                gid=f"mask-{feature + 1}-{row + 1}",
                fill=theme.l2 if is_kept else theme.background,
                edge=theme.l2 if is_kept else theme.muted,
                width=0.5,
            )
    for feature, name in enumerate(names):
        at = (0.0, 1.5 - feature)
        sheet.label(name, [at], size="note", color=theme.ink, directions=(180,), gaps=(0.4,))
    key = page.text("dropout.figure.mask")
    sheet.label(
        key,
        [(at, 0.0) for at in np.linspace(0.0, n_rows, 41)],
        size="note",
        color=theme.muted,
        directions=(-90,),
        gaps=(0.15, 0.0),
    )
    return box


def _draw_plane(exhibit: Dropout, page: Page, figure: Picture, box: Box) -> None:
    theme, text = page.theme, page.text
    plane = Plane(page, figure, box, exhibit.limits, "plane")
    sides = (
        ("plain", theme.loss, exhibit.unregularized, (4.0, 2.0)),
        ("averaged", theme.l2, exhibit.closed_form, None),
    )
    for index, (name, color, center, dashes) in enumerate(sides):
        for level, radius in enumerate(exhibit.level_radii[index]):
            plane.polyline(
                center + radius * exhibit.unit_levels[index],
                gid=f"contour-{name}-{level + 1}",
                color=color,
                width=0.5,
                avoid=0.4,
                alpha=0.6,
                dashes=dashes,
            )
    plane.polyline(exhibit.curve, gid="ridge", color=theme.l2, width=1.2, avoid=3.0)
    _draw_cloud(exhibit, plane, 0, "cloud")
    plane.point(
        exhibit.unregularized,
        gid="unregularized",
        marker="X",
        color=theme.background,
        fill=theme.loss,
        size=UNREGULARIZED,
    )
    plane.point(
        exhibit.closed_form,
        gid="optimum",
        marker="o",
        color=theme.background,
        fill=theme.l2,
        size=OPTIMUM,
    )
    plane.name_axes(["$w_1$"], ["$w_2$"])
    plane.label(
        text("dropout.figure.closed"),
        [exhibit.closed_form],
        color=theme.l2,
        bold=True,
        radius=OPTIMUM / 2,
    )
    plane.label(
        text("dropout.figure.unregularized"),
        [exhibit.unregularized],
        color=theme.loss,
        radius=UNREGULARIZED / 2,
    )
    plane.label(
        text("dropout.figure.ridge"),
        list(exhibit.curve[len(exhibit.curve) // 2 :: 5]),
        size="note",
        color=theme.l2,
        gaps=(0.3, 0.6),
    )
    plane.name_ticks()


def _draw_cloud(exhibit: Dropout, sheet: Sheet, at: int, gid: str) -> None:
    """Draw one optimum per repeat, as open dots."""
    theme, line = sheet.page.theme, sheet.page.shape.line
    dots = sheet.polyline(
        exhibit.optima[:, at],
        gid=gid,
        color=theme.ink,
        avoid=12.0,
        zorder=PATHS,
        marker="o",
        markersize=DOT * line,
        markerfacecolor=theme.background,
        markeredgewidth=0.4 * line,
    )
    dots.set_linestyle("none")


def _draw_closing_in(exhibit: Dropout, chart: Chart) -> None:
    """Draw the cloud at three numbers of masks, in the corner above the falling error."""
    inner, page = chart.inner, chart.page
    side = min(WIDEST * inner.width, HIGHEST * inner.height)
    apart = 0.25 * side
    few = np.cbrt(exhibit.counts[-1])
    middle = int(np.argmin(np.abs(exhibit.counts - few)))
    for place, at in enumerate((0, middle, len(exhibit.counts) - 1)):
        left = inner.left + inner.width - (3 - place) * (side + apart) + apart
        box = Box(left, inner.bottom + inner.height - side, side, side)
        _draw_window(exhibit, chart, box, at)
    room = Bbox.from_bounds(
        inner.left + inner.width - 3 * (side + apart),
        inner.bottom + inner.height - side - 1.6 * page.shape.note / POINTS_PER_INCH,
        3 * (side + apart),
        2 * side,
    )
    dpi = chart.axes.figure.dpi
    chart.labels.keep_clear(Bbox(room.get_points() * dpi))


def _draw_window(exhibit: Dropout, chart: Chart, box: Box, at: int) -> None:
    """Draw the cloud within a square around the closed form, the same for each number."""
    page, (x, y) = chart.page, exhibit.closed_form
    theme, reach, count = page.theme, REACH * exhibit.reach, exhibit.counts[at]
    row = 1.7 * page.shape.note / POINTS_PER_INCH
    frame = Box(box.left - 0.5 * row, box.bottom - row, box.width + row, box.height + row)
    limits = (x - reach, x + reach, y - reach, y + reach)
    sheet = Sheet(page, chart.axes.figure, box, limits, f"window-{count}", frame=frame)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * reach
    edge = sheet.polyline(
        exhibit.closed_form + corners, gid=f"frame-{count}", color=theme.muted, width=0.6
    )
    # It runs along the axes' ends: half of it would be cut off.
    edge.set_clip_on(False)
    _draw_cloud(exhibit, sheet, at, f"cloud-{count}")
    sheet.point(
        exhibit.closed_form,
        gid=f"optimum-{count}",
        marker="o",
        color=theme.background,
        fill=theme.l2,
        size=0.5 * OPTIMUM,
    )
    sheet.label(
        f"${count}$",
        [(x, y - reach)],
        size="note",
        color=theme.ink,
        directions=(-90,),
        gaps=(0.15,),
    )


def _draw_errors(exhibit: Dropout, page: Page, figure: Picture, box: Box) -> None:
    theme, text, counts = page.theme, page.text, exhibit.counts
    low, high = (
        np.maximum(exhibit.errors + side * BAND * exhibit.error_spread, 0.2 * exhibit.errors)
        for side in (-1.0, 1.0)
    )
    bottom = min(low.min(), exhibit.theory.min()) / ROOM
    top = max(high.max(), exhibit.theory.max()) * ROOM
    chart = Chart(
        page,
        figure,
        box,
        (float(counts[0]), float(counts[-1])),
        (float(bottom), float(top)),
        "chart-error",
        names=(text("dropout.figure.masks"), text("dropout.figure.error")),
        log_x=True,
        log_y=True,
    )
    chart.band(counts, low, high, gid="error-band", color=theme.l2)
    chart.curve(
        counts,
        exhibit.theory,
        gid="error-theory",
        color=theme.l2,
        width=0.9,
        dashes=(5.0, 3.0),
        zorder=FILL + 0.5,
        avoid=8.0,
    )
    chart.curve(counts, exhibit.errors, gid="error", color=theme.ink, width=1.2, avoid=8.0)
    _draw_closing_in(exhibit, chart)
    halves = len(counts) // 2
    chart.label(
        text("dropout.figure.theory"),
        [*np.column_stack([counts, high])[halves:], *np.column_stack([counts, low])[halves:]],
        color=theme.l2,
        directions=(45, 30, 60, -135, -120, -150),
        gaps=(0.3, 0.6, 0.9),
    )
    chart.label(
        text("dropout.figure.measured"),
        list(np.column_stack([counts, low])[: halves + halves // 2]),
        color=theme.ink,
        directions=(-135, -120, -150),
        gaps=(0.5, 0.9),
    )
