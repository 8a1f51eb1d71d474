"""What each penalty makes of a weight, and what is said about it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.thresholds import PENALTIES, Z, claims, picture, story

settings = st.fixed_dictionaries(
    {
        "lam": st.floats(0.5, 3.0),
        "ratio": st.floats(0.2, 0.8),
        "a": st.floats(2.1, 3.9),
        "gamma": st.floats(1.1, 3.9),
    }
)
few = st.integers(0, 160)


@given(values=settings)
def test_weights_are_optimal_and_follow_their_closed_forms(values):
    shown = catalogue.exhibit("thresholds", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    z, lam = Z, shown.parameters["lam"]
    at, ratio = shown.at, shown.parameters["ratio"]
    assert shown.lambdas[at] == lam
    soft = np.sign(z) * np.maximum(np.abs(z) - lam / 2, 0.0)
    np.testing.assert_allclose(shown.weights["l1"][at], soft, atol=1e-12)
    np.testing.assert_allclose(shown.weights["l2"][at], z / (1 + lam), atol=1e-12)
    both = np.sign(z) * np.maximum(np.abs(z) - ratio * lam / 2, 0.0) / (1 + lam * (1 - ratio))
    np.testing.assert_allclose(shown.weights["net"][at], both, atol=1e-12)
    for name in ("l0", "scad", "mcp"):
        far = np.abs(z) >= shown.bends[name][-1] + 1e-9
        np.testing.assert_array_equal(shown.weights[name][at][far], z[far])
    for name in PENALTIES:
        within = np.abs(z) <= shown.bends[name][0]
        np.testing.assert_array_equal(shown.weights[name][at] == 0.0, within)


@given(values=settings)
def test_curves_pass_through_the_weights(values):
    shown = catalogue.exhibit("thresholds", values)
    for name, curves in shown.curves.items():
        for at in (0, shown.at, len(shown.lambdas) - 1):
            curve = curves[at]
            if name == "l0":  # where it jumps it has two values
                curve = curve[~np.isnan(curve[:, 0])]
                off = np.abs(np.abs(Z) - np.sqrt(shown.lambdas[at])) > 1e-9
            else:
                off = np.ones(len(Z), dtype=bool)
            drawn = np.interp(Z[off], *curve.T)
            if name != "l0":
                np.testing.assert_allclose(drawn, shown.weights[name][at][off], atol=1e-9)
            else:
                flat = np.abs(Z[off]) < np.sqrt(shown.lambdas[at])
                np.testing.assert_allclose(drawn[~flat], Z[off][~flat], atol=1e-9)


@given(values=settings, z=few, lam=few)
def test_claims_are_true(values, z, lam):
    shown = catalogue.exhibit("thresholds", values)
    at = {"z": z, "lam": lam % len(shown.lambdas)}
    said = claims(shown, at)
    for name in PENALTIES:
        weight = shown.weights[name][at["lam"], z]
        _, _, penalty, kind = said[f"{name}-now"].key.split(".")
        assert penalty == name
        assert (kind == "zero") == (weight == 0.0)
        assert kind != "same" or weight == Z[z]
        assert said[f"{name}-now"].values["w"] == weight
        rule = said[f"rule-{name}"].values
        assert rule["zero"] == shown.bends[name][0]
        assert rule["by"] == 1 + shown.parameters["lam"]
    # What is told of large and small weights is seen: both are within the picture.
    assert max(shown.bends[name][-1] for name in ("l0", "scad", "mcp")) < Z[-1]


@pytest.mark.parametrize("name", PENALTIES)
def test_the_weight_that_shrinks_ends_where_its_section_says(name):
    shown = catalogue.exhibit("thresholds", {"lam": 0.5, "ratio": 0.2})
    drawn = picture(shown)
    (section,) = (part for part in story(shown).sections if part.name == name)
    end = section.steps[-1].run["z"]
    weight = shown.weights[name][drawn.rest["lam"], end]
    assert (weight == 0.0) == (name != "l2")


# ---- when to use which


def test_the_elastic_net_keeps_equal_features_together_and_l1_need_not():
    x = np.array([1.0, -2.0, 0.5, 0.5])
    loss = rm.LeastSquares(np.column_stack([x, x]), 3.0 * x)
    net, l1 = rm.ElasticNet(1.0, 0.5), rm.L1(1.0)
    ratio = 0.5
    shared = (loss.hessian[0, 0] * 3.0 - ratio) / (
        2.0 * loss.hessian[0, 0] + 2.0 * (1.0 - ratio)
    )
    assert rm.kkt_residual(loss, net, np.full(2, shared)) < 1e-12
    total = 3.0 - 1.0 / loss.hessian[0, 0]
    for alone in ([total, 0.0], [0.0, total], [total / 2.0, total / 2.0]):
        assert rm.kkt_residual(loss, l1, np.array(alone)) < 1e-12


@pytest.mark.parametrize("penalty", [rm.SCAD(2.0, 3.7), rm.MCP(2.0, 3.0)])
def test_a_fit_with_scad_or_mcp_can_have_several_minima(penalty):
    hessian = np.array([[1.0, 0.99], [0.99, 1.0]])
    loss = rm.Quadratic(hessian, np.array([2.5, 2.5]))
    ends = []
    for start in ([5.0, 0.0], [0.0, 5.0]):
        way = rm.ista(loss, penalty, start, 0.2)
        ends.append(rm.record(way, 2000)[-1])
    first, second = ends
    assert np.abs(first - second).max() > 1.0
    values = [float(loss.value(w) + penalty.value(w)) for w in ends]
    # Neither can be left by a small step.
    for end, value in zip(ends, values, strict=True):
        for way in np.vstack([np.eye(2), -np.eye(2), [[1.0, -1.0], [-1.0, 1.0]]]):
            near = end + 0.01 * way
            assert float(loss.value(near) + penalty.value(near)) > value
