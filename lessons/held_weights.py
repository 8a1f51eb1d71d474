"""Two weights that a penalty holds: in their plane, and against what moves them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from regviz.lessons.lines import over
from regviz.lessons.picture import Mark, Weight

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
    yield Mark(f"ball-{name}", name, "area", "region", ball, by)
    yield Mark(f"contours-{name}", name, "line", "loss", rings, by, weight="fine", look="faint")
    yield Mark(f"rim-{name}", name, "line", name, ball, by)
    yield Mark(f"level-{name}", name, "line", "loss", level, by)
    yield Mark(f"optimum-{name}", name, "point", name, optimum[..., None, :], by)


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
