"""What there is to see of the lasso's path: weights against four axes, and what holds them.

Lambda falls to the right, so that all axes begin with no weight and end without a penalty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lasso_path_claims import claims, names, say
from regviz.lessons.lines import joined, over, there, upright, with_air
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout, Ticks
from regviz.lessons.sides import tenfolds
from regviz.lessons.spread import spread

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.lasso_path import LassoPaths

LAM = ("lam",)
#: air above and below, and what joins lines to their names takes of a panel's width
AIR, JOINT = 0.06, 0.05
#: what a name takes of the height
NAME = 0.095
#: points of a path between two knots where it is no straight line
BENT = 8
#: how far around its absence the feature that drops out is seen from close, in its width
AROUND = 2.5
#: more knots than this are no lines across any more
MOST_KNOTS = 40
#: how far a window has closed in
CLOSER = np.arange(25.0) / 24.0
GONE = np.full((1, 2), np.nan)


class Axis:
    """Where strengths stand along an axis that begins with no weight.

    Attributes
    ----------
    lams
        Strengths whose weights are the vertices of what is drawn, falling.
    start, end
        Where the axis begins, and where its paths end.
    ticks
        What is written along it.
    """

    def __init__(self, exhibit: LassoPaths, name: str) -> None:
        self.name, self._exhibit, knots = name, exhibit, exhibit.path.lambdas
        self.top = max(float(exhibit.lambdas[-1]), float(knots[0]) * 1.1)
        low = float(exhibit.lambdas[0])
        self.lams = np.array([self.top, *knots])
        if name == "log":
            seen = np.array([self.top, *knots[knots > low], low])
            shares = np.linspace(0.0, 1.0, BENT, endpoint=False)
            pieces = seen[:-1, None] * (seen[1:] / seen[:-1])[:, None] ** shares
            self.lams = np.append(pieces.ravel(), low)
        self.start, self.end = map(float, self.place(self.lams[[0, -1]]))
        self.ticks = self._ticks()

    def place(self, lams: Array) -> Array:
        """Return where strengths stand."""
        if self.name == "lambda":
            return 0.0 - lams
        if self.name == "log":
            return 0.0 - np.log10(lams)
        return self._exhibit.ratio(lams) if self.name == "ratio" else self._exhibit.step(lams)

    @property
    def right(self) -> float:
        """Where the window ends: beyond the paths there is room for lines to their names."""
        return self.end + JOINT * (self.end - self.start)

    def _ticks(self) -> Ticks:
        if self.name == "lambda":
            return {0.0 - at: said for at, said in parts.rounded(0.0, self.top).items()}
        if self.name == "log":
            return {0.0 - at: said for at, said in tenfolds(-self.end, -self.start).items()}
        if self.name == "ratio":
            return parts.rounded(0.0, 1.0)
        # Halfway between two knots stands how many weights are not 0 there.
        counts = (0.0, *self._exhibit.degrees.tolist())
        return {at - 0.5: f"${count:.0f}$" for at, count in enumerate(counts)}


AXES = ("lambda", "log", "ratio", "df")


def picture(exhibit: LassoPaths) -> Picture:
    """Describe the weights against each axis, the correlations against lambda, and as bars."""
    axes = [Axis(exhibit, name) for name in AXES]
    marks = (
        *(mark for axis in axes for mark in _paths(exhibit, axis)),
        *_ties(exhibit),
        *_bars(exhibit),
    )
    marks = tuple(mark for mark in marks if mark.points is not None and mark.points.size)
    called, lams = names(exhibit), exhibit.lambdas
    lowest, still = float(lams[0]), float(lams[exhibit.at])
    presets: dict[str, float] = {
        "first": 0.97 * exhibit.path.lambda_max,
        "chosen": still,
        "last": lowest,
    }
    if exhibit.drop is not None:
        presets["drop"] = (exhibit.drop.left + exhibit.drop.back) / 2.0
    near = called[exhibit.drop.feature] if exhibit.drop is not None else ""
    return Picture(
        panels=(*(_panel(exhibit, axis) for axis in axes), _ties_panel(exhibit),
                _rows(exhibit)),
        marks=marks,
        labels=(
            *(Label(f"tag-{axis.name}-{rank}", say("name.feature", name=called[j]), (1.0,))
              for axis in axes for rank, j in enumerate(exhibit.named)),
            *(say.label(f"now-{axis.name}", 0.97, 0.03, 0.9, 0.1, name="lam", numbers=lams,
                        by=LAM, still=True) for axis in axes),
            say.label("ceiling", 0.3, 0.4, 0.2, 0.5, name="ceiling"),
            *((Label("near", say("name.feature", name=near), (0.8, 0.2)),) if near else ()),
            say.label("press", 0.0, 1.0, name="ceiling"),
        ),
        drivers=(
            Driver("lam", lams, exhibit.at, places=0.0 - lams),
            Driver("closer", CLOSER, 0, told=True),
        ),
        readouts=(Readout("lam", r"$\lambda =$", "ink", lams, LAM),),
        says=tuple(name for name in claims(exhibit, {"lam": 0}) if name != "alt"),
        free=tuple(mark.name for mark in marks
                   if mark.panel in FREE and mark.name not in ("near", "begun")),
        knobs={},
        presets={
            name: {"lam": float(lams[parts.nearest(lams, at)])} for name, at in presets.items()
        },
    )  # fmt: skip


#: panels that a page shows before it is guided
FREE = ("paths-log", "paths-ratio", "paths-df", "ties")


# ---- the weights


def _heights(exhibit: LassoPaths) -> tuple[float, float]:
    return with_air([0.0, *exhibit.path.weights[:, exhibit.order].ravel()], AIR)


def _panel(exhibit: LassoPaths, axis: Axis) -> Panel:
    low, high = _heights(exhibit)
    window, by = np.array([axis.start, axis.right, low, high]), tuple[str, ...]()
    ticks, numbers = dict(axis.ticks), dict(parts.rounded(low, high))
    if axis.name == "ratio" and exhibit.drop is not None:
        near = close(exhibit)
        # Of two ticks, thinning keeps the one that is named first.
        for written, ends in ((ticks, near[:2]), (numbers, near[2:])):
            finer = parts.rounded(*ends.tolist())
            written.update({at: said for at, said in finer.items() if at not in written})
        window, by = zoomed(window, near), ("closer",)
    said = claims(exhibit, {"lam": exhibit.at})
    return parts.chart(
        "lasso-path", f"paths-{axis.name}", window, (ticks, numbers), said["come"],
        cross=(axis.start, low), by=by,
    )  # fmt: skip


def close(exhibit: LassoPaths) -> Array:
    """Return the window on where a feature drops out, against the ratio."""
    assert exhibit.drop is not None
    feature, _, left, back = exhibit.drop
    first, last = exhibit.ratio(np.array([left, back])).tolist()
    width = last - first
    ends = first - AROUND * width, min(last + AROUND * width, 1.0)
    knots = exhibit.ratio(exhibit.path.lambdas)
    at = np.clip([*ends, *knots], *ends)
    seen = np.interp(at, knots, exhibit.path.weights[:, feature])
    reach = 1.2 * float(np.abs(seen).max())
    return np.array([*ends, -reach, reach])


def zoomed(far: Array, near: Array) -> Array:
    """Return windows on the way from far to close, each as much closer than the last."""
    ratio = (near[1] - near[0]) / (far[1] - far[0])
    share = (1.0 - ratio**CLOSER) / (1.0 - ratio)
    found: Array = far + share[:, None] * (near - far)
    return found


def _paths(exhibit: LassoPaths, axis: Axis) -> Iterator[Mark]:
    """Yield the weights against an axis, from below to above."""
    name, panel, drop = axis.name, f"paths-{axis.name}", exhibit.drop
    low, high = _heights(exhibit)
    knots = exhibit.path.lambdas[exhibit.path.lambdas >= axis.lams[-1]]
    if len(knots) <= MOST_KNOTS:
        lines = upright(axis.place(knots), low, high)
        yield Mark(f"knots-{name}", panel, "line", "muted", lines, weight="fine", look="faint")
    yield Mark(f"zero-{name}", panel, "rule", "muted",
               over([axis.start, axis.end], 0.0), weight="fine")  # fmt: skip
    x, weights = axis.place(axis.lams), exhibit.path.at(axis.lams)
    ends, rank = weights[-1][list(exhibit.named)], range(len(exhibit.named))
    places = spread(ends, np.full_like(ends, NAME * (high - low)), low, high)
    tags = over([axis.end, axis.right], np.stack([ends, places], axis=1))
    for at in rank:
        yield Mark(f"tag-{name}-{at}", panel, "line", _role(exhibit, exhibit.named[at]),
                   tags[at], weight="fine", look="faint")  # fmt: skip
    lines = over(x, weights.T)
    rest = [j for j in exhibit.order if drop is None or j != drop.feature]
    fine = rest[len(exhibit.named) - (drop is not None) :]
    yield Mark(f"rest-{name}", panel, "line", "muted", joined(lines[fine]), weight="fine")
    yield Mark(
        f"path-{name}", panel, "line", "l1", joined(lines[rest[: len(rest) - len(fine)]])
    )
    if drop is not None:
        yield Mark(f"drop-{name}", panel, "line", "ink", lines[drop.feature], weight="strong")
        if name == "ratio":
            yield Mark("near", panel, "line", "ink", lines[drop.feature], weight="strong")
    now = axis.place(exhibit.lambdas)
    yield Mark(f"now-{name}", panel, "rule", "ink", over(now[:, None], [low, high]), LAM,
               weight="fine")  # fmt: skip
    found = exhibit.path.at(exhibit.lambdas)[:, list(exhibit.named)]
    dots = over(now[:, None], found)
    yield Mark(f"dots-{name}", panel, "point", "l1", there(dots, found != 0.0), LAM)
    yield Mark(f"holes-{name}", panel, "point", "l1", there(dots, found == 0.0), LAM,
               look="hollow")  # fmt: skip


def _role(exhibit: LassoPaths, feature: int, other: str = "l1") -> str:
    return "ink" if exhibit.drop is not None and feature == exhibit.drop.feature else other


# ---- the correlations


def _ties_panel(exhibit: LassoPaths) -> Panel:
    """Return the panel of the correlations, with each name where its line begins."""
    axis = Axis(exhibit, "lambda")
    window = np.array([*_reach(axis), 0.0, axis.top * (1.0 + AIR)])
    _, places = _starts(exhibit, axis)
    called = names(exhibit)
    written = {at: called[j] for at, j in zip(places.tolist(), exhibit.named, strict=True)}
    tones = {
        at: _role(exhibit, j, "loss")
        for at, j in zip(places.tolist(), exhibit.named, strict=True)
    }
    said = claims(exhibit, {"lam": exhibit.at})["ties"]
    panel = parts.chart("lasso-path", "ties", window, (axis.ticks, written), said,
                        cross=(float(window[0]), 0.0))  # fmt: skip
    return replace(panel, toned=tones)


def _reach(axis: Axis) -> tuple[float, float]:
    return axis.start - 2.0 * JOINT * (axis.end - axis.start), axis.end


def _starts(exhibit: LassoPaths, axis: Axis) -> tuple[Array, Array]:
    """Return where lines of the named correlations begin, and where their names stand."""
    starts = np.abs(exhibit.pulls.weights[0])[list(exhibit.named)]
    high = axis.top * (1.0 + AIR)
    return starts, spread(starts, np.full_like(starts, NAME * high), 0.0, high)


def turned(lams: Array, values: Array) -> Array:
    """Return sizes over falling lambda of what is linear between, with a vertex at 0."""
    changes = np.flatnonzero(values[:-1] * values[1:] < 0.0)
    share = values[changes] / (values[changes] - values[changes + 1])
    zeros = lams[changes] + share * (lams[changes + 1] - lams[changes])
    x, y = np.insert(lams, changes + 1, zeros), np.insert(values, changes + 1, 0.0)
    return over(0.0 - x, np.abs(y))


def _ties(exhibit: LassoPaths) -> Iterator[Mark]:
    """Yield the correlations over lambda, which is their ceiling."""
    axis, drop = Axis(exhibit, "lambda"), exhibit.drop
    starts, places = _starts(exhibit, axis)
    left = _reach(axis)[0]
    joints = joined(over([left, axis.start], np.stack([places, starts], axis=1)))
    yield Mark("joints", "ties", "line", "ink", joints, weight="fine", look="faint")
    yield Mark("ceiling", "ties", "line", "l1", over([axis.start, 0.0], [axis.top, 0.0]),
               weight="strong", look="faint")  # fmt: skip
    pulls = exhibit.pulls.at(axis.lams).T
    lines = {feature: turned(axis.lams, pulls[feature]) for feature in exhibit.order}
    for name, role, some in (("pulls-rest", "muted", exhibit.order[len(exhibit.named):]),
                             ("pulls", "loss", exhibit.named)):  # fmt: skip
        whole = [line for j in some if drop is None or j != drop.feature
                 for line in (lines[j], GONE)]  # fmt: skip
        yield Mark(name, "ties", "line", role, np.vstack(whole) if whole else np.zeros((0, 2)),
                   weight="plain" if role == "loss" else "fine")  # fmt: skip
    if drop is not None:
        yield Mark("pull-drop", "ties", "line", "ink", lines[drop.feature], weight="strong")
    at = exhibit.lambdas
    yield Mark("now-ties", "ties", "rule", "ink", over(0.0 - at[:, None], [0.0, axis.top]), LAM,
               weight="fine")  # fmt: skip
    yield Mark("grip-ties", "ties", "point", "l1", over(0.0 - at, at)[:, None], LAM, grip="lam")
    yield Mark("begun", "ties", "line", "loss", lines[exhibit.order[0]][:2], weight="strong")


def _rows(exhibit: LassoPaths) -> Panel:
    """Return the panel of the correlations as bars, a row for each feature."""
    n, called = len(exhibit.named), names(exhibit)
    rows = {float(n - rank): called[feature] for rank, feature in enumerate(exhibit.named)}
    longest = 1.02 * Axis(exhibit, "lambda").top
    said = claims(exhibit, {"lam": exhibit.at})["ties"]
    return parts.chart("lasso-path", "bars", np.array([0.0, longest, 0.5, n + 0.5]),
                       (parts.rounded(0.0, longest), rows), said, kind="bars")  # fmt: skip


def _bars(exhibit: LassoPaths) -> Iterator[Mark]:
    """Yield the sizes of correlations at a strength, those that are tied apart."""
    at, named = exhibit.lambdas, list(exhibit.named)
    sizes, weights = np.abs(exhibit.pulls.at(at))[:, named], exhibit.path.at(at)[:, named]
    ends = over(sizes, np.arange(len(named), 0.0, -1.0))
    yield Mark("loose", "bars", "bar", "loss", there(ends, weights == 0.0), LAM, look="faint")
    yield Mark("tied", "bars", "bar", "loss", there(ends, weights != 0.0), LAM)
    yield Mark("press", "bars", "rule", "l1", over(at[:, None], [0.5, len(named) + 0.5]), LAM)
