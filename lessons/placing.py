"""Where labels stand: one rule for figures, videos and pages.

No label stands on a label, a marker, a number, or over the frame's edge. It stands by what it
names, off lines where that can be; where nothing beside it is free, it stands further away with
a thin leader. Lengths are in any unit whose second axis points up. `pages/placing.js` is the
same in JavaScript, and a test holds both equal.

A picture that moves is seen several times, and a label keeps its side through all of them: each
sight has its own obstacles and anchors, and the places are judged over all: by all that
they cover, and by the mean of the rest, so that a line which only passes sends no label away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: directions to try, in degrees: those that are read most easily come first
DIRECTIONS = (0, 45, 90, 135, 180, -45, -90, -135, 22, -22, 67, -67, 112, -112, 157, -157)
#: air between a mark and its label, around labels, and from the end of one to the next on its
#: line, or to a number of an axis, which would read as one with less, in heights of type
GAPS = (0.3, 0.6, 1.0)
AIR, APART = 0.12, 0.4
#: what a place costs: a later anchor, direction and gap, a length of line (in heights of type)
#: under it, and something that it must not cover
LATER, TURNED, FURTHER, ON_LINE, COVERS = 0.4, 0.15, 1.5, 6.0, 1000.0
#: places with a leader: how far apart they are tried, in heights of type, and what they cost
STRIDE, LED = 0.75, 8.0


@dataclass(frozen=True)
class Sight:
    """What a label must stay clear of at one moment.

    Attributes
    ----------
    boxes
        `(left, bottom, right, top)` of each number, marker and other text, shape `(n, 4)`.
    lines
        Segments of lines, shape `(n, 2, 2)`.
    """

    boxes: Array
    lines: Array


class Wish(NamedTuple):
    """A label to place: its size, its anchors in each sight, and how far it stays off them.

    `anchors` has the shape `(n_sights, n_anchors, 2)`, the best first. `seen` says in which
    sights the label is there at all; without it, in all.
    """

    size: tuple[float, float]
    anchors: Array
    reach: float
    seen: tuple[bool, ...] | None = None

    def sees(self, sight: int) -> bool:
        """Say whether the label is there in a sight."""
        return self.seen is None or self.seen[sight]

    @property
    def share(self) -> float:
        """What each sight in which the label is there counts for."""
        return 1.0 / max(sum(map(self.sees, range(len(self.anchors)))), 1)


class Place(NamedTuple):
    """Where a label's middle stands in each sight, its leader from the anchor, and its cost.

    `middles` has the shape `(n_sights, 2)`; `leaders` is `(n_sights, 2, 2)`, or None without.
    `anchor` is the index of the anchor that it stands by.
    """

    middles: Array
    leaders: Array | None
    cost: float
    anchor: int


def place(
    frame: Sequence[float], wishes: Sequence[Wish], sights: Sequence[Sight], em: float
) -> list[Place]:
    """Place labels one after the other, each clear of those before it.

    Parameters
    ----------
    frame
        `(left, bottom, right, top)` in which all labels stand.
    wishes
        The labels. The widest choose first: it is they that find little room.
    sights
        What they stay clear of, at each moment that counts.
    em
        Height of the type.
    """
    taken = [sight.boxes for sight in sights]
    places: dict[int, Place] = {}
    for index in sorted(range(len(wishes)), key=lambda one: -round(wishes[one].size[0], 3)):
        wish = wishes[index]
        found = _beside(frame, wish, sights, taken, em)
        if found.cost >= COVERS:
            led = _led(frame, wish, sights, taken, em)
            found = min(found, led, key=lambda one: one.cost)
        places[index] = found
        half = np.array(wish.size) / 2 + np.array([APART, AIR]) * em
        for at, middle in enumerate(found.middles):
            if not wish.sees(at):
                continue
            own = np.concatenate([middle - half, middle + half])
            taken[at] = np.concatenate([taken[at], own[None]])
    return [places[index] for index in range(len(wishes))]


def spaced(boxes: Array, em: float) -> Array:
    """Return boxes `(..., 4)` of what axes have written, with air for labels on their lines."""
    wider: Array = boxes + np.array([-APART, 0.0, APART, 0.0]) * em
    return wider


def along(segments: Array, shares: Sequence[float]) -> Array:
    """Return the points at these shares of the length of segments, shape `(n_shares, 2)`.

    `segments` is `(n, 2, 2)`, as :func:`regviz.lessons.clip.clip_segments` cuts them.
    """
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    lengths = np.hypot(step[:, 0], step[:, 1])
    walked = np.cumsum(lengths)
    found = []
    for share in shares:
        wanted = share * walked[-1]
        at = min(int(np.searchsorted(walked, wanted)), len(walked) - 1)
        rest = (wanted - (walked[at] - lengths[at])) / (lengths[at] or 1.0)
        found.append(start[at] + rest * step[at])
    return np.array(found)


def coarse(segments: Array, step: float) -> Array:
    """Return fewer segments along the same lines, at most about as long as a step.

    Labels stay off them as off the many that they stand for.
    """
    if len(segments) < 2:
        return segments
    lengths = np.hypot(*(segments[:, 1] - segments[:, 0]).T)
    walked = np.floor(np.cumsum(lengths) / step)
    joined = (segments[1:, 0] == segments[:-1, 1]).all(axis=1) & (walked[1:] == walked[:-1])
    first = np.flatnonzero(np.concatenate([[True], ~joined]))
    last = np.concatenate([first[1:] - 1, [len(segments) - 1]])
    return np.stack([segments[first, 0], segments[last, 1]], axis=1)


def _beside(
    frame: Sequence[float],
    wish: Wish,
    sights: Sequence[Sight],
    taken: Sequence[Array],
    em: float,
) -> Place:
    """Return the best place next to an anchor."""
    half = np.array(wish.size) / 2
    n_anchors = wish.anchors.shape[1]
    offsets = np.array([_offset(turn, wish.reach + gap * em, half) for gap in GAPS
                        for turn in DIRECTIONS])  # fmt: skip
    dear = np.array(
        [FURTHER * gap + TURNED * turn for gap in range(len(GAPS))
         for turn in range(len(DIRECTIONS))]
    )  # fmt: skip
    cost = (LATER * np.arange(n_anchors)[:, None] + dear).ravel()
    middles = []
    for at, sight in enumerate(sights):
        there = (wish.anchors[at][:, None] + offsets).reshape(-1, 2)
        if wish.sees(at):
            lines = _on_lines(there, half, sight.lines, em)
            cost = cost + _covers(there, half, frame, taken[at], em) + wish.share * lines
        middles.append(there)
    best = _least(cost)
    return Place(
        np.array([there[best] for there in middles]),
        None,
        float(cost[best]),
        best // len(offsets),
    )


def _led(
    frame: Sequence[float],
    wish: Wish,
    sights: Sequence[Sight],
    taken: Sequence[Array],
    em: float,
) -> Place:
    """Return the best place anywhere in the frame, with a leader from the first anchor."""
    half = np.array(wish.size) / 2
    left, bottom, right, top = frame
    stride = STRIDE * em
    across = np.arange(max(0.0, right - left - wish.size[0]) // stride + 1) * stride
    up = np.arange(max(0.0, top - bottom - wish.size[1]) // stride + 1) * stride
    there = np.stack(
        np.meshgrid(left + half[0] + across, bottom + half[1] + up), axis=-1
    ).reshape(-1, 2)
    cost = np.full(len(there), LED)
    for at, sight in enumerate(sights):
        if not wish.sees(at):
            continue
        away = there - wish.anchors[at][0]
        lines = _on_lines(there, half, sight.lines, em)
        cost = cost + _covers(there, half, frame, taken[at], em)
        cost = cost + wish.share * (np.hypot(away[:, 0], away[:, 1]) / em + lines)
    best = _least(cost)
    middles = np.repeat(there[best : best + 1], len(sights), axis=0)
    starts = wish.anchors[:, 0]
    ends = np.clip(starts, middles - half, middles + half)
    return Place(middles, np.stack([starts, ends], axis=1), float(cost[best]), 0)


def _offset(turn: float, distance: float, half: Array) -> list[float]:
    """Return where a label's middle is from its anchor: half its size on top of a distance."""
    x, y = float(np.cos(np.radians(turn))), float(np.sin(np.radians(turn)))
    more = 1.4142135623730951
    wide, high = (min(1.0, max(-1.0, part * more)) for part in (x, y))
    return [x * distance + wide * float(half[0]), y * distance + high * float(half[1])]


