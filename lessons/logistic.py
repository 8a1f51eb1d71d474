"""Classification: the border between two classes, and the weights, under L1 and under L2."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.by_strength import at_strength, even
from regviz.lessons.data import SHIPPED, Design
from regviz.lessons.data.classes import two_classes
from regviz.lessons.data.words import quoted, some
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_features
from regviz.lessons.held_weights import against
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import signed, three, to_digits, zeros
from regviz.lessons.own_units import own_odds
from regviz.lessons.parameters import Names, Number, Strength, knob
from regviz.lessons.paths_drawn import Paths
from regviz.lessons.picture import Label, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.question import between
from regviz.lessons.regions import PENALTIES
from regviz.lessons.sides import Side, gathered, tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking, both
from regviz.lessons.weight_paths import WeightPaths

TOPIC = "features"
NEEDS = ("corner", "feature-selection")
ORDER = 270

#: the least strength and the strongest, and how many for each tenfold; of standardized features
#: L1 keeps none from 0.5 on, or earlier: where it is much earlier, the least is so far below
LEAST, STRONGEST, PER_DECADE, BELOW = 0.001, 0.8, 15, 100.0
#: halvings of the step in which a weight becomes 0, for more digits than are told
HALVINGS = 7
#: rounds what is drawn of a border: no picture shows more digits, and only 0 is 0
_short = np.vectorize(partial(to_digits, digits=7))
#: rows at most that are learned from, and that are drawn
MOST_ROWS, MOST_POINTS = 5000, 120
#: of the shipped study: above which target a row is of class 1, its median, and the plane
MEDIAN, PAIR = 140.5, ("bmi", "bp")
#: names of features and of classes are cut to this width
LONGEST = 12
#: percents of class 1 from which on the plane is shaded once more, and those with a line
SHADES, LINES = (10, 25, 50, 75, 90), (10, 50, 90)
#: air around the points, and above and below the weights
AIR, SPACE = 0.03, 0.12
#: what of a plane a line must enter to be there
ENTERS = 0.9
#: where along a line its name may stand, and along weights
SPOTS = (0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.5, 0.9, 0.1)
ALONG = {"l1": (0.05, 0.12, 0.2, 0.3), "l2": (0.9, 0.8, 0.7, 0.6)}
#: what there is of the weights of all features, but for the numbers across
PATHS = ("joints", "path", "steps", "now", "dots", "holes", "count")
#: how near a curve is right at least, in what all weights span: no hand is surer
NEAR = 0.02
#: two points that a border parts, one of each class; ever weaker penalties of their weight, and
#: L1's optima; what is seen of it and of their loss, whose logarithm to ten goes up
PARTED = rm.Logistic(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]))
WEAKER, RUNS = (0.1, 0.01, 0.001, 0.0001, 0.00001), (0.0, 13.0, -5.5, 0.0)
run_off = cache(lambda: rm.logistic_optima(PARTED, PENALTIES["l1"], WEAKER))
#: readouts of L1's weights on the plane
WEIGHTS = ("w1", "w2")
say = Voice("logistic")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the logistic lesson."""

    above: float | None = knob(
        None,
        Number(-1e12, 1e12),
        "tells classes apart where the target is of more than two values: above this, or not",
    )
    pair: tuple[str, ...] | None = knob(
        None,
        Names(),
        "two of the features, which the plane shows; by default those that L1 keeps longest",
    )
    lam: float | None = knob(
        None,
        Strength(0.001, 0.8),
        "penalty strength of the still picture, moved to the nearest that is drawn; by default "
        "one at which L1 has one weight",
    )


@dataclass(frozen=True, kw_only=True)
class Logistic(WeightPaths):
    """Logistic regression on two features, and on all of them, standardized.

    Attributes
    ----------
    classes
        What is true of the target in class 0 and in class 1, such as `> 140.5`.
    pair
        The two features that the plane shows.
    seen, is_one
        Of them in the rows that are drawn, shape `(n_drawn, 2)`, and whether each is class 1.
    share
        Of class 1 in all rows.
    lines
        By penalty, the optima on the pair, to seven digits: both weights of the standardized
        features and the intercept of the log odds, shape `(n_values, 3)`.
    free
        The optimum on the pair without a penalty, shape `(3,)`; None if a line parts the
        classes, as then there is none.
    """

    classes: tuple[str, str]
    pair: tuple[int, int]
    seen: rm.Array
    is_one: NDArray[np.bool_]
    share: float
    lines: Mapping[str, rm.Array]
    free: rm.Array | None

    @property
    def gone(self) -> dict[str, int]:
        """Where L1 has for the first time a weight of the pair that is 0, and both."""
        n_zeros = (self.lines["l1"][:, :2] == 0.0).sum(axis=1)
        return {"one": int(np.argmax(n_zeros > 0)), "both": int(np.argmax(n_zeros > 1))}


