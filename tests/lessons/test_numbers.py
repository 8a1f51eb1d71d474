"""Only zero reads as zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.numbers import shown, signed, significant, snap, summed, to_digits
from regviz.lessons.picture import rounded


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 4))
def test_only_zero_is_shown_as_zero(value, decimals):
    text = shown(value, decimals)
    assert (text == "0") == (value == 0.0)
    if "times" not in text and value != 0.0:
        assert float(text) != 0.0
        assert abs(float(text) - value) <= 0.5 * 10.0**-decimals


@given(st.floats(0.0, 1e6))
def test_a_snapped_value_is_what_is_printed(value):
    assert float(f"{snap(value):.9f}") == snap(value)
    assert abs(snap(value) - value) <= max(5e-4 * value, 1e-9)


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(1, 4))
def test_significant_digits_are_kept_at_every_size(value, digits):
    text = significant(value, digits)
    assert (text == "0") == (value == 0.0)
    if "times" not in text and value != 0.0:
        assert abs(float(text) - value) <= 0.51 * 10.0 ** (1 - digits) * abs(value)


@given(st.floats(-1e6, 1e6).filter(lambda value: value == 0.0 or abs(value) > 1e-6))
def test_only_a_number_that_is_written_in_full_is_said_to_equal(value):
    told = signed(3, first=1.25, second=value)
    assert (told["first"], told["is1"]) == (1.25, "=")
    assert (told["is2"] == "=") == (abs(told["second"] - value) <= 1e-12 * abs(value))
    assert signed(w=value)["w"] == value
    assert signed(w=0.12345)["is1"] == "≈"
    assert signed(w=0.1234)["is1"] == "="


def test_what_is_near_zero_is_readable():
    assert significant(1 / 101) == "0.0099"
    assert significant(1 / 3, 3) == "0.333"
    assert significant(9.9e-6) == r"9.9 \times 10^{-6}"


@given(st.integers(-3000, 3000), st.integers(-3000, 3000))
def test_a_sum_that_is_written_adds_up(first, second):
    parts, _, total = summed(first / 100, second / 100).partition(" = ")
    start, sign, end = parts.split(" ")
    assert f"{float(start) + float(sign + end):.2f}" == f"{float(total) + 0.0:.2f}"


@given(low=st.floats(-1e3, 1e3), size=st.floats(0.1, 1e6), most=st.integers(3, 5))
def test_an_axis_has_two_to_six_numbers_evenly_apart_and_within(low, size, most):
    ticks = rounded(low, low + size, most)
    at = np.array(list(ticks))
    assert 2 <= len(at) <= 6
    assert np.allclose(np.diff(at), at[1] - at[0])
    assert at[0] >= low - 1e-6 * size
    assert at[-1] <= low + size + 1e-6 * size
    assert len(set(ticks.values())) == len(at)
    assert not any("e" in written for written in ticks.values())


@pytest.mark.parametrize(
    ("value", "digits", "as_pages"),
    [(2.625, 3, 2.63), (-0.3125, 3, -0.313), (2.5, 1, 3.0), (1.005, 3, 1.01), (0.0, 3, 0.0)],
)
def test_a_number_half_way_is_told_as_a_page_tells_it(value, digits, as_pages):
    assert to_digits(value, digits) == as_pages


@pytest.mark.parametrize("off", [-2e-16, 0.0, 2e-16])
def test_rounding_does_not_decide_how_half_a_digit_is_told(off):
    assert to_digits(1.285 * (1.0 + off), 3) == 1.29
