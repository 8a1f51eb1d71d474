"""Two classes: borders and weights are certified optima, and agree with scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.logistic import (
    LINES,
    PARTED,
    PENALTIES,
    RUNS,
    SHADES,
    WEAKER,
    claims,
    odds,
    picture,
    run_off,
    story,
)
from regviz.lessons.story import played
from tests.examples import examples

SHOWN = catalogue.exhibit("logistic")
DESIGN = read_design(DataKnobs())
X, Y = rm.standardize(DESIGN.X), (DESIGN.y > 140.5).astype(float)
PAIR = X[:, list(SHOWN.pair)]


def test_every_border_is_the_optimum_at_its_strength():
    loss = rm.Logistic(PAIR, Y)
    for name, line in SHOWN.lines.items():
        for lam, (*w, b) in zip(SHOWN.lambdas.tolist(), line.tolist(), strict=True):
            # As far as the seven digits go.
            assert rm.kkt_residual(loss, PENALTIES[name].with_lambda(lam), w) < 1e-5
            assert b == pytest.approx(float(loss.intercept(w)), abs=1e-6)


@pytest.mark.parametrize("name", ["l1", "l2"])
@pytest.mark.parametrize("at", [0, 25, SHOWN.at])
def test_scikit_learn_agrees(name, at):
    lam = float(SHOWN.lambdas[at]) * (1.0 if name == "l1" else 2.0)
    how = {"l1_ratio": 1.0 if name == "l1" else 0.0, "C": 1.0 / (len(Y) * lam)}
    model = LogisticRegression(solver="saga", tol=1e-12, max_iter=100_000, **how)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        two = model.fit(PAIR, Y).coef_[0], float(model.intercept_[0])
        every = model.fit(X, Y).coef_[0]
    line = SHOWN.lines[name]
    assert line[at, :2] == pytest.approx(two[0], abs=1e-6)
    assert line[at, 2] == pytest.approx(two[1], abs=1e-6)
    assert SHOWN.weights[name][at] == pytest.approx(every, rel=6e-3, abs=1e-6)
    assert np.array_equal(SHOWN.weights[name][at] == 0.0, np.abs(every) < 1e-8)


def test_l1_drops_for_good_and_l2_never():
    assert SHOWN.lines["l2"][:, :2].all()
    assert SHOWN.weights["l2"].all()
    most = float(np.abs(rm.Logistic(X, Y).gradient(np.zeros(10))).max())
    assert not SHOWN.weights["l1"][SHOWN.lambdas >= most].any()
    gone = SHOWN.gone
    kinds = [claims(SHOWN, {"lam": at})["l1"].key.rpartition(".")[2] for at in gone.values()]
    assert kinds == ["second", "both"]


def test_lines_and_shades_are_where_the_probabilities_are():
    drawn = picture(SHOWN)
    for name, line in SHOWN.lines.items():
        for at in (0, SHOWN.at, len(SHOWN.lambdas) - 1):
            w, b = line[at, :2], line[at, 2]
            for percent in LINES:
                ends = drawn.points(drawn.mark(f"line-{percent}-{name}"), {"lam": at})
                there = ends[np.isfinite(ends).all(axis=1)]
                assert there @ w + b == pytest.approx(odds(percent), abs=1e-9 * len(there))
            scores = SHOWN.seen @ w + b
            depth = sum(
                _inside(
                    SHOWN.seen, drawn.points(drawn.mark(f"shade-{each}-{name}"), {"lam": at})
                )
                for each in SHADES
            )
            clear = np.min([np.abs(scores - odds(each)) for each in SHADES], axis=0) > 1e-9
            shades = sum((scores >= odds(each)).astype(int) for each in SHADES)
            assert np.array_equal(depth[clear], shades[clear])


def _inside(points, corners):
    """Say which points are in a convex polygon."""
    sides = np.roll(corners, -1, axis=0) - corners
    away = points[:, None] - corners
    turns = sides[:, 0] * away[..., 1] - sides[:, 1] * away[..., 0]
    return ((turns >= 0).all(axis=1) | (turns <= 0).all(axis=1)).astype(int)


def test_knots_are_vertices():
    for loss, weights in (
        (rm.Logistic(PAIR, Y), SHOWN.lines["l1"][:, :2]),
        (rm.Logistic(X, Y), SHOWN.weights["l1"]),
    ):
        is_zero = weights == 0.0
        for step, feature in zip(*np.nonzero(is_zero[1:] & ~is_zero[:-1]), strict=True):
            # The first strength at which it is 0: a thousandth below, it is not.
            before = rm.logistic_optimum(loss, rm.L1(float(SHOWN.lambdas[step + 1]) * 0.995))
            assert before[feature] != 0.0


@examples(3)
@given(lam=st.floats(0.001, 0.8), pair=st.sampled_from([("bmi", "s6"), ("s3", "s5"), None]))
def test_any_strength_and_pair(lam, pair):
    shown = catalogue.exhibit("logistic", {"lam": lam, "pair": pair})
    assert shown.certificate["kkt_residual"] < 1e-11
    drawn = picture(shown)
    for step, stop in played(story(shown), drawn):
        if step.task is not None:
            values = {"lam": float(shown.lambdas[stop.at["lam"]])}
            assert not step.task.is_done(claims(shown, stop.at), values)
            (low, high) = step.task.within["lam"]
            for end in (low, high):
                at = int(np.searchsorted(shown.lambdas, end))
                assert (shown.lines["l1"][at, :2] == 0.0).sum() == 1


def table(**columns):
    return {name: list(values) for name, values in columns.items()}


ROWS = np.random.default_rng(3).normal(size=(40, 2)).round(3)
SCORE = ROWS @ [1.0, -0.6] + np.random.default_rng(4).normal(size=40)


def test_own_data_of_two_words():
    passed = ["yes" if each > 0 else "no" for each in SCORE]
    data = table(hours=ROWS[:, 0], sleep=ROWS[:, 1], passed=passed)
    shown = catalogue.exhibit("logistic", {"data": data, "target": "passed"})
    assert shown.classes == ("= no", "= yes")
    assert shown.share == pytest.approx(np.mean(SCORE > 0))
    assert not [note for note in shown.reading.notes if "regressed" in note]
    assert claims(shown, {"lam": 0})["free"].key.endswith("there")
    own = shown.own_units["l2"]
    model = rm.logistic_optimum(
        rm.Logistic(rm.standardize(ROWS), (SCORE > 0).astype(float)), rm.L2(shown.lam["l2"])
    )
    assert own.target == "logit P(passed = yes)"
    assert own.weights["hours"] == pytest.approx(model[0] / ROWS[:, 0].std())
    loss = rm.Logistic(ROWS, (SCORE > 0).astype(float))
    assert own.intercept == pytest.approx(float(loss.intercept([*own.weights.values()])))


def test_separable_classes_are_said_so_by_name():
    data = table(a=ROWS[:, 0], b=ROWS[:, 1], won=(ROWS[:, 0] > 0.1).astype(int))
    shown = catalogue.exhibit("logistic", {"data": data, "target": "won"})
    assert shown.free is None
    assert claims(shown, {"lam": 0})["free"].key == "logistic.claim.free.separable"
    drawn = picture(shown)
    assert not [mark for mark in drawn.marks if mark.name.startswith("free")]
    assert shown.certificate["kkt_residual"] < 1e-11


@pytest.mark.parametrize(
    ("values", "match"),
    [
        (
            {"target": "bmi"},
            "is of 163 values, and classes are two; give --above with a number",
        ),
        (
            {"above": 1000.0},
            "above = 1000 leaves one class: target 'target' goes from 25 to 346",
        ),
        ({"features": ("bmi",)}, "needs two features"),
        ({"pair": ("bmi", "x")}, "pair = bmi,x is not two of the features"),
        ({"pair": ("bmi",)}, "pair = bmi is not two of the features"),
    ],
)
def test_what_cannot_be_shown(values, match):
    with pytest.raises(BadInput, match=match):
        catalogue.exhibit("logistic", values)


def test_a_number_parts_a_target_of_many_values():
    shown = catalogue.exhibit("logistic", {"target": "bmi", "above": 26.0})
    assert shown.classes == ("≤ 26", "> 26")
    assert "bmi" not in shown.features


def test_parted_classes_have_no_least_loss():
    weights = run_off()[:, 0]
    # In closed form: the slope of the loss at w is -1 / (1 + e^w), which lambda balances.
    np.testing.assert_allclose(weights, np.log(1.0 / np.array(WEAKER) - 1.0), rtol=1e-9)
    losses = PARTED.value(run_off())
    assert (np.diff(weights) > 2.3).all()
    np.testing.assert_allclose(losses, -np.log1p(-np.array(WEAKER)), rtol=1e-9)
    assert weights[-1] < RUNS[1]
    assert np.log10(losses[-1]) > RUNS[2]
