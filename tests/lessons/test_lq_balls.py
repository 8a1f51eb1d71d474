"""Balls of every power: what is shown is true, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.lq_balls import TURNS, ZOOMS, claims, picture, story
from regviz.lessons.story import played
from tests.examples import examples

settings = st.fixed_dictionaries(
    {"q": st.floats(0.5, 16.0) | st.just(1.0), "ratio": st.floats(0.3, 0.9)}
)
places = st.integers(0, 10_000)


def levels(shown, name, points):
    """What the ball's definition makes of points, written out."""
    size = np.abs(points)
    if name == "net":
        ratio = shown.parameters["ratio"]
        return (ratio * size + (1.0 - ratio) * size**2).sum(axis=-1)
    return (size**name).sum(axis=-1)


@examples(5)
@given(values=settings)
def test_balls_and_farthest_points_are_of_level_one(values):
    shown = catalogue.exhibit("lq-balls", values)
    assert shown.certificate["level_error"] < 1e-10
    assert shown.powers[shown.at] == shown.parameters["q"]
    for q, ball, far in zip(shown.powers, shown.balls, shown.far, strict=True):
        np.testing.assert_allclose(levels(shown, q, ball), 1.0, atol=1e-10)
        np.testing.assert_allclose(levels(shown, q, far), 1.0, atol=1e-10)
    np.testing.assert_allclose(levels(shown, "net", shown.net), 1.0, atol=1e-10)
    np.testing.assert_allclose(levels(shown, "net", shown.net_far), 1.0, atol=1e-10)
    # An enlarged tip is the ball's: its own sides, without the corners that close it.
    tip, scales = np.array([1.0, 0.0]), ZOOMS[:, None, None]
    for q, tips in zip(shown.powers[::10], shown.tips[::10], strict=True):
        level = rm.LqBall(q).level(tip + tips[:, 1:-1] / scales)
        np.testing.assert_allclose(level, 1.0, atol=1e-10)
    level = levels(shown, "net", tip + shown.net_tip[:, 1:-1] / scales)
    np.testing.assert_allclose(level, 1.0, atol=1e-10)


@examples(10)
@given(values=settings)
def test_convex_from_one_on_and_singular_up_to_one(values):
    shown = catalogue.exhibit("lq-balls", values)
    np.testing.assert_array_equal(shown.angles < 180.0, shown.powers <= 1.0)
    # The outlines themselves turn left everywhere, or do not.
    for ball, q in zip(shown.balls, shown.powers, strict=True):
        side = np.diff(ball, axis=0)
        turns = side[:-1, 0] * side[1:, 1] - side[:-1, 1] * side[1:, 0]
        assert np.all(turns >= -1e-12) == (q >= 1.0)
    assert 90.0 < shown.net_angle < 180.0


@examples(10)
@given(values=settings, q=places, turn=places)
def test_claims_are_true(values, q, turn):
    shown = catalogue.exhibit("lq-balls", values)
    at = {"q": q % len(shown.powers), "zoom": 0, "turn": turn % len(TURNS)}
    said, power = claims(shown, at), shown.powers[at["q"]]
    kind = said["lq"].key.rsplit(".", 1)[1]
    assert kind == ("needle" if power < 1.0 else "corner" if power == 1.0 else "round")
    middle = said["middle"]
    level = levels(shown, power, np.array([0.5, 0.5]))
    np.testing.assert_allclose(middle.values["level"], level, rtol=1e-14)
    side = middle.key.rsplit(".", 1)[1]
    assert side == ("out" if power < 1.0 else "on" if power == 1.0 else "in")
    # A weight is 0 for all pulls up to q = 1, and for none above it.
    assert (said["far-lq"].key.endswith("zero")) == (shown.far[at["q"], at["turn"], 1] == 0.0)
    smooth = power > 1.0
    assert np.all((shown.far[at["q"]] == 0.0).any(axis=-1)) == (not smooth)
    assert np.any(shown.far[at["q"]] == 0.0) == (not smooth)
    # The elastic net's corner holds the pulls of its normal cone.
    net = rm.ElasticNet(1.0, shown.parameters["ratio"])
    held = rm.in_normal_cone(net, np.array([1.0, 0.0]), shown.pulls)
    np.testing.assert_array_equal(shown.net_far[:, 1] == 0.0, held)


@pytest.mark.parametrize("ratio", [0.3, 0.7, 0.9])
@pytest.mark.parametrize("q", [0.5, 1.0, 1.25, 16.0])
def test_what_is_told_holds_while_it_stands(q, ratio):
    shown = catalogue.exhibit("lq-balls", {"q": q, "ratio": ratio})
    drawn, before = picture(shown), None
    for step, stop in played(story(shown), drawn):
        told = stop.tell.get("")
        if told is not None and told.key == "lq-balls.tell.both":
            start, end = sorted([before.at["turn"], stop.at["turn"]])
            assert start < end or step.hold
            assert np.all(shown.net_far[start : end + 1, 1] == 0.0)
        if told is not None and "claim.middle" in told.key:
            assert told == claims(shown, stop.at)["middle"]
        if told is not None and "claim.pair" in told.key:
            assert stop.at["q"] == shown.at
        before = stop


def test_no_name_stands_on_what_is_filled():
    shown = catalogue.exhibit("lq-balls")
    drawn = picture(shown)
    filled = {mark.panel: mark.name for mark in drawn.marks if mark.role == "region"}
    assert filled == {"balls": "ball", "tip": "ball-tip"}
    seen = set()
    for _, stop in played(story(shown), drawn):
        for panel in stop.panels:
            if filled[panel] in stop.shown:
                seen.add(panel)
                labels = drawn.named(stop, drawn.panel(panel))
                # Those of outlines that move stand only in pictures that do not.
                assert [label.of for label in labels if not label.still] == []
    assert seen == set(filled)
