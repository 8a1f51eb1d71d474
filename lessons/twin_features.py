"""Twin features: two features as they become one; L1 takes one of them, L2 shares.

Both features are made of one shared part and one in which they differ, all of mean square 1:
`x = sqrt((1 + rho) / 2) shared +- sqrt((1 - rho) / 2) own`, so that they correlate `rho`. What
is learned is `sqrt(2) (signal shared + lead own)`, whatever the correlation. In half the sum
`m` and half the difference `h` of the weights the loss is, but for a constant,

    L = (1 + rho) m**2 + (1 - rho) h**2 - 2 sqrt(1 + rho) signal m - 2 sqrt(1 - rho) lead h,

which leaves `h` free at `rho = 1`: every split of the sum fits as well. Any two features are
such twins, once they point the same way: data give the correlation, the signal and the lead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.held_weights import held_curves, held_plane
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import joined, over, there
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import signed, snap, three
from regviz.lessons.parameters import File, Number, Strength, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.region_lines import CURVE_POINTS, outlines
from regviz.lessons.regions import PENALTIES, TERMS
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking
from regviz.lessons.two_weights import NAMES, data_of, plane

if TYPE_CHECKING:
    from regviz.lessons.data import Design
    from regviz.lessons.data.frames import Frame

TOPIC = "features"
NEEDS = ("corner",)
ORDER = 150

#: what a plane and the chart show of weights
REACH, LIMITS = 1.9, (-1.1, 1.9, -1.1, 1.9)
CHART = np.array([0.0, 1.0, -0.3, 1.7])
#: correlations and leads to move through; twins that are told of are as near as `NEAR`
CORRELATIONS, LEADS, NEAR = np.arange(101) / 100.0, np.arange(-10, 11) / 50.0, 0.99
#: contours of the loss: how many, how far apart beside that through 0, how near to the one
#: through an optimum another would look like its shadow, and vertices of each
RINGS, APART, SHADOW, RING_POINTS = 6, 0.33, 0.25, 57
#: where names may stand along curves of the chart, and beside a region
SPOTS = {
    "free-1": (0.35, 0.3, 0.4, 0.25), "free-2": (0.2, 0.15, 0.25, 0.3),
    "l1-1": (1.0, 0.45, 0.4, 0.5, 0.7), "l1-2": (1.0, 0.6, 0.65, 0.55, 0.5),
    "l2-1": (1.0, 0.72, 0.7, 0.75, 0.67),
}  # fmt: skip
DRIVERS, LEAST_LEAD = ("rho", "lead"), 0.08
#: correlations worth seeing, and which feature leads
PRESETS = {"apart": (0.0, 1.0), "near": (NEAR, 1.0), "behind": (NEAR, -1.0), "same": (1.0, 1.0)}
say = Voice("twin-features")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the two features, given by numbers or by data, and of the penalties."""

    rho: float = knob(0.9, Number(0.0, 1.0), "correlation of the two features")
    lam: float = knob(0.5, Strength(0.2, 0.5), "penalty strength")
    signal: float = knob(1.0, Number(0.8, 1.2), "what the part shared by both features tells")
    lead: float = knob(0.15, Number(0.08, 0.2), "by how much the first feature tells more")
    data: str | Frame | None = knob(None, File(), "take the two features from these data")


@dataclass(frozen=True, kw_only=True)
class TwinFeatures(Exhibit):
    """Weights of two features at every correlation and every lead of the first.

    Attributes
    ----------
    correlations, leads
        Ascending, shapes `(n_correlations,)` and `(n_leads,)`.
    at
        Positions of the parameters' own, by driver.
    features
        What the features are called, if they are of data: the one that tells more is first, and
        has a minus that is turned.
    free
        Weights of least squares, shape `(n_correlations, n_leads, 2)`; at correlation 1, where
        many are as good, NaN.
    weights
        Penalised weights by penalty, of the same shape; L1's at correlation 1 are the limit,
        of many that are as good.
    """

    correlations: rm.Array
    leads: rm.Array
    at: Positions
    features: tuple[str, str] | None
    free: rm.Array
    weights: Mapping[str, rm.Array]


