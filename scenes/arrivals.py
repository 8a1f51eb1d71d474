"""What comes is there before it moves: no run begins while its panels are still coming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regviz.lessons.story import Step, Stop

#: seconds that panels take to come, and that they rest before they move
COMING, THERE = 0.6, 0.4


def arrivals(steps: Iterable[tuple[Step, Stop]]) -> Iterator[tuple[Step, Stop]]:
    """Go through the steps of a story; yield what a step shows apart from what it runs.

    It is so where panels come, or come back after a question.
    """
    last: Stop | None = None
    for step, stop in steps:
        if last is not None and step.run and last.panels != stop.panels:
            ways = {driver: last.at[driver] for driver in step.run}
            shown = replace(step, run={}, emphasise=(), seconds=COMING, hold=THERE)
            yield shown, replace(stop, at={**stop.at, **ways, **step.put})
            step = replace(step, say=None, put={}, morph={})
        yield step, stop
        last = stop
