"""Where a video may be cut: into chunks that are drawn and encoded each by itself.

Chunks depend on the story alone, and not on how many draw them: so the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: a chunk is not much shorter, in seconds: each begins with a whole picture, which takes room
SHORTEST = 4.0


class Chunk(NamedTuple):
    """Steps of a story from `first` to before `end`, and the frames they take."""

    first: int
    end: int
    start: int
    n_frames: int


def chunks(
    cuts: Sequence[int], sections: Sequence[int], n_frames: int, rate: float
) -> tuple[Chunk, ...]:
    """Put the steps of a story together to chunks.

    Parameters
    ----------
    cuts
        The frame with which each step begins.
    sections
        The frames with which sections begin; so do chunks there.
    n_frames
        How many there are in all.
    rate
        Frames per second.
    """
    opens = set(sections)
    firsts: list[int] = []
    for step, start in enumerate(cuts):
        last = cuts[firsts[-1]] if firsts else -1
        is_due = start in opens or start - last >= SHORTEST * rate
        if not firsts or (start > last and is_due):
            firsts.append(step)
    ends = [*firsts[1:], len(cuts)]
    starts = [cuts[first] for first in firsts]
    starts[0] = 0
    stops = [*starts[1:], n_frames]
    return tuple(
        Chunk(first, end, start, stop - start)
        for first, end, start, stop in zip(firsts, ends, starts, stops, strict=True)
    )


def part(whole: Sequence[Chunk], index: int, n_parts: int) -> tuple[Chunk, ...]:
    """Return the chunks of one of some parts, which have about as many frames each.

    A chunk belongs to the part in which its middle lies.
    """
    total = sum(chunk.n_frames for chunk in whole)
    return tuple(
        chunk
        for chunk in whole
        if int((chunk.start + chunk.n_frames / 2) / total * n_parts) == index
    )
