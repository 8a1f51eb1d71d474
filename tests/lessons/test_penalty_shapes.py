"""What must be true of both penalties, of their pulls, and of what is said about them."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.penalty_shapes import (
    HELD,
    NEAR,
    SUPPORT,
    TUGS,
    TURNS,
    claims,
    picture,
    story,
)

strengths, reaches = st.floats(0.05, 10.0), st.floats(1.0, 5.0)


def shown_at(lam, reach):
    return catalogue.exhibit("penalty-shapes", {"lam": lam, "reach": reach})


@given(strengths, reaches)
@settings(max_examples=40)
def test_the_pull_of_l1_is_constant_and_that_of_l2_grows_with_the_weight(lam, reach):
    shown = shown_at(lam, reach)
    strength = shown.lam["l1"]
    np.testing.assert_allclose(shown.pulls["l1"], strength)
    np.testing.assert_allclose(shown.pulls["l2"], 2.0 * strength * shown.probes)
    upright = shown.slopes["l1"][shown.slopes["l1"][:, 0] == 0.0]
    np.testing.assert_array_equal(upright[:, 1], [-strength, strength])
    slope = shown.slopes["l2"]
    np.testing.assert_allclose(slope[:, 1], 2 * strength * slope[:, 0])
    assert shown.w[len(shown.w) // 2] == 0.0
    np.testing.assert_allclose(shown.values["l1"], strength * np.abs(shown.w))
    np.testing.assert_allclose(shown.values["l2"], strength * shown.w**2)
    assert shown.certificate["slope_error"] == 0.0
    for pulls in shown.pulls.values():
        assert np.all(shown.arrow * pulls < shown.probes)
    assert shown.probes.max() < reach
    for name, penalty in (("l1", rm.L1(strength)), ("l2", rm.L2(strength))):
        for share in (0.25, 1.0):
            at, pull = np.array([share * HELD[name]]), np.array([share * strength])
            assert penalty.subdifferential_distance(at, pull) == pytest.approx(0.0, abs=1e-12)


@given(strengths, reaches, st.integers(0, 200))
@example(1.0, 2.0, 100)
@example(1.0, 2.0, 125)
@settings(max_examples=40)
def test_what_is_said_of_the_pulls_is_true(lam, reach, at):
    shown = shown_at(lam, reach)
    w, strength = shown.slides[at], shown.lam["l1"]
    said = claims(shown, {"w": at})
    pulls = {
        name: float(make(strength).subgradient(np.array([w]))[0])
        for name, make in (("l1", rm.L1), ("l2", rm.L2))
    }
    case = said["case"].key.rsplit(".", 1)[1]
    assert (case == "zero") == (w == 0.0)
    if w != 0.0:
        order = np.sign(abs(pulls["l2"]) - abs(pulls["l1"]))
        assert case == {1.0: "far", 0.0: "equal", -1.0: "near"}[order]
        assert said["now-l1"].values["lam"] == abs(pulls["l1"])
        ratio = said["now-l2"].values["ratio"]
        assert ratio == pytest.approx(abs(pulls["l2"] / pulls["l1"]))
        assert (ratio > 1.0) == (case == "far")
    assert said["now-l2"].values["pull"] == pytest.approx(abs(pulls["l2"]))


@given(strengths, reaches)
@settings(max_examples=20)
def test_what_is_drawn_is_so(lam, reach):
    shown = shown_at(lam, reach)
    drawn = picture(shown)
    strength = shown.lam["l1"]
    for name in ("l1", "l2"):
        # A line under the penalty at 0 never crosses it, and its slope is marked below.
        lines, tilts = drawn.mark(f"support-{name}").points, drawn.mark(f"tilt-{name}").points
        for turn in range(len(TURNS)):
            (x, y), (other, end) = lines[turn]
            slope = (end - y) / (other - x)
            assert other - x == pytest.approx(2.0 * SUPPORT * shown.w[-1])
            assert np.all(slope * shown.w <= shown.values[name] + 1e-12 * strength)
            np.testing.assert_allclose(tilts[turn, 0, 0], [0.0, slope], atol=1e-12 * strength)
        # What answers a loss is a slope that the penalty has where the weight then is.
        penalty = {"l1": rm.L1, "l2": rm.L2}[name](strength)
        for share, (point,) in zip(TUGS, tilts[20], strict=True):
            assert point[1] == pytest.approx(share * strength)
            assert penalty.subdifferential_distance(point[:1], point[1:]) <= 1e-9 * strength
    assert np.all(drawn.mark("zero-l1").points[:, 0, 0] == 0.0)
    assert drawn.mark("zero-l2").points[-1, 0, 0] == 0.5


@given(strengths, reaches)
@settings(max_examples=20)
def test_no_arrow_that_the_story_shows_reaches_across_zero(lam, reach):
    shown = shown_at(lam, reach)
    drawn = picture(shown)
    for section in story(shown).sections:
        if section.name not in ("pull", "sides"):
            continue
        stops = [step.run["w"] for step in section.steps if step.run and step.run["w"] != 100]
        for name in ("l1", "l2"):
            start, end = drawn.mark(f"pull-{name}").points[stops[-1]]
            assert start[0] * end[0] >= -1e-9
            assert abs(start[0]) >= NEAR * shown.probes[0]
