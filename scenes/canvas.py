"""A picture that is painted with cairo, and again only where it has changed.

manim's camera finds out for every frame what there is to draw, and draws all of it. This one
keeps each shape's outline as cairo has it, and paints anew the regions in which something
changed. Its pixels are the camera's, whatever was painted before, but for those of a surface
that fades: its seams, and what it hides, are not seen through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import cairo
import numpy as np
from manim.camera.camera import LINE_JOIN_MAP

from regviz.scenes.surface import Surface

if TYPE_CHECKING:
    from manim import VMobject
    from numpy.typing import NDArray

    from regviz.lessons.base import Array

#: a mitre is at most this many times as long as a line is wide
_MITRE = 10.0
#: manim's widths are hundredths of a unit
_WIDTH = 0.01
#: ends that are this near to each other are one point to manim
_RELATIVE, _ABSOLUTE = 1e-5, 1e-6

#: a colour as cairo takes it: blue first, since manim's pixels are RGBA and cairo's BGRA
Color = tuple[float, float, float, float]


class Region(NamedTuple):
    """Whole pixels from `left` to before `right`, and from `top` to before `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Region) -> bool:
        """Say whether the two share a pixel."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def with_(self, other: Region) -> Region:
        """Return the least region that holds both."""
        return Region(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def even(self, step: int) -> Region:
        """Return the least region that holds this one, its sides at multiples of a step."""
        left, top = (side // step * step for side in self[:2])
        right, bottom = (-(-side // step) * step for side in self[2:])
        return Region(left, top, right, bottom)

    def grown(self, by: int, size: tuple[int, int]) -> Region:
        """Return this and so much around it, as far as the picture goes."""
        width, height = size
        return Region(
            max(0, self.left - by),
            max(0, self.top - by),
            min(width, self.right + by),
            min(height, self.bottom + by),
        )

    def within(self, by: int, size: tuple[int, int]) -> Region:
        """Return this without so much at its sides, but for those of the picture."""
        width, height = size
        return Region(
            self.left + by * (self.left > 0),
            self.top + by * (self.top > 0),
            self.right - by * (self.right < width),
            self.bottom - by * (self.bottom < height),
        )

    def shared(self, step: int) -> Region:
        """Return this where so many pixels each way are one."""
        return Region(*(side // step for side in self))

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, for an array of pixels."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


class Style(NamedTuple):
    """How an outline is painted: the colours of halo, filling and line, and its corners."""

    halo: Color
    fill: Color
    line: Color
    halo_width: float
    line_width: float
    join: cairo.LineJoin

    def opaque(self) -> Style:
        """Return this where nothing is seen through filling and line."""
        return self._replace(fill=(*self.fill[:3], 1.0), line=(*self.line[:3], 1.0))


class Paint:
    """Outlines in a style each, painted together; never changed once it is made."""

    def __init__(
        self, points: Array, styles: Sequence[Style], paths: Sequence[Any], region: Region
    ) -> None:
        self.points, self.styles, self.paths, self.region = points, styles, paths, region

    def is_of(self, points: Array, styles: Sequence[Style]) -> bool:
        """Say whether this is the paint of that."""
        return self.styles == styles and np.array_equal(self.points, points)


class Canvas:
    """Pixels on which a scene's shapes are painted.

    Parameters
    ----------
    width, height
        In pixels.
    frame
        Width and height of what is seen, in manim's units.
    background
        Red, green, blue and opacity, 0 to 255.
    wide
        What is painted anew for a region that changes, which holds that region.

    Attributes
    ----------
    pixels
        RGBA, shape `(height, width, 4)`; what is seen stands where something changed last.
    """

    def __init__(
        self,
        width: int,
        height: int,
        frame: tuple[float, float],
        background: Sequence[int],
        wide: Callable[[Region], Region] = lambda region: region,
    ) -> None:
        self._wide = wide
        self.pixels: NDArray[np.uint8] = np.empty((height, width, 4), np.uint8)
        self._whole = Region(0, 0, width, height)
        self._background = np.array(background, np.uint8).view(np.uint32)[0]
        self._scale = np.array([width, height]) / frame
        across, up = self._scale
        self._matrix = cairo.Matrix(across, 0, 0, -up, width / 2, height / 2)
        self._context = self._over(self.pixels)
        self._seen: list[Paint] | None = None
        self._behind = np.empty_like(self.pixels)
        self._stay: list[Paint] | None = None
        self.stay([])

    def stay(self, paints: Sequence[Paint]) -> None:
        """Paint once what is the lowest of all that is shown from now on."""
        if self._stay == list(paints):
            return
        self._stay = list(paints)
        self._behind.view(np.uint32)[...] = self._background
        context = self._over(self._behind)
        for paint in paints:
            _apply(context, paint)

    def show(self, paints: Sequence[Paint]) -> list[Region]:
        """Paint these, from below to above; return where something changed.

        Those that :meth:`stay` come first. Only where something changed are the pixels those
        of the whole picture from then on. What reaches there is painted whole all the same:
        cairo rounds an outline that it clips.
        """
        changed = self._changed(paints)
        n_still = len(self._stay or ())
        for region in changed:
            self.pixels[region.slices] = self._behind[region.slices]
        for paint in paints[n_still:]:
            if any(map(paint.region.meets, changed)):
                _apply(self._context, paint)
        self._seen = list(paints)
        return changed

    def paints(self, shape: VMobject, last: Sequence[Paint] = ()) -> list[Paint]:
        """Return what a shape and its parts are painted by, of the last time where it is so."""
        parts = list(_family(shape))
        known = last if len(last) == len(parts) else [None] * len(parts)
        found = [self._of(part, before) for part, before in zip(parts, known, strict=True)]
        return [paint for paint in found if paint is not None]

    # -- what has changed --------------------------------------------------------------------

    def _changed(self, paints: Sequence[Paint]) -> list[Region]:
        if self._seen is None:
            return [self._whole]
        before, after = set(map(id, self._seen)), set(map(id, paints))
        stayed = [paint for paint in self._seen if id(paint) in after]
        if stayed != [paint for paint in paints if id(paint) in before]:
            return [self._whole]  # something went below something else
        moved = [paint for paint in self._seen if id(paint) not in after]
        moved += [paint for paint in paints if id(paint) not in before]
        regions = {paint.region for paint in moved if paint.region.meets(self._whole)}
        return _apart(self._wide(region) for region in sorted(regions))

    def _over(self, pixels: NDArray[np.uint8]) -> cairo.Context[Any]:
        """Return what paints on an array of pixels."""
        height, width, _ = pixels.shape
        surface = cairo.ImageSurface.create_for_data(
            pixels.data, cairo.FORMAT_ARGB32, width, height
        )
        context = cairo.Context(surface)
        context.set_matrix(self._matrix)
        return context

    # -- shapes ------------------------------------------------------------------------------

    def _of(self, tiles: Sequence[VMobject], last: Paint | None) -> Paint | None:
        """Return what some outlines are painted by, or None for what is not seen."""
        points = np.concatenate([tile.points[:, :2] for tile in tiles])
        styles = [_style(tile) for tile in tiles]
        if last is not None and last.is_of(points, styles):
            return last
        if not np.isfinite(points).all():
            return None
        paths = self._paths(points, [len(tile.points) // 4 for tile in tiles])
        return Paint(points, styles, paths, self._region(points, styles))

    def _paths(self, points: Array, n_curves: Sequence[int]) -> list[Any]:
        """Return the paths of outlines that have so many curves each."""
        curves = points.reshape(-1, 8)
        ends = np.cumsum(n_curves)
        begins = np.ones(len(curves) + 1, bool)
        begins[1:-1] = ~_same(curves[:-1, 6:], curves[1:, :2])
        begins[ends] = True
        starts = np.flatnonzero(begins)
        closed = _same(curves[starts[:-1], :2], curves[starts[1:] - 1, 6:]).tolist()
        rows, edges, last = curves.tolist(), starts.tolist(), set(ends.tolist())
        context, paths = self._context, []
        context.new_path()
        for start, end, is_closed in zip(edges[:-1], edges[1:], closed, strict=True):
            context.move_to(*rows[start][:2])
            for row in rows[start:end]:
                context.curve_to(*row[2:])
            if is_closed:
                context.close_path()
            if end in last:
                paths.append(context.copy_path())
                context.new_path()
        return paths

    def _region(self, points: Array, styles: Sequence[Style]) -> Region:
        wide = max(
            max(
                style.halo_width if style.halo[3] else 0.0,
                style.line_width if style.line[3] else 0.0,
            )
            for style in styles
        )
        reach = 0.5 * _MITRE * wide * self._scale + 1.0
        whole = self._whole
        middle = np.array([whole.right, whole.bottom]) / 2
        placed = middle + points * self._scale * [1.0, -1.0]
        low = np.floor(np.clip(placed.min(axis=0) - reach, -9.0, 1e6)).astype(int)
        high = np.ceil(np.clip(placed.max(axis=0) + reach, -9.0, 1e6)).astype(int)
        left, top = np.maximum(low, 0).tolist()
        right, bottom = np.minimum(high, [whole.right, whole.bottom]).tolist()
        return Region(left, top, right, bottom)


def _apply(context: cairo.Context[Any], paint: Paint) -> None:
    opacity = paint.styles[0].fill[3]
    is_veil = len(paint.paths) > 1 and opacity < 1.0
    if is_veil:
        context.push_group()
    for path, style in zip(paint.paths, paint.styles, strict=True):
        _outline(context, path, style.opaque() if is_veil else style)
    if is_veil:
        context.pop_group_to_source()
        context.paint_with_alpha(opacity)


def _outline(context: cairo.Context[Any], path: Any, style: Style) -> None:
    context.new_path()
    context.append_path(path)
    context.set_line_join(style.join)
    if style.halo_width and style.halo[3]:
        context.set_source_rgba(*style.halo)
        context.set_line_width(style.halo_width)
        context.stroke_preserve()
    if style.fill[3]:
        context.set_source_rgba(*style.fill)
        context.fill_preserve()
    if style.line_width and style.line[3]:
        context.set_source_rgba(*style.line)
        context.set_line_width(style.line_width)
        context.stroke_preserve()


def _family(shape: VMobject) -> Iterator[list[VMobject]]:
    """Yield the outlines of a shape and its parts; a surface's facets are painted together."""
    if isinstance(shape, Surface):
        if tiles := [tile for tile in shape.submobjects if len(tile.points)]:
            yield tiles
        return
    if len(shape.points):
        yield [shape]
    for part in shape.submobjects:
        yield from _family(part)


def _style(shape: VMobject) -> Style:
    return Style(
        _color(shape.background_stroke_rgbas),
        _color(shape.fill_rgbas),
        _color(shape.stroke_rgbas),
        max(0.0, float(shape.background_stroke_width)) * _WIDTH,
        max(0.0, float(shape.stroke_width)) * _WIDTH,
        LINE_JOIN_MAP[shape.joint_type],
    )


def _color(rgbas: Array) -> Color:
    red, green, blue, opacity = rgbas[0].tolist()
    return blue, green, red, opacity


def _same(one: Array, other: Array) -> NDArray[np.bool_]:
    """Say which points are one point to manim, as `numpy.isclose` does."""
    near = np.abs(one - other) <= _ABSOLUTE + _RELATIVE * np.abs(other)
    return np.logical_and(near[:, 0], near[:, 1])


def _apart(regions: Iterable[Region]) -> list[Region]:
    """Return regions that hold all of these, and of which no two meet."""
    apart: list[Region] = []
    for region in regions:
        while met := next((one for one in apart if one.meets(region)), None):
            apart.remove(met)
            region = region.with_(met)
        apart.append(region)
    return apart
