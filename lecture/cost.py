"""About how long a job takes, for an estimate of the time that is left.

Measured on a laptop, in seconds of one processor; what counts is how they compare.
"""

from __future__ import annotations

from regviz.lecture.job import FigureJob, Job, SceneJob

_FIGURE, _PAGE = 1.5, 3.0
#: to begin a video, to draw a frame, and to encode a pixel
_BEGIN, _DRAW, _ENCODE = 6.0, 0.006, 9e-9
#: how long a lesson's video usually is, in seconds
_LENGTH = 60.0


def cost(job: Job) -> float:
    """Return about how long a job takes, in seconds."""
    if isinstance(job, SceneJob):
        frame = _DRAW + _ENCODE * job.width * job.height
        return _BEGIN + _LENGTH * job.fps * frame * max(1, len(job.formats))
    return _FIGURE * max(1, len(job.formats)) if isinstance(job, FigureJob) else _PAGE


def in_words(seconds: float) -> str:
    """Return a time that is left, as exact as an estimate is."""
    if seconds < 60:
        return "less than a minute left"
    return f"about {round(seconds / 60)} min left"
