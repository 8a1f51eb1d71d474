"""That the elastic net ends in lasso and ridge, keeps groups, and says what is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.elastic_net import claims, picture, story
from regviz.lessons.elastic_net_told import ALIKE
from regviz.lessons.errors import BadInput
from regviz.lessons.question import Choice, judge
from regviz.lessons.story import faults, played, questions
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {"lam": st.floats(0.0001, 100.0), "l1_ratio": st.floats(0.1, 0.9)}
)


def data(tmp_path, apart):
    """A file of a group of three, two that correlate a little, and one that tells nothing."""
    rng = np.random.default_rng(2)
    common, own = rng.normal(size=(80, 1)), rng.normal(size=(80, 6))
    own[:, :3] = common + apart * own[:, :3]
    y = own[:, :3].sum(axis=1) + own[:, 3] - own[:, 4] + rng.normal(size=80)
    path = tmp_path / "own.csv"
    np.savetxt(path, np.column_stack([own, y]), delimiter=",", header="a,b,c,d,e,f,y",
               comments="", fmt="%.6f")  # fmt: skip
    return {"data": str(path), "target": "y"}


@examples(4)
@given(SETTINGS)
def test_its_ends_are_lasso_and_ridge_and_all_are_optima(values):
    shown = catalogue.exhibit("elastic-net", values)
    loss = shown.loss
    lasso = rm.lasso_path(loss.X, loss.y)
    np.testing.assert_allclose(shown.weights[-1], lasso.at(shown.lambdas), atol=1e-10)
    ridge = rm.ridge_path(loss.X, loss.y, shown.lambdas)
    np.testing.assert_allclose(shown.weights[0], ridge, atol=1e-10)
    assert (shown.weights[0] != 0.0).all()
    for place in (1, shown.at["ratio"], 30):
        penalty = rm.ElasticNet(shown.lam["l1"], float(shown.ratios[place]))
        for loss_of, found in ((loss, shown.weights), (shown.pair, shown.optima)):
            assert rm.kkt_residual(loss_of, penalty, found[place, shown.at["lam"]]) < 1e-10
    assert shown.certificate["kkt_residual"] < 1e-10


@examples(4)
@given(SETTINGS)
def test_those_in_a_group_have_weights_that_are_near(values):
    """Zou and Hastie's bound, for a standardized target."""
    shown = catalogue.exhibit("elastic-net", values)
    lam, ratio = shown.lambdas[:, None], shown.ratios[:-1, None, None]
    for i, j in ((0, 1), (0, 2), (4, 5)):
        rho = shown.loss.hessian[i, j]
        first, second = shown.weights[:-1, :, i], shown.weights[:-1, :, j]
        same = first * second > 0.0
        bound = np.sqrt(2.0 * (1.0 - rho)) / (2.0 * lam * (1.0 - ratio))[..., 0]
        assert (np.abs(first - second)[same] <= bound[same] + 1e-12).all()


@examples(4)
@given(SETTINGS)
def test_what_is_said_is_true_wherever_the_sliders_are(values):
    shown = catalogue.exhibit("elastic-net", values)
    for ratio in (0, 10, 20, 40):
        for lam in range(0, len(shown.lambdas), 12):
            said = claims(shown, {"ratio": ratio, "lam": lam})
            weights = shown.weights[ratio, lam]
            kind, told = said["net"].key.rpartition(".")[2], said["net"].values
            assert told["inside"] == np.count_nonzero(weights[:6])
            assert told["outside"] == np.count_nonzero(weights[6:])
            full = {(0, 0): "none", (6, 4): "all", (6, 0): "clean"}
            assert kind == full.get((told["inside"], told["outside"]), "grouped")
            zeros = np.count_nonzero(shown.optima[ratio, lam] == 0.0)
            assert said["pair"].key.endswith(("both", "one", "none")[zeros])
            gone = said["gone"].values.get("gone", np.inf)
            share = shown.ratios[ratio]
            assert gone == pytest.approx(shown.peak / share if share else np.inf, rel=5e-3)
            assert weights.any() == bool(shown.lambdas[lam] * share < shown.peak)
            told_l1 = said["l1"].values
            assert told_l1["inside"] == np.count_nonzero(shown.weights[-1, lam, :6])


