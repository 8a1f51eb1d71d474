"""No picture without a certificate, and none whose certificate is too large."""

import numpy as np
import pytest

import regmath
from regviz.lessons.base import LARGEST_RESIDUAL, Exhibit
from regviz.lessons.catalogue import entries, exhibit
from regviz.lessons.errors import BadInput
from tests.contracts.hard import temperatures
from tests.lessons.csv_files import write_csv


def certified(residual):
    return Exhibit(
        lesson="corner",
        parameters={},
        points={},
        lam={},
        budget={},
        certificate={"slope_error": 0.0, "kkt_residual": residual},
    )


@pytest.mark.parametrize("slug", [entry.slug for entry in entries()])
def test_every_lesson_is_certified(slug):
    certificate = exhibit(slug).certificate
    assert certificate
    assert max(certificate.values()) <= 1e-13


@pytest.mark.parametrize("residual", [1.01 * LARGEST_RESIDUAL, 1.0, np.inf, np.nan])
def test_a_large_residual_is_refused(residual):
    with pytest.raises(BadInput, match=r"'corner'.*kkt residual is .*; leave out"):
        certified(residual)
    assert certified(LARGEST_RESIDUAL).certificate["kkt_residual"] == LARGEST_RESIDUAL


@pytest.mark.parametrize("slug", ["update-steps", "corner", "feature-selection"])
def test_a_lesson_whose_optimum_is_off_is_not_drawn(slug, monkeypatch):
    monkeypatch.setattr(regmath, "kkt_residual", lambda *_: np.array(1e-6))
    with pytest.raises(BadInput, match=r"kkt residual is 1\.0e-06"):
        exhibit(slug)


@pytest.fixture
def dependent(monkeypatch):
    """Let the path find that its first two columns cannot be told apart."""

    def refuse(*_):
        raise regmath.NearlyDependent(((0, 1),))

    monkeypatch.setattr(regmath, "lasso_path", refuse)


def test_a_weight_beside_its_optimum_is_not_drawn(monkeypatch):
    away = lambda self, w, pull: np.full(np.shape(w)[:-1], 1e-6)  # noqa: E731
    monkeypatch.setattr(regmath.L1, "subdifferential_distance", away)
    with pytest.raises(BadInput, match=r"kkt residual is"):
        exhibit("l1-loss")


def temperatures_named(folder, first, second):
    X, y = temperatures(8, 10, 0)
    return write_csv(
        folder, dict(zip((first, second, "humidity"), X.T, strict=True)) | {"exam": y}
    )


@pytest.mark.usefixtures("dependent")
def test_features_that_cannot_be_told_apart_are_refused_by_name(tmp_path):
    data = temperatures_named(tmp_path, "celsius", "fahrenheit")
    with pytest.raises(BadInput, match=r"'celsius' and 'fahrenheit'; .*--drop fahrenheit\."):
        exhibit("feature-selection", {"data": data, "target": "exam"})


@pytest.mark.usefixtures("dependent")
def test_what_to_leave_out_can_be_copied_whatever_the_name(tmp_path):
    data = temperatures_named(tmp_path, "in Celsius", "in °F, rounded")
    with pytest.raises(BadInput, match="as with --drop '\"in °F, rounded\"'\\."):
        exhibit("feature-selection", {"data": data, "target": "exam"})


@pytest.mark.parametrize("digits", [10, 12, 14])
def test_twins_to_the_last_digits_are_drawn_to_the_promise(tmp_path, digits):
    X, y = temperatures(8, digits, 0)
    data = write_csv(tmp_path, {"c": X[:, 0], "f": X[:, 1], "other": X[:, 2], "y": y})
    shown = exhibit("feature-selection", {"data": data, "target": "y"})
    assert shown.certificate["kkt_residual"] <= 1e-10


@pytest.mark.parametrize("digits", [3, 4, 5, 6])
def test_one_quantity_in_two_units_as_files_hold_it_is_drawn(tmp_path, digits):
    X, y = temperatures(30, digits, 0)
    data = write_csv(tmp_path, {"c": X[:, 0], "f": X[:, 1], "other": X[:, 2], "y": y})
    shown = exhibit("feature-selection", {"data": data, "target": "y"})
    assert shown.certificate["kkt_residual"] <= 1e-10


def test_an_optimum_that_regmath_refuses_is_said_to_be_refused(monkeypatch):
    def refuse(*_):
        raise regmath.UncertifiedError("columns differ by less than doubles can tell.")

    monkeypatch.setattr(regmath, "penalized_optimum", refuse)
    with pytest.raises(BadInput, match=r"'update-steps' cannot be drawn .* doubles can tell"):
        exhibit("update-steps")


@pytest.mark.parametrize(
    ("slug", "solver"), [("overfitting", "lasso_path"), ("bias-variance", "RidgeRefits")]
)
def test_powers_that_cannot_be_told_apart_are_refused_by_degree(slug, solver, monkeypatch):
    def refuse(*_):
        raise regmath.NearlyDependent(((0, 1),))

    monkeypatch.setattr(regmath, solver, refuse)
    values = {"degree": 3} | ({"penalty": "l1"} if slug == "overfitting" else {})
    with pytest.raises(BadInput, match=r"degree = 3 has powers .* give a lower degree\."):
        exhibit(slug, values)
