"""Balls of every power: which are convex, and which have corners on the axes.

All balls have level 1, so that they meet in the same tips, `(1, 0)` and the three others. The
elastic net's, `r |w|_1 + (1 - r) |w|_2^2 <= 1`, has its tips there as well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, knob
from regviz.lessons.picture import Driver, Label, Mark, Picture, Positions, Readout, Said
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking

TOPIC = "geometry"
NEEDS = ("thresholds", "corner")
ORDER = 170

#: vertices of a ball and of a tip, and what their planes show
POINTS, TIP_POINTS, SEEN, TIP = 97, 57, (-1.25, 1.25, -1.25, 1.25), (-1.4, 0.6, -1.0, 1.0)
#: how far an enlarged tip goes: planes that are not square show more than they must
REACH = 4.5
#: powers that have a mark of their own
FIXED = {"half": 0.5, "l1": 1.0, "l2": 2.0, "square": math.inf}
#: powers to move through, the last nearly infinite; and magnifications
POWERS = (*np.arange(25, 100) / 50.0, *np.arange(20, 40) / 10.0, *np.arange(16, 65) / 4.0)
ZOOMS = np.array([snap(float(scale)) for scale in np.geomspace(5.0, 5000.0, 91)])
#: degrees that a loss pulls away from the first axis: never along an axis or a diagonal, where
#: a ball may have many points that lie farthest
TURNS = np.arange(-79.5, 80.0)
#: half of a contour, a pull's length, and the chord between two tips with its middle
CONTOUR, PULL = 0.75, 0.55
CHORD, MIDDLE = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.5, 0.5]])
#: where along its mark each name may stand: along a ball from its right tip on
ENDS = (0.85, 0.9, 0.8, 0.75, 0.7, 0.2, 0.25, 0.15)
SPOTS = {
    "half": (0.94, 0.93, 0.95, 0.92, 0.96, 0.91),
    "l1": (0.62, 0.6, 0.65, 0.68, 0.57),
    "l2": (0.87, 0.85, 0.9, 0.83, 0.93),
    "square": (0.875, 0.85, 0.9, 0.8),
    "lq": (0.13, 0.1, 0.15, 0.08, 0.17),
    "net": (0.38, 0.35, 0.4, 0.33, 0.43),
    **dict.fromkeys(("lq-tip", "net-tip", "lens", "pull", "contour-lq"), ENDS),
}
NET_LEVEL = r"\alpha (|w_1| + |w_2|) + (1 - \alpha) (w_1^2 + w_2^2) \leq 1"
say = Voice("lq-balls")
#: what is seen together
BALL = ("ball", "lq", "q")
CLOSE = ("ball-tip", "tangent", "lq-tip", "lens")
NET, READ = ("net", "net-tip"), ("zoom", "angle-lq")
PULLED = ("contour-lq", "pull", "far-lq", "w2-lq")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the two balls that are compared."""

    q: float = knob(1.5, Number(0.5, 16.0), "power of the ball beside the elastic net's")
    ratio: float = knob(0.7, Number(0.3, 0.9), "share of L1 in the elastic net")


@dataclass(frozen=True, kw_only=True)
class LqBalls(Exhibit):
    """Balls, their tips and their farthest points.

    Attributes
    ----------
    powers
        Powers, ascending, shape `(n_powers,)`.
    at
        Index of the parameters' power.
    fixed
        Balls by name, shapes `(n, 2)`; `square` is that of `q = inf`.
    balls, net
        Outlines, shapes `(n_powers, n, 2)` and `(n, 2)`.
    tips, net_tip
        The right tip, enlarged, shapes `(n_powers, n_zooms, m, 2)` and `(n_zooms, m, 2)`.
    rays, net_ray
        How upper sides leave the tip, up to length, shapes `(n_powers, 2)` and `(2,)`.
    angles, net_angle
        What the sides open at the tip, in degrees: `(n_powers,)` and a number.
    pulls
        Unit vectors along which a loss falls, shape `(n_turns, 2)`.
    far, net_far
        Where that ends, shapes `(n_powers, n_turns, 2)` and `(n_turns, 2)`.
    """

    powers: rm.Array
    at: int
    fixed: Mapping[str, rm.Array]
    balls: rm.Array
    net: rm.Array
    tips: rm.Array
    net_tip: rm.Array
    rays: rm.Array
    net_ray: rm.Array
    angles: rm.Array
    net_angle: float
    pulls: rm.Array
    far: rm.Array
    net_far: rm.Array


