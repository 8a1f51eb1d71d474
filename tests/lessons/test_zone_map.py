"""Where a weight is exactly 0: the zones are normal cones, mapped, and decide what L1 does."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.question import faults, judge
from regviz.lessons.story import questions
from regviz.lessons.zone_map import CORNERS, REST, claims, picture, story
from tests.examples import examples

number = st.floats(-5.0, 5.0).map(lambda x: round(x, 2))
curved = st.floats(0.2, 5.0).map(lambda x: round(x, 2))
settings = st.fixed_dictionaries(
    {
        "rho": st.floats(-0.9, 0.9),
        "curvature": st.tuples(curved, curved),
        "center": st.tuples(number, number).filter(lambda c: max(map(abs, c)) > 0.05),
    }
)
where = {"rho": st.integers(0, 44), "turn": st.integers(0, 60)}


def cross(one, other):
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]


@examples(12)
@given(values=settings, at=where["rho"])
def test_boundaries_are_the_normal_cones_mapped_by_the_inverse_hessian(values, at):
    shown = catalogue.exhibit("zone-map", values)
    for corner, zone in zip(CORNERS, shown.zones[at], strict=True):
        np.testing.assert_array_equal(zone[0], corner)
        cone = rm.normal_cone(rm.L1(1.0), corner)
        edges = zone[2:4] - corner
        mapped = np.linalg.solve(shown.hessians[at], cone.T).T
        mapped /= np.linalg.norm(mapped, axis=1, keepdims=True)
        edges /= np.linalg.norm(edges, axis=1, keepdims=True)
        # Each edge is one of the rays, the same way.
        off = np.linalg.norm(edges[:, None] - mapped, axis=-1).min(axis=1)
        assert off.max() < 1e-10


@given(values=settings, rho=where["rho"], turn=where["turn"])
def test_l1_gives_a_zero_just_where_the_optimum_is_in_a_zone(values, rho, turn):
    shown = catalogue.exhibit("zone-map", values)
    center, hessian = shown.centers[turn], shown.hessians[rho]
    assume(np.abs(center).sum() > 1.0 + 1e-9)
    pulls = (center - CORNERS) @ hessian
    along, across = (pulls * CORNERS).sum(axis=1), np.abs(cross(CORNERS, pulls))
    room = along - across
    assume(np.abs(room).min() > 1e-9 * np.abs(hessian).max())
    optimum = shown.optima["l1"][rho, turn]
    assert (optimum == 0.0).any() == (room > 0.0).any()
    for corner, inside in zip(CORNERS, room > 0.0, strict=True):
        assert not inside or (optimum == corner).all()
    kind = claims(shown, {"rho": rho, "turn": turn})["optimum-l1"].key.rsplit(".", 1)[1]
    first, second = optimum
    assert kind == ("first" if first == 0.0 else "second" if second == 0.0 else "none")


@examples(8)
@given(values=settings, rho=where["rho"])
def test_l2_gives_a_zero_only_on_the_lines(values, rho):
    shown = catalogue.exhibit("zone-map", values)
    hessian = shown.hessians[rho]
    for corner in CORNERS:
        ray = np.linalg.solve(hessian, corner)
        aside = np.array([-ray[1], ray[0]])
        on, off = corner + ray, corner + ray + 0.01 * aside
        best = [rm.constrained_optimum(rm.Quadratic(hessian, c), rm.L2(1.0), 1.0).weights
                for c in (on, off)]  # fmt: skip
        np.testing.assert_allclose(best[0], corner, atol=1e-9)
        assert (best[1] != 0.0).all()
        # Of what is drawn: the line begins at the corner and runs along the ray.
    drawn = picture(shown)
    lines = drawn.points(drawn.mark("zone-l2"), {"rho": rho, "turn": 0}).reshape(4, 3, 2)
    for corner, (start, end, _) in zip(CORNERS, lines, strict=True):
        np.testing.assert_array_equal(start, corner)
        ray = np.linalg.solve(hessian, corner)
        way = (end - corner) / np.linalg.norm(end - corner)
        np.testing.assert_allclose(way, ray / np.linalg.norm(ray), atol=1e-12)


@examples(12)
@given(values=settings, equal=st.booleans())
def test_what_is_told_of_the_turning_zones_is_so(values, equal):
    if equal:
        values = {**values, "curvature": (values["curvature"][0],) * 2}
    shown = catalogue.exhibit("zone-map", values)
    told = claims(shown, {"rho": 0, "turn": 0})
    moves = np.abs(shown.zones - shown.zones[:1]).max() > 1e-6
    assert told["turned"].key.endswith("turns" if moves else "stays")
    zero = (shown.optima["l1"][0] == 0.0).any(axis=1)
    if told["sweep"].key.endswith("snaps"):
        assert zero.sum() >= 2
        assert not zero.all()


@examples(6)
@given(values=settings)
def test_questions_are_sound_and_the_projection_is_wrong_where_it_is_named(values):
    shown = catalogue.exhibit("zone-map", values)
    lands, wide = questions(story(shown))
    assert [f for asked in (lands, wide) for f in faults(asked, picture(shown))] == []
    assert judge(lands, shown.points["l1"].tolist()).is_right
    assert not any(judge(lands, wrong.answer.tolist()).is_right for wrong in lands.wrongs)


def test_the_task_can_be_done_by_the_correlation():
    shown = catalogue.exhibit("zone-map", {})
    kinds = [
        claims(shown, {"rho": at, "turn": REST})["optimum-l1"].key.rsplit(".", 1)[1]
        for at in range(len(shown.rhos))
    ]
    assert kinds[shown.at] == "first"
    assert kinds.count("none") >= 3
