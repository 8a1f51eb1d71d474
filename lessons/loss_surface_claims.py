"""What may be said of the surfaces, their lowest points and the cut through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regviz.lessons.alt import plain
from regviz.lessons.numbers import equals, zeros
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.loss_surface import LossSurface

say = Voice("loss-surface")


def claims(exhibit: LossSurface, at: Positions) -> dict[str, Said]:
    """Return what may be said of the sum, with its strength at a position."""
    side, name = exhibit.side, exhibit.penalty
    weights, lam = side.optima[at["lam"]], float(side.lams[at["lam"]])
    first, second = weights.tolist()
    along = int(exhibit.along[at["lam"]])
    held = float(weights[along]) == 0.0
    bend = "smooth" if name == "l2" or lam == 0.0 else "held" if held else "beside"
    slope = abs(float(exhibit.loss.gradient(weights)[along]))
    alt = {
        "unregularized": ", ".join(map(plain, exhibit.loss.center.tolist())),
        "optimum": ", ".join(map(plain, side.weights.tolist())),
        "lam": plain(side.lam),
    }
    told = {"first": first, "is1": equals(first), "second": second, "is2": equals(second)}
    return {
        "alt": say(f"alt.{name}", **alt),
        "strength": say("claim.strength", lam=lam, is1=equals(lam)),
        "low": say(f"claim.low.{zeros(first, second)}", **told),
        "cut": say(
            f"claim.cut.{bend}", axis=along + 1, slope=slope, is1=equals(slope), lam=lam
        ),
        "foot": say("foot", lam=side.lam, residual=exhibit.residual),
    }
