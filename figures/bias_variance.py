"""Bias and variance: refits at three strengths, and the split of their error over all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import LEADING, POINTS_PER_INCH, Box, Lines, Page, Picture
from regviz.figures.chart import Chart
from regviz.figures.plane import LINES, PATHS
from regviz.figures.strengths import StrengthChart
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import chosen, shown

if TYPE_CHECKING:
    from regviz.lessons.bias_variance import BiasVariance

#: sizes of markers, in body type sizes
LEAST, AT_ZERO, MEASURED = 0.62, 0.4, 0.4
#: standard errors that a whisker reaches to either side
WHISKERS = 2.0
#: width of the refits where the error stands beside them, height of the error where it stands
#: below them, in parts of the page
BESIDE_REFITS, STACKED_ERROR = 0.42, 0.38
#: height of an axis with its numbers and the name below it, in note type sizes
AXIS = 3.4
#: a feature's name is cut to this many letters
LONGEST_NAME = 20


@dataclass(frozen=True)
class Titled:
    """A drawing below a heading."""

    heading: Lines
    drawing: Box


def draw(exhibit: BiasVariance, page: Page) -> Picture:
    """Draw the exhibit.

    Each `chart-refits-` has its place among the strengths, 0, 1 or 2, as have the `truth-`,
    `mean-` and `refit-` in it; refits are then counted from 1, as in `refit-0-1`. In
    `chart-error` are `bias`, `variance` and `total`, the first two with `-at-0`, `noise`,
    `least`, and `measured` with `measured-errors`.
    """
    figure = page.figure()
    figure.title = page.text("bias-variance.figure.title")
    heading = page.text(f"bias-variance.figure.heading.{exhibit.case}")
    foot = _foot(exhibit, page)
    figure.description = f"{heading} {foot}"
    refits, error, foot_lines = _layout(page)
    for place, (index, titled) in enumerate(zip(shown_at(exhibit), refits, strict=True)):
        _draw_refits(exhibit, page, figure, titled, place, index)
    page.write(figure, error.heading, heading, page.theme.ink, bold=True)
    _draw_error(exhibit, page, figure, error.drawing)
    page.write(figure, foot_lines, foot, page.theme.muted)
    return figure


def shown_at(exhibit: BiasVariance) -> tuple[int, int, int]:
    """Return the strengths whose refits are drawn: none, the still's, and the strongest."""
    last = len(exhibit.lambdas) - 1
    middle = next((at for at in (exhibit.at, exhibit.best) if 0 < at < last), last // 2)
    return 0, middle, last


def _foot(exhibit: BiasVariance, page: Page) -> str:
    return page.text(
        "bias-variance.figure.measured",
        count=exhibit.parameters["n_refits"],
        residual=shown(exhibit.certificate["kkt_residual"]),
    )


def _layout(page: Page) -> tuple[list[Titled], Titled, Lines]:
    """Return where refits, their error and the foot stand: one above the other, or in rows."""
    shape = page.shape
    rows = 2 if shape.stacked else 1
    foot = Box(
        shape.margin,
        shape.margin,
        shape.width - 2 * shape.margin,
        rows * shape.note * LEADING / POINTS_PER_INCH,
    )
    bottom = foot.bottom + foot.height + 0.4 * shape.body / POINTS_PER_INCH
    width, height, gap = foot.width, shape.height - shape.margin - bottom, 0.5 * shape.gap
    if shape.stacked:
        error = Box(shape.margin, bottom, width, STACKED_ERROR * height)
        refits = Box(
            shape.margin, bottom + error.height + gap, width, height - error.height - gap
        )
    else:
        refits = Box(shape.margin, bottom, BESIDE_REFITS * width, height)
        left = refits.left + refits.width + shape.gap
        error = Box(left, bottom, shape.width - shape.margin - left, height)
    return _rows(page, refits, gap), _titled(page, error), Lines(foot, shape.note, rows)


def _rows(page: Page, box: Box, gap: float) -> list[Titled]:
    """Return three rows of equal planes; the last has the axis that all of them share."""
    axis = AXIS * page.shape.note / POINTS_PER_INCH
    each = (box.height - axis - 2 * gap) / 3
    bottoms = [box.bottom + axis + (2 - place) * (each + gap) for place in range(3)]
    rows = [Box(box.left, bottom, box.width, each) for bottom in bottoms[:2]]
    rows.append(Box(box.left, box.bottom, box.width, each + axis))
    return [_titled(page, row) for row in rows]


def _titled(page: Page, box: Box) -> Titled:
    size = page.shape.body
    height = size * LEADING / POINTS_PER_INCH
    top = box.bottom + box.height - height
    air = 0.2 * size / POINTS_PER_INCH
    heading = Lines(Box(box.left, top, box.width, height), size, 1)
    return Titled(heading, Box(box.left, box.bottom, box.width, top - air - box.bottom))


def _draw_refits(
    exhibit: BiasVariance, page: Page, figure: Picture, titled: Titled, place: int, index: int
) -> None:
    """Draw refits at one strength, their mean and the truth, with what they cost above."""
    theme, text, x = page.theme, page.text, exhibit.x
    color = theme.loss if index == 0 else theme.l2
    lam = chosen(exhibit.lambdas[index])
    kind = _kind(exhibit, index)
    heading = text(f"bias-variance.figure.strength.{kind}", lam=lam)
    page.write(figure, titled.heading, heading, color, bold=True)
    left, right, bottom, top = exhibit.limits
    chart = Chart(
        page,
        figure,
        titled.drawing,
        (left, right),
        (bottom, top),
        f"chart-refits-{place}",
        names=(_axis_name(exhibit, page) if place == 2 else "", ""),
        x_ticks=None if place == 2 else (),
        y_ticks=(),
    )
    for number, curve in enumerate(exhibit.curves[index], start=1):
        chart.curve(
            x,
            curve,
            gid=f"refit-{place}-{number}",
            color=color,
            width=0.4,
            alpha=0.55,
            avoid=1.0 if place == 2 else 0.15,
        )
    chart.curve(
        x,
        exhibit.truth,
        gid=f"truth-{place}",
        color=theme.ink,
        width=1.3,
        dashes=(3.0, 2.0),
        zorder=PATHS + 0.1,
        avoid=4.0,
    )
    mean = exhibit.mean_curve[index]
    chart.curve(
        x,
        mean,
        gid=f"mean-{place}",
        color=theme.regularized,
        width=1.3,
        zorder=PATHS,
        avoid=4.0,
    )
    if place == 2:
        # Here the two part furthest.
        for name, curve in (("truth", exhibit.truth), ("mean", mean)):
            chart.label(
                text(f"bias-variance.figure.{name}"),
                chart.seen(x, curve)[: -len(x) // 3 : -8],
                size="note",
                color=theme.ink,
                dearest=200.0,
            )


def _kind(exhibit: BiasVariance, index: int) -> str:
    if index == 0:
        return "none"
    if index == exhibit.best:
        return "best"
    return "strong" if index == len(exhibit.lambdas) - 1 else "some"


def _axis_name(exhibit: BiasVariance, page: Page) -> str:
    return page.text("bias-variance.figure.feature", feature=_short(exhibit.feature))


def _short(name: str) -> str:
    return literal(short_names([name], LONGEST_NAME)[0])


def _draw_error(exhibit: BiasVariance, page: Page, figure: Picture, box: Box) -> None:
    """Draw the parts of the error and their sum, with what was measured and the least."""
    theme, text = page.theme, page.text
    most = np.max(exhibit.measured + WHISKERS * exhibit.measured_error)
    top = 1.03 * max(float(exhibit.total.max()), float(most))
    names = {name: text(f"bias-variance.figure.{name}") for name in PARTS}
    chart = StrengthChart(
        page,
        figure,
        box,
        exhibit.lambdas,
        (0.0, top),
        "chart-error",
        names=(
            text("bias-variance.figure.strength.axis"),
            text("bias-variance.figure.error", target=_short(exhibit.target)),
        ),
        ends=list(names.values()),
    )
    noise = exhibit.noise**2
    chart.rule(y=noise, gid="noise", color=theme.muted, dashes=(1.0, 2.0), width=1.2)
    drawn = {
        "bias": (exhibit.bias_squared, theme.l2, (6.0, 1.5, 1.0, 1.5)),
        "variance": (exhibit.variance, theme.loss, (5.0, 2.0)),
        "total": (exhibit.total, theme.ink, None),
    }
    for name, (values, color, dashes) in drawn.items():
        width = 1.8 if name == "total" else 1.4
        # At 0 the sum has the first measured dot.
        size = 0.0 if name == "total" else AT_ZERO
        chart.over(
            values, gid=name, color=color, size=size, width=width, dashes=dashes, avoid=20.0
        )
    # Before the marks, one of which may stand at the end.
    ends = [
        (float(values[-1]), names[name], color) for name, (values, color, _) in drawn.items()
    ]
    chart.name_ends([*ends, (noise, names["noise"], theme.muted)])
    _draw_measured(exhibit, chart)
    at = np.array([chart.where[exhibit.best], exhibit.total[exhibit.best]])
    drop = np.array([at, [at[0], 0.0]])
    chart.polyline(drop, gid="drop", color=theme.l2, width=0.8, dashes=(2.0, 2.0), zorder=LINES)
    chart.marker(at, gid="least", marker="o", color=theme.background, fill=theme.l2, size=LEAST)
    chart.label(
        text("bias-variance.figure.best"),
        [at],
        color=theme.l2,
        bold=True,
        radius=LEAST / 2,
        # Below it, if the curve leaves no room above.
        directions=(90, 75, 105, 60, 120, -45, -135, -30, -150),
        gaps=(0.3, 0.6, 1.0, 1.5),
    )


#: what the ends of the curves are called
PARTS = ("bias", "variance", "noise", "total")


def _draw_measured(exhibit: BiasVariance, chart: StrengthChart) -> None:
    theme = chart.page.theme
    where = chart.where[exhibit.measured_at]
    reach = WHISKERS * exhibit.measured_error
    chart.whiskers(
        where,
        exhibit.measured - reach,
        exhibit.measured + reach,
        gid="measured-errors",
        color=theme.ink,
    )
    chart.scatter(
        where,
        exhibit.measured,
        gid="measured",
        color=theme.ink,
        fill=theme.background,
        size=MEASURED,
    )