def exhibit(parameters: Parameters) -> LqBalls:
    """Compute the balls of every power, and the elastic net's."""
    q, ratio = snap(parameters.q), snap(parameters.ratio)
    (powers, at), net = parts.with_own(POWERS, q), rm.ElasticNet(1.0, ratio)
    balls = [rm.LqBall(power) for power in powers]
    turned = np.radians(TURNS)
    pulls = np.stack([np.cos(turned), np.sin(turned)], axis=-1)
    outlines = np.stack([ball.outline(POINTS) for ball in balls])
    own, far = net.ball(1.0, POINTS), np.stack([ball.farthest(pulls) for ball in balls])
    net_far = net.farthest(pulls, 1.0)
    levels = [ball.level(w) for ball, w in zip(balls, outlines, strict=True)]
    levels += [ball.level(w) for ball, w in zip(balls, far, strict=True)]
    levels += [net.level(own), net.level(net_far)]
    return LqBalls(
        lesson="lq-balls",
        parameters={"q": q, "ratio": ratio},
        points={"tip": CHORD[0], "middle": MIDDLE[0]},
        lam={},
        budget={"lq": 1.0, "net": 1.0},
        certificate={"level_error": max(float(np.abs(level - 1.0).max()) for level in levels)},
        powers=powers,
        at=at,
        fixed={name: rm.LqBall(power).outline(POINTS) for name, power in FIXED.items()},
        balls=outlines,
        net=own,
        tips=np.stack([_tip(ball) for ball in balls]),
        net_tip=_tip(net),
        rays=np.stack([rm.tip_tangent(ball) for ball in balls]),
        net_ray=rm.tip_tangent(net),
        angles=np.array([rm.tip_angle(ball) for ball in balls]),
        net_angle=rm.tip_angle(net),
        pulls=pulls,
        far=far,
        net_far=net_far,
    )


def _tip(ball: rm.LqBall | rm.ElasticNet) -> rm.Array:
    """Return a tip at every scale, with corners beyond what is seen that close its inside."""
    sides = rm.magnified_tip(ball, ZOOMS, TIP_POINTS, REACH)
    close = sides[:, [0, -1]]
    close[..., 0] = -REACH
    return np.concatenate([close[:, :1], sides, close[:, 1:]], axis=1)


def claims(exhibit: LqBalls, at: Positions) -> dict[str, Said]:
    """Return what is true of the balls, the chord and the weights at these positions."""
    q, turn = float(exhibit.powers[at["q"]]), float(TURNS[at["turn"]])
    own, ratio = map(exhibit.number, exhibit.parameters)
    angle, middle = exhibit.net_angle, 2.0 * 0.5**q
    side = "out" if middle > 1.0 else "on" if middle == 1.0 else "in"
    w, net = float(exhibit.far[at["q"], at["turn"], 1]), float(exhibit.net_far[at["turn"], 1])
    return {
        "lq": say(f"claim.lq.{_kind(q)}", q=q),
        "net": say("claim.net", ratio=ratio, angle=angle, **{"is": equals(angle)}),
        "middle": say(f"claim.middle.{side}", q=q, level=middle, **{"is": equals(middle)}),
        "far-lq": _weight("far", w, turn),
        "far-net": _weight("net-far", net, turn),
        "pair": say(f"claim.pair.{_kind(q)}", q=q, angle=angle),
        "alt": say(f"alt.{_kind(own)}", q=own, ratio=ratio, angle=angle),
    }


def _kind(q: float) -> str:
    return "needle" if q < 1.0 else "corner" if q == 1.0 else "round"


def _weight(key: str, w: float, turn: float) -> Said:
    kind = "zero" if w == 0.0 else "other"
    return say(f"claim.{key}.{kind}", w=w, turn=turn, **{"is": equals(w)})


