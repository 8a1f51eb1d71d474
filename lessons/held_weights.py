"""Two weights that a penalty holds: in their plane, and against what moves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from regviz.lessons.lines import over
from regviz.lessons.picture import Mark, Weight, marker

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: how strong the curves of both weights are
WEIGHTS: tuple[Weight, Weight] = ("strong", "plain")


def held_plane(
    name: str, by: tuple[str, ...], *, ball: Array, rings: Array, level: Array, optimum: Array
) -> Iterator[Mark]:
    """Yield the marks of a penalty's plane, from below to above.

    Parameters
    ----------
    name
        The penalty, also the panel: marks are called `ball-l1`, `optimum-l1` and so on.
    by
        What moves them: the leading axes of all arrays.
    ball, rings, level
        Outlines of the region, of the loss's contours and of the one through the optimum,
        shape `(..., n_points, 2)`.
    optimum
        Shape `(..., 2)`.
    """
    mark = marker(name)
    yield mark("ball", "area", "region", ball, *by)
    yield mark("contours", "line", "loss", rings, *by, weight="fine", look="faint")
    yield mark("rim", "line", name, ball, *by)
    yield mark("level", "line", "loss", level, *by)
    yield mark("optimum", "point", name, optimum[..., None, :], *by)


def held_curves(
    panel: str, name: str, x: Array, curves: Array, by: tuple[str, ...]
) -> Iterator[Mark]:
    """Yield both weights under a penalty against what moves, the first one strong.

    Parameters
    ----------
    panel, name
        The chart and the penalty: marks are called `l1-1` and `l1-2`.
    x
        What moves, shape `(n,)`.
    curves
        Weights, shape `(n, m, 2)`, `m` as many as the values of the driver in `by`.
    by
        What else they depend on.
    """
    for i in (1, 0):
        line, size = over(x, curves[..., i].T), WEIGHTS[i]
        yield Mark(f"{name}-{i + 1}", panel, "line", name, line, by, weight=size)


def against(
    panel: str,
    curves: Mapping[str, tuple[Array, Array]],
    now: Array,
    weights: Mapping[str, Array],
    reach: tuple[float, float],
    grip: str | None = None,
) -> Iterator[Mark]:
    """Yield both weights under each penalty against lambda, and where that is now.

    Marks are called `w1-l1` and so on, dots on both `w-l1`, and the line across `now`.

    Parameters
    ----------
    curves
        By penalty, from below to above: where strengths stand, `(n,)`, and the weights there,
        `(n, 2)`.
    now, weights
        The same of the strengths that lambda may be, the weights by penalty.
    reach
        What is seen of weights.
    grip
        The parameter that is changed by dragging the dots, if any.
    """
    across, lam = now[:, None], ("lam",)
    yield Mark("now", panel, "rule", "muted", over(across, reach), lam, weight="fine")
    for name, (x, line) in curves.items():
        for i in (0, 1):
            yield Mark(f"w{i + 1}-{name}", panel, "line", name, over(x, line[:, i]))
    for name in curves:
        yield Mark(
            f"w-{name}", panel, "point", name, over(across, weights[name]), lam, grip=grip
        )
