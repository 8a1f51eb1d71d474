"""What there is to see of conventions: all weights, over a ruler for each notation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.conventions_said import ALONE, MIXED, NAMES, claims, notation, numbers, say
from regviz.lessons.lines import over, there, upright
from regviz.lessons.numbers import whole
from regviz.lessons.picture import Driver, Fields, Label, Mark, Panel, Picture, rounded
from regviz.lessons.sides import PENALTIES, Side, gathered

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.conventions import Conventions

#: rulers under the weights: how far below, from each other, and the last from the edge, in
#: parts of what the weights span; their notches and numbers, and air above
BELOW, APART, UNDER, NOTCH, NUMBER, AIR = 0.2, 0.34, 0.2, 0.04, 0.13, 0.06
#: what is kept clear of lambda's line below a ruler, where numbers stand, in the same parts
PASSED = 0.22
#: tenfolds with a notch on rulers, of which every second has a number, but for the ends of a
#: ruler; room on both sides
POWERS, NUMBERED, CLEAR, BESIDE = np.arange(-6.0, 13.0), slice(None, None, 2), 0.5, 0.6
LAM = ("lam",)
#: powers of ten from this one on, and from its negative down, are written as such
PLAIN = 3
#: decimals of rulers
DECIMALS = 5
SNIPPETS = {
    "Python": """from sklearn import linear_model as lm
from sklearn.preprocessing import StandardScaler
Z = StandardScaler().fit_transform(X)
lasso = lm.Lasso(alpha={sklearn-l1}).fit(Z, y)
ridge = lm.Ridge(alpha={sklearn-l2}).fit(Z, y)
net = lm.ElasticNet(alpha={sgd-net}, l1_ratio={sgd-share}).fit(Z, y)
ridge_by_sgd = lm.SGDRegressor(alpha={sgd-l2}).fit(Z, y)
of_classes = lm.LogisticRegression(C={logistic-l2}).fit(Z, classes)
""",
    "R": """library(glmnet)
lasso <- glmnet(X, y, alpha = 1, lambda = {glmnet-l1})
ridge <- glmnet(X, y, alpha = 0, lambda = {glmnet-l2})
net <- glmnet(X, y, alpha = {glmnet-share}, lambda = {glmnet-net})
of_classes <- glmnet(X, classes, alpha = 0, lambda = {sgd-l2},
                     family = "binomial")
