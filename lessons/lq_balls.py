"""Balls of every power: which are convex, and which have corners on the axes.

All balls have level 1, so that they meet in the same tips, `(1, 0)` and the three others. The
elastic net's, `r |w|_1 + (1 - r) |w|_2^2 <= 1`, has its tips there as well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, knob
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {"en": "From star to square: Lq balls", "ko": "별에서 정사각형까지: Lq 공"}
SUMMARY = {
    "en": "Convex from q = 1 on, corners on the axes up to q = 1; the elastic net has both",
    "ko": "q = 1부터 볼록하고 q = 1까지 축 위에 모서리가 있으며, 엘라스틱 넷은 둘 다입니다",
}
TAGS = ("two weights", "penalties", "geometry")
ORDER = 170

#: vertices of a ball and of a tip, half of what its plane shows, and what a tip's does
POINTS, TIP_POINTS, SEEN, TIP = 97, 57, 1.25, (-1.4, 0.6, -1.0, 1.0)
#: how far an enlarged tip goes: planes that are not square show more than they must
REACH = 4.5
#: powers that have a mark of their own
FIXED = {"half": 0.5, "l1": 1.0, "l2": 2.0, "square": math.inf}
#: powers to move through, the last nearly infinite; and magnifications
POWERS = (
    *(np.arange(25, 100) / 50.0), *(np.arange(40, 80) / 20.0), *(np.arange(16, 32) / 4.0),
    *np.arange(8.0, 17.0),
)  # fmt: skip
ZOOMS = tuple(snap(float(scale)) for scale in np.geomspace(5.0, 5000.0, 91))
#: degrees that a loss pulls away from the first axis: never along an axis or a diagonal, where
#: a ball may have many points that lie farthest
TURNS = np.arange(-79.5, 80.0)
#: half of a contour, a pull's length, and the chord between two tips with its middle
CONTOUR, PULL = 0.75, 0.55
CHORD, MIDDLE = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.5, 0.5]])
#: where along a ball, counted from its right tip, and along a tip names may stand
AROUND = {
    "half": (0.63, 0.6, 0.66, 0.55, 0.7),
    "l1": (0.62, 0.6, 0.65, 0.68, 0.57),
    "l2": (0.87, 0.85, 0.9, 0.83, 0.93),
    "square": (0.875, 0.85, 0.9, 0.8),
    "lq": (0.13, 0.1, 0.15, 0.08, 0.17),
    "net": (0.38, 0.35, 0.4, 0.33, 0.43),
}
ENDS = (0.85, 0.9, 0.8, 0.75, 0.7, 0.2, 0.25, 0.15)
NET_LEVEL = r"\alpha (|w_1| + |w_2|) + (1 - \alpha) (w_1^2 + w_2^2) \leq 1"
#: what is seen together
BALL = ("ball", "lq")
CLOSE = ("ball-tip", "tangent", "lq-tip", "lens")
NET, READ = ("net", "f-net"), ("zoom", "angle-lq")
PULLED = ("contour-lq", "pull", "far-lq", "w2-lq")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the two balls that are compared."""

    q: float = knob(1.25, Number(0.5, 4.0), "power of the ball beside the elastic net's")
    ratio: float = knob(0.7, Number(0.3, 0.9), "share of L1 in the elastic net")


@dataclass(frozen=True, kw_only=True)
class LqBalls(Exhibit):
    """Balls, their tips and their farthest points.

    Attributes
    ----------
    powers, zooms, turns
        Powers, magnifications and pulls in degrees, ascending: `(n_powers,)` and so on.
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
    middles
        What the chord's middle comes to, `2 (1/2)^q`, shape `(n_powers,)`.
    """

    powers: Array
    zooms: Array
    turns: Array
    at: int
    fixed: Mapping[str, Array]
    balls: Array
    net: Array
    tips: Array
    net_tip: Array
    rays: Array
    net_ray: Array
    angles: Array
    net_angle: float
    pulls: Array
    far: Array
    net_far: Array
    middles: Array


