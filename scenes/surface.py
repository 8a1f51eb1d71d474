"""A surface in space as manim shapes: one for each facet, the farthest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject
from manim.utils.color import color_to_rgba

from regviz.scenes.segments import straight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.axes import Lens
    from regviz.lessons.base import Array

#: width of a seam between facets, in manim's hundredths of a unit
SEAM = 1.2


class Surface(VMobject):
    """Facets whose colours lie between the surface's own and the background's.

    Parameters
    ----------
    color, background
        In hexadecimal digits.
    """

    def __init__(self, color: str, background: str) -> None:
        super().__init__()
        self._ends = np.array([color_to_rgba(each) for each in (background, color)])
        self._colors = np.zeros((0, 4))

    def draw(self, facets: tuple[Array, NDArray[np.int_]], lens: Lens) -> None:
        """Look like these facets, as :meth:`regviz.lessons.picture.Picture.facets` has them."""
        corners, percents = facets
        while len(self.submobjects) < len(corners):
            self.add(VMobject(stroke_width=SEAM, fill_opacity=1.0))
        self._colors = self._ends[0] + percents[:, None] / 100.0 * (
            self._ends[1] - self._ends[0]
        )
        placed = lens.place(corners)
        sides = np.stack([placed, np.roll(placed, -1, axis=1)], axis=2)
        points = straight(sides.reshape(-1, 2, 2)).reshape(len(corners), -1, 3)
        for index, part in enumerate(self.submobjects):
            part.points = points[index] if index < len(corners) else np.zeros((0, 3))
            part.fill_rgbas = part.stroke_rgbas = self._colors[index : index + 1]

    def fade(self, opacity: float) -> None:
        """Make all facets, whose colours are parts of one array, as opaque as said."""
        self._colors[:, 3] = opacity
