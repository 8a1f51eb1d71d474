"""Every path solver on every hard problem: right by the data, or refused by name, in time."""

from fractions import Fraction

import numpy as np
import pytest

from regmath import NearlyDependent, lasso_path, ridge_path
from tests.contracts.hard import HardProblem, problems, time_limit

PROMISED = 1e-8  # a share of lambda_max
SECONDS = 20
every_problem = pytest.mark.parametrize("problem", list(problems()), ids=str)


def correlations(X, y, weights):
    """`X'(y - X w)` for each row of weights, in exact arithmetic; and `max |X'y|`."""
    rows = [[Fraction(x) for x in row] for row in X.tolist()]
    target = [Fraction(value) for value in y.tolist()]
    found = []
    for w in [[0.0] * X.shape[1], *weights.tolist()]:
        exact = [Fraction(value) for value in w]
        rest = [
            goal - sum(x * v for x, v in zip(row, exact, strict=True) if v)
            for row, goal in zip(rows, target, strict=True)
        ]
        found.append(
            [sum(row[j] * e for row, e in zip(rows, rest, strict=True)) for j in range(len(w))]
        )
    return found[1:], max(abs(c) for c in found[0])


def violation(X, y, path):
    """Worst violation of the lasso's conditions on the whole path, as a share of lambda_max."""
    slopes, largest = correlations(X, y, path.weights)
    worst = Fraction(0)
    for knot, slope in enumerate(slopes):
        lam = len(y) * Fraction(float(path.lambdas[knot]))
        worst = max(worst, max(abs(c) for c in slope) - lam)
        for signs in path.signs[max(0, knot - 1) : knot + 1].tolist():
            held = zip(slope, signs, strict=True)
            worst = max([worst, *(abs(c - lam * sign) for c, sign in held if sign)])
    return float(worst / largest)


def solved(problem, solve):
    """Return what `solve` does, or None if it refused by name what is not plain."""
    with time_limit(SECONDS):
        try:
            return solve()
        except NearlyDependent as error:
            refusal = error
    assert not problem.plain, refusal
    assert refusal.groups
    return None


@every_problem
def test_a_lasso_path_keeps_its_promise_or_says_which_columns(problem: HardProblem):
    path = solved(problem, lambda: lasso_path(problem.X, problem.y))
    if path is not None:
        assert violation(problem.X, problem.y, path) <= PROMISED


@every_problem
def test_a_ridge_path_keeps_its_promise_or_says_which_columns(problem: HardProblem):
    X, y = problem.X, problem.y
    unit = np.abs(X).max() ** 2
    lambdas = unit * np.array([0.0, 1e-16, 1e-12, 1e-8, 1e-4, 1.0])
    weights = solved(problem, lambda: ridge_path(X, y, lambdas))
    if weights is None:
        return
    slopes, _ = correlations(X, y, weights)
    # The largest gradient that a target of this length can have, as ridge is linear in it.
    unit_X, unit_y = (10.0 ** np.round(np.log10(np.abs(v).max())) for v in (X, y))
    longest = np.linalg.norm(X / unit_X, 2) * np.linalg.norm(y / unit_y)
    largest = Fraction(float(longest)) * Fraction(unit_X) * Fraction(unit_y)
    for slope, lam, w in zip(slopes, lambdas.tolist(), weights.tolist(), strict=True):
        pull = 2 * len(y) * Fraction(lam)
        missed = (c - pull * Fraction(v) for c, v in zip(slope, w, strict=True))
        assert float(max(map(abs, missed)) / largest) <= PROMISED


def test_most_of_the_family_is_solved():
    refused = []
    for problem in problems():
        try:
            lasso_path(problem.X, problem.y)
        except NearlyDependent:
            refused.append(problem.name)
    assert len(refused) <= 0.1 * sum(1 for _ in problems())