def _least(cost: Array) -> int:
    """Return where the cost is least, the first of those equal to what rounding leaves."""
    return int(np.argmin(np.round(cost * 1e6)))


def _covers(
    middles: Array, half: Array, frame: Sequence[float], taken: Array, em: float
) -> Array:
    """Return what places cost for what they must not cover, and for leaving the frame."""
    low, high = middles - half, middles + half
    air = AIR * em
    out = (
        (low[:, 0] < frame[0] - 1e-9)
        | (low[:, 1] < frame[1] - 1e-9)
        | (high[:, 0] > frame[2] + 1e-9)
        | (high[:, 1] > frame[3] + 1e-9)
    )
    covers = out.astype(float)
    if len(taken):
        meets = (
            (low[:, None, 0] - air < taken[:, 2])
            & (high[:, None, 0] + air > taken[:, 0])
            & (low[:, None, 1] - air < taken[:, 3])
            & (high[:, None, 1] + air > taken[:, 1])
        )
        covers = covers + meets.sum(axis=1)
    return COVERS * covers


def _on_lines(middles: Array, half: Array, lines: Array, em: float) -> Array:
    """Return what places cost for the lines under them."""
    return ON_LINE * _under(middles - half, middles + half, lines) / em


def _under(low: Array, high: Array, lines: Array) -> Array:
    """Return the length of lines in each box, by cutting every segment at every box."""
    if not len(lines):
        return np.zeros(len(low))
    near = (lines.min(axis=1) <= high.max(axis=0)) & (lines.max(axis=1) >= low.min(axis=0))
    lines = lines[near.all(axis=1)]
    start, step = lines[:, 0], lines[:, 1] - lines[:, 0]
    enter = np.zeros((len(low), len(lines)))
    leave = np.ones((len(low), len(lines)))
    for axis in (0, 1):
        flat = step[:, axis] == 0.0
        safe = np.where(flat, 1.0, step[:, axis])
        near = (low[:, None, axis] - start[:, axis]) / safe
        far = (high[:, None, axis] - start[:, axis]) / safe
        within = (start[:, axis] > low[:, None, axis]) & (start[:, axis] < high[:, None, axis])
        first, last = np.minimum(near, far), np.maximum(near, far)
        enter = np.maximum(enter, np.where(flat, np.where(within, 0.0, 2.0), first))
        leave = np.minimum(leave, np.where(flat, np.where(within, 1.0, -1.0), last))
    lengths = np.hypot(step[:, 0], step[:, 1])
    total: Array = (np.maximum(leave - enter, 0.0) * lengths).sum(axis=1)
    return total
