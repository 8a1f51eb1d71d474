"""One fit, four numbers: each is given to scikit-learn, or to what glmnet and ESL document."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.conventions import claims, picture, story
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.question import judge
from regviz.lessons.story import played, questions
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {
        "lam": st.floats(0.0001, 100.0),
        "rows": st.integers(2, 100_000),
        "sd": st.floats(0.01, 1000.0),
        "l1_ratio": st.floats(0.0, 1.0),
    }
)


def numbers(shown):
    """What the fields of the page say at rest, by convention and penalty."""
    drawn = picture(shown)
    found = drawn.written(drawn.rest)
    assert set(found) == {name for group in drawn.fields for name in group.moves}
    return found


def data(sd=1.0):
    design = read_design(DataKnobs())
    return rm.standardize(design.X), sd * rm.standardize(design.y)


def weights(shown, name):
    """The weights that are drawn, in units of the target's standard deviation."""
    drawn = picture(shown).mark(f"weights-{name}").points[shown.at]
    return drawn[:, 1], list(shown.drawn)


@pytest.mark.parametrize("sd", [1.0, 0.05, 77.0])
@pytest.mark.parametrize("lam", [0.002, 0.07, 0.5])
def test_converted_fits_are_those_that_are_drawn(lam, sd):
    shown = catalogue.exhibit("conventions", {"lam": lam, "sd": sd})
    given, (X, y) = numbers(shown), data(sd)
    n, tight = len(y), {"tol": 1e-14, "max_iter": 1_000_000}
    # glmnet documents y / sd(y) and lambda / sd(y), and scales the weights back.
    lasso, ridge = given["glmnet-l1"] / sd, given["glmnet-l2"] / sd
    found = {
        "l1": {
            "sklearn": Lasso(alpha=given["sklearn-l1"], **tight).fit(X, y).coef_,
            "glmnet": sd * Lasso(alpha=lasso, **tight).fit(X, y / sd).coef_,
            "esl": rm.penalized_optimum(rm.LeastSquares(X, y), rm.L1(given["esl-l1"] / n)),
            "source": rm.penalized_optimum(rm.LeastSquares(X, y), rm.L1(given["source-l1"])),
        },
        "l2": {
            "sklearn": Ridge(alpha=given["sklearn-l2"], solver="svd").fit(X, y).coef_,
            # RSS / (2n) + lambda / 2 |w|^2, as documented, times 2n.
            "glmnet": sd * Ridge(alpha=n * ridge, solver="svd").fit(X, y / sd).coef_,
            "esl": np.linalg.solve(X.T @ X + given["esl-l2"] * np.eye(X.shape[1]), X.T @ y),
            "source": rm.penalized_optimum(rm.LeastSquares(X, y), rm.L2(given["source-l2"])),
        },
    }
    for name, fits in found.items():
        drawn, order = weights(shown, name)
        for fit in fits.values():
            np.testing.assert_allclose(fit[order] / sd, drawn, atol=1e-7)


@pytest.mark.parametrize("sd", [1.0, 77.0])
def test_the_snippet_of_python_fits_what_is_drawn(sd):
    shown = catalogue.exhibit("conventions", {"lam": 0.05, "sd": sd})
    given, (X, y) = numbers(shown), data(sd)
    snippets = {
        name: re.sub(r"\{([\w-]+)\}", lambda place: f"{given[place[1]]:.7g}", text)
        for name, text in picture(shown).snippets.items()
    }
    classes = y > 0.3
    names = {"X": 3.0 + 7.0 * X, "y": 5.0 + y, "classes": classes}
    exec(snippets["Python"], names)
    for name, model in (("l1", "lasso"), ("l2", "ridge")):
        drawn, order = weights(shown, name)
        np.testing.assert_allclose(names[model].coef_[order] / sd, drawn, atol=1e-4)
    net = rm.elastic_net_path(X, y / sd, 0.5).at(0.05)
    np.testing.assert_allclose(names["net"].coef_ / sd, net, atol=1e-3)
    ridge = rm.logistic_optimum(rm.Logistic(X, classes), rm.L2(0.05))
    np.testing.assert_allclose(names["logistic"].coef_[0], ridge, atol=1e-3)
    # Stochastic descent has as many digits as its steps leave.
    np.testing.assert_allclose(names["sgd"].coef_, names["ridge"].coef_, atol=0.1 * sd)
    r = " ".join(snippets["R"].split())
    for name, alpha in (("l1", 1), ("l2", 0), ("net", given["glmnet-share"])):
        assert f"X, y, alpha = {alpha:.7g}, lambda = {given[f'glmnet-{name}']:.7g})" in r
    assert f"alpha = 0, lambda = {0.1:.7g})" in r


