"""Exact optima of hard problems: certified from the data here, or refused by name."""

import numpy as np
import pytest

import regmath
from regmath import L2, ElasticNet, LeastSquares, Quadratic, UncertifiedError
from regmath.geometry import constrained_optimum, corner_lambdas, penalized_optimum

from .hard import problems, time_limit
from .tables import CONVEX, METHODS, PENALTIES

FAMILY = list(problems())
# In this test's own arithmetic, of lambda_max, and of the terms that cancel in a slope.
BOUND, ROUNDING = 2e-12, 1e-14
SECONDS = 60

every_penalty = pytest.mark.parametrize("penalty", CONVEX, ids=repr)


def strengths(penalty):
    """Return the factors of `|w|_1` and `|w|^2` at lam = 1, by the penalties' definitions."""
    if isinstance(penalty, ElasticNet):
        return penalty.l1_ratio, 1.0 - penalty.l1_ratio
    return (0.0, 1.0) if isinstance(penalty, L2) else (1.0, 0.0)


class Slopes:
    """Slopes of least squares from its data, in extended precision."""

    def __init__(self, X, y):
        self.X, self.y = X.astype(np.longdouble), y.astype(np.longdouble)
        self.steepest = np.abs(self.X.T @ self.y).max() / len(y)
        self.largest = np.square(self.X).sum(axis=0).max() / len(y)

    def slack(self, penalty, lam, weights):
        """Return by how much the conditions of optimality fail beyond what is allowed."""
        w, n = weights.astype(np.longdouble), len(self.y)
        l1, l2 = (lam * np.longdouble(part) for part in strengths(penalty))
        downhill = self.X.T @ (self.y - self.X @ w) / n - 2.0 * l2 * w
        off = np.where(w == 0.0, np.abs(downhill) - l1, np.abs(downhill - l1 * np.sign(w)))
        terms = (np.abs(self.X).T @ (np.abs(self.X) @ np.abs(w)) / n).max()
        return off.max() - BOUND * self.steepest - ROUNDING * len(w) * terms


def lambdas(penalty, slopes):
    """Return strengths that matter: as shares of lambda_max, or of the largest curvature."""
    l1, _ = strengths(penalty)
    scale = slopes.steepest / l1 if l1 else slopes.largest
    return [float(scale * share) for share in (0.5, 0.01, 1e-6)]


def solved(solve, problem):
    """Return the solution, or None where it is refused by name and may be."""
    try:
        with time_limit(SECONDS):
            return solve()
    except UncertifiedError:
        assert not problem.plain, f"{problem} is an ordinary problem, and was refused"
        return None


@every_penalty
def test_penalized_optima_hold_or_are_refused(penalty):
    refused = 0
    for problem in FAMILY:
        loss, slopes = LeastSquares(problem.X, problem.y), Slopes(problem.X, problem.y)
        for lam in lambdas(penalty, slopes):
            at = penalty.with_lambda(lam)
            weights = solved(lambda loss=loss, at=at: penalized_optimum(loss, at), problem)
            if weights is None:
                refused += 1
                continue
            assert slopes.slack(penalty, lam, weights) <= 0.0, (problem, lam)
            assert not np.signbit(weights[weights == 0.0]).any(), problem
    assert refused <= 0.01 * 3 * len(FAMILY)


@every_penalty
@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.long)])
def test_constrained_optima_hold_or_are_refused(penalty, step):
    refused = 0
    for problem in FAMILY[::step]:  # the search for a budget takes many solves
        loss, slopes = LeastSquares(problem.X, problem.y), Slopes(problem.X, problem.y)
        # About the size of weights that penalties leave, whatever the center is.
        size = float(slopes.steepest / slopes.largest)
        for share in (0.1, 3.0):
            budget = share * float(penalty.level(np.array([size])))
            best = solved(
                lambda loss=loss, budget=budget: constrained_optimum(loss, penalty, budget),
                problem,
            )
            if best is None:
                refused += 1
                continue
            lam, level = float(best.multiplier), penalty.level(best.weights)
            assert slopes.slack(penalty, lam, best.weights) <= 0.0, (problem, share)
            assert level <= budget * (1.0 + 1e-12), (problem, share)
            if best.active:
                spill = lam * (1.0 - level / budget)
                assert spill <= 1e-9 * lambdas(penalty, slopes)[0], (problem, share)
    assert refused <= 0.02 * 2 * len(FAMILY[::step])


