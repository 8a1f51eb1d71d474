"""Conventions: one fit, and what its strength is called in six notations.

Columns are standardized. With a target of standard deviation `s`, the lasso's strength has the
unit of the target: the paths are those at `lam` of a standardized one, and so at `s * lam`.
Ridge's has no unit, but glmnet's has, which divides the target by `s`. The weights stand over a
ruler for each notation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import plain
from regviz.lessons.by_strength import even
from regviz.lessons.knob_groups import PathKnobs
from regviz.lessons.lines import over, there, upright
from regviz.lessons.numbers import three, whole
from regviz.lessons.parameters import Count, Number, knob
from regviz.lessons.paths_drawn import Weights
from regviz.lessons.picture import Driver, Fields, Label, Mark, Panel, Picture, Positions, Said
from regviz.lessons.sides import PENALTIES, gathered
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking, both
from regviz.lessons.weight_paths import BothPaths, both_paths, lasso_on, path_grid

TOPIC = "practice"
NEEDS = ("feature-selection",)
ORDER = 280

#: strengths, rows and standard deviations of the target to move through
LAMS, ROWS, SDS = (1e-4, 1e2), (1e1, 1e5), (1e-2, 1e3)
#: steps per tenfold of a strength, and of the others; and of the share of L1
FINE, COARSE, SHARES = 20, 10, 20
#: in the order of their rulers; what is not translated of what they are called
NAMES = {"source": r"$\lambda$", "sklearn": "sklearn", "glmnet": "glmnet", "esl": "ESL"}
#: the notations that mix both penalties, and those of one alone
MIXED = "source", "sklearn", "sgd", "logistic", "glmnet"
ALONE = (*MIXED, "esl")
#: rulers under the weights: how far below, from each other, and the last from the edge, in
#: parts of what the weights span; their notches and numbers, and what is kept clear of lambda's
#: line below them
BELOW, APART, UNDER, NOTCH, NUMBER, PASSED = 0.13, 0.3, 0.17, 0.035, 0.12, 0.195
#: tenfolds with a notch on rulers, of which every second has a number, but for the ends of a
#: ruler; room on both sides
POWERS, NUMBERED, CLEAR, BESIDE = np.arange(-6.0, 13.0), slice(None, None, 2), 0.8, 1.0
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
#: an answer may be off by this share of the truth
NEAR = 0.05
#: how far the rows and the target's unit are moved, and lambda in the task may be off
TENFOLD, OFF = 10.0, 1.13
say = Voice("conventions")


@dataclass(frozen=True)
class Parameters(PathKnobs):
    """Knobs of the conventions lesson."""

    rows: int | None = knob(None, Count(2, 100_000), "rows; by default those of the data")
    sd: float = knob(1.0, Number(0.01, 1000.0), "standard deviation of the target in its unit")
    l1_ratio: float = knob(
        0.5, Number(0.0, 1.0), "share of L1 in an elastic net; the rest is L2"
    )


@dataclass(frozen=True, kw_only=True)
class Conventions(BothPaths):
    """Both paths of the data, and what a strength is called.

    Attributes
    ----------
    stops
        By driver, what it moves through, ascending: `lam`, `rows`, `sd` and `l1_ratio`.
    rests
        Positions of the parameters' own, by driver.
    own_sd
        The standard deviation of the data's target, of three digits.
    """

    stops: dict[str, rm.Array]
    rests: Positions
    own_sd: float


def exhibit(parameters: Parameters) -> Conventions:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    given = lasso_on(parameters)
    own = {
        "lam": float(np.clip(given.still, *LAMS)),
        "rows": len(given.y) if parameters.rows is None else parameters.rows,
        "sd": three(parameters.sd),
        "l1_ratio": three(parameters.l1_ratio),
    }
    stops = {
        "lam": even(*LAMS, FINE, 3),
        "rows": even(*ROWS, COARSE, 2),
        "sd": even(*SDS, COARSE, 3),
        "l1_ratio": np.arange(SHARES + 1) / SHARES,
    }
    stops = {name: np.union1d(each, own[name]) for name, each in stops.items()}
    rests = {name: int(np.searchsorted(each, own[name])) for name, each in stops.items()}
    lambdas, at = stops["lam"], rests["lam"]
    grid = path_grid(given.path, float(lambdas[0]), float(lambdas[-1]))
    return Conventions(
        lesson="conventions",
        stops=stops,
        rests=rests,
        own_sd=three(given.design.y.std()),
        **both_paths(parameters, given, lambdas, at, grid[grid <= lambdas[-1]], **own),
    )


# ---- what is true


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
    mixed = sd * ratio + (1.0 - ratio)
    for each in MIXED:
        found[f"{each}-net"], found[f"{each}-share"] = rm.convert_elastic_net(
            lam * mixed, sd * ratio / mixed, "source", each, int(rows), sd
        )
    return found


def claims(exhibit: Conventions, at: Positions) -> dict[str, Said]:
    """Return what a strength is to be multiplied by, and what the still's comes to."""
    rows, sd = (float(exhibit.stops[name][at[name]]) for name in ("rows", "sd"))
    still = numbers(exhibit, exhibit.rests)
    told = {name.replace("-", "_"): plain(still[name], 4) for name in both(*NAMES)}
    return {
        "l1": say("claim.l1", rows=whole(rows)),
        "l2": say("claim.l2", twice=whole(2.0 * rows), scaled=2.0 * sd),
        "foot-mix": say("claim.mix"),
        "alt": say("alt", rows=whole(exhibit.number("rows")), sd=exhibit.number("sd"), **told),
    }


