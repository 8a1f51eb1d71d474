"""What the page of `feature-selection` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.feature_selection import (
    DRAWN_PER_DECADE,
    LEAST_LAM,
    STRONGEST,
    claims,
    picture,
)
from regviz.lessons.lines import present
from regviz.lessons.markup import spelled

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.lessons.picture import Picture


def data(shown: FeatureSelection) -> dict[str, Any]:
    """Return the drawn features' paths in closed form, and what no strength changes."""
    drawn, described = list(shown.drawn), picture(shown)
    said = claims(shown, described.rest)
    levels = [mark for mark in described.marks if mark.name.startswith("grid-")]
    # No page asks for less than the weakest strength.
    seen = slice(int((shown.knots > LEAST_LAM).sum()) + 1)
    knot_weights = shown.knot_weights[seen]
    signs = knot_weights[:-1] + knot_weights[1:]
    return {
        "n": len(shown.features),
        "n_rows": len(shown.rows),
        "knots": shown.knots[seen],
        "knot_weights": knot_weights[:, drawn],
        "zeros": {
            "l1": (signs == 0.0).sum(axis=1),
            "l2": shown.n_zeros["l2"][:1],
        },
        "spectrum": shown.spectrum,
        "directions": shown.directions[:, drawn],
        "projections": shown.projections,
        "grid": [shown.grid[0], DRAWN_PER_DECADE, STRONGEST],
        "upright": described.points(described.mark("now-l1"), described.rest)[:, 1],
        "count": [described.points(each, described.rest)[0, 1] for each in levels[-2:]],
        "gone": shown.gone_from,
        "target": spelled(str(said["foot-lam"].values["target"])),
        "names": {
            label.of: label.said.values
            for label in described.labels
            if label.said.values and label.numbers is None
        },
        "fixed": {
            mark.name: mark.points
            for mark in described.marks
            if not mark.by and not mark.name.startswith(("path-", "mean-", "joints-", "part-"))
        },
        # Lines of two points each, without the gaps between them.
        "joints": {
            name: present(described.points(described.mark(f"joints-{name}"), described.rest))
            for name in ("l1", "l2")
        },
        # The folds' curves are over the same strengths.
        "parts": {
            name: [folds[0][:, 0], *(points[:, 1] for points in folds)]
            for name in ("l1", "l2")
            if (folds := _folds(described, name))
        },
        "closer": {
            panel.name: ends
            for panel in described.panels
            if panel.by and ((ends := panel.limits[[0, -1]])[0] != ends[1]).any()
        },
        "claims": {
            name: (said[name].key.split(".", 1)[1], said[name].values)
            for name in described.says
            if name not in ("verdict-l1", "verdict-l2", "foot-lam")
        },
    }


def _folds(described: Picture, name: str) -> list[Array]:
    """Return the curves of the errors of each fold."""
    return [
        described.points(mark, described.rest)
        for mark in described.marks
        if mark.name.startswith("part-") and mark.name.endswith(f"-{name}")
    ]
