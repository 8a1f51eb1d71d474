"""That both ways are made of optima, and what is said of where they bend."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.path_in_plane import claims
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {
        "rho": st.floats(-0.9, 0.9),
        "curvature": st.tuples(st.floats(0.2, 5.0), st.floats(0.2, 5.0)),
        "center": st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0)).filter(
            lambda c: np.abs(c).max() > 1e-3
        ),
    }
)


@examples(15)
@given(SETTINGS)
def test_each_vertex_of_the_ways_is_an_optimum(values):
    shown = catalogue.exhibit("path-in-plane", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    for lam, weights in zip([0.0, *shown.knots], shown.ways["l1"], strict=True):
        assert rm.kkt_residual(shown.loss, rm.L1(lam), weights) < 1e-8
    np.testing.assert_allclose(shown.ways["l1"][0], shown.loss.center)
    assert not shown.ways["l1"][-1].any()
    np.testing.assert_allclose(shown.ways["l2"][0], shown.loss.center)
    # along the ridge way what the penalty costs falls, and the loss rises
    sizes = np.linalg.norm(shown.ways["l2"], axis=1)
    assert (np.diff(sizes) < 1e-12).all()


@examples(15)
@given(SETTINGS)
def test_lambda_walks_on_the_ways(values):
    shown = catalogue.exhibit("path-in-plane", values)
    drawn = catalogue.load("path-in-plane").picture(shown)
    for name, penalty in (("l1", rm.L1(1.0)), ("l2", rm.L2(1.0))):
        now = drawn.mark(f"now-{name}").points[:, 0]
        np.testing.assert_array_equal(now, shown.sides[name].optima)
        gone = drawn.mark(f"gone-{name}").points
        np.testing.assert_allclose(gone[:, -1], now, atol=1e-9 * (1.0 + np.abs(now).max()))
        for place in (0, shown.at, -1):
            wanted = rm.penalized_optima(shown.loss, penalty, shown.lambdas[place])
            np.testing.assert_allclose(now[place], wanted, atol=1e-12)


@examples(15)
@given(SETTINGS)
def test_claims_say_which_weights_are_0(values):
    shown = catalogue.exhibit("path-in-plane", values)
    low, high = shown.alone
    for at, lam in enumerate(shown.lambdas):
        said = claims(shown, {"lam": at})
        zeros = {
            "none": (False, False), "first": (True, False),
            "second": (False, True), "both": (True, True),
        }  # fmt: skip
        for name, side in shown.sides.items():
            case = said[f"now-{name}"].key.rpartition(".")[2]
            assert zeros[case] == tuple((side.optima[at] == 0.0).tolist())
        if lam >= high * (1.0 + 1e-9):
            assert said["now-l1"].key.endswith("both")
        if low * (1.0 + 1e-9) < lam < high * (1.0 - 1e-9):
            assert said["now-l1"].key.endswith(("first", "second"))


def test_a_center_next_to_0_leaves_room_to_draw():
    shown = catalogue.exhibit("path-in-plane", {"center": (2e-11, 0.0)})
    drawn = catalogue.load("path-in-plane").picture(shown)
    for panel in drawn.panels:
        left, right, bottom, top = drawn.limits(panel, drawn.rest)
        assert left < right
        assert bottom < top


def test_a_region_that_has_shrunk_to_a_point_has_no_name():
    shown = catalogue.exhibit("path-in-plane", {})
    drawn = catalogue.load("path-in-plane").picture(shown)
    mark = drawn.mark("ball-l1")
    assert drawn.is_there(mark, {"lam": 0})
    assert not drawn.is_there(mark, {"lam": len(shown.lambdas) - 1})