@pytest.mark.parametrize("ratio", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("sd", [1.0, 77.0])
def test_every_number_of_the_net_gives_one_fit(sd, ratio):
    lam = 0.07
    given, (X, y) = (
        numbers(catalogue.exhibit("conventions", {"lam": lam, "sd": sd, "l1_ratio": ratio})),
        data(sd),
    )
    ours = sd * rm.elastic_net_path(X, y / sd, ratio).at(lam)
    tight = {"tol": 1e-14, "max_iter": 1_000_000}
    own = rm.ElasticNet(given["source-net"], given["source-share"])
    theirs = ElasticNet(alpha=given["sklearn-net"], l1_ratio=given["sklearn-share"], **tight)
    # glmnet documents y / sd(y) and lambda / sd(y), and scales the weights back.
    scaled = ElasticNet(alpha=given["glmnet-net"] / sd, l1_ratio=given["glmnet-share"], **tight)
    for fit in (
        rm.penalized_optimum(rm.LeastSquares(X, y), own),
        theirs.fit(X, y).coef_,
        sd * scaled.fit(X, y / sd).coef_,
    ):
        np.testing.assert_allclose(fit, ours, atol=1e-7 * sd)
    # Its L1 and L2 are those of the penalties alone at that share; so are those of two classes.
    assert given["sgd-net"] == given["sklearn-net"]
    assert given["sgd-share"] == given["sklearn-share"] == given["logistic-share"]
    assert given["logistic-net"] == pytest.approx(1.0 / (len(y) * given["sgd-net"]), rel=1e-12)


@pytest.mark.parametrize("name", ["l1", "l2", "net"])
def test_the_numbers_of_two_classes_give_one_fit(name):
    shown = catalogue.exhibit("conventions", {"lam": 0.02, "l1_ratio": 0.6})
    given, (X, y) = numbers(shown), data()
    ratio = {"l1": 1.0, "l2": 0.0}.get(name, given["logistic-share"])
    model = LogisticRegression(
        C=given[f"logistic-{name}"], l1_ratio=ratio, solver="saga", tol=1e-10, max_iter=100_000
    )
    loss = rm.Logistic(X, y > 0.3)
    w, own = model.fit(X, loss.y).coef_[0], {"l1": 1.0, "l2": 0.0}.get(name, 0.6)
    slope = loss.gradient(w) + 2.0 * 0.02 * (1.0 - own) * w
    off = np.abs(slope + 0.02 * own * np.sign(w))
    assert np.where(w == 0.0, np.abs(slope) - 0.02 * own, off).max() < 1e-7


@examples(6)
@given(SETTINGS)
def test_numbers_are_in_proportion_and_stand_under_lambda_on_each_ruler(values):
    shown = catalogue.exhibit("conventions", values)
    drawn, given = picture(shown), numbers(shown)
    lam, rows, sd = shown.lam["l1"], shown.number("rows"), shown.number("sd")
    factors = {
        "l1": {"source": sd, "sklearn": sd, "glmnet": sd, "esl": rows * sd},
        "l2": {"source": 1.0, "sklearn": 2.0 * rows, "glmnet": 2.0 * sd, "esl": 2.0 * rows},
    }
    assert given["sgd-l1"] == given["source-l1"]
    assert given["sgd-l2"] == pytest.approx(2.0 * lam, rel=1e-12)
    for name in ("l1", "l2"):
        assert given[f"logistic-{name}"] * given[f"sgd-{name}"] * rows == pytest.approx(1.0)
    for name, own in factors.items():
        for convention, factor in own.items():
            assert given[f"{convention}-{name}"] == pytest.approx(factor * lam, rel=1e-12)
            label = next(
                each for each in drawn.labels if each.of == f"line-{convention}-{name}"
            )
            assert drawn.label_at(label, drawn.rest).values["value"] == pytest.approx(
                factor * lam, rel=1e-12
            )
            # The number that a ruler has at lambda is that number.
            mark = drawn.mark(f"numbers-{convention}-{name}")
            x = drawn.points(mark, drawn.rest)[:, 0]
            powers = [
                t.values.get("power", np.log10(t.values.get("at", 1.0))) for t in mark.texts
            ]
            dot = drawn.points(drawn.mark(f"dot-{convention}-{name}"), drawn.rest)[0, 0]
            seen = ~np.isnan(x)
            slope, start = np.polyfit(x[seen], np.array(powers)[seen], 1)
            read = 10.0 ** (start + slope * dot)
            assert read == pytest.approx(factor * lam, rel=1e-9)


@examples(5)
@given(SETTINGS)
def test_questions_and_the_task_are_answered_by_the_conversion(values):
    shown = catalogue.exhibit("conventions", values)
    given, drawn = numbers(shown), picture(shown)
    for asked in questions(story(shown)):
        if asked.name in ("esl", "alpha"):
            name = {"esl": "esl-l1", "alpha": "sklearn-l2"}[asked.name]
            assert judge(asked, [given[name]]).is_right
            for wrong in asked.wrongs:
                assert not judge(asked, wrong.answer.tolist()).is_right
    for step, stop in played(story(shown), drawn):
        if step.task is not None:
            said, rows = claims(shown, stop.at), shown.number("rows")
            assert not step.task.is_done(said, {"lam": shown.lam["l2"], "rows": rows})
            assert step.task.is_done(said, {"lam": 0.5 / rows, "rows": rows})


def test_the_defaults_of_scikit_learn_leave_what_is_said():
    X, y = data()
    assert not Lasso().fit(X, y).coef_.any()
    assert Ridge().fit(X, y).coef_.all()
