"""Marks that move step by step: the way up to now, and what was before and is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.lines import there, up_to
from regviz.lessons.picture import Mark, MarkKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array


def walked(name: str, panel: str, role: str, path: Array) -> tuple[Mark, Mark]:
    """Return the way `(n_steps, 2)` up to each step, and the dot at its end.

    What is in ink stands back.
    """
    line: dict[str, Any] = {"weight": "fine"} if role == "ink" else {}
    dot: dict[str, Any] = {"look": "hollow"} if role == "ink" else {}
    row = np.arange(len(path))
    return (
        Mark(name, panel, "line", role, up_to(path), ("step",), **line),
        Mark(f"{name}-now", panel, "point", role, rides=name, row=row, by=("step",), **dot),
    )


def walked_by_axes(name: str, panel: str, role: str, path: Array) -> tuple[Mark, Mark]:
    """Return the same of a way whose steps move one weight after the other."""
    whole, rows = np.repeat(path, 2, axis=0)[:-1], 2 * np.arange(len(path))
    whole[1::2, 0] = path[1:, 0]
    so_far = there(whole, np.arange(len(whole)) <= rows[:, None])
    return (
        Mark(name, panel, "line", role, so_far, ("step",)),
        Mark(f"{name}-now", panel, "point", role, rides=name, row=rows, by=("step",)),
    )


def left_behind(
    name: str, panel: str, kind: MarkKind, role: str, rows: Array, moved: NDArray[np.bool_]
) -> tuple[Mark, Mark]:
    """Return what moves by steps, `(n_rows, n_steps, 2)`, over what it leaves behind.

    Only a step in which it `moved`, shape `(n_steps,)`, leaves it.
    """
    points, n_steps = rows.swapaxes(0, 1), len(moved)
    steps = np.arange(n_steps)
    earlier = moved & (steps < steps[:, None])
    before = there(points, earlier[..., None]).reshape(n_steps, -1, 2)
    return (
        Mark(f"{name}-before", panel, kind, role, before, ("step",), look="faint"),
        Mark(name, panel, kind, role, points, ("step",)),
    )
