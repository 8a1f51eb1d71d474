"""A strength and a budget are one problem: the optima, the slope of the loss, what is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.price_and_budget import POWERS, above, claims, picture, story
from regviz.lessons.question import faults, judge
from regviz.lessons.story import questions
from tests.examples import examples

number = st.floats(-5.0, 5.0).map(lambda x: round(x, 2))
curved = st.floats(0.2, 5.0).map(lambda x: round(x, 2))
settings = st.fixed_dictionaries(
    {
        "price": st.floats(0.05, 0.95),
        "rho": st.floats(-0.9, 0.9),
        "curvature": st.tuples(curved, curved),
        "center": st.tuples(number, number).filter(lambda c: max(map(abs, c)) > 0.05),
    }
)
step = st.integers(0, 100)


@given(values=settings, at=step)
def test_each_optimum_solves_both_problems(values, at):
    shown = catalogue.exhibit("price-and-budget", values)
    scale = shown.whole
    for name, side in shown.sides.items():
        w, t = side.optima[at], float(side.budgets[at])
        assert side.penalty.level(w) == pytest.approx(t, abs=1e-12 * scale)
        if t == 0.0:
            continue
        best = rm.constrained_optimum(shown.loss, side.penalty, t)
        np.testing.assert_allclose(best.weights, w, atol=1e-8 * scale)
        np.testing.assert_allclose(
            best.multiplier, shown.strengths[at], atol=1e-7 * shown.strengths[-1]
        )
        assert shown.losses[name][at] == pytest.approx(
            float(above(shown.loss, best.weights)), abs=1e-10 * shown.start
        )


@given(values=settings, at=st.integers(1, 99))
def test_the_strength_is_the_slope_of_the_least_loss(values, at):
    """Between two budgets the loss falls by between both their prices, as differences say."""
    shown = catalogue.exhibit("price-and-budget", values)
    for name, side in shown.sides.items():
        t, loss = side.budgets, shown.losses[name]
        slope = shown.strengths * (1.0 if name == "l1" else 2.0 * t)
        for one, other in ((at - 1, at), (at, at + 1)):
            run = t[one] - t[other]
            if run < 1e-6 * shown.whole:
                continue
            low, high = sorted((slope[one], slope[other]))
            fall, slack = (loss[other] - loss[one]) / run, 1e-9 * shown.start / run
            assert low - slack <= fall <= high + slack
        # So close to one price that no other slope would do.
        near = t[at] * np.array([1.0 - 1e-5, 1.0 + 1e-5])
        if t[at] > 1e-3 * shown.whole and t[at] < 0.99 * t[0]:
            best = rm.constrained_optimum(shown.loss, side.penalty, near).weights
            fall = -np.diff(above(shown.loss, best))[0] / (near[1] - near[0])
            assert fall == pytest.approx(slope[at], rel=1e-3, abs=1e-3 * slope.max())


@given(values=settings, at=step)
def test_levels_touch_their_curve_from_below(values, at):
    """No budget has a smaller sum of loss and cost than the one that the price picks."""
    shown = catalogue.exhibit("price-and-budget", values)
    drawn = picture(shown)
    for name, power in POWERS.items():
        lam, t = shown.strengths[at], shown.sides[name].budgets[at]
        total = shown.losses[name][at] + lam * t**power
        sums = shown.least[name] + lam * shown.budgets**power
        assert sums.min() >= total - 1e-10 * shown.start
        levels = drawn.points(drawn.mark(f"level-{name}"), {"price": at, "lift": 0})
        np.testing.assert_allclose(
            levels[:, 1] + lam * levels[:, 0] ** power, total, atol=1e-10 * (1.0 + lam) * 1e2
        )
        # What is drawn of the loss never rises, and ends at the least.
        assert (np.diff(shown.least[name]) <= 1e-12 * shown.start).all()
        assert shown.least[name][-1] == 0.0


@given(values=settings, at=step)
def test_claims_are_true(values, at):
    shown = catalogue.exhibit("price-and-budget", values)
    said = claims(shown, {"price": at})
    for name, side in shown.sides.items():
        values_said, kind = (
            said[f"curve-{name}"].values,
            said[f"curve-{name}"].key.split(".")[-1],
        )
        assert (kind == "free") == (shown.strengths[at] == 0.0)
        assert (kind == "none") == (side.budgets[at] == 0.0)
        if kind == "half":
            assert abs(values_said["t"] / shown.whole - 0.5) <= 0.05
        factor = 1.0 if name == "l1" else 2.0 * side.budgets[at]
        assert values_said["slope"] == shown.strengths[at] * factor
    # A higher price never buys a larger size.
    assert all((np.diff(s.budgets) <= 1e-12 * shown.whole).all() for s in shown.sides.values())


@examples(6)
@given(values=settings)
def test_questions_are_sound_and_judge_their_own_truth(values):
    shown = catalogue.exhibit("price-and-budget", values)
    drawn = picture(shown)
    stop, grows = questions(story(shown))
    assert [fault for asked in (stop, grows) for fault in faults(asked, drawn)] == []
    assert judge(stop, [shown.sides["l1"].budget]).is_right
    assert not any(judge(stop, wrong.answer.tolist()).is_right for wrong in stop.wrongs)


def test_a_weight_may_grow_with_the_price_where_the_page_says_so():
    drawn = picture(catalogue.exhibit("price-and-budget", {}))
    shown = catalogue.exhibit("price-and-budget", dict(drawn.presets["grows"]))
    sizes = np.abs(shown.sides["l1"].optima)
    assert (np.diff(sizes[:20], axis=0) > 0.0).any()


def test_the_task_can_be_done():
    shown = catalogue.exhibit("price-and-budget", {})
    kinds = [claims(shown, {"price": at})["curve-l1"].key for at in range(len(shown.prices))]
    assert sum(kind.endswith("half") for kind in kinds) >= 3
    assert not kinds[shown.at].endswith("half")
