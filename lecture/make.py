"""Turns a job into the bytes of its files, and into the facts that vouch for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lecture import spoken
from regviz.lecture.choices import TRANSCRIPT
from regviz.lecture.job import FigureJob, Job, PageJob, SceneJob, ScenePartJob, ScriptJob
from regviz.lecture.scratch import scratch
from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text
from regviz.lessons.base import Exhibit

if TYPE_CHECKING:
    from regviz.scenes.render import Filming, Rendered, Request
    from regviz.scenes.sound import Sound

#: called with how much is done and how much there is to do
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What a job came to.

    Attributes
    ----------
    files
        Format to the whole content of that file.
    facts
        The exhibit's parameters, points, certificate and models in the data's own units, and
        how its data were read, as JSON knows them; and `lambda_by`, how cross-validation chose
        lambda, or None.
    about
        What players and readers are told: `title` and `alt`; of a video with its parts also
        `width`, `height`, `fps`, `duration`, `cues` and `sections`.
    """

    files: Mapping[str, bytes]
    facts: Mapping[str, object]
    about: Mapping[str, object] = field(default_factory=dict)


def make(job: Job, report: Report) -> Made:
    """Make a job's files in memory; nothing is written where the user looks.

    Raises
    ------
    BadInput
        If a parameter, its data or this installation cannot give what the job asks for.
    """
    shown = catalogue.exhibit(job.lesson, job.values)
    about = _about(job, shown)
    if isinstance(job, FigureJob):
        return Made(_figure(job, shown, about, report), facts(shown), about)
    if isinstance(job, SceneJob):
        vouched = Made(_transcript(job, shown), facts(shown), about)
        clips = spoken.clips(job, shown)
        if isinstance(job, ScenePartJob):
            return _part(job, vouched, clips, report)
        return _scene(job, vouched, clips, report)
    if isinstance(job, ScriptJob):
        return Made(_script(job, shown, about["title"]), facts(shown), about)
    if isinstance(job, PageJob):
        return Made(_page(job, shown, about), facts(shown), about)
    raise TypeError(f"no medium makes a {type(job).__name__}")


def _figure(
    job: FigureJob, shown: Exhibit, about: Mapping[str, str], report: Report
) -> dict[str, bytes]:
    from regviz.figures import draw_exhibit
    from regviz.figures.save import encode

    files = {}
    for count, suffix in enumerate(job.formats, start=1):
        # Drawn anew for each format: saving a figure may move what it holds.
        figure = draw_exhibit(shown, lang=job.lang, theme=job.theme, aspect=job.aspect)
        if job.transparent:
            figure.patch.set_alpha(0.0)
        files[suffix] = encode(
            figure, suffix, dpi=job.dpi, title=about["title"], description=about["alt"]
        )
        report(count, len(job.formats))
    return files


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
        rendered = assembled(_request(job, clips), replace(filming, files=files), folder)
        return _video(job, vouched, clips, rendered)


def _unpacked(part: Made) -> tuple[Made, Filming, list[Sound]]:
    """Take a part's own from what every part has."""
    about: dict[str, Any] = dict(part.about)
    filming, clips = about.pop("filming"), about.pop("clips")
    files = {name: content for name, content in part.files.items() if not name.isdecimal()}
    return Made(files, part.facts, about), filming, clips


def _about(job: Job, shown: Exhibit) -> dict[str, str]:
    return {
        "title": catalogue.entry(job.lesson).title[job.lang],
        "alt": alt_text(shown, job.lang),
    }


def _transcript(job: SceneJob, shown: Exhibit) -> dict[str, bytes]:
    if job.still or not job.captions:
        return {}
    from regviz.lessons.transcript import transcript  # loads NumPy

    return {TRANSCRIPT: transcript(shown, job.lang, quiz=job.quiz).encode()}


def _part(job: ScenePartJob, vouched: Made, clips: list[Sound], report: Report) -> Made:
    """Return the files of a part's chunks, named by the frames they start with."""
    from regviz.scenes.render import film

    with scratch() as folder:
        filming = film(_request(job, clips), folder, report, job.share)
        files = {f"{start:06}": path.read_bytes() for start, path in filming.files.items()}
    # The first part's are taken, so the others' need not travel.
    sound = clips if job.share[0] == 0 else []
    about = {**vouched.about, "filming": replace(filming, files={}), "clips": sound}
    return Made({**vouched.files, **files}, vouched.facts, about)


