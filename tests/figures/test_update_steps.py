"""The update steps as data: arrows, paths, the band and the landing are the exhibit's."""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from regviz import figures
from regviz.figures.canvas import SHAPES
from regviz.lessons.catalogue import exhibit
from regviz.lessons.text import LANGUAGES
from tests.figures.test_layout import labels

#: L1 lands, stops short, is too slow or absent; from either side; arrows drawn longer; 0 first
PARAMETERS = (
    {},
    {"lam": 0.2},
    {"lam": 0.0},
    {"n_steps": 6},
    {"start": -3.0, "center": -0.5},
    {"start": 0.0},
    {"center": 0.0, "lam": 2.0},
    {"step_size": 0.01, "n_steps": 400},
    {"lam": 0.001, "step_size": 0.4, "curvature": 2.0, "start": 5.0, "center": -3.0},
)
#: two pages for each set of parameters, so that all pages and languages have their turn
PAGES = [
    (parameters, LANGUAGES[(index + turn) % 2], tuple(SHAPES)[(2 * index + turn) % len(SHAPES)])
    for index, parameters in enumerate(PARAMETERS)
    for turn in range(2)
]


@cache
def computed(**parameters):
    return exhibit("update-steps", parameters)


@cache
def drawn(lang="en", theme="light", aspect="16:9", **parameters):
    return figures.draw_exhibit(computed(**parameters), lang=lang, theme=theme, aspect=aspect)


def parts(figure):
    return {artist.get_gid(): artist for artist in figure.findobj() if artist.get_gid()}


@pytest.mark.parametrize("name", ["sign", "proximal", "l2"])
def test_paths_are_the_iterates(name):
    found, track = parts(drawn()), getattr(computed(), name)
    steps = np.arange(len(track.weights))
    drawn_path = np.column_stack([steps, track.weights])
    np.testing.assert_array_equal(found[f"path-{name}"].get_xydata(), drawn_path)
    if name != "l2":
        np.testing.assert_array_equal(found[f"near-{name}"].get_xydata(), drawn_path)
    np.testing.assert_array_equal(found[f"plane-path-{name}"].get_xydata(), track.plane)


@pytest.mark.parametrize("parameters", [{}, {"lam": 0.2}, {"start": -3.0, "center": -0.5}])
def test_arrows_start_at_the_weights_and_are_as_long_as_the_pulls(parameters):
    shown, found = computed(**parameters), parts(drawn(**parameters))
    for name, track in (("l1", shown.sign), ("l2", shown.l2)):
        assert len(shown.probes[name]) > 3
        for step in shown.probes[name]:
            for gid, pull in (
                (f"pull-{name}-{step}", track.penalty_pull[step]),
                (f"pull-loss-{name}-{step}", track.loss_pull[step]),
            ):
                vertices = found[gid].get_xy()
                assert vertices[0, 0] == vertices[1, 0] == track.weights[step]
                tip = track.weights[step] + shown.stretch * pull
                assert vertices[4, 0] == pytest.approx(tip, abs=1e-15)
                # Nothing of an arrow reaches beyond its tail and its tip.
                low, high = sorted((track.weights[step], tip))
                assert vertices[:, 0].min() >= low - 1e-15
                assert vertices[:, 0].max() <= high + 1e-15


def test_the_band_is_drawn_where_it_is_predicted_and_the_landing_on_zero():
    shown, found = computed(), parts(drawn())
    assert np.unique(found["band"].get_xy()[:, 1]).tolist() == list(shown.band)
    eta, lam = shown.parameters["step_size"], shown.lam["l1"]
    edges = (-eta * (lam - shown.slope), eta * (lam + shown.slope))
    assert shown.band == pytest.approx(edges, abs=1e-15)
    assert found["landing"].get_xydata().tolist() == [[shown.landing, 0.0]]
    left, right = found["chart-near"].get_xlim()
    assert left < shown.landing < right
    bottom, top = found["chart-near"].get_ylim()
    assert bottom < shown.band[0] < shown.band[1] < top


@pytest.mark.parametrize(("center", "edges"), [(0.5, "-+"), (-0.5, "+-")])
def test_the_longer_end_of_the_band_is_named_so(center, edges):
    said = {label.get_text() for label in labels(drawn(center=center, start=3.0 * center))}
    low, high = edges
    assert {rf"$-\eta(\lambda {low} g)$", rf"$\eta(\lambda {high} g)$"} <= said


@pytest.mark.parametrize("parameters", [{"lam": 0.2}, {"lam": 0.0}, {"n_steps": 6}])
def test_there_is_no_look_at_zero_where_nothing_lands(parameters):
    assert computed(**parameters).close is None
    assert not {"band", "landing", "chart-near"} & set(parts(drawn(**parameters)))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "L1 reaches 0 in step 11. L2 only decays, to 0.15. L1 sign step"),
        (
            {"lam": 0.2},
            r"L1 tends to 0.10, since $\lambda \leq |L'(0)| = 0.25$. L2 only decays",
        ),
        ({"lam": 0.0}, "only the loss pulls. Both tend to 0.50"),
        ({"n_steps": 6}, "L1 is not at 0 after 6 steps"),
        ({"start": 0.0}, "L1 starts at 0. L2 tends to 0.15, not to 0"),
        ({"center": 0.0, "lam": 2.0}, "L2 only decays, never to 0"),
        ({"center": -0.5}, "L2 tends to $-0.15$, not to 0"),
    ],
)
def test_sentences_are_true_of_the_iterates(parameters, said):
    assert said in drawn(**parameters).description


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_type_stands_on_the_page_and_not_on_type(page):
    parameters, lang, aspect = page
    figure = drawn(lang=lang, aspect=aspect, **parameters)
    boxes = {label: label.get_window_extent() for label in labels(figure)}
    for label, box in boxes.items():
        assert (box.min >= figure.bbox.min).all(), label
        assert (box.max <= figure.bbox.max).all(), label
    for (first, box), (second, other) in combinations(boxes.items(), 2):
        assert not box.overlaps(other), (first, second)


@pytest.mark.parametrize(
    ("aspect", "smallest"),
    [("16:9", 14), ("4:3", 14), ("9:16", 14), ("1:1", 10), ("paper", 6.5)],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_type_is_large_enough(aspect, smallest, lang):
    for parameters in ({}, {"lam": 0.2}):
        for label in labels(drawn(lang=lang, aspect=aspect, **parameters)):
            assert label.get_fontsize() >= smallest, label
