"""What is true of two classes and their border, what there is to see, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.held_weights import against
from regviz.lessons.lines import over, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import signed, three, zeros
from regviz.lessons.paths_drawn import Paths
from regviz.lessons.picture import Label, Mark, Panel, Picture, Positions, Said
from regviz.lessons.sides import PENALTIES, Side, gathered, tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking, both

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic

say = Voice("logistic")
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
LAM = ("lam",)
#: what there is of the weights of all features, but for the numbers across
PATHS = ("joints", "path", "steps", "now", "dots", "holes", "count")
#: how near a curve is right at least, in what all weights span: no hand is surer
NEAR = 0.02
#: what may be answered to how L1's border ends, and to what fits best where a line parts all
TURNS, BEST = ("tilted", "axis", "gone"), ("line", "none", "zero")


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
        exhibit, own, limits, found = self.exhibit, self.name, self.limits, list[Mark]()

        def mark(what: str, kind: parts.MarkKind, role: str, at: rm.Array, **how: Any) -> None:
            by = LAM if at.ndim == 3 else ()
            found.append(Mark(f"{what}-{own}", own, kind, role, at, by, **how))

        for percent in SHADES:
            half = rm.half_planes(self.line - [0.0, 0.0, odds(percent)], limits)
            mark(f"shade-{percent}", "area", own, half, look="faint")
        for percent in LINES:
            ends = rm.half_plane_edges(self.line - [0.0, 0.0, odds(percent)], limits, ENTERS)
            mark(f"line-{percent}", "line", own, ends, weight="fine")
        if exhibit.free is not None:
            mark("free", "line", "loss", rm.half_plane_edges(exhibit.free, limits, ENTERS))
        mark("zeros", "point", "data", exhibit.seen[~exhibit.is_one], look="hollow",
             weight="fine")  # fmt: skip
        mark("ones", "point", "data", exhibit.seen[exhibit.is_one], weight="fine")
        border = rm.half_plane_edges(self.line, limits, ENTERS)
        mark("border", "line", own, border, weight="strong")
        return found

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


def picture(exhibit: Logistic) -> Picture:
    """Describe planes of two features, their weights, and the weights of all features."""
    places, gone = np.log10(exhibit.lambdas).round(3), exhibit.gone
    at = {"weak": 0, "one": gone["one"], "both": gone["both"]}
    return gathered(
        [*(Plane(exhibit, name) for name in PENALTIES), Weights(exhibit),
         *(Paths(exhibit, name) for name in PENALTIES)],
        readouts=(exhibit.readout(),),
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
    lams = exhibit.lambdas[[gone["one"], gone["both"] - 1]].tolist()
    one_left = say.task("task.one", "lam", within={"lam": (lams[0], lams[1])})
    seen: Any = {"panel": "l1", "sees": (*points["l1"], "border-l1"), "at": start}
    turn, best = say.choice("turn", "axis", TURNS, **seen), say.choice("best", "none", BEST)
    return Story((
        Section("classes", (
            say.step("classes", "classes", panels=("l1",), put=start, show=points["l1"],
                     tell=said["classes"], hold=2.2),
            say.step("border", show=("border-l1",), values=names, hold=2.2),
            say.step("odds", show=about["l1"], seconds=1.2, hold=2.2),
        )),
        *asking(turn),
        Section("l1", (
            say.step("l1", "told.l1", put=start, show=("lam",), hold=0.4),
            Step(run={"lam": gone["one"]}, **walk),
            say.step("dropped", hold=1.6),
            Step(run={"lam": gone["both"]}, seconds=1.6, even=True),
            say.step("same", values={"share": three(exhibit.share)}, hold=2.0),
        )),
        Section("l2", (
            say.step("l2", "told.l2", panels=PENALTIES, put=start,
                     show=(*points["l2"], *about["l2"], "border-l2"), hold=0.8),
            Step(run={"lam": last}, **walk),
            say.step("fades", hold=1.6),
        )),
        *asking(*_drops(exhibit, names)),
        Section("weights", (
            say.step("weights", "told.weights", panels=("l1", "weights"), put=start,
                     show=("now", *both("w1", "w2", "w")), seconds=1.0, hold=0.6),
            Step(run={"lam": last}, **walk),
            say.step("zeros", task=one_left, hold=1.6),
        )),
        *asking(best),
        Section("many", (
            say.step("many", "many", panels=both("paths"), put=start,
                     show=(*paths, *both("zeros-paths")), values={"n": len(exhibit.features)},
                     seconds=1.2, hold=1.2),
            Step(run={"lam": last}, hold=1.0, **walk),
        ), only=(*paths, *both("zeros-paths"))),
        say.section("still", panels=PENALTIES, put={"lam": exhibit.at}, hold=3.0,
                    show=both("free") if exhibit.free is not None else ()),
    ))  # fmt: skip


def _drops(exhibit: Logistic, names: dict[str, str]) -> list[Question]:
    """Ask for L1's weight against lambda, of a feature that it drops on the way."""
    steps = np.linspace(0, exhibit.last, 8).round().astype(int)
    l1, l2 = (exhibit.lines[name][steps, :2] for name in PENALTIES)
    # Of those that are there at first, the one that is less in the end under L1.
    which = int(np.argmin(np.where(l1[0] != 0.0, (l1 != 0.0).sum(axis=0), len(steps))))
    truth = l1[:, which]
    wrongs = {"l2": l2[:, which], "stays": np.full(len(steps), truth[0])}
    near = 0.45 * min(float(np.abs(each - truth).max()) for each in wrongs.values())
    if near < NEAR * float(np.ptp(exhibit.lines["l2"][:, :2])):
        return []
    lams = np.log10(exhibit.lambdas)
    return [say.guess(
        "drops", truth, near, wrongs, {"name": names[("one", "two")[which]]}, panel="weights",
        sees=(f"w{which + 1}-l2",), across=lams[steps],
        line=over(lams, exhibit.lines["l1"][:, which]),
    )]  # fmt: skip
