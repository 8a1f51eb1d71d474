"""Where the parts of the update steps' scene stand, by the shape of the frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.number_line import ABOVE, BELOW, NUMBERS
from scenes.stage import Box, room

#: height of a formula and of a sentence, with their air
FORMULA, SENTENCE = 0.72, 0.62
#: in the still: the same formula smaller, and its width where it stands beside its line
SMALL_FORMULA, BESIDE = 0.62, 5.3
#: a row in a tall frame is not stretched beyond this
HIGHEST_ROW = 4.0
#: frames wider than this have room for a formula beside its line, and for two charts
WIDE, WIDER = 9.5, 12.0


@dataclass(frozen=True)
class Row:
    """One update: its formula, its number line, and a sentence about its pull.

    In a wide frame the sentence stands beside the formula. There is no formula where the room
    is needed for other things.
    """

    formula: Box | None
    line: Box
    sentence: Box
    numbered: bool


@dataclass(frozen=True)
class StepsLayout:
    """Boxes of all sections.

    Attributes
    ----------
    formulas
        Where the two formulas stand large.
    rows
        The two updates on number lines.
    chart, below
        One large chart, and the sentence below it.
    plane, beside
        The plane of two weights, and what is said of both penalties.
    still_rows, still_charts
        The last picture; the charts are one or two.
    """

    formulas: tuple[Box, Box]
    rows: tuple[Row, Row]
    chart: Box
    below: Box
    plane: Box
    beside: tuple[Box, Box]
    still_rows: tuple[Row, Row]
    still_charts: tuple[Box, ...]


def steps_layout(width: float, height: float, top: float) -> StepsLayout:
    """Lay out a frame of this size; everything stands below `top`, where the heading ends."""
    frame = room(width, height)
    whole = Box(frame.left, frame.right, frame.bottom, top - 0.2)
    group = _no_higher(whole, 0.95 * whole.width)
    chart = Box(whole.left, whole.right, group.bottom + 2 * SENTENCE, group.top)
    plane, beside = _plane(whole)
    still_rows, still_charts = _still(whole)
    return StepsLayout(
        formulas=_formulas(whole),
        rows=_rows(whole),
        chart=chart,
        below=Box(whole.left, whole.right, group.bottom, chart.bottom - 0.2),
        plane=plane,
        beside=beside,
        still_rows=still_rows,
        still_charts=still_charts,
    )


def _no_higher(box: Box, height: float) -> Box:
    """Cut a box to a height, about its middle."""
    spare = max(0.0, box.height - height) / 2.0
    return Box(box.left, box.right, box.bottom + spare, box.top - spare)


def _formulas(whole: Box) -> tuple[Box, Box]:
    middle = (whole.bottom + whole.top) / 2.0
    boxes = (
        Box(whole.left, whole.right, middle + offset - 0.6, middle + offset + 0.6)
        for offset in (1.1, -1.1)
    )
    first, second = boxes
    return first, second


def _rows(whole: Box) -> tuple[Row, Row]:
    height = min(HIGHEST_ROW, whole.height / 2.0)
    # In a tall frame the two rows stand together in the middle.
    top = whole.top - (whole.height - 2.0 * height) / 2.0
    first, second = (
        _row(Box(whole.left, whole.right, top - (index + 1) * height, top - index * height))
        for index in range(2)
    )
    return first, second


def _row(box: Box) -> Row:
    wide = box.width > WIDE
    formula = Box(box.left, box.right, box.top - FORMULA, box.top)
    sentence = Box(box.left, box.right, box.bottom, box.bottom + SENTENCE - 0.1)
    bottom = box.bottom + SENTENCE
    if wide:
        middle = box.left + 0.56 * box.width
        sentence = Box(middle, box.right, formula.bottom, formula.top)
        formula = Box(box.left, middle - 0.3, formula.bottom, formula.top)
        bottom = box.bottom + 0.25
    line = Box(box.left, box.right, bottom, bottom + BELOW + ABOVE + NUMBERS)
    return Row(formula, line, sentence, numbered=True)


def _plane(whole: Box) -> tuple[Box, tuple[Box, Box]]:
    if whole.width > 1.2 * whole.height:
        middle = whole.left + 0.6 * whole.width
        height = (whole.bottom + whole.top) / 2.0
        right = (
            Box(middle + 0.4, whole.right, height + 0.1, height + 1.2),
            Box(middle + 0.4, whole.right, height - 1.2, height - 0.1),
        )
        return Box(whole.left, middle, whole.bottom, whole.top), right
    low = whole.bottom
    under = (
        Box(whole.left, whole.right, low + SENTENCE, low + 2 * SENTENCE - 0.08),
        Box(whole.left, whole.right, low, low + SENTENCE - 0.08),
    )
    plane = Box(whole.left, whole.right, low + 2 * SENTENCE + 0.1, whole.top)
    return _no_higher(plane, 1.1 * whole.width), under


def _still(whole: Box) -> tuple[tuple[Row, Row], tuple[Box, ...]]:
    rows, top = [], whole.top
    is_square = whole.width <= WIDE and whole.height < 1.2 * whole.width
    for numbered in (False, True):
        height = ABOVE + BELOW + (NUMBERS if numbered else 0.0)
        formula, left = None, whole.left
        if whole.width > WIDE:
            left = whole.left + BESIDE
            # Level with the axis.
            formula = Box(whole.left, left - 0.4, top - ABOVE - 0.4, top - ABOVE + 0.4)
        elif not is_square:
            # Not as wide as it could be: a note on the arrows' scale may stand beside it.
            formula = Box(whole.left, whole.right - 1.2, top - SMALL_FORMULA + 0.15, top)
            top -= SMALL_FORMULA
        line = Box(left, whole.right, top - height, top)
        rows.append(Row(formula, line, line, numbered=numbered))
        top -= height + 0.1
    rest = Box(whole.left, whole.right, whole.bottom, top - 0.15)
    return (rows[0], rows[1]), _charts(rest)


def _charts(rest: Box) -> tuple[Box, ...]:
    """Divide the room below: side by side, stacked in a tall frame, or not at all."""
    if rest.width > WIDER:
        middle = (rest.left + rest.right) / 2.0
        return (
            Box(rest.left, middle - 0.25, rest.bottom, rest.top),
            Box(middle + 0.25, rest.right, rest.bottom, rest.top),
        )
    if rest.height > rest.width:
        middle = (rest.bottom + rest.top) / 2.0
        return (
            Box(rest.left, rest.right, middle + 0.2, rest.top),
            Box(rest.left, rest.right, rest.bottom, middle - 0.2),
        )
    return (rest,)
