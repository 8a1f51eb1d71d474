"""Turns a job into the bytes of its files, and into the facts that vouch for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from regviz.lecture import filmed
from regviz.lecture.job import FigureJob, Job, PageJob, SceneJob, ScriptJob
from regviz.lecture.made import Made, Report
from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text
from regviz.lessons.base import Exhibit


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
        return filmed.filmed(job, shown, Made({}, facts(shown), about), report)
    if isinstance(job, ScriptJob):
        return Made(filmed.script(job, shown, about["title"]), facts(shown), about)
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


def _about(job: Job, shown: Exhibit) -> dict[str, str]:
    return {
        "title": catalogue.entry(job.lesson).title[job.lang],
        "alt": alt_text(shown, job.lang),
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
