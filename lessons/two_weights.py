"""The loss of two weights, for lessons with a plane: from numbers, or from data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.clear import clear
from regviz.lessons.data import Design, read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import of_data
from regviz.lessons.knob_groups import DataKnobs, PlaneKnobs
from regviz.lessons.names import literal_names
from regviz.lessons.picture import Panel
from regviz.lessons.regions import held
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from regviz.lessons.base import Array, ByValidation
    from regviz.lessons.clip import Window
    from regviz.lessons.picture import Said
    from regviz.lessons.regions import Region
    from regviz.lessons.story import Voice

#: beyond this, what both features do together can hardly be told apart: descent is too slow to
#: draw, and without a penalty no optimum stands out
LARGEST_CORRELATION = 0.98
#: letters of a column's name by its axis
NAMES = 11


def two_features(
    asked: DataKnobs, most_rows: int | None = None
) -> tuple[Design, rm.LeastSquares]:
    """Return the data of two features, and the loss of both once they are standardized.

    A lesson that works on single rows takes at most so many.

    Raises
    ------
    BadInput
        If the data cannot be used, or the features are too strongly correlated.
    """
    design = read_design(asked, count=2)
    design = design if most_rows is None else design.thinned(most_rows)
    loss = rm.LeastSquares(rm.standardize(design.X), rm.standardize(design.y))
    correlation = float(loss.hessian[0, 1])
    if abs(correlation) > LARGEST_CORRELATION:
        first, second = design.features
        raise BadInput(
            f"features {first} and {second} correlate {correlation:.3f}; "
            f"give two that correlate at most {LARGEST_CORRELATION}."
        )
    return design, loss


def most_alike(sizes: Array) -> tuple[int, int] | None:
    """Return the two features that correlate most, by sizes above the diagonal, if any do."""
    above = np.triu(sizes, 1)
    first, second = divmod(int(above.argmax()), len(above))
    return (first, second) if above.any() else None


def data_of(asked: DataKnobs, *numbers: str) -> tuple[Design, rm.LeastSquares] | None:
    """Return the data of two features and their loss, if they are given in place of numbers.

    Raises
    ------
    BadInput
        If one of these numbers is given, too, or what belongs to data without any, or the data
        cannot be used.
    """
    if asked.data is None:
        refuse_strays(asked)
        return None
    for name in numbers:
        if getattr(asked, name) != getattr(type(asked), name):
            raise BadInput(f"{name} and data are both given; the loss comes from one of them.")
    return two_features(asked)


@dataclass(frozen=True, kw_only=True)
class PlaneExhibit(Exhibit):
    """What a lesson computes of a loss of two weights.

    Attributes
    ----------
    loss
        The loss as a quadratic; its center is the unregularized optimum.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    loss: rm.Quadratic
    features: tuple[str, str] | None


class GivenLoss(NamedTuple):
    """A loss of two weights as it is given, and the data if those give it."""

    given: rm.Quadratic | rm.LeastSquares
    design: Design | None

    @property
    def quadratic(self) -> rm.Quadratic:
        """The loss as a quadratic."""
        given = self.given
        return given if isinstance(given, rm.Quadratic) else given.quadratic()

    @property
    def features(self) -> tuple[str, str] | None:
        """Names of the two weights' features, or None for a loss given by numbers."""
        return (self.design.features[0], self.design.features[1]) if self.design else None

    def fields(
        self, asked: PlaneKnobs, optima: Mapping[str, Array], **used: object
    ) -> dict[str, Any]:
        """Return the fields of a :class:`PlaneExhibit` that the loss and its data decide.

        The optima are told in the data's own units; `used` are values of other parameters.
        """
        design, loss = self.design, self.quadratic
        used |= {"features": self.features, "center": loss.center.tolist()}
        if design is not None:
            used |= {"rho": float(loss.hessian[0, 1]), "curvature": (1.0, 1.0)}
        return {
            **of_data(asked, design, optima, **used),
            "loss": loss,
            "features": self.features,
        }

    def held_by(
        self, asked: PlaneKnobs, sides: Mapping[str, Region], **used: object
    ) -> dict[str, Any]:
        """Return the same fields, and those that its optima within regions decide."""
        free = {"unregularized": self.quadratic.center}
        optima = {name: side.weights for name, side in sides.items()}
        return {
            **self.fields(asked, free | optima, **used),
            **held(sides),
            "points": free | {f"optimum-{name}": each for name, each in optima.items()},
        }


