"""The update steps: the pulls on a number line, the weight step by step, and a look at 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Lines, Page, Picture
from regviz.figures.chart import Chart
from regviz.figures.number_line import LIFT, NumberLine
from regviz.figures.plane import PATHS, Plane
from regviz.figures.update_steps_layout import Layout, PullRow, Titled, layout
from regviz.lessons.numbers import chosen, shown

if TYPE_CHECKING:
    from regviz.lessons.update_steps import Track, UpdateSteps

#: sizes of markers, in body type sizes
ITERATE, LANDING, END = 0.3, 0.62, 0.5
#: iterates of more steps than this are not marked
MOST_MARKED = 30
#: what the place of a label may cost that can be done without
SPARED = 110.0


def draw(exhibit: UpdateSteps, page: Page) -> Picture:
    """Draw the exhibit: what each update subtracts, and where that leads.

    Arrows are named `pull-<penalty>-<step>` and `pull-loss-<penalty>-<step>`, with `l1` or
    `l2`; their tails are iterates, and their tips are as far as the exhibit's pulls, times
    its `stretch`. Iterates against steps are `path-sign`, `path-proximal` and `path-l2`, in
    the look at 0 `near-sign` and `near-proximal` over `band`, with `landing` where the
    proximal step is first exactly 0; there is no such look where L1 does not hold the weight
    at 0. In the plane they are `plane-path-sign`, `plane-path-proximal` and `plane-path-l2`.
    """
    figure = page.figure()
    figure.title = page.text("update-steps.figure.title")
    said = [*_said_of_paths(exhibit, page), *_said_near(exhibit, page)]
    figure.description = ". ".join(sentence.rstrip(",") for sentence, _ in said) + "."
    places = layout(page, near=exhibit.close is not None)
    for name, row in zip(("l1", "l2"), places.pulls, strict=True):
        _draw_pulls(exhibit, name, page, figure, row)
    _draw_paths(exhibit, page, figure, places)
    if places.near is not None:
        _draw_near(exhibit, page, figure, places.near)
    if places.plane is not None:
        _draw_plane(exhibit, page, figure, places.plane)
    return figure


def _track(exhibit: UpdateSteps, name: str) -> Track:
    """Return the track of the source's formula for a penalty."""
    return {"l1": exhibit.sign, "l2": exhibit.l2}[name]


def _write_heading(
    figure: Picture, page: Page, lines: tuple[Lines, Lines], said: list[tuple[str, str]]
) -> None:
    for place, (sentence, role) in zip(lines, said, strict=False):
        page.write(figure, place, sentence, getattr(page.theme, role), bold=True)


# -- the pulls on the number line -----------------------------------------------------------


def _draw_pulls(
    exhibit: UpdateSteps, name: str, page: Page, figure: Picture, row: PullRow
) -> None:
    """Draw one update's formula and, at some of its iterates, what its terms subtract."""
    _write_formula(name, page, figure, row.formula)
    theme, text = page.theme, page.text
    kind = name if exhibit.lam[name] else "none"
    size = text(
        f"update-steps.label.size.{kind}",
        lam=chosen(exhibit.lam["l1"]),
        eta=chosen(_eta(exhibit)),
        pull=f"{exhibit.lam['l1'] * _eta(exhibit):.3g}",
    )
    page.write(figure, row.size, f"{name.upper()}: {size}", theme.ink)
    track, line = (
        _track(exhibit, name),
        NumberLine(page, figure, row.line, exhibit.line, f"line-{name}", numbered=row.numbered),
    )
    steps = list(exhibit.probes[name])
    line.drop(track.weights[steps], gid=f"drop-{name}", color=theme.muted)
    for step in steps:
        weight = float(track.weights[step])
        for pull, gid, role, above in (
            (track.penalty_pull, f"pull-{name}", name, True),
            (track.loss_pull, f"pull-loss-{name}", "loss", False),
        ):
            line.arrow_from(
                weight,
                exhibit.stretch * float(pull[step]),
                gid=f"{gid}-{step}",
                color=getattr(theme, role),
                above=above,
            )
        line.point(
            (weight, 0.0),
            gid=f"iterate-{name}-{step}",
            marker="o",
            color=theme.ink,
            size=ITERATE,
        )
    _name_rows(line, name, row)
    if exhibit.stretch != 1.0 and row.numbered:
        scale = text("update-steps.label.stretched", times=f"{exhibit.stretch:g}")
        page.write(figure, row.scale, scale, theme.muted)


