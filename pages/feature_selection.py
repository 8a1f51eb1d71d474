"""What the page of `feature-selection` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.feature_selection import claims, picture
from regviz.lessons.markup import spelled

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection


def data(shown: FeatureSelection) -> dict[str, Any]:
    """Return the drawn features' paths in closed form, and what no strength changes."""
    drawn, described = list(shown.drawn), picture(shown)
    said = claims(shown, described.rest)
    fixed = [mark for mark in described.marks if not mark.by and not _is_path(mark.name)]
    return {
        "n": len(shown.features),
        "n_rows": len(shown.rows),
        "knots": shown.knots,
        "knot_weights": shown.knot_weights[:, drawn],
        "zeros": {name: _counts(shown, name) for name in ("l1", "l2")},
        "spectrum": shown.spectrum,
        "directions": shown.directions[:, drawn],
        "projections": shown.projections,
        "grid": shown.grid,
        "span": described.panel("paths-l1").limits[2:],
        "gone": shown.gone_from,
        "target": spelled(str(said["lam"].values["target"])),
        "names": {
            label.of: label.said.values
            for label in described.labels
            if label.said.values and label.numbers is None
        },
        "fixed": {mark.name: mark.points for mark in fixed},
        "claims": {
            name: (said[name].key.split(".", 1)[1], said[name].values)
            for name in described.says
            if name not in ("l1", "l2", "lam")
        },
    }


def _is_path(name: str) -> bool:
    return name.startswith("path-")


def _counts(shown: FeatureSelection, name: str) -> list[int]:
    """Return how many weights are 0 between two knots, from the largest strength on."""
    if name == "l2":
        return [int(shown.n_zeros[name][0])]
    active = shown.knot_weights[:-1] + shown.knot_weights[1:] != 0.0
    counts: list[int] = (~active).sum(axis=1).tolist()
    return counts
