"""Which cases a test of something that is common to all has: some in `make test`, or all.

What a renderer, a page's controls or an export do is the same code whatever lesson they do it
for. So a test of it has a few lessons, each test others, and the rest are long. What a lesson
can get wrong by itself is tested for every lesson, in the languages by turns.
"""

from itertools import count

import pytest


def some_of(name, values, each=2):
    """Return a decorator that gives each test `each` of the values, and the rest as long ones.

    The tests of a file take them in turn. `first` is always among a test's.
    """
    starts = count(step=each)

    def parametrize(*, first=()):
        start = next(starts)
        turn = [values[(start + at) % len(values)] for at in range(each)]
        taken = {*first, *turn[: each - len(first)]}
        return pytest.mark.parametrize(
            name,
            [
                _case(*(value if "," in name else [value]), here=value in taken)
                for value in values
            ],
        )

    return parametrize


def half_of(names, values, others):
    """Return a decorator that gives each test half of the values, by turns; the rest are long.

    The others are long in all tests.
    """
    turns = count()

    def parametrize():
        turn = next(turns)
        # Two of each four, so that what alternates among values is in both halves.
        cases = [_case(*each, here=(at // 2 + turn) % 2 == 0) for at, each in enumerate(values)]
        return pytest.mark.parametrize(
            names, [*cases, *(_case(*each, here=False) for each in others)]
        )

    return parametrize


def by_turns(names, values, others):
    """Parametrize with each value and one of the others in turn; the other pairs are long."""
    return pytest.mark.parametrize(
        names,
        [
            _case(value, other, here=other == others[at % len(others)])
            for at, value in enumerate(values)
            for other in others
        ],
    )


def _case(*values, here):
    return pytest.param(*values, marks=() if here else pytest.mark.long)
