"""The frame, where things may stand in it, and how large its type is.

The shorter side of the frame is 8 units, so a letter is as high in a portrait video as in a
landscape one of the same resolution. A frame that is nearly square would hold less of the same
letters: its unit is smaller, so that it holds nearly as much.
"""

from __future__ import annotations

import math

from manim import LineJointType, VMobject, config

from regviz.lessons.box import Box
from regviz.lessons.theme import HALO

#: least length of the frame's shorter side in units, and least area in square units
SHORT_SIDE, AREA = 8.0, 100.0
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
#: where one column has nothing but a sentence and readouts
SIDE_SENTENCE_EM = 0.42


def halo(letters: VMobject, color: str, em: float) -> None:
    """Give letters an edge that keeps lines off them, without spikes at their corners."""
    letters.joint_type = LineJointType.ROUND
    letters.set_stroke(color, width=100.0 * HALO * em, opacity=1.0, background=True)


def fit_frame() -> None:
    """Make manim's frame as wide and high as its pixels say.

    manim by itself keeps the frame 14.2 units wide whatever the resolution, and so crops.
    """
    size = frame_size(config.pixel_width, config.pixel_height)
    config.frame_width, config.frame_height = size


def frame_size(width: float, height: float) -> tuple[float, float]:
    """Return width and height of a frame in units, whatever they are given in."""
    unit = min(min(width, height) / SHORT_SIDE, math.sqrt(width * height / AREA))
    return width / unit, height / unit


def room(width: float, height: float) -> Box:
    """Return where things may stand in a frame: off its edge, and above a player's captions."""
    bottom = -height / 2 + max(MARGIN, CAPTIONS * height)
    return Box(-width / 2 + MARGIN, width / 2 - MARGIN, bottom, height / 2 - MARGIN)
