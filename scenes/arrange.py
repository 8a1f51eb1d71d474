"""Where a picture stands in a frame: heading, panels, and what is written by them, by aspect.

The panels that are seen share the frame in the grid in which they are largest. One panel alone
has a column beside it in a wide frame; what is written of the whole picture otherwise stands
in rows under the heading, and its sentence at the foot.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regviz.lessons.box import Box
from regviz.lessons.picture import columns
from regviz.scenes.stage import SENTENCE_EM, SIDE_SENTENCE_EM, room

#: heights of one line of heading, of a row of readouts, of a panel's title and of a sentence
HEADING, ROW, TITLE, LINE = 0.62, 0.6, 0.5, 0.47
#: room between panels, between what stands in a row, between a title and its panel's row beside
#: it, and between titles and the whole picture's row, at least
GAP, BETWEEN, AFTER_TITLE, BESIDE = 0.4, 0.6, 0.35, 0.5
#: how far a title may be moved from above its panel's middle: one further would be read as a
#: part of what it makes room for
ASIDE = 1.2
#: room between small panels above each other, and of the numbers under one
NEAR, NUMBERS = 0.12, 0.45
#: share of the width that one panel takes beside a column, and how wide a frame has both
CHART, WIDE = 0.62, 10.0
#: share of the height that a flat panel has of others', and how much more it counts for that
FLAT, COUNTED = 0.5, 2.5
#: how much wider than it must a plane beside others is: what it is about takes a third of it
WIDEST = 1.18
#: a line that is a little too long is made smaller rather than broken
SHRINK = 0.85


@dataclass(frozen=True)
class Need:
    """What a panel, or the whole picture, has to show while these panels are seen.

    Attributes
    ----------
    ratio
        Width over height that suits the panel.
    rows
        Widths of what stands in a row, for each moment.
    sentences
        Widths of the sentences if each stood on a line.
    title
        Width of the title.
    flat
        Whether the panel needs little height.
    plane
        Whether the panel's scales are equal, so that it shows more where it is wider, and it
        needs no room for long names.
    small
        Whether it shares the place of one panel with those beside it that are small, too.
    numbered
        Whether there are numbers under it: a small panel is higher by them.
    """

    rows: tuple[tuple[float, ...], ...] = ()
    sentences: tuple[float, ...] = ()
    title: float = 0.0
    ratio: float = 1.4
    flat: bool = False
    plane: bool = False
    small: bool = False
    numbered: bool = True


@dataclass(frozen=True)
class Place:
    """Boxes of a panel, or of the whole picture: title or heading, row, panels, sentence."""

    title: Box
    row: Box
    plane: Box
    sentence: Box


@dataclass(frozen=True)
class Arrangement:
    """Boxes of a scene while these panels are seen.

    Attributes
    ----------
    whole
        The heading, the row of the whole picture, all that the panels take, and its sentence.
    panels
        The boxes of each, by name.
    beside
        Whether row and sentence are a column beside the only panel.
    titled
        Whether the panels' titles are seen.
    in_line
        Whether no panel's row stands below its title.
    """

    whole: Place
    panels: dict[str, Place]
    beside: bool
    titled: bool
    in_line: bool = True

    @property
    def sentence_em(self) -> float:
        """Height of the sentences' em."""
        return SIDE_SENTENCE_EM if self.beside else SENTENCE_EM


def arrange(
    width: float, height: float, whole: Need, panels: dict[str, Need], *, in_line: bool = True
) -> Arrangement:
    """Lay out the panels that are seen, and what is written by them; in line, if it fits so."""
    frame = room(width, height)
    lines = 1 if frame.width > 12 else 2
    heading = Box(frame.left, frame.right, frame.top - lines * HEADING, frame.top)
    body = Box(frame.left, frame.right, frame.bottom, heading.bottom - 0.1)
    writes = [whole, *panels.values()]
    if (
        len(panels) == 1
        and frame.width > WIDE
        and any(each.rows or each.sentences for each in writes)
    ):
        return _beside(heading, body, next(iter(panels)))
    cells = columns({name: need.small for name, need in panels.items()})
    grids = [
        _grid(heading, body, whole, panels, across, in_line)
        for across in range(1, len(cells) + 1)
    ]
    return max(grids, key=lambda grid: _size(grid, panels))


