"""Where things stand: boxes for the heading, both panels and their sentences, by aspect.

The shorter side of the frame is 8 units in every aspect, so a letter is as high in a portrait
video as in a landscape one of the same resolution. Each aspect is laid out for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from manim import config

#: length of the frame's shorter side, in units
SHORT_SIDE = 8.0
#: nothing stands closer to the frame's edge
MARGIN = 0.36
#: share of the height at the foot of the frame that stays empty: players write captions there,
#: up to two lines of them
CAPTIONS = 0.14
#: heights of the em, in units; 1080 pixels are 8 units, so 0.28 is 38 pixels there
HEADING_EM = 0.42
TITLE_EM = 0.36
LABEL_EM = 0.33
SENTENCE_EM = 0.33
STRONG_EM = 0.37
#: where two panels share a narrow frame
NARROW_SENTENCE_EM = 0.3
#: where one column has nothing but a sentence and readouts
SIDE_SENTENCE_EM, SIDE_READOUT_EM = 0.42, 0.58
#: height of one line of sentence with the space between lines
_LINE = 0.47
_GAP = 0.5


@dataclass(frozen=True)
class Box:
    """A rectangle in frame units; the frame's centre is 0, up is positive."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Width in units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in units."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float, float]:
        """Centre as a point of manim's space."""
        return ((self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0)


@dataclass(frozen=True)
class PanelBoxes:
    """One panel: its title above the plane, its sentence below."""

    title: Box
    plane: Box
    sentence: Box


@dataclass(frozen=True)
class Layout:
    """Boxes of a two-panel scene, and the ems of the sentences and numbers below its panels."""

    heading: Box
    readout: Box
    panels: tuple[PanelBoxes, PanelBoxes]
    sentence_em: float = SENTENCE_EM
    strong_em: float = STRONG_EM


@dataclass(frozen=True)
class OnePanel:
    """Boxes of a scene with one chart: its readouts and its sentence stand beside or around."""

    heading: Box
    plane: Box
    readouts: tuple[Box, Box]
    sentence: Box
    sentence_em: float = SIDE_SENTENCE_EM
    readout_em: float = SIDE_READOUT_EM

    @property
    def is_beside(self) -> bool:
        """Whether readouts and sentence are a column of their own, with one left edge."""
        return self.readouts[0].left == self.readouts[1].left


def fit_frame() -> None:
    """Make manim's frame as wide and high as its pixels say, 8 units on the shorter side.

    manim by itself keeps the frame 14.2 units wide whatever the resolution, and so crops.
    """
    width, height = config.pixel_width, config.pixel_height
    unit = min(width, height) / SHORT_SIDE
    config.frame_width = width / unit
    config.frame_height = height / unit


def room(width: float, height: float) -> Box:
    """Return where things may stand in a frame: off its edge, and above a player's captions."""
    bottom = -height / 2 + max(MARGIN, CAPTIONS * height)
    return Box(-width / 2 + MARGIN, width / 2 - MARGIN, bottom, height / 2 - MARGIN)


def two_panels(width: float, height: float, *, has_readout: bool = True) -> Layout:
    """Lay out two panels in a frame: side by side, or stacked when it is clearly upright."""
    frame = room(width, height)
    lay_out = _stacked if height > 1.2 * width else _side_by_side
    return lay_out(frame, has_readout=has_readout)


def one_panel(width: float, height: float) -> OnePanel:
    """Lay out one chart in a frame: lettering on its right, or around it in a narrow frame."""
    frame = room(width, height)
    if frame.width > 9:
        wide = frame.width > 12
        heading = Box(frame.left, frame.right, frame.top - (0.62 if wide else 1.24), frame.top)
        top = heading.bottom - 0.15
        split = frame.left + (0.62 if wide else 0.58) * frame.width
        plane = Box(frame.left, split - 0.3, frame.bottom, top)
        first, second = (
            Box(split, frame.right, under, under + 0.9) for under in (top - 1.7, top - 2.6)
        )
        sentence = Box(split, frame.right, frame.bottom, second.bottom - 0.3)
        return OnePanel(heading, plane, (first, second), sentence)
    heading = Box(frame.left, frame.right, frame.top - 0.9, frame.top)
    middle = (frame.left + frame.right) / 2
    readouts = (
        Box(frame.left, middle, heading.bottom - 0.7, heading.bottom - 0.08),
        Box(middle, frame.right, heading.bottom - 0.7, heading.bottom - 0.08),
    )
    sentence = Box(frame.left, frame.right, frame.bottom, frame.bottom + 2 * _LINE)
    plane = Box(frame.left, frame.right, sentence.top + 0.15, readouts[0].bottom - 0.1)
    return OnePanel(heading, plane, readouts, sentence, SENTENCE_EM, HEADING_EM)


def _side_by_side(frame: Box, *, has_readout: bool) -> Layout:
    heading_lines = 1 if frame.width > 12 else 2
    sentence_lines = 1 if frame.width > 12 else 2
    heading = Box(frame.left, frame.right, frame.top - 0.62 * heading_lines, frame.top)
    # a narrow frame has no room for the readout between the titles: it stands above them
    beside = frame.width > 12
    row = heading.bottom - 0.08
    readout = Box(frame.left, frame.right, row - 0.56, row)
    titles_top = readout.bottom if has_readout and not beside else row
    middle = (frame.left + frame.right) / 2
    panels = tuple(
        _panel(Box(left, right, frame.bottom, titles_top), sentence_lines)
        for left, right in (
            (frame.left, middle - _GAP / 2),
            (middle + _GAP / 2, frame.right),
        )
    )
    if frame.width > 9:
        return Layout(heading, readout, panels)  # type: ignore[arg-type]
    em = NARROW_SENTENCE_EM
    return Layout(heading, readout, panels, em, em)  # type: ignore[arg-type]


def _stacked(frame: Box, *, has_readout: bool) -> Layout:
    heading = Box(frame.left, frame.right, frame.top - 1.24, frame.top)
    row = heading.bottom - 0.08
    readout = Box(frame.left, frame.right, row - 0.62, row)
    titles_top = readout.bottom if has_readout else row
    middle = (titles_top + frame.bottom) / 2
    upper = Box(frame.left, frame.right, middle + 0.1, titles_top)
    lower = Box(frame.left, frame.right, frame.bottom, middle - 0.1)
    return Layout(heading, readout, (_panel(upper, 1), _panel(lower, 1)))


def _panel(box: Box, sentence_lines: int) -> PanelBoxes:
    title = Box(box.left, box.right, box.top - 0.56, box.top)
    sentence = Box(box.left, box.right, box.bottom, box.bottom + _LINE * sentence_lines)
    plane = Box(box.left, box.right, sentence.top + 0.12, title.bottom - 0.1)
    return PanelBoxes(title, plane, sentence)
