"""Turns a job into the bytes of its files, and into the facts that vouch for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regviz.lecture.choices import TRANSCRIPT
from regviz.lecture.job import FigureJob, Job, PageJob, SceneJob, ScriptJob
from regviz.lecture.scratch import scratch
from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text
from regviz.lessons.base import Exhibit

if TYPE_CHECKING:
    from regviz.scenes.render import Rendered

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
    about = {
        "title": catalogue.entry(job.lesson).title[job.lang],
        "alt": alt_text(shown, job.lang),
    }
    if isinstance(job, FigureJob):
        return Made(_figure(job, shown, about, report), facts(shown), about)
    if isinstance(job, SceneJob):
        files, timed = _scene(job, shown, report)
        if job.captions:
            from regviz.lessons.transcript import transcript  # loads NumPy

            told = transcript(shown, job.lang, quiz=job.quiz)
            files |= {TRANSCRIPT: told.encode()}
        return Made(files, facts(shown), about | timed)
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


def _scene(
    job: SceneJob, shown: Exhibit, report: Report
) -> tuple[dict[str, bytes], dict[str, object]]:
    from regviz.lecture import spoken
    from regviz.scenes import captions
    from regviz.scenes.render import Request, render

    clips = spoken.clips(job, shown)
    request = Request(
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
    writers = {"srt": captions.srt, "vtt": captions.vtt}
    with scratch() as folder:
        rendered = render(request, folder, report)
        if job.still:
            return {"png": rendered.still.read_bytes()}, {}
        spoken.add(clips, rendered)
        files = {suffix: rendered.files[suffix].read_bytes() for suffix in job.formats}
        parts = _parts(rendered) if job.parts else {}
    texts = {suffix: writers[suffix](rendered.captions) for suffix in job.captions}
    files |= {suffix: text.encode() for suffix, text in texts.items()} | parts
    return files, _timed(job, rendered, list(parts)[1:]) if job.parts else {}


def _script(job: ScriptJob, shown: Exhibit, title: str) -> dict[str, bytes]:
    from regviz.lecture import spoken
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
    with scratch() as folder:
        times = clock(request, folder)
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
