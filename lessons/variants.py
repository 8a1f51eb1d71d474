"""A lesson with other numbers, drawn by seed: what a quiz asks of each of its readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons import catalogue
from regviz.lessons.asked import asked_in
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import to_digits
from regviz.lessons.parameters import Count, Number, Point
from regviz.lessons.question import faults

if TYPE_CHECKING:
    from dataclasses import Field

    from regviz.lessons.asked import Asked
    from regviz.lessons.base import Array, Exhibit

#: how often other numbers are drawn where some cannot be drawn or asked about
_TRIES = 40
#: how far from its default a number is drawn, in shares of the way to its bounds, and in times
#: the default if that is above 0
_SPREAD, _TIMES = 0.5, 3.0
_MOST_SEEDS = 1000


def variant(slug: str, given: Mapping[str, object], seed: int) -> Exhibit:
    """Return a lesson with numbers drawn by seed, of which the same questions can be asked.

    Parameters
    ----------
    slug
        The lesson.
    given
        Parameters that are not its defaults; data and words stay.
    seed
        The same seed gives the same numbers.

    Raises
    ------
    BadInput
        If no numbers are found.
    """
    own = _names(asked_in(catalogue.exhibit(slug, given)))
    for exhibit in islice(drawn(slug, given, seed), _TRIES):
        all_asked = asked_in(exhibit)
        is_sound = not any(faults(asked.question, asked.picture) for asked in all_asked)
        if is_sound and _names(all_asked) == own:
            return exhibit
    raise BadInput(f"lesson {slug!r} has no other numbers to ask about; leave out --variants.")


def _names(all_asked: Iterable[Asked]) -> list[str]:
    return [asked.question.name for asked in all_asked]


def drawn(slug: str, given: Mapping[str, object], seed: int) -> Iterator[Exhibit]:
    """Yield a lesson with numbers drawn by seed, one after the other, where it can be drawn."""
    drawer = np.random.default_rng(seed)
    own = catalogue.exhibit(slug, given)
    for offered in (_offered(slug, own), _strengths(slug, own)):
        for _ in range(_TRIES if offered else 0):
            values = {name: _pick(drawer, *of) for name, of in offered.items()}
            try:
                exhibit = catalogue.exhibit(slug, {**given, **values})
            except BadInput:
                continue  # these do not go together, or with what is given
            yield exhibit


def _offered(slug: str, own: Exhibit) -> dict[str, tuple[Array, bool]]:
    """Return the values of each number that has a default, and whether it takes two."""
    page = _page_values(slug)
    found = {}
    for knob in catalogue.parameters_class(slug).knobs():
        kind, used = knob.metadata["kind"], own.parameters[knob.name]
        if knob.default is None or not isinstance(kind, Number | Count | Point):
            continue
        if knob.name == "seed":
            found[knob.name] = (np.arange(_MOST_SEEDS, dtype=float), False)
        elif isinstance(used, int | float | tuple):
            values = page.get(knob.name)
            if values is not None or not isinstance(kind, Count):
                found[knob.name] = (_about(knob, used, values), isinstance(kind, Point))
    return found


def _strengths(slug: str, own: Exhibit) -> dict[str, tuple[Array, bool]]:
    """Return strengths about the one used: all that is left to draw for given data."""
    knobs = {knob.name: knob for knob in catalogue.parameters_class(slug).knobs()}
    used = own.parameters.get("lam")
    if not isinstance(used, float) or used == 0.0:
        return {}
    return {"lam": (_about(knobs["lam"], used, None), False)}


@cache
def _page_values(slug: str) -> Mapping[str, Array]:
    """Return what the controls of a lesson's page offer."""
    offered = catalogue.load(slug).picture(catalogue.exhibit(slug)).knobs
    return {name: values for name, values in (offered or {}).items() if len(values)}


def _about(knob: Field[Any], used: object, values: Array | None) -> Array:
    """Return values about the one that is used, of two digits where none are offered."""
    kind = knob.metadata["kind"]
    center = float(np.asarray(used, dtype=float).mean())
    low = center - _SPREAD * (center - kind.low)
    high = center + _SPREAD * (kind.high - center)
    if center > 0.0 and kind.low >= 0.0:
        low, high = max(low, center / _TIMES), min(high, center * _TIMES)
    if values is not None:
        between = values[(values >= low) & (values <= high)]
        return between if len(between) else values
    return np.unique([to_digits(value, 2) for value in np.linspace(low, high, 101)[1:-1]])


def _pick(drawer: np.random.Generator, values: Array, is_pair: bool) -> object:
    first, second = (float(value) for value in drawer.choice(values, 2))
    return (first, second) if is_pair else first