def exhibit(parameters: Parameters) -> LqBalls:
    """Compute the balls of every power, and the elastic net's."""
    q, ratio = snap(parameters.q), snap(parameters.ratio)
    powers, zooms = np.unique([*POWERS, q]), np.array(ZOOMS)
    balls, net = [rm.LqBall(power) for power in powers], rm.ElasticNet(1.0, ratio)
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
        zooms=zooms,
        turns=TURNS,
        at=int(np.searchsorted(powers, q)),
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
        middles=2.0 * 0.5**powers,
    )


def _tip(ball: rm.LqBall | rm.ElasticNet) -> Array:
    """Return a tip at every scale, with corners beyond what is seen that close its inside."""
    sides = rm.magnified_tip(ball, ZOOMS, TIP_POINTS, REACH)
    close = sides[:, [0, -1]]
    close[..., 0] = -REACH
    return np.concatenate([close[:, :1], sides, close[:, 1:]], axis=1)


def claims(exhibit: LqBalls, at: Positions) -> dict[str, Said]:
    """Return what is true of the balls, the chord and the weights at these positions."""
    q, middle = float(exhibit.powers[at["q"]]), float(exhibit.middles[at["q"]])
    kind, side = _kind(q), "out" if middle > 1.0 else "on" if middle == 1.0 else "in"
    angle, turn = exhibit.net_angle, float(exhibit.turns[at["turn"]])
    ratio = exhibit.net_ray[0] * -1.0
    w, net = float(exhibit.far[at["q"], at["turn"], 1]), float(exhibit.net_far[at["turn"], 1])
    here, own = {"turn": turn}, float(exhibit.powers[exhibit.at])
    return {
        "lq": say(f"claim.lq.{kind}", q=q),
        "net": say("claim.net", ratio=ratio, angle=angle, **{"is": equals(angle)}),
        "middle": say(f"claim.middle.{side}", q=q, level=middle, **{"is": equals(middle)}),
        "far-lq": say(f"claim.far.{_size(w)}", w=w, **here, **{"is": equals(w)}),
        "far-net": say(f"claim.net-far.{_size(net)}", w=net, **here, **{"is": equals(net)}),
        "pair": say(f"claim.pair.{kind}", q=q, angle=angle),
        "alt": say(f"alt.{_kind(own)}", q=own, ratio=ratio, angle=angle),
    }


def _kind(q: float) -> str:
    return "needle" if q < 1.0 else "corner" if q == 1.0 else "round"


def _size(w: float) -> str:
    return "zero" if w == 0.0 else "other"


def picture(exhibit: LqBalls) -> Picture:
    """Describe the balls with a pull on their weights, and beside them their tip, enlarged."""
    rest = {"q": exhibit.at, "zoom": len(ZOOMS) - 1, "turn": _held(exhibit)}
    values = {"q": exhibit.powers, "zoom": exhibit.zooms, "turn": exhibit.turns}
    moving: dict[str, Any] = {"numbers": exhibit.powers, "by": ("q",), "still": True}
    labels = [
        Label(name, say(f"name.{name}"), spots, **(moving if name == "lq" else {}))
        for name, spots in AROUND.items()
    ]
    labels += [
        Label(name, say(f"name.{name}")) for name in ("chord", "lens", "pull", "contour-lq")
    ]
    labels.append(Label("net-tip", say("name.net"), ENDS))
    labels.append(Label("lq-tip", say("name.lq"), ENDS, **moving))
    return Picture(
        panels=_panels(exhibit),
        marks=(*_balls(exhibit), *_pulled(exhibit), *_tips(exhibit)),
        labels=tuple(labels),
        drivers=tuple(Driver(name, values[name], rest[name]) for name in values),
        readouts=(
            Readout("q", "$q =$", "lq", exhibit.powers, ("q",)),
            Readout("zoom", say("readout.zoom"), "ink", exhibit.zooms, ("zoom",), "tip"),
            Readout("angle-lq", say("readout.angle"), "lq", exhibit.angles, ("q",), "tip"),
            Readout("w1-lq", "$w_1 =$", "lq", exhibit.far[..., 0], ("q", "turn"), "balls"),
            Readout("w2-lq", "$w_2 =$", "lq", exhibit.far[..., 1], ("q", "turn"), "balls"),
            Readout("w2-net", "$w_2 =$", "net", exhibit.net_far[:, 1], ("turn",), "balls"),
        ),
        formulas=(
            parts.Formula("f-lq", (parts.Term(r"|w_1|^q + |w_2|^q \leq 1", "lq", "lq"),)),
            parts.Formula("f-net", (parts.Term(NET_LEVEL, "net", "net"),)),
        ),
        says=("lq", "net", "middle", "far-lq", "far-net"),
        free=(*BALL, "l1", "l2", "net", "middle", *PULLED[:3], "far-net", *CLOSE, "net-tip"),
    )  # fmt: skip


