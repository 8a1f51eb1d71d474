"""What there is to see of feature selection: weights as bars and as paths, and errors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import chosen
from regviz.lessons.picture import (
    Driver,
    Label,
    Look,
    Mark,
    Panel,
    PanelKind,
    Picture,
    Readout,
    Said,
    Ticks,
    Weight,
    rounded,
)
from regviz.lessons.spread import spread

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.lessons.few_or_many import World

PENALTIES = ("l1", "l2")
WORLDS = ("few", "many")
#: rows of errors, from the top
ROWS = ("free", "l1", "l2")
#: of more paths than this, the thick ones are less so
FEW = 20
#: air beside what is drawn, in parts of it
AIR = 0.08
#: tenfolds that join names to the paths, and share of the upright axis for a name
JOINT, NAME = 0.2, 0.097
#: errors are seen this many standard errors above the least, this many below it, and at least
#: over this part of all that was measured
ABOVE, BELOW, LEAST_SEEN = 1.4, 0.25, 0.004
#: tenfolds that are seen left of the strengths that are swept, and right of the last error
WEAKER, BEYOND, ENDLESS = 0.7, 0.5, 1.0
#: so many errors make a curve
MOST_TRIED = 100


def say(key: str, **values: float | str) -> Said:
    """Return a sentence of this lesson."""
    return Said(f"feature-selection.{key}", values)


def picture(exhibit: FeatureSelection) -> Picture:
    """Describe the weights of both penalties as bars and paths, and what tells which to use."""
    marks: list[Mark] = []
    labels: list[Label] = []
    for name in PENALTIES:
        marks += [*_bars(exhibit, name), *_paths(exhibit, name), *_held_out(exhibit, name)]
        labels += _held_out_names(exhibit, name)
        labels.append(
            Label(f"now-{name}", say("name.lam"), (1.0, 0.97, 0.03, 0.0), exhibit.lambdas,
                  ("lam",), still=True)
        )  # fmt: skip
        labels += [
            Label(f"grid-{name}-{rank}", say("name.number", at=at), (1.0, 0.98))
            for rank, at in enumerate(rounded(*_range(exhibit)))
        ]
    for side, world in zip(WORLDS, exhibit.worlds, strict=True):
        marks += _world(side, world)
        labels += [
            Label(
                f"error-{side}-{row}",
                say(f"name.error.{row}", error=round(world.error[row], 2)),
            )
            for row in ROWS
        ]
    folds = np.arange(1.0, exhibit.n_folds + 1.0)
    whole = np.column_stack([folds, np.ones_like(folds)])
    marks += [
        Mark("rows", "rows", "bar", "muted", whole, look="faint"),
        Mark("held", "rows", "bar", "ink", whole[:, None], ("fold",)),
    ]
    labels.append(Label("held", say("name.held")))
    zeros = {name: exhibit.n_zeros[name].astype(float) for name in PENALTIES}
    count = say(f"readout.{_whole(exhibit, exhibit.rows)}", n=len(exhibit.features))
    return Picture(
        panels=(*_panels(exhibit),),
        marks=tuple(mark for mark in marks if mark.points is None or mark.points.size),
        labels=tuple(label for label in labels if _has_mark(label, marks)),
        drivers=(
            Driver("lam", exhibit.lambdas, exhibit.at),
            Driver("fold", folds, 0, told=True),
        ),
        readouts=(
            Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, ("lam",)),
            *(
                Readout(f"zeros-{panel}-{name}", count, name, zeros[name], ("lam",),
                        f"{panel}-{name}")
                for panel in ("bars", "paths")
                for name in PENALTIES
            ),
        ),
        says=("l1", "l2", "lam", "drawn", "choice-l1", "choice-l2"),
        free=tuple(mark.name for mark in marks if mark.panel.startswith(("bars-", "paths-"))),
    )  # fmt: skip


def _has_mark(label: Label, marks: Sequence[Mark]) -> bool:
    return any(m.name == label.of and m.points is not None and m.points.size for m in marks)


def _whole(exhibit: FeatureSelection, shown: Sequence[int]) -> str:
    return "all" if len(shown) == len(exhibit.features) else "some"


def _shown(exhibit: FeatureSelection) -> str:
    """Say whether all features are named, all drawn, or neither."""
    if len(exhibit.drawn) < len(exhibit.features):
        return "some"
    return "named" if len(exhibit.rows) < len(exhibit.features) else "all"


# ---- panels


def _panels(exhibit: FeatureSelection) -> list[Panel]:
    left, right = np.log10(exhibit.lambdas[[0, -1]]).tolist()
    weights = _range(exhibit)
    names = short_names([exhibit.features[feature] for feature in exhibit.rows])
    rows = {float(place): literal(name) for place, name in _placed(names)}
    names_at = left - JOINT
    n_rows, n = len(names), len(exhibit.features)
    tenfolds = powers(left, right)
    told = {
        "n": n, "drawn": len(exhibit.drawn), "named": n_rows, "gone": exhibit.gone_from,
        "residual": float(f"{exhibit.certificate['kkt_residual']:.1e}"),
    }  # fmt: skip
    panels = []
    for name in PENALTIES:
        zeros = int(exhibit.n_zeros[name][exhibit.at])
        joined = {
            float(at): literal(each)
            for at, each in zip(joints(exhibit, name)[1::3, 1], names, strict=True)
        }
        values = told | {"zeros": zeros, "kept": n - zeros}
        panels += [
            _panel(f"bars-{name}", "bars", (*weights, 0.5, n_rows + 0.5), ({}, rows), name,
                   values),
            _panel(f"paths-{name}", "chart", (names_at, right, *weights),
                   (tenfolds, joined), name, values, cross=(names_at, weights[0]),
                   summary=f"summary.{_shown(exhibit)}"),
            _held_out_panel(exhibit, name, values),
        ]  # fmt: skip
    for side, world in zip(WORLDS, exhibit.worlds, strict=True):
        values = {
            "n": len(world.weights), "matter": world.n_matter,
            "weight": float(f"{world.weights[0]:.2g}"),
            "total": float(f"{np.square(world.weights).sum():.3g}"),
        }  # fmt: skip
        highest = max(float(each.weights.max()) for each in exhibit.worlds)
        longest = max(max(each.error.values()) for each in exhibit.worlds)
        panels += [
            _panel(f"world-{side}", "chart",
                   (0.0, len(world.weights) + 1.0, 0.0, 1.1 * highest), ({}, {}), "ink",
                   values),
            _panel(f"errors-{side}", "bars", (0.0, 2.3 * longest, 0.5, 3.5), ({}, {}), "ink",
                   values),
        ]  # fmt: skip
    folds = {float(at): f"${at}$" for at in range(1, exhibit.n_folds + 1)}
    panels.append(
        _panel("rows", "chart", (0.4, exhibit.n_folds + 0.6, 0.0, 1.6), (folds, {}), "ink",
               {"n": exhibit.n_rows, "folds": exhibit.n_folds}, cross=(0.4, 0.0))
    )  # fmt: skip
    return panels


def _panel(
    name: str,
    kind: PanelKind,
    limits: tuple[float, float, float, float],
    ticks: tuple[Ticks, Ticks],
    role: str,
    values: dict[str, float],
    *,
    cross: tuple[float, float] = (0.0, 0.0),
    summary: str = "",
) -> Panel:
    """Return a panel; of those of the still, a figure says more around them."""
    what, _, of = name.partition("-")
    is_still = what == "paths"
    title = of if of in PENALTIES else name
    written = [f"{line}.{of}" if is_still else "nothing" for line in ("heading", "foot")]
    return Panel(
        name=name,
        kind=kind,
        limits=np.array(limits),
        axes=(say(f"axis.{what}.x"), say(f"axis.{what}.y", **values)),
        ticks=ticks,
        cross=cross,
        title=say(f"title.{title}", **values),
        heading=say(written[0], **values),
        summary=say(summary if is_still else "nothing", **values),
        foot=say(written[1], **values),
        role=role,
    )


def _range(exhibit: FeatureSelection) -> tuple[float, float]:
    """Return limits for the weights, the same under both penalties."""
    both = np.concatenate(list(exhibit.paths.values()))[:, exhibit.drawn]
    low, high = min(0.0, float(both.min())), max(0.0, float(both.max()))
    return low - AIR * (high - low), high + AIR * (high - low)


def _placed(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return rows from the top down."""
    return list(zip(range(len(names), 0, -1), names, strict=True))


