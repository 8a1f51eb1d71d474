"""That modes are ridge's and the lasso's weights, and that the Laplace mean is not sparse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.picture import nearest
from regviz.lessons.priors import FAR, LOSS, SHARES, W, claims, picture, story
from regviz.lessons.question import judge
from regviz.lessons.story import questions
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {
        "lam": st.floats(0.3, 1.2),
        "center": st.floats(-2.0, 2.0),
        "spread": st.floats(0.02, 1.0),
    }
)


@examples(5)
@given(SETTINGS)
def test_modes_are_ridge_and_lasso_and_no_mean_is_sparse(values):
    shown = catalogue.exhibit("priors", values)
    lam = shown.lam["l1"]
    for m, lasso, ridge in zip(
        shown.centers, shown.modes["l1"], shown.modes["l2"], strict=True
    ):
        loss = rm.Quadratic([[1.0]], [m])
        assert rm.kkt_residual(loss, rm.L1(lam), [lasso]) < 1e-12
        assert rm.kkt_residual(loss, rm.L2(lam), [ridge]) < 1e-12
    off = shown.centers != 0.0
    assert (shown.modes["l1"][np.abs(shown.centers) <= lam] == 0.0).all()
    assert (shown.means[off] * shown.centers[off, None] > 0.0).all()
    assert not shown.means[~off].any()
    assert shown.points["corner"][0] > 0.0 == shown.points["corner"][1]
    assert (shown.beside != 0.0).all()
    assert max(shown.certificate.values()) < 1e-8


@examples(5)
@given(SETTINGS)
def test_densities_are_highest_at_the_mode_and_balance_at_the_mean(values):
    shown = catalogue.exhibit("priors", values)
    drawn, lam = picture(shown), shown.lam["l1"]
    at, m, s = shown.at, shown.number("center"), shown.number("spread")
    for name, price in (("l1", lam * np.abs(W)), ("l2", lam * W**2)):
        curve = drawn.points(drawn.mark(f"post-{name}"), at)
        mode = float(shown.modes[name][at["center"]])
        least = 0.5 * (mode - m) ** 2 + lam * (abs(mode) if name == "l1" else mode**2)
        wanted = np.exp(-(0.5 * (W - m) ** 2 + price - least) / s)
        np.testing.assert_allclose(curve[:, 1], wanted, rtol=1e-12)
        assert curve[:, 1].max() <= 1.0
        both = drawn.points(drawn.mark(f"prior-{name}"), at)[:, 1]
        both = both * drawn.points(drawn.mark(f"like-{name}"), at)[:, 1]
        np.testing.assert_allclose(both / both.max(), wanted / wanted.max(), rtol=1e-10)
        # on a finer grid, for what is narrow
        fine = np.linspace(-9.0, 9.0, 36001)
        price = lam * (np.abs(fine) if name == "l1" else fine**2)
        density = np.exp(-(0.5 * (fine - m) ** 2 + price - least) / s)
        mean = float(density @ fine / density.sum())
        estimate = {"l1": shown.means[at["center"], at["spread"]], "l2": mode}
        assert mean == pytest.approx(estimate[name], abs=2e-6)
    lowest = drawn.points(drawn.mark("lowest"), at)[0]
    assert drawn.points(drawn.mark("sum"), at)[:, 1].min() >= lowest[1] - 1e-12
    assert lowest[0] == shown.modes["l1"][at["center"]]


@examples(5)
@given(SETTINGS)
def test_rings_are_levels_of_the_posterior(values):
    shown = catalogue.exhibit("priors", values)
    drawn, lam = picture(shown), shown.lam["l1"]
    every = drawn.points(drawn.mark("rings"), shown.at)
    for ring, share in zip(np.split(every, len(SHARES)), SHARES, strict=True):
        rise = rm.objective_gap(LOSS, rm.L1(lam), shown.points["corner"], ring[:-1])
        density = np.exp(-rise / shown.number("spread"))
        np.testing.assert_allclose(density, share, rtol=1e-9)


@examples(5)
@given(SETTINGS)
def test_claims_say_what_is_0(values):
    shown = catalogue.exhibit("priors", values)
    for center in range(0, len(shown.centers), 5):
        for spread in (0, len(shown.spreads) - 1):
            said = claims(shown, {"center": center, "spread": spread})
            kind = said["laplace"].key.rpartition(".")[2]
            mode = shown.modes["l1"][center]
            mean = shown.means[center, spread]
            assert (mode == 0.0) == (kind != "both")
            assert (mean == 0.0) == (kind == "even")
            assert kind != "far" or abs(mean) >= FAR


def test_with_less_spread_the_mean_comes_to_the_mode():
    shown = catalogue.exhibit("priors", {})
    gaps = np.abs(shown.means - shown.modes["l1"][:, None]).max(axis=0)
    assert (np.diff(gaps) > 0.0).all()


@pytest.mark.parametrize("lam", [0.3, 0.6, 1.2])
def test_questions_are_answered_by_what_is_computed(lam):
    shown = catalogue.exhibit("priors", {"lam": lam})
    beside, line = questions(story(shown))
    at = beside.at
    assert shown.modes["l1"][at["center"]] == 0.0
    assert judge(beside, beside.truth.tolist()).is_right
    assert "mode" in judge(beside, [0.0]).reply.key
    assert "least" in judge(beside, [float(shown.centers[at["center"]])]).reply.key
    assert judge(line, line.truth.tolist()).is_right
    soft = rm.soft_threshold(line.across, lam)
    assert "mode" in judge(line, soft.tolist()).reply.key
    assert nearest(shown.spreads, 0.5) == at["spread"]