def _held(exhibit: LqBalls) -> int:
    """Return the position of a pull that the elastic net's right corner holds."""
    inwards, up = exhibit.net_ray.tolist()
    return parts.nearest(TURNS, 0.8 * math.degrees(math.atan2(-inwards, up)))


def _panels(exhibit: LqBalls) -> tuple[Panel, Panel]:
    """Return the plane of the weights, and its right tip, enlarged."""
    parameters = exhibit.parameters
    ratio, scale = float(str(parameters["ratio"])), float(exhibit.zooms[-1])
    foot = say("foot.balls", q=float(str(parameters["q"])), ratio=ratio)
    limits = np.array([-SEEN, SEEN, -SEEN, SEEN])
    balls = parts.chart("lq-balls", "balls", limits, ({}, {}), foot, kind="plane")
    # The upright axis is far away: it stands at the edge, wherever that is.
    foot, cross = say("foot.tip", scale=scale), (-2.0 * REACH, 0.0)
    tip = parts.chart(
        "lq-balls", "tip", np.array(TIP), ({}, {}), foot, kind="plane", cross=cross
    )
    return balls, tip


def _balls(exhibit: LqBalls) -> list[Mark]:
    lens = np.array([[TIP[i], TIP[j]] for i, j in ((0, 2), (1, 2), (1, 3), (0, 3), (0, 2))])
    lenses = CHORD[0] + lens / exhibit.zooms[:, None, None]
    roles = {"half": "muted", "l1": "l1", "l2": "l2", "square": "muted"}
    return [
        Mark("ball", "balls", "area", "region", exhibit.balls, ("q",)),
        *(
            Mark(name, "balls", "line", roles[name], line, weight="fine")
            for name, line in exhibit.fixed.items()
        ),
        Mark("chord", "balls", "line", "l1", CHORD),
        Mark("lq", "balls", "line", "lq", exhibit.balls, ("q",), weight="strong"),
        Mark("net", "balls", "line", "net", exhibit.net, weight="strong"),
        Mark("lens", "balls", "line", "ink", lenses, ("zoom",), weight="fine"),
        Mark("middle", "balls", "point", "l1", MIDDLE),
    ]


def _pulled(exhibit: LqBalls) -> list[Mark]:
    """Return the pull, and the contours of the loss through the points where it ends."""
    along = CONTOUR * exhibit.pulls @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    ends = np.stack([-along, along], axis=-2)
    pull = np.stack([np.zeros_like(exhibit.pulls), PULL * exhibit.pulls], axis=-2)
    far = exhibit.far[:, :, None]
    return [
        Mark("contour-lq", "balls", "rule", "loss", far + ends, ("q", "turn"), weight="fine"),
        Mark("pull", "balls", "arrow", "loss", pull, ("turn",)),
        Mark("far-net", "balls", "point", "net", exhibit.net_far[:, None], ("turn",)),
        Mark("far-lq", "balls", "point", "lq", far, ("q", "turn")),
    ]


def _tips(exhibit: LqBalls) -> list[Mark]:
    ray = 2.0 * exhibit.rays
    rays = np.stack([ray * [1.0, -1.0], np.zeros_like(ray), ray], axis=1) + 0.0
    by = ("q", "zoom")
    return [
        Mark("ball-tip", "tip", "area", "region", exhibit.tips, by),
        Mark("tangent", "tip", "line", "muted", rays, ("q",), weight="fine"),
        Mark("lq-tip", "tip", "line", "lq", exhibit.tips, by, weight="strong"),
        Mark("net-tip", "tip", "line", "net", exhibit.net_tip, ("zoom",), weight="strong"),
    ]


