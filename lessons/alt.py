"""Alt text: what a picture shows, in words and with its own numbers, for who can't see it.

It is the lesson's claim `alt`, and what is to be said of any lesson's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regviz.lessons import catalogue
from regviz.lessons.base import ByValidation, Exhibit
from regviz.lessons.text import Text, load

if TYPE_CHECKING:
    from regviz.lessons.base import Array

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def alt_text(exhibit: Exhibit, lang: str) -> str:
    """Return what an exhibit's picture is described as, without markup."""
    text, lesson = load(lang), catalogue.load(exhibit.lesson)
    said = text.speak(lesson.claims(exhibit, lesson.picture(exhibit).rest)["alt"])
    said += _chosen(exhibit.by_validation, text)
    reading = exhibit.reading
    if reading is None or not reading.n_dropped:
        return said
    whole = reading.n_rows + reading.n_dropped
    return f"{said} {text('alt.dropped', n=reading.n_dropped, of=whole)}"


def _chosen(by: ByValidation | None, text: Text) -> str:
    """Return a sentence on how cross-validation chose lambda, if it did."""
    if by is None:
        return ""
    values = {"lam": plain(by.lam), "folds": by.n_folds, "seed": by.seed}
    return " " + text(f"alt.by.{by.rule}", penalty=by.penalty.upper(), **values)


def plain(value: float, digits: int = 3) -> str:
    """Write a number to so many digits; `0` for an exact zero and for nothing else.

    Read aloud, `1.2 × 10⁻⁵` is a number where `1.2e-05` is not.
    """
    if value == 0.0:
        return "0"
    written = f"{value:.{digits}g}".replace("inf", "∞")
    mantissa, _, exponent = written.partition("e")
    power = f" × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if exponent else ""
    return f"{mantissa}{power}".replace("-", "−")


def coordinates(points: Mapping[str, Array]) -> dict[str, str]:
    """Return points as sentences have them, such as `(1, −0.5)`, by the names of places."""
    return {name.replace("-", "_"): place(point) for name, point in points.items()}


def place(point: Array) -> str:
    """Return a point as it is read, such as `(1, −0.5)`."""
    return f"({', '.join(map(plain, point.tolist()))})"