def picture(exhibit: LqBalls) -> Picture:
    """Describe the balls with a pull on their weights, and beside them their tip, enlarged."""
    own, ratio = map(exhibit.number, exhibit.parameters)
    inwards, up = exhibit.net_ray.tolist()
    # A pull that the elastic net's corner holds.
    held = parts.nearest(TURNS, 0.8 * math.degrees(math.atan2(-inwards, up)))
    moving: dict[str, Any] = {"numbers": exhibit.powers, "by": ("q",), "still": True}
    return Picture(
        panels=(
            say.chart("balls", SEEN, ({}, {}), values={"q": own, "ratio": ratio}, kind="plane"),
            # Its upright axis is far away.
            say.chart("tip", TIP, ({}, {}), values={"scale": float(ZOOMS[-1])}, kind="plane",
                      cross=(-9.0, 0.0)),
        ),
        marks=_marks(exhibit),
        labels=tuple(
            Label(name, say(f"name.{name}"), spots, **(moving if name.startswith("lq") else {}))
            for name, spots in SPOTS.items()
        ),
        drivers=(
            Driver("q", exhibit.powers, exhibit.at),
            Driver("zoom", ZOOMS, len(ZOOMS) - 1),
            Driver("turn", TURNS, held),
        ),
        readouts=(
            Readout("q", "$q =$", "lq", exhibit.powers, ("q",)),
            Readout("zoom", say("readout.zoom"), "ink", ZOOMS, ("zoom",), "tip"),
            Readout("angle-lq", say("readout.angle"), "lq", exhibit.angles, ("q",), "tip"),
            Readout("w1-lq", "$w_1 =$", "lq", exhibit.far[..., 0], ("q", "turn"), "balls",
                    "far-lq"),
            Readout("w2-lq", "$w_2 =$", "lq", exhibit.far[..., 1], ("q", "turn"), "balls",
                    "far-lq"),
            Readout("w2-net", "$w_2 =$", "net", exhibit.net_far[:, 1], ("turn",), "balls",
                    "far-net"),
        ),
        formulas=(
            parts.Formula("f-lq", (parts.Term(r"|w_1|^q + |w_2|^q \leq 1", "lq", "lq"),)),
            parts.Formula("f-net", (parts.Term(NET_LEVEL, "net", "net"),)),
        ),
        says=("lq", "net", "middle", "far-lq", "far-net"),
        presets={"star": {"q": 0.5}, "diamond": {"q": 1.0}, "circle": {"q": 2.0}},
        free=("lq", "l1", "l2", "middle", *NET, *CLOSE[1:3], *PULLED[:3], "far-net"),
    )  # fmt: skip


def _marks(exhibit: LqBalls) -> tuple[Mark, ...]:
    corners = np.array(TIP)[[[0, 2], [1, 2], [1, 3], [0, 3], [0, 2]]]
    lens = CHORD[0] + corners / ZOOMS[:, None, None]
    pulls, far, net_far = exhibit.pulls, exhibit.far[:, :, None], exhibit.net_far[:, None]
    along = CONTOUR * pulls @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    contour = far + np.stack([-along, along], axis=-2)
    pull = PULL * np.stack([np.zeros_like(pulls), pulls], axis=-2)
    ray = 2.0 * exhibit.rays
    rays = np.stack([ray * [1.0, -1.0], np.zeros_like(ray), ray], axis=1) + 0.0
    roles = {"half": "muted", "l1": "l1", "l2": "l2", "square": "muted"}
    fixed = (
        Mark(name, "balls", "line", roles[name], line, weight="fine")
        for name, line in exhibit.fixed.items()
    )
    return (
        Mark("ball", "balls", "area", "region", exhibit.balls, ("q",)),
        *fixed,
        Mark("chord", "balls", "line", "l1", CHORD),
        Mark("lq", "balls", "line", "lq", exhibit.balls, ("q",), weight="strong"),
        Mark("net", "balls", "line", "net", exhibit.net, weight="strong"),
        Mark("lens", "balls", "line", "ink", lens, ("zoom",), weight="fine"),
        Mark("middle", "balls", "point", "l1", MIDDLE),
        # The loss's contours through the points where its pull ends.
        Mark("contour-lq", "balls", "rule", "loss", contour, ("q", "turn"), weight="fine"),
        Mark("pull", "balls", "arrow", "loss", pull, ("turn",)),
        Mark("far-net", "balls", "point", "net", net_far, ("turn",)),
        Mark("far-lq", "balls", "point", "lq", far, ("q", "turn")),
        Mark("ball-tip", "tip", "area", "region", exhibit.tips, ("q", "zoom")),
        Mark("tangent", "tip", "line", "muted", rays, ("q",), weight="fine"),
        Mark("lq-tip", "tip", "line", "lq", exhibit.tips, ("q", "zoom"), weight="strong"),
        Mark("net-tip", "tip", "line", "net", exhibit.net_tip, ("zoom",), weight="strong"),
    )


