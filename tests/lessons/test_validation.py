"""Lambda by cross-validation: what is chosen, and that it is said wherever it was."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text
from regviz.lessons.catalogue import exhibit
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.parameters import RULES
from regviz.lessons.validation import FITS, cross_validation, strength
from tests.examples import examples
from tests.lessons.csv_files import write_csv

#: strengths per tenfold, and powers of ten, of the grid that choices are compared with
DENSE, POWERS = 300, (-9, 7)


def check(X, y, penalty):
    """Assert that a dense and far longer grid of strengths would choose the same."""
    found = cross_validation(X, y, penalty)
    folds = rm.held_out_rows(len(y), min(5, len(y)), 0)
    grid = np.logspace(*POWERS, DENSE * (POWERS[1] - POWERS[0]))
    dense = rm.HeldOut(rm.split_rows(X, y, folds), FITS[penalty]).at(grid)
    best = min(dense.mean.min(), dense.free.mean(), dense.null.mean())
    (least, error), (rule, _) = found.least, found.one_standard_error
    assert error <= best * (1.0 + 1e-3)
    # Judged by what is tolerated on our grid: the least of a flat curve may lie elsewhere.
    within = grid[dense.mean <= found.tolerated]
    if rule == math.inf:
        assert penalty == "l2"
        assert within[-1] == grid[-1]
    elif found.null.mean() <= found.tolerated:
        assert penalty == "l1"
        np.testing.assert_allclose(dense.mean[grid >= rule], found.null.mean(), rtol=1e-12)
        assert dense.mean[np.searchsorted(grid, rule * 0.98)] != found.null.mean()
    elif within.size:
        assert within[-1] / 1.012 <= rule <= within[-1] * 1.012
    assert rule >= least or least == math.inf


@examples(40)
@given(
    st.integers(0, 10_000), st.integers(3, 60), st.integers(1, 15), st.floats(0.0, 3.0),
    st.sampled_from(["l1", "l2"]),
)  # fmt: skip
@example(5, 60, 2, 300.0, "l2")
@example(5, 60, 2, 300.0, "l1")
def test_a_longer_and_denser_grid_chooses_the_same(seed, n_samples, n, signal, penalty):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n))
    y = signal * X[:, : 1 + n // 2].sum(axis=1) + rng.standard_normal(n_samples)
    check(rm.standardize(X), rm.standardize(y), penalty)


@pytest.mark.parametrize("target", read_design(DataKnobs()).features)
def test_every_target_of_our_data_has_a_choice(target):
    design = read_design(DataKnobs(target=target))
    for penalty in FITS:
        check(rm.standardize(design.X), rm.standardize(design.y), penalty)


def test_the_rule_is_not_cut_off_by_the_end_of_what_is_swept():
    shown = exhibit("feature-selection", {"target": "age"})
    assert shown.lambdas[-1] < 1.0
    assert shown.held_out["l2"].one_standard_error[0] == 2.96


def noise(folder, signal=0.0):
    """Write data that tell next to nothing, so that ridge has no largest strength."""
    rng = np.random.default_rng(2)
    X, y = rng.standard_normal((33, 4)), rng.standard_normal(33)
    y = y + signal * X[:, 0]
    columns = {f"x{at}": column for at, column in enumerate(X.T)} | {"y": y}
    return write_csv(folder, columns)


def test_a_rule_that_chooses_nothing_is_refused_and_one_that_does_is_not(tmp_path):
    design = read_design(DataKnobs(data=noise(tmp_path), target="y"))
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    with pytest.raises(BadInput, match=r"lam = cv-1se is not decided by these data: .* number"):
        strength("cv-1se", X, y, "l2")
    lam, by = strength("cv-1se", X, y, "l1")
    assert by.lam == lam > 0.0
    with pytest.raises(BadInput, match="shows strengths from 9 on; give"):
        strength("cv", X, y, "l1", weakest=9.0)
    assert strength(0.5, X, y, "l1") == (0.5, None)
    assert strength(None, X, y, "l1") == (None, None)


CHOSEN = {
    "feature-selection": {},
    "lasso-path": {},
    "corner": {"data": "diabetes"},
    "bias-variance": {},
    "dropout": {"n_masks": 10},
    "conventions": {},
    "rescaling": {"features": ("age", "sex")},
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("lesson", CHOSEN)
def test_a_lesson_with_data_takes_a_rule_and_says_so(lesson, rule):
    shown = exhibit(lesson, CHOSEN[lesson] | {"lam": rule})
    by = shown.by_validation
    assert (by.rule, by.n_folds, by.seed) == (rule, 5, 0)
    assert shown.lam[by.penalty] == pytest.approx(by.lam, rel=5e-4)
    assert shown.parameters["lam"] == shown.lam[by.penalty]
    assert by.told().startswith(f"lambda {by.lam:g} by 5-fold cross-validation of ")
    assert by.told().endswith("(seed 0)")
    assert ("one-standard-error" in by.told()) == (rule == "cv-1se")
    plainly = exhibit(lesson, CHOSEN[lesson])
    assert plainly.by_validation is None
    for lang, said in (("en", "5-fold cross-validation"), ("ko", "5겹 교차 검증")):
        assert said in alt_text(shown, lang)
        assert "(seed 0)" in alt_text(shown, lang) or lang == "ko"
        assert said not in alt_text(plainly, lang)


def test_what_is_chosen_is_what_the_video_and_the_page_mark():
    for rule, mark in (("cv", "least"), ("cv-1se", "one_standard_error")):
        shown = exhibit("feature-selection", {"lam": rule})
        assert getattr(shown.held_out["l1"], mark)[0] == shown.by_validation.lam


def test_corner_sees_its_two_features_alone():
    shown = exhibit("corner", {"data": "diabetes", "lam": "cv-1se"})
    design = read_design(DataKnobs(features=("bmi", "s6")))
    found = cross_validation(rm.standardize(design.X), rm.standardize(design.y), "l1")
    assert shown.lam["l1"] == found.one_standard_error[0]


WITHOUT_DATA = [
    entry.slug
    for entry in catalogue.entries()
    if "lam" in {knob.name for knob in catalogue.parameters_class(entry.slug).knobs()}
    and entry.slug not in CHOSEN
]


@pytest.mark.parametrize("lesson", [*WITHOUT_DATA, "corner"])
@pytest.mark.parametrize("rule", RULES)
def test_a_lesson_without_data_refuses_it_by_name(lesson, rule):
    with pytest.raises(BadInput, match=f"lam = {rule} needs data") as refusal:
        exhibit(lesson, {"lam": rule})
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("lesson", CHOSEN)
def test_lesson_knobs_name_the_rules(lesson):
    (knob,) = (k for k in catalogue.parameters_class(lesson).knobs() if k.name == "lam")
    assert "or cv or cv-1se, by cross-validation" in knob.metadata["kind"].describe()
    with pytest.raises(BadInput, match=r"lam = 'vc' is not a number; .* or cv"):
        exhibit(lesson, CHOSEN[lesson] | {"lam": "vc"})


def test_two_strengths_are_one_too_many():
    with pytest.raises(BadInput, match="lam and budget are both given"):
        exhibit("corner", {"data": "diabetes", "lam": "cv", "budget": 1})
    with pytest.raises(BadInput, match="lam and keep are both given"):
        exhibit("dropout", {"lam": "cv", "keep": 0.3})


def test_dropout_takes_a_strength_in_place_of_a_probability():
    shown = exhibit("dropout", {"lam": 0.25, "n_masks": 10})
    assert shown.lam["l2"] == pytest.approx(0.25, rel=1e-5)
    assert shown.parameters["keep"] == pytest.approx(2.0 / 3.0, abs=1e-6)
    assert exhibit("dropout", {"n_masks": 10}).parameters["lam"] == 0.5


def predicted(model, features, X):
    return model.intercept + sum(
        model.weights[name] * column for name, column in zip(features, X.T, strict=True)
    )


@pytest.mark.parametrize(
    ("lesson", "values", "names"),
    [
        ("feature-selection", {}, {"l1": "weights-l1", "l2": "weights-l2"}),
        (
            "corner", {"data": "diabetes"},
            {"unregularized": "unregularized", "l1": "optimum-l1", "l2": "optimum-l2"},
        ),
        (
            "dropout", {"n_masks": 10},
            {name: name for name in ("unregularized", "closed-form", "monte-carlo")},
        ),
    ],
)  # fmt: skip
def test_models_in_own_units_predict_what_standardized_ones_do(lesson, values, names):
    shown = exhibit(lesson, values)
    design = read_design(DataKnobs(features=shown.parameters["features"]))
    assert set(shown.own_units) == set(names)
    for name, model in shown.own_units.items():
        assert (model.target, tuple(model.weights)) == (design.target, design.features)
        weights = shown.points[names[name]]
        standardized = rm.standardize(design.X) @ weights
        expected = design.y.mean() + design.y.std() * standardized
        own = predicted(model, design.features, design.X)
        np.testing.assert_allclose(own, expected, rtol=1e-12)
        zeros = [model.weights[f] == 0.0 for f in design.features]
        np.testing.assert_array_equal(zeros, weights == 0.0)


@pytest.mark.parametrize("degree", [3, 9, 12])
def test_a_polynomial_in_own_units_is_the_curve_that_is_drawn(degree):
    shown = exhibit("bias-variance", {"degree": degree})
    design = read_design(DataKnobs(features=("bmi",)))
    (model,) = shown.own_units.values()
    (rescaled,) = model.rescaled.values()
    assert rescaled["feature"] == "bmi"
    u = (shown.x - rescaled["center"]) / rescaled["scale"]
    own = np.polynomial.Polynomial([model.intercept, *model.weights.values()])(u)
    assert len(model.weights) == degree
    drawn = design.y.mean() + design.y.std() * shown.curves[shown.at, 0]
    np.testing.assert_allclose(own, drawn, rtol=1e-9)


def test_a_loss_given_by_numbers_has_no_units():
    assert exhibit("corner").own_units == {}
    assert exhibit("overfitting").own_units == {}


def test_what_was_chosen_is_plain_data():
    shown = exhibit("feature-selection", {"lam": "cv"})
    assert asdict(shown.by_validation) == {
        "rule": "cv", "penalty": "l1", "lam": 0.0117, "n_folds": 5, "seed": 0
    }  # fmt: skip
