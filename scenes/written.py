"""What is written around panels, and where: heading, titles, formulas, readouts, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from manim import DOWN, LEFT, VGroup, VMobject

from regviz.lessons.asked import Asked
from regviz.lessons.axes import SHORT
from regviz.lessons.box import Box
from regviz.lessons.markup import LETTERS
from regviz.lessons.picture import EQUAL
from regviz.lessons.question import Choice
from regviz.lessons.theme import OUTLINES, SHAPES
from regviz.scenes.arrange import BETWEEN, CHART, ROW, Arrangement, Need, arrange, ask, lines_of
from regviz.scenes.formula import formula
from regviz.scenes.marks_drawn import shape_of
from regviz.scenes.readout import Readout
from regviz.scenes.segments import straight
from regviz.scenes.stage import HEADING_EM, LABEL_EM, MARGIN, SENTENCE_EM, TITLE_EM

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.picture import Formula, Panel, Picture, Positions
    from regviz.lessons.picture import Readout as Number
    from regviz.lessons.question import Question
    from regviz.lessons.story import Stop
    from regviz.scenes.arrange import Place
    from regviz.scenes.base import LessonScene

#: heights of the em of readouts and formulas, in a row and in a column, and of a column's lines
ROW_EM, COLUMN_EM, PITCH = 0.4, 0.52, 0.86
#: heights of the em of a question, and of its answers; and how much larger those are without a
#: picture
ASK_EM, ANSWER_EM, ALONE = 0.5, 0.44, 1.15
#: half a readout's marker, in ems
MARKER = 0.3


class Line:
    """Something written that can be moved: a heading, a formula, a readout."""

    def __init__(self, shape: VMobject, number: Number | None = None) -> None:
        self.shape, self._number = shape, number
        self.width, self.height = float(shape.width), float(shape.height)
        # what is set by its baseline keeps to it, whatever its letters
        middle = np.array([shape.get_center()[0], 0.0, 0.0])
        # what changes is drawn anew after the rest stands
        self._home = [
            (part, part.points - middle)
            for part in shape.family_members_with_points()
            if not isinstance(shape, Readout) or part is not shape.number
        ]
        #: the drivers that what it says follows
        self.by = frozenset(number.by) if number is not None else frozenset()

    def draw(self, at: Positions, middle: Array) -> None:
        """Stand here, and say what is so at these positions."""
        for part, points in self._home:
            part.set_points(points + middle)
        if self._number is not None and isinstance(self.shape, Readout):
            row = tuple(at[name] for name in self._number.by)
            self.shape.show(self._number.written(float(self._number.numbers[row])))


@dataclass(frozen=True)
class Stood:
    """A line, and where its middle stands."""

    line: Line
    middle: Array


class Written:
    """All that is written around the panels of a picture.

    Parameters
    ----------
    scene
        Gives the language, the theme and the lettering.
    picture
        What it belongs to.
    stops
        Every moment of the story.
    size
        Width and height of the frame.
    """

    def __init__(
        self,
        scene: LessonScene,
        picture: Picture,
        stops: Sequence[Stop],
        size: tuple[float, float],
    ) -> None:
        self._scene, self._picture, self._stops, self._size = scene, picture, stops, size
        self._lines: dict[tuple[object, ...], Line] = {}

    def arrangement(self, stop: Stop) -> Arrangement:
        """Return where panels and lines stand; the same as long as these panels are seen.

        What the story comes to has room for no more than it shows: it is as large as can be.
        """
        if stop.ask is not None:
            return ask(*self._size, stop.panels)
        return self._arrangements[self._together(stop)]

    @cached_property
    def _arrangements(self) -> dict[tuple[object, ...], Arrangement]:
        """What stands where, by panels; beside titles all readouts do, or none.

        From below to beside it one would cross its title.
        """
        names = {self._together(stop): stop.panels for stop in self._stops if stop.ask is None}
        needs = {key: self._needs(key, panels) for key, panels in names.items()}
        found = {key: arrange(*self._size, *each) for key, each in needs.items()}
        if all(each.in_line for each in found.values()):
            return found
        return {key: arrange(*self._size, *each, in_line=False) for key, each in needs.items()}

    def _needs(self, key: object, names: tuple[str, ...]) -> tuple[Need, dict[str, Need]]:
        """Return what the whole picture, and each panel, has to show while these are seen."""
        stops = [one for one in self._stops if self._together(one) == key]
        panels = {name: self._need(name, stops, self._picture.panel(name)) for name in names}
        return self._need("", stops, None), panels

    def _together(self, stop: Stop) -> tuple[object, ...]:
        return stop.panels, stop.section == self._stops[-1].section

    def at(self, stop: Stop) -> dict[tuple[object, ...], Stood]:
        """Return what is written at a moment, by a name that tells one line from another."""
        where = self.arrangement(stop)
        found: dict[tuple[object, ...], Stood] = {}
        if stop.ask is not None:
            return self._question(stop, stop.ask, where.whole)
        if stop.heading is not None:
            said = self._scene.text.say(stop.heading)
            found |= self._sentence("heading", said, HEADING_EM, where.whole.title, bold=True)
        for name in stop.panels:
            place = where.panels[name]
            if where.titled:
                found |= self._title(self._picture.panel(name), place.title)
            if not where.beside:
                found |= self._row(name, stop, place.row)
                found |= self._tell(name, stop, place.sentence, where.sentence_em)
        if where.beside:
            return found | self._column(stop, where.whole.row)
        found |= self._row("", stop, where.whole.row)
        return found | self._tell("", stop, where.whole.sentence, where.sentence_em)

    def terms(self, mark: str, stop: Stop) -> Iterator[VMobject]:
        """Yield the terms of the formulas now seen that belong to a mark."""
        for each in self._formulas(stop, None):
            line = self._item(each, beside=self.arrangement(stop).beside)
            for term, shape in zip(each.terms, line.shape.submobjects, strict=True):
                if term.mark == mark:
                    yield shape

    # -- where lines stand -------------------------------------------------------------------

    def _row(self, panel: str, stop: Stop, box: Box) -> dict[tuple[object, ...], Stood]:
        """Stand the formulas and readouts of a panel in the middle of their rows."""
        items = self._items(panel, stop)
        lines = [self._item(item, beside=False) for item in items]
        found: dict[tuple[object, ...], Stood] = {}
        rows = lines_of([line.width for line in lines], box.width)
        # beside a title a row has the height of that, and its line
        top = box.top + max(0.0, ROW - box.height) / 2
        for index, row in enumerate(rows):
            wide = sum(lines[each].width for each in row) + BETWEEN * (len(row) - 1)
            pen = box.center[0] - wide / 2
            for each in row:
                line = lines[each]
                middle = [pen + line.width / 2, top - (index + 0.5) * ROW, 0.0]
                found["item", items[each].name] = Stood(line, np.array(middle))
                pen += line.width + BETWEEN
        return found

    def _column(self, stop: Stop, box: Box) -> dict[tuple[object, ...], Stood]:
        """Stand formulas, readouts and sentences under each other, at one left edge."""
        found: dict[tuple[object, ...], Stood] = {}
        slots = self._slots(stop)
        for item in self._items(None, stop):
            line = self._item(item, beside=True)
            middle = [
                box.left + line.width / 2,
                box.top - (slots[item.name] + 0.5) * PITCH,
                0.0,
            ]
            found["column", item.name] = Stood(line, np.array(middle))
        n_slots = max(slots.values(), default=-1) + 1
        top = box.top - n_slots * PITCH - (0.2 if n_slots else 0.0)
        for said in stop.tell.values():
            sentence = self._scene.text.say(said)
            em = self.arrangement(stop).sentence_em
            key = ("tell", sentence, stop.panels)
            if key not in self._lines:
                style = {"width": box.width, "align": "left"}
                text = self._scene.lettering(sentence, em, **style)
                text.scale(min(1.0, (top - box.bottom) / text.height))
                text.shift(-text.get_center())
                self._lines[key] = Line(text)
            line = self._lines[key]
            middle = [box.left + line.width / 2, top - line.height / 2, 0.0]
            found[key] = Stood(line, np.array(middle))
            top -= line.height + 0.3
        return found

    def _question(
        self, stop: Stop, asked: Question, place: Place
    ) -> dict[tuple[object, ...], Stood]:
        """Stand a prompt in its box, and under each other what can be answered.

        Once it is answered, what is true stands out.
        """
        box = place.sentence
        prompt = self._scene.text.say(asked.prompt)
        found = self._sentence("ask", prompt, ASK_EM, place.title, bold=True)
        key = ("answers", asked.name, stop.is_answered)
        if key not in self._lines:
            size = 1.0 if asked.panel else ALONE
            lines = VGroup(*self._answers(asked, stop, box.width / size))
            lines.arrange(DOWN, buff=0.9 * ANSWER_EM, aligned_edge=LEFT)
            lines.scale(min(size, box.height / lines.height))
            self._lines[key] = Line(lines.center())
        line = self._lines[key]
        middle = [box.left + line.width / 2, box.top - line.height / 2, 0.0]
        return found | {key: Stood(line, np.array(middle))}

    def _answers(self, asked: Question, stop: Stop, width: float) -> Iterator[VMobject]:
        """Yield what can be answered, or what is true: of options, they dim the others."""
        text, theme = self._scene.text, self._scene.theme
        style: dict[str, object] = {"width": width, "align": "left"}
        if isinstance(asked, Choice):
            for index, (letter, option) in enumerate(zip(LETTERS, asked.options, strict=False)):
                is_dim = stop.is_answered and index != asked.right
                color = theme.muted if is_dim else theme.ink
                style |= {"color": color, "bold": stop.is_answered and not is_dim}
                said = f"{letter}.  {text.say(option.said)}"
                yield self._scene.lettering(said, ANSWER_EM, **style)
            return
        said = text(f"ask.{asked.kind}")
        if stop.is_answered:
            said = text("ask.answer")
            if asked.kind != "curve":
                said = f"{said}: {Asked(asked, self._picture, stop).right(text)}"
        yield self._scene.lettering(said, ANSWER_EM, bold=stop.is_answered, **style)

    def _slots(self, stop: Stop) -> dict[str, int]:
        """Return the line of the column where each item stands, the same through a section.

        An item is below all that are ever seen above it: nothing moves as they come and go.
        """
        together = [
            [item.name for item in self._items(None, one)]
            for one in self._stops
            if one.section == stop.section and one.panels == stop.panels
        ]
        slots: dict[str, int] = {}
        picture = self._picture
        order = [item.name for item in picture.formulas] + [
            item.name for item in picture.readouts
        ]
        for own in order:
            above = [
                slots[name]
                for names in together
                if own in names
                for name in names[: names.index(own)]
            ]
            slots[own] = max(above, default=-1) + 1
        seen = {name for names in together for name in names}
        return {name: slot for name, slot in slots.items() if name in seen}

    def _tell(
        self, panel: str, stop: Stop, box: Box, em: float
    ) -> dict[tuple[object, ...], Stood]:
        said = stop.tell.get(panel)
        if said is None:
            return {}
        return self._sentence(f"tell {panel}", self._scene.text.say(said), em, box)

    def _title(self, panel: Panel, box: Box) -> dict[tuple[object, ...], Stood]:
        said = self._scene.text.say(panel.title)
        color = getattr(self._scene.theme, panel.role)
        return self._sentence(f"title {panel.name}", said, TITLE_EM, box, color=color)

    def _sentence(
        self, name: str, sentence: str, em: float, box: Box, **style: object
    ) -> dict[tuple[object, ...], Stood]:
        if not sentence:
            return {}
        # a title that fits glides with its panel; a sentence is broken for its box
        glides = name.startswith("title") and self._width(sentence, em) <= box.width
        wide = "" if glides else round(box.width, 3)
        key = (name, sentence, wide)
        if key not in self._lines:
            text = self._scene.fitted(sentence, em, box, **style)
            self._lines[key] = Line(text.shift(-np.array(box.center)))
        return {key: Stood(self._lines[key], np.array(box.center))}

    # -- what there is to write --------------------------------------------------------------

    def _items(self, panel: str | None, stop: Stop) -> list[Formula | Number]:
        """Return the formulas and readouts seen by a panel, `""` of the whole, None of all."""
        numbers = [
            item
            for item in self._picture.readouts
            if item.name in stop.shown and self._is_by(item, panel, stop)
        ]
        return [*self._formulas(stop, panel), *numbers]

    def _formulas(self, stop: Stop, panel: str | None) -> list[Formula]:
        return [
            item
            for item in self._picture.formulas
            if item.name in stop.shown and self._is_by(item, panel, stop)
        ]

    @staticmethod
    def _is_by(item: Formula | Number, panel: str | None, stop: Stop) -> bool:
        if item.panel is not None and item.panel not in stop.panels:
            return False
        return panel is None or (item.panel or "") == panel

    def _item(self, item: Formula | Number, *, beside: bool) -> Line:
        key = ("item", item.name, beside)
        if key not in self._lines:
            em = COLUMN_EM if beside else ROW_EM
            # formulas that are seen together are of one size
            widest = max(self._made(each, em).width for each in self._like(item))
            room = self._room(item, beside=beside)
            self._lines[key] = self._made(item, em * min(1.0, room / widest))
        return self._lines[key]

    def _like(self, item: Formula | Number) -> Sequence[Formula | Number]:
        if not hasattr(item, "terms"):
            return [item]
        seen = {name for one in self._stops if item.name in one.shown for name in one.shown}
        return [
            each
            for each in self._picture.formulas
            if each.panel == item.panel and each.name in seen | {item.name}
        ]

    def _made(self, item: Formula | Number, em: float) -> Line:
        if hasattr(item, "terms"):
            theme = self._scene.theme
            terms = [(f"${term.tex}$", getattr(theme, term.role)) for term in item.terms]
            return Line(formula(terms, lang=self._scene.text.lang, em=em))
        return Line(self._readout(item, em), item)

    def _room(self, item: Formula | Number, *, beside: bool) -> float:
        """Return how wide a formula or a readout may be."""
        wide, high = self._size
        full = wide - 2 * MARGIN
        if beside:
            return (1.0 - CHART) * full
        # only in an upright frame are panels sure to stand above each other
        return full / 2.1 if item.panel is not None and wide > 0.8 * high else full

    def _readout(self, number: Number, em: float) -> Readout:
        symbol, color = number.symbol, getattr(self._scene.theme, number.role)
        shown = Readout(
            symbol.strip("$") if isinstance(symbol, str) else self._scene.text.say(symbol),
            number.longest, lang=self._scene.text.lang, em=em, color=color,
            worded=not isinstance(symbol, str),
        )  # fmt: skip
        if number.of is not None:
            mark = self._picture.mark(number.of)
            ring = em * MARKER * np.array(OUTLINES[SHAPES.get(mark.role, "circle")])
            sides = np.stack([ring, np.roll(ring, -1, axis=0)], axis=1)
            marker = shape_of(mark, self._scene.theme).set_points(straight(sides))
            shown.add(marker.shift([float(shown.get_left()[0]) - 0.6 * em, 0.0, 0.0]))
        return shown

    # -- what it takes -----------------------------------------------------------------------

    def _need(self, name: str, stops: Sequence[Stop], panel: Panel | None) -> Need:
        rows = {tuple(self._item(item, beside=False).width for item in self._items(name, stop))
                for stop in stops}  # fmt: skip
        tells = {self._scene.text.say(stop.tell[name]) for stop in stops if name in stop.tell}
        widths = tuple(sorted(self._width(said, SENTENCE_EM) for said in tells))
        need = Need(rows=tuple(sorted(row for row in rows if row)), sentences=widths)
        if panel is None:
            return need
        left, right, bottom, top = self._picture.limits(panel, self._picture.rest)
        ratio = (right - left) / (top - bottom) if panel.kind in EQUAL else 1.4
        title = self._width(self._scene.text.say(panel.title), TITLE_EM)
        flat, level = self._is_flat(panel), self._scene.text.say(panel.axes[0])
        plane = panel.kind in EQUAL and self._width(level, LABEL_EM) <= SHORT * LABEL_EM
        return replace(need, title=title, ratio=ratio, flat=flat, small=panel.small,
                       plane=plane, numbered=bool(panel.ticks[0]))  # fmt: skip

    def _is_flat(self, panel: Panel) -> bool:
        """Say whether a panel needs little height: nothing is read off upright."""
        has_upright = panel.ticks[1] or self._scene.text.say(panel.axes[1])
        return panel.kind == "chart" and not has_upright

    def _width(self, sentence: str, em: float) -> float:
        return float(self._scene.lettering(sentence, em).width) if sentence else 0.0
