"""Type can be read: large enough, in its language, on top of nothing, whatever is drawn."""

from itertools import combinations

import pytest
from matplotlib.text import Text

from figures.canvas import SHAPES
from figures.wrapping import words
from lessons.text import LANGUAGES, load
from lessons.theme import THEMES
from tests.figures.drawings import drawn

#: diverse: every quadrant, every kind of optimum, tiny and large planes, flat valleys, data
PARAMETERS = (
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
)
ASPECTS = tuple(SHAPES)
#: each set of parameters on two pages, so that all pages and languages have their turn
PAGES = [
    (parameters, LANGUAGES[(index + turn) % 2], ASPECTS[(2 * index + turn) % len(ASPECTS)])
    for index, parameters in enumerate(PARAMETERS)
    for turn in range(2)
]


def labels(figure):
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def named(page):
    parameters, lang, aspect = page
    return "-".join([lang, aspect, *(f"{key}={value}" for key, value in parameters.items())])


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_type_stands_on_the_page_and_not_on_type_or_marks(page):
    parameters, lang, aspect = page
    figure = drawn(lang=lang, aspect=aspect, **parameters)
    boxes = {label: label.get_window_extent() for label in labels(figure)}
    for label, box in boxes.items():
        assert (box.min >= figure.bbox.min).all(), label
        assert (box.max <= figure.bbox.max).all(), label
    for (first, box), (second, other) in combinations(boxes.items(), 2):
        assert not box.overlaps(other), (first, second)
    for axes in figure.axes:
        for line in axes.lines:
            if str(line.get_gid()).startswith(("optimum", "unregularized", "start")):
                at = axes.transData.transform(line.get_xydata())[0]
                on = [label for label, box in boxes.items() if box.contains(*at)]
                assert not on, (line.get_gid(), on)


@pytest.mark.parametrize(
    ("aspect", "smallest"), [("16:9", 14), ("4:3", 14), ("9:16", 14), ("1:1", 10), ("paper", 7)]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_type_is_large_enough(aspect, smallest, lang):
    for label in labels(drawn(lang=lang, aspect=aspect)):
        assert label.get_fontsize() >= smallest, label


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_matters_is_labelled(lang):
    said = {label.get_text() for label in labels(drawn(lang=lang))}
    text = load(lang)
    for key in ("start", "pull", "optimum.l1", "optimum.l2", "cone.1", "cone.2", "level"):
        assert text(f"corner.figure.{key}") in said


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(color):
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
def test_type_contrasts_with_the_page(theme):
    figure = drawn(theme=theme)
    ground = luminance(THEMES[theme].background)
    for label in labels(figure):
        ink = luminance(label.get_color())
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, label


def test_lines_are_not_broken_inside_mathematics():
    assert words("a $b + c$, d") == ["a", "$b + c$,", "d"]
