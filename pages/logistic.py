"""What the page of `logistic` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.half_planes import odds
from regviz.lessons.logistic import claims, picture
from regviz.lessons.logistic_picture import LINES, SHADES
from regviz.lessons.markup import spelled
from regviz.pages.still import still

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic


#: how names of marks begin that the script finds by itself
FOUND = ("path-", "w1-", "w2-", "ones-l2", "zeros-l2")


def data(shown: Logistic) -> dict[str, Any]:
    """Return the optima at every strength, and what no strength changes."""
    described, rest = picture(shown), {"lam": len(shown.lambdas) - 1}
    said = claims(shown, described.rest)
    upright, count = (
        described.points(described.mark(f"{name}-l1"), rest)[:, 1] for name in ("now", "count")
    )
    ends = described.points(described.mark("now"), rest)[:, 1]
    pair = said["l1"].values
    return {
        "lams": shown.lambdas,
        "lines": {name: line.rows for name, line in shown.lines.items()},
        "paths": {name: each[:, list(shown.drawn)] for name, each in shown.weights.items()},
        "zeros": shown.n_zeros,
        "near": len(shown.rows),
        "n": len(shown.features),
        "levels": [[percent, odds(percent), percent in LINES] for percent in SHADES],
        "limits": described.panel("l1").limits,
        "upright": upright,
        "count": [upright[0], count[0]],
        "ends": ends,
        "names": {name: spelled(str(pair[name])) for name in ("one", "two")},
        "still": still(described, said, besides=FOUND, moved=("l1", "l2", "strength")),
    }
