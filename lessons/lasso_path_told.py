"""What may be said of the lasso's path, and how it is told: ceiling, knots, axes, a drop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.lasso_path_picture import AXES, names, picture, say
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import equals, three
from regviz.lessons.picture import nearest
from regviz.lessons.question import Question
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.lasso_path import LassoPaths
    from regviz.lessons.picture import Positions, Said

#: how many correlations are tied where the story stops, and for the task
TIED, WANTED = 3, 5
#: answers may be off by this, of a number and of a curve, in shares of the largest correlation
NEAR, NEAR_CURVE = 0.03, 0.15
SLOW: dict[str, Any] = {"seconds": 3.6, "even": True}


def claims(exhibit: LassoPaths, at: Positions) -> dict[str, Said]:
    """Return what is true with lambda at a position."""
    lam, called = float(exhibit.lambdas[at["lam"]]), names(exhibit)
    weights, pulls = exhibit.path.at(lam), np.abs(exhibit.pulls.at(lam))
    tied, n = int(np.count_nonzero(weights)), len(called)
    ratio = three(float(exhibit.place("ratio", np.array(lam))))
    told: dict[str, float | str] = {"lam": lam, "tied": tied, "n": n}
    is_whole = len(exhibit.order) == n
    if tied < n and is_whole:
        following = int(np.argmax(np.where(weights == 0.0, pulls, -1.0)))
        told |= {"next": called[following], "pull": three(float(pulls[following]))}
    if tied == 1:
        told["one"] = called[int(np.argmax(np.abs(weights)))]
    kind = {1 if is_whole else -1: "one", n: "all" if n > 1 else "alone", 0: "none"}.get(
        tied, "some" if is_whole else "many"
    )
    said = {
        "ties": say(f"claim.ties.{kind}", **told),
        "come": say("claim.come", ratio=ratio, sign=equals(ratio), df=tied),
        "alt": say("alt", lam=lam, n=n, tied=tied, knots=len(exhibit.path.lambdas)),
    }
    if exhibit.drop is not None:
        said["drop"] = _dropped(exhibit, lam)
    return said


def _dropped(exhibit: LassoPaths, lam: float) -> Said:
    """Return where the feature that drops out stands."""
    assert exhibit.drop is not None
    weight = float(exhibit.path.at(lam)[exhibit.drop.feature])
    if weight == 0.0:
        kind = "before" if lam >= exhibit.drop.entered else "out"
    else:
        kind = "in" if lam > exhibit.drop.left else "back"
    return say(f"claim.drop.{kind}", weight=three(weight), **drop_told(exhibit))


def drop_told(exhibit: LassoPaths) -> dict[str, float | str]:
    """Return the name of the feature that drops out, and where it comes and goes."""
    if exhibit.drop is None:
        return {}
    feature, *knots = exhibit.drop
    entered, left, back = map(three, knots)
    called = names(exhibit)[feature]
    return {"name": called, "entered": entered, "left": left, "back": back}


# ---- how it is told


def story(exhibit: LassoPaths) -> Story:
    """Tell the lesson in order."""
    shown, marks, last = exhibit, picture(exhibit).marks, len(exhibit.lambdas) - 1
    of = {panel: tuple(mark.name for mark in marks if mark.panel == panel)
          for panel in dict.fromkeys(mark.panel for mark in marks)}  # fmt: skip
    step = partial(say.step, values=_told(shown))
    top, some = shown.path.lambda_max, nearest(shown.lambdas, _ends(shown, TIED).mean())
    first, held = asking(*_of_the_ceiling(shown))
    ties = tuple(name for name in of["ties"] if name not in ("begun", "flat"))
    lines, left = of["paths-lambda"], "paths-close" if shown.drop else "paths-df"
    ending = f"paths-{shown.parameters['axis']}"
    return Story((
        Section("pulls", (
            step(f"pulls.{'study' if shown.is_study else 'own'}", "pulls", panels=("bars",),
                 put={"lam": last}, hold=2.2),
        ), only=("loose",)),
        first,
        Section("enter", (
            step("enter.first", "enter", panels=("bars",), show=("press", "lam"), hold=0.8),
            Step(run={"lam": nearest(shown.lambdas, top)}, seconds=1.6, hold=1.4),
        ), only=("loose", "tied", "press", "lam")),
        held,
        Section("tied", (
            step("tied.held", "tied", run={"lam": some}, hold=0.6, **SLOW),
            step("tied.join", hold=1.8, task=_task(shown)),
            step("curves.run", "curves", panels=("bars", "ties"), show=ties, seconds=1.0,
                 hold=1.6),
            Step(run={"lam": 0}, **SLOW),
            Step(tell=claims(shown, {"lam": 0})["ties"], hold=1.4),
        ), only=("loose", "tied", "press", "lam", *ties)),
        *asking(*_of_the_drop(shown)),
        Section("axes", (
            step("knots.weights", "knots", panels=("paths-lambda", "ties"), put={"lam": last},
                 show=lines, seconds=1.0, hold=1.0),
            Step(run={"lam": 0}, hold=1.4, **SLOW),
            *_axes(shown, of, step),
        ), only=(*ties, "lam")),
        *((Section("drop", _closing(shown, of, step), only=("lam", "weight")),)
          if shown.drop else ()),
        Section("still", (
            step("still", "still", panels=(ending, "ties"),
                 hide=of[left] if left != ending else (),
                 run={"lam": shown.at}, seconds=1.4, hold=3.0),
        ), only=(*ties, *of[ending])),
    ))  # fmt: skip


def _told(exhibit: LassoPaths) -> Mapping[str, float | str]:
    knots, called = exhibit.path.lambdas[:-1], names(exhibit)
    return {
        "data": exhibit.n_rows, "n": len(called), "first": called[exhibit.order[0]],
        "target": literal_names([exhibit.target])[0], "top": three(float(knots[0])),
        "knots": len(knots), "many": _crowd(exhibit), **drop_told(exhibit),
    }  # fmt: skip


def _crowd(exhibit: LassoPaths) -> int:
    """Return how many knots share the last tenth of the strengths."""
    knots = exhibit.path.lambdas[:-1]
    return int((knots < knots[0] / 10.0).sum())


def _ends(exhibit: LassoPaths, many: int) -> Array:
    """Return the knots between which so many weights, or the most, are first not 0."""
    degrees = exhibit.degrees
    piece = int(np.argmax(degrees >= min(many, degrees.max())))
    return exhibit.path.lambdas[piece : piece + 2]


def _axes(
    exhibit: LassoPaths, of: Mapping[str, tuple[str, ...]], step: Callable[..., Step]
) -> Iterator[Step]:
    """Yield the weights against one axis after the other, each becoming the next."""
    dense = "many" if _crowd(exhibit) > 1 else "some"
    yield step(f"axes.{dense}", "axes.lambda", panels=("paths-lambda",),
               put={"lam": exhibit.at}, hold=1.6)  # fmt: skip
    for before, after in pairwise(AXES):
        yield step(f"axes.{after}", f"axes.{after}", hold=1.6, **_turned(of, before, after))


def _turned(of: Mapping[str, tuple[str, ...]], before: str, after: str) -> dict[str, Any]:
    """Return what turns the weights against one axis into those against another."""
    old, new = of[f"paths-{before}"], of[f"paths-{after}"]
    # From close most lines are out of sight, and would come in pieces.
    some = tuple(one for one in old if after != "close" or one.startswith("drop"))
    pairs = ((one, one.removesuffix(before) + after) for one in some)
    morph = {one: other for one, other in pairs if other in new}
    return {
        "panels": (f"paths-{after}",), "morph": morph, "seconds": 1.6,
        "hide": tuple(one for one in old if one not in morph),
        "show": tuple(one for one in new if one not in morph.values()),
    }  # fmt: skip


def _closing(
    exhibit: LassoPaths, of: Mapping[str, tuple[str, ...]], step: Callable[..., Step]
) -> tuple[Step, ...]:
    """Return the steps that look close at the feature that drops out."""
    assert exhibit.drop is not None
    _, _, left, back = exhibit.drop
    shares = exhibit.place("ratio", exhibit.lambdas)
    first, last = exhibit.place("ratio", np.array([left, back]))
    before, within, after = (
        nearest(shares, first + share * (last - first)) for share in (-0.8, 0.5, 1.8)
    )
    run: dict[str, Any] = {"seconds": 1.6, "even": True, "hold": 1.3}
    return (
        step("drop.close", "drop", put={"lam": before}, hold=1.2, **_turned(of, "df", "close")),
        step("drop.out", run={"lam": within}, **run),
        step("drop.back" if back else "drop.gone", run={"lam": after}, **run),
    )


def _task(exhibit: LassoPaths) -> Task | None:
    """Set the task to tie so many correlations, where that can be."""
    high, low = _ends(exhibit, WANTED)
    inside = exhibit.lambdas[(low < exhibit.lambdas) & (exhibit.lambdas < high)]
    if not len(inside) or exhibit.path.n_nonzero(inside[0]) != WANTED:
        return None
    within = {"lam": (float(inside[0]), float(inside[-1]))}
    return say.task("task.tied", "lam", values={"wanted": WANTED}, within=within)


def _of_the_ceiling(exhibit: LassoPaths) -> Iterator[Question]:
    """Ask when the first weight leaves 0, and what then holds its correlation."""
    top, told = exhibit.path.lambda_max, _told(exhibit)
    sizes = np.abs(exhibit.pulls.weights[0])
    yield say.guess(
        "first", three(top), NEAR * top, {"zero": 0.0, "least": sizes.min()}, told, high=1.0,
        panel="bars", sees=("loose",), at={"lam": len(exhibit.lambdas) - 1},
    )  # fmt: skip
    across = np.linspace(-top, 0.0, 9)
    wrongs = {"stays": np.full(9, top), "gone": np.zeros(9)}
    yield say.guess(
        "held", 0.0 - across, NEAR_CURVE * top, wrongs, told, across=across,
        panel="ties", sees=("joints", "flat", "begun"),
        at={"lam": nearest(exhibit.lambdas, top)},
    )  # fmt: skip


def _of_the_drop(exhibit: LassoPaths) -> Iterator[Question]:
    """Ask whether a weight can become 0 again as lambda falls, where one does."""
    if exhibit.drop is not None:
        at = {"lam": nearest(exhibit.lambdas, _ends(exhibit, TIED).mean())}
        yield say.choice("drop", "out", ("grow", "stay", "out"), _told(exhibit), panel="bars",
                         sees=("loose", "tied", "press"), at=at)  # fmt: skip
