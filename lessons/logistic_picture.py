"""What there is to see of two classes: a plane for each penalty, and weights over lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.half_planes import Line, crossing, odds, shade
from regviz.lessons.lines import over, with_air
from regviz.lessons.logistic_claims import claims, named, say
from regviz.lessons.paths_drawn import Paths
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout
from regviz.lessons.sides import PENALTIES, Side, gathered, tenfolds

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic

#: percents of class 1 from which on the plane is shaded once more, and those with a line
SHADES, LINES = (10, 25, 50, 75, 90), (10, 50, 90)
#: air around the points, and above and below the weights
AIR, SPACE = 0.03, 0.12
#: where along a line its name may stand
SPOTS = (0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.5, 0.9, 0.1)
LAM = ("lam",)


class Plane(Side):
    """The points, the border and the probabilities under one penalty."""

    def __init__(self, exhibit: Logistic, name: str) -> None:
        super().__init__(exhibit.lesson, name)
        self.exhibit, self.line = exhibit, exhibit.lines[name]
        #: all points, and some air
        self.limits = np.array(
            [*with_air(exhibit.seen[:, 0], AIR), *with_air(exhibit.seen[:, 1], AIR)]
        )

    def panels(self) -> list[Panel]:
        """Return the plane, in standard deviations of both features."""
        exhibit, names = self.exhibit, named(self.exhibit)
        told = claims(exhibit, {"lam": exhibit.at})
        left, right, bottom, top = self.limits.tolist()
        case = told[self.name].key.removeprefix("logistic.claim.")
        axes = say("axis.plane.x", name=names["one"]), say("axis.plane.y", name=names["two"])
        return [
            Panel(
                name=self.name, kind="chart", limits=self.limits, role=self.name, axes=axes,
                ticks=(parts.rounded(left, right, 4), parts.rounded(bottom, top, 4)),
                cross=(left, bottom), title=say(f"title.{self.name}"),
                heading=say(f"heading.border.{case}", **names),
                summary=say(f"summary.border.{case}", **told[self.name].values),
                foot=told["foot" if self.name == "l1" else "class"],
            )
        ]  # fmt: skip

    def marks(self) -> list[Mark]:
        """Return shades, lines and points, from below to above."""
        exhibit, own, limits = self.exhibit, self.name, self.limits
        found = [
            Mark(f"shade-{percent}-{own}", own, "area", own,
                 shade(self.line, odds(percent), limits), LAM, look="faint")
            for percent in SHADES
        ]  # fmt: skip
        found += [
            Mark(f"line-{percent}-{own}", own, "line", own,
                 crossing(self.line, odds(percent), limits), LAM, weight="fine")
            for percent in LINES
        ]  # fmt: skip
        if exhibit.free is not None:
            free = Line(exhibit.free[None, :2], exhibit.free[2:])
            points = crossing(free, 0.0, limits)[0]
            found.append(Mark(f"free-{own}", own, "line", "loss", points))
        ones, zeros = exhibit.seen[exhibit.is_one], exhibit.seen[~exhibit.is_one]
        border = crossing(self.line, 0.0, limits)
        return [
            *found,
            Mark(f"zeros-{own}", own, "point", "data", zeros, look="hollow", weight="fine"),
            Mark(f"ones-{own}", own, "point", "data", ones, weight="fine"),
            Mark(f"border-{own}", own, "line", own, border, LAM, weight="strong"),
        ]

    def labels(self) -> list[Label]:
        """Return the lines' probabilities."""
        percents = (
            self.label(f"line-{percent}", "percent", SPOTS, values={"p": percent})
            for percent in LINES
        )
        return [*percents, self.label("free", "free", SPOTS)]


class Weights(Side):
    """The weights of the plane's two features against lambda, under both penalties."""

    def __init__(self, exhibit: Logistic) -> None:
        super().__init__(exhibit.lesson, "weights")
        self.exhibit, self.now = exhibit, np.log10(exhibit.lambdas)
        every = np.concatenate([line.weights for line in exhibit.lines.values()])
        self.low, self.high = with_air([0.0, *every.ravel()], SPACE)

    def panels(self) -> list[Panel]:
        """Return the chart, in the logarithm of lambda."""
        left, right = self.now[[0, -1]].tolist()
        limits = np.array([left, right, self.low, self.high])
        ticks = tenfolds(left, right), parts.rounded(self.low, self.high)
        foot = claims(self.exhibit, {"lam": self.exhibit.at})["class"]
        return [parts.chart("logistic", "weights", limits, ticks, foot, cross=(left, 0.0))]

    def marks(self) -> list[Mark]:
        """Return the weights as curves, and where lambda is now; L1's are above."""
        ends = over(self.now[:, None], [self.low, self.high])
        lines = [(name, self.exhibit.lines[name].weights) for name in reversed(PENALTIES)]
        return [
            Mark("now", "weights", "rule", "muted", ends, LAM, weight="fine"),
            *(
                Mark(f"w{i + 1}-{name}", "weights", "line", name, over(self.now, weights[:, i]))
                for name, weights in lines
                for i in range(2)
            ),
            *(
                Mark(f"w-{name}", "weights", "point", name,
                     over(self.now[:, None], weights), LAM, grip="lam")
                for name, weights in lines
            ),
        ]  # fmt: skip

    def labels(self) -> list[Label]:
        """Return what each curve is of."""
        names = named(self.exhibit)
        return [
            Label(f"w{i + 1}-{name}", say(f"name.{name}", name=names[which]), spots)
            for name, spots in (("l1", (0.05, 0.12, 0.2, 0.3)), ("l2", (0.9, 0.8, 0.7, 0.6)))
            for i, which in enumerate(("one", "two"))
        ]


def picture(exhibit: Logistic) -> Picture:
    """Describe planes of two features, their weights, and the weights of all features."""
    places, gone = np.log10(exhibit.lambdas).round(3), exhibit.gone
    at = {"weak": 0, "one": gone["one"], "both": gone["both"]}
    return gathered(
        [
            *(Plane(exhibit, name) for name in PENALTIES),
            Weights(exhibit),
            *(Paths(exhibit, name) for name in PENALTIES),
        ],
        readouts=(Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, LAM),),
        drivers=(Driver("lam", exhibit.lambdas, exhibit.at, places=places),),
        says=("l1", "l2", "classes", "free", "strength"),
        free=("",),
        knobs={},
        presets={name: {"lam": float(exhibit.lambdas[step])} for name, step in at.items()},
    )
