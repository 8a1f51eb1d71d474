"""One feature in another unit: least squares is equivariant, the penalties are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.picture import inside
from regviz.lessons.rescaling import claims, picture, story
from regviz.lessons.story import played
from tests.examples import examples

spreads = st.floats(0.1, 10.0)
strengths = st.floats(0.01, 0.3)


@examples(8)
@given(spread=spreads, lam=strengths, features=st.sampled_from([("bmi", "s6"), ("s5", "s3")]))
def test_optima_are_those_of_the_data_in_that_unit(spread, lam, features):
    values = {"spread": spread, "lam": lam, "features": features}
    shown = catalogue.exhibit("rescaling", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    drawn, hessian, free = picture(shown), shown.loss.hessian, shown.loss.center
    for at in (0, shown.at, len(shown.spreads) - 1):
        scales = np.array([shown.spreads[at], 1.0])
        in_unit = rm.Quadratic(hessian * np.outer(scales, scales), free / scales)
        for name, penalty in (("l1", rm.L1(lam)), ("l2", rm.L2(lam))):
            raw, standardized = shown.effects[name][at]
            assert rm.kkt_residual(in_unit, penalty, raw / scales) < 1e-10
            assert rm.kkt_residual(shown.loss, penalty, standardized) < 1e-10
            # The region goes just as far as the optimum.
            rim = drawn.points(drawn.mark(f"rim-{name}"), {"spread": at, "std": 0}) / scales
            level = penalty.level(raw / scales)
            np.testing.assert_allclose(penalty.level(rim), level, rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize("features", [("bmi", "s6"), ("s5", "s3")])
def test_planes_hold_the_regions_of_every_unit(features):
    drawn = picture(catalogue.exhibit("rescaling", {"features": features}))
    windows = [drawn.panel(name).limits for name in ("l1", "l2")]
    # Side by side they are compared.
    np.testing.assert_array_equal(*windows)
    for name, window in zip(("l1", "l2"), windows, strict=True):
        assert inside(drawn.mark(f"ball-{name}").points, window).all()


def test_planes_of_a_weak_penalty_are_not_too_wide_to_look_at():
    shown = catalogue.exhibit("rescaling", {"lam": 0.001})
    window, effects = picture(shown).panel("l2").limits, np.abs(shown.loss.center)
    # Regions that are too wide for them would reach ten times as far.
    assert effects.max() * 2.0 < window[1] < effects.max() * 5.0
    assert inside(shown.effects["l2"], window).all()


def test_least_squares_is_equivariant_and_the_penalties_are_not():
    shown = catalogue.exhibit("rescaling")
    drawn = picture(shown)
    weight, effect = (drawn.readouts[i].numbers for i in (1, 2))
    np.testing.assert_allclose(weight * shown.spreads, effect, rtol=1e-14)
    assert drawn.mark("rows-free").by == ()
    for name in ("l1", "l2"):
        raw, standardized = np.moveaxis(shown.effects[name], 1, 0)
        assert np.ptp(raw, axis=0).min() > 0.1
        np.testing.assert_array_equal(standardized, standardized[:1].repeat(len(raw), axis=0))
        rows = drawn.mark(f"rows-{name}").points[:, 0, :, 1]
        assert np.ptp(rows, axis=0).max() > 0.5
        np.testing.assert_allclose(rows, raw @ shown.rows.T, rtol=1e-12)


@pytest.mark.parametrize("features", [("bmi", "s6"), ("s5", "s3"), ("bp", "bmi")])
def test_the_unit_alone_decides_which_feature_survives(features):
    shown = catalogue.exhibit("rescaling", {"features": features})
    ends = [claims(shown, {"spread": at, "std": 0})["l1"].key for at in (0, -1)]
    assert [key.rpartition(".")[2] for key in ends] == ["second", "first"]


@examples(8)
@given(lam=strengths)
def test_what_is_told_is_true_and_the_task_is_not_done(lam):
    shown = catalogue.exhibit("rescaling", {"lam": lam})
    drawn = picture(shown)
    for step, stop in played(story(shown), drawn):
        if step.task is not None:
            driven = {d.name: float(d.values[stop.at[d.name]]) for d in drawn.drivers}
            assert not step.task.is_done(claims(shown, stop.at), driven)
            assert step.task.is_done(claims(shown, {"spread": 0, "std": 0}), {"std": 0.0})
        for name in ("l1", "l2"):
            first, second = shown.effects[name][stop.at["spread"], stop.at["std"]]
            kind = claims(shown, stop.at)["l1"].key.rpartition(".")[2]
            if name == "l1":
                zeros = (first == 0.0, second == 0.0)
                assert kind == {(0, 0): "both", (0, 1): "first", (1, 0): "second"}.get(
                    zeros, "none"
                )
            else:
                assert first != 0.0 != second


def test_a_strength_that_leaves_nothing_is_refused(tmp_path):
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(60, 3))
    path = tmp_path / "weak.csv"
    np.savetxt(path, rows, delimiter=",", header="one,two,y", comments="", fmt="%.4f")
    weak = {"data": str(path), "target": "y"}
    shown = catalogue.exhibit("rescaling", weak)
    assert shown.effects["l1"].any()
    with pytest.raises(BadInput, match=r"lam = 1 leaves L1 no feature in any unit; give .*\.$"):
        catalogue.exhibit(
            "rescaling", weak | {"data": str(path), "lam": 1.0, "features": ["two", "one"]}
        )


def test_a_rule_that_comes_to_no_strength_is_refused(tmp_path):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(200, 2))
    rows = np.column_stack([X, X @ [1.0, -2.0]])
    path = tmp_path / "exact.csv"
    np.savetxt(path, rows, delimiter=",", header="one,two,y", comments="", fmt="%.6f")
    with pytest.raises(BadInput, match="lam = cv"):
        catalogue.exhibit("rescaling", {"data": str(path), "target": "y", "lam": "cv"})
