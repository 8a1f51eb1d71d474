"""Where the parts of the update steps' scene stand, by the shape of the frame."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from regviz.scenes.number_line import ABOVE, BELOW, NUMBERS
from regviz.scenes.stage import Box, room

#: height of a formula and of a sentence, with their air
FORMULA, SENTENCE = 0.72, 0.62
#: the same where the last picture is a column, and of a formula of two lines
SMALL_FORMULA = 0.62
TWO_LINES, SMALL_TWO_LINES = 1.32, 1.22
#: height of what is said beside the plane, and the gap between what belongs to L1 and to L2
SAID, APART = 0.8, 0.35
#: the same where the rows have no air, and the height of a row that has
COMPACT = 0.52
WHOLE_ROW = FORMULA + ABOVE + BELOW + NUMBERS + SENTENCE
#: a row in a tall frame is not stretched beyond this
HIGHEST_ROW = 4.0
#: frames wider than this have room for a sentence beside a formula, and for a chart there
WIDE, WIDER = 9.5, 12.0
#: in a wide last picture: the share of the number lines, and the gap to the chart
LINES_SHARE, COLUMN_GAP = 0.46, 0.5


@dataclass(frozen=True)
class Row:
    """One update: its formula, its number line, and a sentence about its pull.

    In a wide frame the sentence stands beside the formula.
    """

    formula: Box
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
    plane, reminders, beside
        The plane of two weights; beside it, in a wide frame, the formulas of the sign step, of
        the proximal step, in two lines, and of L2; and what is said of both penalties.
    still_rows, still_chart
        The last picture; where it is about square, the chart alone.
    """

    formulas: tuple[Box, Box]
    rows: tuple[Row, Row]
    chart: Box
    below: Box
    plane: Box
    reminders: tuple[Box, ...]
    beside: tuple[Box, Box]
    still_rows: tuple[Row, ...]
    still_chart: Box


def steps_layout(width: float, height: float, top: float) -> StepsLayout:
    """Lay out a frame of this size; everything stands below `top`, where the heading ends."""
    frame = room(width, height)
    whole = Box(frame.left, frame.right, frame.bottom, top - 0.2)
    group = _no_higher(whole, 0.95 * whole.width)
    # A sentence takes one line in a wide frame, two in others.
    lines = 1.2 if whole.width > WIDER else 2.0
    chart = Box(whole.left, whole.right, group.bottom + lines * SENTENCE, group.top)
    plane, reminders, beside = _plane(whole)
    still_rows, still_chart = _still(whole)
    return StepsLayout(
        formulas=_formulas(whole),
        rows=_rows(whole),
        chart=chart,
        below=Box(whole.left, whole.right, group.bottom, chart.bottom - 0.2),
        plane=plane,
        reminders=reminders,
        beside=beside,
        still_rows=still_rows,
        still_chart=still_chart,
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
    if whole.width <= WIDE and whole.height < 2.0 * WHOLE_ROW:
        return _compact_rows(whole)
    height = min(HIGHEST_ROW, whole.height / 2.0)
    # In a tall frame the two rows stand together in the middle.
    top = whole.top - (whole.height - 2.0 * height) / 2.0
    first, second = (
        _row(Box(whole.left, whole.right, top - (index + 1) * height, top - index * height))
        for index in range(2)
    )
    return first, second


def _compact_rows(whole: Box) -> tuple[Row, Row]:
    """Put two rows into a low and narrow frame: they share the numbers below the second."""
    rows, top = [], whole.top
    for numbered in (False, True):
        formula = Box(whole.left, whole.right, top - COMPACT, top)
        low = formula.bottom - ABOVE - BELOW - (NUMBERS if numbered else 0.0)
        line = Box(whole.left, whole.right, low, formula.bottom)
        sentence = Box(whole.left, whole.right, low - COMPACT + 0.1, low)
        rows.append(Row(formula, line, sentence, numbered=numbered))
        top = low - COMPACT
    first, second = rows
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


def _plane(whole: Box) -> tuple[Box, tuple[Box, ...], tuple[Box, Box]]:
    if whole.width > 1.2 * whole.height:
        middle = whole.left + 0.6 * whole.width
        heights = (FORMULA, TWO_LINES, SAID, APART, FORMULA, SAID)
        top = (whole.bottom + whole.top + sum(heights)) / 2.0
        tops = top - np.concatenate([[0.0], np.cumsum(heights)])
        column = [
            Box(middle + 0.4, whole.right, float(low), float(high))
            for high, low in itertools.pairwise(tops)
        ]
        sign, proximal, first, _, second, last = column
        plane = Box(whole.left, middle, whole.bottom, whole.top)
        # In a square frame the formulas would be too small to read.
        return plane, (sign, proximal, second) if whole.width > WIDE else (), (first, last)
    low = whole.bottom
    under = (
        Box(whole.left, whole.right, low + SENTENCE, low + 2 * SENTENCE - 0.08),
        Box(whole.left, whole.right, low, low + SENTENCE - 0.08),
    )
    plane = Box(whole.left, whole.right, low + 2 * SENTENCE + 0.1, whole.top)
    return _no_higher(plane, 1.1 * whole.width), (), under


def _still(whole: Box) -> tuple[tuple[Row, ...], Box]:
    if whole.width > WIDER:
        return _still_beside(whole)
    is_tall = whole.height > 1.2 * whole.width
    return _still_below(whole) if is_tall else ((), whole)


def _still_beside(whole: Box) -> tuple[tuple[Row, ...], Box]:
    """Put both updates in a column, and beside them where they lead."""
    middle = whole.left + LINES_SHARE * whole.width
    rows, formulas = [], TWO_LINES + FORMULA
    gap = (whole.height - formulas - 2.0 * (ABOVE + BELOW) - NUMBERS) / 2.0
    top = whole.top
    for height, numbered in ((TWO_LINES, False), (FORMULA, True)):
        rows.append(_still_row(Box(whole.left, middle, whole.bottom, top), height, numbered))
        top = rows[-1].line.bottom - gap
    return tuple(rows), Box(middle + COLUMN_GAP, whole.right, whole.bottom, whole.top)


def _still_below(whole: Box) -> tuple[tuple[Row, ...], Box]:
    """Put one below the other: both updates, and where they lead."""
    rows, top = [], whole.top
    for height, numbered in ((SMALL_TWO_LINES, False), (SMALL_FORMULA, True)):
        under = Box(whole.left, whole.right, whole.bottom, top)
        rows.append(_still_row(under, height, numbered))
        top = rows[-1].line.bottom - 0.1
    return tuple(rows), Box(whole.left, whole.right, whole.bottom, top - 0.15)


def _still_row(box: Box, height: float, numbered: bool) -> Row:
    """Put an update at the top of a box, its formula above its line."""
    top = box.top - height
    # Not as wide as it could be: a note on the arrows' scale may stand beside it.
    formula = Box(box.left, box.right - 1.2, top + 0.15, box.top)
    bottom = top - ABOVE - BELOW - (NUMBERS if numbered else 0.0)
    line = Box(box.left, box.right, bottom, top)
    return Row(formula, line, line, numbered=numbered)
