"""That the mean of a Laplace posterior is what its definition says, and never sparse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from scipy.special import erfcx

import regmath as rm
from regmath import posterior
from tests.examples import examples

CENTERS = st.floats(-3.0, 3.0)
CURVATURES = st.floats(0.3, 3.0)
STRENGTHS = st.floats(0.0, 2.0)
SPREADS = st.floats(0.01, 2.0)


def by_truncated_gaussians(center, curvature, lam, spread):
    """The mean as a mixture of SciPy's truncated normals, one on each side of 0."""
    scale = np.sqrt(spread / curvature)
    parts = []
    for side in (1.0, -1.0):
        middle = center - side * lam / curvature
        ends = (0.0, np.inf) if side > 0.0 else (-np.inf, 0.0)
        a, b = ((end - middle) / scale for end in ends)
        log_mass = middle**2 / (2.0 * scale**2) + stats.norm.logsf(-side * middle / scale)
        parts.append((log_mass, stats.truncnorm.mean(a, b, loc=middle, scale=scale)))
    logs, means = map(np.array, zip(*parts, strict=True))
    shares = np.exp(logs - logs.max())
    return float(shares @ means / shares.sum())


@examples(60)
@given(CENTERS, CURVATURES, STRENGTHS, SPREADS)
def test_the_closed_form_is_a_mixture_of_truncated_gaussians(center, curvature, lam, spread):
    found = float(rm.laplace_mean(center, curvature, lam, spread))
    wanted = by_truncated_gaussians(center, curvature, lam, spread)
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@examples(40)
@given(CENTERS, CURVATURES, STRENGTHS, SPREADS)
def test_quadrature_is_within_its_bound_of_the_closed_form(center, curvature, lam, spread):
    loss = rm.Quadratic([[curvature]], [center])
    found = rm.laplace_posterior_mean(loss, lam, spread)
    assert found.error < 1e-9
    wanted = rm.laplace_mean(center, curvature, lam, spread)
    assert abs(found.mean[0] - wanted) <= found.error


@examples(12)
@given(st.tuples(CENTERS, CENTERS), st.tuples(CURVATURES, CURVATURES), STRENGTHS, SPREADS)
def test_weights_without_correlation_have_means_of_their_own(center, curvature, lam, spread):
    found = rm.laplace_posterior_mean(rm.Quadratic(np.diag(curvature), center), lam, spread)
    wanted = rm.laplace_mean(center, curvature, lam, spread)
    assert np.abs(found.mean - wanted).max() <= found.error < 1e-9


@pytest.mark.parametrize("rho", [-0.6, 0.5, 0.9])
def test_scipy_finds_the_same_in_the_plane(rho):
    loss, lam, spread = rm.Quadratic([[1.0, rho], [rho, 1.0]], [0.9, 0.3]), 0.5, 0.3
    # In closed form over one weight, by Simpson's rule over the other, cut at 0.
    ticks, unit = np.linspace(-6.0, 6.0, 4001), np.sqrt(2.0 * spread)
    middle = 0.9 - rho * (ticks - 0.3)
    low = 0.5 * (1.0 - rho**2) * (ticks - 0.3) ** 2 + lam * np.abs(ticks)
    sides = erfcx((lam - middle) / unit) + erfcx((lam + middle) / unit)
    weight = np.exp(-low / spread - np.square(middle) / unit**2) * sides
    moment = weight * rm.laplace_mean(middle, 1.0, lam, spread)
    mass = integrate.simpson(weight, x=ticks)
    wanted = [integrate.simpson(each, x=ticks) / mass for each in (moment, weight * ticks)]
    found = rm.laplace_posterior_mean(loss, lam, spread)
    np.testing.assert_allclose(found.mean, wanted, atol=1e-7)
    assert found.error < 1e-11


@examples(60)
@given(st.floats(-3.0, 3.0).filter(lambda c: abs(c) > 1e-6), CURVATURES, STRENGTHS, SPREADS)
def test_the_mean_is_never_sparse_and_lies_on_the_side_of_least_squares(
    center, curvature, lam, spread
):
    mean = float(rm.laplace_mean(center, curvature, lam, spread))
    mode = float(rm.penalized_optimum(rm.Quadratic([[curvature]], [center]), rm.L1(lam))[0])
    assert mean * center > 0.0
    assert abs(mode) <= abs(mean) + 1e-15
    assert abs(mean) <= abs(center) * (1.0 + 1e-12)


@examples(30)
@given(CURVATURES, st.floats(0.1, 2.0), SPREADS)
def test_the_mean_rises_with_what_least_squares_finds(curvature, lam, spread):
    centers = np.linspace(-3.0, 3.0, 41)
    means = rm.laplace_mean(centers, curvature, lam, spread)
    assert (np.diff(means) > 0.0).all()
    np.testing.assert_allclose(means, -means[::-1], atol=1e-13)
    assert means[20] == 0.0


def test_with_ever_less_spread_the_mean_comes_to_the_mode():
    centers = np.linspace(-2.0, 2.0, 21)
    modes = np.sign(centers) * np.maximum(np.abs(centers) - 0.6, 0.0)
    gaps = [
        np.abs(rm.laplace_mean(centers, 1.0, 0.6, spread) - modes).max()
        for spread in (1.0, 0.1, 0.01, 1e-4, 1e-8)
    ]
    assert (np.diff(gaps) < 0.0).all()
    assert gaps[-1] < 1e-4


def test_without_a_penalty_it_is_a_gaussian():
    loss = rm.Quadratic([[2.0, 0.4], [0.4, 1.0]], [0.3, -0.8])
    found = rm.laplace_posterior_mean(loss, 0.0, 0.7)
    assert np.abs(found.mean - loss.center).max() <= found.error


def test_the_scaled_error_function_equals_scipys():
    x = np.array([0.0, 1e-9, 0.3, 1.0, 2.999, 3.0, 3.001, 5.0, 26.0, 1e3, 1e150])
    np.testing.assert_allclose(posterior._scaled_erfc(x), erfcx(x), rtol=1e-14)


@pytest.mark.parametrize(
    ("loss", "lam", "spread", "named"),
    [
        (rm.Quadratic(np.eye(3), np.zeros(3)), 1.0, 1.0, "1 or 2 weights"),
        (rm.Quadratic(np.ones((2, 2)), np.zeros(2)), 1.0, 1.0, "singular"),
        (rm.Quadratic(np.eye(2), np.zeros(2)), -1.0, 1.0, "lam must be"),
        (rm.Quadratic(np.eye(2), np.zeros(2)), 1.0, 0.0, "spread > 0"),
    ],
)
def test_what_cannot_be_is_refused(loss, lam, spread, named):
    with pytest.raises(ValueError, match=named):
        rm.laplace_posterior_mean(loss, lam, spread)
    with pytest.raises(ValueError, match="must be"):
        rm.laplace_mean(0.0, 1.0, -1.0, 1.0)
    with pytest.raises(ValueError, match="finite"):
        rm.laplace_mean(np.nan, 1.0, 1.0, 1.0)
