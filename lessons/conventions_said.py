"""What may be said of a strength in many notations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regmath as rm
from regviz.lessons.alt import plain
from regviz.lessons.numbers import whole
from regviz.lessons.picture import Positions, Said
from regviz.lessons.sides import PENALTIES
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.conventions import Conventions

say = Voice("conventions")
#: in the order of their rulers; what is not translated of what they are called
NAMES = {"source": r"$\lambda$", "sklearn": "sklearn", "glmnet": "glmnet", "esl": "ESL"}
#: the notations of a penalty alone, and those that mix both
ALONE = "source", "sklearn", "sgd", "logistic", "glmnet", "esl"
MIXED = "source", "sklearn", "sgd", "logistic", "glmnet"


def notation(convention: str, penalty: str) -> rm.Notation:
    """Return a notation as one of strengths for a standardized target: L1's have its unit."""
    found = rm.NOTATIONS[convention, penalty]
    return found._replace(scale=found.scale + (penalty == "l1"))


def numbers(exhibit: Conventions, at: Positions) -> dict[str, float]:
    """Return what a strength is in each notation: `esl-l2`, and of a net `glmnet-net`."""
    stops = exhibit.stops.items()
    lam, rows, sd, ratio = (float(values[at[name]]) for name, values in stops)
    found = {
        f"{each}-{penalty}": rm.convert(strength, penalty, "source", each, int(rows), sd)
        for penalty, strength in (("l1", sd * lam), ("l2", lam))
        for each in ALONE
    }
    mixed = sd * ratio + 1.0 - ratio
    for each in MIXED:
        found[f"{each}-net"], found[f"{each}-share"] = rm.convert_elastic_net(
            lam * mixed, sd * ratio / mixed, "source", each, int(rows), sd
        )
    return found


def claims(exhibit: Conventions, at: Positions) -> dict[str, Said]:
    """Return what a strength is to be multiplied by, and what the still's comes to."""
    rows, sd = (float(exhibit.stops[name][at[name]]) for name in ("rows", "sd"))
    still = numbers(exhibit, exhibit.rests)
    told = {
        f"{each}_{name}": plain(still[f"{each}-{name}"], 4)
        for each in NAMES
        for name in PENALTIES
    }
    return {
        "l1": say("claim.l1", rows=whole(rows)),
        "l2": say("claim.l2", twice=whole(2.0 * rows), scaled=2.0 * sd),
        "foot-mix": say("claim.mix"),
        "alt": say("alt", rows=whole(exhibit.number("rows")), sd=exhibit.number("sd"), **told),
    }