""",
}


class Rulers(Side):
    """The weights under one penalty, and a ruler of its strength in each notation."""

    def __init__(self, exhibit: Conventions, name: str) -> None:
        super().__init__(exhibit.lesson, name)
        self.exhibit, drawn = exhibit, list(exhibit.drawn)
        self.weights, self.paths = (
            each[name][:, drawn] for each in (exhibit.weights, exhibit.paths)
        )
        every = [each[:, drawn] for each in exhibit.paths.values()]
        self.low, self.high = min(map(np.min, every)), max(map(np.max, every))
        self.span = float(max(self.high, 0.0) - min(self.low, 0.0))
        ends = np.log10(exhibit.lambdas[[0, -1]])
        self.ends = ends + np.array([-BESIDE, BESIDE])
        steps = BELOW + APART * np.arange(len(NAMES))
        #: where the ruler of each convention lies
        self.levels = dict(
            zip(NAMES, (min(self.low, 0.0) - steps * self.span).round(DECIMALS), strict=True)
        )

    def _by(self, convention: str) -> tuple[str, ...]:
        own = notation(convention, self.name)
        return tuple(name for name, power in (("rows", own.rows), ("sd", own.scale)) if power)

    def numbers(self, convention: str) -> tuple[Array, tuple[str, ...]]:
        """Return what strengths are called in a convention, and the drivers it depends on."""
        by = self._by(convention)
        factor = self.exhibit.factor(convention, self.name, by)
        return np.multiply.outer(self.exhibit.lambdas, factor), ("lam", *by)

    @property
    def drops(self) -> tuple[float, float]:
        """How far below a ruler its notches go, and its numbers stand."""
        return NOTCH * self.span, NUMBER * self.span

    @property
    def bottom(self) -> float:
        """The lower edge of the panel."""
        return float(round(self.levels["esl"] - UNDER * self.span, DECIMALS))

    def panels(self) -> list[Panel]:
        """Return the panel."""
        top = float(round(max(self.high, 0.0) + AIR * self.span, DECIMALS))
        exhibit, names = self.exhibit, {self.levels[key]: said for key, said in NAMES.items()}
        weights = rounded(float(self.low), float(self.high), 3)
        own = claims(exhibit, {"lam": exhibit.at, **exhibit.rests})[self.name]
        told: dict[str, float | str] = {
            "rows": whole(exhibit.number("rows")), "sd": exhibit.number("sd"),
            "residual": exhibit.residual, **own.values,
        }  # fmt: skip
        return [
            self.panel("paths", [*self.ends, self.bottom, top], ({}, {**weights, **names}),
                       summary=f"claim.{self.name}", values=told,
                       cross=(float(self.ends[0]), 0.0))
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights, the rulers, and where lambda is on all of them."""
        x, grid = np.log10(self.exhibit.lambdas), np.log10(self.exhibit.grid)
        lows = np.array([*self.levels.values()])
        highs = [max(self.high, 0.0), *(lows[:-1] - PASSED * self.span)]
        now = upright(x[:, None], lows, highs)
        weights = over(x[:, None], self.weights)
        return [
            *(
                self.mark(f"path-{rank}", "paths", "line", over(grid, path))
                for rank, path in enumerate(self.paths.T)
            ),
            *(mark for convention in NAMES for mark in self._ruler(convention)),
            self.mark("now", "paths", "line", now, LAM, "ink", weight="fine"),
            self.mark("weights", "paths", "point", weights, LAM, weight="fine"),
            *(
                self.mark(f"dot-{convention}", "paths", "point", over(x, level)[:, None], LAM,
                          "ink", grip="lam")
                for convention, level in self.levels.items()
            ),
        ]  # fmt: skip

    def _ruler(self, convention: str) -> Iterator[Mark]:
        level, by = self.levels[convention], self._by(convention)
        factor = self.exhibit.factor(convention, self.name, by)
        at = POWERS - np.log10(factor)[..., None]
        low, text = (level - drop for drop in self.drops)
        line = over(self.ends, level)
        yield self.mark(f"line-{convention}", "paths", "rule", line, (), "ink", weight="fine")
        notches = upright(at, low, level)
        yield self.mark(f"notches-{convention}", "paths", "line", notches, by, "ink",
                        weight="fine")  # fmt: skip
        left, right = self.ends + np.array([CLEAR, -CLEAR])
        at = at[..., NUMBERED]
        numbers = there(over(at, text), (at >= left) & (at <= right))
        texts = tuple(
            self.say("name.at", at=10.0**power) if abs(power) < PLAIN
            else self.say("name.power", power=power)
            for power in POWERS[NUMBERED].tolist()
        )  # fmt: skip
        yield self.mark(f"numbers-{convention}", "paths", "text", numbers, by, "muted",
                        texts=texts)  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the number of lambda at the end of each ruler."""
        found = []
        for convention in NAMES:
            numbers, by = self.numbers(convention)
            found.append(self.label(f"line-{convention}", "value", (1.0,), numbers=numbers,
                                    by=by, bold=True))  # fmt: skip
        return found


def picture(exhibit: Conventions) -> Picture:
    """Describe both penalties' weights over the rulers of all conventions."""
    own, stops, rests = exhibit.parameters, exhibit.stops, exhibit.rests
    found = {
        "many": {"rows": float(stops["rows"][-1])},
        "default": {"lam": 1.0 / float(str(own["sd"]))},
    }
    if stops["sd"][0] <= exhibit.own_sd <= stops["sd"][-1] and exhibit.own_sd != own["sd"]:
        found["unit"] = {"sd": exhibit.own_sd}
    places = {"lam": np.log10(exhibit.lambdas).round(4)}
    return gathered(
        [Rulers(exhibit, name) for name in PENALTIES],
        free=("paths",),
        drivers=tuple(
            Driver(name, each, rests[name], places=places.get(name))
            for name, each in stops.items()
        ),
        says=("l1", "l2", "foot-mix"),
        knobs={},
        presets=found,
        fields=(*(_fields(name, ALONE) for name in PENALTIES), _fields("net", MIXED)),
        written=partial(numbers, exhibit),
        snippets=SNIPPETS,
    )


def _fields(name: str, notations: tuple[str, ...]) -> Fields:
    """Return the numbers of one penalty, or of the net, which has a share of L1 besides."""
    kinds = {name: "lam"} | ({"share": "l1_ratio"} if name == "net" else {})
    moves = {f"{each}-{kind}": moved for each in notations for kind, moved in kinds.items()}
    return Fields(say(f"title.{name}"), name if name in PENALTIES else "ink", moves)
