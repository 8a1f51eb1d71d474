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


# ---- corner


def corner_settings(seed):
    settings = some(
        seed,
        rho=(-0.9, 0.9),
        curvature=[(0.2, 5.0), (0.2, 5.0)],
        center=[(-5.0, 5.0), (-5.0, 5.0)],
        start=[(-5.0, 5.0), (-5.0, 5.0)],
        penalty=("l1", "l2", "net"),
        drive=("lam", "budget"),
        lam=(0.0, 8.0),
        budget=(0.1, 4.0),
        ratio=(0.05, 0.95),
        step_size=(0.05, 1.0),
        method=("projected", "ista", "fista", "coordinate"),
    )
    settings[0]["lam"], settings[1]["center"] = 0.0, [0.0, 2.0]
    return settings


def corner_loss(values):
    (first, second), rho = values["curvature"], values["rho"]
    mixed = rho * np.sqrt(first * second)
    return rm.Quadratic([[first, mixed], [mixed, second]], values["center"])


def corner_penalty(values, lam=1.0):
    makers = {"l1": rm.L1, "l2": rm.L2, "net": lambda lam: rm.ElasticNet(lam, values["ratio"])}
    return makers[values["penalty"]](lam)


def test_corner_optima(calculator):
    settings = corner_settings(1)
    found = calculator(
        "corner",
        settings,
        "({ weights, lam, budget, residual }) => ({ weights, lam, budget, residual })",
    )
    for values, view in zip(settings, found, strict=True):
        loss = corner_loss(values)
        if values["drive"] == "lam":
            penalty = corner_penalty(values, values["lam"])
            weights = rm.penalized_optimum(loss, penalty)
            lam, budget = values["lam"], float(penalty.level(weights))
        else:
            budget = values["budget"]
            optimum = rm.constrained_optimum(loss, corner_penalty(values), budget)
            weights, lam = optimum.weights, float(optimum.multiplier)
        # The budget of an elastic net is spent by iteration.
        iterates = values["penalty"] == "net" and values["drive"] == "budget"
        tolerance = ITERATED if iterates else EXACT
        same(view["weights"], weights, tolerance)
        same([view["lam"], view["budget"]], [lam, budget], tolerance)
        same_zeros(view["weights"], weights)
        assert view["residual"] <= 1e-9


def test_corner_descents(calculator):
    settings = corner_settings(2)
    pick = "({ path, lam, budget }) => ({ path: path.slice(0, 60), lam, budget })"
    for values, view in zip(settings, calculator("corner", settings, pick), strict=True):
        if view["lam"] == 0.0:
            continue
        loss, penalty = corner_loss(values), corner_penalty(values, view["lam"])
        step = values["step_size"] / loss.smoothness
        start, many = values["start"], len(view["path"]) - 1
        if values["method"] == "projected":
            states = rm.projected_gradient(loss, penalty, view["budget"], start, step)
        elif values["method"] == "coordinate":
            states = rm.coordinate_descent(loss, penalty, start)
        else:
            states = {"ista": rm.ista, "fista": rm.fista}[values["method"]](
                loss, penalty, start, step
            )
        same(view["path"], rm.record(states, many), ITERATED)


@pytest.mark.parametrize("drive", ["lam", "budget"])
def test_corner_zones_are_where_a_weight_is_zero(tab, drive):
    opened = tab("corner")
    rng = np.random.default_rng(3)
    for penalty in ("l1", "net"):
        opened.settle(penalty=penalty, drive=drive, zone=True, rho=0.4, budget=1.2, lam=0.9)
        zones = opened.run(
            """() => [...document.querySelectorAll('.zone')].map((node) =>
            ({ d: node.getAttribute('d') }))"""
        )
        assert len(zones) == (5 if drive == "lam" else 4)
        # In the picture's own pixels, by the fill rule of the browser.
        inside = opened.run(
            """(centers) => centers.map((center) => {
                regviz.set({ center }); regviz.render();
                const zero = regviz.view().weights.includes(0);
                const svg = document.querySelector('.panel'), at = svg.createSVGPoint();
                const mark = document.querySelector('[data-name="center"]').getBBox();
                at.x = mark.x + mark.width / 2; at.y = mark.y + mark.height / 2;
                const zones = [...document.querySelectorAll('.zone')];
                return [zero, zones.some((zone) => zone.isPointInFill(at))];
            })""",
            np.round(rng.uniform(-3.0, 3.0, (60, 2)), 2).tolist(),
        )
        assert any(zero for zero, _ in inside)
        assert all(zero == seen for zero, seen in inside)


