"""What may be said of a border between two classes and of its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import equals, three
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic

say = Voice("logistic")
#: names of features and of classes are cut to this width
LONGEST = 12


def named(exhibit: Logistic) -> dict[str, str]:
    """Return what the plane's features, the target and its classes are called in sentences."""
    one, two, target = short_names(
        [*(exhibit.features[at] for at in exhibit.pair), exhibit.target], LONGEST
    )
    zero_is, one_is = short_names(exhibit.classes, LONGEST)
    names = {"one": one, "two": two, "target": target, "first": one_is, "other": zero_is}
    return {name: literal(each) for name, each in names.items()}


def claims(exhibit: Logistic, at: Positions) -> dict[str, Said]:
    """Return what is true of the borders and the weights, with lambda at a position."""
    step, names = at["lam"], named(exhibit)
    said = {"strength": say("claim.strength", lam=float(exhibit.lambdas[step]))}
    for name, line in exhibit.lines.items():
        first, second = line.weights[step].tolist()
        zeros = ("none", "second", "first", "both")[2 * (first == 0.0) + (second == 0.0)]
        told: dict[str, float | str] = {"w1": three(first), "w2": three(second)}
        told |= {"is1": equals(first, 3), "is2": equals(second, 3)}
        pair = {"one": names["one"], "two": names["two"]}
        case = f"l1.{zeros}" if name == "l1" else name
        said[name] = say(f"claim.{case}", **told, **pair)
    drawn, n = len(exhibit.seen), exhibit.n_rows
    own: dict[str, float | str] = {"drawn": drawn, "n": n}
    own |= {name: names[name] for name in ("target", "first")}
    said["classes"] = say(f"claim.classes.{'all' if drawn == n else 'some'}", **own)
    said["free"] = say(f"claim.free.{'separable' if exhibit.free is None else 'there'}")
    said["class"] = say("foot.parted", **own) if exhibit.free is None else said["classes"]
    return said | {"alt": _alt(exhibit), "foot": _foot(exhibit)}


def _alt(exhibit: Logistic) -> Said:
    told = {
        f"{name}{i + 1}": three(float(line.weights[exhibit.at, i]))
        for name, line in exhibit.lines.items()
        for i in (0, 1)
    }
    return say("alt", lam=exhibit.lam["l1"], **told, **named(exhibit))


def _foot(exhibit: Logistic) -> Said:
    return say("foot.plane", lam=exhibit.lam["l1"], residual=float(f"{exhibit.residual:.0e}"))