def powers(left: float, right: float, most: int = 5) -> Ticks:
    """Return the powers of ten between two logarithms, at most so many, the last among them."""
    within = range(math.ceil(left), math.floor(right) + 1)
    every = max(1, math.ceil(len(within) / most))
    return {float(at): f"${chosen(10.0**at)}$" for at in within[::-every]}


# ---- the weights


def _bars(exhibit: FeatureSelection, name: str) -> list[Mark]:
    """Return bars from 0 to the weights, with their tips; what is exactly 0 has a ring."""
    panel, by = f"bars-{name}", ("lam",)
    weights = exhibit.weights[name][:, exhibit.rows]
    places = np.broadcast_to(np.arange(len(exhibit.rows), 0.0, -1.0), weights.shape)
    ends = np.stack([weights, places], axis=-1)
    tips, rings = _told_apart(ends, weights)
    return [
        Mark(name, panel, "bar", name, ends, by, look="faint"),
        Mark(f"tips-{name}", panel, "point", name, tips, by),
        Mark(f"rings-{name}", panel, "point", name, rings, by, look="hollow"),
    ]


def _told_apart(points: Array, weights: Array) -> tuple[Array, Array]:
    """Return the points where weights are not 0, and where they are, the others NaN."""
    gone = (weights == 0.0)[..., None]
    return np.where(gone, np.nan, points), np.where(gone, points, np.nan)