def test_corner_of_the_exhibit(calculator):
    pick = """({ weights, lam, budget, path }) =>
        ({ weights, lam, budget, end: path[path.length - 1] })"""
    for given in ({}, {"rho": -0.3}, {"lam": 0.4}, {"budget": 0.8}, {"data": "diabetes"}):
        exhibit = catalogue.exhibit("corner", given)
        for name in ("l1", "l2"):
            (view,) = calculator(
                "corner",
                [{"penalty": name}],
                pick,
                values=tuple(given.items()),
            )
            side = exhibit.side(name)
            same(view["weights"], side.weights, EXACT)
            same_zeros(view["weights"], side.weights)
            same([view["lam"], view["budget"]], [side.lam, side.budget], EXACT)
            same(view["end"], side.weights, ITERATED)


# ---- one weight


@pytest.mark.parametrize("slug", ["l1-loss", "l2-loss"])
def test_one_weight(calculator, slug):
    settings = some(4, lam=(0.0, 6.0), center=(-3.0, 3.0), curvature=(0.1, 10.0))
    settings = [values for values in settings if values["center"] != 0.0]
    settings += [
        {"lam": lam, "center": 1.0, "curvature": 2.0} for lam in (0.0, 1.0, 2.0, 100.0)
    ]
    found = calculator(slug, settings, "({ weights, minima }) => ({ weights, minima })")
    own = slug[:2]
    for index, (values, view) in enumerate(zip(settings, found, strict=True)):
        loss = rm.Quadratic.one_dimensional(values["curvature"], values["center"])
        for name, maker in (("l1", rm.L1), ("l2", rm.L2)):
            penalty = maker(values["lam"])
            weights = rm.penalized_optimum(loss, penalty)
            same([view["weights"][name]], weights, EXACT)
            same_zeros([view["weights"][name]], weights)
            same(view["minima"][name], loss.value(weights) + penalty.value(weights), EXACT)
        if index % 10 == 0:  # an exhibit is a whole sweep, so that a few will do
            shown = catalogue.exhibit(slug, values).points[f"minimizer-{own}"]
            same([view["weights"][own], view["minima"][own]], shown, EXACT)


@pytest.mark.parametrize(("lam", "zero"), [(1.9999, False), (2, True), (100, True)])
def test_l1_reaches_zero_exactly_at_its_threshold(tab, lam, zero):
    opened = tab("l1-loss", f"#lam={lam}")
    w = opened.run("() => regviz.view().weights.l1")
    assert (w == 0.0) is zero
    assert w >= 0.0
    heading = opened.page.inner_text(".readout .heading")
    assert ("exactly" in heading) is zero


def test_l2_at_100_is_not_zero(tab):
    opened = tab("l2-loss", "#lam=100")
    w = opened.run("() => regviz.view().weights.l2")
    same(w, 2.0 / 202.0, EXACT)
    heading = opened.page.inner_text(".readout .heading").replace("\n", " ")
    assert "0.010" in heading
    opened.settle(lam=100, curvature=0.1, center=0.05)
    assert "10⁻⁵" in opened.page.inner_text(".readout .heading")


@pytest.mark.parametrize("slug", ["l1-loss", "l2-loss"])
def test_curves_have_a_vertex_at_zero(tab, slug):
    opened = tab(slug)
    for panel, name in (("curve", "total"), ("close", f"total {slug[:2]}")):
        at, xs = opened.run(
            """([panel, name]) => {
                const svg = document.querySelector(`clipPath#clip-${panel}`).parentNode;
                const line = (of) => svg.querySelector(`[data-name="${of}"]`)
                    .getAttribute('d').slice(1).split('L').map((p) => Number(p.split(' ')[0]));
                return [line('zero')[0], line(name)];
            }""",
            [panel, name],
        )
        assert at in xs


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


def test_penalty_shapes(calculator):
    settings = [*some(10, lam=(0.05, 10.0), w=(-5.0, 5.0)), {"lam": 1.5, "w": 0}]
    found = calculator(
        "penalty-shapes", settings, "({ values, slopes, equal }) => ({ values, slopes, equal })"
    )
    for values, view in zip(settings, found, strict=True):
        w = np.array([values["w"]])
        for name, penalty in (("l1", rm.L1(values["lam"])), ("l2", rm.L2(values["lam"]))):
            same(view["values"][name], penalty.value(w), EXACT)
            same(view["slopes"][name], penalty.subgradient(w)[0], EXACT)
        shown = catalogue.exhibit("penalty-shapes", {"lam": values["lam"]})
        assert view["equal"] == shown.equal


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
