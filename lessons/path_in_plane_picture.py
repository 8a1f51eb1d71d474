"""What there is to see of the two ways: a plane, and the weights against lambda."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.lines import over, squared, there, with_air
from regviz.lessons.path_in_plane_claims import bends, claims, say
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Readout, rounded
from regviz.lessons.region_lines import CURVE_POINTS, rings
from regviz.lessons.two_weights import loss_knobs, plane

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.path_in_plane import PathInPlane

#: air around the ways in the plane, and above and below them in the chart
AIR, SPACE = 0.3, 0.12
LAM = ("lam",)
#: losses worth seeing
PRESETS: Any = {
    "straight": {"rho": 0.0, "curvature": (1.0, 1.0), "center": (1.5, 1.5)},
    "grows": {"rho": 0.8, "curvature": (1.0, 3.0), "center": (1.9, 0.4)},
    "sign": {"rho": 0.8, "curvature": (1.0, 3.0), "center": (1.9, -0.3)},
}
#: what is not there
GONE = np.full((1, 2), np.nan)


def picture(exhibit: PathInPlane) -> Picture:
    """Describe the ways, and the weights on them."""
    marks = (*_plane_marks(exhibit), *_chart_marks(exhibit))
    return Picture(
        panels=(_plane(exhibit), _chart(exhibit)),
        marks=marks,
        labels=(
            say.label("unregularized", 0.0),
            *(say.label(f"way-{name}", 0.3, 0.2, 0.4, 0.5, 0.15, 0.6, name=name)
              for name in exhibit.sides),
            *(say.label(f"ball-{name}", 0.1, 0.9, 0.15, 0.35, 0.65, name=f"ball.{name}")
              for name in exhibit.sides),
            say.label("bend", 0.0),
            *(say.label(f"w{i}-{name}", 0.15, 0.1, 0.25, 0.35, 0.5, name=f"w{i}.{name}")
              for name in exhibit.sides for i in (1, 2)),
        ),
        drivers=(Driver("lam", exhibit.lams, rest=exhibit.at),),
        readouts=(Readout("strength", r"$\lambda =$", "ink", exhibit.lams, LAM),),
        says=("now-l1", "now-l2", "bends", "strength"),
        free=tuple(mark.name for mark in marks if not mark.name.startswith("gone")),
        knobs=loss_knobs(exhibit.features),
        presets={} if exhibit.features else PRESETS,
    )  # fmt: skip


def window(exhibit: PathInPlane) -> tuple[float, float, float, float]:
    """Return a square around both ways and the origin."""
    return squared(np.vstack([*exhibit.ways.values(), np.zeros((1, 2))]), AIR)


def _plane(exhibit: PathInPlane) -> Panel:
    limits = window(exhibit)
    told = claims(exhibit, {"lam": exhibit.at})
    # Of the bend, too: its name has no room but there.
    points = np.array([exhibit.loss.center, exhibit.sides["l1"].weights, _bend(exhibit)])
    return plane(
        say,
        "plane",
        limits,
        points,
        (),
        exhibit.features,
        title=say("title.plane"),
        heading=say("heading.plane"),
        summary=told["now-l1"],
        foot=told["foot"],
    )


def _chart(exhibit: PathInPlane) -> Panel:
    end = exhibit.end
    low, high = with_air(np.vstack([*exhibit.ways.values()]).ravel(), SPACE)
    told = claims(exhibit, {"lam": exhibit.at})
    return parts.chart(
        "path-in-plane", "chart", np.array([0.0, end, low, high]),
        (rounded(0.0, end), rounded(low, high)), told["bends"],
    )  # fmt: skip


def _plane_marks(exhibit: PathInPlane) -> Iterator[Mark]:
    """Yield the marks of the plane, from below to above."""
    loss, fine = exhibit.loss, {"weight": "fine"}

    def mark(what: str, kind: parts.MarkKind, role: str, at: Array, **how: Any) -> Mark:
        return Mark(what, "plane", kind, role, at, LAM if at.ndim == 3 else (), **how)

    contours = rings(loss, loss.center[None])[0]
    yield mark("contours", "line", "loss", contours, **fine, look="faint")
    for name, side in exhibit.sides.items():
        n_points = 5 if name == "l1" else CURVE_POINTS
        ball = side.penalty.ball(side.budgets, n_points)
        # Of a region that has shrunk to a point there is nothing to name.
        ball = there(ball, (side.budgets > 0.0)[:, None])
        yield mark(f"ball-{name}", "line", name, ball, **fine)
    for name, way in exhibit.ways.items():
        yield mark(f"way-{name}", "line", name, way, weight="strong")
    for name, side in exhibit.sides.items():
        yield mark(f"gone-{name}", "line", name, _gone(exhibit, name), weight="strong")
        yield mark(f"now-{name}", "point", name, side.optima[:, None])
    bend = _bend(exhibit)[None] if bends(exhibit) else GONE
    yield mark("bend", "point", "l1", bend, look="hollow")
    yield mark("unregularized", "point", "loss", loss.center[None], grip="center")


def _bend(exhibit: PathInPlane) -> Array:
    """Return the L1 optimum at the strength from which one weight is 0."""
    found: Array = rm.penalized_optima(exhibit.loss, rm.L1(1.0), [exhibit.alone[0]])[0]
    return found


def _gone(exhibit: PathInPlane, name: str) -> Array:
    """Return the way up to each strength; what comes later stays where it is."""
    side, loss = exhibit.sides[name], exhibit.loss
    if name == "l1":
        passed = np.minimum([0.0, *exhibit.knots], side.lams[:, None])
        return rm.penalized_optima(loss, rm.L1(1.0), passed)
    share = np.arange(CURVE_POINTS) / (CURVE_POINTS - 1.0)
    return rm.penalized_optima(loss, rm.L2(1.0), side.lams[:, None] * share**2)


def _chart_marks(exhibit: PathInPlane) -> Iterator[Mark]:
    """Yield the weights against lambda, those of L1 with the knots as vertices."""
    end, (_, _, low, high) = exhibit.end, _chart(exhibit).limits.tolist()
    lams = {
        "l1": np.minimum([0.0, *exhibit.knots, end], end),
        "l2": end * np.arange(CURVE_POINTS) / (CURVE_POINTS - 1.0),
    }
    ends = over(exhibit.lams[:, None], [low, high])
    yield Mark("rule", "chart", "rule", "muted", ends, LAM, weight="fine")
    for name, side in exhibit.sides.items():
        weights = rm.penalized_optima(exhibit.loss, side.penalty, lams[name])
        for i in range(2):
            yield Mark(
                f"w{i + 1}-{name}", "chart", "line", name, over(lams[name], weights[:, i])
            )
    for name, side in exhibit.sides.items():
        dots = np.stack([np.repeat(exhibit.lams[:, None], 2, axis=1), side.optima], axis=-1)
        yield Mark(f"dots-{name}", "chart", "point", name, dots, LAM)