def ask(width: float, height: float, panels: Sequence[str]) -> Arrangement:
    """Lay out a question: the prompt above, the panels it is asked of, if any, and answers."""
    frame = room(width, height)
    is_wide = frame.width > 9
    prompt = Box(
        frame.left, frame.right, frame.top - (2 if is_wide else 3) * HEADING, frame.top
    )
    top = prompt.bottom - 0.3
    nothing = Box(frame.left, frame.left, top, top)
    if not panels:
        inset = 0.12 * frame.width if is_wide else 0.0
        answers = Box(frame.left + inset, frame.right - inset, frame.bottom, top)
        return Arrangement(Place(prompt, nothing, answers, answers), {}, True, False)
    if is_wide:
        split = frame.left + CHART * frame.width
        plane = Box(frame.left, split - 0.3, frame.bottom, top)
        answers = Box(split, frame.right, frame.bottom, top)
    else:
        split = frame.bottom + 0.36 * (top - frame.bottom)
        plane = Box(frame.left, frame.right, split + 0.2, top)
        answers = Box(frame.left, frame.right, frame.bottom, split)
    whole = Place(prompt, nothing, plane, answers)
    wide = (plane.width + GAP) / len(panels)
    lefts = (plane.left + index * wide for index in range(len(panels)))
    parts = (replace(plane, left=left, right=left + wide - GAP) for left in lefts)
    places = (replace(whole, plane=part) for part in parts)
    return Arrangement(whole, dict(zip(panels, places, strict=True)), True, False)


def lines_of(widths: Sequence[float], room: float) -> list[list[int]]:
    """Return which of these widths share a line, in order."""
    lines: list[list[int]] = []
    used = math.inf
    for index, width in enumerate(widths):
        if used + BETWEEN + width > room + 1e-9:
            lines.append([])
            used = -BETWEEN
        lines[-1].append(index)
        used += BETWEEN + width
    return lines


def _beside(heading: Box, body: Box, name: str) -> Arrangement:
    """Lay out one panel with a column at its right."""
    split = body.left + CHART * body.width
    plane = Box(body.left, split - 0.3, body.bottom, body.top)
    column = Box(split, body.right, body.bottom, body.top - 0.5)
    nothing = Box(split, split, body.top, body.top)
    whole = Place(heading, column, plane, column)
    return Arrangement(whole, {name: Place(nothing, column, plane, column)}, True, False)


def _grid(
    heading: Box, body: Box, whole: Need, panels: dict[str, Need], across: int, in_line: bool
) -> Arrangement:
    """Lay out panels in rows of so many."""
    cells = columns({name: need.small for name, need in panels.items()})
    down = math.ceil(len(cells) / across)
    wide = (body.width - (across - 1) * GAP) / across
    titled = len(panels) > 1
    n_rows = max((len(lines_of(row, body.width)) for row in whole.rows), default=0)
    heads = [panels[first] for first, *_ in cells] if (across, down) == (2, 1) else []
    longest = max(map(_length, whole.rows), default=0.0)
    room = [_between([of(need) for need in heads], body) for of in (_title, _headed)]
    fits = [n_rows == 1 and longest <= each for each in room]
    # Readouts beside titles save a row, unless what stood between those then needs one.
    in_line &= titled and fits[0] <= fits[1]
    in_line &= all(_headed(need) <= wide for need in panels.values())
    within = fits[in_line]
    row = Box(body.left, body.right, body.top - n_rows * ROW, body.top)
    lines: dict[str, Box] = {}
    if within:
        of = _headed if in_line else _title
        ends = _apart(body, [of(need) for need in heads], wide, longest)
        lines = dict(zip((first for first, *_ in cells), ends, strict=True))
        row = Box(ends[0].right + BESIDE, ends[1].left - BESIDE, body.top - TITLE, body.top)
    n_lines = max((_n_lines(each, body.width) for each in whole.sentences), default=0)
    sentence = Box(body.left, body.right, body.bottom, body.bottom + n_lines * LINE)
    top = body.top if within else row.bottom
    middle = Box(body.left, body.right, sentence.top + (0.1 if n_lines else 0.0), top)
    rows = [cells[index : index + across] for index in range(0, len(cells), across)]
    shares = [
        FLAT if all(panels[name].flat for name in itertools.chain(*each)) else 1.0
        for each in rows
    ]
    high = (middle.height - (down - 1) * GAP) / sum(shares)
    places: dict[str, Place] = {}
    pen = middle.top
    for share, each in zip(shares, rows, strict=True):
        left = (
            middle.left + (across - len(each)) * (wide + GAP) / 2 if down > 1 else middle.left
        )
        for index, cell in enumerate(each):
            begin = left + index * (wide + GAP)
            box = Box(begin, begin + wide, pen - share * high, pen)
            alone = [panels[name] for name, *more in each if not more]
            for name, part in zip(
                cell, _parts(box, [panels[name] for name in cell]), strict=True
            ):
                needs = [panels[name]] if len(cell) > 1 else alone
                line = lines.get(name)
                place = _panel(part, panels[name], needs, line, titled=titled, in_line=in_line)
                is_wide = across > 1 and panels[name].plane
                places[name] = _narrowed(place, panels[name].ratio) if is_wide else place
        pen -= share * high + GAP
    in_line |= not any(need.rows for need in panels.values())
    return Arrangement(Place(heading, row, middle, sentence), places, False, titled, in_line)


