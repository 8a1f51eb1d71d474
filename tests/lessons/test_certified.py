"""No picture without a certificate, and none whose certificate is too large."""

import numpy as np
import pytest

import regmath
from lessons.base import LARGEST_RESIDUAL, Exhibit
from lessons.catalogue import entries, exhibit
from lessons.errors import BadInput


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


@pytest.mark.parametrize("slug", ["l1-loss", "update-steps", "corner", "feature-selection"])
def test_a_lesson_whose_optimum_is_off_is_not_drawn(slug, monkeypatch):
    monkeypatch.setattr(regmath, "kkt_residual", lambda *_: np.array(1e-6))
    with pytest.raises(BadInput, match="kkt residual is 1.0e-06"):
        exhibit(slug)
