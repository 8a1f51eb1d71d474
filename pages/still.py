"""What of a picture nothing moves, which a page is given as it is: the twin of `still.js`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from regviz.lessons.markup import spelled

if TYPE_CHECKING:
    from regviz.lessons.picture import Picture, Said


def still(
    picture: Picture,
    said: Mapping[str, Said],
    *,
    besides: tuple[str, ...] = (),
    moved: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the points of marks, what fills labels, claims, and ends of limits that move.

    Columns of level values come once, in `across`, and points as the column's place and the
    upright values.

    Parameters
    ----------
    picture, said
        What there is to see, and the claims.
    besides
        How names of marks begin that the page's script finds by itself.
    moved
        Names of the claims that something moves.
    """
    there = {
        mark.name: picture.points(mark, picture.rest)
        for mark in picture.marks
        if not mark.by and not mark.name.startswith(besides)
    }
    across = {points[:, 0].tobytes(): points[:, 0] for points in there.values()}
    places = list(across)
    return {
        "across": list(across.values()),
        "points": {
            name: (places.index(points[:, 0].tobytes()), points[:, 1])
            for name, points in there.items()
        },
        "names": {
            label.of: label.said.values
            for label in picture.labels
            if label.said.values and label.numbers is None
        },
        "says": {name: claimed(said[name]) for name in picture.says if name not in moved},
        "limits": {
            panel.name: (panel.by[0], panel.limits[[0, -1]])
            for panel in picture.panels
            if panel.by and (panel.limits[0] != panel.limits[-1]).any()
        },
    }


def claimed(said: Said) -> tuple[str, dict[str, Any]]:
    """Return a claim as a page's script has it: its key within the lesson, and its values."""
    return said.key.split(".", 1)[1], filling(said.values)


def filling(values: Mapping[str, float | str]) -> dict[str, Any]:
    """Return what fills a sentence's places in a page: names as they were written."""
    return {name: spelled(of) if isinstance(of, str) else of for name, of in values.items()}
