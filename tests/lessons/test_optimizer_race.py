"""A race of descent methods: the known rates bound them, and what is said of them is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.optimizer_race import (
    FINISH,
    FLOOR,
    HEATS,
    N_STEPS,
    RUNNERS,
    claims,
    picture,
    story,
)
from regviz.lessons.question import judge
from regviz.lessons.story import played, questions
from tests.examples import examples
from tests.lessons.csv_files import write_csv

SETTINGS = st.fixed_dictionaries(
    {
        "rho": st.floats(-0.9, 0.9),
        "curvature": st.tuples(st.floats(0.2, 5.0), st.floats(0.2, 5.0)),
        "center": st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0)).filter(any),
        "start": st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0)).filter(
            lambda at: np.abs(at).max() > 0.1
        ),
        "lam": st.floats(0.01, 2.0),
        "beta": st.floats(0.0, 0.95),
    }
)
k = np.arange(N_STEPS + 1)


@examples(15)
@given(SETTINGS)
def test_the_known_rates_bound_every_method(values):
    shown = catalogue.exhibit("optimizer-race", values)
    lam, gaps, room = shown.lam["l1"], shown.gaps, 1e-12
    assert shown.certificate["kkt_residual"] < 1e-10
    for name in ("l1-ista", "l1-fista"):
        bound = shown.bounds[name]
        late = np.isfinite(bound)
        assert (gaps[name] <= bound * (1 + 1e-9) + room)[late].all()
        assert late[1:].all()
    # No other method that is told to go down in every step goes up.
    for name in ("l2-gradient", "l2-coordinate", "l1-ista", "l1-coordinate"):
        assert (np.diff(gaps[name]) <= room).all()
        assert not shown.rises(name)
    ridge = shown.loss.hessian + 2.0 * lam * np.eye(2)
    least, most = np.linalg.eigvalsh(ridge)
    # Each curvature multiplies its part of the way by plus or minus the same number.
    left = ((most - least) / (most + least)) ** 2
    assert shown.slow == pytest.approx(left, rel=1e-6, abs=1e-12)
    np.testing.assert_allclose(gaps["l2-gradient"], left**k, rtol=1e-6, atol=room)
    eta = 2.0 / (least + most)
    roots = [np.abs(np.roots([1.0, -(1.0 + shown.number("beta") - eta * h),
                              shown.number("beta")])).max() for h in (least, most)]  # fmt: skip
    rate = (max(roots) * (1 + 1e-6)) ** k
    assert (gaps["l2-momentum"] <= ((2 * k + 1) * rate) ** 2 * (1 + 1e-6) + room).all()
    # A sweep multiplies what is left by the square of the square of the correlation.
    alike = ridge[0, 1] ** 2 / (ridge[0, 0] * ridge[1, 1])
    swept = gaps["l2-coordinate"]
    np.testing.assert_allclose(swept[2:], swept[1] * alike ** (2 * (k[2:] - 1)), rtol=1e-6,
                               atol=room)  # fmt: skip
    # The best of the subgradient's steps so far: its rate with a constant step size.
    eta, way = 1.0 / shown.loss.smoothness, shown.ways["l1-subgradient"]
    first = rm.objective_gap(shown.loss, rm.L1(lam), shown.optima["l1"], way[0])
    steep = (np.diff(way, axis=0) / eta) ** 2
    off = ((way[0] - shown.optima["l1"]) ** 2).sum()
    promise = (off + eta**2 * steep.sum(axis=1).cumsum()) / (2.0 * eta * k[1:])
    best = np.minimum.accumulate(gaps["l1-subgradient"])[:-1] * first
    assert (best <= promise * (1 + 1e-9) + room).all()


@examples(15)
@given(SETTINGS)
def test_ways_gaps_and_contours_are_of_one_surface(values):
    shown = catalogue.exhibit("optimizer-race", values)
    drawn, lam = picture(shown), shown.lam["l1"]
    for heat, penalty in (("l2", rm.L2(lam)), ("l1", rm.L1(lam))):

        def height(at, heat=heat, penalty=penalty):
            return rm.objective_gap(shown.loss, penalty, shown.optima[heat], at)

        first = height(shown.points["start"])
        for method in HEATS[heat]:
            way = shown.ways[f"{heat}-{method}"]
            np.testing.assert_array_equal(way[0], shown.points["start"])
            np.testing.assert_allclose(shown.gaps[f"{heat}-{method}"], height(way) / first)
            for step in (0, 7, N_STEPS):
                now = drawn.points(drawn.mark(f"way-{heat}-{method}-now"), {"step": step})
                np.testing.assert_array_equal(now[0], way[step])
        for ring, line in enumerate(shown.contours[heat], start=1):
            np.testing.assert_allclose(height(line), first * (ring / 5.0) ** 2, rtol=1e-8)
    # Coordinate descent is drawn one weight at a time.
    for heat in HEATS:
        line = drawn.points(drawn.mark(f"way-{heat}-coordinate"), {"step": N_STEPS})
        assert (np.diff(line, axis=0) == 0.0).any(axis=1).all()


@examples(15)
@given(SETTINGS)
def test_what_is_said_is_true(values):
    shown = catalogue.exhibit("optimizer-race", values)
    for step in range(N_STEPS + 1):
        said = claims(shown, {"step": step})
        for name in RUNNERS:
            gap, kind = shown.gaps[name], said[f"gap-{name}"].key.rpartition(".")[2]
            assert (kind == "gone") == (gap[step] <= FLOOR)
            if kind != "gone":
                assert (kind == "rises") == (step > 0 and gap[step] > gap[step - 1])
    for name in RUNNERS:
        time = said[f"times-{name[:2]}"].values[name[3:]]
        reached = shown.gaps[name] <= FINISH
        assert time == (str(reached.argmax()) if reached.any() else f"{N_STEPS}+")
    if said["jumps"].key.endswith("jumps"):
        assert (shown.optima["l1"] == 0.0).any()
        held = shown.ways["l1-subgradient"][:, shown.optima["l1"] == 0.0]
        assert (held.min(axis=0) < 0.0).any()
        assert (held.max(axis=0) > 0.0).any()
    rises = shown.rises("l1-fista")
    assert said["fista"].key.endswith("rises" if rises else "falls")
    for step, stop in played(story(shown), picture(shown)):
        if step.task is not None:
            assert not step.task.is_done(claims(shown, stop.at), {})
            assert step.task.is_done(claims(shown, {"step": rises[0]}), {})


def test_by_default_it_asks_what_is_then_seen():
    shown = catalogue.exhibit("optimizer-race")
    share, first = questions(story(shown))
    assert judge(share, share.right).is_right
    assert share.options[share.right].reply.key.endswith("share.share")
    # Each step indeed leaves the same.
    gap = np.log10(shown.gaps["l2-gradient"])
    np.testing.assert_allclose(np.diff(gap[:25]), np.log10(shown.slow), rtol=1e-6)
    away, loss = first.truth - shown.optima["l2"], shown.loss.hessian + 0.2 * np.eye(2)
    assert abs((loss @ away)[0]) < 1e-12
    assert shown.optima["l1"][1] == 0.0
    assert shown.arrival("l1-subgradient") is None
    assert shown.arrival("l1-fista") < shown.arrival("l1-ista")
    assert shown.rises("l1-fista")
    # Where one of them is not seen, another is asked.
    there_at_once = catalogue.exhibit("optimizer-race", {"rho": 0.0})
    names = [asked.name for asked in questions(story(there_at_once))]
    assert "share" not in names
    assert "ripple" in names


def test_a_zigzag_is_one():
    shown = catalogue.exhibit("optimizer-race")
    assert shown.zigzags
    _, ways = np.linalg.eigh(shown.loss.hessian)
    across = (shown.ways["l2-gradient"] - shown.optima["l2"]) @ ways[:, 1]
    assert (across[1:9] * across[:8] < 0.0).all()
    # From along the valley, and on a round surface, there is none.
    along = shown.optima["l2"] + 1.5 * ways[:, 0]
    assert not catalogue.exhibit("optimizer-race", {"start": tuple(along)}).zigzags
    assert not catalogue.exhibit("optimizer-race", {"rho": 0.0}).zigzags


def test_without_correlation_coordinate_descent_is_there_in_one_step():
    shown = catalogue.exhibit("optimizer-race", {"rho": 0.0})
    for heat in HEATS:
        assert shown.arrival(f"{heat}-coordinate") == 1


def test_without_a_carried_share_momentum_is_gradient_descent():
    shown = catalogue.exhibit("optimizer-race", {"beta": 0.0})
    np.testing.assert_array_equal(shown.ways["l2-momentum"], shown.ways["l2-gradient"])


def test_a_start_at_the_goal_is_refused():
    with pytest.raises(BadInput, match=r"start = 0,0 is an optimum already; give another\.$"):
        catalogue.exhibit("optimizer-race", {"center": (0.1, 0.0), "lam": 2.0, "start": (0, 0)})


def test_the_lecturers_two_features(tmp_path):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(60, 2)) @ [[1.0, 0.8], [0.0, 0.6]]
    columns = {"a": X[:, 0], "b": X[:, 1], "y": X[:, 0] + 0.5 * rng.normal(size=60)}
    source = {"data": write_csv(tmp_path, columns), "target": "y"}
    shown = catalogue.exhibit("optimizer-race", source | {"lam": "cv"})
    assert shown.features == ("a", "b")
    assert shown.by_validation.rule == "cv"
    assert shown.certificate["kkt_residual"] < 1e-10
