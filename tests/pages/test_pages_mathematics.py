"""What a page computes is what regmath and the exhibits compute, zeros included."""

import numpy as np
import pytest

import regmath as rm
from regviz.lessons import catalogue

N = 200
#: pages that compute in closed form, and those that iterate
EXACT, ITERATED = 1e-12, 1e-9


def same(found, wanted, tolerance):
    """Equal to a tolerance that grows with size, and exactly where it is 0."""
    found, wanted = np.asarray(found, dtype=float), np.asarray(wanted, dtype=float)
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


def same_zeros(found, wanted):
    np.testing.assert_array_equal(np.asarray(found) == 0.0, np.asarray(wanted) == 0.0)


def some(seed, **ranges):
    """N settings of two decimals, each drawn evenly from its range or from its words."""
    rng = np.random.default_rng(seed)

    def one(given):
        if isinstance(given[0], str):
            return str(rng.choice(given))
        return round(float(rng.uniform(*given)), 2)

    return [
        {
            name: [one(part) for part in given] if isinstance(given, list) else one(given)
            for name, given in ranges.items()
        }
        for _ in range(N)
    ]


# ---- feature-selection


def feature_paths(exhibit, given):
    from regviz.lessons.data import read_design
    from regviz.lessons.knob_groups import DataKnobs

    design = read_design(DataKnobs(**given))
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    return rm.lasso_path(X, y), lambda lams: rm.ridge_path(X, y, lams)


@pytest.mark.parametrize("own", [False, True])
def test_feature_selection(calculator, own, tmp_path_factory):
    given = {}
    if own:
        rng = np.random.default_rng(8)
        rows = rng.standard_normal((40, 5))
        rows[:, 4] = rows[:, 0] - 2.0 * rows[:, 1] + 0.3 * rng.standard_normal(40)
        path = tmp_path_factory.mktemp("data") / "own.csv"
        lines = [",".join(f"{cell:.4f}" for cell in row) for row in rows]
        path.write_text("a,b,c,d,y\n" + "\n".join(lines), encoding="utf-8")
        given = {"data": str(path), "target": "y"}
    exhibit = catalogue.exhibit("feature-selection", given)
    lasso, ridge = feature_paths(exhibit, given)
    rng = np.random.default_rng(6)
    lams = [0.0, 1e-3, exhibit.lambda_max * 1.01, 1000.0]
    lams += [
        float(f"{lam:.4g}") for lam in exhibit.lambda_max * 10.0 ** rng.uniform(-3, 0.3, N)
    ]
    found = calculator(
        "feature-selection",
        [{"lam": lam} for lam in lams],
        """({ points, says }) => ({
            weights: { l1: points.l1.map(([w]) => w), l2: points.l2.map(([w]) => w) },
            zeros: { l1: says.l1[1].zeros, l2: says.l2[1].zeros } })""",
        values=tuple(given.items()),
    )
    order = list(exhibit.rows)
    l1, l2 = lasso.at(lams)[:, order], ridge(np.array(lams))[:, order]
    for row, view in enumerate(found):
        same(view["weights"]["l1"], l1[row], EXACT)
        same_zeros(view["weights"]["l1"], l1[row])
        same(view["weights"]["l2"], l2[row], EXACT)
        assert view["zeros"] == {"l1": int(np.sum(l1[row] == 0.0)), "l2": 0}


