"""Type can be read: large enough, in its language, on top of nothing, whatever is drawn."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text

from regviz.figures.canvas import SHAPES
from regviz.figures.wrapping import typed, words
from regviz.lessons.text import LANGUAGES
from regviz.lessons.theme import THEMES
from tests.figures.drawings import LESSONS, drawn

ONE_WEIGHT = (
    {},
    {"center": -0.7, "curvature": 1.3, "lam": 0.4},
    {"center": 3.0, "curvature": 10.0, "lam": 60.0},
    {"center": 0.01, "lam": 0.0},
    {"center": -3.0, "curvature": 0.1, "lam": 100.0},
)
#: by lesson, diverse; a lesson that is not here is drawn with its defaults
VARIANTS = {
    # every quadrant, every kind of optimum, tiny and large planes, flat valleys, data
    "corner": (
        {},
        {"rho": -0.9},
        {"rho": 0.9, "curvature": (4.0, 0.5)},
        {"center": (-2.0, 0.7), "rho": -0.3},
        {"center": (-1.5, -1.2), "rho": 0.6, "curvature": (3.0, 1.0)},
        {"center": (4.5, -0.4)},
        {"center": (0.02, 0.05)},
        {"center": (0.0, 2.0), "rho": 0.0},
        {"lam": 0.0},
        {"lam": 1000.0},
        {"budget": 2.0},
        {"budget": 50.0, "center": (0.3, 0.2)},
        {"start": (-9.0, 8.0), "method": "ista"},
        {"data": "diabetes"},
        {"data": "diabetes", "features": ("bp", "s5"), "lam": 0.1},
    ),
    # both sides of 0, tiny and large, weak and strong, before and after the lowest point is 0
    "l1-loss": ONE_WEIGHT,
    "l2-loss": ONE_WEIGHT,
    # wild and calm, no noise, few points, weak and strong, a lasso with exact zeros
    "overfitting": (
        {},
        {"penalty": "l1"},
        {"penalty": "l1", "lam": 10.0, "seed": 3},
        {"degree": 12, "n_points": 13, "noise": 1.0, "seed": 5},
        {"degree": 1, "n_points": 4, "noise": 0.0, "lam": 0.0},
        {"degree": 9, "noise": 0.0, "lam": 1e-9},
        {"degree": 3, "n_points": 60, "seed": 8},
    ),
    "bias-variance": (
        {},
        {"features": ("s5",), "lam": 0.0},
        {"features": ("age",), "degree": 12, "n_samples": 14, "seed": 5},
        {"features": ("bp",), "degree": 3, "n_samples": 90, "lam": 10.0},
    ),
    # nothing dropped, nearly all dropped, far beyond the last
    "feature-selection": ({}, {"lam": 0.0001}, {"lam": 0.3}, {"lam": 100.0}),
    # strong and weak, few masks, optima near an axis and in other quadrants
    "dropout": (
        {},
        {"keep": 0.1},
        {"keep": 0.95, "n_masks": 10},
        {"features": ("bp", "s5"), "n_masks": 100},
        {"features": ("sex", "s3"), "n_masks": 100},
    ),
    "penalty-shapes": ({}, {"lam": 0.05, "reach": 5.0}, {"lam": 10.0, "reach": 1.0}),
}
ASPECTS = tuple(SHAPES)
#: type by shape, in points
SMALLEST = {"16:9": 14, "4:3": 14, "9:16": 14, "1:1": 10, "paper": 7}
#: what overlaps by less only touches, in pixels
TOUCH = 0.5
#: what names of points begin with
MARKS = ("optimum", "unregularized", "start", "minimizer", "zoom-min", "arrival", "least")


def pages():
    """Yield each set of parameters on two pages; pages and languages all have their turn."""
    for lesson in LESSONS:
        for index, parameters in enumerate(VARIANTS.get(lesson, ({}, {}, {}))):
            for turn in range(2):
                aspect = ASPECTS[(2 * index + turn) % len(ASPECTS)]
                yield lesson, parameters, LANGUAGES[(index + turn) % 2], aspect


def labels(figure):
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def named(page):
    lesson, parameters, lang, aspect = page
    return "-".join(
        [lesson, lang, aspect, *(f"{key}={value}" for key, value in parameters.items())]
    )


@pytest.mark.long
@pytest.mark.parametrize("page", list(pages()), ids=named)
def test_type_stands_on_the_page_and_not_on_type_or_marks(page):
    lesson, parameters, lang, aspect = page
    figure = drawn(lesson, lang=lang, aspect=aspect, **parameters)
    can_be_read(figure, SMALLEST[aspect])


def luminance(color):
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def can_be_read(figure, smallest, theme="light"):
    """Check that type is large and dark enough, on the page, on neither type nor markers."""
    boxes = {label: label.get_window_extent() for label in labels(figure)}
    ground = luminance(THEMES[theme].background)
    for label, box in boxes.items():
        assert label.get_fontsize() >= smallest, label
        ink = luminance(label.get_color())
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, label
        assert (box.min >= figure.bbox.min - TOUCH).all(), label
        assert (box.max <= figure.bbox.max + TOUCH).all(), label
    for (first, box), (second, other) in combinations(boxes.items(), 2):
        across = np.minimum(box.max, other.max) - np.maximum(box.min, other.min)
        assert across.min() < TOUCH, (first, second)
    for axes in figure.axes:
        for line in axes.lines:
            if str(line.get_gid()).startswith(MARKS):
                at = axes.transData.transform(line.get_xydata())[0]
                on = [label for label, box in boxes.items() if box.contains(*at)]
                assert not on, (line.get_gid(), on)


def test_lines_are_not_broken_inside_mathematics():
    assert words("a $b + c$, d") == ["a", "$b + c$,", "d"]


def test_a_prime_is_set_at_its_own_size():
    assert typed("$|L'(0)|$ doesn't") == "$|L′(0)|$ doesn't"
    assert typed(r"$w \approx -2 - 3$") == r"$w \approx {-}2 - 3$"
