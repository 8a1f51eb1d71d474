"""What there is to see of cross-validation: who is held out, each fold's errors, their mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.cross_validation_said import claims, known, say
from regviz.lessons.lines import band, joined, over, there, up_to, with_air
from regviz.lessons.picture import Driver, Mark, Panel, Picture
from regviz.lessons.sides import tenfolds

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window
    from regviz.lessons.cross_validation import CrossValidated

#: tenfolds between no penalty and the weakest, and left and right of all
APART, BESIDE = 0.8, 0.35
#: from close by errors are seen so many standard errors below the least and above what is
#: tolerated; they are at least this part of all that was measured
BELOW, ABOVE, LEAST_SEEN = 2.0, 3.0, 0.004
#: numbers of kept weights, where they stand under the top, and where curves end below them
COUNTS, ROW, CUT = 8, 0.05, 0.1
#: places in the window have so many digits
DIGITS = 5
GONE = np.full((1, 2), np.nan)


class Seen(NamedTuple):
    """Where strengths stand, what the panels of errors show, where curves and counts end."""

    x: Array
    far: Window
    near: Window
    cut: float
    row: float


def seen(exhibit: CrossValidated) -> Seen:
    """Return what is seen of an exhibit."""
    weakest = float(np.log10(exhibit.lambdas[1]))
    x = np.append(weakest - APART, np.log10(exhibit.lambdas[1:]))
    sides = float(x[0]) - BESIDE, float(x[-1]) + BESIDE / 2.0
    low, high = with_air(exhibit.errors[0], 0.08)
    best = [each.least[1] for each in exhibit.found]
    bars = [each.tolerated - each.least[1] for each in exhibit.found]
    bar = max(float(np.median(bars)), LEAST_SEEN * (high - low))
    bottom = min(best) - BELOW * bar
    cut = max(each.tolerated for each in exhibit.found) + ABOVE * bar
    top = cut + CUT / (1.0 - CUT) * (cut - bottom)
    row = top - ROW * (top - bottom)
    low, high, bottom, top, cut, row = (
        float(f"{at:.{DIGITS}g}") for at in (low, high, bottom, top, cut, row)
    )
    return Seen(x, (*sides, low, high), (*sides, bottom, top), cut, row)


def picture(exhibit: CrossValidated) -> Picture:
    """Describe who is held out, each fold's errors, and their mean from closer by."""
    view, n_folds = seen(exhibit), exhibit.errors.shape[1]
    splits, folds = (np.arange(1.0, many + 1.0) for many in (len(exhibit.found), n_folds))
    marks = (*_rows(n_folds), *_far(exhibit, view), *_near(exhibit, view))
    near = [mark.name for mark in marks if mark.panel == "near"]
    return Picture(
        panels=_panels(exhibit, view),
        marks=marks,
        labels=(
            say.label("so-far", 0.0, 0.1, name="mean"),
            say.label("whole", 0.1, 0.2, 0.3, name="mean"),
            say.label("first", 0.2, 0.4, 0.6, 0.8),
            say.label("band", 0.05, 0.1, 0.2),
            say.label("level", 0.95, 0.9, 0.8, 0.7),
            say.label("least", bold=True),
            say.label("rule", bold=True),
        ),
        drivers=(
            Driver("lam", exhibit.lambdas, exhibit.at, places=view.x.round(3)),
            Driver("split", splits, 0),
            Driver("fold", folds, 0, told=True),
        ),
        says=("verdict", "average", "error", "rule", "again", "foot-rows"),
        free=tuple(name for name in near if name not in ("leasts", "rules", "means")),
        knobs={},
        presets=_presets(exhibit),
    )


def _presets(exhibit: CrossValidated) -> dict[str, dict[str, float]]:
    """Return no penalty, and the split whose choice by the rule is farthest from the first."""
    found: dict[str, dict[str, float]] = {"free": {"lam": 0.0}}
    first = exhibit.rule[0]
    rules = [first if at is None else at for at in exhibit.rule]
    if first is not None and len(set(rules)) > 1:
        other = int(np.argmax([abs(at - first) for at in rules]))  # type: ignore[operator]
        lam = float(exhibit.lambdas[rules[other]])  # type: ignore[index]
        found["other"] = {"split": other + 1.0, "lam": lam}
    return found


