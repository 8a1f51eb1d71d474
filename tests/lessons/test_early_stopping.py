"""Descent that is stopped early, and ridge beside it: alike, and never the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.early_stopping import NEARLY, SAME, claims, picture, story
from regviz.lessons.question import judge
from regviz.lessons.story import played, questions
from tests.examples import examples

settings = st.fixed_dictionaries(
    {
        "step_size": st.floats(0.05, 0.5),
        "features": st.sampled_from([("s1", "s2"), ("s3", "s4"), ("bmi", "s6")]),
    }
)


@examples(4)
@given(settings)
def test_descent_is_descent_and_ridge_is_ridge(values):
    shown = catalogue.exhibit("early-stopping", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    loss = shown.pair.loss
    walk = rm.record(rm.gradient_descent(loss, np.zeros(2), shown.number("step_size")), 200)
    some = shown.steps <= 200
    drawn = picture(shown)
    stopped, now = (drawn.mark(name).points for name in ("stopped", "optimum-l2"))
    np.testing.assert_allclose(
        stopped[some, 0], walk[shown.steps[some].astype(int)], atol=1e-12
    )
    np.testing.assert_allclose(shown.pair.weights(shown.found)[:, None], stopped)
    for factor, step in ((0, 0), (SAME, shown.at), (-1, -1)):
        penalty = rm.L2(float(shown.lams[factor, step]))
        assert rm.kkt_residual(loss, penalty, now[factor, step, 0]) < 1e-10
    np.testing.assert_allclose(
        shown.lams[SAME] * 2.0 * shown.number("step_size") * shown.steps, 1.0
    )


@examples(4)
@given(settings)
def test_they_are_never_the_same(values):
    shown = catalogue.exhibit("early-stopping", values)
    wide, narrow = shown.pair.variances
    left = (1.0 - shown.number("step_size") * shown.pair.variances) ** shown.steps[:, None]
    seen = left[:, 1] > 1e-6
    # What is found, beside what is left: in ridge's the two directions keep one ratio.
    here = left[left[:, 0] > 1e-100]
    odds = (1.0 - here) / here
    assert (odds[:, 0] / odds[:, 1] > wide / narrow * (1.0 + 1e-9)).all()
    kept = shown.kept / (1.0 - shown.kept)
    np.testing.assert_allclose(kept[..., 0] / kept[..., 1], wide / narrow, rtol=1e-6)
    # So of all ridge optima none is where descent is, and the nearest is found.
    assert (shown.nearest[seen] > 0.0).all()
    lams = np.geomspace(1e-6, 1e6, 801)[:, None, None]
    error = (rm.ridge_filter(shown.pair.variances, lams) - shown.found) * shown.pair.along
    tried = np.linalg.norm(error, axis=-1) / np.linalg.norm(shown.pair.along)
    assert (shown.nearest <= tried.min(axis=0) + 1e-9).all()
    np.testing.assert_allclose(shown.nearest, tried.min(axis=0), atol=3e-3)
    assert (shown.nearest <= shown.away + 1e-9).all()


def test_at_one_over_2_eta_t_descent_has_found_more_and_not_much_more():
    shown = catalogue.exhibit("early-stopping", {"step_size": 0.05})
    more = shown.found - shown.kept[SAME]
    assert (more >= 0.0).all()
    # The largest of `1 - exp(-x) - x / (1 + x)` is 0.2036; longer steps make more of it.
    assert 0.19 < more.max() < 0.22


def test_what_is_told_is_true_and_the_task_is_not_done():
    shown = catalogue.exhibit("early-stopping")
    most = shown.nearest.max()
    assert shown.nearest[shown.at] == most
    for step, least in enumerate(shown.nearest):
        said = claims(shown, {"factor": SAME, "step": step})["away"]
        assert said.key.endswith("most") == (least >= NEARLY * most)
    for step, stop in played(story(shown), picture(shown)):
        if step.task is not None:
            assert not step.task.is_done(claims(shown, stop.at), {})
            assert step.task.is_done(claims(shown, {**stop.at, "step": shown.at}), {})


@pytest.mark.parametrize("eta", [0.05, 0.1, 0.5])
def test_half_is_found_after_so_many_steps(eta):
    shown = catalogue.exhibit("early-stopping", {"step_size": eta})
    half = next(asked for asked in questions(story(shown)) if asked.name == "half")
    found = rm.descent_filter(shown.pair.narrow, eta, half.truth[0])
    assert found == pytest.approx(0.5, abs=0.03)
    assert judge(half, half.truth.tolist()).is_right
    assert len(half.wrongs) >= 2
