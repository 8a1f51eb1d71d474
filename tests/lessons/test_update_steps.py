"""What must be true of the update rules, and of what is said of them."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.story import questions
from regviz.lessons.update_steps import Parameters, claims, picture, story
from regviz.lessons.update_steps import exhibit as update_steps


@st.composite
def steps(draw):
    curvature, lam = draw(st.floats(0.05, 2.0)), draw(st.floats(0.0, 10.0))
    step_size = draw(st.floats(0.001, 0.5))
    assume(step_size * (curvature + 2.0 * lam) < 0.99)
    start, center = draw(st.floats(-5.0, 5.0)), draw(st.floats(-3.0, 3.0))
    assume(center == 0.0 or abs(center) > 1e-3)
    assume(start != 0.0 or center != 0.0)
    return Parameters(
        lam=lam,
        step_size=step_size,
        start=start,
        curvature=curvature,
        center=center,
        n_steps=400,
        rho=draw(st.floats(-0.9, 0.9)),
    )


@given(steps())
@example(Parameters())
def test_the_iterates_are_those_of_the_formulas(chosen):
    shown = update_steps(chosen)
    lam, eta = shown.lam["l1"], chosen.step_size
    sign = l2 = chosen.start
    for step in range(chosen.n_steps):
        assert shown.weights["sign"][step] == pytest.approx(sign, abs=1e-9)
        assert shown.weights["l2"][step] == pytest.approx(l2, abs=1e-9)
        here = shown.weights["sign"][step]
        sign = here - eta * chosen.curvature * (here - chosen.center)
        sign -= eta * lam * np.sign(here)
        l2 -= eta * chosen.curvature * (l2 - chosen.center) + 2.0 * eta * lam * l2
    assert shown.certificate["kkt_residual"] <= 1e-10


@given(steps())
@example(Parameters())
def test_the_sign_step_ends_in_its_band_and_the_proximal_step_on_zero(chosen):
    shown = update_steps(chosen)
    if shown.band is None:
        assert shown.landing is None
        return
    low, high = shown.band
    sign, pulls = shown.weights["sign"], shown.pulls["sign"]
    inside = (sign >= low - 1e-12) & (sign <= high + 1e-12)
    if inside.any():
        assert inside[int(np.argmax(inside)) :].all()
    if shown.landing is not None:
        assert np.all(shown.weights["proximal"][shown.landing :] == 0.0)
    pulled = (sign + pulls.sum(axis=1))[:-1]
    np.testing.assert_allclose(pulled, sign[1:], atol=1e-12)


def test_by_default_the_sign_step_chatters_and_the_proximal_step_lands():
    shown = exhibit("update-steps")
    low, high = shown.band
    tail = shown.weights["sign"][-10:]
    assert np.all((tail >= low) & (tail <= high))
    assert np.ptp(tail) > 0.5 * (high - low)
    assert shown.landing < shown.parameters["n_steps"]
    assert not np.any(shown.weights["l2"] == 0.0)


def test_a_step_that_overshoots_is_refused():
    with pytest.raises(BadInput, match=r"step_size = 0\.5 overshoots"):
        exhibit("update-steps", {"step_size": 0.5, "lam": 5.0})


def test_nothing_to_move_is_refused():
    with pytest.raises(BadInput, match="leave nothing to move"):
        exhibit("update-steps", {"start": 0.0, "center": 0.0})


@given(steps())
@example(Parameters())
@example(Parameters(start=-3.0, center=-0.5))
@example(Parameters(start=0.375, center=0.0, step_size=0.25, curvature=1.0, lam=1.125))
def test_claims_are_true_of_the_iterates(chosen):
    shown = update_steps(chosen)
    last = chosen.n_steps
    for step in (0, 1, last // 2, last):
        said = claims(shown, {"step": step, "closer": 0})
        w = {rule: weights[step] for rule, weights in shown.weights.items()}
        assert said["l2"].key.endswith("zero") == (w["l2"] == 0.0)
        assert said["proximal"].key.endswith(("zero", "lands")) == (w["proximal"] == 0.0)
        if said["sign"].key.endswith("band"):
            low, high = shown.band
            later = shown.weights["sign"][step:]
            assert np.all((later >= low - 1e-12) & (later <= high + 1e-12))
    slope = chosen.curvature * abs(chosen.center)
    assert said["held"].key.endswith("holds") == (shown.lam["l1"] > slope)
    if said["path-l1"].key.endswith("crosses"):
        before, after = shown.weights["sign"][shown.landing - 1 : shown.landing + 1]
        assert before * after < 0.0
    if said["path-l2"].key.endswith(("decays", "tends")):
        limit = shown.points["optimum-l2"][0]
        loss = chosen.step_size * chosen.curvature * abs(limit - chosen.center)
        assert number(said["path-l2"].values["pull"]) == pytest.approx(loss, rel=0.06)


def number(written):
    """The number that `significant` wrote."""
    mantissa, _, power = written.partition(r" \times 10^")
    return float(mantissa) * 10.0 ** float(power.strip("{}") or 0)


@given(steps())
@example(Parameters())
def test_the_walk_turns_only_where_the_loss_pulls_away_from_zero(chosen):
    shown = update_steps(chosen)
    told = story(shown).sections[1]
    turned = [step for step in told.steps if step.say and step.say.key.endswith("turn")]
    side, far = np.sign(chosen.center), abs(chosen.center)
    for step in turned:
        before = told.steps[told.steps.index(step) - 1].run["step"]
        for rule in ("proximal", "l2"):
            w = side * shown.weights[rule][before : step.run["step"] + 1]
            assert np.all(w[w > 0.0] < far)


def test_by_default_one_of_two_weights_is_zero_under_l1_and_none_under_l2():
    shown = exhibit("update-steps")
    assert shown.ways["proximal"][-1, 0] == 0.0
    assert np.all(shown.ways["l2"][-1] != 0.0)
    h = shown.parameters["curvature"] * np.array([[1.0, 0.5], [0.5, 1.0]])
    plane = rm.Quadratic(h, np.array(shown.parameters["plane_center"]))
    for rule, penalty in (("proximal", rm.L1(0.6)), ("l2", rm.L2(0.6))):
        best = rm.penalized_optimum(plane, penalty)
        np.testing.assert_allclose(shown.ways[rule][-1], best, atol=0.06)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({}, "first"),
        ({"plane_center": (2.0, 0.2)}, "second"),
        ({"plane_center": (2.0, 2.0)}, None),
        ({"lam": 0.0, "plane_center": (0.0, 2.0)}, None),
    ],
)
def test_it_asks_on_which_axis_l1_ends_where_a_penalty_takes_it_to_one(values, right):
    ends = [asked for asked in questions(story(exhibit("update-steps", values)))
            if asked.name == "ends"]  # fmt: skip
    told = [asked.options[asked.right].said.key.rpartition(".")[2] for asked in ends]
    assert told == ([right] if right else [])


def test_arrows_together_are_the_step():
    shown = exhibit("update-steps")
    drawn, n_steps = picture(shown), shown.parameters["n_steps"]
    for step in range(n_steps):
        at = {"step": step, "closer": 0}
        for name, rule in (("l1", "proximal"), ("l2", "l2")):
            loss = drawn.points(drawn.mark(f"loss-pulls-{name}"), at)
            own = drawn.points(drawn.mark(f"{name}-pulls"), at)
            weights = shown.weights[rule]
            assert loss[0, 0] == weights[step]
            assert own[0, 0] == loss[1, 0]
            assert own[1, 0] == pytest.approx(weights[step + 1], abs=1e-12)