def exhibit(parameters: Parameters) -> Logistic:
    """Compute the optima on two features and on all.

    Raises
    ------
    BadInput
        If the data cannot be used, or are not of two classes.
    """
    design, classes = two_classes(parameters, parameters.above, MEDIAN)
    design = design.thinned(MOST_ROWS)
    if len(design.features) < 2:
        raise BadInput("the lesson's plane needs two features; give one more.")
    X, y = rm.standardize(design.X), design.y
    every = rm.Logistic(X, y)
    most = float(np.abs(every.gradient(np.zeros(X.shape[1]))).max())
    coarse = even(min(LEAST, three(most / BELOW)), STRONGEST, PER_DECADE, 3)
    begun = rm.logistic_optima(every, PENALTIES["l1"], coarse)
    order = _order(begun)
    pair = _pair(parameters, design, order)
    two = rm.Logistic(X[:, pair], y)
    own = rm.logistic_optima(two, PENALTIES["l1"], coarse)
    turns = _turns(two, coarse, own)
    lambdas = np.unique([*coarse, *_turns(every, coarse, begun), *turns])
    wanted = _between(turns) if parameters.lam is None else parameters.lam
    at = int(np.abs(np.log(lambdas / wanted)).argmin())
    lam = float(lambdas[at])
    near = np.minimum(np.searchsorted(coarse, lambdas), len(coarse) - 1)
    weights, found = (
        {
            "l1": rm.logistic_optima(loss, PENALTIES["l1"], lambdas, start[near]),
            "l2": rm.logistic_optima(loss, PENALTIES["l2"], lambdas),
        }
        for loss, start in ((every, begun), (two, own))
    )
    drawn = np.unique(np.linspace(0, len(y) - 1, min(len(y), MOST_POINTS)).round().astype(int))
    still = {name: each[at] for name, each in weights.items()}
    # What a path draws has few digits, and is 0 only where it is exactly 0.
    paths = {name: np.vectorize(three)(each) for name, each in weights.items()}
    return Logistic(
        **of_features(
            parameters, design, {}, lam=lam, pair=tuple(design.features[at] for at in pair)
        )
        | {"own_units": {name: own_odds(design, classes[1], w, float(every.intercept(w)))
                         for name, w in still.items()}},
        lesson="logistic",
        points={f"weights-{name}": w for name, w in still.items()}
        | {f"border-{name}": each[at] for name, each in found.items()},
        certificate=certified(*(
            (loss, PENALTIES[name].with_lambda(lam), each[name][at])
            for loss, each in ((every, weights), (two, found))
            for name in PENALTIES
        ), *((PARTED, rm.L1(weak), w) for weak, w in zip(WEAKER, run_off(), strict=True))),
        **at_strength(lambdas, at, PENALTIES),
        weights=paths,
        grid=lambdas,
        paths=paths,
        order=order,
        classes=classes,
        pair=pair,
        seen=X[np.ix_(drawn, np.array(pair))].round(3),
        is_one=y[drawn] == 1.0,
        share=float(y.mean()),
        lines={name: _short(np.column_stack([each, two.intercept(each)]))
               for name, each in found.items()},
        free=_free(two),
    )  # fmt: skip


def _pair(parameters: Parameters, design: Design, order: tuple[int, ...]) -> tuple[int, int]:
    """Return the two features of the plane."""
    is_usual = set(PAIR) <= set(design.features) and parameters.data in SHIPPED
    usual = PAIR if is_usual else tuple(design.features[at] for at in order[:2])
    wanted = usual if parameters.pair is None else parameters.pair
    unknown = [name for name in wanted if name not in design.features]
    if unknown or len(wanted) != 2:
        raise BadInput(
            f"pair = {','.join(wanted)} is not two of the features; give two of "
            f"{some(map(quoted, design.features))}."
        )
    first, second = map(design.features.index, wanted)
    return first, second


def _order(weights: rm.Array) -> tuple[int, ...]:
    """Order features by how long L1 keeps them, longest first; then by their weights."""
    last = np.where(weights != 0.0, np.arange(len(weights))[:, None], -1).max(axis=0)
    return tuple(np.lexsort((-np.abs(weights[0]), -last)).tolist())


