"""What the page of `conventions` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.conventions import ALONE, POWERS, Rulers, claims, notation, picture
from regviz.lessons.sides import PENALTIES
from regviz.pages.still import still
from regviz.pages.weight_paths import path_numbers

if TYPE_CHECKING:
    from regviz.lessons.conventions import Conventions


def data(shown: Conventions) -> dict[str, Any]:
    """Return both paths, where the rulers lie, and what nothing moves."""
    described, side = picture(shown), Rulers(shown, PENALTIES[0])
    said = claims(shown, described.rest)
    return {
        **path_numbers(shown),
        "levels": side.levels,
        "notations": {
            name: {each: notation(each, name)._asdict() for each in ALONE} for name in PENALTIES
        },
        "powers": POWERS,
        "grid": shown.grid,
        "tops": side.tops,
        "drops": side.drops,
        "still": still(
            described,
            said,
            besides=("path-", "notches-", "numbers-"),
            moved=("l1", "l2"),
        ),
    }