def story(exhibit: LqBalls) -> Story:
    """Squeeze and swell the ball, lay a chord into it, magnify its tip, and pull at it."""
    drawn = picture(exhibit)
    seen = claims(exhibit, drawn.rest)
    rest, zoomed = exhibit.at, len(ZOOMS) - 1

    def to(power: float) -> dict[str, int]:
        return {"q": parts.nearest(exhibit.powers, power)}

    def turned(degrees: float) -> dict[str, int]:
        return {"turn": parts.nearest(TURNS, degrees)}

    slow: dict[str, Any] = {"seconds": 4.0, "even": True}
    family = (
        _step("family", panels=("balls",), put=to(2.0), show=(*BALL, "q", "f-lq"), hold=2.0),
        Step(say=say("caption.diamond"), run=to(1.0), seconds=3.0),
        Step(show=("l1",), hold=1.2),
        Step(say=say("caption.star"), run=to(0.5), seconds=3.0),
        Step(show=("half",), hold=1.2),
        Step(say=say("caption.square"), run=to(16.0), **slow),
        Step(tell=say("tell.family"), show=("l2", "square"), hold=2.4),
    )
    fixed = tuple(FIXED)
    convex = (
        _step("convex", hide=fixed, run=to(2.0), show=("chord", "middle"), hold=1.6),
        Step(tell=say("tell.middle"), emphasise=("middle",), hold=1.6),
        Step(say=say("caption.leaves"), run=to(0.5), **slow),
        Step(tell=claims(exhibit, {**drawn.rest, **to(0.5)})["middle"], hold=2.4),
    )
    start = to(1.5) | {"zoom": 0}
    tip = (
        _step("tip-close", panels=("balls", "tip"), hide=("chord", "middle"), put=start,
              show=CLOSE, hold=2.4),
        Step(panels=("tip",), hide=("f-lq",), show=READ, hold=0.8),
        Step(say=say("caption.closer"), run={"zoom": zoomed}, **slow),
        Step(tell=say("tell.round"), hold=1.6),
        Step(say=say("caption.at-one"), run=to(1.0), **slow),
        Step(tell=say("tell.corner"), hold=1.6),
        Step(say=say("caption.needle"), run=to(0.5), seconds=2.0),
        Step(tell=say("tell.needle"), hold=1.6),
    )  # fmt: skip
    net = (
        _step("net", panels=("balls", "tip"), hide=READ, put={"q": rest, "zoom": 0},
              show=(*NET, "net-tip"), hold=2.4),
        Step(panels=("tip",), hide=("f-net",), show=READ, hold=0.8),
        Step(say=say("caption.apart"), run={"zoom": zoomed}, **slow),
        Step(tell=seen["pair"], hold=2.4),
    )  # fmt: skip
    away = (*CLOSE, *READ, "net", "net-tip")
    pull = (
        _step("pull", panels=("balls",), hide=away, put=to(2.0) | turned(60.0),
              show=(*PULLED, "w1-lq"), hold=2.0),
        Step(say=say("caption.glides"), run=turned(-60.0), **slow),
        Step(say=say("caption.snaps"), run=to(1.0), seconds=1.2, hold=0.6),
        Step(run=turned(60.0), **slow),
        Step(tell=say("tell.snaps"), hold=2.0),
    )  # fmt: skip
    held = float(TURNS[drawn.rest["turn"]])
    both = (
        _step("both", hide=("w1-lq",), run={"q": rest}, show=("net", "far-net", "w2-net"),
              seconds=1.2, hold=1.6),
        Step(say=say("caption.both"), run=turned(held), seconds=2.4, hold=0.8),
        Step(tell=say("tell.both"), run=turned(-held), **slow),
        Step(hold=2.0),
    )  # fmt: skip
    gone = (*PULLED, "far-net", "w2-net")
    still = (
        _step("still", panels=("balls", "tip"), hide=gone, tell=say("tell.still"),
              show=(*fixed, *CLOSE[:-1], "net-tip"), hold=4.0),
    )  # fmt: skip
    names = ("family", "convex", "tip", "net", "pull", "both", "still")
    told = (family, convex, tip, net, pull, both, still)
    return Story(tuple(Section(*section) for section in zip(names, told, strict=True)))


def _step(title: str, **verbs: Any) -> Step:
    return Step(say=say(f"caption.{title}"), heading=say(f"title.{title}"), **verbs)


def say(key: str, **values: float | str) -> Said:
    """Return a sentence of this lesson."""
    return Said(f"lq-balls.{key}", values)
