"""Dropout: one mask, the cloud of optima, and the ridge that their average tends to.

Render it like any manim scene, `manim render scenes/dropout.py Dropout`, or with parameters,
languages and formats through regviz.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, Mobject, ValueTracker, config, linear

from regviz.lessons.numbers import significant
from regviz.scenes.base import LessonScene
from regviz.scenes.dropout_shapes import (
    CloserLook,
    ErrorChart,
    MaskGrid,
    Trackers,
    WeightPlane,
    nearest,
)
from regviz.scenes.readout import Readout
from regviz.scenes.stage import HEADING_EM, SENTENCE_EM, TITLE_EM, Box, one_panel, two_panels

#: seconds that a change of text takes, and that a mask is shown
CHANGE, FLIP = 0.6, 0.6
#: heights and ems of what is written of the averaged loss
WRITTEN = {
    "formula": (0.75, HEADING_EM),
    "strength": (0.95, HEADING_EM),
    "loss": (0.5, SENTENCE_EM),
    "sizes": (0.5, SENTENCE_EM),
}
#: its rows beside the plane and below it, and the share of a row that its first part takes
BESIDE = (("formula",), ("strength",), ("loss",), ("sizes",))
BELOW, FIRST = (("formula", "strength"), ("loss",), ("sizes",)), 0.62
#: between the plane and what is written beside it
AIR = 0.35
#: room for the formula that the last plane gives up
UNDER = 0.35


class Dropout(LessonScene):
    """A mask over the data, the plane of both weights, and the error of the average."""

    lesson = "dropout"

    def set_stage(self) -> None:
        """Make the shapes and what they follow."""
        self.trackers = Trackers()
        frame = config.frame_width, config.frame_height
        # Readouts stand on the first layout; both have one heading.
        self.alone = one_panel(*frame)
        self.layout = replace(two_panels(*frame, has_readout=False), heading=self.alone.heading)
        left, right = self.layout.panels
        self.whole = Box(
            left.plane.left, right.plane.right, right.sentence.bottom, left.plane.top
        )
        self.grid = MaskGrid(self, self.whole, self.trackers)
        plane, self.notes = self.places()
        self.wide = WeightPlane(self, plane, self.trackers)
        under = Box(
            left.plane.left, left.plane.right, left.plane.bottom + UNDER, left.plane.top
        )
        self.small = WeightPlane(self, under, self.trackers)
        self.closer = CloserLook(self, left.plane, self.trackers)
        self.error = ErrorChart(self, right.plane, self.trackers)
        self.masks, self.probability = self.make_readouts()

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.mask()
        self.cloud()
        self.average()
        self.ridge()
        self.rate()
        self.still()

    # -- the story ------------------------------------------------------------------------

    def mask(self) -> None:
        """Show what a mask does to the data, and that it changes."""
        self.section("mask")
        self.say(self.told("mask.why"))
        grid, (rows, key) = self.grid, self.explained()
        whole = grid.whole
        self.play(
            *self.titled("mask"), FadeIn(grid.names), FadeIn(rows), FadeIn(whole), run_time=0.8
        )
        self.settle(grid.names, rows)
        self.wait(2.6)
        self.say(self.told("mask.what"))
        self.add(grid.dropped, grid.kept, whole)
        self.play(FadeOut(whole), FadeIn(key), run_time=0.8)
        self.settle(grid.names, rows, key)
        self.wait(3.6)
        self.say(self.told("mask.again"))
        for index in range(1, len(self.exhibit.masks)):
            # Each mask stands still for a while: a new one is drawn, none turns into the next.
            self.trackers.mask.set_value(index)
            self.add(grid.dropped.update(), grid.kept.update())
            self.wait(FLIP)
        self.leaving = [rows, key, grid.names, grid.dropped, grid.kept]

    def cloud(self) -> None:
        """Show the loss without dropout, and the optima of one mask each."""
        self.section("cloud")
        self.say(self.told("cloud.start"))
        wide = self.wide
        self.play(
            *self.titled("cloud"),
            *self.exchange(
                self.leaving, (wide.plain, wide.axes, wide.start, wide.start_label)
            ), run_time=1.0,
        )  # fmt: skip
        self.settle()
        self.wait(2.0)
        repeats = len(self.exhibit.optima)
        self.say(self.told("cloud.one"), repeats=repeats)
        first, second = self.alone.readouts
        room = Box(
            first.left, second.right,
            min(first.bottom, second.bottom), max(first.top, second.top),
        )  # fmt: skip
        self.one = self.fitted(self.text("dropout.scene.one"), SENTENCE_EM, room)
        self.play(FadeIn(self.one), run_time=CHANGE)
        self.settle(self.one)
        self.add(wide.cloud)
        self.drive(self.trackers.shown, repeats, seconds=3.0)
        self.wait(2.0)

    def average(self) -> None:
        """Average over more masks: the cloud closes in on the closed form."""
        self.section("average")
        self.say(self.told("average.more"))
        wide = self.wide
        change = self.swap(self.one, self.masks.update())
        self.play(*self.titled("average"), *change, run_time=CHANGE)
        self.settle()
        self.wait(0.4)
        self.drive(self.trackers.count, len(self.exhibit.counts) - 1, seconds=4.0)
        self.say(self.told("average.point"))
        self.play(*map(FadeIn, (wide.optimum, wide.optimum_label)), run_time=CHANGE)
        self.wait(3.0)

    def ridge(self) -> None:
        """Write the averaged loss, and let the probability of keeping fall."""
        self.section("ridge")
        self.say(self.told("ridge.formula"))
        wide, self.written = self.wide, self.write_loss()
        formula, strength, *meant = self.written
        self.play(
            *self.titled("ridge"), FadeOut(self.masks), FadeOut(wide.cloud),
            *map(FadeIn, (formula, *meant, wide.averaged)), run_time=1.0,
        )  # fmt: skip
        self.add(wide.optimum, wide.start)
        self.settle(formula, *meant)
        self.wait(3.4)
        self.say(self.told("ridge.strength"))
        self.play(FadeIn(strength), run_time=CHANGE)
        self.settle(*self.written)
        self.wait(3.0)
        self.say(self.told("ridge.curve"))
        self.play(
            FadeOut(wide.optimum), FadeOut(wide.optimum_label), FadeOut(wide.averaged),
            FadeIn(self.probability.update()), FadeIn(wide.walker.update()), run_time=CHANGE,
        )  # fmt: skip
        self.add(wide.ridge.update(), wide.start, wide.walker)
        self.drive(self.trackers.keep, len(self.exhibit.keeps) - 1, seconds=3.4)
        self.wait(0.4)
        self.drive(self.trackers.keep, self.kept_step(), seconds=1.2)
        self.wait(0.6)

    def rate(self) -> None:
        """Look closer at the cloud, beside its distance from the closed form."""
        self.section("rate")
        repeats = len(self.exhibit.optima)
        self.say(self.told("error.start"), repeats=repeats)
        wide, closer, error = self.wide, self.closer, self.error
        self.trackers.count.set_value(0)
        self.masks.move_to(self.layout.panels[0].sentence.center)
        self.titles = [
            self.fitted(self.text(f"dropout.scene.label.{key}"), TITLE_EM, boxes.title)
            for key, boxes in zip(("cloud", "error"), self.layout.panels, strict=True)
        ]
        leaving = (
            *self.written, self.probability, wide.ridge, wide.walker,
            wide.plain, wide.axes, wide.start, wide.start_label,
        )  # fmt: skip
        coming = (
            *self.titles, error.chart.axes, error.chart.numbers, error.levels,
            # The dots would end up behind the point that they close in on.
            closer.frame, self.masks.update(), closer.optimum, closer.cloud.update(),
            error.dot.update(),
        )  # fmt: skip
        self.play(*self.titled("error"), *self.exchange(leaving, coming), run_time=1.0)
        self.settle(*self.titles)
        self.add(error.curve.update(), error.dot)
        self.wait(0.8)
        self.drive(self.trackers.count, len(self.exhibit.counts) - 1, seconds=4.0)
        self.say(self.told("error.rate"))
        self.play(
            FadeIn(error.band), FadeIn(error.theory), FadeIn(error.theory_label),
            *self.concluded(), run_time=0.8,
        )  # fmt: skip
        self.add(error.curve, error.dot)
        self.wait(3.2)

    def concluded(self) -> list[Any]:
        """Return the animations that write the measured slope below the chart."""
        exhibit = self.exhibit
        sentence = self.text(
            "dropout.scene.rate",
            rate=f"{exhibit.rate:.2f}",
            spread=significant(exhibit.rate_spread, 1),
        )
        box = self.layout.panels[1].sentence
        self.slope = self.fitted(sentence, self.layout.sentence_em, box)
        return [FadeIn(self.slope)]

    def still(self) -> None:
        """Everything in one picture, which also stands alone."""
        self.section("still")
        self.say(self.told("still"))
        small, closer = self.small, self.closer
        box = self.layout.panels[0].sentence
        formula = self.fitted(
            self.text("dropout.scene.both"), self.layout.strong_em,
            Box(box.left, box.right, box.bottom, box.top + UNDER), color=self.theme.l2,
        )  # fmt: skip
        self.play(
            *self.titled("still"), FadeOut(self.titles[0]), FadeOut(self.masks),
            *map(FadeOut, (closer.frame, closer.cloud, closer.optimum)), run_time=CHANGE,
        )  # fmt: skip
        self.trackers.keep.set_value(self.kept_step())
        self.play(
            *map(FadeIn, (small.plain, small.averaged, small.axes, small.ridge.update())),
            *map(FadeIn, (small.start, small.start_label, small.optimum)),
            *map(FadeIn, (small.optimum_label, formula)), run_time=1.0,
        )  # fmt: skip
        self.settle(formula)
        self.wait(4.4)

    # -- where things stand ---------------------------------------------------------------

    def places(self) -> tuple[Box, dict[str, Box]]:
        """Return where the plane stands, and beside or below it what is written of the loss."""
        plane, notes = self.alone.plane, self.alone.sentence
        if self.alone.is_beside:
            # Only one readout is shown; the room of the other is free.
            _, free = self.alone.readouts
            return plane, rows(
                replace(notes, left=notes.left + AIR, top=free.center[1]), BESIDE
            )
        height = sum(row_height(row) for row in BELOW)
        notes = replace(notes, top=notes.bottom + height)
        return replace(plane, bottom=notes.top + 0.15), rows(notes, BELOW)

    def explained(self) -> tuple[Mobject, Mobject]:
        """Return what the cells are, above them, and how to read them, below."""
        shown, grid = self.exhibit, self.grid
        boxes = ((grid.top + 0.2, grid.top + 1.0), (grid.bottom - 1.4, grid.bottom - 0.2))
        values = {"count": shown.masks.shape[1], "keep": f"{shown.parameters['keep']:g}"}
        rows, key = (
            self.fitted(
                self.text(f"dropout.scene.mask.{name}", **values), SENTENCE_EM,
                Box(self.whole.left, self.whole.right, low, high),
            )
            for name, (low, high) in zip(("rows", "key"), boxes, strict=True)
        )  # fmt: skip
        return rows, key

    def write_loss(self) -> list[Mobject]:
        """Return the averaged loss, its strength, and what the letters in it mean."""
        return [
            self.fitted(
                self.text(f"dropout.scene.{name}"), em, self.notes[name],
                color=self.theme.ink if em == SENTENCE_EM else self.theme.l2,
            )
            for name, (_, em) in WRITTEN.items()
        ]  # fmt: skip

    # -- what the story is told with ------------------------------------------------------

    def told(self, section: str) -> str:
        """Return the key of a caption."""
        return f"dropout.caption.{section}"

    def titled(self, section: str) -> list[Any]:
        """Return the animations that put a section's heading in place."""
        return self.heading(f"dropout.scene.heading.{section}")

    def kept_step(self) -> int:
        """Return where the lesson's own probability stands on the ridge curve."""
        keep = self.exhibit.parameters["keep"]
        return int(np.flatnonzero(self.exhibit.keeps == keep)[0])

    def make_readouts(self) -> tuple[Readout, Readout]:
        """Return the number of masks and the probability of keeping, each where it is read."""
        exhibit, trackers = self.exhibit, self.trackers
        style = {"lang": self.text.lang, "em": HEADING_EM, "color": self.theme.ink}
        masks = Readout("M =", str(exhibit.counts[-1]), **style)
        masks.add_updater(
            lambda shown: shown.show(str(exhibit.counts[nearest(trackers.count)]))
        )
        digits = exhibit.keep_decimals
        probability = Readout("p =", f"{1.0:.{digits}f}", **style)
        probability.add_updater(
            lambda shown: shown.show(f"{exhibit.keeps[nearest(trackers.keep)]:.{digits}f}")
        )
        first, second = self.alone.readouts
        middle = ((first.left + second.right) / 2, first.center[1], 0.0)
        for readout in (masks, probability):
            readout.move_to(middle)
        return masks, probability

    def drive(self, tracker: ValueTracker, to: float, *, seconds: float) -> None:
        """Run one tracker; everything that follows it moves."""
        self.play(tracker.animate.set_value(to), run_time=seconds, rate_func=linear)


def row_height(row: tuple[str, ...]) -> float:
    """Return the height of a row of what is written."""
    return max(WRITTEN[name][0] for name in row)


def rows(box: Box, layout: tuple[tuple[str, ...], ...]) -> dict[str, Box]:
    """Return a box for each part of what is written, row by row from a box's top."""
    boxes, top = {}, box.top
    for first, *others in layout:
        row = replace(box, top=top, bottom=top - row_height((first, *others)))
        split = box.left + FIRST * box.width if others else box.right
        boxes[first] = replace(row, right=split)
        boxes |= {name: replace(row, left=split) for name in others}
        top = row.bottom
    return boxes
