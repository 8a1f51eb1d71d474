"""Where a picture stands in a frame: heading, readouts, panels and sentence, by aspect."""

from __future__ import annotations

from dataclasses import dataclass

from regviz.scenes.stage import Box, room

#: heights of one line of heading, of the row of readouts, of a panel's title and of a sentence
HEADING, ROW, TITLE, LINE = 0.62, 0.62, 0.52, 0.5
GAP = 0.35


@dataclass(frozen=True)
class PanelPlace:
    """One panel: its title, and the box that its axes and labels share."""

    title: Box
    plane: Box


@dataclass(frozen=True)
class Arrangement:
    """Boxes of a scene."""

    heading: Box
    row: Box
    panels: tuple[PanelPlace, ...]
    sentence: Box


def arrange(width: float, height: float, n_panels: int) -> Arrangement:
    """Lay out panels in a frame: side by side, or stacked when it is clearly upright."""
    frame = room(width, height)
    lines = 1 if frame.width > 12 else 2
    heading = Box(frame.left, frame.right, frame.top - lines * HEADING, frame.top)
    # a narrow frame has a row of its own for the formula
    row = Box(frame.left, frame.right, heading.bottom - lines * ROW, heading.bottom)
    sentence = Box(frame.left, frame.right, frame.bottom, frame.bottom + lines * LINE)
    middle = Box(frame.left, frame.right, sentence.top + 0.12, row.bottom - 0.06)
    down = n_panels if height > 1.2 * width else 1
    across = n_panels // down
    wide = (middle.width - (across - 1) * GAP) / across
    high = (middle.height - (down - 1) * GAP) / down
    panels = []
    for index in range(n_panels):
        left = middle.left + (index % across) * (wide + GAP)
        top = middle.top - (index // across) * (high + GAP)
        title = Box(left, left + wide, top - TITLE, top)
        panels.append(PanelPlace(title, Box(left, left + wide, top - high, title.bottom)))
    return Arrangement(heading, row, tuple(panels), sentence)