def _paths(exhibit: FeatureSelection, name: str) -> list[Mark]:
    """Return a path for each drawn feature, and where lambda and the weights are now."""
    panel, by = f"paths-{name}", ("lam",)
    x = np.log10(exhibit.grid)
    thick: Weight = "strong" if len(exhibit.drawn) <= FEW else "plain"
    marks = [
        Mark(
            f"path-{name}-{rank}", panel, "line",
            name if name == "l2" or feature in exhibit.survivors else "muted",
            np.column_stack([x, exhibit.paths[name][:, feature]]),
            weight=thick if feature in exhibit.survivors else "fine",
        )
        for rank, feature in enumerate(exhibit.drawn)
    ]  # fmt: skip
    now = np.log10(exhibit.lambdas)
    levels = [
        Mark(f"grid-{name}-{rank}", panel, "rule", "muted",
             np.array([[x[0], at], [x[-1], at]]), weight="fine",
             look="faint" if at else "solid")
        for rank, at in enumerate(rounded(*_range(exhibit)))
    ]  # fmt: skip
    weights = exhibit.weights[name][:, exhibit.rows]
    dots = np.stack([np.broadcast_to(now[:, None], weights.shape), weights], axis=-1)
    filled, rings = _told_apart(dots, weights)
    return [
        *levels,
        Mark(f"joints-{name}", panel, "line", "ink", joints(exhibit, name), weight="fine",
             look="faint"),
        *reversed(marks),
        Mark(f"now-{name}", panel, "rule", "ink", _uprights(now, *_range(exhibit)), by,
             weight="fine"),
        Mark(f"dots-{name}", panel, "point", name, filled, by),
        Mark(f"holes-{name}", panel, "point", name, rings, by, look="hollow"),
    ]  # fmt: skip


def _uprights(x: Array, low: float, high: float) -> Array:
    ends = np.empty((len(x), 2, 2))
    ends[..., 0], ends[:, 0, 1], ends[:, 1, 1] = x[:, None], low, high
    return ends


def joints(exhibit: FeatureSelection, name: str) -> Array:
    """Return lines from where each path begins to where its name stands, at the axis.

    Rows are, for each name, the path's beginning, the name's place, and NaN.
    """
    left, (low, high) = math.log10(exhibit.grid[0]), _range(exhibit)
    starts = exhibit.paths[name][0, exhibit.rows]
    room = NAME * (high - low)
    places = spread(starts, np.full_like(starts, room), low, high)
    lines = np.full((len(starts), 3, 2), np.nan)
    lines[:, 0] = np.column_stack([np.full_like(starts, left), starts])
    lines[:, 1] = np.column_stack([np.full_like(starts, left - JOINT), places])
    joined: Array = lines.reshape(-1, 2)
    return joined


# ---- two worlds


def _world(side: str, world: World) -> list[Mark]:
    """Return true weights as upright bars, rings where they are 0, and errors as level bars."""
    ends = np.column_stack([np.arange(1.0, len(world.weights) + 1.0), world.weights])
    bars, rings = _told_apart(ends, world.weights)
    best = min(PENALTIES, key=world.error.__getitem__)
    marks = [Mark(f"weights-{side}", f"world-{side}", "bar", "ink", bars)]
    if world.n_matter < len(world.weights):
        marks.append(
            Mark(f"none-{side}", f"world-{side}", "point", "muted", rings,
                 weight="fine", look="hollow")
        )  # fmt: skip
    for place, row in enumerate(ROWS):
        look: Look = "solid" if row == best else "faint"
        marks.append(
            Mark(f"error-{side}-{row}", f"errors-{side}", "bar",
                 "muted" if row == "free" else row,
                 np.array([[world.error[row], 3.0 - place]]), look=look)
        )  # fmt: skip
    return marks