def _turns(loss: rm.Logistic, lams: rm.Array, weights: rm.Array) -> list[float]:
    """Return the strengths at which an L1 weight has become 0, rounded up to three digits."""
    knots = rm.logistic_knots(loss, lams, weights, HALVINGS)
    unit = 10.0 ** (np.floor(np.log10(knots)) - 2.0)
    return [three(lam) for lam in np.ceil(knots / unit) * unit]


def _between(turns: list[float]) -> float:
    """Return a strength at which L1 has one of two weights, or if there is none has both."""
    low, high = [0.25 * turns[-1], *sorted(turns)][-2:]
    return math.sqrt(low * high)


def _free(loss: rm.Logistic) -> rm.Array | None:
    try:
        weights = rm.logistic_optimum(loss, rm.L2(0.0))
    except (rm.SeparableError, rm.UncertifiedError):
        return None
    return np.asarray(_short(np.append(weights, loss.intercept(weights))))


# ---- what is true


def named(exhibit: Logistic) -> dict[str, str]:
    """Return what the plane's features, the target and its classes are called in sentences."""
    columns = [*(exhibit.features[at] for at in exhibit.pair), exhibit.target]
    names = [*literal_names(columns, LONGEST), *literal_names(exhibit.classes, LONGEST)]
    return dict(zip(("one", "two", "target", "other", "first"), names, strict=True))


def claims(exhibit: Logistic, at: Positions) -> dict[str, Said]:
    """Return what is true of the borders and the weights, with lambda at a position."""
    step, names, told = at["lam"], named(exhibit), dict[str, float | str]()
    said = {"strength": say("claim.strength", lam=float(exhibit.lambdas[step]))}
    for name, line in exhibit.lines.items():
        first, second, _ = line[step].tolist()
        case = f"l1.{zeros(first, second)}" if name == "l1" else name
        said[name] = say(
            f"claim.{case}", **signed(3, w1=first, w2=second), one=names["one"],
            two=names["two"],
        )  # fmt: skip
        still = map(three, line[exhibit.at, :2].tolist())
        told |= {f"{name}{i}": weight for i, weight in enumerate(still, start=1)}
    lam, drawn, n = exhibit.lam["l1"], len(exhibit.seen), exhibit.n_rows
    own: dict[str, float | str] = {"drawn": drawn, "n": n}
    own |= {name: names[name] for name in ("target", "first")}
    classes = say(f"claim.classes.{'all' if drawn == n else 'some'}", **own)
    return said | {
        "classes": classes,
        "free": say(f"claim.free.{'separable' if exhibit.free is None else 'there'}"),
        "class": say("foot.parted", **own) if exhibit.free is None else classes,
        "alt": say("alt", lam=lam, **told, **names),
        "foot": say("foot.plane", lam=lam, residual=exhibit.residual),
    }


# ---- what there is to see


def odds(percent: int) -> float:
    """Return the log odds of a probability; 0 exactly of one half."""
    return float(np.log(percent / (100.0 - percent)))