def exhibit(parameters: Parameters) -> TwinFeatures:
    """Compute all weights in closed form.

    Raises
    ------
    BadInput
        If the data cannot be used, or are not of two features that tell nearly the same.
    """
    knobs = {name: snap(getattr(parameters, name)) for name in ("rho", "lam", "signal", "lead")}
    data = data_of(parameters, "rho", "signal", "lead")
    features, loss, design = None, None, data[0] if data else None
    if data:
        loss, told, features = _twins(*data, knobs["lam"])
        knobs |= told
    lam, signal, own_lead = knobs["lam"], knobs["signal"], knobs["lead"]
    rho, at_rho = parts.with_own(CORRELATIONS, knobs["rho"])
    lead, at_lead = parts.with_own([*LEADS, -own_lead], own_lead)
    at = {"rho": at_rho, "lead": at_lead}
    weights = {n: of(rho[:, None], lead, lam, signal) for n, of in (("l1", _l1), ("l2", _l2))}
    own = {name: found[at["rho"], at["lead"]] for name, found in weights.items()}
    loss = loss or _least_squares(knobs["rho"], own_lead, signal)
    return TwinFeatures(
        lesson="twin-features",
        **of_data(parameters, design, None, **knobs),
        points={f"optimum-{name}": w for name, w in own.items()},
        lam=dict.fromkeys(PENALTIES, lam),
        budget={name: float(PENALTIES[name].level(w)) for name, w in own.items()},
        certificate=certified(
            *((loss, PENALTIES[name].with_lambda(lam), w) for name, w in own.items())
        ),
        correlations=rho,
        leads=lead,
        at=at,
        features=features,
        free=_free(rho[:, None], lead, signal),
        weights=weights,
    )


def _twins(
    design: Design, loss: rm.LeastSquares, lam: float
) -> tuple[rm.LeastSquares, dict[str, float], tuple[str, str]]:
    """Return two features of data as twins: their loss, their knobs and what they are called.

    The one that tells more is first; one that lowers the target is turned. The target is in
    the unit in which what both share tells 1.
    """
    slopes, named = -loss.gradient(np.zeros(2)), " and ".join(design.features)
    signs, order = np.where(slopes < 0.0, -1.0, 1.0), np.argsort(-np.abs(slopes))
    (more, less), rho = np.abs(slopes)[order], float(loss.hessian[0, 1] * signs.prod())
    if rho < 0.0:
        raise BadInput(
            f"features {named} correlate {rho:.2f} where both raise {design.target}; give two "
            "that correlate at least 0."
        )
    unit = float(more + less) / (2.0 * math.sqrt(1.0 + rho))
    lead = float(more - less) / (2.0 * math.sqrt(1.0 - rho) * unit)
    if not LEAST_LEAD <= lead <= lam:
        raise BadInput(
            f"features {named} differ by {lead:.2f} of what both tell of {design.target}; give "
            f"two that differ by {LEAST_LEAD} to {lam:g}, so that it is seen which L1 takes."
        )
    X, y = rm.standardize(design.X)[:, order] * signs[order], rm.standardize(design.y)
    short = short_names(design.features, NAMES - 1)
    first, second = (("−" if signs[i] < 0.0 else "") + short[i] for i in order)
    knobs = {"signal": 1.0, "rho": rho, "lead": lead}
    return rm.LeastSquares(X, y / unit), knobs, (first, second)


def _split(half_sum: rm.Array, half_difference: rm.Array) -> rm.Array:
    """Return the weights with these halves of sum and difference."""
    return np.stack([half_sum + half_difference, half_sum - half_difference], axis=-1)


def _free(rho: rm.Array, lead: rm.Array, signal: float) -> rm.Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.where(rho < 1.0, lead / np.sqrt(1.0 - rho), np.nan)
    return _split(signal / np.sqrt(1.0 + rho), apart)


