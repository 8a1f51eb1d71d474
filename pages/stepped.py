"""Many numbers of few digits as the steps between them, which are shorter and as exact."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import groupby
from typing import Any

#: fewer numbers are not worth it, and more decimals no whole number of a script holds
_FEW, _DECIMALS = 8, 9


def stepped(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    """Return numbers, or points of so many coordinates, as steps where these are shorter.

    `{"steps": [decimals, coordinates, first, step, step, ...]}` counts in the last decimal, for
    each coordinate from 0; `[step, times]` is a step that is taken so often. The sums over a
    power of ten are the very numbers.

    >>> stepped([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3])
    {'steps': [1, 1, 5, [1, 8]]}
    """
    wide = len(values[0]) if values and isinstance(values[0], list) else 1
    flat = [part for row in values for part in row] if wide > 1 else values
    if len(flat) < _FEW or not all(type(part) in (int, float) for part in flat):
        return values
    if wide > 1 and any(len(row) != wide for row in values):
        return values
    exact = [Decimal(repr(part)) for part in flat]
    decimals = max(0, *(-int(part.as_tuple().exponent) for part in exact))
    if max(map(abs, exact)) > 10**6:
        return values
    if decimals > _DECIMALS:
        # Numbers that stay as they are, such as the level of a line, are as exact in steps.
        if not all(_is_level(flat[axis::wide]) for axis in range(wide)):
            return values
        decimals, whole = 0, flat
    else:
        whole = [int(part.scaleb(decimals)) for part in exact]
    steps = [now - before for before, now in zip([0] * wide + whole, whole, strict=False)]
    found = {"steps": [decimals, wide, *_runs(steps)]}
    return found if len(json.dumps(found)) < len(json.dumps(values)) else values


def _is_level(column: list[float]) -> bool:
    return len({*column}) == 1 or all(float(part).is_integer() for part in column)


def _runs(steps: list[int]) -> list[Any]:
    runs = ((step, len(list(some))) for step, some in groupby(steps))
    return [
        part for step, many in runs for part in ([[step, many]] if many > 3 else [step] * many)
    ]
