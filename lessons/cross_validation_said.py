"""What may be said of the errors on rows held out, and of what is chosen by them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from regviz.lessons.alt import plain
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import three
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

say = Voice("cross-validation")
#: a mean error is nearly the least if it is this part of a standard error above it
NEARLY = 0.1


def claims(exhibit: CrossValidated, at: Positions) -> dict[str, Said]:
    """Return what is true at a strength, in a split of the rows."""
    split, told, first = at["split"], known(exhibit), rule(exhibit, 0)
    now = error(exhibit, split, at["lam"])
    return {
        "verdict": say(f"claim.verdict.{verdict(exhibit, split, at['lam'])}"),
        "average": now,
        "error": now,
        "least": least(exhibit, split),
        "rule": rule(exhibit, split),
        "again": again(exhibit),
        "foot-rows": say("claim.rows", **told),
        "alt": say(f"alt.{first.key.rpartition('.')[2]}", **told, **{
            name: plain(float(value)) for name, value in first.values.items()
        }),
    }  # fmt: skip


def known(exhibit: CrossValidated) -> dict[str, float | str]:
    """Return what does not change."""
    return {
        "rows": exhibit.n_rows,
        "folds": exhibit.errors.shape[1],
        "others": exhibit.errors.shape[1] - 1,
        "penalty": exhibit.penalty.upper(),
        "target": literal(short_names([exhibit.target])[0]),
        "splits": len(exhibit.found),
        "seed": exhibit.number("seed"),
        "residual": exhibit.residual,
    }


def verdict(exhibit: CrossValidated, split: int, now: int) -> str:
    """Say how far the mean error is above the least: nearly not, `within` one SE, or `over`."""
    found, mean = exhibit.found[split], exhibit.mean[split, now]
    bar = found.tolerated - found.least[1]
    if mean <= found.least[1] + NEARLY * bar:
        return "least"
    return "within" if mean <= found.tolerated else "over"


def error(exhibit: CrossValidated, split: int, now: int) -> Said:
    """Return the mean error at a strength, its standard error and what is kept there."""
    return say(
        "claim.error", lam=float(exhibit.lambdas[now]), n=len(exhibit.features),
        error=three(float(exhibit.mean[split, now])),
        se=three(float(exhibit.spread[split, now])), kept=float(exhibit.kept[now]),
    )  # fmt: skip


def least(exhibit: CrossValidated, split: int) -> Said:
    """Return where the mean error of a split is least."""
    lam, mean = exhibit.found[split].least
    kind = "useless" if lam == math.inf else "found" if lam else "free"
    return say(f"claim.least.{kind}", error=three(mean), **_kept(exhibit, "least", split))


def rule(exhibit: CrossValidated, split: int) -> Said:
    """Return both choices of a split."""
    least, rule = exhibit.least[split], exhibit.rule[split]
    if least is None:
        kind = "useless" if rule is None else "bare"
    elif rule is None:
        kind = "undecided"
    else:
        kind = "same" if least == rule else "both"
    values = _kept(exhibit, "least", split) | _kept(exhibit, "rule", split)
    return say(f"claim.choice.{kind}", **values)


def _kept(exhibit: CrossValidated, name: str, split: int) -> dict[str, float]:
    """Return a choice, and how many of all weights are kept by it."""
    at, values = getattr(exhibit, name)[split], {"n": float(len(exhibit.features))}
    if at is None:
        return values
    kept = {"least": "kept", "rule": "left"}[name]
    return values | {name: float(exhibit.lambdas[at]), kept: float(exhibit.kept[at])}


def again(exhibit: CrossValidated) -> Said:
    """Return how the choices differ between splits of the rows."""
    splits = len(exhibit.found)
    least, rule = (
        [float(exhibit.lambdas[at]) for at in each if at is not None]
        for each in (exhibit.least, exhibit.rule)
    )
    if not least or not rule:
        return say("claim.again.none", splits=splits)
    kind = "all" if len(least) == len(rule) == splits else "some"
    ends = {"from1": min(least), "to1": max(least), "from2": min(rule), "to2": max(rule)}
    return say(f"claim.again.{kind}", splits=splits, **ends)