def _l2(rho: rm.Array, lead: rm.Array, lam: float, signal: float) -> rm.Array:
    shared = np.sqrt(1.0 + rho) * signal / (1.0 + rho + 2.0 * lam)
    return _split(shared, np.sqrt(1.0 - rho) * lead / (1.0 - rho + 2.0 * lam))


def _l1(rho: rm.Array, lead: rm.Array, lam: float, signal: float) -> rm.Array:
    """Return L1's weights: none is negative while no lead is larger than the strength."""
    up, down = np.sqrt(1.0 + rho), np.sqrt(1.0 - rho)
    shared = (up * signal - lam) / (1.0 + rho)
    # Not divided by what is 0 at correlation 1.
    has_both = np.abs(lead) < shared * down
    has_both |= lead == 0.0
    apart = np.divide(lead, down, out=np.zeros_like(has_both, dtype=float), where=down > 0.0)
    alone = up * signal + down * np.abs(lead) - lam
    one = np.stack(
        [np.where(lead > 0.0, alone, 0.0), np.where(lead < 0.0, alone, 0.0)], axis=-1
    )
    return np.where(has_both[..., None], _split(shared, apart), one)


def _least_squares(rho: float, lead: float, signal: float) -> rm.LeastSquares:
    """Return the loss of two rows, one for the shared part and one for the other."""
    up, down = np.sqrt(1.0 + rho), np.sqrt(1.0 - rho)
    return rm.LeastSquares(np.array([[up, up], [down, -down]]), 2.0 * np.array([signal, lead]))


def claims(exhibit: TwinFeatures, at: Positions) -> dict[str, Said]:
    """Return what is true of the weights at this correlation and this lead."""
    r, d = at["rho"], at["lead"]
    rho, lead = float(exhibit.correlations[r]), float(exhibit.leads[d])
    lam, own_rho = exhibit.lam["l1"], exhibit.number("rho")
    l1, l2 = (weights[r, d] for weights in exhibit.weights.values())
    own = {name: exhibit.points[f"optimum-{name}"] for name in PENALTIES}
    still = {f"{name}{i + 1}": three(float(w[i])) for name, w in own.items() for i in (0, 1)}
    return {
        "here": say("claim.here", rho=rho, lead=lead, lam=lam),
        "free": _of(f"free.{'many' if rho == 1.0 else 'one'}", exhibit.free[r, d]),
        "l1": _of(f"l1.{_kept(rho, l1)}", l1),
        "l2": _of(f"l2.{'equal' if l2[0] == l2[1] else 'near'}", l2),
        "alt": say(f"alt.{_kept(own_rho, own['l1'])}", rho=own_rho, lam=lam, **still),
    }


def _kept(rho: float, weights: rm.Array) -> str:
    """Return which of the two features L1 keeps."""
    if rho == 1.0:
        return "any"
    return "first" if weights[1] == 0.0 else "second" if weights[0] == 0.0 else "both"


def _of(key: str, weights: rm.Array) -> Said:
    if np.isnan(weights).any():
        return say(f"claim.{key}")
    first, second = weights.tolist()
    return say(f"claim.{key}", **signed(3, first=first, second=second, sum=first + second))