def _eta(exhibit: UpdateSteps) -> float:
    eta = exhibit.parameters["step_size"]
    assert isinstance(eta, float)
    return eta


def _write_formula(name: str, page: Page, figure: Picture, lines: Lines) -> None:
    """Write an update term by term, each in the colour of its arrows."""
    theme, box = page.theme, lines.box
    terms = (("old", theme.ink), ("loss", theme.loss), (name, getattr(theme, name)))
    labels = [
        figure.text(
            0.0,
            (box.bottom + box.height) / page.shape.height,
            page.text(f"update-steps.formula.{term}"),
            fontproperties=page.font(lines.size),
            color=color,
            va="top",
        )
        for term, color in terms
    ]
    space = 0.4 * page.shape.body / 72.0
    while True:
        widths = [label.get_window_extent().width / figure.dpi for label in labels]
        if sum(widths) + space * (len(labels) - 1) <= box.width:
            break
        for label in labels:
            label.set_fontsize(0.97 * label.get_fontsize())
    left = box.left
    for label, width in zip(labels, widths, strict=True):
        label.set_x(left / page.shape.width)
        # Terms of different heights share a baseline.
        label.set_va("baseline")
        label.set_y((box.bottom + 0.3 * box.height) / page.shape.height)
        left += width + space


def _name_rows(line: NumberLine, name: str, row: PullRow) -> None:
    """Say at the right of the line whose pull each row of arrows is."""
    page = line.page
    for key, role, lift in ((name, name, LIFT), ("loss", "loss", -LIFT)):
        sentence = page.text(f"update-steps.label.pull.{key}")
        height = line.pixels(np.array([0.0, lift]))[1] / line.axes.figure.dpi
        half = 0.5 * row.names.height
        box = type(row.names)(row.names.left, height - half, row.names.width, row.names.height)
        label = page.write(
            line.axes.figure,
            Lines(box, page.shape.note, 1),
            sentence,
            getattr(page.theme, role),
        )
        label.set_va("center")
        label.set_y(height / page.shape.height)


# -- the weight against the step ------------------------------------------------------------


def _said_of_paths(exhibit: UpdateSteps, page: Page) -> list[tuple[str, str]]:
    """Return what is said above the paths: of L1, then of L2."""
    steps = len(exhibit.sign.weights) - 1
    case = "starts" if exhibit.landing == 0 else exhibit.case
    first = page.text(
        f"update-steps.l1.{case}",
        step=exhibit.landing,
        steps=steps,
        limit=_limit(exhibit.proximal),
        slope=shown(exhibit.slope),
    )
    second = page.text(f"update-steps.l2.{exhibit.l2_case}", limit=_limit(exhibit.l2))
    return [(first, "l1"), (second, "ink" if exhibit.case == "free" else "l2")]


def _limit(track: Track) -> str:
    """Return where a track tends to; set as text, which has a bold cut, if it can be.

    The Korean font has no minus sign, so a negative number is mathematics.
    """
    written = shown(track.limit)
    return f"${written}$" if "\\" in written or "-" in written else written


