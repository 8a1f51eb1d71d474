"""Noise on a feature is ridge in expectation, exactly; so is one more row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.noise_is_ridge import claims, picture, story
from regviz.lessons.question import judge
from regviz.lessons.story import played, questions
from tests.examples import examples
from tests.lessons.csv_files import write_csv

SETTINGS = st.fixed_dictionaries(
    {
        "noise": st.floats(0.05, 1.0),
        "n_copies": st.integers(10, 200),
        "seed": st.integers(0, 2**32 - 1),
        "features": st.sampled_from([("bmi",), ("s3",), ("bp",)]),
    }
)


@examples(10)
@given(SETTINGS)
def test_one_more_row_and_noise_in_expectation_are_ridge(values):
    shown = catalogue.exhibit("noise-is-ridge", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    assert shown.certificate["added_row"] < 1e-10
    assert shown.noises[shown.at] == shown.parameters["noise"]
    (x, y), plain = shown.rows.T, rm.LeastSquares(shown.rows[:, :1], shown.rows[:, 1])
    for at, noise in enumerate(shown.noises):
        ridge = rm.penalized_optimum(plain, rm.L2(noise**2 / 2.0))
        np.testing.assert_allclose(shown.ridge[at], ridge[0], rtol=1e-12)
        wide, target = np.append(x, shown.reach[at]), np.append(y, 0.0)
        np.testing.assert_allclose(wide @ target / (wide @ wide), ridge[0], rtol=1e-12)
    # The expectation of the copies' moments, where noise has mean 0 and mean square 1.
    squares, products = shown.moments
    z = shown.drawn[0]
    noise = shown.noises
    np.testing.assert_allclose(squares[:, 0], np.mean((x + noise[:, None] * z) ** 2, axis=1))
    np.testing.assert_allclose(products[:, 0], (x + noise[:, None] * z) @ y / len(y))


def test_the_average_of_copies_tends_to_ridge_at_the_rate():
    seeds = range(40)
    found = [catalogue.exhibit("noise-is-ridge", {"seed": seed}) for seed in seeds]
    one, at = found[0], found[0].at
    n, noise = len(one.rows), one.noises[at]
    # Mean square: 1 + noise^2, by 2 noise x z + noise^2 (z^2 - 1), which varies so much a row.
    spread = np.sqrt((4.0 * noise**2 + 2.0 * noise**4) / (n * one.counts[-1]))
    squares = np.array([shown.moments[0][at, -1] for shown in found])
    assert abs(squares.mean() - 1.0 - noise**2) < 4.0 * spread / np.sqrt(len(seeds))
    assert 0.6 < squares.std() / spread < 1.5
    products = np.array([shown.moments[1][at, -1] for shown in found])
    assert abs(products.mean() - one.free) < 4.0 * noise / np.sqrt(n * 200 * len(seeds))
    off = np.array([[shown.averages[at, c] - one.ridge[at] for shown in found]
                    for c in (0, -1)])  # fmt: skip
    early, late = np.sqrt(np.mean(off**2, axis=1))
    assert late < 3.0 * early / np.sqrt(one.counts[-1])


@examples(10)
@given(SETTINGS)
def test_what_is_drawn_and_said_is_so(values):
    shown = catalogue.exhibit("noise-is-ridge", values)
    drawn, x = picture(shown), shown.rows[:, 0]
    z = Draws(values["seed"]).normal(values["n_copies"], len(x))
    for at in (0, shown.at, len(shown.noises) - 1):
        for c in (0, len(shown.counts) // 2, len(shown.counts) - 1):
            place, count = {"noise": at, "copies": c}, shown.counts[c]
            copies = x + shown.noises[at] * z[:count]
            slope = np.sum(copies * shown.rows[:, 1]) / np.sum(copies**2)
            line = drawn.points(drawn.mark("average"), place)
            np.testing.assert_allclose(line[:, 1], slope * line[:, 0], rtol=1e-9, atol=1e-12)
            noisy = drawn.points(drawn.mark("noisy"), place)
            seen = np.isfinite(noisy[:, 0])
            np.testing.assert_allclose(noisy[seen], np.column_stack(
                [copies[-1], shown.rows[:, 1]])[seen])  # fmt: skip
            mean, low = (drawn.points(drawn.mark(name), place) for name in ("mean", "low-mean"))
            errors = [np.mean((shown.rows[:, 1] - copies * w) ** 2) / 2.0 for w in mean[:, 0]]
            np.testing.assert_allclose(mean[:, 1], errors)
            assert (mean[:, 1] >= low[0, 1] - 1e-12).all()
            said = claims(shown, place)
            flatter = shown.noises[at] > 0.0 and abs(slope) < abs(shown.free)
            assert said["flatter"].key.endswith("flatter.flatter" if flatter else "not")
            assert said["strength"].key.endswith("some" if shown.noises[at] else "none")
        total = drawn.points(drawn.mark("total"), {"noise": at, "copies": 0})
        plain = drawn.points(drawn.mark("loss"), {})
        price = shown.noises[at] ** 2 / 2.0 * total[:, 0] ** 2
        np.testing.assert_allclose(total[:, 1], plain[:, 1] + price)


def test_it_asks_three_times_and_sets_a_task():
    shown = catalogue.exhibit("noise-is-ridge")
    line, twice, _ = questions(story(shown))
    assert judge(line, shown.ridge[shown.at] * line.across).is_right
    assert not judge(line, shown.free * line.across).is_right
    assert judge(twice, [4.0]).is_right
    (task,) = (step.task for step, _ in played(story(shown), picture(shown)) if step.task)
    assert task.is_done({}, {"noise": 0.4})
    assert not task.is_done({}, {"noise": shown.number("noise")})


def test_the_lecturers_feature(tmp_path):
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    columns = {"dose": x, "effect": 2.0 * x + rng.normal(size=50)}
    source = {"data": write_csv(tmp_path, columns), "target": "effect"}
    shown = catalogue.exhibit("noise-is-ridge", source)
    assert (shown.names, len(shown.rows)) == (("dose", "effect"), 16)
    assert shown.reading.n_left == 34
    with pytest.raises(BadInput, match="noise = 2"):
        catalogue.exhibit("noise-is-ridge", source | {"noise": 2.0})


def test_a_single_copy_is_told_in_the_singular():
    shown = catalogue.exhibit("noise-is-ridge")
    said = claims(shown, {"noise": shown.at, "copies": 0})["average"]
    assert shown.counts[0] == 1
    assert said.key.endswith("average.one")
