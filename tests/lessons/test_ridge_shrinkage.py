"""What ridge keeps along principal directions, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from regviz.lessons import catalogue
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.principal import two
from regviz.lessons.ridge_shrinkage import OWN, claims, picture, story
from regviz.lessons.story import played
from tests.examples import examples

strengths = st.floats(1e-4, 100.0)
features = st.sampled_from([("s1", "s2"), ("s3", "s4"), ("bmi", "s6"), ("s4", "s5", "age")])


def data_of(shown):
    design = shown.pair.design
    return rm.standardize(design.X), rm.standardize(design.y)


@examples(5)
@given(lam=strengths, features=features)
def test_the_svd_formulas(lam, features):
    shown = catalogue.exhibit("ridge-shrinkage", {"lam": lam, "features": features})
    assert shown.certificate["kkt_residual"] < 1e-10
    X, y = data_of(shown)
    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    np.testing.assert_allclose(d**2 / len(y), shown.squeezed[OWN], rtol=1e-10)
    np.testing.assert_allclose(np.abs(Vt), np.abs(shown.pair.directions), atol=1e-10)
    for at in (0, shown.at, -1):
        kept = d**2 / (d**2 + 2.0 * len(y) * shown.lambdas[at])
        np.testing.assert_allclose(shown.kept[OWN, at], kept, rtol=1e-10)
        weights = shown.pair.weights(shown.kept[OWN, at])
        np.testing.assert_allclose(X @ weights, U @ (kept * (U.T @ y)), atol=1e-10)
        np.testing.assert_allclose(
            weights, rm.ridge_path(X, y, [shown.lambdas[at]])[0], atol=1e-10
        )


@examples(4)
@given(lam=strengths, features=st.sampled_from([None, ("s1", "s2"), ("s4", "s5", "age")]))
def test_degrees_of_freedom_are_the_trace(lam, features):
    values = {"lam": lam} | ({} if features is None else {"features": features})
    shown = catalogue.exhibit("ridge-shrinkage", values)
    design = read_design(catalogue.parameters_class("ridge-shrinkage").build(values))
    X = rm.standardize(design.X)
    gram, ridge = X.T @ X / len(X), 2.0 * shown.lambdas[shown.at] * np.eye(X.shape[1])
    # The hat matrix has the trace of its factors the other way round.
    hat = np.trace(np.linalg.solve(gram + ridge, gram))
    assert shown.freedom[shown.at] == pytest.approx(hat, rel=1e-9)
    assert shown.variances.sum() == pytest.approx(X.shape[1])
    assert (np.diff(shown.freedom) < 0.0).all()


@examples(4)
@given(lam=strengths, features=features)
def test_each_squeeze_has_the_optimum_of_its_loss(lam, features):
    shown = catalogue.exhibit("ridge-shrinkage", {"lam": lam, "features": features})
    drawn = picture(shown)
    for squeeze in (0, OWN, len(shown.squeezed) - 1):
        loss = shown.pair.loss_at(float(shown.squeezed[squeeze, 1]))
        at = {"squeeze": squeeze, "lam": shown.at}
        spot = drawn.points(drawn.mark("optimum-l2"), at)[0]
        assert rm.kkt_residual(loss, rm.L2(shown.lam["l2"]), spot) < 1e-10
        np.testing.assert_allclose(drawn.points(drawn.mark("part-narrow"), at)[1], spot)
        np.testing.assert_allclose(drawn.points(drawn.mark("gone"), at)[0], spot)
        # The contours are longest where the cloud is shortest.
        values, vectors = np.linalg.eigh(loss.hessian)
        np.testing.assert_allclose(values, np.sort(shown.squeezed[squeeze]))
        narrow = shown.pair.directions[1]
        assert abs(vectors[:, 0] @ narrow) == pytest.approx(1.0)
        for i, name in enumerate(("wide", "narrow")):
            axis = drawn.points(drawn.mark(f"axis-{name}"), at) @ shown.pair.directions[i]
            assert np.ptp(axis) == pytest.approx(4.0 * np.sqrt(shown.squeezed[squeeze, i]))


def test_what_is_told_is_true_and_the_narrow_part_keeps_less():
    shown = catalogue.exhibit("ridge-shrinkage")
    assert (shown.kept[..., 1] < shown.kept[..., 0]).all()
    for squeeze in (0, OWN, len(shown.squeezed) - 1):
        for lam in range(len(shown.lambdas)):
            wide, narrow = shown.kept[squeeze, lam]
            kind = claims(shown, {"squeeze": squeeze, "lam": lam})["kept"].key.rpartition(".")[
                2
            ]
            assert (kind == "little") == (wide < 0.1)
            assert (kind == "much") == (narrow > 0.9)
            assert (kind == "split") == (narrow < 0.1 and wide > 0.5)
    for step, stop in played(story(shown), picture(shown)):
        if step.task is not None:
            assert not step.task.is_done(claims(shown, stop.at), {})
    rows = picture(shown).points(picture(shown).mark("rows"), {"squeeze": OWN, "lam": 0})
    X, _ = data_of(shown)
    spread = np.abs(rows[:, None] - X).max(axis=2).min(axis=1)
    assert spread.max() < 1e-3


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"features": ["bmi"]}, "feature bmi is alone; this lesson needs two"),
        ({"features": ["s1", "sex"]}, "no two of s1, sex correlate from 0.1 to 0.98"),
    ],
)
def test_features_without_a_long_cloud_are_refused(values, said):
    with pytest.raises(BadInput, match=said):
        catalogue.exhibit("ridge-shrinkage", values)


def test_more_features_than_rows_have_as_many_directions_as_features(tmp_path):
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(8, 12))
    path = tmp_path / "wide.csv"
    names = ",".join([*(f"x{i}" for i in range(11)), "y"])
    np.savetxt(path, rows, delimiter=",", header=names, comments="", fmt="%.5f")
    shown = catalogue.exhibit("ridge-shrinkage", {"data": str(path), "target": "y"})
    assert len(shown.variances) == 11
    assert (shown.variances > 0.0).sum() == 7
    assert shown.freedom[0] == pytest.approx(7.0, abs=0.1)


def test_a_share_below_one_does_not_read_as_one():
    shares = [0.5, 0.994, 0.996, 0.9987, 0.99996, 1.0 - 1e-12, 1.0, 1.04]
    assert [two(share) for share in shares] == [
        0.5,
        0.99,
        0.996,
        0.999,
        0.9999,
        0.9999,
        1.0,
        1.0,
    ]
    shown = catalogue.exhibit("ridge-shrinkage", {"lam": 0.0001})
    alt = claims(shown, picture(shown).rest)["alt"]
    assert alt.values["narrow"] < alt.values["wide"] < 1.0
