"""Priors: a penalty is a prior, its optimum the posterior's mode; the mean is another matter.

The loss of one weight is `L = (w - m)**2 / 2`, where `m` is what least squares finds. With a
spread `s` (the noise's variance over the number of samples) the likelihood is in proportion to
`exp(-L / s)`; a Laplace prior is `exp(-lam |w| / s)`, and a Gaussian one `exp(-lam w**2 / s)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import plain
from regviz.lessons.base import Exhibit
from regviz.lessons.fitted import certified
from regviz.lessons.lines import joined, over
from regviz.lessons.numbers import equals, signed, snap, three
from regviz.lessons.parameters import Knobs, Number, Strength, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.question import between
from regviz.lessons.regions import PENALTIES
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking, both

TOPIC = "disguise"
NEEDS = ("l1-loss", "l2-loss", "corner")
ORDER = 230

#: what least squares may find, and spreads to move through
CENTERS = np.arange(-20, 21) / 10.0
SPREADS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.14, 0.17, 0.2, 0.25, 0.3,
           0.35, 0.4, 0.5, 0.6, 0.8, 1.0)  # fmt: skip
#: weights at which densities are drawn, and what panels show of them
W = np.arange(-75, 126) / 50.0
DENSITY, COST = np.array([-1.5, 2.5, 0.0, 1.2]), np.array([-1.5, 2.5, 0.0, 2.2])
MAP, PLANE = np.array([-2.0, 2.0, -1.6, 1.6]), np.array([-0.9, 2.1, -1.2, 1.2])
#: the loss of two weights: L1 keeps the first alone, whatever the knob
LOSS = rm.Quadratic(np.array([[1.0, 0.4], [0.4, 1.0]]), np.array([1.2, 0.15]))
#: contours of the density in the plane, as shares of its highest, and their even rays
SHARES, RAYS = (0.8, 0.5, 0.25, 0.1, 0.03), 73
#: a mean that a mode of 0 would hide
FAR = 0.2
#: names of the costs, and of what is seen of modes over centers
COSTS, LINES = ("price", "loss", "sum", "lowest"), ("line-free", "line-mode", "line-l2")
DRIVERS = ("center", "spread")
#: where likelihood and posterior may have their names
ALONG = {"like": (0.72, 0.75, 0.7, 0.68, 0.78), "post": (0.56, 0.58, 0.6, 0.54, 0.62)}
#: what estimates are called
CALLED = {"mode-l1": "mode", "mean-l1": "mean", "mode-l2": "same", "corner": "mode",
          "beside": "mean"}  # fmt: skip
#: how a mean looks
MEAN: dict[str, Any] = {"look": "hollow", "weight": "strong"}
#: the posterior's mean of two weights, by strength and spread: many exhibits share them
_beside = lru_cache(maxsize=256)(partial(rm.laplace_posterior_mean, LOSS))
say = Voice("priors")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the prior, and of what the data say."""

    lam: float = knob(0.6, Strength(0.3, 1.2), "penalty strength: how narrow the prior is")
    center: float = knob(0.5, Number(-2.0, 2.0), "weight that least squares finds")
    spread: float = knob(0.25, Number(0.02, 1.0), "variance of the noise over the samples")


@dataclass(frozen=True, kw_only=True)
class Priors(Exhibit):
    """Posteriors of one weight and of two, with their modes and means.

    Attributes
    ----------
    centers, spreads
        Ascending, shapes `(n_centers,)` and `(n_spreads,)`.
    at
        Positions of the parameters' own, by driver.
    modes
        By penalty, shape `(n_centers,)`: ridge's weight, and the lasso's.
    means
        Under a Laplace prior, shape `(n_centers, n_spreads)`; under a Gaussian one it is the
        mode.
    beside
        The mean of two weights by spread, shape `(n_spreads, 2)`; their mode is at the corner.
    """

    centers: rm.Array
    spreads: rm.Array
    at: Positions
    modes: Mapping[str, rm.Array]
    means: rm.Array
    beside: rm.Array


