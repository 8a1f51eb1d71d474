"""The one table of colours and sizes; every medium derives its own settings from it.

Hues were computed, not picked: each stands at least 5.2:1 on its background, and L1 and L2
stay apart under full deuteranopia, protanopia and tritanopia. No role is told by its colour
alone; a dash, a marker or a label goes with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from regviz.lessons.errors import BadInput

_CROSS = 0.95


def _regular(corners: int, radius: float = 1.0) -> tuple[tuple[float, float], ...]:
    angles = (math.pi * (0.5 + 2.0 * corner / corners) for corner in range(corners))
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


@dataclass(frozen=True)
class Theme:
    """Colour role to colour (`#RRGGBB`)."""

    name: str
    background: str
    ink: str
    muted: str
    #: the unregularized loss, its contours and its optimum
    loss: str
    #: the loss with its penalty
    regularized: str
    l1: str
    l2: str
    #: the feasible region, always filled
    region: str
    #: descent paths, drawn over regions and contours
    path: str
    #: the elastic net, between L1 and L2
    net: str
    #: the penalties that leave large weights alone
    l0: str
    scad: str
    mcp: str
    #: the ball of a power that moves
    lq: str
    #: rows of data
    data: str
    #: errors on the points that were fitted, and on new ones
    train: str
    test: str
    #: what an error is made of besides noise
    bias: str
    variance: str
    #: methods of descent besides that of the slope alone, which is a path
    momentum: str
    coordinate: str
    ista: str
    fista: str
    #: features of two groups
    first: str
    second: str


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    ink="#1A1A1A",
    muted="#5F6368",
    loss="#0B63B6",
    regularized="#1A1A1A",
    l1="#C2410C",
    l2="#0F7B5F",
    region="#87CEEB",
    path="#1A1A1A",
    net="#7A5C00",
    l0="#1A1A1A",
    scad="#B0186B",
    mcp="#00707F",
    lq="#6B3FB5",
    data="#1A1A1A",
    train="#5F6368",
    test="#1A1A1A",
    bias="#8A5A00",
    variance="#A3246B",
    momentum="#6B3FB5",
    coordinate="#7A5C00",
    ista="#00707F",
    fista="#B0186B",
    first="#6B3FB5",
    second="#A3246B",
)

DARK = Theme(
    name="dark",
    background="#111318",
    ink="#F5F5F0",
    muted="#A8B0BA",
    loss="#5AA9F0",
    regularized="#F5F5F0",
    l1="#FF8A4C",
    l2="#3DD6A3",
    region="#2F6F8F",
    path="#F5F5F0",
    net="#E0C04A",
    l0="#F5F5F0",
    scad="#FF7AB8",
    mcp="#4FD0E0",
    lq="#BFA2FF",
    data="#F5F5F0",
    train="#A8B0BA",
    test="#F5F5F0",
    bias="#E0B040",
    variance="#FF85BE",
    momentum="#BFA2FF",
    coordinate="#E0C04A",
    ista="#4FD0E0",
    fista="#FF7AB8",
    first="#BFA2FF",
    second="#FF85BE",
)

#: for paper: black lines on white, hues kept for those who print in colour
PRINT = Theme(
    name="print",
    background="#FFFFFF",
    ink="#000000",
    muted="#4A4A4A",
    loss="#084E91",
    regularized="#000000",
    l1="#9A3412",
    l2="#0B5D48",
    region="#D6ECF5",
    path="#000000",
    net="#5E4700",
    l0="#000000",
    scad="#86124F",
    mcp="#00535E",
    lq="#4A2A8A",
    data="#000000",
    train="#4A4A4A",
    test="#000000",
    bias="#664200",
    variance="#7D1550",
    momentum="#4A2A8A",
    coordinate="#5E4700",
    ista="#00535E",
    fista="#86124F",
    first="#4A2A8A",
    second="#7D1550",
)

#: colours that a page and the figure in it know by their role, and what they call them; those
#: that are left out are ink
IN_PAGES = {
    role.name: "paper" if role.name == "background" else role.name
    for role in fields(Theme)
    if role.name not in ("name", "regularized", "path")
}
#: shape of a role's marker
SHAPES = {
    "ink": "square",
    "muted": "square",
    "loss": "cross",
    "l1": "diamond",
    "l2": "circle",
    "net": "slab",
    "l0": "up",
    "scad": "down",
    "mcp": "pentagon",
    "train": "square",
    "test": "up",
    "bias": "square",
    "variance": "down",
    "momentum": "up",
    "coordinate": "slab",
    "ista": "pentagon",
    "fista": "down",
    "path": "square",
}
#: dashes of a role's lines, in line widths; roles that are not here have unbroken lines
DASHES = {
    "net": (6.0, 1.6),
    "scad": (6.0, 1.6),
    "mcp": (2.6, 1.4),
    "muted": (1.2, 2.2),
    "train": (5.0, 2.0),
    "variance": (5.0, 2.0),
    "momentum": (6.0, 1.6),
    "fista": (6.0, 1.6),
    "ista": (2.6, 1.4),
    "second": (6.0, 1.6),
}
#: width of a line by its weight, in ordinary lines
WIDTHS = {"strong": 1.5, "plain": 1.0, "fine": 0.6}
#: size of a marker by its weight, in ordinary markers
SIZES = {"strong": 1.25, "plain": 1.0, "fine": 0.5}
#: width of the edge in the background's colour around type, in its size: half of it is around
#: each letter, so that no line runs on between two letters, or two words
HALO = 0.32
#: outlines of the shapes, about 0 and within 1 of it; a circle is one of many corners
OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)),
    "square": ((0.78, 0.78), (-0.78, 0.78), (-0.78, -0.78), (0.78, -0.78)),
    "up": ((0.0, 1.0), (-0.95, -0.7), (0.95, -0.7)),
    "down": ((0.0, -1.0), (-0.95, 0.7), (0.95, 0.7)),
    "pentagon": _regular(5),
    "slab": ((1.0, 0.55), (-1.0, 0.55), (-1.0, -0.55), (1.0, -0.55)),
    "circle": _regular(40, 0.9),
    "cross": tuple(
        (_CROSS * across, _CROSS * up)
        for across, up in (
            (1.0, 0.5), (0.5, 0.0), (1.0, -0.5), (0.5, -1.0), (0.0, -0.5), (-0.5, -1.0),
            (-1.0, -0.5), (-0.5, 0.0), (-1.0, 0.5), (-0.5, 1.0), (0.0, 0.5), (0.5, 1.0),
        )
    ),
}  # fmt: skip

THEMES = {theme.name: theme for theme in (LIGHT, DARK, PRINT)}


def theme(name: str) -> Theme:
    """Return the theme of that name.

    Raises
    ------
    BadInput
        If there is none.
    """
    if name not in THEMES:
        raise BadInput(f"theme {name!r} is unknown; give {', '.join(THEMES)}.")
    return THEMES[name]


def blend(color: str, background: str, share: float = 0.6) -> str:
    """Return a colour that stands back: this share of the way to the background."""
    parts = [
        (int(color[at : at + 2], 16), int(background[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    mixed = [round(own + share * (under - own)) for own, under in parts]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def shaded(color: str, background: str, percent: int) -> str:
    """Return the colour of a facet: so much of its own, and the rest the background's."""
    return blend(color, background, 1.0 - percent / 100.0)
