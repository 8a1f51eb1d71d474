"""Whatever the parameters, the words chosen are true of the data they stand beside."""

import numpy as np
import pytest

from lessons.text import LANGUAGES, load
from scenes import corner_claims as claims
from tests.scenes.cases import CASES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chosen_sentence_exists(exhibit, lang):
    text = load(lang)
    for section in ("free", "budget", "held", "why", "numbers", "sweep", "still"):
        assert text(claims.heading(exhibit, section))
    for name in ("l1", "l2"):
        case = exhibit.side(name).case
        assert text(f"corner.scene.held.{case}")
        assert text(f"corner.scene.why.{case}")
        assert text(claims.held(exhibit, name))
        assert text(f"corner.scene.sweep.{claims.swept(exhibit, name)}")
        key, values = claims.weights(exhibit.side(name))
        assert text(key, **values)


def test_cases_cover_every_kind_of_optimum():
    from lessons import catalogue

    met = set()
    for values in CASES.values():
        exhibit = catalogue.exhibit("corner", values)
        met |= {("l1", exhibit.l1.case), ("l2", exhibit.l2.case)}
    wanted = {("l1", case) for case in ("corner", "edge", "origin", "free")}
    assert met == wanted | {("l2", case) for case in ("smooth", "axis", "free")}


def test_a_weight_is_called_exactly_zero_only_if_it_is(exhibit):
    for side in (exhibit.l1, exhibit.l2):
        key, _ = claims.weights(side)
        zeros = {"none": (), "first": (0,), "second": (1,), "both": (0, 1)}[key.split(".")[-1]]
        assert tuple(np.flatnonzero(side.weights == 0.0)) == zeros


def test_the_contrast_is_claimed_only_of_a_zero_against_none(exhibit):
    if claims.is_sparse_contrast(exhibit):
        assert np.sum(exhibit.l1.weights == 0.0) == 1
        assert np.all(exhibit.l2.weights != 0.0)


def test_what_is_said_of_the_sweep_holds_at_every_step(exhibit):
    for name in ("l1", "l2"):
        said = claims.swept(exhibit, name)
        rest = exhibit.sweep.weights[name][exhibit.sweep.at :]
        if said in ("first", "second"):
            assert np.all(rest[:, ("first", "second").index(said)] == 0.0)
        if said == "never":
            assert np.all(exhibit.sweep.weights[name] != 0.0)
        if said == "reaches":
            assert np.all(rest[0] != 0.0)
            assert np.any(rest[-1] == 0.0)


def test_the_default_path_slides_before_it_stops():
    from lessons import catalogue

    assert claims.slides(catalogue.exhibit("corner"))
    assert not claims.slides(catalogue.exhibit("corner", CASES["coordinate"]))


def test_drawn_contours_pass_through_the_optimum_at_every_step(exhibit):
    hessian = np.array(exhibit.parameters["hessian"])
    for name in ("l1", "l2"):
        error = exhibit.sweep.weights[name] - exhibit.center
        radii = np.sqrt(np.einsum("ni,ij,nj->n", error, hessian, error))
        np.testing.assert_allclose(exhibit.sweep.level_radii[name], radii, atol=1e-12)
