"""What there is to see of the surfaces: one space, and a floor under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import space
from regviz.lessons.lines import there
from regviz.lessons.loss_surface_claims import claims, say
from regviz.lessons.picture import Driver, Formula, Label, Mark, Panel, Picture, Readout, Term
from regviz.lessons.region_lines import CURVE_POINTS

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.loss_surface import LossSurface

#: half the floor's side, height of the surfaces above it, and how far it lies below them
HALF, HIGH, DEEP = 2.0, 2.3, 0.9
#: half the width that is seen, by whether it is turned, and air below
WIDE, TURNED, AIR = 2.2, 0.55, 0.15
#: where they are seen from: at rest, from above, and from the side by the weight of the cut
REST, ABOVE, SIDES = (-62, 26), (-90, 90), ((-90, 0), (0, 0))
TURNS, TILTS = np.arange(-150.0, 61.0), np.arange(0.0, 91.0)
#: what is added to the loss
PRICES = {"l1": r"+ \lambda (|w_1| + |w_2|)", "l2": r"+ \lambda (w_1^2 + w_2^2)"}
LAM = ("lam",)
#: where L1 bends the sum
CREASES = ("crease-1", "crease-2")


def picture(exhibit: LossSurface) -> Picture:
    """Describe the surfaces, their floor, and the cut."""
    name, side = exhibit.penalty, exhibit.side
    told = claims(exhibit, {"lam": side.at})
    said = {what: say(f"{what}.space") for what in ("title", "heading", "summary")}
    panel = Panel(
        name="space",
        kind="space",
        limits=_limits(),
        by=("tilt",),
        axes=(say("axis.x"), say("axis.y")),
        ticks=({}, {}),
        cross=(0.0, 0.0),
        title=said["title"],
        heading=said["heading"],
        summary=told["low"],
        foot=told["foot"],
        turned=("turn", "tilt"),
    )
    terms = (Term("L(w)", "loss", "bowl"), Term(PRICES[name], name, "price"))
    return Picture(
        panels=(panel,),
        marks=tuple(_marks(exhibit)),
        labels=(
            say.label("axis-1", 1.0),
            say.label("axis-2", 1.0),
            Label("base", say("name.base"), (1.0,), exhibit.along.astype(float) + 1.0, LAM),
            say.label("cut-loss", 0.9, 0.1, 0.8, 0.2),
            say.label("cut", 0.1, 0.9, 0.2, 0.8),
            say.label("center-floor", 0.0),
            say.label("low-floor", 0.0, bold=True),
        ),
        drivers=(
            Driver("lam", side.lams, rest=side.at),
            Driver("turn", TURNS, rest=parts.nearest(TURNS, REST[0])),
            Driver("tilt", TILTS, rest=parts.nearest(TILTS, REST[1])),
        ),
        readouts=(
            Readout("strength", r"$\lambda =$", "ink", side.lams, LAM),
            *(
                Readout(f"w{i + 1}", f"$w_{i + 1} =$", name, side.optima[:, i], LAM)
                for i in range(2)
            ),
        ),
        formulas=(Formula("f-loss", terms[:1]), Formula("f-price", terms[1:]),
                  Formula("f-sum", terms)),
        says=("low", "cut", "strength"),
        free=("floor", "axis-1", "axis-2", "ball", "edge", "rings", "level", "center-floor",
              "low-floor", "sum", *CREASES, "cut", "drop", "low"),
        knobs={"lam": np.empty(0), "penalty": np.empty(0), "rho": np.arange(-40, 41) / 50.0,
               "center": np.arange(-50, 51) / 10.0},
        presets={
            "above": dict(zip(("turn", "tilt"), ABOVE, strict=True)),
            "side": dict(zip(("turn", "tilt"), SIDES[exhibit.along[side.at]], strict=True)),
            **{f"with-{other}": {"penalty": other} for other in PRICES if other != name},
        },
    )  # fmt: skip


def _limits() -> Array:
    """Return what is seen at each tilt: from above no more than the floor."""
    up, level = np.sin(np.radians(TILTS)), np.cos(np.radians(TILTS))
    wide = WIDE + TURNED * level
    floor = wide * up
    return np.stack([-wide, wide, -(DEEP * level + floor + AIR), HIGH * level + floor], axis=1)


def _marks(exhibit: LossSurface) -> Iterator[Mark]:
    """Yield the marks, those on the floor first."""
    side, name, loss = exhibit.side, exhibit.penalty, exhibit.loss
    lams, x, y = side.lams, exhibit.x, exhibit.y
    corners = np.array([(0, 0), (-1, 0), (-1, -1), (0, -1), (0, 0)])
    n_ball = 5 if name == "l1" else CURVE_POINTS
    ball = _low(exhibit, side.penalty.ball(side.budgets, n_ball))
    rings = _within(exhibit, exhibit.rings)
    level = rm.level_set(loss, side.optima, CURVE_POINTS)
    level = _within(exhibit, there(level, lams[:, None] > 0.0))
    center, optima = loss.center[None], side.optima[:, None]
    cut, lowest = exhibit.cut, exhibit.total(side.optima, lams)
    fine: dict[str, Any] = {"weight": "fine"}

    def mark(what: str, kind: parts.MarkKind, role: str, at: Array, **how: Any) -> Mark:
        return Mark(what, "space", kind, role, at, LAM if at.ndim == 3 else (), **how)

    def low(what: str, kind: parts.MarkKind, role: str, weights: Array, **how: Any) -> Mark:
        return mark(what, kind, role, _low(exhibit, weights), **how)

    def line(what: str, role: str, weights: Array, values: Array, **how: Any) -> Mark:
        return mark(what, "line", role, _seen(exhibit, weights, values), **how)

    def surface(what: str, role: str, values: Array) -> Mark:
        flat = _placed(exhibit, np.stack([x, y], axis=1), 0.0)
        heights = _height(exhibit, values)
        return mark(what, "surface", role, space.surface(flat[:, 0], flat[:, 1], heights, HIGH))

    yield low("floor", "line", "muted", np.stack([x, y])[[0, 1], corners], **fine)
    yield mark("ball", "area", "region", ball)
    yield low("axis-1", "rule", "muted", np.array([(x[0], 0.0), (x[-1], 0.0)]), **fine)
    yield low("axis-2", "rule", "muted", np.array([(0.0, y[0]), (0.0, y[-1])]), **fine)
    yield low("rings", "line", "loss", rings, **fine)
    yield mark("edge", "line", name, ball)
    yield low("level", "line", "loss", level)
    yield low("center-floor", "point", "loss", center)
    yield low("low-floor", "point", name, optima)
    yield surface("bowl", "loss", exhibit.bowl)
    yield surface("price", name, lams[:, None, None] * exhibit.price)
    yield surface("sum", "ink", exhibit.sums)
    for what, at in zip(CREASES, _creases(exhibit), strict=True):
        yield line(what, name, at, exhibit.total(at, lams[:, None]), **fine)
    yield line("rings-bowl", "loss", rings, loss.value(rings))
    yield line("cut-loss", "loss", cut, loss.value(cut))
    total = exhibit.total(cut, lams[:, None])
    yield line("cut", "ink", cut, total, weight="strong")
    for what, at in (("base", _base(exhibit)), ("stem", _stem(exhibit))):
        yield mark(what, "rule", "muted", at, **fine)
    yield mark("drop-center", "rule", "loss", _drop(exhibit, loss.center, np.zeros(())), **fine)
    yield mark("drop", "rule", name, _drop(exhibit, side.optima, lowest), **fine)
    yield mark("center", "point", "loss", _placed(exhibit, center, 0.0))
    yield mark("low", "point", name,
               _placed(exhibit, optima, _height(exhibit, lowest)[:, None]))  # fmt: skip


# ---- from weights and values to places in space


def _placed(exhibit: LossSurface, weights: Array, height: Array | float) -> Array:
    """Return places `(..., 3)` of weights `(..., 2)`, at heights that broadcast."""
    x, y = exhibit.x, exhibit.y
    middle = np.array([x[0] + x[-1], y[0] + y[-1]]) / 2.0
    flat = (weights - middle) * (2.0 * HALF / (x[-1] - x[0]))
    heights = np.broadcast_to(height, flat.shape[:-1])
    return np.concatenate([flat, heights[..., None]], axis=-1)


def _height(exhibit: LossSurface, values: Array) -> Array:
    return values * (HIGH / exhibit.top)


def _low(exhibit: LossSurface, weights: Array) -> Array:
    """Return places on the floor."""
    return _placed(exhibit, weights, -DEEP)


def _seen(exhibit: LossSurface, weights: Array, values: Array) -> Array:
    """Return places at their values, but for those above where the surfaces are cut."""
    places = _placed(exhibit, weights, _height(exhibit, values))
    return there(places, np.less_equal(values, exhibit.top))


def _within(exhibit: LossSurface, points: Array) -> Array:
    """Return a line with breaks where it leaves the floor."""
    x, y = exhibit.x, exhibit.y
    low, high = np.array([x[0], y[0]]), np.array([x[-1], y[-1]])
    return there(points, np.all((points >= low) & (points <= high), axis=-1))


def _drop(exhibit: LossSurface, weights: Array, values: Array) -> Array:
    """Return lines `(..., 2, 3)` from lowest points to the floor."""
    high = _placed(exhibit, weights, _height(exhibit, values))
    return np.stack([high, _low(exhibit, weights)], axis=-2)


def _creases(exhibit: LossSurface) -> list[Array]:
    """Return the weights of lines through 0 along each, where the L1 penalty bends."""
    x, y = exhibit.x, exhibit.y
    lines = [np.stack([x, 0.0 * x], axis=1), np.stack([0.0 * y, y], axis=1)]
    bends = (exhibit.side.lams > 0.0) & (exhibit.penalty == "l1")
    return [there(each, np.tile(bends[:, None], len(each))) for each in lines]


def _base(exhibit: LossSurface) -> Array:
    """Return the line of value 0 under the cut."""
    return _placed(exhibit, exhibit.cut[:, [0, -1]], 0.0)


def _stem(exhibit: LossSurface) -> Array:
    """Return the line above 0 of the cut's weight, as its upright axis."""
    is_along = np.arange(2) == exhibit.along[:, None]
    foot = np.where(is_along, 0.0, exhibit.side.optima)
    return np.stack([_placed(exhibit, foot, height) for height in (0.0, HIGH)], axis=1)