def exhibit(parameters: Parameters) -> Priors:
    """Compute all modes and means."""
    knobs = {name: snap(value) for name, value in vars(parameters).items()}
    lam = knobs["lam"]
    centers, center = parts.with_own(CENTERS, knobs["center"])
    spreads, spread = parts.with_own(SPREADS, knobs["spread"])
    penalties = {name: shape.with_lambda(lam) for name, shape in PENALTIES.items()}
    modes = {"l1": rm.soft_threshold(centers, lam), "l2": centers / (1.0 + 2.0 * lam)}
    means = rm.laplace_mean(centers[:, None], 1.0, lam, spreads)
    corner = rm.penalized_optimum(LOSS, penalties["l1"])
    found = [_beside(lam, each) for each in spreads.tolist()]
    own = rm.Quadratic(np.eye(1), centers[[center]])
    at_rest = {name: each[[center]] for name, each in modes.items()}
    return Priors(
        lesson="priors",
        parameters=knobs,
        points={
            "mode-l1": at_rest["l1"],
            "mean-l1": means[center, [spread]],
            "mode-l2": at_rest["l2"],
            "corner": corner,
            "beside": found[spread].mean,
        },
        lam=dict.fromkeys(PENALTIES, lam),
        certificate={
            **certified(
                (LOSS, penalties["l1"], corner),
                *((own, each, at_rest[name]) for name, each in penalties.items()),
            ),
            "quadrature_error": max(each.error for each in found),
        },
        centers=centers,
        spreads=spreads,
        at={"center": center, "spread": spread},
        modes=modes,
        means=means,
        beside=np.stack([each.mean for each in found]),
    )


@lru_cache(maxsize=256)
def _rings(lam: float, spread: float) -> rm.Array:
    """Return contours of the posterior of two weights, shape `(n_shares, n_points, 2)`."""
    return rm.l1_level_sets(LOSS, lam, -spread * np.log(SHARES), RAYS)[0]


def claims(exhibit: Priors, at: Positions) -> dict[str, Said]:
    """Return what is true of modes and means at this centre and this spread."""
    m, s = float(exhibit.centers[at["center"]]), float(exhibit.spreads[at["spread"]])
    mode, mean, ridge = _estimates(exhibit, at)
    first, second = exhibit.beside[at["spread"]].tolist()
    held = "far" if abs(mean) >= FAR else "held"
    kind = "even" if m == 0.0 else "both" if mode != 0.0 else held
    lam, own = exhibit.lam["l1"], {"m": exhibit.number("center"), "s": exhibit.number("spread")}
    own |= dict(zip(("mode", "mean", "ridge"), _estimates(exhibit, exhibit.at), strict=True))
    return {
        "here": say("claim.here", m=m, s=s, lam=lam),
        "laplace": say(f"claim.laplace.{kind}", **signed(3, mode=mode, mean=mean)),
        "gaussian": say(f"claim.gaussian.{'even' if m == 0.0 else 'off'}", w=three(ridge),
                        **{"is": equals(ridge, 3)}),
        "two": say("claim.two", mode=three(float(exhibit.points["corner"][0])),
                   first=three(first), second=three(second)),
        "alt": say("alt", lam=plain(lam), **{name: plain(each) for name, each in own.items()}),
    }  # fmt: skip


def _estimates(exhibit: Priors, at: Positions) -> tuple[float, float, float]:
    """Return the mode and the mean under a Laplace prior, and both under a Gaussian one."""
    mode, ridge = (float(exhibit.modes[name][at["center"]]) for name in PENALTIES)
    return mode, float(exhibit.means[at["center"], at["spread"]]), ridge


