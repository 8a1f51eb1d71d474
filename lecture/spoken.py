"""The sound of a job's video: what its voice makes of what it says, cut and put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regviz.lecture import recorded
from regviz.lecture.job import SceneJob, ScriptJob
from regviz.lecture.voice import Lines

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit
    from regviz.lessons.narration import Sentence
    from regviz.scenes.render import Rendered
    from regviz.scenes.sound import Sound

#: a sentence may take so many times what it takes to be read, and so many seconds more
_SLOWEST, _MORE = 4.0, 10.0
#: formats that hold no sound
SILENT = ("gif",)


def narrated(job: SceneJob | ScriptJob, shown: Exhibit) -> tuple[Sentence, ...]:
    """Return what a job's video says."""
    from regviz.lessons.narration import narration

    return narration(shown, job.lang, quiz=job.quiz)


def names(job: SceneJob | ScriptJob, sentences: tuple[Sentence, ...]) -> dict[int, str]:
    """Return what the recordings of a job's sentences are called, by number."""
    return recorded.names(job.lesson, job.values, job.lang, sentences)


def clips(job: SceneJob | ScriptJob, shown: Exhibit) -> list[Sound]:
    """Return the sound of each sentence; none without a voice.

    Raises
    ------
    BadInput
        If the voice cannot speak them all.
    """
    if job.voice is None:
        return []
    from regviz.scenes.captions import reading_time
    from regviz.scenes.sound import clip

    said = narrated(job, shown)
    named = names(job, said)
    lines = Lines(job.lang, {named[each.number]: each.aloud for each in said})
    most = [_SLOWEST * reading_time(each.caption, job.lang) + _MORE for each in said]
    sounds = zip(job.voice.speak(lines).items(), most, strict=True)
    return [clip(content, name, longest) for (name, content), longest in sounds]


def heard(clips: Sequence[Sound]) -> tuple[float, ...]:
    """Return how long each sentence takes to be heard, with the silence after it."""
    if not clips:
        return ()
    from regviz.scenes import soundtrack

    return soundtrack.heard(clips)


def add(clips: Sequence[Sound], rendered: Rendered) -> None:
    """Put the sound into a video's files and into those of its sections; a GIF stays silent."""
    if not clips:
        return
    from regviz.scenes.sound import RATE
    from regviz.scenes.soundtrack import add_sound, soundtrack

    whole = soundtrack(clips, rendered.captions, rendered.duration)
    for form, path in rendered.files.items():
        if form not in SILENT:
            add_sound(path, whole)
    stretches = zip(rendered.section_files, rendered.sections, strict=True)
    for path, (_, start, end) in stretches if rendered.section_files else ():
        add_sound(path, whole[round(start * RATE) : round(end * RATE)])
