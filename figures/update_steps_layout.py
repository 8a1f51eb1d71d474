"""Where the parts of the update steps' figure stand on each page."""

from __future__ import annotations

from dataclasses import dataclass

from regviz.figures.canvas import LEADING, POINTS_PER_INCH, Box, Lines, Page

#: width of the formulas and of the arrows' names, in parts of the page, where lines are beside
FORMULA, NAMES = 0.365, 0.165
#: the same where the formulas stand above the lines
NAMES_STACKED = 0.235
#: height of a number line, in body type sizes; numbers below it not counted
LINE = 3.7
#: widths of the paths, the look at 0 and the plane, in proportion
PATHS_WIDTH, NEAR_WIDTH, PLANE_WIDTH = 0.9, 1.2, 0.8


@dataclass(frozen=True)
class PullRow:
    """One update: its formula, what is said of its pull and its arrows, and the line."""

    formula: Lines
    size: Lines
    scale: Lines
    line: Box
    names: Box
    numbered: bool


@dataclass(frozen=True)
class Titled:
    """A box for a drawing below two lines of heading."""

    heading: tuple[Lines, Lines]
    drawing: Box


@dataclass(frozen=True)
class Layout:
    """Boxes for all parts; None for what is not drawn."""

    pulls: tuple[PullRow, PullRow]
    paths: Titled
    near: Titled | None
    plane: Titled | None


def layout(page: Page, *, near: bool) -> Layout:
    """Lay out the page; without a look at 0 the paths take its room."""
    shape = page.shape
    inner = Box(
        shape.margin,
        shape.margin,
        shape.width - 2 * shape.margin,
        shape.height - 2 * shape.margin,
    )
    return _stacked(page, inner, near) if shape.stacked else _landscape(page, inner, near)


def _landscape(page: Page, inner: Box, near: bool) -> Layout:
    em, note = page.shape.body / POINTS_PER_INCH, page.shape.note / POINTS_PER_INCH
    height = LINE * em
    top = inner.bottom + inner.height
    upper = Box(inner.left, top - height, inner.width, height)
    # The numbers below the second line serve both.
    lower_height = height + LEADING * note
    lower = Box(inner.left, upper.bottom - lower_height, inner.width, lower_height)
    rest = Box(
        inner.left, inner.bottom, inner.width, lower.bottom - inner.bottom - page.shape.gap / 2
    )
    with_plane = page.aspect == "16:9"
    widths = [PATHS_WIDTH, NEAR_WIDTH] if near else [PATHS_WIDTH + NEAR_WIDTH]
    boxes = _across(rest, [*widths, *([PLANE_WIDTH] if with_plane else [])], page.shape.gap)
    titled = [_titled(page, box) for box in boxes]
    return Layout(
        (_beside(page, upper, numbered=False), _beside(page, lower, numbered=True)),
        titled[0],
        titled[1] if near else None,
        titled[-1] if with_plane else None,
    )


def _stacked(page: Page, inner: Box, near: bool) -> Layout:
    em, note = page.shape.body / POINTS_PER_INCH, page.shape.note / POINTS_PER_INCH
    gap = 0.6 * em
    height = (LINE + LEADING) * em + 2 * LEADING * note
    top = inner.bottom + inner.height
    rows = []
    for _ in range(2):
        top -= height
        rows.append(_above(page, Box(inner.left, top, inner.width, height)))
        top -= gap
    left = top - inner.bottom
    paths = Box(inner.left, inner.bottom + 0.53 * left, inner.width, 0.47 * left - gap)
    under = Box(inner.left, inner.bottom, inner.width, 0.53 * left - gap)
    boxes = _across(under, [NEAR_WIDTH, PLANE_WIDTH] if near else [1.0], page.shape.gap)
    titled = [_titled(page, box) for box in boxes]
    return Layout(
        (rows[0], rows[1]),
        _titled(page, paths),
        titled[0] if near else None,
        titled[-1],
    )


def _across(box: Box, widths: list[float], gap: float) -> list[Box]:
    """Divide a box from left to right in proportion to `widths`."""
    unit = (box.width - gap * (len(widths) - 1)) / sum(widths)
    boxes, left = [], box.left
    for width in widths:
        boxes.append(Box(left, box.bottom, width * unit, box.height))
        left += width * unit + gap
    return boxes


def _beside(page: Page, box: Box, *, numbered: bool) -> PullRow:
    """Lay out one update with its formula on the left of its line."""
    shape = page.shape
    body, note = (LEADING * size / POINTS_PER_INCH for size in (shape.body, shape.note))
    formula = FORMULA * box.width
    names = NAMES * box.width
    top = box.bottom + box.height - 0.25 * body
    air = 0.25 * shape.gap
    return PullRow(
        Lines(Box(box.left, top - body, formula, body), shape.body, 1),
        Lines(Box(box.left, top - body - 1.2 * note, formula, note), shape.note, 1),
        Lines(Box(box.left, top - body - 2.2 * note, formula, note), shape.note, 1),
        Box(
            box.left + formula + air,
            box.bottom,
            box.width - formula - names - 2 * air,
            box.height,
        ),
        Box(box.left + box.width - names, box.bottom, names, note),
        numbered,
    )


def _above(page: Page, box: Box) -> PullRow:
    """Lay out one update with its formula above its line."""
    shape = page.shape
    body, note = (LEADING * size / POINTS_PER_INCH for size in (shape.body, shape.note))
    top = box.bottom + box.height
    names = NAMES_STACKED * box.width
    return PullRow(
        Lines(Box(box.left, top - body, box.width, body), shape.body, 1),
        Lines(Box(box.left, top - body - note, box.width - names, note), shape.note, 1),
        Lines(Box(box.left + box.width - names, top - body - note, names, note), shape.note, 1),
        Box(box.left, box.bottom, box.width - names, box.height - body - note),
        Box(box.left + box.width - names, box.bottom, names, note),
        numbered=True,
    )


def _titled(page: Page, box: Box) -> Titled:
    shape = page.shape
    row = LEADING * shape.body / POINTS_PER_INCH
    top = box.bottom + box.height
    first, second = (
        Lines(Box(box.left, top - (index + 1) * row, box.width, row), shape.body, 1)
        for index in range(2)
    )
    air = 0.4 * row
    return Titled(
        (first, second), Box(box.left, box.bottom, box.width, box.height - 2 * row - air)
    )
