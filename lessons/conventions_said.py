"""What may be said of a strength in four notations."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def claims(exhibit: Conventions, at: Positions) -> dict[str, Said]:
    """Return what a strength is to be multiplied by, and what the still's comes to."""
    rows, sd = exhibit.n_values[at["rows"]], float(exhibit.sds[at["sd"]])
    numbers = {
        f"{convention}_{penalty}": plain(number(exhibit, convention, penalty), 4)
        for penalty in PENALTIES
        for convention in NAMES
    }
    return {
        "l1": say("claim.l1", rows=whole(rows)),
        "l2": say("claim.l2", twice=whole(2.0 * rows), scaled=2.0 * sd),
        "foot-mix": say("claim.mix"),
        "alt": say(
            "alt", rows=whole(exhibit.number("rows")), sd=exhibit.number("sd"), **numbers
        ),
    }


def number(exhibit: Conventions, convention: str, penalty: str) -> float:
    """Return what the still's strength is in a convention."""
    return exhibit.lam[penalty] * float(exhibit.factor(convention, penalty, ()))
