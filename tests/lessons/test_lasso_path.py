"""The lasso's path: continuous, straight between knots, correlations tied on the active set."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lasso_path import AXES, claims, picture, story
from regviz.lessons.story import faults, played
from tests.examples import examples
from tests.lessons.csv_files import write_csv
from tests.lessons.test_feature_selection import KINDS, awkward


@pytest.fixture(scope="module")
def study():
    return exhibit("lasso-path")


def data_of(shown):
    given = {name: shown.parameters[name] for name in ("data", "target")}
    design = read_design(DataKnobs(**given))
    return rm.standardize(design.X), rm.standardize(design.y)


def check(shown):
    """Assert what the pictures claim, from the data and not from what the lesson computed."""
    X, y = data_of(shown)
    path, knots = shown.path, shown.path.lambdas
    picked = np.unique([*shown.lambdas[::25], *knots, *(knots[1:] + knots[:-1]) / 2.0])
    for lam, weights, pulls in zip(
        picked, path.at(picked), shown.pulls.at(picked), strict=True
    ):
        found = X.T @ (y - X @ weights) / len(y)
        np.testing.assert_allclose(pulls, found, atol=1e-10)
        tied = np.abs(found[weights != 0.0])
        np.testing.assert_allclose(tied, lam, atol=1e-10)
        assert np.abs(found).max() <= lam + 1e-10
    for axis in AXES:
        assert (np.diff(shown.place(axis, shown.lambdas[::-1])) >= 0.0).all()
    drawn = picture(shown)
    assert faults(story(shown), drawn) == []


@pytest.mark.parametrize("kind", KINDS)
def test_ties_and_knots_of_the_lecturers_data(kind, tmp_path):
    source = write_csv(tmp_path, awkward(kind))
    check(exhibit("lasso-path", {"data": source, "target": "y"}))


def test_ties_and_knots_of_the_study(study):
    check(study)
    assert study.certificate["kkt_residual"] < 1e-12


@examples(20)
@given(share=st.floats(0.0, 1.0), piece=st.integers(0, 11))
def test_weights_are_continuous_and_straight_between_knots(share, piece, study):
    path = study.path
    high, low = path.lambdas[piece : piece + 2]
    lam = low + share * (high - low)
    straight = path.weights[piece + 1] + share * (path.weights[piece] - path.weights[piece + 1])
    np.testing.assert_allclose(path.at(lam), straight, atol=1e-12)
    # From either side a knot has the same weights.
    for knot in (high, low):
        beside = path.at(knot * (1.0 + np.array([-1e-9, 1e-9])))
        np.testing.assert_allclose(beside[0], beside[1], atol=1e-6)
    # Against the ratio and the steps, too, the middle of a piece is the middle of its ends.
    for name in ("ratio", "df"):
        start, now, end = study.place(name, np.array([high, lam, low]))
        middle, at = np.interp(now, [start, end], [0.0, 1.0]), path.at(lam)
        np.testing.assert_allclose(
            at, path.weights[piece] * (1.0 - middle) + path.weights[piece + 1] * middle,
            atol=1e-10,
        )  # fmt: skip


def test_a_feature_of_the_study_drops_out_and_comes_back(study):
    feature, entered, left, back = study.drop
    assert study.features[feature] == "s3"
    weight = study.path.at([1.01 * entered, (entered + left) / 2, (left + back) / 2, back / 2])
    assert weight[0, feature] == weight[2, feature] == 0.0
    assert weight[1, feature] < 0.0 < weight[3, feature]
    kinds = [claims(study, {"lam": at})["drop"].key.rpartition(".")[2]
             for at in range(len(study.lambdas))]  # fmt: skip
    assert list(dict.fromkeys(kinds)) == ["back", "out", "in", "before"]


def test_every_axis_begins_without_weights_and_ends_without_a_penalty(study):
    drawn = picture(study)
    for name in AXES:
        lines = drawn.mark(f"path-{name}").points
        ends = lines[np.isfinite(lines[:, 0])]
        left, right, *_ = drawn.limits(drawn.panel(f"paths-{name}"), drawn.rest)
        assert ends[:, 0].min() == left
        assert left < ends[:, 0].max() < right
        assert (ends[ends[:, 0] == left, 1] == 0.0).all()
    # Halfway between two knots of the steps stands how many weights are not 0 there.
    ticks = drawn.panel("paths-df").ticks[0]
    middles = (study.path.lambdas[1:] + study.path.lambdas[:-1]) / 2.0
    counts = study.path.n_nonzero(middles)
    assert [f"${count}$" for count in [0, *counts]] == list(ticks.values())


def test_what_is_told_is_true_and_the_task_is_not_done(study):
    drawn = picture(study)
    for step, stop in played(story(study), drawn):
        lam = float(study.lambdas[stop.at["lam"]])
        if step.task is not None:
            assert not step.task.is_done(claims(study, stop.at), {"lam": lam})
            within = step.task.within["lam"]
            assert (study.path.n_nonzero(within) == 5).all()
        for said in stop.tell.values():
            if "tied" in said.values:
                assert said.values["tied"] == study.path.n_nonzero(said.values["lam"])
    for at in range(0, len(study.lambdas), 10):
        said = claims(study, {"lam": at})["ties"]
        weights = study.path.at(study.lambdas[at])
        if "next" in said.values:
            sizes = np.where(weights == 0.0, np.abs(study.pulls.at(study.lambdas[at])), -1.0)
            assert said.values["next"] == study.features[int(sizes.argmax())]
