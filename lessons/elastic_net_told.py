"""What may be said of the elastic net, what there is to see, and how it is told.

It is told by groups, the mix, a ball of two weights and paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import plain
from regviz.lessons.lines import joined, kept_and_gone, over, rows, squared, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import one, snap, three
from regviz.lessons.picture import Driver, Formula, Label, Mark, Panel, Picture, Readout, Term
from regviz.lessons.region_lines import rings
from regviz.lessons.sides import tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.two_weights import plane

if TYPE_CHECKING:
    from regviz.lessons.elastic_net import Net
    from regviz.lessons.picture import Positions, Said

say = Voice("elastic-net")
#: features that correlate this much are of one group
ALIKE = 0.8
DRIVERS = ("ratio", "lam")
#: shares of L1 to move through
RATIOS = tuple(step / 40.0 for step in range(41))
#: what has a column of weights, in order: what is mixed is between what it is mixed of
COLUMNS = ("l1", "net", "l2")
BASES = tuple(f"base-{name}" for name in COLUMNS)
#: air around weights, between columns, around the pair's plane, and room for brackets beside
AIR, BETWEEN, SPACE, ASIDE = 0.06, 0.12, 0.2, 0.5
#: how long the ends of a bracket are, in widths of a column, and room above for its name
HOOK, ABOVE = 0.06, 1.5
#: groups that have a bracket, and roles of the first of them
BRACKETS, ROLES = 3, ("first", "second")
#: vertices of the ball and of the contour through the optimum
POINTS = 81
#: where along paths names may stand
ALONG = (0.05, 0.1, 0.15, 0.2, 0.25, 0.02, 0.3)
BALL = ("region", "contours", "rim", "level", "optimum", "least")
SWEEP: dict[str, Any] = {"seconds": 2.4, "even": True}


def claims(exhibit: Net, at: Positions) -> dict[str, Said]:
    """Return what is true of the weights at this share of L1 and this strength."""
    ratio, lam = float(exhibit.ratios[at["ratio"]]), float(exhibit.lambdas[at["lam"]])
    zeros = int((exhibit.optima[at["ratio"], at["lam"]] == 0.0).sum())
    gone = {"gone": three(exhibit.peak / ratio)} if ratio > 0.0 else {}
    places, own = {"net": at["ratio"], "l1": -1, "l2": 0}, exhibit.at
    return {
        "here": say("claim.here", ratio=ratio, lam=lam, rest=snap(1.0 - ratio)),
        **{name: _kept(exhibit, name, place, at["lam"]) for name, place in places.items()},
        "pair": say(f"claim.pair.{('both', 'one', 'none')[zeros]}"),
        "gone": say(f"claim.gone.{'from' if gone else 'never'}", **gone),
        "alt": say(
            "alt", ratio=plain(exhibit.number("l1_ratio")), lam=plain(exhibit.lam["l1"]),
            n=len(exhibit.features), groups=len(exhibit.groups),
            l1=sum(exhibit.kept(-1, own["lam"])),
            net=sum(exhibit.kept(own["ratio"], own["lam"])),
        ),
    }  # fmt: skip


def _kept(exhibit: Net, name: str, ratio: int, lam: int) -> Said:
    """Return which features a penalty keeps, in groups and apart from them."""
    inside, outside = exhibit.kept(ratio, lam)
    members, n = len(exhibit.members), len(exhibit.features)
    # Of two that are the same, the later one is told.
    kinds = {(members, 0): "clean", (0, 0): "none", (members, n - members): "all"}
    kind = kinds.get((inside, outside), "grouped" if members else "plain")
    return say(f"claim.{name}.{kind}", inside=inside, members=members, outside=outside,
               others=n - members, n=n)  # fmt: skip


# ---- what there is to see


def picture(exhibit: Net) -> Picture:
    """Describe all weights under three penalties, the ball of a pair, and all paths."""
    ratios, lambdas = exhibit.ratios, exhibit.lambdas
    marks = (*_bars(exhibit), *_ball(exhibit), *_paths(exhibit))
    return Picture(
        panels=_panels(exhibit),
        marks=marks,
        labels=(
            *(Label(f"group-{rank}", say("name.group", rank=rank + 1), (0.5, 0.3, 0.7))
              for rank in range(len(bracketed(exhibit)))),
            *say.labels("base-{}", COLUMNS, 1.0, 0.98, name="{}", bold=True),
            say.label("optimum", 0.0, bold=True),
            say.label("least", 0.0),
            say.label("rim", 0.38, 0.36, 0.4, 0.61, 0.64, 0.14),
            say.label("gone", 0.9, 0.8, 0.7, 0.1, 0.2),
            *(Label(f"path-{rank}", say("name.path", name=name), ALONG)
              for rank, name in enumerate(names(exhibit, exhibit.rows))
              if exhibit.rows[rank] in exhibit.members),
        ),
        drivers=(
            Driver("ratio", ratios, exhibit.at["ratio"]),
            Driver("lam", lambdas, exhibit.at["lam"], places=np.log10(lambdas).round(5)),
        ),
        readouts=(
            Readout("share", r"$\alpha =$", "net", ratios, ("ratio",)),
            Readout("strength", r"$\lambda =$", "ink", lambdas, ("lam",)),
        ),
        formulas=(
            Formula("f-net", (Term("L(w)", "loss"), Term(r"+ \lambda \alpha \sum |w_j|", "l1"),
                              Term(r"+ \lambda (1 - \alpha) \sum w_j^2", "l2"))),
        ),
        says=("here", "l1", "net", "l2", "pair", "gone"),
        free=tuple(mark.name for mark in marks if not mark.name.startswith("group-")),
        knobs={},
        presets={"ridge": {"ratio": 0.0}, "half": {"ratio": 0.5}, "lasso": {"ratio": 1.0}},
    )  # fmt: skip


def names(exhibit: Net, columns: Iterable[int]) -> list[str]:
    """Return what these features are called."""
    return literal_names([exhibit.features[j] for j in columns])


def _span(exhibit: Net) -> tuple[float, float]:
    """Return what is seen of the weights, whatever share is asked for."""
    usual = exhibit.paths[np.isin(exhibit.ratios, RATIOS)]
    return with_air([0.0, usual.min(), usual.max()], AIR)


def pitch(exhibit: Net) -> float:
    """Return how far a column of weights is from the next."""
    low, high = _span(exhibit)
    return snap((1.0 + BETWEEN) * (high - low))


def _roles(exhibit: Net) -> list[str]:
    """Return the role of each drawn feature, by its group."""
    ranks = {column: rank for rank, group in enumerate(exhibit.groups) for column in group}
    return [
        [*ROLES, "ink"][min(ranks[column], len(ROLES))] if column in ranks else "muted"
        for column in exhibit.rows
    ]


def _panels(exhibit: Net) -> tuple[Panel, Panel, Panel]:
    """Return the bars, the pair's plane, which shows the lasso's diamond, and the paths."""
    (low, high), apart = _span(exhibit), pitch(exhibit)
    drawn, n, center = len(exhibit.rows), len(exhibit.features), exhibit.pair.center[None]
    places, at = rows(len(exhibit.rows)).tolist(), parts.rounded(low, high, 2)
    called = dict(zip(places, names(exhibit, exhibit.rows), strict=True))
    beside = high + 2.0 * apart + ASIDE * (high - low)
    reaches = [_outline(share, usual(exhibit, share))[0, 0] for share in (0.0, 0.5, 1.0)]
    seen = np.vstack([rm.L1(1.0).ball(1.1 * reaches[-1], 5), center])
    (left, right), (first, second) = np.log10(exhibit.even[[0, -1]]), exhibit.twins
    foot = say("foot", lam=exhibit.lam["l1"], ratio=exhibit.number("l1_ratio"),
               residual=exhibit.residual)  # fmt: skip
    return (
        say.chart("bars", (low, beside, 0.4, drawn + ABOVE),
                  ({x + k * apart: said for k in range(len(COLUMNS)) for x, said in at.items()},
                   called), foot, kind="bars", cross=(low, 0.4),
                  toned=dict(zip(places, _roles(exhibit), strict=True)),
                  summary=say(f"summary.bars.{'all' if drawn == n else 'some'}", drawn=drawn,
                              n=n)),
        plane(say, "ball", squared(seen, SPACE), center, reaches,
              (exhibit.features[first], exhibit.features[second]), foot=foot),
        say.chart("paths", (left, right, low, high),
                  (tenfolds(left, right), parts.rounded(low, high)), foot, cross=(left, low)),
    )  # fmt: skip


def _bars(exhibit: Net) -> Iterator[Mark]:
    """Yield brackets around groups, and each penalty's column: sticks and their ends."""
    n, (low, high), roles = len(exhibit.rows), _span(exhibit), _roles(exhibit)
    wide = high - low
    for rank, (first, last) in enumerate(bracketed(exhibit)):
        edge = high + 2.0 * pitch(exhibit) + (ASIDE - 0.02) * wide
        span = [n - first + 0.3, n - last + 0.7]
        bracket = over(edge - np.array([HOOK, 0.0, 0.0, HOOK]) * wide, np.repeat(span, 2))
        yield Mark(f"group-{rank}", "bars", "line", roles[first], bracket, weight="fine")
    every = {"l1": exhibit.weights[-1], "net": exhibit.weights, "l2": exhibit.weights[0]}
    for at, name in enumerate(COLUMNS):
        weights, by = every[name][..., exhibit.rows], DRIVERS if name == "net" else ("lam",)
        mark, zero, places = parts.marker(name, "bars"), at * pitch(exhibit), rows(n)
        ends = over(weights + zero, places)
        sticks = joined(np.stack([over(np.full_like(weights, zero), places), ends], axis=-2))
        tips, rings = kept_and_gone(ends, weights)
        yield mark("base", "rule", name, over(zero, [0.4, n + 0.6]), weight="fine")
        yield mark("sticks", "line", name, sticks, *by, look="faint")
        yield mark("tips", "point", name, tips, *by)
        yield mark("rings", "point", name, rings, *by, look="hollow")