def picture(exhibit: Priors) -> Picture:
    """Describe densities under both priors, costs, the estimates, and two weights."""
    centers, spreads, means = exhibit.centers, exhibit.spreads, exhibit.means
    marks = (
        *(mark for name in PENALTIES for mark in _densities(exhibit, name)),
        *_costs(exhibit), *_map(exhibit), *_plane(exhibit),
    )  # fmt: skip
    return Picture(
        panels=_panels(exhibit),
        marks=marks,
        labels=(
            *say.labels("prior-{}", PENALTIES, 0.3, 0.28, 0.33, 0.25, 0.36, name="prior.{}"),
            *(say.label(f"{what}-{name}", *spots, name=what)
              for name in PENALTIES for what, spots in ALONG.items()),
            *(say.label(of, 0.0, name=name, bold=True) for of, name in CALLED.items()),
            say.label("least", 0.0),
            say.label("sum", 0.85, 0.8, 0.9, 0.2, 0.15),
            say.label("price", 0.8, 0.85, 0.75, 0.2),
            say.label("loss", 0.25, 0.3, 0.35, 0.7),
            say.label("line-l2", 0.9, 0.85, 0.95, 0.1),
            say.label("line-mode", 0.6, 0.65, 0.55, 0.9),
            say.label("line-mean", 0.12, 0.17, 0.22, 0.07, 0.75),
            say.label("line-free", 0.85, 0.8, 0.2, 0.15),
        ),
        drivers=(
            Driver("center", centers, exhibit.at["center"]),
            Driver("spread", spreads, exhibit.at["spread"], places=np.log10(spreads).round(5)),
        ),
        readouts=(
            Readout("m", "$m =$", "loss", centers, ("center",)),
            Readout("s", "$s =$", "ink", spreads, ("spread",)),
            Readout("r-mode", say("readout.mode"), "l1",
                    np.broadcast_to(exhibit.modes["l1"][:, None], means.shape), DRIVERS,
                    of="mode-l1"),
            Readout("r-mean", say("readout.mean"), "l1", means, DRIVERS, of="mean-l1"),
        ),
        formulas=tuple(
            parts.Formula(f"f-{name}", (
                parts.Term(r"\operatorname{p}(w \mid y) \propto ", "ink", f"post-{name}"),
                parts.Term(r"e^{-L(w)/s}", "loss", f"like-{name}"),
                parts.Term(tex, name, f"prior-{name}"),
            ), name)
            for name, tex in (("l1", r"\cdot e^{-\lambda |w|/s}"),
                              ("l2", r"\cdot e^{-\lambda w^2/s}"))
        ),
        says=("here", "laplace", "gaussian", "two"),
        knobs={"lam": np.arange(6, 25) / 20.0},
        presets={
            "held": {"center": 0.5, "spread": 0.5},
            "narrow": {"center": 0.5, "spread": 0.02},
            "kept": {"center": 1.5, "spread": 0.25},
        },
        free=tuple(mark.name for mark in marks if mark.name not in COSTS),
    )  # fmt: skip


def _panels(exhibit: Priors) -> tuple[Panel, ...]:
    foot = say("foot", lam=exhibit.lam["l1"], s=exhibit.number("spread"),
               residual=exhibit.residual)  # fmt: skip
    ticks, ends = parts.numbered(-1.0, 1.0, 2.0), parts.numbered(-1.0, 1.0)
    across, own = parts.numbered(-1.0, 1.0, 2.0, 0.0), claims(exhibit, exhibit.at)
    panel = partial(say.chart, foot=foot)
    axes = say("axis.density.x"), say("axis.density.y")
    return (
        *(
            panel(name, DENSITY, (across, parts.numbered(0.5, 1.0)), cross=(-1.5, 0.0),
                  axes=axes, summary=own[prior], role=name)
            for name, prior in (("l1", "laplace"), ("l2", "gaussian"))
        ),
        panel("cost", COST, (across, parts.numbered(1.0, 2.0)), cross=(-1.5, 0.0)),
        panel("map", MAP, (ticks, ends)),
        panel("plane", PLANE, (parts.numbered(2.0), ends), kind="plane"),
    )  # fmt: skip


def _penalty(name: str, w: rm.Array, lam: float) -> rm.Array:
    return lam * (np.abs(w) if name == "l1" else w**2)


def _cost(name: str, w: rm.Array, m: rm.Array, lam: float) -> rm.Array:
    return np.asarray(0.5 * (w - m) ** 2 + _penalty(name, w, lam))


