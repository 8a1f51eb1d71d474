"""Two worlds with the same sum of squares: L1 errs less in one, L2 in the other."""

import numpy as np
import pytest

import regmath as rm
from regviz.lessons.few_or_many import N_ROWS, NOISE, few_or_many

FEW, MANY = few_or_many()


def test_only_l1_can_tell_the_worlds_apart():
    assert np.square(FEW.weights).sum() == pytest.approx(np.square(MANY.weights).sum())
    assert FEW.error["l2"] == pytest.approx(MANY.error["l2"])
    assert (
        FEW.error["free"]
        == MANY.error["free"]
        == pytest.approx(len(FEW.weights) * NOISE**2 / N_ROWS)
    )


def test_l1_errs_less_where_few_matter_and_l2_where_many_do():
    assert FEW.n_matter < MANY.n_matter == len(MANY.weights)
    assert FEW.error["l1"] < FEW.error["l2"] < FEW.error["free"]
    assert MANY.error["l2"] < MANY.error["l1"] < MANY.error["free"]


@pytest.mark.parametrize("world", [FEW, MANY], ids=["few", "many"])
def test_no_strength_errs_less_than_the_best(world):
    deviation, lams = NOISE / np.sqrt(N_ROWS), np.geomspace(1e-5, 1e3, 5001)
    for name, risk in (("l1", rm.lasso_risk), ("l2", rm.ridge_risk)):
        errors = risk(world.weights[:, None], deviation, lams).sum(axis=0)
        assert errors.min() >= world.error[name] - 1e-12
    # Ridge's best strength has a closed form.
    n, squares = len(world.weights), float(np.square(world.weights).sum())
    assert world.lam["l2"] == pytest.approx(n * deviation**2 / (2.0 * squares), rel=1e-6)