def bracketed(exhibit: Net) -> list[tuple[int, int]]:
    """Return the first row of each group that is drawn with a bracket, and the one after it."""
    ends = np.cumsum([0, *map(len, exhibit.groups)]).clip(max=len(exhibit.rows)).tolist()
    return [(first, last) for first, last in pairwise(ends) if first < last][:BRACKETS]


def usual(exhibit: Net, ratio: float) -> rm.Array:
    """Return the pair's optimum where nothing else is asked for, at a share of L1."""
    return rm.penalized_optimum(exhibit.pair, rm.ElasticNet(exhibit.usual, ratio))


def _ball(exhibit: Net) -> Iterator[Mark]:
    """Yield the loss of the pair alone, the ball as large as its optimum needs, and that."""
    loss, optima = exhibit.pair, exhibit.optima
    balls = np.stack([*map(_outline, exhibit.ratios.tolist(), optima)])
    level = rm.level_set(loss, optima, POINTS)
    # But for one that would look like the shadow of the usual optimum's own.
    contours = rings(loss, usual(exhibit, 0.5)[None])[0]
    yield Mark("region", "ball", "area", "region", balls, DRIVERS)
    yield Mark("contours", "ball", "line", "loss", contours, weight="fine", look="faint")
    yield Mark("rim", "ball", "line", "net", balls, DRIVERS)
    yield Mark("level", "ball", "line", "loss", level, DRIVERS)
    yield Mark("least", "ball", "point", "loss", loss.center[None])
    yield Mark("optimum", "ball", "point", "net", optima[..., None, :], DRIVERS)


