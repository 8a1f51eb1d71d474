"""Captions: what is said while the pictures move, as SubRip and WebVTT files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: signs per second that are read with ease beside a moving picture, by language
_READING_SPEED = {"en": 16.0, "ko": 10.0}


@dataclass(frozen=True)
class Caption:
    """A sentence and when it is said, in seconds from the start."""

    start: float
    end: float
    text: str


def reading_time(text: str, lang: str) -> float:
    """Return the seconds that a viewer needs for a caption and the picture above it."""
    return len(text) / _READING_SPEED[lang]


def srt(captions: Sequence[Caption]) -> str:
    """Return the captions as a SubRip file."""
    blocks = (
        f"{number}\n{_time(caption.start, ',')} --> {_time(caption.end, ',')}\n{caption.text}\n"
        for number, caption in enumerate(captions, start=1)
    )
    return "\n".join(blocks)


def vtt(captions: Sequence[Caption]) -> str:
    """Return the captions as a WebVTT file, in which `&`, `<` and `>` have a meaning."""
    blocks = (
        f"{_time(caption.start, '.')} --> {_time(caption.end, '.')}\n{_escape(caption.text)}\n"
        for caption in captions
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