def _densities(exhibit: Priors, name: str) -> Iterator[Mark]:
    """Yield prior, likelihood and posterior, each as a share of its highest, and estimates."""
    lam, m, s = exhibit.lam[name], exhibit.centers[:, None, None], exhibit.spreads[:, None]
    mode, mean = exhibit.modes[name][:, None, None], exhibit.means

    def posterior(w: rm.Array) -> rm.Array:
        rise = _cost(name, w, m, lam) - _cost(name, mode, m, lam)
        # No higher than 1, though weights are drawn near the mode and not at it.
        return np.asarray(np.exp(-np.maximum(rise, 0.0) / s))

    prior, likelihood = np.exp(-_penalty(name, W, lam) / s), np.exp(-0.5 * (W - m) ** 2 / s)
    mark = parts.marker(name)
    yield mark("prior", "line", name, over(W, prior), "spread", look="faint")
    yield mark("like", "line", "loss", over(W, likelihood), *DRIVERS, look="faint")
    yield mark("post", "line", "ink", over(W, posterior(W)), *DRIVERS, weight="strong")
    if name == "l1":
        high = posterior(mean[..., None])[..., 0]
        stem = np.stack([over(mean, 0.0), over(mean, high)], axis=-2)
        yield Mark("stem", "l1", "line", "l1", stem, DRIVERS)
        yield mark("mean", "point", "l1", stem[..., :1, :], *DRIVERS, **MEAN)
    yield mark("mode", "point", name, over(mode[:, 0], 1.0), "center")


def _costs(exhibit: Priors) -> Iterator[Mark]:
    """Yield the loss, the price and their sum, lowest where the posterior is highest."""
    lam, m, mode = exhibit.lam["l1"], exhibit.centers[:, None], exhibit.modes["l1"][:, None]
    loss, price, mark = 0.5 * (W - m) ** 2, _penalty("l1", W, lam), parts.marks_in("cost")
    yield mark("price", "line", "l1", over(W, price), look="faint")
    yield mark("loss", "line", "loss", over(W, loss), "center", look="faint")
    yield mark("sum", "line", "regularized", over(W, loss + price), "center", weight="strong")
    yield mark("lowest", "point", "l1", over(mode, _cost("l1", mode, m, lam)), "center")


def _map(exhibit: Priors) -> Iterator[Mark]:
    """Yield what the modes and the mean are, over what least squares finds."""
    lam, centers, ends = exhibit.lam["l1"], exhibit.centers[:, None], MAP[:2]
    bends = np.array([ends[0], -lam, lam, ends[1]])
    along = rm.laplace_mean(CENTERS, 1.0, lam, exhibit.spreads[:, None])
    mode, mean = over(centers, exhibit.modes["l1"][:, None]), over(centers, exhibit.means)
    mark = parts.marks_in("map")
    yield mark("line-free", "line", "muted", over(ends, ends), weight="fine")
    yield mark("line-l2", "line", "l2", over(ends, ends / (1.0 + 2.0 * lam)))
    yield mark("line-mode", "line", "l1", over(bends, rm.soft_threshold(bends, lam)))
    yield mark("line-mean", "line", "l1", over(CENTERS, along), "spread", weight="strong")
    yield mark("now-mode", "point", "l1", mode, "center", grip="center")
    yield mark("now-mean", "point", "l1", mean[:, :, None], *DRIVERS, **MEAN)


def _plane(exhibit: Priors) -> Iterator[Mark]:
    """Yield contours of the posterior of two weights, its mode on an axis, and its mean."""
    lam, mark = exhibit.lam["l1"], parts.marks_in("plane")
    contours = np.stack([_rings(lam, spread) for spread in exhibit.spreads.tolist()])
    yield mark("rings", "line", "ink", joined(contours), "spread", weight="fine")
    yield mark("least", "point", "loss", LOSS.center[None])
    yield mark("corner", "point", "l1", exhibit.points["corner"][None])
    yield mark("beside", "point", "l1", exhibit.beside[:, None], "spread", **MEAN)