def story(exhibit: LqBalls) -> Story:
    """Squeeze and swell the ball, lay a chord into it, enlarge its tip, and pull at it."""
    drawn, rest, fixed = picture(exhibit), exhibit.at, tuple(FIXED)
    close = {"zoom": len(ZOOMS) - 1}
    slow: dict[str, Any] = {"seconds": 2.2, "even": True}
    ball, tip, both = ("balls",), ("tip",), ("balls", "tip")
    held = float(TURNS[drawn.rest["turn"]])

    def to(power: float) -> dict[str, int]:
        return {"q": parts.nearest(exhibit.powers, power)}

    def turned(degrees: float) -> dict[str, int]:
        return {"turn": parts.nearest(TURNS, degrees)}

    convex, looks, ends = asking(*_questions(exhibit))
    far, start = to(1.5) | {"zoom": 0}, to(2.0) | turned(60.0)
    outside = claims(exhibit, {**drawn.rest, **to(0.5)})["middle"]
    pair = claims(exhibit, drawn.rest)["pair"]
    return Story((
        Section("family", (
            say.step("family", "family", panels=ball, put=to(2.0), show=BALL, hold=1.4),
            say.step("star", run=to(1.0), seconds=1.6),
            # Names would stand on what is filled.
            Step(show=("l1",), hide=("ball",), hold=0.2),
            Step(run=to(0.5), seconds=1.2),
            Step(show=("half",), hold=0.4),
            say.step("square", run=to(16.0), **slow),
            Step(tell=say("tell.family"), show=("l2", "square"), hold=1.0),
        ), only=("f-lq",)),
        convex,
        Section("convex", (
            say.step("convex", "convex", hide=fixed, run=to(2.0), hold=1.0),
            Step(tell=say("tell.middle"), emphasise=("middle",), hold=1.6),
            say.step("leaves", run=to(0.5), **slow),
            Step(tell=outside, hold=1.6),
        ), only=("f-lq", "ball", "chord", "middle")),
        looks,
        Section("tip", (
            say.step("closer", "tip-close", panels=both, put=far, hold=0.6),
            Step(panels=tip, show=READ),
            Step(run=close, **slow),
            Step(tell=say("tell.round"), hold=0.8),
            say.step("at-one", run=to(1.0), **slow),
            Step(tell=say("tell.corner"), hold=0.8),
            say.step("needle", run=to(0.5), seconds=1.6),
            Step(tell=say("tell.needle"), hold=1.0),
        ), only=CLOSE),
        Section("net", (
            say.step("net", "net", panels=both, put={"q": rest, "zoom": 0},
                     hide=READ, show=("f-net",), hold=1.6),
            Step(panels=tip, hide=("f-net",), show=READ, hold=0.4),
            say.step("apart", run=close, **slow),
            Step(tell=pair, hold=1.3),
        ), only=(*CLOSE[1:], *NET)),
        ends,
        Section("pull", (
            say.step("pull", "pull", panels=ball, hide=READ, put=start, hold=2.0),
            say.step("glides", run=turned(-60.0), **slow),
            say.step("snaps", run=to(1.0), seconds=1.0, hold=0.2),
            Step(run=turned(60.0), **slow),
            Step(tell=say("tell.snaps"), hold=1.0,
                 task=say.task("task.zero", "turn", claims={"far-lq": "zero"})),
        ), only=(*PULLED, "w1-lq")),
        Section("both", (
            say.step("both", "both", run={"q": rest}, seconds=0.8, hold=0.2),
            Step(run=turned(held), seconds=1.2, hold=0.2),
            Step(tell=say("tell.both"), run=turned(-held), hold=0.6, **slow),
        ), only=(*PULLED, "net", "far-net", "w2-net")),
        say.section("still", panels=both, tell=say("tell.still"), hold=3.0,
                    only=(*fixed, *CLOSE[1:-1], *NET)),
    ))  # fmt: skip


def _questions(exhibit: LqBalls) -> tuple[Question, ...]:
    """Ask from which power on balls are convex, what a tip is, and where a pull ends."""
    convex = say.guess("convex", 1.0, 0.1, {"circle": 2.0, "star": 0.5}, low=0.25, high=4.0,
                       panel="balls", sees=("half", "l2", "square"))  # fmt: skip
    at = {"q": parts.nearest(exhibit.powers, 1.5)}
    tip = say.choice("tip", "round", ("corner", "same", "round", "needle"), panel="balls",
                     sees=("ball", "lq"), at=at)  # fmt: skip
    at = {"q": parts.nearest(exhibit.powers, 1.0), "turn": parts.nearest(TURNS, 60.0)}
    pull, truth = exhibit.pulls[at["turn"]], exhibit.far[at["q"], at["turn"]]
    wrongs = {"along": pull / np.abs(pull).sum(), "middle": MIDDLE[0], "other": CHORD[0]}
    ends = say.guess("ends", truth, 0.06, wrongs, {"turn": float(TURNS[at["turn"]])},
                     panel="balls", sees=("lq", "pull"), at=at)  # fmt: skip
    return convex, tip, ends
