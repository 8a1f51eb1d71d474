"""What must be true of the corner exhibit, for every parameter value in bounds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from matplotlib.path import Path

import regmath as rm
from regviz.lessons.catalogue import exhibit
from regviz.lessons.corner import PENALTIES, Parameters, claims, picture
from regviz.lessons.corner import exhibit as compute
from regviz.lessons.corner_moves import OUTSIDE, waits
from regviz.lessons.corner_said import kind_of, landing
from regviz.lessons.corner_told import story
from regviz.lessons.errors import BadInput
from regviz.lessons.story import played
from tests.examples import examples

curvatures = st.floats(0.2, 5.0)
centers = st.floats(-5.0, 5.0)


@st.composite
def parameters(draw):
    center = (draw(centers), draw(centers))
    assume(max(map(abs, center)) > 0.05)
    driver = draw(st.sampled_from(["default", "lam", "budget"]))
    return Parameters(
        rho=draw(st.floats(-0.9, 0.9)),
        curvature=(draw(curvatures), draw(curvatures)),
        center=center,
        lam=draw(st.floats(0.0, 20.0)) if driver == "lam" else None,
        budget=draw(st.floats(0.01, 10.0)) if driver == "budget" else None,
        ratio=draw(st.sampled_from([0.0, 0.05, 0.5, 0.95])),
        step_size=draw(st.floats(0.1, 1.0)),
        method=draw(st.sampled_from(["projected", "ista", "fista", "coordinate"])),
    )


def loss_of(shown):
    return rm.Quadratic(shown.parameters["hessian"], shown.parameters["center"])


@examples(12)
@given(parameters())
@example(Parameters())
@example(Parameters(data="diabetes"))
@example(Parameters(center=(0.0, 2.0), rho=0.0))
def test_everything_the_picture_claims(chosen):
    shown = compute(chosen)
    loss = loss_of(shown)
    scale = 1.0 + float(np.abs(loss.gradient(np.zeros(2))).max())
    assert shown.certificate["kkt_residual"] <= 1e-10 * scale
    assert set(shown.sides) == {"l1", "l2", *(["net"] if chosen.ratio else [])}
    for name, side in shown.sides.items():
        penalty = side.penalty
        assert penalty.lam == side.lam
        assert penalty.subdifferential_distance(side.weights, side.pull) <= 1e-10 * scale
        assert penalty.level(side.weights) == pytest.approx(
            min(side.budget, penalty.level(loss.center)), abs=1e-10 * scale
        )
        np.testing.assert_allclose(shown.paths[name][0], shown.points["start"], atol=0)
        np.testing.assert_allclose(shown.paths[name][-1], side.weights, atol=1e-9 * scale)
        if side.case != "free":
            least = loss.value(side.weights)
            boundary = penalty.ball(side.budget, 361) if side.budget else np.zeros((1, 2))
            assert loss.value(boundary).min() >= least - 1e-10 * scale**2
        if side.case == "corner":
            assert np.sum(side.weights == 0.0) == 1
        if side.case in {"edge", "smooth"}:
            assert not np.any(side.weights == 0.0)
    np.testing.assert_allclose(shown.paths["free"][-1], loss.center, atol=1e-9 * scale)


@examples(12)
@given(parameters())
@example(Parameters())
@example(Parameters(rho=-0.09663408453797995, center=(1.0, 1.0)))  # no corner, but for rounding
def test_the_sweep_is_solved_at_its_values(chosen):
    shown = compute(chosen)
    sides, loss = shown.sides, loss_of(shown)
    assert shown.shares[shown.at] == 1.0
    for name, penalty in PENALTIES.items():
        side = sides[name]
        for at in range(0, len(shown.shares), 50):
            weights, lam = side.optima[at], float(side.lams[at])
            assert rm.kkt_residual(loss, penalty.with_lambda(lam), weights) <= 1e-10
            np.testing.assert_array_equal(side.traces[at][0], shown.loss.center)
            np.testing.assert_allclose(side.traces[at][-1], weights, atol=1e-9)
    way = slice(None, None, 1 if shown.driver == "lam" else -1)
    assert np.all(np.diff(sides["l1"].budgets[way]) <= 1e-12)
    assert np.all(np.diff(sides["l2"].budgets[way]) <= 1e-12)


def test_by_default_the_diamond_has_its_corner_and_the_circle_none():
    for values in ({}, {"data": "diabetes"}, {"rho": -0.8, "center": (-1.0, -2.0)}):
        shown = exhibit("corner", values)
        assert shown.sides["l1"].case == "corner"
        assert shown.sides["l2"].case == "smooth"


def test_once_zero_the_l1_weight_stays_zero_as_lambda_grows():
    shown = exhibit("corner")
    zero = shown.sides["l1"].optima[:, 0] == 0.0
    assert zero[shown.at :].all()
    assert not np.any(shown.sides["l2"].optima == 0.0)


def test_the_loss_of_the_data_is_least_squares_on_standardized_columns():
    shown = exhibit("corner", {"data": "diabetes"})
    table = np.genfromtxt("lessons/data/diabetes.csv", delimiter=",", names=True)
    X = np.column_stack([table["bmi"], table["s6"]])
    X, y = (X - X.mean(0)) / X.std(0), (table["target"] - table["target"].mean())
    expected, *_ = np.linalg.lstsq(X, y / table["target"].std(), rcond=None)
    np.testing.assert_allclose(shown.points["unregularized"], expected, atol=1e-12)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lam": 1.0, "budget": 1.0}, "lam and budget are both given"),
        ({"data": "diabetes", "rho": 0.1}, "rho and data are both given"),
        ({"features": "bmi,bp"}, "features is given without data"),
        ({"center": (0.0, 0.0)}, "leaves no weight to shrink"),
        ({"data": "diabetes", "features": "s1,s2"}, None),
        ({"data": "diabetes", "features": "bmi,bmy"}, "did you mean 'bmi'"),
        ({"data": "diabetes", "features": "bmi,target"}, "both target and feature"),
        ({"rho": "0.95"}, "out of bounds"),
        ({"rho": "nan"}, "not finite"),
        ({"lam": "much"}, "not a number"),
        ({"lambda": 1.0}, "unknown"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(values, message):
    if message is None:
        assert exhibit("corner", values).certificate["kkt_residual"] < 1e-10
        return
    with pytest.raises(BadInput, match=message):
        exhibit("corner", values)


@pytest.mark.parametrize(
    "values", [{}, {"lam": 0.0}, {"lam": 1000.0}, {"rho": -0.9}, {"data": "diabetes"}]
)
def test_the_window_is_square_and_holds_regions_and_points(values):
    shown = exhibit("corner", values)
    drawn = picture(shown)
    left, right, bottom, top = drawn.limits(drawn.panel("l1"), drawn.rest)
    assert right - left == pytest.approx(top - bottom)
    for name in PENALTIES:
        for what in ("ball", "optimum", "unregularized", "start"):
            x, y = drawn.points(drawn.mark(f"{what}-{name}"), drawn.rest).T
            assert np.all((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
        for ticks in drawn.panel(name).ticks:
            # of equal scales, one number tells how far things are
            assert ticks
    if not values:  # the region that the lesson is about takes a third and more
        assert 2.0 * shown.sides["l2"].budget > (right - left) / 3.0


def test_the_parts_of_the_pull_have_their_numbers_to_themselves():
    shown = exhibit("corner")
    drawn = picture(shown)
    *_, stop = (stop for _, stop in played(story(shown), drawn) if stop.section == "numbers")
    # That of the region stands only in a picture that does not move.
    labels = drawn.named(stop, drawn.panel("l1"))
    named = [label.of for label in labels if not label.still]
    assert named == ["part-1-l1", "part-2-l1"]
    arrow, pull = (drawn.points(drawn.mark(f"{n}-l1"), stop.at) for n in ("turning", "pull"))
    np.testing.assert_allclose(arrow, pull, rtol=1e-12, atol=1e-12)
    assert "turning-l1" in stop.shown


@examples(12)
@given(parameters())
@example(Parameters())
def test_a_corner_holds_until_its_pull_is_outside_the_cone_and_a_circle_does_not(chosen):
    shown = compute(chosen)
    if shown.sides["l1"].case != "corner":
        for name, turned in shown.turned.items():
            assert np.all(turned[:, 0] == shown.sides[name].weights)
        return
    for name, turned in shown.turned.items():
        side, inside = shown.sides[name], slice(None, OUTSIDE)
        weights, pulls = turned.swapaxes(0, 1)
        if side.case == "free":
            continue
        np.testing.assert_array_equal(weights[0], side.weights)
        np.testing.assert_allclose(pulls[0], side.pull / np.linalg.norm(side.pull), atol=1e-12)
        sizes = side.penalty.level(weights)
        np.testing.assert_allclose(sizes, side.budget, rtol=1e-9)
        if name == "l1":
            np.testing.assert_allclose(weights[inside], [side.weights] * OUTSIDE)
            zero = int(np.flatnonzero(side.weights == 0.0)[0])
            away = np.abs(weights[OUTSIDE:, zero])
            assert away[0] > 0.0
            assert np.all(np.diff(away) > 0.0)
            assert away[-1] > 0.05 * side.budget
        else:
            moved = np.linalg.norm(weights[1:] - side.weights, axis=1)
            assert moved.max() > 0.05 * side.budget


@examples(6)
@given(parameters(), st.tuples(centers, centers))
@example(Parameters(ratio=0.5), (0.3, 2.5))
@example(Parameters(ratio=0.5, budget=0.9), (0.3, 2.5))
@example(Parameters(ratio=0.5, curvature=(0.2, 5.0), rho=0.9), (0.6, -0.1))
def test_zones_are_where_the_loss_must_have_its_optimum_for_a_weight_to_be_zero(chosen, center):
    assume(chosen.ratio and max(map(abs, center)) > 0.05)
    driver = "lam" if chosen.budget is None else "budget"
    given = {driver: getattr(chosen, driver) or 0.7}
    zones = picture(compute(replace(chosen, **given)))
    moved = compute(replace(chosen, center=center, **given))
    for name in ("l1", "net"):
        parts = [
            zones.points(zones.mark(f"zone-{at}-{name}"), {"zones": 1}) for at in range(1, 5)
        ]
        if min(distance(part, np.array(center)) for part in parts) > 1e-6:
            is_in = any(Path(part).contains_point(center) for part in parts)
            assert bool(np.any(moved.sides[name].weights == 0.0)) == is_in


def distance(polygon, point):
    """How far a point is from a polygon's outline."""
    ahead = np.roll(polygon, -1, axis=0) - polygon
    squares = np.maximum((ahead**2).sum(axis=1), 1e-300)
    shares = np.clip(((point - polygon) * ahead).sum(axis=1) / squares, 0.0, 1.0)
    return np.hypot(*(polygon + shares[:, None] * ahead - point).T).min()