def _scene(job: SceneJob, vouched: Made, clips: list[Sound], report: Report) -> Made:
    from regviz.scenes.render import render

    with scratch() as folder:
        rendered = render(_request(job, clips), folder, report)
        if rendered.still is not None:
            return replace(vouched, files={"png": rendered.still.read_bytes()})
        return _video(job, vouched, clips, rendered)


def _request(job: SceneJob, clips: list[Sound]) -> Request:
    from regviz.scenes.render import Request

    return Request(
        lesson=job.lesson,
        values=job.values,
        lang=job.lang,
        theme=job.theme,
        width=job.width,
        height=job.height,
        fps=job.fps,
        transparent=job.transparent,
        formats=() if job.still else job.formats,
        still=job.still,
        sections=job.parts,
        quiz=job.quiz,
        heard=spoken.heard(clips),
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


def _script(job: ScriptJob, shown: Exhibit, title: str) -> dict[str, bytes]:
    from regviz.lecture.script import script
    from regviz.scenes.render import Request, clock

    said = spoken.narrated(job, shown)
    request = Request(
        lesson=job.lesson,
        values=job.values,
        lang=job.lang,
        fps=job.fps,
        quiz=job.quiz,
        heard=spoken.heard(spoken.clips(job, shown)),
    )
    times = clock(request)
    made = script(title, job.lang, said, times, spoken.names(job, said))
    return {suffix: made[suffix] for suffix in job.formats}


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


def _page(job: PageJob, shown: Exhibit, about: Mapping[str, str]) -> dict[str, bytes]:
    from regviz.pages.build import build

    files = build(
        shown,
        lang=job.lang,
        theme=job.theme,
        picture=_still(job, shown),
        split=job.split,
        stem=Path(job.stem).name,
    )
    posters = _posters(job, shown, about)
    return {suffix: content.encode() for suffix, content in files.items()} | posters


def _posters(job: PageJob, shown: Exhibit, about: Mapping[str, str]) -> dict[str, bytes]:
    """Return the lesson's figure, for where a page cannot be."""
    drawn = FigureJob(
        lesson=job.lesson,
        values=job.values,
        lang=job.lang,
        theme="light" if job.theme == "auto" else job.theme,
        stem=job.stem,
        formats=job.posters,
        transparent=False,
        aspect="16:9",
        dpi=200,
    )
    files = _figure(drawn, shown, about, lambda _done, _total: None)
    return {f"poster.{suffix}": content for suffix, content in files.items()}


def _still(job: PageJob, shown: Exhibit) -> str:
    """Return the lesson's figure for those who read the page without JavaScript."""
    if "figure" not in catalogue.entry(shown.lesson).media:
        return ""
    from regviz.figures import draw_exhibit
    from regviz.figures.inline import encode
    from regviz.lessons.theme import theme

    # Its colours become the page's own; that they are light here shows nowhere.
    drawn = "light" if job.theme == "auto" else job.theme
    figure = draw_exhibit(shown, lang=job.lang, theme=drawn, aspect="16:9")
    still: str = encode(figure, theme(drawn))
    return still


def facts(shown: Exhibit) -> dict[str, object]:
    """Return what an exhibit claims, in types that JSON knows."""
    reading = shown.reading
    rows = {"rows": reading.n_rows, "dropped_rows": reading.n_dropped} if reading else {}
    return {
        "parameters": _plain(shown.parameters),
        "points": _plain(shown.points),
        "lambda": _plain(shown.lam),
        "budget": _plain(shown.budget),
        "certificate": _plain(shown.certificate),
        "data": rows,
        "notes": [] if reading is None else list(reading.notes),
        "own_units": {name: _plain(asdict(fit)) for name, fit in shown.own_units.items()},
        "lambda_by": asdict(shown.by_validation) if shown.by_validation else None,
    }


def _plain(value: object) -> object:
    if hasattr(value, "tolist"):  # NumPy's arrays and scalars
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no word for it
    # A table from Python stands for itself in words.
    return value if value is None or isinstance(value, str | int | float) else str(value)