def _panels(exhibit: CrossValidated, view: Seen) -> tuple[Panel, ...]:
    told, n_folds = known(exhibit), exhibit.errors.shape[1]
    ends = 0.4, n_folds + 0.6
    folds = range(1, n_folds + 1)
    upright = {n_folds + 1.0 - k: f"${k}$" for k in folds}
    said, foot = claims(exhibit, {"lam": exhibit.at, "split": 0}), say("foot", **told)
    across = {float(view.x[0]): "$0$"} | tenfolds(*view.x[[1, -1]].tolist())

    def errors(name: str, window: Window, top: float) -> Panel:
        found = parts.chart(
            "cross-validation", name, np.array(window),
            (across, parts.rounded(window[2], top)), foot, cross=(window[0], window[2]),
        )  # fmt: skip
        more: dict[str, Any] = {
            "gap": float(view.x[0]) + APART / 2.0, "title": say(f"title.{name}", **told),
            "heading": say("heading.near", **told), "summary": said["rule"],
        }  # fmt: skip
        return replace(found, **more)

    return (
        replace(
            parts.chart("cross-validation", "rows", np.array([*ends, *ends]),
                        (parts.numbered(*folds), upright), foot, cross=(ends[0], ends[0])),
            title=say("title.rows", **told),
        ),
        errors("far", view.far, view.far[3]),
        errors("near", view.near, view.cut),
    )  # fmt: skip


def _rows(n_folds: int) -> Iterator[Mark]:
    """Yield the parts that each fit sees and the one held out, up to the fit of `fold`."""
    part, fit = (at.ravel() + 1.0 for at in np.indices((n_folds, n_folds)))
    cells, folds = over(part, n_folds + 1.0 - fit), np.arange(1.0, n_folds + 1.0)[:, None]
    is_out, is_told = part == fit, fit <= folds
    yield Mark("fitted", "rows", "cells", "muted", there(cells, is_told & ~is_out), ("fold",),
               look="faint")  # fmt: skip
    yield Mark("out", "rows", "cells", "test", there(cells, is_told & is_out), ("fold",))


def _far(exhibit: CrossValidated, view: Seen) -> Iterator[Mark]:
    """Yield the first split's errors of each fold, and their mean as lambda moves."""
    own, lam, errors = exhibit.penalty, ("lam",), over(view.x, exhibit.errors[0])
    mean, spread = exhibit.mean[0], exhibit.spread[0]
    for k, curve in enumerate(errors, start=1):
        yield Mark(f"part-{k}", "far", "line", "test", curve, weight="fine")
    yield Mark("first", "far", "line", "test", up_to(errors[0]), lam)
    yield Mark("first-now", "far", "point", "test", errors[0][:, None], lam)
    average = over(view.x, mean)
    yield Mark("so-far", "far", "line", own, up_to(average), lam, weight="strong")
    yield Mark("whole", "far", "line", own, average, weight="strong")
    ends = np.stack([mean - spread, mean + spread], axis=1)
    yield Mark("bar", "far", "rule", own, over(view.x[:, None], ends), lam)
    yield Mark("dots", "far", "point", "test", np.moveaxis(errors, 0, 1), lam)
    yield Mark("average", "far", "point", own, average[:, None], lam, grip="lam")


