"""What there is to see of cross-validation: who is held out, each fold's errors, their mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.cross_validation_told import chosen, known, say
from regviz.lessons.lines import band, below, capped, filled, over, there, up_to
from regviz.lessons.picture import Driver, Mark, Panel, Picture
from regviz.lessons.sides import tenfolds

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

#: room left and right of all, in tenfolds
BESIDE = 0.45
#: numbers of kept weights, how near two may stand, in parts of how far apart they are on the
#: mean, and how far under the top they stand
COUNTS, NARROWEST, ROW = 7, 0.55, 0.05
BOTH, LAM, SPLIT = ("lam", "split"), ("lam",), ("split",)


def picture(exhibit: CrossValidated) -> Picture:
    """Describe who is held out, and the errors of the folds with their mean."""
    marks = (*_rows(exhibit.errors.shape[1]), *_errors(exhibit))
    # The uppermost that is seen has room above.
    high = exhibit.errors[0, :, 0]
    top = int(np.where(high <= exhibit.seen[1], high, -np.inf).argmax())
    hidden = ("first", "first-now", "so-far", "bar")
    return Picture(
        panels=tuple(_panels(exhibit)),
        marks=marks,
        labels=(
            say.label("first", 0.2, 0.4, 0.6, 0.8),
            say.label(f"fold-{top + 1}", 0.2, 0.3, 0.1, 0.4, name="fold"),
            say.label("so-far", 0.3, 0.2, 0.4, name="mean"),
            say.label("band", 0.95, 0.9, 0.85, 0.1),
            say.label("level", 0.98, 0.95, 0.9, 0.85, 0.1, 0.2),
            say.label("least", 0.0, bold=True),
            say.label("rule", 0.0, bold=True),
        ),
        drivers=(
            Driver("lam", exhibit.lambdas, rests(exhibit), places=exhibit.where.round(3)),
            Driver("split", np.arange(1.0, len(exhibit.found) + 1.0), 0),
            Driver("fold", np.arange(1.0, exhibit.errors.shape[1] + 1.0), 0, told=True),
        ),
        says=("verdict", "error", "choice", "again", "foot-rows"),
        free=tuple(m.name for m in marks if m.panel == "errors" and m.name not in hidden),
        knobs={},
        presets={"free": {"lam": 0.0}, "other": _other(exhibit)},
    )


def rests(exhibit: CrossValidated) -> int:
    """Return where lambda rests: at what the rule chooses, if it chooses anything."""
    both = exhibit.chosen["rule"][0], exhibit.chosen["least"][0]
    return next((at for at in both if at is not None), len(exhibit.lambdas) // 2)


def _other(exhibit: CrossValidated) -> dict[str, float]:
    """Return the split whose least mean error is farthest from that of the first."""
    places = np.nan_to_num(exhibit.places("least")[:, 0], nan=exhibit.where[-1])
    split = int(np.argmax(np.abs(places - places[0])))
    at = int(np.argmin(np.abs(exhibit.where - places[split])))
    return {"split": split + 1.0, "lam": float(exhibit.lambdas[at])}


def _panels(exhibit: CrossValidated) -> Iterator[Panel]:
    told, n_folds, (bottom, cut, top) = known(exhibit), exhibit.errors.shape[1], exhibit.seen
    fits = {n_folds + 1.0 - k: f"${k}$" for k in range(1, n_folds + 1)}
    none, weakest, strongest = exhibit.where[[0, 1, -1]].tolist()
    across, ends = {none: "$0$", **tenfolds(weakest, strongest)}, (0.4, n_folds + 0.6)

    def panel(name: str, window: Any, *ticks: parts.Ticks, **more: Any) -> Panel:
        made = say.chart(name, np.array(window), (ticks[0], ticks[1]),
                         say("foot", **told), cross=(window[0], window[2]))  # fmt: skip
        return replace(made, title=say(f"title.{name}", **told), **more)

    yield panel("rows", (*ends, *ends), parts.numbered(*range(1, n_folds + 1)), fits)
    yield panel("errors", (*sides(exhibit), bottom, top), across, parts.rounded(bottom, cut),
                gap=(weakest + none) / 2.0, summary=chosen(exhibit, 0),
                heading=say("heading.errors", **told))  # fmt: skip


def sides(exhibit: CrossValidated) -> tuple[float, float]:
    """Return where the window of the errors begins and ends."""
    first, last = exhibit.where[[0, -1]].tolist()
    return first - BESIDE, last + BESIDE / 2.0


def _rows(n_folds: int) -> Iterator[Mark]:
    """Yield the parts that each fit sees and the one held out, up to the fit of `fold`."""
    part, fit = (at.ravel() + 1.0 for at in np.indices((n_folds, n_folds)))
    cells, told = over(part, n_folds + 1.0 - fit), fit <= np.arange(1.0, n_folds + 1.0)[:, None]
    seen, out = (there(cells, told & those) for those in (part != fit, part == fit))
    yield Mark("fitted", "rows", "cells", "muted", seen, ("fold",), look="faint")
    yield Mark("out", "rows", "cells", "test", out, ("fold",))


def _errors(exhibit: CrossValidated) -> Iterator[Mark]:
    """Yield each fold's errors, their mean with its standard error, and what is chosen."""
    x, own, (bottom, cut, top) = exhibit.where, exhibit.penalty, exhibit.seen
    mean, spread, folds = exhibit.mean, exhibit.spread, np.moveaxis(exhibit.errors, 1, 0)

    def mark(name: str, kind: parts.MarkKind, points: Any, by: tuple[str, ...] = (),
             role: str = own, **looks: Any) -> Mark:  # fmt: skip
        return Mark(name, "errors", kind, role, points, by, **looks)

    fine: dict[str, Any] = {"weight": "fine"}
    # Where nothing of it is seen, it ends: its name stands along what is.
    low, high = filled(capped(over(x, mean - spread), cut)), np.minimum(mean + spread, cut)
    edges = np.maximum(low[..., 1], bottom), np.maximum(high, bottom)
    yield mark("band", "band", band(low[..., 0], *edges), SPLIT)
    for k, errors in enumerate(folds, start=1):
        curve = capped(over(x, errors), cut)
        yield mark(f"fold-{k}", "line", curve, SPLIT, "test", look="faint", **fine)
    first, average = (capped(over(x, each), cut) for each in (folds[0, 0], mean))
    yield mark("first", "line", up_to(first), LAM, "test")
    yield mark("so-far", "line", up_to(average[0]), LAM, weight="strong")
    yield mark("mean", "line", average, SPLIT, weight="strong")
    least, rule = exhibit.places("least"), exhibit.places("rule")
    at = [place or 0 for place in exhibit.chosen["least"]]
    high = least[:, 1] + spread[np.arange(len(at)), at]
    level = there(over(sides(exhibit), high[:, None]), ~np.isnan(high)[:, None])
    yield mark("level", "rule", level, SPLIT, "muted", **fine)
    bar = over(least[:, :1], np.stack([least[:, 1], high], axis=1))
    yield mark("se", "rule", bar, SPLIT)
    for name, place in (("drop-least", least), ("drop-rule", rule)):
        ends = there(over(place[:, :1], [bottom, cut]), ~np.isnan(place[:, :1]))
        yield mark(name, "rule", ends, SPLIT, "muted", **fine)
    yield mark("leasts", "point", up_to(least), SPLIT, look="hollow", **fine)
    yield mark("rules", "point", up_to(rule), SPLIT, **fine)
    yield mark("least", "point", least[:, None], SPLIT, look="hollow")
    yield mark("rule", "point", rule[:, None], SPLIT)
    ends = np.clip(np.stack([mean[0] - spread[0], mean[0] + spread[0]], axis=1), None, cut)
    yield mark("now", "rule", over(x[:, None], [bottom, cut]), LAM, "muted", **fine)
    yield mark("bar", "rule", over(x[:, None], ends), LAM)
    yield mark("first-now", "point", below(over(x, folds[0, 0]), cut)[:, None], LAM, "test")
    dots = over(x[:, None, None], exhibit.errors.transpose(2, 0, 1))
    yield mark("dots", "point", below(dots, cut), BOTH, "test", **fine)
    spot = below(over(x[:, None], mean.T), cut)[:, :, None]
    yield mark("error", "point", spot, BOTH, "ink", grip="lam")
    if own == "l1":
        places = _counted(exhibit)
        texts = tuple(say(f"name.{'count' if at else 'kept'}", count=float(exhibit.kept[at]))
                      for at in places)  # fmt: skip
        row = over(x[places], top - ROW * (top - bottom))
        yield mark("kept", "text", row, (), "muted", texts=texts)


def _counted(exhibit: CrossValidated) -> list[int]:
    """Return the positions of lambda at which kept weights are counted.

    They are 0, what the first split chooses, and others about evenly apart beside these.
    """
    x = exhibit.where
    even, pitch = np.linspace(x[1], x[-1], COUNTS, retstep=True)
    others = np.abs(x[:, None] - even).argmin(axis=0).tolist()
    places = [0]
    for at in (exhibit.chosen["rule"][0], exhibit.chosen["least"][0], *others):
        if at is not None and np.abs(x[places] - x[at]).min() > NARROWEST * pitch:
            places.append(at)
    return sorted(places)