# ---- what is said

ZEROS = {"none": (), "first": (0,), "second": (1,), "both": (0, 1)}


@examples(15)
@given(parameters(), st.floats(0.0, 1.0))
@example(Parameters(), 0.5)
@example(Parameters(center=(1.0, 2.2e-313), rho=0.0), 0.0)  # a weight that is almost lost
@example(Parameters(lam=0.0), 0.0)
@example(Parameters(center=(0.0, 2.0), rho=0.0), 0.5)
@example(Parameters(method="ista"), 0.5)
def test_every_claim_is_true(chosen, part):
    shown = compute(chosen)
    at = round(part * (len(shown.shares) - 1))
    said = claims(shown, {"share": at})
    for name, side in shown.sides.items():
        weights, lam = side.optima[at], side.lams[at]
        zeros = tuple(np.flatnonzero(weights == 0.0))
        assert ZEROS[last(said[f"weights-{name}"])] == zeros
        case = last(said[f"verdict-{name}"])
        assert (case == "free") == (lam == 0.0)
        assert (case == "corner") == (name != "l2" and lam > 0.0 and len(zeros) == 1)
        assert (case == "origin") == (name != "l2" and lam > 0.0 and len(zeros) == 2)
    for name in PENALTIES:
        true_of_the_sweep(last(said[f"swept-{name}"]), shown, name)
    if last(said["again"]) == "within":
        for name, norm in (("l1", 1), ("l2", 2)):
            longest = np.linalg.norm(shown.paths[name], norm, axis=1).max()
            assert longest <= shown.budget[name] * (1.0 + 1e-8)
    if kind_of(shown) == "contrast":
        assert np.sum(shown.sides["l1"].weights == 0.0) == 1
        assert shown.sides["l2"].weights.all()
        assert shown.sides["l2"].lam > 0.0
    if kind_of(shown) == "free":
        assert shown.sides["l1"].lam == shown.sides["l2"].lam == 0.0
        free = shown.sides["l1"].weights
        np.testing.assert_allclose(free, shown.loss.center, rtol=0, atol=1e-300)
    if kind_of(shown) == "plain":
        assert max(shown.sides["l1"].lam, shown.sides["l2"].lam) > 0.0
    if last(said["numbers"]) != "plain":
        true_of_the_zero(said["numbers"], shown)
    if (found := landing(shown)) is not None:
        zero = shown.sides["l1"].optima[:, ZEROS[found.weight][0]] == 0.0
        before = found.at + (-1 if shown.driver == "lam" else 1)
        after = slice(found.at, None) if shown.driver == "lam" else slice(None, found.at + 1)
        assert zero[after].all()
        assert not zero[before]


