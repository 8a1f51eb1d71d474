"""Expected errors in closed form, against integrals and against what is drawn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

import regmath as rm

WEIGHT = st.floats(-3.0, 3.0)
DEVIATION = st.floats(0.05, 2.0)
LAM = st.floats(0.0, 4.0)


def integral(shrunk, weight, deviation, bends=()):
    """Integrate the squared error of a shrunk weight over the least-squares weight."""
    ends = (weight - 10 * deviation, weight + 10 * deviation)
    cuts = sorted([*ends, *(bend for bend in bends if ends[0] < bend < ends[1])])

    def weighted(b):
        return (shrunk(b) - weight) ** 2 * norm.pdf(b, weight, deviation)

    return sum(quad(weighted, low, high, epsabs=1e-12)[0] for low, high in pairwise(cuts))


@given(WEIGHT, DEVIATION, LAM)
def test_the_lassos_risk_is_the_integral_of_its_squared_error(weight, deviation, lam):
    wanted = integral(
        lambda b: float(rm.soft_threshold(np.array([b]), lam)[0]),
        weight,
        deviation,
        (-lam, lam),
    )
    assert float(rm.lasso_risk(weight, deviation, lam)) == pytest.approx(wanted, abs=1e-9)


@given(WEIGHT, DEVIATION, LAM)
def test_the_ridge_risk_is_the_integral_of_its_squared_error(weight, deviation, lam):
    wanted = integral(lambda b: b / (1.0 + 2.0 * lam), weight, deviation)
    assert float(rm.ridge_risk(weight, deviation, lam)) == pytest.approx(wanted, abs=1e-9)


@given(WEIGHT, DEVIATION)
def test_no_penalty_leaves_the_variance_and_a_strong_one_the_weight(weight, deviation):
    for risk, strong in ((rm.lasso_risk, 1e3), (rm.ridge_risk, 1e12)):
        assert float(risk(weight, deviation, 0.0)) == pytest.approx(deviation**2)
        assert float(risk(weight, deviation, strong)) == pytest.approx(weight**2, abs=1e-8)


def test_fits_to_drawn_data_err_as_much_on_average():
    rng = np.random.default_rng(0)
    X = np.linalg.qr(rng.normal(size=(50, 4)))[0] * np.sqrt(50)
    weights, noise, lam = np.array([1.0, 0.3, 0.0, -0.5]), 2.0, 0.25
    errors = {"lasso": [], "ridge": []}
    for _ in range(400):
        y = X @ weights + noise * rng.normal(size=50)
        errors["lasso"].append(np.square(rm.lasso_path(X, y).at(lam) - weights).sum())
        errors["ridge"].append(np.square(rm.ridge_path(X, y, [lam])[0] - weights).sum())
    for name, risk in (("lasso", rm.lasso_risk), ("ridge", rm.ridge_risk)):
        measured, wanted = np.array(errors[name]), risk(weights, noise / np.sqrt(50), lam).sum()
        standard_error = measured.std(ddof=1) / np.sqrt(len(measured))
        assert abs(measured.mean() - wanted) < 4.0 * standard_error
