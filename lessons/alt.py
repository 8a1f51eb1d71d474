"""Alt text: what a picture shows, in words and with its own numbers, for who can't see it.

The sentence stands under `alt.figure`, `alt.scene` and so on in the lesson's table, or under
`alt.any` for all media alike. Its places are filled from the exhibit: the coordinates of a
point `optimum-l1` are `{optimum_l1}`, its first one `{optimum_l1_1}`, how many of them are
exactly zero `{optimum_l1_zeros}`; strengths and radii are `{lam_l1}` and `{budget_l1}`; and
every parameter has its own name. A sentence must be true whatever the parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from regviz.lessons import catalogue
from regviz.lessons.base import ByValidation, Exhibit
from regviz.lessons.text import Text, load

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def alt_text(exhibit: Exhibit, lang: str, medium: str) -> str:
    """Return what an exhibit's picture in a medium is described as, without markup."""
    said = _said(exhibit, lang, medium)
    reading = exhibit.reading
    if reading is None or not reading.n_dropped:
        return said
    whole = reading.n_rows + reading.n_dropped
    return f"{said} {load(lang)('alt.dropped', n=reading.n_dropped, of=whole)}"


def _said(exhibit: Exhibit, lang: str, medium: str) -> str:
    text = load(lang)
    lesson = catalogue.load(exhibit.lesson)
    if hasattr(lesson, "picture"):
        said = lesson.claims(exhibit, lesson.picture(exhibit).rest)["alt"]
        return text.speak(said) + _chosen(exhibit.by_validation, text)
    module = catalogue.module_name(exhibit.lesson)
    places = dict(_places(exhibit))
    for key in (f"{module}.alt.{medium}", f"{module}.alt.any"):
        # An exhibit without a number that the sentence wants still gets its picture.
        with suppress(KeyError):
            return text(key, **places) + _chosen(exhibit.by_validation, text)
    entry = catalogue.entry(exhibit.lesson)
    return text("alt.fallback", title=entry.title[lang], summary=entry.summary[lang])


def _chosen(by: ByValidation | None, text: Text) -> str:
    """Return a sentence on how cross-validation chose lambda, if it did."""
    if by is None:
        return ""
    values = {"lam": plain(by.lam), "folds": by.n_folds, "seed": by.seed}
    return " " + text(f"alt.by.{by.rule}", penalty=by.penalty.upper(), **values)


def _places(exhibit: Exhibit) -> Iterator[tuple[str, str]]:
    for name, value in exhibit.parameters.items():
        yield name, plain(value) if isinstance(value, float) else str(value)
    for name, point in exhibit.points.items():
        place, numbers = name.replace("-", "_"), [float(part) for part in point]
        yield place, f"({', '.join(map(plain, numbers))})"
        yield f"{place}_zeros", str(numbers.count(0.0))
        yield f"{place}_size", str(len(numbers))
        yield from ((f"{place}_{at}", plain(part)) for at, part in enumerate(numbers, start=1))
    for what, by_penalty in (("lam", exhibit.lam), ("budget", exhibit.budget)):
        yield from ((f"{what}_{name}", plain(value)) for name, value in by_penalty.items())


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
