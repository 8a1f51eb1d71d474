"""Where a video may be cut: into chunks that are drawn and encoded each by itself.

Chunks depend on the story alone, and not on how many draw them: so the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: a chunk is not much shorter, in seconds: each begins with a whole picture, which takes room
SHORTEST = 4.0
#: what it costs to encode a picture that is held, where 1 is to draw and encode one
_HELD = 0.2


class Cut(NamedTuple):
    """So many frames, and those of them in which something moves."""

    n_frames: int
    n_moving: int


class Chunk(NamedTuple):
    """Steps of a story from `first` to before `end`, the frames they take, and their cost."""

    first: int
    end: int
    start: int
    n_frames: int
    cost: float


def chunks(
    cuts: Sequence[Cut], sections: Sequence[int], whole: Cut, rate: float
) -> tuple[Chunk, ...]:
    """Put the steps of a story together to chunks.

    Parameters
    ----------
    cuts
        What is played before each step.
    sections
        The frames with which sections begin; so do chunks there.
    whole
        What is played in all.
    rate
        Frames per second.
    """
    opens = set(sections)
    firsts: list[int] = []
    for step, (start, _) in enumerate(cuts):
        last = cuts[firsts[-1]].n_frames if firsts else -1
        is_due = start in opens or start - last >= SHORTEST * rate
        if not firsts or (start > last and is_due):
            firsts.append(step)
    ends = [*firsts[1:], len(cuts)]
    starts = [Cut(0, 0), *(cuts[first] for first in firsts[1:])]
    return tuple(
        Chunk(first, end, start.n_frames, stop.n_frames - start.n_frames, _cost(start, stop))
        for first, end, start, stop in zip(
            firsts, ends, starts, [*starts[1:], whole], strict=True
        )
    )


def _cost(start: Cut, stop: Cut) -> float:
    n_frames, n_moving = (after - before for before, after in zip(start, stop, strict=True))
    return n_moving + _HELD * (n_frames - n_moving)


def part(whole: Sequence[Chunk], index: int, n_parts: int) -> tuple[Chunk, ...]:
    """Return the chunks of one of some parts, which cost about the same.

    The dearest go first, each to the part that has cost least so far. So parts have their share
    of the story's end, too, where a picture has most in it and each frame takes longer.
    """
    costs = [0.0] * n_parts
    mine = []
    for chunk in sorted(whole, key=lambda chunk: -chunk.cost):
        cheapest = costs.index(min(costs))
        costs[cheapest] += chunk.cost
        if cheapest == index:
            mine.append(chunk)
    return tuple(sorted(mine))