def test_twins_of_every_closeness_with_a_budget_of_one():
    rng = np.random.default_rng(0)
    a, b, noise, y = rng.standard_normal((4, 20))
    for apart in 10.0 ** -np.arange(4, 17):
        X = np.column_stack((a, a + apart * noise, b))
        slopes = Slopes(X, y)
        for penalty in CONVEX:
            with time_limit(SECONDS):
                best = constrained_optimum(LeastSquares(X, y), penalty, 1.0)
            assert slopes.slack(penalty, float(best.multiplier), best.weights) <= 0.0


SINGULAR = np.outer([0.1, 0.3, 0.7], [0.1, 0.3, 0.7])


@every_penalty
def test_a_loss_that_sees_one_direction_only(penalty):
    for center in ([1.0, 2.0, 3.0], [1.0, 0.0, -1.0], [30.0, -9.0, 0.0]):
        loss = Quadratic(SINGULAR, center)
        slope = np.abs(SINGULAR @ center).max()
        for lam in (0.5 * slope, 1e-3 * slope, 1e-9 * slope):
            at = penalty.with_lambda(lam)
            with time_limit(SECONDS):
                weights = penalized_optimum(loss, at)
            share = at.subdifferential_distance(weights, -loss.gradient(weights)) / slope
            assert share <= 1e-13 * (1.0 + np.abs(center).max())
        for budget in (1e-3, 1.0, 100.0):
            with time_limit(SECONDS):
                best = constrained_optimum(loss, penalty, budget)
            at = penalty.with_lambda(float(best.multiplier))
            share = at.subdifferential_distance(best.weights, -loss.gradient(best.weights))
            assert share <= 1e-13 * slope * (1.0 + np.abs(center).max())


@pytest.mark.parametrize("share", 10.0 ** -np.arange(2.0, 17.0, 2.0))
def test_ridge_of_singular_data_is_that_of_the_path(share):
    for problem in FAMILY:
        if problem.name.startswith(("duplicates", "sums", "wide", "repeated", "indicators")):
            lam = share * float(np.square(problem.X).sum(axis=0).max()) / len(problem.y)
            (theirs,) = regmath.ridge_path(problem.X, problem.y, [lam])
            ours = penalized_optimum(LeastSquares(problem.X, problem.y), L2(lam))
            assert ours == pytest.approx(theirs, rel=1e-10, abs=1e-12 * np.abs(theirs).max())


HESSIAN = np.array([[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.7]])
CENTER = np.array([1.5, -1.2, 0.4])


@every_penalty
@pytest.mark.parametrize("n_weights", [2, 3])
@pytest.mark.parametrize("curvature", [1e-200, 1e-150, 1e150, 1e200])
@pytest.mark.parametrize("unit", [1e-100, 1.0, 1e100])
def test_no_unit_changes_an_optimum(penalty, n_weights, curvature, unit):
    l1, l2 = strengths(penalty)
    if l1 and l2 and unit != 1.0:
        pytest.skip("the elastic net's mix of both is not the same in another unit of weights")
    hessian, center = HESSIAN[:n_weights, :n_weights], CENTER[:n_weights]
    plain, other = Quadratic(hessian, center), Quadratic(hessian * curvature, center * unit)
    lam_unit = curvature * unit if l1 else curvature
    expected = penalized_optimum(plain, penalty.with_lambda(0.3))
    found = penalized_optimum(other, penalty.with_lambda(0.3 * lam_unit))
    assert found / unit == pytest.approx(expected, rel=1e-12)
    budget = 0.6 * float(penalty.level(center))
    # The level of the elastic net without an L1 part is a square.
    level_unit = float(penalty.level(np.array([unit])) / penalty.level(np.array([1.0])))
    best = constrained_optimum(plain, penalty, budget)
    scaled = constrained_optimum(other, penalty, budget * level_unit)
    assert scaled.weights / unit == pytest.approx(best.weights, rel=1e-12)
    assert scaled.multiplier / lam_unit == pytest.approx(best.multiplier, rel=1e-12)


