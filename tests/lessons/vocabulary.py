"""A picture that uses every kind of panel and mark, to try the renderers with."""

import numpy as np

from regviz.lessons.picture import Label, Mark, Panel, Picture, Said, numbered
from regviz.lessons.story import Section, Step, Story

LONG = "a very long name of a feature, longer than its panel is wide"


def _panel(name, kind, limits, ticks, level="axis.convex.x", gap=None):
    return Panel(
        name=name,
        kind=kind,
        limits=np.array(limits, dtype=float),
        axes=(Said(f"thresholds.{level}"), Said("thresholds.axis.convex.y")),
        ticks=ticks,
        cross=(0.0, 0.0),
        title=Said("thresholds.title.convex"),
        heading=Said("thresholds.heading.convex"),
        summary=Said("thresholds.summary.convex"),
        foot=Said("thresholds.name.free"),
        gap=gap,
    )


def _rings():
    turn = np.linspace(0.0, 2.0 * np.pi, 80)
    ring = np.column_stack([np.cos(turn), 0.6 * np.sin(turn)])
    gap = np.full((1, 2), np.nan)
    return np.concatenate([np.vstack([1.0 + size * ring, gap]) for size in range(1, 7)])


NAMES = dict(enumerate(["bmi", "혈압", "s3", "s5", LONG]))
SQUARE = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
PANELS = (
    _panel("plane", "plane", [-2, 3, -2, 3], (numbered(-1, 2), numbered(-1, 2))),
    _panel("bars", "bars", [-1, 2, -0.6, 4.6], (numbered(-1, 0, 1, 2), NAMES), "title.free"),
    _panel(
        "chart",
        "chart",
        [0, 10, 0, 1],
        ({0: "$0$", 5: "$10^{-2}$", 10: "$1$"}, numbered(0, 0.5, 1)),
        "title.free",
        gap=0.8,
    ),
    _panel("line", "line", [0, 2, -1, 1], (numbered(0, 1, 2), {})),
)
BARS = np.array([[1.8, 0], [-0.5, 1], [1.2, 2], [np.nan, np.nan], [0.3, 4]])
CLOUD = np.random.default_rng(0).normal(size=(300, 2)) * 0.3
BAND = np.array([[0, 0.2], [5, 0.3], [10, 0.6], [10, 0.8], [5, 0.5], [0, 0.4]])
MARKS = (
    Mark("rings", "plane", "line", "loss", _rings(), weight="fine"),
    Mark("region", "plane", "area", "region", SQUARE),
    Mark("edge", "plane", "area", "l1", SQUARE, look="hollow"),
    Mark("pull", "plane", "arrow", "ink", np.array([[0.0, 1.0], [1.0, 2.0]])),
    Mark("cloud", "plane", "point", "l2", CLOUD, weight="fine", look="faint"),
    Mark("optimum", "plane", "point", "l1", np.array([[0.0, 1.0]])),
    Mark("weights", "bars", "bar", "l1", BARS),
    Mark("tips", "bars", "point", "l1", BARS),
    Mark("zero", "bars", "point", "l1", np.array([[0.0, 3.0]]), look="hollow"),
    Mark("spread", "chart", "band", "l2", BAND),
    Mark("mean", "chart", "line", "l2", np.array([[0, 0.3], [5, 0.4], [10, 0.7]])),
    Mark("old", "chart", "line", "l1", np.array([[0, 0.9], [10, 0.1]]), look="faint"),
    Mark("upright", "chart", "bar", "net", np.array([[1, 0.2], [2, 0.5], [3, 0.7]])),
    Mark("cells", "chart", "cells", "muted", np.array([[7, 0.1], [8, 0.1], [9, 0.1]])),
    Mark("start", "line", "point", "ink", np.array([[1.5, 0.0]])),
    Mark("pulls", "line", "arrow", "l1",
         np.array([[1.5, 0.3], [1.0, 0.3], [1.0, 0.3], [0.7, 0.3]])),
)  # fmt: skip
LABELS = (
    Label("optimum", Said("thresholds.name.l1")),
    Label("mean", Said("thresholds.name.l2"), (1.0, 0.9)),
    Label("old", Said("thresholds.name.free"), (0.5, 0.6, 0.4)),
    Label("start", Said("thresholds.name.net")),
    Label("pulls", Said("thresholds.name.scad")),
)


def seen(*names):
    """Return a picture of these panels, and a story that shows all of it at once."""
    marks = tuple(mark for mark in MARKS if mark.panel in names)
    shown = tuple(mark.name for mark in marks)
    picture = Picture(
        panels=tuple(panel for panel in PANELS if panel.name in names),
        marks=marks,
        labels=tuple(label for label in LABELS if label.of in shown),
    )
    return picture, Story((Section("all", (Step(show=shown),)),))
