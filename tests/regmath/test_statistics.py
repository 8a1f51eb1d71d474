import numpy as np
import pytest

from regmath import standardize


@pytest.mark.parametrize("scale", [1e-300, 1e-155, 1.0, 1e155, 1e300])
def test_standardized_columns_have_mean_0_and_mean_square_1_in_any_unit(scale):
    values = np.random.default_rng(0).normal(size=(30, 4)) + 2.0
    found = standardize(scale * values)
    np.testing.assert_allclose(
        found, (values - values.mean(axis=0)) / values.std(axis=0), 1e-12
    )
    np.testing.assert_allclose(np.mean(found**2, axis=0), 1.0, rtol=1e-14)
    np.testing.assert_allclose(standardize(values[:, 0]), found[:, 0], rtol=0.0, atol=1e-14)


@pytest.mark.parametrize("column", [np.full(7, 0.1), [0.3, 0.1 + 0.2, 0.3], [0.0, 0.0]])
def test_a_constant_column_is_refused_even_if_it_varies_by_rounding(column):
    with pytest.raises(ValueError, match="a constant column"):
        standardize(np.column_stack([np.arange(len(column)), column]))
