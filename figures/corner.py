"""The corner: two planes with one loss, the diamond on the left and the circle on the right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regviz.figures.canvas import Page, Panel, Picture
from regviz.figures.plane import ARROWS, PATHS, Plane
from regviz.lessons.markup import literal
from regviz.lessons.names import LONGEST, short_names
from regviz.lessons.numbers import shown

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner, Side

#: an optimum's marker has the shape of its region
MARKERS = {"l1": "D", "l2": "o"}
#: sizes of markers, in body type sizes
OPTIMUM, UNREGULARIZED, START = 0.62, 0.72, 0.5
#: letters of an axis's name; where one finds no place, fewer may
NAMES_CUT_TO = (LONGEST, 10, 6)
#: part of the view that is added at each edge, for the names of the axes
EDGE = 0.03
#: what the place of a label may cost that can be done without
SPARED = 140.0


def draw(exhibit: Corner, page: Page) -> Picture:
    """Draw the exhibit: what is held back at a corner, and what at a tangent point.

    Each plane's artists are named `ball-`, `level-`, `path-`, `path-free-`, `optimum-`,
    `unregularized-`, `start-`, `cone-` and `pull-`, each with `l1` or `l2`. There is no
    level, cone or pull where the region does not bind, and no cone where it is one point.
    `pull` and `cone` have the true directions from the optimum; their lengths are chosen.
    """
    figure = page.figure()
    figure.title = page.text("corner.figure.title")
    figure.description = " ".join(
        said for name in ("l1", "l2") for said in _said(exhibit, name, page)
    )
    for name, panel in zip(("l1", "l2"), page.panels(2), strict=True):
        _write(exhibit, name, page, figure, panel)
        plane = Plane(page, figure, panel.plane, _seen(exhibit), f"plane-{name}")
        _draw_side(exhibit, name, plane)
    return figure


def _said(exhibit: Corner, name: str, page: Page) -> tuple[str, str, str]:
    """Return what is said above and below a plane: heading, weights, price and certificate."""
    side, decimals = exhibit.side(name), _decimals(exhibit)
    zeros = {
        (False, False): "none",
        (True, False): "first",
        (False, True): "second",
        (True, True): "both",
    }[side.weights[0] == 0.0, side.weights[1] == 0.0]
    first, second = (shown(float(weight), decimals) for weight in side.weights)
    return (
        page.text(f"corner.figure.heading.{name}.{side.case}"),
        page.text(f"corner.figure.weights.{zeros}", first=first, second=second),
        page.text(
            "corner.figure.foot",
            lam=_price(exhibit, side),
            budget=_budget(exhibit, side),
            residual=shown(side.kkt_residual),
        ),
    )


def _decimals(exhibit: Corner) -> int:
    """Return the digits that tell numbers apart: two, unless some are tiny or huge."""
    left, right, _, _ = exhibit.limits
    budgets = [side.budget for side in (exhibit.l1, exhibit.l2) if side.budget > 0.0]
    magnitude = math.floor(math.log10(right - left))
    smallest = math.floor(math.log10(min(budgets, default=1.0)))
    return max(0, 2 - min(0, magnitude, smallest + 1) - max(0, magnitude - 1))


def _price(exhibit: Corner, side: Side) -> str:
    # What was chosen is shown as it is used; what was computed from it is rounded.
    return f"{side.lam:.4g}" if exhibit.sweep.driver == "lam" else shown(side.lam, 3)


def _budget(exhibit: Corner, side: Side) -> str:
    given = exhibit.sweep.driver == "budget"
    return f"{side.budget:.4g}" if given else shown(side.budget, _decimals(exhibit))


def _seen(exhibit: Corner) -> tuple[float, float, float, float]:
    """Return the exhibit's view, with room for the axes' names at its edges."""
    left, right, bottom, top = exhibit.view
    edge = EDGE * max(right - left, top - bottom)
    return left - edge, right + edge, bottom - edge, top + edge


def _write(exhibit: Corner, name: str, page: Page, figure: Picture, panel: Panel) -> None:
    heading, weights, foot = _said(exhibit, name, page)
    theme = page.theme
    page.write(figure, panel.heading, heading, getattr(theme, name), bold=True)
    page.write(figure, panel.summary, weights, theme.ink)
    page.write(figure, panel.foot, foot, theme.muted)


def _draw_side(exhibit: Corner, name: str, plane: Plane) -> None:
    _draw_ground(exhibit, name, plane)
    _draw_paths(exhibit, name, plane)
    _draw_reason(exhibit.side(name), name, plane)
    _draw_points(exhibit, name, plane)
    _name_things(exhibit, name, plane)


def _draw_ground(exhibit: Corner, name: str, plane: Plane) -> None:
    """Draw the region, the loss's contours and the one through the optimum."""
    side, theme = exhibit.side(name), plane.page.theme
    plane.region(
        side.budget * side.unit_ball,
        gid=f"ball-{name}",
        fill=theme.region,
        edge=getattr(theme, name),
    )
    through = exhibit.sweep.level_radii[name][exhibit.sweep.at]
    for index, radius in enumerate(exhibit.level_radii):
        if abs(radius - through) < 0.25 * exhibit.level_radii[0]:
            continue  # beside the one through the optimum it would look like a shadow
        plane.polyline(
            exhibit.center + radius * exhibit.unit_level,
            gid=f"contour-{index + 1}-{name}",
            color=theme.loss,
            width=0.35,
            avoid=0.3,
            alpha=0.55,
        )
    if side.level is not None:
        plane.polyline(side.level, gid=f"level-{name}", color=theme.loss, width=1.2, avoid=9.0)