def _near(exhibit: CrossValidated, view: Seen) -> Iterator[Mark]:
    """Yield the mean with its standard error and both choices, in any split."""
    own, both, split = exhibit.penalty, ("lam", "split"), ("split",)
    cut, x, (left, right, bottom, _) = view.cut, view.x, view.near
    mean, spread = exhibit.mean, exhibit.spread

    edges = (np.clip(mean + way * spread, bottom, cut) for way in (-1.0, 1.0))
    yield Mark("band", "near", "band", own, band(x, *edges), split)
    for k in range(exhibit.errors.shape[1]):
        curve = _capped(over(x, exhibit.errors[:, k]), cut)
        yield Mark(f"fold-{k + 1}", "near", "line", "test", curve, split, weight="fine",
                   look="faint")  # fmt: skip
    curves = _capped(over(x, mean), cut)
    yield Mark("means", "near", "line", own, _so_far(curves), split, weight="fine",
               look="faint")  # fmt: skip
    yield Mark("mean", "near", "line", own, curves, split, weight="strong")
    for name in ("least", "rule"):
        look: Any = "hollow" if name == "least" else "solid"
        at = _chosen(exhibit, view, name)
        yield Mark(f"{name}s", "near", "point", own, _trail(at), split, weight="fine",
                   look=look)  # fmt: skip
        if name == "least":
            high = at[:, 1] + spread[np.arange(len(at)), [k or 0 for k in exhibit.least]]
            level = there(over([left, right], high[:, None]), ~np.isnan(high)[:, None])
            yield Mark("level", "near", "rule", "muted", level, split, weight="fine")
            yield Mark("se", "near", "rule", own, over(at[:, :1], np.stack([at[:, 1], high], axis=1)), split)
        else:
            drop = over(at[:, :1], np.stack([np.full(len(at), bottom), at[:, 1]], axis=1))
            drop = there(drop, ~np.isnan(at[:, :1]))
            yield Mark("drop", "near", "rule", "ink", drop, split, weight="fine")
        yield Mark(name, "near", "point", own, at[:, None], split, look=look)
    now = over(x[:, None], [bottom, cut])
    yield Mark("now", "near", "rule", "muted", now, ("lam",), weight="fine")
    dots = over(x[:, None, None], np.transpose(exhibit.errors, (2, 0, 1)))
    yield Mark("fold-dots", "near", "point", "test", _below(dots, cut), both, weight="fine")
    spot = _below(over(x[:, None], mean.T), cut)[:, :, None]
    yield Mark("error", "near", "point", "ink", spot, both, grip="lam")
    yield _counts(exhibit, view)


def _below(points: Array, cut: float) -> Array:
    return there(points, points[..., 1] <= cut)


def _capped(curves: Array, cut: float) -> Array:
    """Return curves as far as they are below a level, each with the point where it gets there."""
    start, end = curves[..., :-1, :], curves[..., 1:, :]
    leaves = (start[..., 1] <= cut) & (end[..., 1] > cut)
    rise = np.where(leaves, end[..., 1] - start[..., 1], 1.0)
    share = np.where(leaves, (cut - start[..., 1]) / rise, 0.0)[..., None]
    found = _below(curves, cut)
    tops = over((start + share * (end - start))[..., 0], cut)
    found[..., 1:, :] = np.where(leaves[..., None], tops, found[..., 1:, :])
    return found


def _chosen(exhibit: CrossValidated, view: Seen, name: str) -> Array:
    """Return by split where a choice stands, shape `(n_splits, 2)`."""
    places = getattr(exhibit, name)
    found = np.full((len(places), 2), np.nan)
    for split, at in enumerate(places):
        if at is not None:
            found[split] = view.x[at], exhibit.mean[split, at]
    return found


def _trail(at: Array) -> Array:
    """Return the points of all splits up to each."""
    return there(np.broadcast_to(at, (len(at), *at.shape)), np.tri(len(at), dtype=bool))


def _so_far(curves: Array) -> Array:
    """Return the curves of all splits before each, as one line with breaks."""
    many = len(curves)
    before = np.tri(many, k=-1, dtype=bool)[:, :, None]
    return joined(there(np.broadcast_to(curves, (many, *curves.shape)), before))


def counted_at(view: Seen) -> list[int]:
    """Return the positions of lambda by which kept weights are counted, about evenly apart."""
    wanted = np.linspace(view.x[1], view.x[-1], COUNTS - 1)
    return [0, *(int(np.abs(view.x - at).argmin()) for at in wanted)]


def _counts(exhibit: CrossValidated, view: Seen) -> Mark:
    """Return how many weights are kept, along the top, where some may be 0."""
    places = counted_at(view)
    texts = [
        say("name.kept" if place == 1 else "name.count", count=float(exhibit.kept[at]))
        for place, at in enumerate(places)
    ]
    points = over(view.x[places], view.row if exhibit.penalty == "l1" else np.nan)
    return Mark("kept", "near", "text", "muted", points, texts=tuple(texts))
