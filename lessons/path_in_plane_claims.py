"""What may be said of the two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regviz.lessons.alt import plain
from regviz.lessons.numbers import equals, three
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.path_in_plane import PathInPlane

say = Voice("path-in-plane")
#: a corner that lasts shorter than this share of the strengths is none to be told of
LASTS = 1e-6


def claims(exhibit: PathInPlane, at: Positions) -> dict[str, Said]:
    """Return what is true of both optima, with lambda at a position."""
    lam = float(exhibit.lams[at["lam"]])
    said = {"strength": say("claim.strength", lam=lam)}
    for name, side in exhibit.sides.items():
        first, second = side.optima[at["lam"]].tolist()
        zeros = ("none", "second", "first", "both")[2 * (first == 0.0) + (second == 0.0)]
        told: dict[str, float | str] = {"first": three(first), "is1": equals(first, 3)}
        told |= {"second": three(second), "is2": equals(second, 3)}
        said[f"now-{name}"] = say(f"claim.{name}.{zeros}", **told)
    low, high = exhibit.alone
    said["bends"] = say("claim.bends" if bends(exhibit) else "claim.straight",
                        low=three(low), high=three(high))  # fmt: skip
    points = {
        name.replace("-", "_"): f"({', '.join(map(plain, point.tolist()))})"
        for name, point in exhibit.points.items()
    }
    said["alt"] = say("alt", lam=plain(float(exhibit.lams[exhibit.at])), **points)
    said["foot"] = say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)
    return said


def bends(exhibit: PathInPlane) -> bool:
    """Say whether one weight is 0 before the other is, on L1's way."""
    low, high = exhibit.alone
    return high - low > LASTS * high and bool(exhibit.loss.center.all())
