"""What may be said of the errors on rows held out, and of what is chosen by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regviz.lessons.alt import plain
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import three, whole
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

say = Voice("cross-validation")
#: a mean error is nearly the least if it is this part of a standard error above it
NEARLY = 0.1


def claims(exhibit: CrossValidated, at: Positions) -> dict[str, Said]:
    """Return what is true at a strength, in a split of the rows."""
    split, now, told, first = at["split"], at["lam"], known(exhibit), choice(exhibit, 0)
    mean, spread = (float(each[split, now]) for each in (exhibit.mean, exhibit.spread))
    values = {"lam": float(exhibit.lambdas[now]), "error": three(mean), "se": three(spread)}
    numbers = {name: plain(float(value)) for name, value in first.values.items()}
    return {
        "verdict": say(f"claim.verdict.{verdict(exhibit, split, now)}"),
        "error": say("claim.error", kept=float(exhibit.kept[now]), n=told["n"], **values),
        "choice": choice(exhibit, split),
        "again": again(exhibit),
        "foot-rows": say("claim.rows", **told),
        "alt": say(f"alt.{first.key.rpartition('.')[2]}", **told | numbers),
    }


def known(exhibit: CrossValidated) -> dict[str, float | str]:
    """Return what does not change."""
    n_folds = exhibit.errors.shape[1]
    return {
        "rows": whole(exhibit.n_rows), "folds": n_folds, "others": n_folds - 1,
        "n": len(exhibit.features), "target": literal(short_names([exhibit.target])[0]),
        "penalty": exhibit.penalty.upper(), "splits": len(exhibit.found),
        "seed": whole(exhibit.number("seed")), "residual": exhibit.residual,
    }  # fmt: skip


def verdict(exhibit: CrossValidated, split: int, now: int) -> str:
    """Say how far the mean error is above the least: nearly not, `within` one SE, or `over`."""
    found, mean = exhibit.found[split], exhibit.mean[split, now]
    least, tolerated = found.least[1], found.tolerated
    if mean <= least + NEARLY * (tolerated - least):
        return "least"
    return "within" if mean <= tolerated else "over"


def choice(exhibit: CrossValidated, split: int) -> Said:
    """Return both choices of a split, and how many weights are kept by them."""
    values: dict[str, float] = {"n": len(exhibit.features)}
    least, rule = (exhibit.chosen[name][split] for name in ("least", "rule"))
    for at, name, kept in ((least, "least", "kept"), (rule, "rule", "left")):
        if at is not None:
            values |= {name: float(exhibit.lambdas[at]), kept: float(exhibit.kept[at])}
    if least is None:
        kind = "useless" if rule is None else "bare"
    elif rule is None:
        kind = "undecided"
    else:
        kind = "same" if least == rule else "both"
    return say(f"claim.choice.{kind}", **values)


def again(exhibit: CrossValidated) -> Said:
    """Return how the choices differ between splits of the rows."""
    splits = len(exhibit.found)
    least, rule = (
        [float(exhibit.lambdas[at]) for at in each if at is not None]
        for each in exhibit.chosen.values()
    )
    if not least or not rule:
        return say("claim.again.none", splits=splits)
    kind = "all" if len(least) == len(rule) == splits else "some"
    ends = {"from1": min(least), "to1": max(least), "from2": min(rule), "to2": max(rule)}
    return say(f"claim.again.{kind}", splits=splits, **ends)