@pytest.mark.parametrize("n_weights", [1, 2, 3])
def test_a_ridge_far_stronger_than_the_loss(n_weights):
    # Columns so small that the loss's curvature is 1e200 times less than the ridge.
    rng = np.random.default_rng(n_weights)
    X, y = rng.standard_normal((8, n_weights)) * 1e-130, rng.standard_normal(8)
    slopes = Slopes(X, y)
    penalty = ElasticNet(1.0, 0.5)
    lam = float(slopes.steepest)
    weights = penalized_optimum(LeastSquares(X, y), penalty.with_lambda(lam))
    assert weights.any()
    assert slopes.slack(penalty, lam, weights) <= 0.0
    flat = Quadratic(np.eye(n_weights) * 1e-250, np.ones(n_weights))
    with pytest.raises(UncertifiedError, match="range of doubles"):
        penalized_optimum(flat, L2(1e100))


def test_what_leaves_the_range_of_doubles_is_refused_by_name():
    loss = Quadratic(HESSIAN * 1e200, CENTER * 1e150)
    with pytest.raises(UncertifiedError, match="range of doubles"):
        constrained_optimum(loss, PENALTIES["L1"][0], 1e149)


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_the_corner_of_a_tie(unit):
    loss = Quadratic(np.array([[4.0, -1.0], [-1.0, 1.0]]) * unit, [0.0, 0.5])
    low, high = corner_lambdas(loss)
    assert low == 0.0
    assert high / unit == pytest.approx(0.5, rel=1e-15)
    mirrored = Quadratic(np.array([[1.0, -1.0], [-1.0, 4.0]]) * unit, [0.5, 0.0])
    assert corner_lambdas(mirrored) == (low, high)
    # Tied, and both enter: no weight is ever alone.
    assert np.ptp(corner_lambdas(Quadratic(np.eye(2), [1.0, -1.0]))) == 0.0


@every_penalty
def test_minus_zero_never_comes_out(penalty):
    for hessian in (np.eye(2), np.eye(3), np.diag([1.0, 0.0]), np.zeros((2, 2))):
        loss = Quadratic(hessian, np.full(len(hessian), -0.0))
        found = [penalized_optimum(loss, penalty.with_lambda(lam)) for lam in (0.0, 1.0)]
        found.append(constrained_optimum(loss, penalty, 1.0).weights)
        for method in METHODS.values():
            if hessian.any():  # a flat loss sets no step size
                states = method.run(loss, penalty, np.full(len(hessian), -0.0))
                found.extend(regmath.record(states, 3))
        assert not any(np.signbit(each[each == 0.0]).any() for each in found)


@every_penalty
@pytest.mark.parametrize("name", METHODS)
def test_descents_stay_finite_and_fall_as_they_promise(name, penalty):
    method = METHODS[name]
    for problem in FAMILY[::5]:
        loss = LeastSquares(problem.X, problem.y)
        slopes = Slopes(problem.X, problem.y)
        # Weak beside the loss's curvature, too: a step size that fits the loss fits both.
        at = penalty.with_lambda(0.01 * float(min(slopes.steepest, slopes.largest)))
        start = np.zeros(loss.n_weights)
        with time_limit(SECONDS):
            rows = regmath.record(method.run(loss, at, start), 60)
        assert np.isfinite(rows).all(), problem
        assert not np.signbit(rows[rows == 0.0]).any(), problem
        if method.monotone:
            falls = at if method.penalized else at.with_lambda(0.0)
            objective = loss.value(rows) + falls.value(rows)
            assert (np.diff(objective) <= 1e-12 * objective[0]).all(), problem
