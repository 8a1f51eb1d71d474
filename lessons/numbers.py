"""Numbers as they are shown: what is shown is what is used, and only zero reads as 0."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context

#: by how much more than it is a computed number may be
ROUNDED = 1.0 + 1e-12
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def whole(count: float) -> str:
    """Write a count with all of its digits, where a number would have four: `26483`."""
    return str(int(count))


def snap(value: float) -> float:
    """Return `value` to four significant digits and nine decimals: few enough to be shown."""
    return round(float(f"{value:.4g}"), 9)


def to_digits(value: float, digits: int) -> float:
    """Return a number of so many significant digits; half way it is rounded up, as in pages.

    What is less than half by no more than rounding leaves is half: it must not decide.
    """
    return float(Context(digits, ROUND_HALF_UP).create_decimal_from_float(value * ROUNDED))


def three(value: float) -> float:
    """Return a number of three significant digits, as computed ones are told."""
    return to_digits(value, 3)


def one(value: float) -> float:
    """Return a number of one significant digit, as what is 0 but for rounding is told."""
    return to_digits(value, 1)


def zeros(first: float, second: float) -> str:
    """Return which of two weights are exactly 0: `none`, `first`, `second` or `both`."""
    return ("none", "second", "first", "both")[2 * (first == 0.0) + (second == 0.0)]


def shown(value: float, decimals: int = 2) -> str:
    """Write a computed number to `decimals`; `0` for an exact zero and for nothing else.

    A number too small for `decimals` is written as a power of ten, in our sentences' markup.
    """
    if value == 0.0:
        return "0"
    fixed = f"{value:.{decimals}f}"
    if float(fixed) != 0.0:
        return fixed
    mantissa, exponent = f"{value:.1e}".split("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}"


def counted(value: float) -> str:
    """Write a number that changes: to two decimals, and to two significant digits at least.

    One of at most four digits, as a number that was chosen, is written with all of them, so
    that 1.999 never reads as 2.00. It is made of digits, a point and a minus; `0` is exactly 0.
    """
    if value == 0.0:
        return "0"
    leading = int(f"{value:.1e}".split("e")[1])
    fixed = f"{value:.{max(2, 1 - leading)}f}"
    short = f"{value:.4g}"
    if "e" in short or float(short) != value or (float(fixed) == value and abs(value) < 10.0):
        return fixed
    return short


def significant(value: float, digits: int = 2) -> str:
    """Write a computed number to so many significant digits; as :func:`shown`, 0 is 0 only."""
    if value == 0.0:
        return "0"
    leading = int(f"{value:.{digits - 1}e}".split("e")[1])
    return shown(value, max(0, digits - 1 - leading) if leading >= -4 else 0)


def total(first: float, second: float) -> str:
    """Write what two numbers come to as they are shown, so that what is shown adds up."""
    return chosen(snap(snap(first) + snap(second)))


def summed(first: float, second: float) -> str:
    """Write a sum with what it comes to, such as `-2 + 0.5 = -1.5`."""
    sign = "-" if second < 0.0 else "+"
    return f"{chosen(first)} {sign} {chosen(abs(second))} = {total(first, second)}"


def chosen(value: float, digits: int = 4) -> str:
    """Write a number that was chosen, not computed, with all of its at most so many digits."""
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \times {power}"


def spoken(value: float) -> str:
    """Write a number as :func:`chosen` does, without markup: `−1.2 × 10⁻⁵`."""
    mantissa, _, exponent = f"{value + 0.0:.4g}".partition("e")
    power = f"10{str(int(exponent)).translate(_RAISED)}" if exponent else ""
    signed = mantissa.replace("-", "−")
    return signed if not power else power if mantissa == "1" else f"{signed} × {power}"


def equals(value: float, digits: int = 4) -> str:
    """Return the sign between a quantity and its number as it is written: `=` if that is it."""
    # A computed number may be a rounding beside the one that it is.
    return "=" if math.isclose(float(f"{value:.{digits}g}"), value, rel_tol=1e-12) else "≈"


def signed(digits: int | None = None, /, **values: float) -> dict[str, float | str]:
    """Return numbers for the places of a sentence, with `is1` before the first, and so on.

    Those that are computed are told to so many digits.
    """
    found: dict[str, float | str] = {}
    for place, (name, value) in enumerate(values.items(), 1):
        found[name] = value if digits is None else to_digits(value, digits)
        found[f"is{place}"] = equals(value, digits or 4)
    return found
