"""Films a scene: draws the frames of its plays, and hands on what changes between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from manim import Wait

if TYPE_CHECKING:
    from manim import Animation, Mobject

    from regviz.scenes.canvas import Canvas, Paint
    from regviz.scenes.chunks import Chunk
    from regviz.scenes.reel import Reel


class Film(Protocol):
    """What takes a scene's plays."""

    def takes(self, step: int) -> bool:
        """Say whether the plays of a step are wanted, of which the first comes now."""

    def play(
        self, shapes: Sequence[Mobject], turns: Sequence[Animation], n_frames: int
    ) -> None:
        """Take a play of so many frames, with all shapes from below to above."""


class LastPicture:
    """Wants to see nothing but how the last of some steps ends."""

    def __init__(self, n_steps: int) -> None:
        self._last = n_steps - 1

    def takes(self, step: int) -> bool:
        """Say whether it is the last step."""
        return step == self._last

    def play(
        self, shapes: Sequence[Mobject], turns: Sequence[Animation], n_frames: int
    ) -> None:
        """Let it pass."""


class Filmed:
    """Draws some chunks of a scene, each into a file of its own.

    Parameters
    ----------
    canvas, reel
        What draws, and what encodes.
    rate
        Frames per second.
    files
        The chunks that are wanted, and their files.
    report
        Called with the number of frames done, after every one.
    """

    def __init__(
        self,
        canvas: Canvas,
        reel: Reel,
        rate: float,
        files: dict[Chunk, Path],
        report: Callable[[int], None],
    ) -> None:
        self._canvas, self._reel, self._report = canvas, reel, report
        self._files = {chunk.first: path for chunk, path in files.items()}
        self._wanted = {step for chunk in files for step in range(chunk.first, chunk.end)}
        self._done, self._rate = 0, rate
        self._known: dict[int, list[Paint]] = {}

    def takes(self, step: int) -> bool:
        """Say whether a step is wanted; begin a chunk where it is the first of one."""
        if step in self._files:
            self._reel.begin(self._files[step])
        return step in self._wanted

    def play(
        self, shapes: Sequence[Mobject], turns: Sequence[Animation], n_frames: int
    ) -> None:
        """Draw a play's frames."""
        there = set(map(id, shapes))
        shapes = [*shapes, *(turn.mobject for turn in turns if id(turn.mobject) not in there)]
        before, self._known = self._known, {}
        for shape in shapes:
            self._look_at(shape, before.get(id(shape), ()))
        if isinstance(turns[0], Wait):
            self._canvas.stay([])
            self._show(n_frames)
            return
        moving = [turn.mobject for turn in turns]
        self._canvas.stay(self._below(set(map(id, moving))))
        # The last frame is a step before the end, which is the next play's first.
        for frame in range(n_frames):
            for turn in turns:
                turn.interpolate(frame / (turn.run_time * self._rate))
            for shape in moving:
                self._look_at(shape, self._known[id(shape)])
            self._show(1)

    def _below(self, moving: set[int]) -> list[Paint]:
        """Return what lies below all that moves."""
        still = takewhile(lambda each: each[0] not in moving, self._known.items())
        return [paint for _, paints in still for paint in paints]

    def _look_at(self, shape: Mobject, last: Sequence[Paint]) -> None:
        self._known[id(shape)] = self._canvas.paints(shape, last)

    def _show(self, count: int) -> None:
        changed = self._canvas.show([paint for each in self._known.values() for paint in each])
        patches = [(region, self._canvas.pixels[region.slices].copy()) for region in changed]
        self._reel.add(patches, count)
        self._done += count
        self._report(self._done)
