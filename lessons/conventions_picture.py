"""What there is to see of conventions: all weights, over a ruler for each notation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.conventions_said import ALONE, MIXED, NAMES, claims, notation, numbers, say
from regviz.lessons.lines import over, there, upright
from regviz.lessons.numbers import whole
from regviz.lessons.paths_drawn import Weights
from regviz.lessons.picture import Driver, Fields, Label, Mark, Panel, Picture, rounded
from regviz.lessons.sides import PENALTIES, gathered

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.conventions import Conventions

#: rulers under the weights: how far below, from each other, and the last from the edge, in
#: parts of what the weights span; their notches and numbers, and what is kept clear of lambda's
#: line below them
BELOW, APART, UNDER, NOTCH, NUMBER, PASSED = 0.13, 0.3, 0.17, 0.035, 0.12, 0.195
#: tenfolds with a notch on rulers, of which every second has a number, but for the ends of a
#: ruler; room on both sides
POWERS, NUMBERED, CLEAR, BESIDE = np.arange(-6.0, 13.0), slice(None, None, 2), 0.5, 0.6
#: powers of ten from this one on, and from its negative down, are written as such
PLAIN = 3
#: decimals of rulers
DECIMALS = 5
SNIPPETS = {
    "Python": """import sklearn.linear_model as lm
from sklearn.preprocessing import scale
Z = scale(X)
lasso = lm.Lasso(alpha={sklearn-l1}).fit(Z, y)
ridge = lm.Ridge(alpha={sklearn-l2}).fit(Z, y)
net = lm.ElasticNet(
  alpha={sklearn-net},
  l1_ratio={sklearn-share}).fit(Z, y)
sgd = lm.SGDRegressor(alpha={sgd-l2}).fit(Z, y)
logistic = lm.LogisticRegression(
  C={logistic-l2}).fit(Z, classes)
""",
    "R": """library(glmnet)
lasso <- glmnet(
  X, y, alpha = 1, lambda = {glmnet-l1})
ridge <- glmnet(
  X, y, alpha = 0, lambda = {glmnet-l2})
net <- glmnet(X, y, alpha = {glmnet-share},
              lambda = {glmnet-net})
logistic <- glmnet(
  X, classes, family = "binomial",
  alpha = 0, lambda = {sgd-l2})