class Plane(Side):
    """The points, the border and the probabilities under one penalty."""

    def __init__(self, exhibit: Logistic, name: str) -> None:
        super().__init__(exhibit.lesson, name)
        self.exhibit, self.line = exhibit, exhibit.lines[name]
        #: all points, and some air
        self.limits = np.array([end for x in exhibit.seen.T for end in with_air(x, AIR)])

    def panels(self) -> list[Panel]:
        """Return the plane, in standard deviations of both features."""
        names, told = named(self.exhibit), claims(self.exhibit, {"lam": self.exhibit.at})
        left, right, bottom, top = self.limits.tolist()
        case = told[self.name].key.removeprefix("logistic.claim.")
        return [
            say.chart(
                self.name, self.limits,
                (parts.rounded(left, right, 4), parts.rounded(bottom, top, 4)),
                told["foot" if self.name == "l1" else "class"],
                role=self.name, cross=(left, bottom),
                axes=(say("axis.plane.x", name=names["one"]),
                      say("axis.plane.y", name=names["two"])),
                heading=say(f"heading.border.{case}", **names),
                summary=say(f"summary.border.{case}", **told[self.name].values),
            )
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return shades, lines and points, from below to above."""
        exhibit, own, mark = self.exhibit, self.name, parts.marker(self.name)

        def edges(line: rm.Array) -> rm.Array:
            return rm.half_plane_edges(line, self.limits, ENTERS)

        levels = {percent: self.line - [0.0, 0.0, odds(percent)] for percent in SHADES}
        free = np.empty((0, 2)) if exhibit.free is None else edges(exhibit.free)
        return [
            *(mark(f"shade-{percent}", "area", own, rm.half_planes(level, self.limits), "lam",
                   look="faint") for percent, level in levels.items()),
            *(mark(f"line-{percent}", "line", own, edges(levels[percent]), "lam", weight="fine")
              for percent in LINES),
            mark("free", "line", "loss", free),
            mark("zeros", "point", "data", exhibit.seen[~exhibit.is_one], look="hollow",
                 weight="fine"),
            mark("ones", "point", "data", exhibit.seen[exhibit.is_one], weight="fine"),
            mark("border", "line", own, edges(self.line), "lam", weight="strong"),
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the lines' probabilities."""
        percents = (self.label(f"line-{percent}", "percent", SPOTS, values={"p": percent})
                    for percent in LINES)  # fmt: skip
        return [*percents, self.label("free", "free", SPOTS)]


class Weights(Side):
    """The weights of the plane's two features against lambda, under both penalties."""

    def __init__(self, exhibit: Logistic) -> None:
        super().__init__(exhibit.lesson, "weights")
        self.exhibit, self.now = exhibit, np.log10(exhibit.lambdas)
        every = np.array([line[:, :2] for line in exhibit.lines.values()])
        self.reach = with_air([0.0, *every.ravel()], SPACE)

    def panels(self) -> list[Panel]:
        """Return the chart, in the logarithm of lambda."""
        (left, right), ticks = self.now[[0, -1]].tolist(), parts.rounded(*self.reach)
        foot = claims(self.exhibit, {"lam": self.exhibit.at})["class"]
        return [say.chart("weights", (left, right, *self.reach),
                          (tenfolds(left, right), ticks), foot, cross=(left, 0.0))]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return the weights as curves, and where lambda is now; L1's are above."""
        weights = {name: self.exhibit.lines[name][:, :2] for name in reversed(PENALTIES)}
        curves = {name: (self.now, each) for name, each in weights.items()}
        return [*against("weights", curves, self.now, weights, self.reach, "lam")]

    def labels(self) -> list[Label]:
        """Return what each curve is of."""
        names = named(self.exhibit)
        return [
            Label(f"w{i}-{name}", say(f"name.{name}", name=names[which]), spots)
            for name, spots in ALONG.items()
            for i, which in enumerate(("one", "two"), start=1)
        ]


class Parted(Side):
    """The loss of two points that a border parts, over their weight, and L1's optima on it."""

    def panels(self) -> list[Panel]:
        """Return the chart, in the logarithm of the loss: it falls for ever."""
        return [self.panel("loss", RUNS, (parts.numbered(5, 10), tenfolds(*RUNS[2:])))]

    def marks(self) -> list[Mark]:
        """Return the loss, and the optimum of each strength."""
        weights = np.array([*np.linspace(*RUNS[:2], 27)[:, None], *run_off()])
        points = over(weights[:, 0], np.log10(PARTED.value(weights)))
        return [self.mark("line", "loss", "line", points[: -len(WEAKER)], role="loss"),
                *(self.mark(f"at-{rank}", "loss", "point", point[None], role="l1")
                  for rank, point in enumerate(points[-len(WEAKER) :]))]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return the strengths by their optima."""
        return [self.label(f"at-{rank}", "lam", (0.0,), values={"value": lam})
                for rank, lam in enumerate(WEAKER)]  # fmt: skip


def picture(exhibit: Logistic) -> Picture:
    """Describe planes of two features, their weights, and the weights of all features."""
    places, gone = np.log10(exhibit.lambdas).round(3), exhibit.gone
    at = {"weak": 0, "one": gone["one"], "both": gone["both"]}
    return gathered(
        [*(Plane(exhibit, name) for name in PENALTIES), Weights(exhibit),
         Parted(exhibit.lesson, "parted"), *(Paths(exhibit, name) for name in PENALTIES)],
        readouts=(exhibit.readout(),
                  *(Readout(name, symbol, "l1", weights, ("lam",)) for name, symbol, weights
                    in zip(WEIGHTS, ("$w_1 =$", "$w_2 =$"), exhibit.lines["l1"].T[:2],
                           strict=True))),
        drivers=(exhibit.driver(places),),
        says=("l1", "l2", "classes", "free", "strength"),
        free=("",),
        knobs={},
        presets={name: {"lam": float(exhibit.lambdas[step])} for name, step in at.items()},
    )  # fmt: skip


# ---- what is told


def story(exhibit: Logistic) -> Story:
    """Tell of a border, of what lies about it, and of what lambda does to both."""
    said, last = claims(exhibit, {"lam": exhibit.at}), exhibit.last
    names, start, gone, drawn = named(exhibit), {"lam": 0}, exhibit.gone, picture(exhibit)
    walk: dict[str, Any] = {"seconds": 2.6, "even": True}

    points, about = ({name: drawn.within(name, *whats) for name in PENALTIES}
                     for whats in (("ones", "zeros"), ("shade", "line")))  # fmt: skip
    paths = tuple(mark for name in both("paths") for mark in drawn.within(name, *PATHS))
    # Just one of both weights is left from the one strength to before the other.
    left = exhibit.lambdas[gone["one"] : gone["both"]]
    turn = say.choice("turn", "axis", ("tilted", "axis", "gone"), panel="l1")
    best = say.choice("best", "none", ("here", "none", "zero"), {"lam": WEAKER[0]},
                      panel="loss-parted", sees=("at-0-parted",))  # fmt: skip
    return Story((
        Section("classes", (
            say.step("classes", "classes", panels=("l1",), put=start, show=points["l1"],
                     tell=said["classes"], hold=2.2),
            say.step("border", show=("border-l1",), values=names, hold=2.2),
            say.step("odds", show=about["l1"], seconds=1.2, hold=2.2, tell=say("tell.odds")),
        )),
        *asking(turn),
        Section("l1", (
            say.step("l1", "told.l1", put=start, show=("lam",), hold=2.4, tell=say("tell.own")),
            say.step("turns", run={"lam": gone["one"]}, seconds=4.5, even=True),
            say.step("dropped", hold=1.6),
            Step(run={"lam": gone["both"]}, seconds=1.6, even=True),
            say.step("same", values={"share": three(exhibit.share)}, hold=2.0),
        ), only=WEIGHTS),
        Section("l2", (
            say.step("l2", "told.l2", panels=(*PENALTIES,), put=start,
                     show=(*points["l2"], *about["l2"], "border-l2"), hold=0.8),
            Step(run={"lam": last}, **walk),
            say.step("fades", hold=1.6),
        )),
        *asking(*_drops(exhibit, names)),
        Section("weights", (
            say.step("weights", "told.weights", panels=("l1", "weights"), put=start,
                     show=("now", *both("w1", "w2", "w")), seconds=1.0, hold=0.6),
            Step(run={"lam": last}, **walk),
            say.step("zeros", task=say.find("task.one", "lam", left, tells=("l1",)), hold=1.6),
        )),
        *asking(best),
        Section("parted", (
            say.step("parted", "parted", panels=("loss-parted",), hide=("lam",),
                     show=("line-parted",), hold=2.6),
            *(Step(show=(name,), hold=0.4) for name in drawn.within("loss-parted", "at")),
            say.step("runs", tell=say("tell.parted", more=three(math.log(10.0))), hold=3.0),
        )),
        Section("many", (
            say.step("many", "many", {"n": len(exhibit.features)}, panels=both("paths"),
                     put=start, show=(*paths, *both("zeros-paths"), "lam"), seconds=1.2,
                     hold=1.2),
            Step(run={"lam": last}, hold=1.0, **walk),
        ), only=(*paths, *both("zeros-paths"))),
        say.section("still", panels=(*PENALTIES,), put={"lam": exhibit.at}, hold=3.0,
                    show=both("free") if exhibit.free is not None else ()),
    ))  # fmt: skip


def _drops(exhibit: Logistic, names: dict[str, str]) -> Iterator[Question]:
    """Ask for L1's weight against lambda, of a feature that it drops on the way."""
    steps = np.linspace(0, exhibit.last, 8).round().astype(int)
    l1, l2 = (exhibit.lines[name][steps, :2] for name in PENALTIES)
    # Of those that are there at first, the one that is less in the end under L1.
    which = int(np.argmin(np.where(l1[0] != 0.0, (l1 != 0.0).sum(axis=0), len(steps))))
    truth = l1[:, which]
    wrongs = {"l2": l2[:, which], "stays": np.full(len(steps), truth[0])}
    near, lams = between(truth, wrongs), np.log10(exhibit.lambdas)
    if near >= NEAR * float(np.ptp(exhibit.lines["l2"][:, :2])):
        yield say.guess(
            "drops", truth, near, wrongs, {"name": names[("one", "two")[which]]},
            panel="weights", sees=(f"w{which + 1}-l2",), across=lams[steps],
            line=over(lams, exhibit.lines["l1"][:, which]),
        )  # fmt: skip
