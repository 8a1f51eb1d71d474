"""Makes a video's files: whole, or part by part; and the script of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lecture import spoken
from regviz.lecture.choices import TRANSCRIPT
from regviz.lecture.job import SceneJob, ScenePartJob, ScriptJob
from regviz.lecture.made import Made, Report
from regviz.lecture.scratch import scratch
from regviz.lessons.base import Exhibit

if TYPE_CHECKING:
    from regviz.scenes.render import Filming, Rendered, Request
    from regviz.scenes.sound import Sound


def filmed(job: SceneJob, shown: Exhibit, vouched: Made, report: Report) -> Made:
    """Make a video's files, or those of a part of it, which :func:`joined` takes."""
    vouched = replace(vouched, files=_transcript(job, shown))
    clips = spoken.clips(job, shown)
    if isinstance(job, ScenePartJob):
        return _part(job, vouched, clips, report)
    return _whole(job, vouched, clips, report)


def script(job: ScriptJob, shown: Exhibit, title: str) -> dict[str, bytes]:
    """Make what a video says, with the times at which it does."""
    from regviz.lecture import script as written
    from regviz.scenes.render import clock

    said = spoken.narrated(job, shown)
    times = clock(_request(job, spoken.clips(job, shown)))
    made = written.script(title, job.lang, said, times, spoken.names(job, said))
    return {suffix: made[suffix] for suffix in job.formats}


def _whole(job: SceneJob, vouched: Made, clips: list[Sound], report: Report) -> Made:
    from regviz.scenes.render import render

    with scratch() as folder:
        rendered = render(_filming(job, clips), folder, report)
        if rendered.still is not None:
            return replace(vouched, files={"png": rendered.still.read_bytes()})
        return _video(job, vouched, clips, rendered)


def _part(job: ScenePartJob, vouched: Made, clips: list[Sound], report: Report) -> Made:
    """Return the files of a part's chunks, named by the frames they start with."""
    from regviz.scenes.render import film

    with scratch() as folder:
        filming = film(_filming(job, clips), folder, report, job.share)
        files = {f"{start:06}": path.read_bytes() for start, path in filming.files.items()}
    # The first part's are taken, so the others' need not travel.
    sound = clips if job.share[0] == 0 else []
    about = {**vouched.about, "filming": replace(filming, files={}), "clips": sound}
    return Made({**vouched.files, **files}, vouched.facts, about)


def joined(job: SceneJob, parts: Sequence[Made]) -> Made:
    """Make a video's files of what its parts made, in order."""
    from regviz.scenes.render import assembled

    vouched, filming, clips = _unpacked(parts[0])
    with scratch() as folder:
        files: dict[int, Path] = {}
        for part in parts:
            for name, content in part.files.items():
                if name.isdecimal():
                    files[int(name)] = folder / f"{name}.part"
                    files[int(name)].write_bytes(content)
        rendered = assembled(_filming(job, clips), replace(filming, files=files), folder)
        return _video(job, vouched, clips, rendered)


def _unpacked(part: Made) -> tuple[Made, Filming, list[Sound]]:
    """Take a part's own from what every part has."""
    about: dict[str, Any] = dict(part.about)
    filming, clips = about.pop("filming"), about.pop("clips")
    files = {name: content for name, content in part.files.items() if not name.isdecimal()}
    return Made(files, part.facts, about), filming, clips


def _filming(job: SceneJob, clips: list[Sound]) -> Request:
    return _request(
        job,
        clips,
        theme=job.theme,
        width=job.width,
        height=job.height,
        transparent=job.transparent,
        formats=() if job.still else job.formats,
        still=job.still,
        sections=job.parts,
    )


def _request(job: SceneJob | ScriptJob, clips: list[Sound], **looks: Any) -> Request:
    from regviz.scenes.render import Request

    return Request(
        lesson=job.lesson,
        values=job.values,
        lang=job.lang,
        fps=job.fps,
        quiz=job.quiz,
        heard=spoken.heard(clips),
        **looks,
    )


def _video(job: SceneJob, vouched: Made, clips: list[Sound], rendered: Rendered) -> Made:
    """Return a video's files, with its sound in them and what stands beside it."""
    from regviz.scenes import captions

    spoken.add(clips, rendered)
    writers = {"srt": captions.srt, "vtt": captions.vtt}
    files = {suffix: rendered.files[suffix].read_bytes() for suffix in job.formats}
    parts = _parts(rendered) if job.parts else {}
    texts = {suffix: writers[suffix](rendered.captions).encode() for suffix in job.captions}
    timed = _timed(job, rendered, list(parts)[1:]) if job.parts else {}
    return replace(
        vouched,
        files={**files, **texts, **parts, **vouched.files},
        about={**vouched.about, **timed},
    )


def _transcript(job: SceneJob, shown: Exhibit) -> dict[str, bytes]:
    if job.still or not job.captions:
        return {}
    from regviz.lessons.transcript import transcript  # loads NumPy

    return {TRANSCRIPT: transcript(shown, job.lang, quiz=job.quiz).encode()}


def _parts(rendered: Rendered) -> dict[str, bytes]:
    """Return the poster, and then a video of each section."""
    from regviz.lecture.stills import opening_frame

    sections = {
        f"section-{number:02}{path.suffix}": path.read_bytes()
        for number, path in enumerate(rendered.section_files, start=1)
    }
    master = next(iter(rendered.files.values()))
    return {"poster.png": opening_frame(master)} | sections


def _timed(job: SceneJob, rendered: Rendered, parts: list[str]) -> dict[str, object]:
    """Return what is said and shown when, in seconds."""
    return {
        "width": job.width,
        "height": job.height,
        "fps": job.fps,
        "duration": rendered.duration,
        "cues": [
            {"start": cue.start, "end": cue.end, "text": cue.text} for cue in rendered.captions
        ],
        "sections": [
            {"name": name, "start": start, "end": end, "file": part}
            for (name, start, end), part in zip(rendered.sections, parts, strict=True)
        ],
    }