""",
}


class Rulers(Weights):
    """The weights under one penalty, and a ruler of its strength in each notation.

    Rulers lie at `levels`; their notches and numbers as far below as `drops` say, and the line
    that says where lambda is comes down to each from its place in `tops`.
    """

    exhibit: Conventions

    def __init__(self, exhibit: Conventions, name: str) -> None:
        super().__init__(exhibit, name)
        span = self.high - self.low
        self.ends = np.log10(exhibit.lambdas[[0, -1]]) + np.array([-BESIDE, BESIDE])
        lows = self.low - (BELOW + APART * np.arange(len(NAMES))) * span
        self.levels = dict(zip(NAMES, lows.round(DECIMALS).tolist(), strict=True))
        self.bottom = round(self.levels["esl"] - UNDER * span, DECIMALS)
        self.drops = NOTCH * span, NUMBER * span
        tops = [self.high, *(lows[:-1] - PASSED * span).round(DECIMALS).tolist()]
        self.tops = dict(zip(NAMES, tops, strict=True))

    def factor(self, convention: str) -> tuple[Array, tuple[str, ...]]:
        """Return what strengths are multiplied by in a convention, by the drivers returned."""
        own = notation(convention, self.name)
        powers = {"rows": own.rows, "sd": own.scale}
        by, found = tuple(name for name, power in powers.items() if power), np.array(own.times)
        for name in by:
            found = np.multiply.outer(found, self.exhibit.stops[name] ** powers[name])
        return found, by

    def panels(self) -> list[Panel]:
        """Return the panel."""
        exhibit, said = self.exhibit, {self.levels[key]: each for key, each in NAMES.items()}
        told: dict[str, float | str] = {
            "rows": whole(exhibit.number("rows")), "sd": exhibit.number("sd"),
            "residual": exhibit.residual, **claims(exhibit, exhibit.rests)[self.name].values,
        }  # fmt: skip
        return [
            self.panel("paths", [*self.ends, self.bottom, self.high],
                       ({}, {**rounded(self.low, self.high, 3), **said}),
                       summary=f"claim.{self.name}", values=told,
                       cross=(float(self.ends[0]), 0.0))
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights, the rulers, and where lambda is on all of them."""
        x, grid = np.log10(self.exhibit.lambdas)[:, None], np.log10(self.exhibit.grid)
        paths = self.exhibit.paths[self.name][:, self.drawn]
        return [
            *(
                self.mark(f"path-{rank}", "paths", "line", over(grid, path))
                for rank, path in enumerate(paths.T)
            ),
            *(mark for convention in NAMES for mark in self._ruler(convention)),
            *(
                self.mark(f"now-{convention}", "paths", "line",
                          upright(x, level, self.tops[convention]), ("lam",), "ink",
                          weight="fine")
                for convention, level in self.levels.items()
            ),
            self.mark("weights", "paths", "point", over(x, self.weights), ("lam",),
                      weight="fine"),
            *(
                self.mark(f"dot-{convention}", "paths", "point", over(x, level), ("lam",),
                          "ink", grip="lam")
                for convention, level in self.levels.items()
            ),
        ]  # fmt: skip

    def _ruler(self, convention: str) -> Iterator[Mark]:
        level, (factor, by) = self.levels[convention], self.factor(convention)
        low, text = (level - drop for drop in self.drops)
        at = POWERS - np.log10(factor)[..., None]
        line, notches = over(self.ends, level), upright(at, low, level)
        yield self.mark(f"line-{convention}", "paths", "rule", line, (), "ink", weight="fine")
        yield self.mark(
            f"notches-{convention}", "paths", "line", notches, by, "ink", weight="fine"
        )
        (left, right), at = self.ends + np.array([CLEAR, -CLEAR]), at[..., NUMBERED]
        seen = there(over(at, text), (at >= left) & (at <= right))
        texts = tuple(
            self.say("name.at", at=10.0**power) if abs(power) < PLAIN
            else self.say("name.power", power=power)
            for power in POWERS[NUMBERED].tolist()
        )  # fmt: skip
        yield self.mark(
            f"numbers-{convention}", "paths", "text", seen, by, "muted", texts=texts
        )

    def labels(self) -> list[Label]:
        """Return the number of lambda at the end of each ruler."""
        found = {name: self.factor(name) for name in NAMES}
        return [
            self.label(f"line-{name}", "value", (1.0,), by=("lam", *by), bold=True,
                       numbers=np.multiply.outer(self.exhibit.lambdas, factor))
            for name, (factor, by) in found.items()
        ]  # fmt: skip


def picture(exhibit: Conventions) -> Picture:
    """Describe both penalties' weights over the rulers of all conventions."""
    own, stops = exhibit.parameters, exhibit.stops
    found = {
        "many": {"rows": float(stops["rows"][-1])},
        "default": {"lam": 1.0 / float(str(own["sd"]))},
    }
    if stops["sd"][0] <= exhibit.own_sd <= stops["sd"][-1] and exhibit.own_sd != own["sd"]:
        found["unit"] = {"sd": exhibit.own_sd}
    places = {"lam": np.log10(exhibit.lambdas).round(4)}
    kinds = {"l1": ALONE, "l2": ALONE, "net": MIXED, "share": MIXED}
    return gathered(
        [Rulers(exhibit, name) for name in PENALTIES],
        free=("paths",),
        drivers=tuple(
            # The share of L1 moves no more than numbers, which are written.
            Driver(name, each, exhibit.rests[name], name == "l1_ratio", places.get(name))
            for name, each in stops.items()
        ),
        says=("l1", "l2", "foot-mix"),
        knobs={},
        presets=found,
        fields=tuple(
            Fields(say(f"title.{kind}"), kind if kind in PENALTIES else "ink",
                   {f"{each}-{kind}": "l1_ratio" if kind == "share" else "lam" for each in of})
            for kind, of in kinds.items()
        ),
        written=partial(numbers, exhibit),
        snippets=SNIPPETS,
    )  # fmt: skip
