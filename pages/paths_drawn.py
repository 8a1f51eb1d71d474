"""What `paths_drawn.js` needs of an exhibit: how many weights there are, and what they span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regviz.lessons.picture import Picture
    from regviz.lessons.weight_paths import WeightPaths


def paths_drawn(picture: Picture, shown: WeightPaths) -> dict[str, Any]:
    """Return how many features there are, and have a name, and where lambda and counts are."""
    last = {**picture.rest, "lam": len(shown.lambdas) - 1}
    upright, count = (
        picture.points(picture.mark(f"{name}-l1"), last)[:, 1] for name in ("now", "count")
    )
    return {
        "n": len(shown.features),
        "near": len(shown.rows),
        "upright": upright,
        "count": [upright[0], count[0]],
    }
