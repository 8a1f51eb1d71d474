"""The names of the user's columns, short enough to stand beside what they name."""

from __future__ import annotations

from collections.abc import Sequence

#: names are cut to this many letters
LONGEST = 16


def short_names(names: Sequence[str], longest: int = LONGEST) -> list[str]:
    """Cut names at their end; those that this makes equal are cut in their middle instead."""
    cut = [name if len(name) <= longest else name[: longest - 1] + "…" for name in names]
    tail = (longest - 1) // 2
    return [
        name[: longest - 1 - tail] + "…" + name[-tail:]
        if cut.count(short) > 1 and len(name) > longest
        else short
        for name, short in zip(names, cut, strict=True)
    ]
