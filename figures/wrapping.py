"""Line breaks for sentences that hold mathematics, which matplotlib's own wrapping cuts up."""

from __future__ import annotations

import re

from matplotlib.text import Text

from regviz.lessons.markup import Run, runs

#: a minus after a relation, which belongs to its number: matplotlib would set it apart
_SIGNED = re.compile(r"((?:=|<|>|\\(?:approx|leq|geq))\s*)-")


def words(sentence: str) -> list[str]:
    """Split a sentence where a line may end: at spaces, never inside mathematics."""
    found = [""]
    for run in runs(sentence):
        if run.is_math:
            found[-1] += _typed(run)
            continue
        first, *rest = _typed(run).split(" ")
        found[-1] += first
        found.extend(rest)
    return [word for word in found if word]


def typed(sentence: str) -> str:
    """Return a sentence of ours as matplotlib's own markup has it."""
    return "".join(_typed(run) for run in runs(sentence))


def _typed(run: Run) -> str:
    if not run.is_math:
        return run.content.replace("$", r"\$")
    # As a sign alone it would stand without the room that a relation has; and a prime, which is
    # drawn raised, would be raised once more, and too small to be seen.
    content = run.content.replace("≈", r"\approx ").replace("'", "′")
    signed = _SIGNED.sub(r"\1{-}", content)
    return f"${signed}$"


def wrap(label: Text, sentence: str, rows: int, width: float) -> None:
    """Set `sentence` as the label's text in at most `rows` lines of `width` pixels.

    A sentence that does not fit is set smaller.
    """
    while True:
        lines = _lines(label, sentence, width)
        label.set_text("\n".join(lines))
        if len(lines) <= rows and label.get_window_extent().width <= width:
            return
        label.set_fontsize(0.95 * float(label.get_fontsize()))


def _lines(label: Text, sentence: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in words(sentence):
        longer = f"{lines[-1]} {word}" if lines else word
        label.set_text(longer)
        if not lines or label.get_window_extent().width > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