def loss_of(asked: PlaneKnobs) -> GivenLoss:
    """Return the loss that is given by numbers or by data.

    Raises
    ------
    BadInput
        If it is given by both, or leaves no weight to shrink, or the data cannot be used.
    """
    found = data_of(asked, "rho", "curvature", "center")
    if found is not None:
        design, loss = found
        return GivenLoss(loss, design)
    if asked.center == (0.0, 0.0):
        raise BadInput("center = 0,0 leaves no weight to shrink; give another point.")
    first, second = asked.curvature
    mixed = asked.rho * math.sqrt(first * second)
    hessian = np.array([[first, mixed], [mixed, second]])
    return GivenLoss(rm.Quadratic(hessian, np.array(asked.center)), None)


def refuse_strays(asked: DataKnobs) -> None:
    """Refuse what says how to read data where there are none.

    Raises
    ------
    BadInput
        If there is such a knob.
    """
    for each in DataKnobs.knobs():
        if each.name != "data" and getattr(asked, each.name) != each.default:
            raise BadInput(f"{each.name} is given without data; add data with a CSV file.")


def strength_of(
    lam: float | str | None, design: Design | None, penalty: str
) -> tuple[float | None, ByValidation | None]:
    """Return a strength that is asked for, and how a rule chose it for a penalty.

    Raises
    ------
    BadInput
        If there are no data for a rule, or it comes to no strength that can be shown.
    """
    if design is not None:
        return strength(lam, rm.standardize(design.X), rm.standardize(design.y), penalty)
    if isinstance(lam, str):
        raise BadInput(
            f"lam = {lam} needs data to hold rows out of; add data with a CSV file, or give "
            "a number."
        )
    return lam, None


def axes_of(say: Voice, features: tuple[str, str] | None) -> tuple[Said, Said]:
    """Return what a plane's axes are, by `axis` of a lesson's sentences; of data, named."""
    if features is None:
        return say("axis.x"), say("axis.y")
    first, second = literal_names(features, NAMES)
    return say("axis.named.x", name=first), say("axis.named.y", name=second)


def plane(
    say: Voice,
    name: str,
    limits: Window,
    points: Array,
    reaches: Sequence[float],
    features: tuple[str, str] | None,
    **said: Any,
) -> Panel:
    """Return a plane of two weights, whose numbers are clear of markers and of regions.

    Planes beside each other have the same numbers where each is given what both show.

    Parameters
    ----------
    points
        Where markers stand, shape `(n, 2)`.
    reaches
        How far regions go along the axes.
    said
        What is not said under the plane's name, as in a chart, and the other attributes of
        :class:`~regviz.lessons.picture.Panel`.
    """
    left, right, bottom, top = limits
    usual = {part: say(f"{part}.{name}") for part in ("title", "heading", "summary")}
    return Panel(
        name=name,
        kind="plane",
        limits=np.array(limits),
        axes=axes_of(say, features),
        ticks=(
            clear((left, right), 0, points, *reaches),
            clear((bottom, top), 1, points, *reaches),
        ),
        cross=(0.0, 0.0),
        **usual | said,
    )


def loss_knobs(features: tuple[str, str] | None) -> dict[str, Array]:
    """Return what a page's controls of the loss offer; data have their own."""
    if features is not None:
        return {}
    return {
        "rho": np.arange(-45, 46) / 50.0,
        "curvature": np.arange(2, 51) / 10.0,
        "center": np.arange(-50, 51) / 10.0,
    }