def picture(exhibit: TwinFeatures) -> Picture:
    """Describe a plane for each penalty, and the weights against the correlation."""
    kind = "foot" if exhibit.features is None else "foot-own"
    foot = say(kind, lam=exhibit.lam["l1"], residual=exhibit.residual)
    rho, own = exhibit.correlations, claims(exhibit, exhibit.at)
    radii = _steps(exhibit)[:, None] * np.arange(1.0, RINGS + 1.0)
    rings = _contours(exhibit, radii, RING_POINTS)
    planes = (_panel(exhibit, name, own[name], foot) for name in PENALTIES)
    across = parts.numbered(0.0, 0.5, 1.0), parts.numbered(0.5, 1.0, 1.5)
    return Picture(
        panels=(*planes, say.chart("weights", CHART, across, foot)),
        marks=(*(mark for name in PENALTIES for mark in _plane(exhibit, name, rings)),
               *_chart(exhibit)),
        labels=(
            *say.labels("optimum-{}", PENALTIES, 0.0, bold=True),
            *say.labels("least-{}", PENALTIES, 0.0, name="least"),
            say.label("edge-l1", 0.5, 0.4, 0.6, 0.3, 0.7, name="edge"),
            *(say.label(name, *spots) for name, spots in SPOTS.items()),
        ),
        drivers=(
            parts.Driver("rho", rho, exhibit.at["rho"]),
            parts.Driver("lead", exhibit.leads, exhibit.at["lead"]),
        ),
        readouts=(
            Readout("rho", r"$\rho =$", "ink", rho, ("rho",)),
            Readout("lead", say("readout.lead"), "ink", exhibit.leads, ("lead",)),
            *(Readout(f"w{i}-{name}", f"$w_{i} =$", name, weights[..., i - 1], DRIVERS, name,
                      f"optimum-{name}")
              for name, weights in exhibit.weights.items() for i in (1, 2)),
        ),
        formulas=tuple(
            Formula(f"f-{name}", (Term("L(w)", "loss"), Term(tex, name, f"ball-{name}")), name)
            for name, tex in TERMS.items()
        ),
        says=("here", "free", *PENALTIES),
        knobs=_knobs(exhibit),
        presets={
            name: {"rho": rho, "lead": side * exhibit.number("lead")}
            for name, (rho, side) in PRESETS.items()
        },
    )  # fmt: skip


def _knobs(exhibit: TwinFeatures) -> dict[str, rm.Array]:
    """Return what a page's controls offer; what data tell is not among it."""
    lams = np.arange(20, 51) / 100.0
    if exhibit.features is not None:
        return {"lam": lams[lams >= exhibit.number("lead")]}
    return {"lam": lams, "signal": np.arange(80, 121) / 100.0}


def _panel(exhibit: TwinFeatures, name: str, own: Said, foot: Said) -> parts.Panel:
    """Return a penalty's plane; both have the same numbers."""
    points = [weights[exhibit.at["rho"], exhibit.at["lead"]]
              for weights in (exhibit.free, *exhibit.weights.values())]  # fmt: skip
    seen = np.array([at for at in points if np.isfinite(at).all()])
    return plane(
        say, name, LIMITS, seen, list(exhibit.budget.values()), exhibit.features,
        heading=say(f"heading.{own.key.removeprefix('twin-features.claim.')}"), summary=own,
        foot=foot, role=name,
    )  # fmt: skip


def _plane(exhibit: TwinFeatures, name: str, rings: rm.Array) -> Iterator[Mark]:
    """Yield the loss, the region and its optimum, from below to above."""
    weights, shape = exhibit.weights[name], PENALTIES[name]
    distance, step = _root(exhibit, weights)[..., None], _steps(exhibit)[:, None]
    apart = np.abs(step * np.arange(1.0, RINGS + 1.0) - distance) >= SHADOW * step
    yield from held_plane(
        name, DRIVERS, ball=outlines(shape, shape.level(weights)),
        rings=joined(there(rings, apart[..., None])),
        level=_contours(exhibit, distance, CURVE_POINTS)[..., 0, :, :], optimum=weights,
    )  # fmt: skip
    yield Mark(f"least-{name}", name, "point", "loss", exhibit.free[:, :, None], DRIVERS)
    if name == "l1":
        total, is_same = weights.sum(axis=-1), exhibit.correlations == 1.0
        ends = np.stack([over(total, 0.0), over(0.0, total)], axis=-2)
        edge = there(ends, is_same[:, None, None])
        yield Mark("edge-l1", name, "line", name, edge, DRIVERS, weight="strong")


def _root(exhibit: TwinFeatures, weights: rm.Array) -> rm.Array:
    """Return the root of twice the loss above its least."""
    rho, signal = exhibit.correlations[:, None], exhibit.number("signal")
    shared = np.sqrt(1.0 + rho) * (weights @ [0.5, 0.5]) - signal
    own = np.sqrt(1.0 - rho) * (weights @ [0.5, -0.5]) - exhibit.leads
    found: rm.Array = np.sqrt(2.0) * np.hypot(shared, np.where(rho < 1.0, own, 0.0))
    return found


