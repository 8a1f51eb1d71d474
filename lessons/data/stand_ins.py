"""Names that no font here can write, and the readable ones that stand for them."""

from __future__ import annotations

from collections.abc import Sequence

from regviz.lessons.data.words import quoted
from regviz.lessons.fonts import writable


def stand_ins(names: Sequence[str], positions: Sequence[int]) -> tuple[tuple[str, ...], str]:
    """Return names that can be written in every picture, and what to say of those changed.

    Parameters
    ----------
    names
        Of the columns that are used, all different.
    positions
        Where each stands in the table, from 0.
    """
    taken, shown, changed = set(names), [], []
    for name, position in zip(names, positions, strict=True):
        short = writable(name)
        if short == name:
            shown.append(name)
            continue
        if short in taken or not any(map(str.isalnum, short)):
            short = f"column {position + 1}"
        taken.add(short)
        shown.append(short)
        changed.append(f"{quoted(name)} as {quoted(short)}")
    if not changed:
        return tuple(shown), ""
    return tuple(shown), f"no font here has all letters of some names: {', '.join(changed)}."