# ---- what there is to see


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

    def factor(self, convention: str) -> tuple[rm.Array, tuple[str, ...]]:
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
                       ({}, {**parts.rounded(self.low, self.high, 3), **said}),
                       summary=f"claim.{self.name}", values=told,
                       cross=(float(self.ends[0]), 0.0))
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights, the rulers, and where lambda is on all of them."""
        x, grid = np.log10(self.exhibit.lambdas)[:, None], np.log10(self.exhibit.grid)
        levels, lam = self.levels.items(), ("lam",)
        return [
            *(self.mark(f"path-{rank}", "paths", "line", over(grid, path))
              for rank, path in enumerate(self.exhibit.paths[self.name][:, self.drawn].T)),
            *(mark for convention in NAMES for mark in self._ruler(convention)),
            *(self.mark(f"now-{each}", "paths", "line", upright(x, level, self.tops[each]), lam,
                        "ink", weight="fine") for each, level in levels),
            self.mark("weights", "paths", "point", over(x, self.weights), lam, weight="fine"),
            *(self.mark(f"dot-{each}", "paths", "point", over(x, level), lam, "ink", grip="lam")
              for each, level in levels),
        ]  # fmt: skip

    def _ruler(self, convention: str) -> Iterator[Mark]:
        """Yield a convention's ruler, its notches and the numbers that are seen of it."""
        level, (factor, by) = self.levels[convention], self.factor(convention)
        low, text = (level - drop for drop in self.drops)
        at, (left, right) = POWERS - np.log10(factor)[..., None], self.ends
        numbers = over(at[..., NUMBERED], text)
        seen = (numbers[..., 0] >= left + CLEAR) & (numbers[..., 0] <= right - CLEAR)
        texts = tuple(
            self.say("name.at", at=10.0**power) if abs(power) < PLAIN
            else self.say("name.power", power=power)
            for power in POWERS[NUMBERED].tolist()
        )  # fmt: skip
        yield self.mark(f"line-{convention}", "paths", "rule", over(self.ends, level),
                        role="ink", weight="fine")  # fmt: skip
        yield self.mark(f"notches-{convention}", "paths", "line", upright(at, low, level), by,
                        "ink", weight="fine")  # fmt: skip
        yield self.mark(f"numbers-{convention}", "paths", "text", there(numbers, seen), by,
                        "muted", texts=texts)  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the number of lambda at the end of each ruler."""
        lams = self.exhibit.lambdas
        return [
            self.label(f"line-{name}", "value", (1.0,), by=("lam", *by), bold=True,
                       numbers=np.multiply.outer(lams, factor))
            for name, (factor, by) in zip(NAMES, map(self.factor, NAMES), strict=True)
        ]  # fmt: skip


def picture(exhibit: Conventions) -> Picture:
    """Describe both penalties' weights over the rulers of all conventions."""
    stops, sd, unit = exhibit.stops, exhibit.number("sd"), exhibit.own_sd
    found = {"many": {"rows": float(stops["rows"][-1])}, "default": {"lam": 1.0 / sd}}
    if stops["sd"][0] <= unit <= stops["sd"][-1] and unit != sd:
        found["unit"] = {"sd": unit}
    places = {"lam": np.log10(exhibit.lambdas).round(4)}
    kinds = {"l1": ALONE, "l2": ALONE, "net": MIXED, "share": MIXED}
    return gathered(
        [Rulers(exhibit, name) for name in PENALTIES],
        free=("paths",),
        readouts=(
            parts.Readout("rows", "$n =$", "ink", stops["rows"], ("rows",)),
            parts.Readout("sd", say("readout.sd"), "ink", stops["sd"], ("sd",)),
        ),
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


# ---- how it is told


def story(exhibit: Conventions) -> Story:
    """Tell the lesson in order."""
    rests, drawn = exhibit.rests, picture(exhibit)
    many, other = (_tenfold(exhibit, name) for name in ("rows", "sd"))
    sd = float(exhibit.stops["sd"][other])
    step = partial(say.step, values={"rows": whole(exhibit.number("rows")), "sd": sd})

    def ruler(penalty: str, *conventions: str) -> tuple[str, ...]:
        kinds = "line", "notches", "numbers", "now", "dot"
        return tuple(f"{kind}-{each}-{penalty}" for each in conventions for kind in kinds)

    paths = {name: drawn.within(f"paths-{name}", "path-", "weights") for name in PENALTIES}
    esl, alpha, default = asking(*_questions(exhibit))
    return Story((
        Section("fit", (
            step("fit.paths", "here.l1", panels=("paths-l1",), put={**rests, "lam": 0},
                 show=paths["l1"], hold=2.4),
            step("fit.ruler", show=ruler("l1", "source"), hold=1.4),
            step("fit.rss", run={"lam": exhibit.at}, seconds=4.0, even=True, hold=1.6),
        )),
        Section("same", (
            step("same.sklearn", "sklearn.l1", show=ruler("l1", "sklearn"), hold=2.8),
            step("same.glmnet", "glmnet.l1", show=ruler("l1", "glmnet"), hold=2.8),
            step("same.mix", hold=2.6),
        )),
        esl,
        Section("sums", (
            step("sums.esl", "esl.l1", show=ruler("l1", "esl"), hold=2.6),
            step("sums.rows", show=("rows",), run={"rows": many}, seconds=2.8, hold=1.2),
            Step(run={"rows": rests["rows"]}, seconds=1.2, hold=0.4),
        ), only=("rows",)),
        alpha,
        Section("ridge", (
            step("ridge.here", "here.l2", panels=("paths-l2",), put={"lam": 0},
                 show=(*paths["l2"], *ruler("l2", "source")), hold=0.4),
            Step(run={"lam": exhibit.at}, seconds=2.4, even=True, hold=0.6),
            step("ridge.sums", "sums.l2", show=ruler("l2", "sklearn", "esl"), hold=2.6),
            step("ridge.glmnet", "glmnet.l2", show=ruler("l2", "glmnet"), hold=3.0),
        )),
        default,
        Section("unit", (
            step("unit.l1", "unit", panels=both("paths"), show=("sd",), hold=1.2),
            Step(run={"sd": other}, seconds=2.6, hold=0.6),
            step("unit.glmnet", emphasise=("numbers-glmnet-l2", "line-glmnet-l2"), hold=3.0),
            step("still", "still", run={"sd": rests["sd"]}, seconds=1.2, task=_task(exhibit),
                 hold=3.0),
        )),
    ))  # fmt: skip


def _tenfold(exhibit: Conventions, name: str) -> int:
    """Return the position of ten times a number, or of a tenth where there is no more."""
    values, own = exhibit.stops[name], exhibit.number(name)
    more = own * TENFOLD
    return parts.nearest(values, more if more <= values[-1] else own / TENFOLD)


def _task(exhibit: Conventions) -> Task | None:
    """Set the task to find scikit-learn's default for ridge, where that is a lambda here."""
    rows = exhibit.number("rows")
    wanted, (low, high) = 0.5 / rows, exhibit.lambdas[[0, -1]].tolist()
    near = [wanted / OFF, wanted * OFF] if low <= wanted <= high else []
    return say.find("task", "lam", near, exhibit.lam["l2"], within={"rows": (rows, rows)},
                    values={"lam": three(wanted), "rows": whole(rows)})  # fmt: skip


def _questions(exhibit: Conventions) -> Iterator[Question]:
    """Ask for ESL's number, for scikit-learn's of ridge, and what its defaults leave."""
    rows, rest = exhibit.number("rows"), numbers(exhibit, exhibit.rests)
    for name, asked, of, other in (
        ("esl", "esl-l1", "source-l1", 2.0), ("alpha", "sklearn-l2", "source-l2", 0.5),
    ):  # fmt: skip
        truth, own = rest[asked], rest[of]
        yield say.guess(name, three(truth), NEAR * truth, {"same": own, "half": other * truth},
                        {"lam": three(own), "rows": whole(rows), "truth": three(truth)},
                        high=4.0 * truth, panel="paths-l1")  # fmt: skip
    yield say.choice("default", "lasso", ("alike", "lasso", "ridge"), panel="paths-l2",
                      values={"lam": three(0.5 / rows), "rows": whole(rows)})  # fmt: skip
