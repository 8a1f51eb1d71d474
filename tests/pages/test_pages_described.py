"""A page says of a described lesson what Python says: where its marks are, and the claims."""

import re
from importlib import resources

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.pages.described import seen
from tests.lessons.test_described import SLUGS, random_values

#: lessons that iterate in their page
ITERATED = {"corner": 1e-9, "overfitting": 1e-9, "bias-variance": 1e-9, "optimizer-race": 1e-9}


def named_in_page(slug):
    """The words of a lesson's module: a knob that is none of them is of other media only."""
    path = resources.files("regviz.pages") / f"{catalogue.module_name(slug)}.js"
    return set(re.findall(r"\w+", path.read_text("utf-8")))


def are_values(found, wanted, tolerance):
    """Check what fills the places of a sentence: numbers nearly, signs as they are."""
    assert set(found) == set(wanted)
    for place, value in wanted.items():
        if isinstance(value, str):
            assert found[place] == value
        else:
            assert found[place] == pytest.approx(value, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("n", [3, pytest.param(200, marks=pytest.mark.long)])
@pytest.mark.parametrize("slug", SLUGS)
def test_marks_and_claims_equal_pythons(calculator, slug, n):
    lesson, rng, named = catalogue.load(slug), np.random.default_rng(5), named_in_page(slug)
    asked, wanted = [], []
    for drawn_values in random_values(slug, n, seed=2):
        values = {name: value for name, value in drawn_values.items() if name in named}
        shown = catalogue.exhibit(slug, values)
        drawn = lesson.picture(shown)
        at = {driver.name: int(rng.integers(len(driver.values))) for driver in drawn.drivers}
        moved = {d.name: float(d.values[at[d.name]]) for d in drawn.drivers}
        asked.append({**shown.parameters, **moved})
        claims, marks = lesson.claims(shown, at), seen(drawn, lesson.story(shown))
        wanted.append(
            (
                {mark.name: drawn.points(mark, at) for mark in marks},
                {name: claims[name] for name in drawn.says if name in claims},
                {panel.name: drawn.limits(panel, at) for panel in drawn.panels},
                {mark.name: mark.role for mark in drawn.marks},
                {
                    label.of: dict(drawn.label_at(label, at).values)
                    for label in drawn.labels
                    if drawn.mark(label.of) in marks and drawn.label_at(label, at).values
                },
                dict(drawn.written(at)),
            )
        )
    pick = """({ points, says, limits, names, roles, fields }) => ({
        limits, names, roles, fields,
        points: Object.fromEntries(Object.entries(points).map(([name, rows]) =>
            [name, rows.map((row) => row.map((x) => (Number.isNaN(x) ? "nan" : x)))])),
        says })"""
    tolerance = ITERATED.get(slug, 1e-12)
    answers = calculator(slug, asked, pick)
    for (points, said, limits, roles, names, fields), found in zip(
        wanted, answers, strict=True
    ):
        # What is not there may be left out.
        gone = {name for name, rows in points.items() if np.isnan(rows).all()}
        assert set(points) - gone <= set(found["points"])
        for name in points.keys() & found["points"].keys():
            rows, theirs = points[name], np.array(found["points"][name], dtype=float)
            if name in gone:
                assert np.isnan(theirs).all()
                continue
            np.testing.assert_allclose(theirs, rows, rtol=tolerance, atol=tolerance)
            np.testing.assert_array_equal(theirs == 0.0, rows == 0.0)
        for name, edges in (found["limits"] or {}).items():
            np.testing.assert_allclose(edges, limits[name], rtol=tolerance, atol=tolerance)
        for name, role in (found["roles"] or {}).items():
            assert role == roles[name]
        for name, filled in names.items():
            if name not in found["points"]:
                continue
            are_values(found["names"][name], filled, tolerance)
        are_values(found["fields"] or {}, fields, tolerance)
        assert set(found["says"]) == set(said)
        for name, claim in said.items():
            key, values = found["says"][name]
            assert f"{slug}.{key}" == claim.key
            are_values(values, claim.values, tolerance)


@pytest.mark.parametrize("slug", SLUGS)
def test_whatever_is_typed_within_its_bounds_gives_a_picture(shared, slug):
    """What an address or a number's box sets need not be a stop of its slider."""
    opened = shared(slug)
    rng, page = np.random.default_rng(7), opened.data()
    stops = {driver["name"]: driver["values"] for driver in page["picture"]["drivers"]}
    asked = []
    for _ in range(8):
        values = {name: rng.uniform(min(each), max(each)) for name, each in stops.items()}
        for name, knob in page["knobs"].items():
            if knob.get("high") is not None:
                size = 2 if isinstance(page["values"].get(name), list) else None
                drawn = rng.uniform(knob["low"], knob["high"], size)
                values[name] = drawn if size is None else drawn.tolist()
        asked.append(values)
    broken = opened.run(
        """(asked) => asked.flatMap((values) => {
            regviz.set(values);
            const { points, says } = regviz.compute(regviz.values());
            const isOff = (x) => x === undefined || Number.isNaN(x);
            const halves = Object.entries(points).filter(([, rows]) =>
                rows.some(([x, y]) => !isOff(x) && isOff(y)));
            const told = Object.entries(says).filter(([, [, given]]) =>
                Object.values(given).some(isOff));
            return [...halves, ...told].map(([name]) => name);
        })""",
        asked,
    )
    assert broken == []
    assert opened.said == []