# ---- overfitting


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_overfitting(calculator, penalty):
    rng = np.random.default_rng(7)
    settings = [
        {
            "penalty": penalty,
            "degree": int(rng.integers(1, 12)),
            "lam": float(f"{10.0 ** rng.uniform(-6, 1):.2g}"),
        }
        for _ in range(N // 2)
    ]
    found = calculator(
        "overfitting",
        settings,
        """({ weights, fit, train, test, norm, best }) =>
            ({ weights, fit, train, test, norm, best })""",
    )
    for values, view in zip(settings, found, strict=True):
        shown = catalogue.exhibit("overfitting", values)
        same(view["fit"], shown.fits[shown.at], ITERATED)
        same(
            [view["train"], view["test"]],
            [shown.train_error[shown.at], shown.test_error[shown.at]],
            ITERATED,
        )
        same_zeros(view["weights"], shown.weights[shown.at])
        at_best = view["best"] == shown.lambdas[shown.best]
        assert at_best or shown.best == 0 or values["lam"] == shown.lambdas[shown.best]


def test_overfitting_with_moved_points(calculator):
    rng = np.random.default_rng(9)
    shown = catalogue.exhibit("overfitting")
    settings = [
        {
            "penalty": ("l1", "l2")[index % 2],
            "degree": 7,
            "lam": float(f"{10.0 ** rng.uniform(-4, 0):.2g}"),
            "xs": np.round(shown.x_train, 2).tolist(),
            "ys": np.round(rng.uniform(-2.0, 2.0, len(shown.x_train)), 2).tolist(),
        }
        for index in range(60)
    ]
    found = calculator("overfitting", settings, "({ weights, train }) => ({ weights, train })")
    for values, view in zip(settings, found, strict=True):
        powers = np.array(values["xs"])[:, None] ** np.arange(1, 8)
        X = (powers - powers.mean(axis=0)) / powers.std(axis=0)
        y = np.array(values["ys"]) - np.mean(values["ys"])
        path = (
            rm.lasso_path(X, y).at
            if values["penalty"] == "l1"
            else (lambda lam, X=X, y=y: rm.ridge_path(X, y, np.array([lam]))[0])
        )
        weights = path(values["lam"])
        same_zeros(view["weights"], weights)
        same(view["train"], np.mean((X @ weights - y) ** 2), ITERATED)
        size = np.abs(weights).max() or 1.0
        same(np.asarray(view["weights"]) / size, weights / size, ITERATED)


# ---- penalty-shapes


# ---- bias-variance


def test_bias_variance(calculator):
    exhibit = catalogue.exhibit("bias-variance", {"n_refits": 30})
    rng = np.random.default_rng(11)
    settings = [
        {
            "lam": float(f"{10.0 ** rng.uniform(-5, 1):.2g}"),
            "degree": int(rng.integers(3, 11)),
            "seed": int(rng.integers(0, 1000)),
            "step": 2,
        }
        for _ in range(N)
    ]
    found = calculator(
        "bias-variance",
        settings,
        """({ bias, variance, total, curves, samples }) => ({ bias, variance, total,
            curve: curves[1], sample: samples[1] })""",
    )
    rows, truth = exhibit.x_sample, exhibit.truth_sample
    middle, half = (rows.max() + rows.min()) / 2.0, np.ptp(rows) / 2.0
    grid = exhibit.x[::2]
    for values, view in zip(settings, found, strict=True):
        powers = np.arange(1, values["degree"] + 1)
        X, X_grid = (((x - middle) / half)[:, None] ** powers for x in (rows, grid))
        mean, scale = X.mean(axis=0), X.std(axis=0)
        X, X_grid = (X - mean) / scale, (X_grid - mean) / scale
        bias, variance = rm.ridge_bias_variance(X, truth, exhibit.noise, [values["lam"]])
        same([view["bias"], view["variance"]], [bias[0], variance[0]], ITERATED)
        same(view["total"], bias[0] + variance[0] + exhibit.noise**2, ITERATED)
        sample = np.array(view["sample"])
        weights = rm.ridge_path(X, sample - sample.mean(), np.array([values["lam"]]))[0]
        same(view["curve"], X_grid @ weights + sample.mean(), ITERATED)


def test_bias_variance_of_the_exhibit(calculator):
    exhibit = catalogue.exhibit("bias-variance")
    lams = exhibit.lambdas[1:].tolist()
    pick = "({ bias, variance, total, best }) => [bias, variance, total, best.lam]"
    found = np.array(calculator("bias-variance", [{"lam": lam} for lam in lams], pick))
    same(found[:, 0], exhibit.bias_squared[1:], ITERATED)
    same(found[:, 1], exhibit.variance[1:], ITERATED)
    same(found[:, 2], exhibit.total[1:], ITERATED)
    assert set(found[:, 3]) == {exhibit.lambdas[exhibit.best]}