def test_the_made_data_are_what_they_are_said_to_be():
    shown = catalogue.exhibit("elastic-net", {})
    np.testing.assert_allclose(np.diag(shown.loss.hessian), 1.0, atol=1e-12)
    assert shown.groups == ((0, 1, 2), (3, 4, 5))
    # then what survives longest
    lasso = shown.nets[-1]
    entered = [lasso.lambdas[(lasso.signs[:, each] != 0).argmax()] for each in shown.rows[6:]]
    assert len(entered) == 4
    assert entered == sorted(entered, reverse=True)
    alike = np.abs(shown.loss.hessian - np.eye(10)) > 1e-12
    np.testing.assert_allclose(shown.loss.hessian[alike], 0.9, atol=1e-12)
    assert alike[:3, :3].sum() == alike[3:6, 3:6].sum() == 6 == alike.sum() / 2
    # one of each group under L1, whole groups in between, all under L2
    own, at = shown.at["ratio"], shown.at["lam"]
    assert [shown.kept(place, at) for place in (-1, own, 0)] == [(2, 0), (6, 0), (6, 4)]


def test_the_ball_is_between_a_diamond_and_a_circle_and_holds_the_optimum():
    shown = catalogue.exhibit("elastic-net", {})
    rim = picture(shown).mark("rim").points
    for place in (0, 7, 20, 40):
        net = rm.ElasticNet(1.0, float(shown.ratios[place]))
        for lam in (0, 20, 40):
            level = float(net.level(shown.optima[place, lam]))
            wanted = net.ball(level, rim.shape[2])
            np.testing.assert_allclose(rim[place, lam], wanted, atol=1e-14)


def test_every_knot_that_is_seen_is_a_vertex_of_its_path():
    shown = catalogue.exhibit("elastic-net", {})
    for net, grid in zip(shown.nets, shown.grid, strict=True):
        seen = net.lambdas[(net.lambdas > grid[0]) & (net.lambdas < grid[-1])]
        assert np.isin(seen, grid).all()


def test_questions_are_answered_by_what_is_computed():
    shown = catalogue.exhibit("elastic-net", {})
    asked = {each.name: each for each in questions(story(shown))}
    assert list(asked) == ["mix", "lands", "gone"]
    gone = asked["gone"]
    assert judge(gone, [shown.peak / 0.5]).is_right
    assert "same" in judge(gone, [shown.peak]).reply.key
    assert "less" in judge(gone, [shown.peak / 2.0]).reply.key
    lands = asked["lands"]
    assert lands.truth.all()
    assert "corner" in judge(lands, shown.optima[-1, shown.at["lam"]]).reply.key
    assert isinstance(asked["mix"], Choice)


@pytest.mark.parametrize(("apart", "groups"), [(0.3, ((0, 1, 2),)), (3.0, ())])
def test_the_lecturers_own_data(tmp_path, apart, groups):
    shown = catalogue.exhibit("elastic-net", data(tmp_path, apart))
    assert tuple(tuple(sorted(group)) for group in shown.groups) == groups
    sizes = np.abs(shown.loss.hessian)
    for group in shown.groups:
        for column in group:
            others = [other for other in group if other != column]
            assert sizes[column, others].max() >= ALIKE
    drawn, told = picture(shown), story(shown)
    assert faults(told, drawn) == []
    captions = [step.say.key for step, _ in played(told, drawn) if step.say]
    assert f"elastic-net.caption.groups.{'groups' if groups else 'none'}" in captions
    if not groups:
        assert not any(step.task for step, _ in played(told, drawn))


def test_how_to_read_data_is_refused_without_data():
    with pytest.raises(BadInput, match="target is given without data"):
        catalogue.exhibit("elastic-net", {"target": "y"})
