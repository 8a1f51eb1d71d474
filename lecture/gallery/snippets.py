"""What to paste where: a snippet for each place that a lesson can be embedded in.

File names and sentences go into each language with what that language gives a meaning
escaped; a snippet is plain text, and its page escapes it once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from regviz.lecture import titles
from regviz.lecture.export.tex import to_math
from regviz.lecture.manifest import Entry
from regviz.lessons.mathematics import parse
from regviz.lessons.text import Text

#: places by key, in the order they are offered
TARGETS = ("revealjs", "powerpoint", "beamer", "markdown", "jupyter", "html", "lms")


def snippets(entries: Sequence[Entry], text: Text) -> dict[str, str]:
    """Return place to snippet, for one item's entries in one language and theme."""
    by_medium = {entry.medium: entry for entry in entries}
    made = {
        "revealjs": _join(_revealjs(by_medium)),
        "powerpoint": _join(_powerpoint(by_medium, text)),
        "beamer": _join(_beamer(by_medium)),
        "markdown": _join(_markdown(by_medium)),
        "jupyter": _join(_jupyter(by_medium)),
        "html": _join(_html(by_medium)),
        "lms": _join(_lms(by_medium, text)),
    }
    return {target: made[target] for target in TARGETS if made[target]}


def _join(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _picture(entry: Entry | None, *suffixes: str) -> str:
    """Return the first of some formats that an entry has, or nothing."""
    found = (
        [entry.files[suffix] for suffix in suffixes if suffix in entry.files] if entry else []
    )
    return found[0] if found else ""


def _image(entry: Entry | None, style: str = "") -> str:
    source = _picture(entry, "svg", "png")
    if entry is None or not source:
        return ""
    return f'<img src="{escape(source)}" alt="{escape(entry.alt)}"{style}>'


def _video(entry: Entry | None, attributes: str) -> str:
    if entry is None:
        return ""
    kinds = [kind for kind in ("mp4", "webm") if kind in entry.files]
    lines = [f'<video {attributes} poster="{escape(_picture(entry, "poster.png"))}"']
    lines += [f'    aria-label="{escape(titles.plain(entry.title))}">']
    lines += [
        f'  <source src="{escape(entry.files[kind])}" type="video/{kind}">' for kind in kinds
    ]
    if captions := entry.files.get("vtt"):
        lines += [
            f'  <track kind="captions" srclang="{entry.lang}" src="{escape(captions)}" default>'
        ]
    return "\n".join([*lines, "</video>"]) if kinds else ""


def _frame(entry: Entry | None) -> str:
    source = _picture(entry, "html")
    if entry is None or not source:
        return ""
    title = escape(titles.plain(entry.title))
    return (
        f'<iframe src="{escape(source)}" title="{title}" width="960" '
        'height="640" sandbox="allow-scripts"></iframe>'
    )


def _html(by_medium: Mapping[str, Entry]) -> list[str]:
    return [
        _image(by_medium.get("figure"), ' width="960"'),
        _video(by_medium.get("scene"), 'controls width="960"'),
        _frame(by_medium.get("page")),
    ]


def _lms(by_medium: Mapping[str, Entry], text: Text) -> list[str]:
    parts = [part for part in _html(by_medium) if part]
    return [f"<!-- {text('gallery.lms')} -->", *parts] if parts else []


def _revealjs(by_medium: Mapping[str, Entry]) -> list[str]:
    parts = [
        _image(by_medium.get("figure"), ' class="r-stretch"'),
        _video(by_medium.get("scene"), 'class="r-stretch" data-autoplay controls'),
        _frame(by_medium.get("page")),
    ]
    indented = (part.replace("\n", "\n  ") for part in parts if part)
    return [f"<section>\n  {part}\n</section>" for part in indented]


def _powerpoint(by_medium: Mapping[str, Entry], text: Text) -> list[str]:
    figure, video = by_medium.get("figure"), by_medium.get("scene")
    parts = []
    if figure and (picture := _picture(figure, "svg", "png")):
        parts.append(text("gallery.powerpoint.figure", file=picture, alt=figure.alt))
    if video and (film := _picture(video, "mp4", "mov")):
        parts.append(text("gallery.powerpoint.video", file=film, alt=video.alt))
    return parts


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {sign: f"\\{sign}" for sign in "&%$#_{}"}


def _tex(plain: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in plain)


def _markdown_title(plain: str) -> str:
    return re.sub(r"([\\\[\]`*_<>!|$])", r"\\\1", plain)


def _titled(title: str, written: Callable[[str], str]) -> str:
    """Return a title whose mathematics is TeX, as Beamer and Markdown both take it."""
    return "".join(
        f"${to_math(parse(run.content))}$" if run.kind == "math" else written(run.content)
        for run in titles.read(title).runs
    )


def _beamer(by_medium: Mapping[str, Entry]) -> list[str]:
    figure = by_medium.get("figure")
    source = _picture(figure, "pdf", "png")
    if figure is None or not source:
        return []
    # The name as it is: \includegraphics reads it letter by letter, in braces.
    return [
        f"\\begin{{frame}}{{{_titled(figure.title, _tex)}}}\n  \\centering\n"
        f"  \\includegraphics[width=\\linewidth]{{{source}}}\n\\end{{frame}}"
    ]


def _markdown(by_medium: Mapping[str, Entry]) -> list[str]:
    figure, video = by_medium.get("figure"), by_medium.get("scene")
    parts = []
    if figure and (source := _picture(figure, "svg", "png")):
        alt = re.sub(r'([\\"])', r"\\\1", figure.alt)
        title = _titled(figure.title, _markdown_title)
        parts.append(f'![{title}](<{source}>){{fig-alt="{alt}"}}')
    if video and (film := _picture(video, "mp4", "webm")):
        parts.append(f"{{{{< video {film} >}}}}" if " " not in film else f"<{film}>")
    return parts


_CALLS = {"figure": "figure", "scene": "video", "page": "page"}


def _jupyter(by_medium: Mapping[str, Entry]) -> list[str]:
    calls = {_CALLS[medium]: entry for medium, entry in by_medium.items()}
    if not calls:
        return []
    lines = ["import regviz"]
    for name, entry in calls.items():
        words = [repr(entry.lesson)]
        words += [f"{key}={value!r}" for key, value in entry.given.items()]
        words += [f"lang={entry.lang!r}"] if entry.lang != "en" else []
        words += [f"theme={entry.theme!r}"] if entry.theme not in ("light", "auto") else []
        lines.append(f"\nregviz.{name}({', '.join(words)})")
    return ["\n".join(lines)]
