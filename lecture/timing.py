"""Times and captions as players write them; the same form as the scenes' own files."""

from __future__ import annotations

from collections.abc import Sequence

from regviz.lecture.manifest import Cue


def clock(seconds: float) -> str:
    """Return a length as `1:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def vtt_cues(cues: Sequence[Cue]) -> str:
    """Return captions as a WebVTT file."""
    from regviz.scenes.captions import Caption, vtt

    written: str = vtt([Caption(cue.start, cue.end, cue.text) for cue in cues])
    return written
