"""The script of a video: what is to be spoken, when, and into which file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from regviz.lessons.text import load

if TYPE_CHECKING:
    from regviz.lessons.narration import Sentence
    from regviz.scenes.captions import Caption

_COLUMNS = ("number", "file", "start", "end", "seconds", "section", "said", "caption")


def script(
    title: str,
    lang: str,
    sentences: Sequence[Sentence],
    times: Sequence[Caption],
    names: Mapping[int, str],
) -> dict[str, bytes]:
    """Return the script as Markdown and as CSV, by suffix.

    Parameters
    ----------
    title
        The lesson's.
    lang
        What the sentences are in.
    sentences, times
        What is said, and when, in the same order.
    names
        What the recording of each is called, by its number, without a suffix.
    """
    text = load(lang)
    lines = [f"# {title}", text("script.how")]
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for sentence, time in zip(sentences, times, strict=True):
        name = f"{names[sentence.number]}.wav"
        seconds = time.end - time.start
        head = text(
            "script.head",
            number=sentence.number,
            start=_clock(time.start),
            seconds=f"{seconds:.1f}",
            file=f"`{name}`",
        )
        lines += [f"## {head}", sentence.aloud]
        if sentence.caption != sentence.aloud:
            lines.append(f"> {text('script.caption', caption=sentence.caption)}")
        start, end = f"{time.start:.3f}", f"{time.end:.3f}"
        said = (sentence.section, sentence.aloud, sentence.caption)
        rows.writerow((sentence.number, name, start, end, f"{seconds:.3f}", *said))
    # Marked as UTF-8, since a spreadsheet takes it for something else unless told.
    return {
        "md": ("\n\n".join(lines) + "\n").encode(),
        "csv": table.getvalue().encode("utf-8-sig"),
    }


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 10), 600)
    return f"{minutes}:{rest / 10:04.1f}"