def _outline(ratio: float, optima: rm.Array) -> rm.Array:
    """Return the balls that go just as far as optima `(..., 2)`, at a share of L1."""
    net = rm.ElasticNet(1.0, ratio)
    return net.ball(net.level(optima), POINTS)


def _paths(exhibit: Net) -> Iterator[Mark]:
    """Yield the path of each feature, where lambda is on them, and where all are 0."""
    logs, now, span = np.log10(exhibit.grid), np.log10(exhibit.lambdas), _span(exhibit)
    with np.errstate(divide="ignore"):
        gone = np.log10(exhibit.peak / exhibit.ratios)
    ends, zero = over(gone[:, None], span), over(logs[0, [0, -1]], 0.0)
    ends[gone > logs[0, -1]] = np.nan
    mark = parts.marks_in("paths")
    yield mark("zero", "rule", "muted", zero, weight="fine", look="faint")
    yield mark("gone", "rule", "muted", ends, "ratio", weight="fine")
    yield mark("now", "rule", "ink", over(now[:, None], span), "lam", weight="fine")
    for rank, role in reversed([*enumerate(_roles(exhibit))]):
        yield mark(f"path-{rank}", "line", role, over(logs, exhibit.paths[..., rank]), "ratio",
                   weight="fine" if role == "muted" else "plain")  # fmt: skip
    dots = over(now[:, None], exhibit.weights[..., exhibit.rows])
    yield mark("dots", "point", "net", dots, *DRIVERS, weight="fine", grip="lam")


# ---- how it is told


