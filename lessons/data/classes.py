"""A target as two classes: of its two values, or parted at a number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.data.design import SHIPPED, Design, read_design
from regviz.lessons.data.words import quoted
from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    from regviz.lessons.knob_groups import DataKnobs


def two_classes(
    asked: DataKnobs, above: float | None, usual: float
) -> tuple[Design, tuple[str, str]]:
    """Return the data with classes 0 and 1, and what is true of the target in each.

    Parameters
    ----------
    asked
        What the user gave.
    above
        Where to part a target: class 1 is above. None for one of two values.
    usual
        Where to part that of the shipped study.

    Raises
    ------
    BadInput
        If the data cannot be used, or are not of two classes.
    """
    design = read_design(asked, classes=True)
    values = np.unique(design.y)
    if above is None and len(values) == 2:
        zero, one = design.levels
        y = (design.y == values[1]).astype(np.float64)
        return replace(design, y=y), (f"= {zero}", f"= {one}")
    if above is None and SHIPPED.get(str(asked.data)) == design.target:
        above = usual
    if above is None:
        raise BadInput(
            f"target {quoted(design.target)} is of {len(values)} values, and classes are two; "
            f"give --above with a number, such as {np.median(design.y):g}, to part them there."
        )
    y = (design.y > above).astype(np.float64)
    if y.min() == y.max():
        raise BadInput(
            f"above = {above:g} leaves one class: target {quoted(design.target)} goes from "
            f"{values[0]:g} to {values[-1]:g}; give a number between."
        )
    return replace(design, y=y), (f"≤ {above:g}", f"> {above:g}")
