"""What may be said of the elastic net's weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regviz.lessons.alt import plain
from regviz.lessons.numbers import snap
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.elastic_net import Net

say = Voice("elastic-net")
#: features that correlate this much are of one group
ALIKE = 0.8


def claims(exhibit: Net, at: Positions) -> dict[str, Said]:
    """Return what is true of the weights at this share of L1 and this strength."""
    ratio, lam = float(exhibit.ratios[at["ratio"]]), float(exhibit.lambdas[at["lam"]])
    first, second = exhibit.optima[at["ratio"], at["lam"]]
    zeros = ("both", "one", "none")[int(first == 0.0) + int(second == 0.0)]
    gone = "never" if ratio == 0.0 else "from"
    return {
        "here": say("claim.here", ratio=ratio, lam=lam, rest=snap(1.0 - ratio)),
        "net": _kept(exhibit, "net", at["ratio"], at["lam"]),
        "l1": _kept(exhibit, "l1", -1, at["lam"]),
        "l2": _kept(exhibit, "l2", 0, at["lam"]),
        "pair": say(f"claim.pair.{zeros}"),
        "gone": say(f"claim.gone.{gone}", **_gone(exhibit, at)),
        "alt": say(
            "alt", ratio=plain(float(exhibit.ratios[exhibit.at["ratio"]])),
            lam=plain(exhibit.lam["l1"]), n=len(exhibit.features), groups=len(exhibit.groups),
            l1=sum(exhibit.kept(-1, exhibit.at["lam"])),
            net=sum(exhibit.kept(exhibit.at["ratio"], exhibit.at["lam"])),
        ),
    }  # fmt: skip


def _gone(exhibit: Net, at: Positions) -> Mapping[str, float]:
    ratio = float(exhibit.ratios[at["ratio"]])
    return {"gone": float(f"{exhibit.peak / ratio:.3g}")} if ratio > 0.0 else {}


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