def story(exhibit: Net) -> Story:
    """Tell the lesson in order."""
    last, at = len(exhibit.ratios) - 1, exhibit.at
    lasso, own, ridge = ({"ratio": place} for place in (last, at["ratio"], 0))
    said = claims(exhibit, at)
    bars = {name: tuple(f"{what}-{name}" for what in ("sticks", "tips", "rings"))
            for name in COLUMNS}  # fmt: skip
    all_bars = (*BASES, *chain(*bars.values()))
    brackets = tuple(f"group-{rank}" for rank in range(len(bracketed(exhibit))))
    paths = tuple(f"path-{rank}" for rank in range(len(exhibit.rows)))
    one, two = names(exhibit, exhibit.twins)
    asked = {each.name: asking(each) for each in _questions(exhibit)}
    kind = "made" if exhibit.reading is None else "groups" if exhibit.groups else "none"
    told = {"n": len(exhibit.features), "least": ALIKE}
    return Story((
        Section("groups", (
            say.step(f"groups.{kind}", "groups", told, panels=("bars",), put=lasso,
                     show=(*bars["l1"], *BASES, *brackets, "strength"), seconds=1.0, hold=1.6),
            say.step("l1", tell=said["l1"], emphasise=("rings-l1",), hold=1.6),
            say.step("l2", show=bars["l2"], seconds=1.2, tell=said["l2"], hold=1.6),
        )),
        *asked.get("mix", ()),
        Section("mix", (
            say.step("mix", "mix", panels=("bars",), put=lasso,
                     show=(*bars["net"], "f-net", "share"), hold=2.0),
            say.step("slide", run=own, **SWEEP, hold=0.4),
            Step(tell=said["net"], emphasise=("tips-net",), task=_task(exhibit), hold=1.6),
            say.step("further", tell=say("tell.ridge"), run=ridge, **SWEEP, hold=1.2),
        ), only=("f-net", "share")),
        *asked.get("lands", ()),
        Section("ball", (
            say.step("ball", "ball", {"one": one, "two": two}, panels=("ball",), put=lasso,
                     hide=all_bars, show=BALL, seconds=1.0, hold=1.6),
            say.step("bulges", run=own, **SWEEP, hold=0.6),
            Step(tell=said["pair"], emphasise=("optimum",), hold=1.8),
            say.step("circle", tell=say("tell.circle"), run=ridge, **SWEEP, hold=1.2),
        ), only=("share",)),
        *asked.get("gone", ()),
        Section("paths", (
            say.step("paths", "together", panels=("paths",), put=lasso, seconds=1.0, hold=1.6,
                     hide=(*BALL, "strength"), show=(*paths, "zero", "gone")),
            say.step("later", run=own, **SWEEP, hold=1.6),
            say.step("never", run=ridge, **SWEEP, hold=1.8),
        ), only=("share",)),
        Section("when", (
            say.step("when.l1", "when", panels=("bars",), put=own,
                     hide=(*paths, "zero", "gone"), show=(*bars["l1"], *BASES, "strength"),
                     seconds=1.0, tell=said["l1"], hold=1.6),
            say.step("when.l2", show=bars["l2"], tell=said["l2"], seconds=0.8, hold=1.6),
            say.step("when.net", show=(*bars["net"], "share"), tell=said["net"],
                     seconds=0.8, hold=3.0),
        )),
    ))  # fmt: skip


def _task(exhibit: Net) -> Task | None:
    """Set the task to keep all groups and nothing else, if a share and a strength do."""
    n = len(exhibit.features)
    inside = (exhibit.weights[..., exhibit.members] != 0.0).all(axis=-1)
    kept = (exhibit.weights != 0.0).sum(axis=-1)
    if not exhibit.groups or not (inside & (kept == len(exhibit.members)) & (kept < n)).any():
        return None
    return say.task("task", "ratio", "lam", claims={"net": "clean"})


def _questions(exhibit: Net) -> Iterator[Question]:
    """Ask what a mix makes of zeros, where a pair's optimum lies, and from where all are 0.

    Only what these data answer in the way that the replies tell.
    """
    at, last, peak = exhibit.at, len(exhibit.ratios) - 1, exhibit.peak
    ratio = exhibit.number("l1_ratio")
    zeros, left = (int((exhibit.weights[place, at["lam"]] == 0.0).sum())
                   for place in (last, at["ratio"]))  # fmt: skip
    if 0 < left < zeros:
        values = {"zeros": zeros, "back": zeros - left, "left": left, "ratio": ratio}
        yield say.choice("mix", "some", ("none", "some", "all"), values, panel="bars",
                         sees=(*BASES, "sticks-l1", "tips-l1", "rings-l1"),
                         at={"ratio": last})  # fmt: skip
    corner, truth = (exhibit.optima[place, at["lam"]] for place in (last, at["ratio"]))
    near = 0.12 * float(np.abs(corner).sum())
    wrongs = {"corner": corner, "least": exhibit.pair.center, "zero": np.zeros(2)}
    if truth.all() and not corner.all() and corner.any() and ratio > 0.0:
        yield say.guess("lands", truth, near, wrongs, {"ratio": ratio}, panel="ball",
                        sees=("region", "contours", "rim", "least"),
                        at={"ratio": at["ratio"]})  # fmt: skip
    if 0.0 < ratio < 1.0:
        gone, told = peak / ratio, {"peak": three(peak), "ratio": ratio}
        seen = tuple(f"path-{rank}" for rank in range(len(exhibit.rows)))
        yield say.guess("gone", gone, 0.06 * gone, {"same": peak, "less": peak * ratio}, told,
                        high=one(4.0 * gone), panel="paths",
                        sees=(*seen, "zero", "gone"), at={"ratio": last})  # fmt: skip
