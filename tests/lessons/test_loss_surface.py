"""That the surfaces are what they are called, from each side that they are seen from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue, space
from regviz.lessons.errors import BadInput
from regviz.lessons.loss_surface import DEEP, HIGH
from tests.examples import examples

SETTINGS = st.fixed_dictionaries(
    {
        "lam": st.floats(0.1, 3.0),
        "penalty": st.sampled_from(["l1", "l2"]),
        "rho": st.floats(-0.8, 0.8),
        "center": st.tuples(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0)),
    }
)


def shown(values):
    if not np.any(np.round(values.get("center", (1.0, 0.0)), 9)):
        values = {**values, "center": (1.0, 0.0)}
    exhibit = catalogue.exhibit("loss-surface", values)
    return exhibit, catalogue.load("loss-surface").picture(exhibit)


@examples(10)
@given(SETTINGS)
def test_the_marked_lowest_point_is_the_certified_optimum(values):
    exhibit, picture = shown(values)
    assert exhibit.certificate["kkt_residual"] < 1e-9
    lowest = exhibit.total(exhibit.side.optima, exhibit.side.lams)
    weights = np.stack(np.meshgrid(*exhibit.grid, indexing="ij"), -1)
    sums = exhibit.total(weights, exhibit.side.lams[:, None, None])
    assert (sums >= lowest[:, None, None] - 1e-9 * (1.0 + lowest[:, None, None])).all()
    marked = picture.mark("low").points[:, 0, 2] * exhibit.top / HIGH
    np.testing.assert_allclose(marked, lowest, rtol=1e-9, atol=1e-12)


@examples(10)
@given(SETTINGS)
def test_contours_on_the_floor_are_levels_of_the_surface(values):
    _, picture = shown(values)
    high, low = (picture.mark(name).points for name in ("rings-bowl", "rings"))
    seen = ~np.isnan(high).any(axis=1)
    np.testing.assert_array_equal(high[seen, :2], low[seen, :2])
    assert (low[seen, 2] == -DEEP).all()
    # one height for each ring, and no ring above the cut
    heights = np.unique(np.round(high[seen, 2], 9))
    assert 1 <= len(heights) <= 5
    assert heights.max(initial=0.0) <= HIGH


@examples(10)
@given(SETTINGS)
def test_the_cut_is_the_loss_of_one_weight_and_bends_at_zero(values):
    exhibit, _ = shown(values)
    step, along = exhibit.side.at, exhibit.along[exhibit.side.at]
    cut, lam = exhibit.cut[step], exhibit.side.lam
    total = exhibit.total(cut, np.full(len(cut), lam))
    # a quadratic of the weight that moves, and its penalty; the other weight adds a constant
    w, h = cut[:, along], exhibit.loss.hessian
    other = cut[0, 1 - along]
    slope = float(exhibit.loss.gradient(np.where(np.arange(2) == along, 0.0, other))[along])
    price = np.abs(w) if exhibit.penalty == "l1" else w**2
    expected = slope * w + 0.5 * h[along, along] * w**2 + lam * price
    at_zero = exhibit.total(np.where(np.arange(2) == along, 0.0, other)[None], np.array([lam]))
    scale = 1.0 + np.abs(total).max()
    np.testing.assert_allclose(total - at_zero, expected, atol=1e-10 * scale)
    assert 0.0 in w
    assert exhibit.side.weights[along] in w


@examples(10)
@given(SETTINGS)
def test_creases_are_lines_of_the_grid(values):
    exhibit, _ = shown(values)
    assert (exhibit.grid[0] == 0.0).sum() == (exhibit.grid[1] == 0.0).sum() == 1
    for weights in (np.zeros(2), exhibit.loss.center, *exhibit.side.optima):
        assert exhibit.grid[0][0] <= weights[0] <= exhibit.grid[0][-1]
        assert exhibit.grid[1][0] <= weights[1] <= exhibit.grid[1][-1]


def test_no_weights_to_shrink_are_refused():
    with pytest.raises(BadInput, match="center = 0,0 leaves no weight"):
        catalogue.exhibit("loss-surface", {"center": (0.0, 0.0)})


# ---- space


def test_from_above_and_from_the_side_nothing_is_rounded():
    points = np.array([[0.1, 0.2, 0.3], [-1.0, 2.0, 5.0]])
    np.testing.assert_array_equal(space.project(points, -90.0, 90.0), points[:, :2])
    np.testing.assert_array_equal(space.project(points, -90.0, 0.0), points[:, [0, 2]])
    np.testing.assert_array_equal(space.project(points, 0.0, 0.0), points[:, [1, 2]])


@given(st.floats(-180.0, 180.0), st.floats(0.0, 90.0))
def test_a_view_is_a_rotation(turn, tilt):
    axes = space.view(turn, tilt)
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-14)
    assert np.linalg.det(axes) == pytest.approx(1.0)


@given(st.integers(0, 2**31), st.floats(0.05, 2.0))
def test_a_surface_is_cut_at_its_top_and_nowhere_else(seed, top):
    rng = np.random.default_rng(seed)
    x, y = (np.sort(rng.uniform(-1.0, 1.0, n)) for n in (5, 7))
    heights = rng.uniform(0.0, 2.0, (5, 7))
    corners = space.surface(x, y, heights, top).reshape(-1, space.CORNERS, 3)
    there = ~np.isnan(corners).any(axis=(1, 2))
    low = np.minimum.reduce(
        [heights[:-1, :-1], heights[1:, :-1], heights[1:, 1:], heights[:-1, 1:]]
    )
    np.testing.assert_array_equal(there.reshape(4, 6), low <= top)
    assert corners[there][..., 2].max(initial=0.0) <= top * (1.0 + 1e-12)
    # every grid point below the top is a corner
    kept = {tuple(corner) for corner in corners[there].reshape(-1, 3).tolist()}
    at = np.stack(np.broadcast_arrays(x[:, None], y[None], heights), axis=-1).reshape(-1, 3)
    assert {tuple(point) for point in at.tolist() if point[2] <= top} <= kept


def test_farthest_facets_come_first():
    x = np.linspace(-1.0, 1.0, 6)
    points = space.surface(x, x, np.add.outer(x**2, x**2), 3.0)
    corners, percents = space.facets(points, -60.0, 30.0)
    whole = points.reshape(-1, space.CORNERS, 3)
    near = space.view(-60.0, 30.0)[2]
    depths = np.sort((whole @ near).mean(axis=1))
    found = [
        depth
        for each in corners
        for depth, other in zip(
            (whole @ near).mean(axis=1),
            space.project(whole.reshape(-1, 3), -60.0, 30.0).reshape(-1, space.CORNERS, 2),
            strict=True,
        )
        if np.array_equal(other, each)
    ]
    np.testing.assert_allclose(found, depths)
    assert set(percents.tolist()) <= set(range(space.PALEST, space.DEEPEST + 1, space.SHADE))


@given(st.floats(-0.8, 0.8), st.floats(0.1, 3.0))
def test_the_region_holds_what_costs_no_more(rho, lam):
    exhibit, picture = shown({"rho": rho, "lam": lam})
    edge = picture.mark("edge").points[exhibit.side.at]
    x, y = exhibit.grid[0], exhibit.grid[1]
    middle = np.array([x[0] + x[-1], y[0] + y[-1]]) / 2.0
    weights = edge[:, :2] * (x[-1] - x[0]) / 4.0 + middle
    np.testing.assert_allclose(
        rm.L1(1.0).value(weights), exhibit.side.budget, rtol=1e-9, atol=1e-9
    )
