"""The one table of colours and sizes; every medium derives its own settings from it.

Hues were computed, not picked: each stands at least 5.2:1 on its background, and L1 and L2
stay apart under full deuteranopia, protanopia and tritanopia. No role is told by its colour
alone; a dash, a marker or a label goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from regviz.lessons.errors import BadInput


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
)

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
