"""What the page of `logistic` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.logistic import LINES, SHADES, claims, named, odds, picture
from regviz.lessons.markup import spelled
from regviz.pages.paths_drawn import paths_drawn
from regviz.pages.still import still

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic

#: how names of marks begin that the script finds by itself
FOUND = ("path-", "w1-", "w2-", "ones-l2", "zeros-l2")


def data(shown: Logistic) -> dict[str, Any]:
    """Return the optima at every strength, and what no strength changes."""
    described, names = picture(shown), named(shown)
    said = claims(shown, described.rest)
    return {
        **paths_drawn(described, shown),
        "lams": shown.lambdas,
        "lines": shown.lines,
        "paths": {name: each[:, list(shown.drawn)] for name, each in shown.weights.items()},
        "zeros": shown.n_zeros,
        "levels": [[percent, odds(percent), percent in LINES] for percent in SHADES],
        "limits": described.panel("l1").limits,
        "ends": described.panel("weights").limits[2:],
        "names": {name: spelled(names[name]) for name in ("one", "two")},
        "still": still(described, said, besides=FOUND, moved=("l1", "l2", "strength")),
    }
