"""What may be said of the elastic net, and how it is told: groups, mix, ball and paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.alt import plain
from regviz.lessons.elastic_net_picture import bracketed, names, say
from regviz.lessons.numbers import snap, three
from regviz.lessons.question import Question
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.elastic_net import Net
    from regviz.lessons.picture import Positions, Said

#: features that correlate this much are of one group
ALIKE = 0.8
BALL = ("region", "contours", "rim", "level", "optimum", "least")
SWEEP: dict[str, Any] = {"seconds": 2.4, "even": True}


def claims(exhibit: Net, at: Positions) -> dict[str, Said]:
    """Return what is true of the weights at this share of L1 and this strength."""
    ratio, lam = float(exhibit.ratios[at["ratio"]]), float(exhibit.lambdas[at["lam"]])
    zeros = int((exhibit.optima[at["ratio"], at["lam"]] == 0.0).sum())
    gone = {"gone": three(exhibit.peak / ratio)} if ratio > 0.0 else {}
    places, own = {"net": at["ratio"], "l1": -1, "l2": 0}, exhibit.at
    return {
        "here": say("claim.here", ratio=ratio, lam=lam, rest=snap(1.0 - ratio)),
        **{name: _kept(exhibit, name, place, at["lam"]) for name, place in places.items()},
        "pair": say(f"claim.pair.{('both', 'one', 'none')[zeros]}"),
        "gone": say(f"claim.gone.{'from' if gone else 'never'}", **gone),
        "alt": say(
            "alt", ratio=plain(exhibit.number("l1_ratio")), lam=plain(exhibit.lam["l1"]),
            n=len(exhibit.features), groups=len(exhibit.groups),
            l1=sum(exhibit.kept(-1, own["lam"])),
            net=sum(exhibit.kept(own["ratio"], own["lam"])),
        ),
    }  # fmt: skip


def _kept(exhibit: Net, name: str, ratio: int, lam: int) -> Said:
    """Return which features a penalty keeps, in groups and apart from them."""
    inside, outside = exhibit.kept(ratio, lam)
    members, n = len(exhibit.members), len(exhibit.features)
    kind = "grouped" if members else "plain"
    if inside + outside == 0:
        kind = "none"
    elif inside + outside == n:
        kind = "all"
    elif members and (inside, outside) == (members, 0):
        kind = "clean"
    return say(f"claim.{name}.{kind}", inside=inside, members=members, outside=outside,
               others=n - members, n=n)  # fmt: skip


# ---- how it is told


def story(exhibit: Net) -> Story:
    """Tell the lesson in order."""
    last, at = len(exhibit.ratios) - 1, exhibit.at
    own = {"ratio": at["ratio"]}
    lasso, ridge = {"ratio": last}, {"ratio": 0}
    said = {name: claims(exhibit, {**at, **where})
            for name, where in (("l1", lasso), ("net", own), ("l2", ridge))}  # fmt: skip
    grouped = bool(exhibit.groups)
    bars = {name: (f"sticks-{name}", f"tips-{name}", f"rings-{name}")
            for name in ("l1", "net", "l2")}  # fmt: skip
    brackets = tuple(f"group-{rank}" for rank in range(len(bracketed(exhibit))))
    paths = tuple(f"path-{rank}" for rank in range(len(exhibit.rows)))
    one, two = names(exhibit, exhibit.twins)
    asked = {each.name: asking(each) for each in _questions(exhibit)}
    kind = "made" if exhibit.reading is None else "groups" if grouped else "none"
    told = {"n": len(exhibit.features), "least": ALIKE}
    return Story((
        Section("groups", (
            say.step(f"groups.{kind}", "groups", told, panels=("bars",), put=lasso,
                     show=(*bars["l1"], *brackets), seconds=1.0, hold=1.6),
            say.step("l1", tell=said["l1"]["l1"], emphasise=("rings-l1",), hold=1.6),
            say.step("l2", morph=dict(zip(bars["l1"], bars["l2"], strict=True)), seconds=1.2,
                     tell=said["l2"]["l2"], hold=1.6),
        )),
        *asked.get("mix", ()),
        Section("mix", (
            say.step("mix", "mix", panels=("bars",), put=lasso, hide=bars["l2"],
                     show=(*bars["net"], "f-net", "share"), hold=2.0),
            say.step("slide", run=own, **SWEEP, hold=0.4),
            Step(tell=said["net"]["net"], emphasise=("tips-net",), hold=1.6,
                 task=_task(exhibit)),
            say.step("further", tell=say("tell.ridge"), run=ridge, **SWEEP, hold=1.2),
        ), only=("f-net", "share")),
        *asked.get("lands", ()),
        Section("ball", (
            say.step("ball", "ball", {"one": one, "two": two}, panels=("ball",), put=lasso,
                     hide=bars["net"], show=BALL, seconds=1.0, hold=1.6),
            say.step("bulges", run=own, **SWEEP, hold=0.6),
            Step(tell=said["net"]["pair"], emphasise=("optimum",), hold=1.8),
            say.step("circle", tell=say("tell.circle"), run=ridge, **SWEEP, hold=1.2),
        ), only=("share",)),
        *asked.get("gone", ()),
        Section("paths", (
            say.step("paths", "together", panels=("paths",), put=lasso, hide=BALL,
                     show=(*paths, "zero", "gone"), seconds=1.0, hold=1.6),
            say.step("later", run=own, **SWEEP, hold=1.6),
            say.step("never", run=ridge, **SWEEP, hold=1.8),
        ), only=("share",)),
        Section("when", (
            say.step("when.l1", "when", panels=("bars",), put=own,
                     hide=(*paths, "zero", "gone"), show=bars["l1"], seconds=1.0,
                     tell=said["l1"]["l1"], hold=1.6),
            say.step("when.l2", show=bars["l2"], tell=said["l2"]["l2"], seconds=0.8, hold=1.6),
            say.step("when.net", show=bars["net"], tell=said["net"]["net"], seconds=0.8,
                     hold=3.0),
        )),
    ))  # fmt: skip


def _task(exhibit: Net) -> Task | None:
    """Set the task to keep all groups and nothing else, if a share and a strength do."""
    n = len(exhibit.features)
    inside = (exhibit.weights[..., exhibit.members] != 0.0).all(axis=-1)
    kept = (exhibit.weights != 0.0).sum(axis=-1)
    if not exhibit.groups or not (inside & (kept == len(exhibit.members)) & (kept < n)).any():
        return None
    return say.task("task", "ratio", "lam", claims={"net": "clean"})


def _questions(exhibit: Net) -> Iterator[Question]:
    """Ask what a mix makes of zeros, where a pair's optimum lies, and from where all are 0.

    Only what these data answer in the way that the replies tell.
    """
    at, last, peak = exhibit.at, len(exhibit.ratios) - 1, exhibit.peak
    ratio = exhibit.number("l1_ratio")
    zeros, left = (int((exhibit.weights[place, at["lam"]] == 0.0).sum())
                   for place in (last, at["ratio"]))  # fmt: skip
    if 0 < left < zeros:
        values = {"zeros": zeros, "back": zeros - left, "left": left}
        yield say.choice("mix", "some", ("none", "some", "all"), values, panel="bars",
                         sees=("sticks-l1", "tips-l1", "rings-l1"),
                         at={"ratio": last})  # fmt: skip
    corner, truth = (exhibit.optima[place, at["lam"]] for place in (last, at["ratio"]))
    near = 0.12 * float(np.abs(corner).sum())
    wrongs = {"corner": corner, "least": exhibit.pair.center, "zero": np.zeros(2)}
    if truth.all() and not corner.all() and corner.any() and ratio > 0.0:
        yield say.guess("lands", truth, near, wrongs, panel="ball",
                        sees=("region", "contours", "rim", "least"),
                        at={"ratio": at["ratio"]})  # fmt: skip
    if 0.0 < ratio < 1.0:
        gone, told = peak / ratio, {"peak": three(peak), "ratio": ratio}
        seen = tuple(f"path-{rank}" for rank in range(len(exhibit.rows)))
        yield say.guess("gone", gone, 0.06 * gone, {"same": peak, "less": peak * ratio}, told,
                        high=float(f"{4.0 * gone:.1g}"), panel="paths",
                        sees=(*seen, "zero", "gone"), at={"ratio": last})  # fmt: skip
