"""What may be said of the lasso's path: what is tied, how far it has come, what dropped out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import equals, three
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.lasso_path import LassoPaths
    from regviz.lessons.picture import Positions, Said

say = Voice("lasso-path")


def names(exhibit: LassoPaths) -> list[str]:
    """Return what the features are called in sentences and beside lines."""
    return [literal(name) for name in short_names(exhibit.features, 10)]


def claims(exhibit: LassoPaths, at: Positions) -> dict[str, Said]:
    """Return what is true with lambda at a position."""
    lam, called = float(exhibit.lambdas[at["lam"]]), names(exhibit)
    weights, pulls = exhibit.path.at(lam), np.abs(exhibit.pulls.at(lam))
    tied, n = int(np.count_nonzero(weights)), len(called)
    ratio = three(float(exhibit.ratio(np.array(lam))))
    told: dict[str, float | str] = {"lam": lam, "tied": tied, "n": n}
    is_whole = len(exhibit.order) == n
    if tied < n and is_whole:
        following = int(np.argmax(np.where(weights == 0.0, pulls, -1.0)))
        told |= {"next": called[following], "pull": three(float(pulls[following]))}
    if tied == 1:
        told["one"] = called[int(np.argmax(np.abs(weights)))]
    kind = {1 if is_whole else -1: "one", n: "all" if n > 1 else "alone", 0: "none"}.get(
        tied, "some" if is_whole else "many"
    )
    said = {
        "ties": say(f"claim.ties.{kind}", **told),
        "come": say("claim.come", ratio=ratio, sign=equals(ratio), df=tied),
        "alt": say("alt", lam=lam, n=n, tied=tied, knots=len(exhibit.path.lambdas)),
    }
    if exhibit.drop is not None:
        said["drop"] = _dropped(exhibit, lam)
    return said


def _dropped(exhibit: LassoPaths, lam: float) -> Said:
    """Return where the feature that drops out stands."""
    assert exhibit.drop is not None
    weight = float(exhibit.path.at(lam)[exhibit.drop.feature])
    if weight == 0.0:
        kind = "before" if lam >= exhibit.drop.entered else "out"
    else:
        kind = "in" if lam > exhibit.drop.left else "back"
    return say(f"claim.drop.{kind}", weight=three(weight), **drop_told(exhibit))


def drop_told(exhibit: LassoPaths) -> dict[str, float | str]:
    """Return the name of the feature that drops out, and where it comes and goes."""
    if exhibit.drop is None:
        return {}
    feature, *knots = exhibit.drop
    entered, left, back = map(three, knots)
    called = names(exhibit)[feature]
    return {"name": called, "entered": entered, "left": left, "back": back}
