"""Whatever the parameters, the words chosen are true of the data they stand beside."""

import numpy as np
import pytest

from regviz.lessons.text import LANGUAGES, load
from regviz.scenes import corner_claims as claims
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
        assert text(claims.again(exhibit))
        assert text(f"corner.scene.sweep.{claims.swept(exhibit, name)}")
        key, values = claims.weights(exhibit.side(name))
        assert text(key, **values)
        if claims.why(exhibit) == "contrast":
            assert text(f"corner.scene.turn.{case}")
    assert text(f"corner.caption.why.{claims.why(exhibit)}")
    key, values = claims.zero(exhibit)
    assert text(key, **values)
    for weight in ("first", "second"):
        assert text(f"corner.scene.landing.{weight}")


def test_cases_cover_every_kind_of_optimum():
    from regviz.lessons import catalogue

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
        zero = exhibit.sweep.weights[name] == 0.0
        if said in ("first", "second"):
            on_axis = zero[:, ("first", "second").index(said)]
            assert on_axis[np.argmax(on_axis) :].all()
        if said == "beside":
            assert not zero.any()
            weights = exhibit.sweep.weights[name]
            assert np.all(np.sign(weights) == np.sign(weights[0]))
        if said == "origin":
            assert zero[-1].all()


def test_the_sweep_stops_where_a_weight_becomes_zero(exhibit):
    landing = claims.landing(exhibit)
    zero = exhibit.sweep.weights["l1"] == 0.0
    if landing is None:
        return
    lands = zero[:, ("first", "second").index(landing.weight)]
    assert lands[landing.at :].all()
    assert not zero[landing.at - 1].any()
    if landing.origin is None:
        assert not zero.all(axis=1).any()
    else:
        assert zero[landing.origin :].all()
        assert not zero[landing.origin - 1].all()


def test_the_default_sweep_lands_and_then_slides_to_the_origin():
    from regviz.lessons import catalogue

    landing = claims.landing(catalogue.exhibit("corner"))
    assert landing.weight == "first"
    assert 0 < landing.at < landing.origin
    # a weight that the loss itself has at zero does not become zero
    assert claims.landing(catalogue.exhibit("corner", CASES["axis"])) is None


def test_a_path_is_called_held_only_if_it_stays_in_its_regions(exhibit):
    if claims.heading(exhibit, "held").endswith("plain"):
        assert claims.again(exhibit).endswith("within")
        for side, length in ((exhibit.l1, 1), (exhibit.l2, 2)):
            assert np.all(np.linalg.norm(side.path, length, axis=1) <= side.budget + 1e-9)
            assert exhibit.parameters["method"] == "projected"


def test_only_the_held_are_called_held():
    from regviz.lessons import catalogue

    said = {
        name: claims.heading(catalogue.exhibit("corner", CASES[name]), "held")
        for name in ("default", "outside", "ista", "free")
    }
    assert {name: key.split(".")[-1] for name, key in said.items()} == {
        "default": "plain",
        "outside": "ends",
        "ista": "ends",
        "free": "free",
    }


def test_the_default_path_slides_before_it_stops():
    from regviz.lessons import catalogue

    assert claims.slides(catalogue.exhibit("corner"))
    assert not claims.slides(catalogue.exhibit("corner", CASES["coordinate"]))


def test_drawn_contours_pass_through_the_optimum_at_every_step(exhibit):
    hessian = np.array(exhibit.parameters["hessian"])
    for name in ("l1", "l2"):
        error = exhibit.sweep.weights[name] - exhibit.center
        radii = np.sqrt(np.einsum("ni,ij,nj->n", error, hessian, error))
        np.testing.assert_allclose(exhibit.sweep.level_radii[name], radii, atol=1e-12)


def test_a_weight_that_leaves_the_axis_again_is_not_said_to_stay():
    from regviz.lessons import catalogue

    values = {"rho": 2.0 / 5.0**0.5, "curvature": (5, 1), "center": (-0.5, 2)}
    exhibit = catalogue.exhibit("corner", values)
    zero = exhibit.sweep.weights["l1"][:, 0] == 0.0
    first = int(np.argmax(zero))
    assert zero[first]
    assert not zero[first:].all()
    assert claims.landing(exhibit).weight == "second"
    assert claims.swept(exhibit, "l1") not in ("first", "second")
    assert claims.swept(exhibit, "l2") != "beside"


def test_a_zero_is_said_to_be_held_by_a_pull_of_the_loss_that_lambda_exceeds(exhibit):
    key, values = claims.zero(exhibit)
    if not key.endswith("plain"):
        zero = ("first", "second").index(key.split(".")[-1])
        assert exhibit.l1.weights[zero] == 0.0
        pull = abs(exhibit.l1.pull[zero])
        assert float(values["pull"]) == pytest.approx(pull, rel=1e-3, abs=1e-4)
        assert float(values["pull"]) <= float(values["lam"])