def _parts(box: Box, needs: Sequence[Need]) -> list[Box]:
    """Divide a box among panels above each other, so that all show values at one scale."""
    numbers = sum(need.numbered for need in needs) * NUMBERS
    share = (box.height - numbers - (len(needs) - 1) * NEAR) / len(needs)
    parts, top = [], box.top
    for need in needs:
        bottom = top - share - NUMBERS * need.numbered
        parts.append(Box(box.left, box.right, bottom, top))
        top = bottom - NEAR
    return parts


def _panel(
    box: Box, own: Need, needs: Sequence[Need], line: Box | None, *, titled: bool, in_line: bool
) -> Place:  # fmt: skip
    """Lay out a panel: what it and those beside it need above and below; its head in a line."""
    title = Box(box.left, box.right, box.top - (TITLE if titled else 0.0), box.top)
    n_rows = max(
        (len(lines_of(row, box.width)) for need in needs for row in need.rows), default=0
    )
    row = Box(box.left, box.right, title.bottom - n_rows * ROW, title.bottom)
    if line is not None:
        title = replace(title, left=line.left, right=line.right)
    if in_line:
        title, row = _on_a_line(title, own)
    n_lines = max(
        (_n_lines(each, box.width) for need in needs for each in need.sentences), default=0
    )
    sentence = Box(box.left, box.right, box.bottom, box.bottom + n_lines * LINE)
    plane = Box(
        box.left, box.right, sentence.top + (0.08 if n_lines else 0.0), row.bottom - 0.04
    )
    return Place(title, row, plane, sentence)


def _title(need: Need) -> float:
    return need.title


def _headed(need: Need) -> float:
    """Return how wide a panel's title and its row are on one line."""
    row = max(map(_length, need.rows), default=0.0)
    return need.title + (AFTER_TITLE + row if row else 0.0)


def _on_a_line(line: Box, need: Need) -> tuple[Box, Box]:
    """Return where a title and, to its right, a row stand, in the middle of a line."""
    left = (line.left + line.right - _headed(need)) / 2
    split = left + need.title
    right = line.left + line.right - left
    return replace(line, left=left, right=split), replace(
        line, left=min(split + AFTER_TITLE, right), right=right
    )


def _narrowed(place: Place, ratio: float) -> Place:
    """Let a plane be little wider than what it must show, in the middle of its room."""
    box = place.plane
    aside = max(0.0, box.width - WIDEST * ratio * box.height) / 2
    return replace(place, plane=replace(box, left=box.left + aside, right=box.right - aside))


def _between(heads: Sequence[float], body: Box) -> float:
    """Return how much room two panels' heads leave between them at most, 0 without those."""
    middles = (body.width + GAP) / 2 + 2 * ASIDE
    return min(body.width - sum(heads), middles - sum(heads) / 2) - 2 * BESIDE if heads else 0.0


def _apart(body: Box, heads: Sequence[float], wide: float, row: float) -> tuple[Box, Box]:
    """Return where two heads stand, each as near above its panel's middle as the row allows."""
    first, last = heads
    left = max(body.left, body.left + (wide - first) / 2)
    right = min(body.right, body.right - (wide - last) / 2)
    lack = max(0.0, first + last + row + 2 * BESIDE - (right - left))
    # Half to each side, or what the other side has no room for.
    aside = min(left - body.left, max(lack / 2, lack - (body.right - right)))
    left, right = left - aside, right + lack - aside
    return replace(body, left=left, right=left + first), replace(
        body, left=right - last, right=right
    )


def _length(widths: Sequence[float]) -> float:
    return sum(widths) + BETWEEN * (len(widths) - 1)


def _n_lines(width: float, room: float) -> int:
    return 1 if width * SHRINK <= room else math.ceil(1.08 * width / room)


def _size(grid: Arrangement, panels: dict[str, Need]) -> float:
    """Return how large the smallest panel is, by its height if it had the ratio that suits.

    One whose title is too long for it counts as small as the title would have to be.
    """
    return min(
        min(plane.width / need.ratio, plane.height * (COUNTED if need.flat else 1.0))
        * min(1.0, plane.width / (need.title or plane.width))
        for name, need in panels.items()
        for plane in [grid.panels[name].plane]
    )
