"""What a page computes is what regmath and the exhibits compute, zeros included."""

import numpy as np
import pytest

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.numbers import to_digits

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


# ---- numbers


def test_a_number_has_the_digits_that_python_tells(twin):
    rng = np.random.default_rng(3)
    near = rng.integers(-999, 1000, 400) + rng.choice([0.0, 0.25, 0.5], 400)
    off = 1.0 + rng.choice([-2e-16, 0.0, 2e-16], 400)
    values = [*(near * off * 10.0 ** rng.integers(-6, 7, 400)), *rng.normal(0.0, 1e3, 200)]
    asked = [(float(value), digits) for value in values for digits in (1, 2, 3, 4)]
    each = "(asked) => asked.map((number) => toDigits(...number))"
    page = twin(each, "numbers.js", "said.js")
    assert page(asked) == [to_digits(*number) for number in asked]


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
    lams = [1e-4, 1e-3, exhibit.lasso.lambda_max * 1.01, 1000.0]
    lams += [
        float(f"{lam:.4g}")
        for lam in exhibit.lasso.lambda_max * 10.0 ** rng.uniform(-3, 0.3, N)
    ]
    found = calculator(
        "feature-selection",
        [{"lam": lam} for lam in lams],
        """({ points, says }) => ({
            weights: {
                l1: points["bars-l1"].map(([w]) => w), l2: points["bars-l2"].map(([w]) => w) },
            zeros: { l1: says["verdict-l1"][1].zeros, l2: says["verdict-l2"][1].zeros } })""",
        values=tuple(given.items()),
    )
    order = list(exhibit.rows)
    l1, l2 = lasso.at(lams)[:, order], ridge(np.array(lams))[:, order]
    for row, view in enumerate(found):
        same(view["weights"]["l1"], l1[row], EXACT)
        same_zeros(view["weights"]["l1"], l1[row])
        same(view["weights"]["l2"], l2[row], EXACT)
        assert view["zeros"] == {"l1": int(np.sum(l1[row] == 0.0)), "l2": 0}


# ---- update-steps


def test_the_thresholds_names_stand_where_the_map_bends(calculator):
    drawn = catalogue.load("update-steps").picture
    asked = [{"lam": 0.6}, {"lam": 1.8}, {"lam": 1.8, "step_size": 0.05}, {"lam": 0.0}]
    parameters = [catalogue.exhibit("update-steps", each).parameters for each in asked]
    views = calculator(
        "update-steps", [{**each, "step": 0, "closer": 0} for each in parameters],
        "({ points, ticks }) => ({ map: points.map, places: ticks.map[0].places })",
    )  # fmt: skip
    for given, view in zip(asked, views, strict=True):
        assert view["places"] == [
            *drawn(catalogue.exhibit("update-steps", given)).panel("map").ticks[0]
        ]
        assert {x for x, y in view["map"][1:3]} == {*view["places"]} or given["lam"] == 0.0


# ---- penalty-shapes