def true_of_the_sweep(moved, shown, name):
    drawn = shown.sides[name].optima[:: 1 if shown.driver == "lam" else -1]
    if moved in ("first", "second"):
        on_axis = drawn[:, ZEROS[moved][0]] == 0.0
        assert on_axis.any()
        assert on_axis[np.argmax(on_axis) :].all()
    if moved == "beside":
        assert drawn.all()
        assert np.all(np.sign(drawn) == np.sign(drawn[0]))
    if moved == "origin":
        assert not drawn[-1].any()


def true_of_the_zero(said, shown):
    """A pull that is more than 0 and, as it is written, no more than lambda."""
    zero = ZEROS[last(said)][0]
    assert shown.sides["l1"].weights[zero] == 0.0
    assert said.values["pull"] == abs(shown.sides["l1"].pull[zero])
    pull, lam = (float(f"{said.values[name]:.4g}") for name in ("pull", "lam"))
    assert 0.0 < pull <= lam


def last(said):
    return said.key.rsplit(".", 1)[1]


def said_of(values):
    shown = exhibit("corner", values)
    return claims(shown, {"share": shown.at})


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "plain"),
        ({"start": (1.5, 1.0)}, "ends"),
        ({"method": "ista"}, "ends"),
        ({"lam": 0.0}, "free"),
    ],
)
def test_only_the_held_are_called_held(values, kind):
    assert last(said_of(values)["ends"]) == kind


