"""What the page of `elastic-net` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.elastic_net_told import claims, picture, pitch, usual
from regviz.pages.still import still

if TYPE_CHECKING:
    from regviz.lessons.elastic_net import Net

#: decimals of what weights are made of: far more than a picture shows
DECIMALS = 15


def data(shown: Net) -> dict[str, Any]:
    """Return what is learned, each share's knots, signs between them, and what stays."""
    drawn, loss = picture(shown), shown.loss
    nets = [
        [
            net.lambdas.round(DECIMALS),
            ["".join("-0+"[sign + 1] for sign in row) for row in net.signs],
        ]
        for net in shown.nets
    ]
    (first, mixed), (_, second) = shown.pair.hessian
    upright = drawn.points(drawn.mark("now"), drawn.rest)[:, 1]
    return {
        # Symmetric: its lower half.
        "gram": [row[: at + 1] for at, row in enumerate(loss.hessian.round(DECIMALS))],
        "slopes": (loss.X.T @ loss.y / len(loss.y)).round(DECIMALS),
        "members": shown.members,
        "rows": shown.rows,
        "ratios": shown.ratios,
        "nets": nets,
        "even": shown.even,
        "peak": shown.peak,
        "h": [first, mixed, second],
        "c": shown.pair.center,
        "own": usual(shown, 0.5),
        "upright": upright,
        "pitch": pitch(shown),
        "still": still(
            drawn, claims(shown, drawn.rest), besides=("contours",), moved=drawn.says
        ),
    }