def story(exhibit: Priors) -> Story:
    """Multiply prior and likelihood, look at what is highest, and at what is the mean."""
    own, lam = exhibit.at, exhibit.lam["l1"]
    half, tenth = ({"spread": parts.nearest(exhibit.spreads, spread)} for spread in (0.5, 0.1))
    start = half | {"center": parts.nearest(exhibit.centers, 1.5)}
    held = {"center": parts.nearest(exhibit.centers, round(0.7 * lam, 1))}
    wide, narrow = {"spread": len(exhibit.spreads) - 1}, {"spread": 0}
    slow: dict[str, Any] = {"seconds": 2.6, "even": True}
    mean, curve = asking(*_questions(exhibit, held | half))
    balance, means = ("stem", "mean-l1"), ("line-mean", "now-mean")
    seen, two = ("post-l1", "mode-l1", *balance), ("rings", "corner", "least")
    return Story((
        Section("priors", (
            say.step("prior", "prior", panels=(*PENALTIES,), put=start, show=both("prior"),
                     seconds=1.0, hold=1.4),
            say.step("likelihood", show=both("like"), seconds=0.8, hold=1.4),
            say.step("product", show=(*both("post"), "f-l1", "f-l2"), seconds=1.0, hold=1.4),
        ), only=("f-l1", "f-l2")),
        Section("mode", (
            say.step("log", "mode", panels=("l1", "cost"), hide=both("prior", "like"),
                     show=COSTS, seconds=1.0, hold=1.4),
            say.step("highest", show=("mode-l1",), emphasise=("mode-l1", "lowest"), hold=1.4),
            say.step("falls", run=held, **slow, hold=1.8),
            say.step("ridge", panels=(*PENALTIES,), hide=COSTS, show=("mode-l2",), hold=1.4),
        ), only=("m",)),
        mean,
        Section("mean", (
            say.step("balance", "mean", panels=("l1",), put=held | half,
                     hide=("post-l2", "mode-l2"), show=balance, seconds=0.8, hold=1.4),
            say.step("narrow", run=narrow, **slow, hold=1.6),
            say.step("wide", run=wide, **slow, hold=1.0),
        ), only=("s", "r-mode", "r-mean")),
        curve,
        Section("map", (
            say.step("map", "map", panels=("map",), hide=seen, put=start,
                     show=(*LINES, "now-mode"), hold=1.4),
            say.step("never", show=means, seconds=1.0, hold=1.4),
            say.step("less", run=narrow, **slow, hold=1.4,
                     task=say.task("task", *DRIVERS, claims={"laplace": "far"})),
        ), only=("s",)),
        Section("plane", (
            say.step("two", "plane", panels=("plane",), put=start,
                     hide=(*LINES, "now-mode", *means), show=two, seconds=1.0, hold=1.4),
            say.step("beside", show=("beside",), tell=say("tell.sparse"), hold=1.4),
            Step(run=tenth, **slow, hold=0.8),
        ), only=("s",)),
        say.section("still", panels=("l1", "map"), hide=(*two, "beside"), put=own,
                    show=("prior-l1", "like-l1", *seen, *LINES, "now-mode", *means),
                    seconds=0.8, hold=4.0),
    ))  # fmt: skip


def _questions(exhibit: Priors, at: Positions) -> Iterator[Question]:
    """Ask for the mean beside a mode of 0, and for the mean over what least squares finds."""
    lam, m = exhibit.lam["l1"], float(exhibit.centers[at["center"]])
    mean = float(exhibit.means[at["center"], at["spread"]])
    yield say.guess(
        "beside", mean, 0.2 * min(mean, m - mean), {"mode": 0.0, "least": m},
        {"m": m, "mean": three(mean)}, low=-1.0, high=1.5,
        panel="l1", sees=("post-l1", "mode-l1"), at=at,
    )  # fmt: skip
    across, along = np.arange(6.0) * 0.4, np.arange(41.0) / 20.0
    spread = float(exhibit.spreads[at["spread"]])
    means = rm.laplace_mean(across, 1.0, lam, spread)
    curves = {"mode": rm.soft_threshold(across, lam), "least": across}
    yield say.guess("line", means, between(means, curves), curves, across=across, panel="map",
                    line=over(along, rm.laplace_mean(along, 1.0, lam, spread)),
                    sees=("line-free",), at=at)  # fmt: skip
