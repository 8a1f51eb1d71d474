"""Where a path loses a feature for longest, against its weights strength by strength."""

import numpy as np
import pytest

import regmath as rm
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs


def test_of_uncorrelated_features_none_drops_out():
    rng = np.random.default_rng(4)
    X = np.linalg.qr(rng.normal(size=(40, 6)))[0] * np.sqrt(40.0)
    assert rm.longest_absence(rm.lasso_path(X, X @ rng.normal(size=6))) is None


def absences(path):
    """Return each absence by the middles of the path's pieces, with how much |w|_1 grows."""
    inside = path.at((path.lambdas[1:] + path.lambdas[:-1]) / 2.0) != 0.0
    sums = np.abs(path.weights).sum(axis=1)
    for feature, has in enumerate(inside.T):
        pieces = np.flatnonzero(~has & (np.arange(len(has)) > has.argmax()) & has.any())
        for piece in np.split(pieces, np.flatnonzero(np.diff(pieces) > 1) + 1):
            if len(piece):
                ends = path.lambdas[[has.argmax(), piece[0], piece[-1] + 1]]
                yield sums[piece[-1] + 1] - sums[piece[0]], feature, ends


@pytest.mark.parametrize("seed", [None, 3, 8, 21])
def test_it_is_the_longest_of_all_absences(seed):
    if seed is None:
        design = read_design(DataKnobs())
        X, y = rm.standardize(design.X), rm.standardize(design.y)
    else:
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(30, 8)) + 2.0 * rng.normal(size=(30, 1)), rng.normal(size=30)
    path = rm.lasso_path(X, y)
    found, every = rm.longest_absence(path), list(absences(path))
    assert (found is None) == (not every)
    if found is not None:
        _, feature, ends = max(every, key=lambda each: each[0])
        assert found.feature == feature
        assert (found.left, found.back) == tuple(ends[1:])
        # It may have been in before it was in last.
        assert found.entered <= ends[0]
        assert path.at((found.left + found.back) / 2.0)[feature] == 0.0
        assert path.at((found.entered + found.left) / 2.0)[feature] != 0.0