# ---- the error on rows held out


def _held_out_panel(exhibit: FeatureSelection, name: str, values: dict[str, float]) -> Panel:
    low, high = _errors_seen(exhibit)
    left, right = _strengths_seen(exhibit, high)
    return _panel(
        f"choose-{name}", "chart", (left, right, low, high),
        (powers(left, right), rounded(low, high)), name, values, cross=(left, low),
    )  # fmt: skip


def _errors_seen(exhibit: FeatureSelection) -> tuple[float, float]:
    """Return the range of errors about the least: what is far from it has lost already."""
    low = min(error for _, error in exhibit.least.values())
    every = max(float(errors.max()) for errors in exhibit.errors.values()) - low
    step = max(max(exhibit.tolerated.values()) - low, LEAST_SEEN * every)
    return low - BELOW * step, low + ABOVE * step


def _strengths_seen(exhibit: FeatureSelection, top: float) -> tuple[float, float]:
    """Return the logarithms of the strengths where any error can be seen."""
    first, swept = np.log10([exhibit.grid[0], 2.0 * exhibit.lambda_max])
    last = max(
        float(tried[errors <= top].max(initial=exhibit.grid[0]))
        for tried, errors in zip(exhibit.tried.values(), exhibit.errors.values(), strict=True)
    )
    endless = any(lam == math.inf for lam, _ in exhibit.chosen.values())
    seen = min(math.log10(last), swept + ENDLESS) if endless else math.log10(last)
    return float(first - WEAKER), float(seen + BEYOND)


def sees(exhibit: FeatureSelection, lam: float) -> bool:
    """Say whether a strength is among those whose errors are seen; it may be 0 or infinite."""
    left, right = _strengths_seen(exhibit, _errors_seen(exhibit)[1])
    return 0.0 < lam < math.inf and left <= math.log10(lam) <= right


def _held_out(exhibit: FeatureSelection, name: str) -> list[Mark]:
    """Return the error, its least with one standard error, and what the rule chooses."""
    panel, tolerated = f"choose-{name}", exhibit.tolerated[name]
    left, right = _strengths_seen(exhibit, _errors_seen(exhibit)[1])
    bottom = _errors_seen(exhibit)[0]
    marks = [
        Mark(f"level-{name}", panel, "rule", "muted",
             np.array([[left, tolerated], [right, tolerated]]), weight="fine"),
        Mark(f"held-{name}", panel, "line", name, _curve(exhibit, name, left, right),
             weight="strong"),
    ]  # fmt: skip
    least, error = exhibit.least[name]
    if sees(exhibit, least):
        x = math.log10(least)
        bar = np.array([[x, error], [x, tolerated]])
        marks += [
            Mark(f"se-{name}", panel, "rule", name, bar),
            Mark(f"least-{name}", panel, "point", name, bar[:1], look="hollow"),
        ]
    rule, error = exhibit.chosen[name]
    if sees(exhibit, rule):
        x = math.log10(rule)
        drop = np.array([[x, bottom], [x, error]])
        marks += [
            Mark(f"drop-{name}", panel, "rule", "ink", drop, weight="fine"),
            Mark(f"rule-{name}", panel, "point", name, drop[1:]),
        ]
    return marks


def _curve(exhibit: FeatureSelection, name: str, left: float, right: float) -> Array:
    """Return the errors that are seen, enough of them, those that are marked among them."""
    tried, errors = exhibit.tried[name], exhibit.errors[name]
    logs = np.log10(tried)
    first, last = np.searchsorted(logs, [left, right])
    within = np.arange(max(first - 1, 0), min(last + 1, len(tried)))
    marked = np.isin(tried, [exhibit.least[name][0], exhibit.chosen[name][0]])
    kept = np.unique([*within[:: 1 + len(within) // MOST_TRIED], *np.flatnonzero(marked)])
    curve: Array = np.column_stack([logs, errors])[kept].round(5)
    return curve


def _held_out_names(exhibit: FeatureSelection, name: str) -> list[Label]:
    named = [Label(f"level-{name}", say("name.level"), (0.0, 0.1, 0.9, 1.0, 0.5))]
    # One place for both marks needs one name.
    if exhibit.least[name][0] != exhibit.chosen[name][0]:
        named.append(Label(f"rule-{name}", say("name.rule")))
    return [*named, Label(f"least-{name}", say("name.least"))]