def _draw_paths(exhibit: Corner, name: str, plane: Plane) -> None:
    """Draw descent without a penalty, dashed, and the descent that the region holds."""
    side, theme = exhibit.side(name), plane.page.theme
    plane.arrow(
        exhibit.free_path,
        gid=f"path-free-{name}",
        color=theme.muted,
        width=0.8,
        dashes=(4.0, 2.5),
        head_at=_along(exhibit.free_path, 0.6),
    )
    plane.arrow(
        side.path,
        gid=f"path-{name}",
        color=theme.path,
        width=1.3,
        head_at=_along(side.path, 0.6),
        zorder=PATHS + 0.5,
    )


def _along(path: Array, part: float) -> int:
    """Return the vertex of a path that is nearest to `part` of its length."""
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    return int(np.argmin(np.abs(lengths - part * lengths[-1])))


def _draw_reason(side: Side, name: str, plane: Plane) -> None:
    """Draw the directions that the region holds back, and the loss's pull among them."""
    if side.case == "free":
        return
    color = getattr(plane.page.theme, name)
    if 1 <= len(side.cone) <= 2:
        plane.cone(side.weights, side.cone, radius=plane.reach, gid=f"cone-{name}", color=color)
    plane.arrow(
        np.array([side.weights, side.weights + _pull(side, plane)]),
        gid=f"pull-{name}",
        color=color,
        width=1.2,
        avoid=12.0,
        zorder=ARROWS,
    )


def _pull(side: Side, plane: Plane) -> Array:
    """Return minus the gradient at a length that can be seen."""
    return 0.8 * plane.reach * side.pull / np.linalg.norm(side.pull)


def _draw_points(exhibit: Corner, name: str, plane: Plane) -> None:
    theme = plane.page.theme
    plane.point(
        exhibit.start,
        gid=f"start-{name}",
        marker="s",
        color=theme.path,
        fill=theme.background,
        size=START,
    )
    plane.point(
        exhibit.center,
        gid=f"unregularized-{name}",
        marker="X",
        color=theme.background,
        fill=theme.loss,
        size=UNREGULARIZED,
    )
    plane.point(
        exhibit.side(name).weights,
        gid=f"optimum-{name}",
        marker=MARKERS[name],
        color=theme.background,
        fill=getattr(theme, name),
        size=OPTIMUM,
    )


def _name_things(exhibit: Corner, name: str, plane: Plane) -> None:
    """Label what is drawn, what matters most first: what comes last may find no room."""
    side, text, theme = exhibit.side(name), plane.page.text, plane.page.theme
    color = getattr(theme, name)
    plane.name_axes(*_axis_names(exhibit))
    plane.label(
        text("corner.figure.unregularized"),
        [exhibit.center],
        color=theme.loss,
        radius=UNREGULARIZED / 2,
    )
    plane.label(
        text(f"corner.figure.optimum.{name}"),
        [side.weights],
        color=color,
        bold=True,
        radius=OPTIMUM / 2,
    )
    plane.label(text("corner.figure.start"), [exhibit.start], color=theme.ink, radius=START / 2)
    if side.case != "free":
        if 1 <= len(side.cone) <= 2:
            ends = side.weights + plane.reach * side.cone
            plane.label(
                text(f"corner.figure.cone.{len(side.cone)}"),
                list(ends),
                color=color,
                dearest=2.0 * SPARED,
            )
        middle, tip = (side.weights + part * _pull(side, plane) for part in (0.6, 1.0))
        plane.label(text("corner.figure.pull"), [tip, middle], color=color, dearest=SPARED)
    plane.label(
        text(f"corner.figure.ball.{name}", budget=_budget(exhibit, side)),
        list(side.budget * side.unit_ball[::15]),
        color=color,
        dearest=SPARED,
    )
    if side.level is not None:
        plane.label(
            text("corner.figure.level"),
            list(side.level[::15]),
            size="note",
            color=theme.loss,
            gaps=(0.2, 0.5),
            dearest=SPARED,
        )
    plane.name_ticks()


def _axis_names(exhibit: Corner) -> tuple[list[str], list[str]]:
    """Return what each axis may be called, the longest first."""
    weights = ("$w_1$", "$w_2$")
    called: tuple[list[str], list[str]] = ([], [])
    for longest in NAMES_CUT_TO if exhibit.features else ():
        for at, name in enumerate(short_names(exhibit.features or (), longest)):
            called[at].append(f"{weights[at]} ({literal(name)})")
    return [*called[0], weights[0]], [*called[1], weights[1]]
