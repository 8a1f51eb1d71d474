"""A figure inside a page: nothing its policy forbids, its colours by role, its shape kept."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from regviz.figures import draw, inline
from regviz.figures.inline.lines import NEAR, NEAR_FAINT, short_path
from regviz.lessons import catalogue
from regviz.lessons.theme import THEMES
from tests.covering import some_of

FIGURES = [entry.slug for entry in catalogue.entries() if "figure" in entry.media]


def points_of(path):
    """Points along a path of relative lines and cubics, many for each cubic."""
    found, at, begun = [], np.zeros(2), np.zeros(2)
    for command, given in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", given)]
        if command in "Mm":
            at = begun = np.array(numbers) + (at if command == "m" else 0.0)
            found.append(at)
        elif command == "z":
            found.append(begun)
        elif command in "hv":
            at = at + (np.array([numbers[0], 0]) if command == "h" else [0, numbers[0]])
            found.append(at)
        elif command == "l":
            for step in np.reshape(numbers, (-1, 2)):
                at = at + step
                found.append(at)
        else:
            p0, (p1, p2, p3) = at, at + np.reshape(numbers, (3, 2))
            t = np.linspace(0.0, 1.0, 40)[1:, None]
            cubic = (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1
            found += list(cubic + 3 * (1 - t) * t**2 * p2 + t**3 * p3)
            at = p3
    return np.array(found)


def written(points):
    return " ".join(f"{'ML'[index > 0]} {x} {y}" for index, (x, y) in enumerate(points))


def far(points, others):
    """The largest distance from one of the points to the broken line of the others."""
    a, b = others[:-1], others[1:]
    along = b - a
    size = np.maximum((along**2).sum(axis=1), 1e-12)
    t = (((points[:, None] - a) * along).sum(axis=2) / size).clip(0.0, 1.0)
    return np.hypot(*np.moveaxis(points[:, None] - a - t[..., None] * along, 2, 0)).min(1).max()


@pytest.mark.parametrize(("wide", "high"), [(200.0, 120.0), (40.0, 4.0)])
def test_arcs_keep_to_the_curve_they_replace(wide, high):
    angle = np.linspace(0.0, 2.0 * np.pi, 361)
    curve = np.column_stack([300 + wide * np.cos(angle), 200 + high * np.sin(angle)])
    path = short_path(written(curve), None, NEAR)
    assert len(path) < 0.1 * len(written(curve))
    assert far(curve, points_of(path)) < NEAR + 0.1
    assert far(points_of(path), curve) < NEAR + 0.1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("near", [NEAR, NEAR_FAINT])
def test_no_arc_leaves_a_line_of_few_or_wild_vertices(seed, near):
    rng = np.random.default_rng(seed)
    for many in (3, 4, 5, 8, 40):
        steps = rng.uniform([1.0, -30.0], [40.0, 30.0], (many, 2))
        line = np.array([300.0, 200.0]) + np.cumsum(steps, axis=0)
        drawn = points_of(short_path(written(line), None, near))
        assert max(far(line, drawn), far(drawn, line)) < near + 0.8


def test_a_marker_is_as_round_when_it_is_faint():
    angle = np.linspace(0.0, 2.0 * np.pi, 49)
    circle = 6.5 * np.column_stack([np.cos(angle), np.sin(angle)])
    drawn = points_of(short_path(written(circle) + " z", None, NEAR_FAINT))
    assert np.hypot(*drawn.T).min() > 6.2
    assert np.hypot(*drawn.T).max() < 6.8


def test_corners_stay():
    diamond = np.array([[0, 50], [30.04, 80], [60, 50], [30, 20], [0, 50]], dtype=float)
    edges = [np.linspace(a, b, 20)[:-1] for a, b in pairwise(diamond)]
    path = short_path(written(np.vstack([*edges, diamond[:1]])), None, NEAR)
    assert far(diamond, points_of(path)) < 0.08
    assert len(points_of(path)) == 5


def test_what_is_outside_its_window_is_left_out():
    line = np.column_stack([np.arange(0.0, 1000.0), np.full(1000, 5.0)])
    path = short_path(written(line), (100.0, 0.0, 200.0, 10.0), NEAR)
    assert points_of(path)[:, 0].min() > 90
    assert points_of(path)[:, 0].max() < 210


@some_of("slug", FIGURES, each=6)()
def test_a_still_has_only_what_a_page_allows(slug):
    still = inline.encode(draw(slug), THEMES["light"])
    root = ElementTree.fromstring(still)
    known = {"svg", "g", "defs", "path", "circle", "use", "text", "tspan", "rect", "clipPath"}
    assert {element.tag for element in root.iter()} <= known
    names = {element.get("id") for element in root.iter()}
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.get("href", "#")[0] == "#"
        assert element.get("href", "#")[1:] in names | {""}
    assert root.attrib["aria-label"]
    assert "\\" not in root.attrib["aria-label"]
    # What is not of the theme would stay light on a dark page.
    assert re.findall(r"#[0-9a-f]{6}", still) == []


@some_of("slug", FIGURES)()
def test_the_same_still_comes_out_each_time(slug):
    one, other = (inline.encode(draw(slug), THEMES["light"]) for _ in range(2))
    assert one == other
