"""What there is to see of the race: the ways in both planes, and the gaps against steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lines import joined, over, squared, there, up_to
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Readout
from regviz.lessons.story import Voice
from regviz.lessons.two_weights import loss_knobs, plane
from regviz.lessons.walks import walked, walked_by_axes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.optimizer_race import OptimizerRace

say = Voice("optimizer-race")
#: steps of the race; what is left of a gap that counts as the finish, and that is still drawn
N_STEPS, FINISH, FLOOR = 40, 1e-6, 1e-8
#: who runs in each heat, by penalty, and the role of each
HEATS = {
    "l2": ("gradient", "momentum", "coordinate"),
    "l1": ("subgradient", "ista", "fista", "coordinate"),
}
ROLES = {"gradient": "path", "subgradient": "path"}
RUNNERS = tuple(f"{heat}-{name}" for heat, names in HEATS.items() for name in names)
#: methods of which a known rate is drawn
PROMISED = ("l2-gradient", "l1-ista", "l1-fista")
#: tenfolds from the least that is drawn to above the start, and where what is less stands
LOW, HIGH, BELOW = -8.0, 0.4, -9.0
#: air around the plane
AIR = 0.14
#: where ways and gaps are named along them
WAY_SPOTS, MANY_SPOTS = (0.3, 0.2, 0.4, 0.5), (0.75, 0.6, 0.5, 0.85, 0.4, 0.3, 0.2)
GAP_SPOTS = {"l1-subgradient": (0.97, 0.9, 0.8), "l2-coordinate": (0.4, 0.3, 0.5, 0.2, 0.6)}
STEPS = np.arange(N_STEPS + 1)


def picture(exhibit: OptimizerRace) -> Picture:
    """Describe a plane and a chart for each heat, through whose steps all methods walk."""
    steps = STEPS.astype(float)
    shapes = {} if exhibit.features else {
        "round": {"rho": 0.0, "lam": 0.1}, "narrow": {"rho": 0.88, "lam": 0.05},
    }  # fmt: skip
    return Picture(
        panels=tuple(
            panel for heat in HEATS for panel in (_plane(exhibit, heat), _chart(exhibit, heat))
        ),
        marks=tuple(mark for heat in HEATS for mark in _marks(exhibit, heat)),
        labels=(
            *(say.label(f"goal-{heat}", 0.0, name="goal", bold=True) for heat in HEATS),
            *(say.label(f"start-{heat}", 0.0, name="start") for heat in HEATS),
            *(say.label(f"finish-{heat}", 0.98, 0.9, 0.8, 0.02, name="finish")
              for heat in HEATS),
            # Ways lie on each other: the first has a name, the others have theirs in the chart.
            *(say.label(f"way-{heat}-{names[0]}", *WAY_SPOTS, name=names[0])
              for heat, names in HEATS.items()),
            *(say.label(f"gap-{name}", *GAP_SPOTS.get(name, MANY_SPOTS), name=name[3:])
              for name in RUNNERS),
            *(say.label(f"bound-{name}", 0.9, 0.7, 0.5, 1.0, name=f"bound.{name[3:]}")
              for name in PROMISED),
        ),
        drivers=(Driver("step", steps, rest=N_STEPS // 2),),
        readouts=(Readout("step", say("readout.step"), "ink", steps, ("step",)),),
        says=tuple(f"gap-{name}" for name in RUNNERS),
        knobs=loss_knobs(exhibit.features) | {
            "lam": np.arange(1, 101) / 50.0, "start": np.arange(-50, 51) / 10.0,
            "beta": np.arange(20) / 20.0,
        },
        free=tuple(mark.name for heat in HEATS for mark in _marks(exhibit, heat)
                   if not mark.name.startswith("bound")),
        presets={**shapes, "heavy": {"beta": 0.8}},
    )  # fmt: skip


def window(exhibit: OptimizerRace) -> tuple[float, float, float, float]:
    """Return what both planes show: all ways, and 0."""
    return squared(np.vstack([*exhibit.ways.values(), np.zeros((1, 2))]), AIR)


def level(left: Array) -> Array:
    """Return where shares of a gap stand on the logarithmic axis; below it if too small."""
    found: Array = np.full(np.shape(left), BELOW)
    np.log10(left, out=found, where=~(np.asarray(left) <= FLOOR))
    return found


def _plane(exhibit: OptimizerRace, heat: str) -> Panel:
    start = exhibit.points["start"]
    # The number where coordinate descent crosses the axis first would be struck.
    points = np.array([start, *exhibit.optima.values(), start * [0.0, 1.0]])
    return plane(
        say, heat, window(exhibit), points, (), exhibit.features, role=heat,
        title=say(f"title.{heat}"), heading=say(f"heading.{heat}"),
        summary=say(f"summary.{heat}"), foot=_foot(exhibit),
    )  # fmt: skip


def _chart(exhibit: OptimizerRace, heat: str) -> Panel:
    powers = {float(power): f"$10^{{{power}}}$" for power in range(-8, 0, 2)} | {0.0: "$1$"}
    limits = np.array([0.0, N_STEPS, LOW, HIGH])
    return parts.chart(
        "optimizer-race", f"gaps-{heat}", limits, (parts.rounded(0.0, N_STEPS), powers),
        _foot(exhibit), cross=(0.0, LOW),
    )  # fmt: skip


def _foot(exhibit: OptimizerRace) -> parts.Said:
    return say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)


def _marks(exhibit: OptimizerRace, heat: str) -> Iterator[Mark]:
    """Yield the marks of a heat, from below to above."""

    def mark(
        name: str, panel: str, kind: parts.MarkKind, role: str, points: Array, **how: Any
    ) -> Mark:
        return Mark(f"{name}-{heat}", panel, kind, role, points, **how)

    chart, fine = f"gaps-{heat}", dict[str, Any](weight="fine")
    yield mark("contours", heat, "line", "regularized", joined(exhibit.contours[heat]), **fine,
               look="faint")  # fmt: skip
    yield mark("finish", chart, "line", "muted",
               over([0.0, N_STEPS], float(np.log10(FINISH))), **fine)  # fmt: skip
    for name in PROMISED:
        if name.startswith(heat):
            bound = exhibit.bounds[name]
            promise = there(over(STEPS, level(bound)), np.isfinite(bound))
            role = ROLES.get(name[3:], name[3:])
            yield Mark(f"bound-{name}", chart, "line", role, promise, **fine, look="faint")
    yield mark("goal", heat, "point", heat, exhibit.optima[heat][None], weight="strong")
    for method in HEATS[heat]:
        name, role = f"{heat}-{method}", ROLES.get(method, method)
        walk = walked_by_axes if method == "coordinate" else walked
        yield from walk(f"way-{name}", heat, role, exhibit.ways[name])
        left = exhibit.gaps[name]
        line, by = over(STEPS, level(left)), ("step",)
        dots = there(line, left > FLOOR)[:, None]
        yield Mark(f"gap-{name}", chart, "line", role, up_to(line), by)
        yield Mark(f"gap-{name}-now", chart, "point", role, dots, by)
    yield mark("start", heat, "point", "path", exhibit.points["start"][None], look="hollow",
               grip="start")  # fmt: skip