def _steps(exhibit: TwinFeatures) -> rm.Array:
    """Return how far contours are apart, by lead: a share of the way to no weights at all."""
    found: rm.Array = APART * np.sqrt(2.0) * np.hypot(exhibit.number("signal"), exhibit.leads)
    return found


def _contours(exhibit: TwinFeatures, radii: rm.Array, n_points: int) -> rm.Array:
    """Return ellipses of these roots of twice the loss, `(n_correlations, n_leads, n, m, 2)`.

    At correlation 1 each is two lines.
    """
    rho, lead = exhibit.correlations[:, None, None, None], exhibit.leads[:, None, None]
    turn, is_line = 2.0 * np.pi * np.arange(n_points) / (n_points - 1.0), rho == 1.0
    ends = 4.0 * REACH * np.linspace(-1.0, 1.0, n_points // 2)
    along, side = joined(np.stack([over(ends, 1.0), over(ends, -1.0)]))[:n_points].T
    radius, signal = radii[..., None] / np.sqrt(2.0), exhibit.number("signal")
    m = (signal + radius * np.where(is_line, side, np.cos(turn))) / np.sqrt(1.0 + rho)
    h = (lead + radius * np.sin(turn)) / np.sqrt(np.where(is_line, 1.0, 1.0 - rho))
    return _split(*np.broadcast_arrays(m, np.where(is_line, along, h)))


def _chart(exhibit: TwinFeatures) -> Iterator[Mark]:
    """Yield the weights against the correlation, at one lead."""
    rho = exhibit.correlations
    low, high = CHART[2:]
    line = over(rho[:, None], np.array([low, high]))
    yield Mark("rho-now", "weights", "line", "muted", line, ("rho",), weight="fine")
    with np.errstate(invalid="ignore"):
        is_seen = (exhibit.free >= low) & (exhibit.free <= high)
    for i in (0, 1):
        free = there(over(rho, exhibit.free[..., i].T), is_seen[..., i].T)
        yield Mark(f"free-{i + 1}", "weights", "line", "loss", free, ("lead",), weight="fine")
    total = exhibit.weights["l1"][-1].sum(axis=-1)
    ends = np.stack([over(1.0, 0.0 * total), over(1.0, total)], axis=-2)
    yield Mark("any", "weights", "line", "l1", ends, ("lead",))
    for name in reversed(PENALTIES):
        weights = exhibit.weights[name]
        yield from held_curves("weights", name, rho, weights, ("lead",))
        points = over(rho[:, None, None], weights)
        yield Mark(f"{name}-now", "weights", "point", name, points, DRIVERS, grip="rho")


def story(exhibit: TwinFeatures) -> Story:
    """Tell of the valley, who takes and who shares, what decides it, and of equal columns."""
    rho, at = exhibit.correlations, exhibit.at
    near = {"rho": parts.nearest(rho, NEAR)}
    behind = {"lead": parts.nearest(exhibit.leads, -float(exhibit.leads[at["lead"]]))}
    # Least squares runs out of the plane.
    seen = {"rho": int(np.sum(exhibit.free[:, at["lead"], 0] < REACH)) - 1}
    alone = {"rho": int(np.argmax(exhibit.weights["l1"][:, at["lead"], 1] == 0.0))}
    l1, l2, pair, chart = ("l1",), ("l2",), tuple(PENALTIES), ("weights",)
    lands, useless = asking(*_questions(exhibit, near["rho"]))
    slow: dict[str, Any] = {"even": True, "seconds": 2.6}
    ring = ("contours-l1", "least-l1")
    own = {name: (f"contours-{name}", f"ball-{name}", f"rim-{name}", f"level-{name}",
                  f"optimum-{name}") for name in PENALTIES}  # fmt: skip
    moved = (*own["l1"], *own["l2"])

    def told(name: str, where: Mapping[str, int]) -> Said:
        return claims(exhibit, {**at, **where})[name]

    return Story((
        Section("valley", (
            say.step("valley", "valley", panels=l1, put={"rho": 0}, show=ring, hold=1.3),
            say.step("twins", show=("rho",), run=seen, **slow),
            Step(tell=told("free", seen), emphasise=("least-l1",), hold=1.4),
            say.step("runs", hold=1.3),
        ), only=(*ring, "rho")),
        lands,
        Section("takes", (
            say.step("region", "takes", put={"rho": 0}, show=("f-l1",), hold=1.5),
            say.step("slides", run=alone, **slow),
            Step(tell=told("l1", alone), emphasise=("optimum-l1",), hold=1.4),
        ), only=(*own["l1"], "rho", "f-l1")),
        say.section("stays", run=near, seconds=1.0, even=True, hold=1.0,
                    only=(*own["l1"], "rho", "w1-l1", "w2-l1")),
        Section("shares", (
            say.step("circle", "shares", panels=l2, put={"rho": 0}, show=("f-l2",), hold=1.6),
            say.step("shares", run=near, **slow),
            Step(tell=told("l2", near), emphasise=("optimum-l2",), hold=1.4),
        ), only=(*own["l2"], "rho", "f-l2")),
        Section("hair", (
            say.step("hair", "hair", panels=pair, put=near, hold=1.4),
            Step(run=behind, **slow),
            Step(tell=say("tell.hair"), hold=1.4),
            Step(run={"lead": at["lead"]}, seconds=2.0, even=True, hold=0.6,
                 task=say.task("task", *DRIVERS, claims={"l1": "second"},
                               within={"rho": (0.9, NEAR)}, panel="l1")),
        ), only=(*moved, "lead")),
        useless,
        Section("same", (
            say.step("same", "same", run={"rho": len(rho) - 1}, seconds=1.0, hold=0.8),
            Step(tell=say("tell.same"), show=("edge-l1",), emphasise=("edge-l1",), hold=1.5),
        ), only=(*moved, "edge-l1")),
        Section("curves", (
            say.step("curves", "curves", panels=chart, put={"rho": 0}, hold=1.6,
                     show=("l1-1", "l1-2", "l2-1", "l2-2")),
            Step(run={"rho": parts.nearest(rho, NEAR)}, even=True, seconds=2.4, hold=0.4),
            say.step("wild", show=("free-1", "free-2"), tell=say("tell.wild"), hold=1.5),
        ), only=("free-1", "free-2", "rho-now", "l1-now", "l2-now", "rho")),
        say.section("still", panels=pair, run={"rho": at["rho"]}, tell=_end(exhibit),
                    seconds=1.2, hold=2.0, only=(*moved, "edge-l1", "any", "rho")),
    ))  # fmt: skip


def _end(exhibit: TwinFeatures) -> Said:
    """Return what is to be kept in mind: of data, too, what of all this is only supposed."""
    if exhibit.features is None:
        return say("tell.still")
    one, two = map(literal, exhibit.features)
    return say("tell.own", one=one, two=two, rho=three(exhibit.number("rho")))


def _questions(exhibit: TwinFeatures, near: int) -> tuple[Question, Question]:
    """Ask where on its diamond L1 ends, and whether what it drops is useless."""
    l1, rho = exhibit.weights["l1"][near, exhibit.at["lead"]], float(exhibit.correlations[near])
    wrongs = {"half": np.full(2, l1[0] / 2.0), "other": l1[::-1], "zero": np.zeros(2)}
    lands = say.guess(
        "lands", l1, 0.15, wrongs, {"rho": rho, "first": three(float(l1[0]))},
        panel="l1", sees=("ball-l1", "contours-l1", "rim-l1"), at={"rho": near},
    )  # fmt: skip
    shared, own = exhibit.number("signal") * (1.0 + rho) ** 0.5, exhibit.number("lead")
    ratio = (shared - own * (1.0 - rho) ** 0.5) / (shared + own * (1.0 - rho) ** 0.5)
    share = {"share": round(100.0 * ratio**2, 1)}
    return lands, say.choice("useless", "twin", ("twin", "useless", "harm"), share, panel="l1")
