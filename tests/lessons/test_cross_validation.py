"""The errors are scikit-learn's on the same folds, and what is said of them is so."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LassoCV, Ridge

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.asked import asked_in
from regviz.lessons.cross_validation import DECIMALS, claims, picture, story
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import chosen
from regviz.lessons.question import judge
from regviz.lessons.story import faults, played, questions
from regviz.lessons.text import load
from regviz.lessons.validation import cross_validation
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {
        "penalty": st.sampled_from(["l1", "l2"]),
        "folds": st.integers(3, 10),
        "seed": st.integers(0, 1000),
    }
)


def diabetes():
    design = read_design(DataKnobs())
    return rm.standardize(design.X), rm.standardize(design.y)


@examples(3)
@given(st.integers(3, 10), st.integers(0, 1000))
def test_the_lasso_agrees_with_scikit_learn_on_the_same_folds(folds, seed):
    shown = catalogue.exhibit("cross-validation", {"folds": folds, "seed": seed})
    X, y = diabetes()
    split, lams = 3, shown.lambdas[1::12]
    outs = rm.held_out_rows(len(y), folds, seed + split)
    cv = [(np.setdiff1d(np.arange(len(y)), out), out) for out in outs]
    theirs = LassoCV(alphas=lams, cv=cv, tol=1e-10, max_iter=100_000).fit(X, y)
    half = 0.5 * 10.0**-DECIMALS + 1e-8
    drawn = shown.errors[split][:, 1::12]
    np.testing.assert_allclose(drawn.T[::-1], theirs.mse_path_, rtol=0.0, atol=half)
    # and so do the mean, its standard error, and the choice among these strengths
    mean, n = theirs.mse_path_.mean(axis=1)[::-1], math.sqrt(folds)
    spread = theirs.mse_path_.std(axis=1, ddof=1)[::-1] / n
    np.testing.assert_allclose(shown.mean[split][1::12], mean, atol=half)
    np.testing.assert_allclose(shown.spread[split][1::12], spread, atol=2.0 * half)
    again = rm.HeldOut(rm.split_rows(X, y, outs), rm.lasso_fit).at(lams)
    np.testing.assert_allclose(again.standard_error, spread, rtol=1e-6)
    if 0.0 < again.least[0] < math.inf:
        assert again.least[0] == pytest.approx(theirs.alpha_)


def test_ridge_agrees_with_scikit_learn_on_the_same_folds():
    shown = catalogue.exhibit("cross-validation", {"penalty": "l2", "folds": 6})
    X, y = diabetes()
    for k, out in enumerate(rm.held_out_rows(len(y), 6, 0)):
        seen = np.setdiff1d(np.arange(len(y)), out)
        for at in (0, 5, 40, -1):
            alpha = rm.convert(float(shown.lambdas[at]), "l2", "source", "sklearn", len(seen))
            theirs = Ridge(alpha=alpha).fit(X[seen], y[seen]).predict(X[out])
            error = np.mean((theirs - y[out]) ** 2)
            assert shown.errors[0, k, at] == pytest.approx(error, abs=0.6 * 10.0**-DECIMALS)


@examples(4)
@given(SETTINGS)
def test_both_choices_are_those_of_the_curves(values):
    shown = catalogue.exhibit("cross-validation", values)
    off = 10.0**-DECIMALS
    for split, found in enumerate(shown.found):
        least, rule = (shown.chosen[name][split] for name in ("least", "rule"))
        mean = shown.mean[split]
        if least is not None:
            assert mean[least] <= mean.min() + off
        if rule is not None and least is not None:
            level = mean[least] + shown.spread[split, least]
            assert rule >= least
            assert mean[rule] <= level + off
            assert (mean[rule + 1 :] >= level - off).all()
        for at in range(len(shown.lambdas)):
            case = claims(shown, {"lam": at, "split": split})["verdict"].key.rpartition(".")[2]
            assert (case == "over") == (mean[at] > found.tolerated)


def test_the_choices_are_what_other_lessons_take_by_cv():
    X, y = diabetes()
    shown, found = catalogue.exhibit("cross-validation"), cross_validation(X, y, "l1")
    least, rule = (shown.lambdas[shown.chosen[name][0]] for name in ("least", "rule"))
    assert (least, rule) == (found.least[0], found.one_standard_error[0])


@examples(4)
@given(SETTINGS)
def test_counts_along_the_top_are_those_of_the_fit_to_all_rows(values):
    shown = catalogue.exhibit("cross-validation", values)
    drawn, (X, y) = picture(shown), diabetes()
    if values["penalty"] == "l2":
        assert "kept" not in {mark.name for mark in drawn.marks}
        assert (shown.kept == X.shape[1]).all()
        return
    kept = drawn.mark("kept")
    path = rm.lasso_path(X, y)
    for (x, _), text in zip(kept.points, kept.texts, strict=True):
        at = int(np.argmin(np.abs(shown.where - x)))
        count = int(np.count_nonzero(path.at(shown.lambdas[at : at + 1])))
        assert text.values["count"] == count
    # Each choice has its own, if there is room.
    assert shown.where[shown.chosen["rule"][0]] in kept.points[:, 0]


def test_the_place_of_the_rule_is_judged_right_and_the_named_places_are_not():
    shown = catalogue.exhibit("cross-validation", {"folds": 10})
    asked = next(q for q in questions(story(shown)) if q.name == "rule")
    assert judge(asked, shown.places("rule")[0].tolist()).is_right
    assert asked.wrongs
    for wrong in asked.wrongs:
        assert not judge(asked, wrong.answer.tolist()).is_right


def test_the_answer_is_told_by_its_strength_and_not_by_where_it_stands():
    shown = catalogue.exhibit("cross-validation")
    asked = next(each for each in asked_in(shown) if each.question.name == "rule")
    at = shown.chosen["rule"][0]
    told = [chosen(shown.lambdas[at]), chosen(shown.mean[0, at])]
    assert asked.right(load("en")) == f"$({', '.join(told)})$"
    panel = asked.picture.panel("errors")
    assert panel.read(np.array([shown.where[0], 0.5])).tolist() == [0.0, 0.5]


def test_the_task_is_done_at_the_least_and_not_at_first():
    shown = catalogue.exhibit("cross-validation")
    for step, stop in played(story(shown), picture(shown)):
        if step.task is not None:
            assert not step.task.is_done(claims(shown, stop.at), {})
            at = {**stop.at, "lam": shown.chosen["least"][0]}
            assert step.task.is_done(claims(shown, at), {})


def test_data_of_noise_alone_choose_nothing_and_are_drawn(tmp_path):
    path, kinds = tmp_path / "noise.csv", set()
    given = {"data": str(path), "target": "y"}
    for seed in range(5):
        rows = np.random.default_rng(seed).standard_normal((40, 4))
        np.savetxt(path, rows, delimiter=",", header="a,b,c,y", comments="", fmt="%.4f")
        for penalty in ("l1", "l2"):
            shown = catalogue.exhibit("cross-validation", given | {"penalty": penalty})
            drawn = picture(shown)
            kinds.add(claims(shown, drawn.rest)["choice"].key.rpartition(".")[2])
            assert faults(story(shown), drawn) == []
    assert kinds & {"bare", "useless"}


def test_fewer_rows_than_folds_are_refused(tmp_path):
    path, rows = tmp_path / "few.csv", np.random.default_rng(0).standard_normal((9, 4))
    np.savetxt(path, rows, delimiter=",", header="a,b,c,y", comments="", fmt="%.4f")
    given = {"data": str(path), "target": "y", "folds": 10}
    with pytest.raises(BadInput, match=r"folds = 10 needs as many rows; give at most 9\."):
        catalogue.exhibit("cross-validation", given)


def test_every_fold_of_the_first_split_is_seen_where_it_errs_least():
    for seed in range(12):
        shown = catalogue.exhibit("cross-validation", {"folds": 10, "seed": seed})
        bottom, cut, _ = shown.seen
        least = shown.errors[0].min(axis=1)
        assert bottom < least.min()
        assert least.max() < cut