def test_the_default_path_slides_and_the_default_sweep_lands():
    assert last(said_of({})["held-l1"]) == "slide"
    found = landing(exhibit("corner"))
    assert found.weight == "first"
    assert 0 < found.at < found.origin
    # a weight that the loss itself has at zero does not become zero
    assert landing(exhibit("corner", {"rho": 0.0, "center": (0.0, 2.0)})) is None


def test_a_weight_that_leaves_the_axis_again_is_not_said_to_stay():
    values = {"rho": 2.0 / 5.0**0.5, "curvature": (5, 1), "center": (-0.5, 2)}
    shown = exhibit("corner", values)
    zero = shown.sides["l1"].optima[:, 0] == 0.0
    first = int(np.argmax(zero))
    assert zero[first]
    assert not zero[first:].all()
    assert landing(shown).weight == "second"
    assert last(said_of(values)["swept-l1"]) not in ("first", "second")
    assert last(said_of(values)["swept-l2"]) != "beside"


def test_the_strength_chosen_on_strongly_correlated_data_leaves_a_region_to_look_at():
    # A quarter of the way through the strengths of the corner rounds to beyond their middle.
    chosen = exhibit("corner", {"rho": -0.61, "center": [0.44, -0.47]})
    low, high = rm.corner_lambdas(chosen.loss)
    assert low < chosen.lam["l1"] < (low + high) / 2


def test_l1_waits_in_its_corner_while_the_unregularized_optimum_crosses_and_l2_never():
    shown = exhibit("corner", {})
    way = shown.crossed
    assert waits(way) is not None
    for name, side in shown.sides.items():
        for center, found in zip(way["free"], way[name], strict=True):
            gradient = shown.loss.hessian @ (found - center)
            # No point of the region is further down the gradient: the dual norm says how far.
            least = -side.budget * (
                np.abs(gradient).max() if name == "l1" else np.linalg.norm(gradient)
            )
            np.testing.assert_allclose(gradient @ found, least, atol=1e-9)
    zero = np.flatnonzero((way["l1"] == 0.0).any(axis=1))
    assert np.array_equal(zero, np.arange(zero[0], zero[-1] + 1))
    assert len(np.unique(way["l2"], axis=0)) == len(way["free"])