def _draw_paths(exhibit: UpdateSteps, page: Page, figure: Picture, places: Layout) -> None:
    titled, theme = places.paths, page.theme
    _write_heading(figure, page, titled.heading, _said_of_paths(exhibit, page))
    left, right = exhibit.line
    n_steps = len(exhibit.sign.weights) - 1
    chart = Chart(
        page,
        figure,
        titled.drawing,
        (0.0, float(n_steps)),
        (left - 0.02 * (right - left), right + 0.02 * (right - left)),
        "chart-paths",
        names=(page.text("update-steps.label.step"), "$W$"),
    )
    if left < 0.0 < right:
        chart.rule(gid="paths-zero", color=theme.muted, y=0.0, dashes=(1.0, 0.0))
    steps = np.arange(n_steps + 1.0)
    for name, role, style in _STYLES:
        track = getattr(exhibit, name)
        line = chart.curve(
            steps, track.weights, gid=f"path-{name}", color=getattr(theme, role), **style
        )
        if n_steps <= MOST_MARKED and name in _ITERATES:
            line.set(marker=_ITERATES[name], markersize=0.28 * page.shape.body)
    for name, label, role in (("proximal", "L1", "l1"), ("l2", "L2", "l2")):
        weights = getattr(exhibit, name).weights
        anchors = list(np.column_stack([steps, weights])[1 : max(3, n_steps // 3)])
        chart.label(label, anchors, color=getattr(theme, role), bold=True)


#: of each rule: whose colour it has, and how its line is drawn
_STYLES = (
    ("sign", "path", {"width": 0.7, "zorder": PATHS}),
    ("proximal", "l1", {"width": 1.2, "zorder": PATHS + 0.2}),
    ("l2", "l2", {"width": 1.2, "zorder": PATHS + 0.1}),
)
#: markers of iterates against steps
_ITERATES = {"proximal": "D", "l2": "o"}


# -- the look at 0 --------------------------------------------------------------------------


def _said_near(exhibit: UpdateSteps, page: Page) -> list[tuple[str, str]]:
    if exhibit.close is None:
        return []
    return [
        (page.text(f"update-steps.near.{'sign' if exhibit.jumps else 'rests'}"), "ink"),
        (page.text("update-steps.near.proximal"), "l1"),
    ]


def _draw_near(exhibit: UpdateSteps, page: Page, figure: Picture, titled: Titled) -> None:
    """Draw the steps around 0: the sign step within its band, the proximal step on 0."""
    assert exhibit.close is not None
    assert exhibit.band is not None
    theme, text = page.theme, page.text
    first, last, bottom, top = exhibit.close
    _write_heading(figure, page, titled.heading, _said_near(exhibit, page))
    low, high = exhibit.band
    chart = Chart(
        page,
        figure,
        titled.drawing,
        (float(first), float(last)),
        (bottom, top),
        "chart-near",
        names=(text("update-steps.label.step"), "$W$"),
        x_ticks=_near_steps(exhibit),
        y_ticks={low: _bound(exhibit, low), 0.0: "$0$", high: _bound(exhibit, high)},
    )
    ends = np.array([first, last], dtype=float)
    chart.band(
        ends, np.full(2, low), np.full(2, high), gid="band", color=theme.path, alpha=0.16
    )
    for name, edge in (("low", low), ("high", high)):
        chart.rule(gid=f"band-{name}", color=theme.path, y=edge, width=0.7)
    chart.rule(gid="zero", color=theme.muted, y=0.0, dashes=(1.0, 0.0))
    chart.rule(gid="landing-step", color=theme.muted, x=float(exhibit.landing or 0))
    _draw_tracks(exhibit, chart)
    _name_near(exhibit, chart)


def _near_steps(exhibit: UpdateSteps) -> list[float]:
    """Return the steps to number: the landing, and round ones clear of it."""
    assert exhibit.close is not None
    assert exhibit.landing is not None
    first, last, *_ = exhibit.close
    tens = range(10 * -(-first // 10), last + 1, 10)
    return [float(exhibit.landing), *(float(ten) for ten in tens if ten > exhibit.landing + 3)]


def _bound(exhibit: UpdateSteps, edge: float) -> str:
    """Return an edge of the band as a formula; the long one is on the center's side."""
    low, high = exhibit.band or (0.0, 0.0)
    sign = "+" if abs(edge) >= max(-low, high) else "-"
    minus = "-" if edge < 0.0 else ""
    return rf"${minus}\eta(\lambda {sign} g)$"


def _draw_tracks(exhibit: UpdateSteps, chart: Chart) -> None:
    theme = chart.page.theme
    steps = np.arange(len(exhibit.sign.weights), dtype=float)
    marks = {"markersize": 0.42 * chart.page.shape.body}
    sign = chart.curve(
        steps, exhibit.sign.weights, gid="near-sign", color=theme.ink, width=0.7, zorder=PATHS
    )
    sign.set(marker="o", markerfacecolor=theme.background, **marks)
    proximal = chart.curve(
        steps,
        exhibit.proximal.weights,
        gid="near-proximal",
        color=theme.l1,
        width=1.4,
        zorder=PATHS + 0.5,
    )
    proximal.set(marker="D", **marks)


def _name_near(exhibit: UpdateSteps, chart: Chart) -> None:
    assert exhibit.landing is not None
    assert exhibit.band is not None
    theme, text = chart.page.theme, chart.page.text
    landing, (low, high) = float(exhibit.landing), exhibit.band
    chart.marker(
        (landing, 0.0),
        gid="landing",
        marker="D",
        color=theme.background,
        fill=theme.l1,
        size=LANDING,
    )
    middle = 0.5 * (chart.x[0] + chart.x[1])
    for key, edge, direction in (("band", high, 90), ("slope", low, -90)):
        chart.label(
            text(f"update-steps.label.{key}", slope=shown(exhibit.slope)),
            [(middle + shift * (chart.x[1] - chart.x[0]), edge) for shift in (0.0, 0.1, 0.2)],
            color=theme.path,
            size="note",
            directions=(direction,),
            gaps=(0.25, 0.5),
        )
    steps = np.arange(len(exhibit.sign.weights), dtype=float)
    chart.label(
        text("update-steps.label.sign"),
        chart.seen(steps, exhibit.sign.weights)[-12:],
        color=theme.ink,
        size="note",
        directions=(90, 60, 120, -90, -60, -120),
        dearest=SPARED / 4,
    )


# -- two weights ----------------------------------------------------------------------------


def _said_of_plane(exhibit: UpdateSteps, page: Page) -> list[tuple[str, str]]:
    return [
        (page.text(f"update-steps.zeros.{exhibit.zeros[name]}", name=name.upper()), name)
        for name in ("l1", "l2")
    ]


def _draw_plane(exhibit: UpdateSteps, page: Page, figure: Picture, titled: Titled) -> None:
    theme = page.theme
    _write_heading(figure, page, titled.heading, _said_of_plane(exhibit, page))
    plane = Plane(page, figure, titled.drawing, exhibit.plane_limits, "plane")
    for index, radius in enumerate(exhibit.plane_radii):
        plane.polyline(
            exhibit.plane_center + radius * exhibit.plane_level,
            gid=f"contour-{index + 1}",
            color=theme.loss,
            width=0.35,
            avoid=0.3,
            alpha=0.55,
        )
    for name, role, style in _STYLES:
        track = getattr(exhibit, name)
        plane.polyline(
            track.plane, gid=f"plane-path-{name}", color=getattr(theme, role), **style
        )
    plane.point(
        exhibit.plane_center,
        gid="unregularized",
        marker="X",
        color=theme.background,
        fill=theme.loss,
        size=LANDING,
    )
    plane.point(
        exhibit.sign.plane[0],
        gid="plane-start",
        marker="s",
        color=theme.path,
        fill=theme.background,
        size=END,
    )
    plane.name_axes(["$W_1$"], ["$W_2$"])
    for name, track, marker in (("l1", exhibit.proximal, "D"), ("l2", exhibit.l2, "o")):
        color = getattr(theme, name)
        plane.point(
            track.plane[-1],
            gid=f"end-{name}",
            marker=marker,
            color=theme.background,
            fill=color,
            size=END,
        )
    for name, track in (("l1", exhibit.proximal), ("l2", exhibit.l2)):
        plane.label(
            name.upper(),
            [track.plane[-1], track.plane[len(track.plane) // 8]],
            color=getattr(theme, name),
            bold=True,
            radius=END / 2,
        )
    if exhibit.zeros["l1"] != "none":
        # Where the jumps lead furthest from the proximal step's way.
        away = np.abs(exhibit.sign.plane - exhibit.proximal.plane).max(axis=1)
        plane.label(
            page.text("update-steps.label.sign"),
            list(exhibit.sign.plane[np.argsort(-away)[:6]]),
            color=theme.path,
            size="note",
            dearest=SPARED,
        )
    plane.label(
        page.text("update-steps.label.free"),
        [exhibit.plane_center],
        color=theme.loss,
        size="note",
        radius=LANDING / 2,
        dearest=SPARED,
    )
