"""A built lecture with small files that are what they say they are: to be exported."""

import base64
import hashlib
import io
from dataclasses import replace

import numpy as np
import pytest

from regviz.lecture import manifest
from regviz.lecture.job import FigureJob, PageJob
from regviz.lecture.make import make

NASTY = (
    "</script><script>alert(1)</script>\" onload='alert(2)' & ${x} \\input{x} $y_1$ `z` 5% #1"
)
#: the same as a title, where dollar signs are of mathematics
NASTY_TITLE = NASTY.replace("$", "\\$")
KOREAN = "꼭짓점에서 멈춥니다: λ ≤ 1.2 × 10⁻⁵"
SIZE = (192, 108)
#: length of a section, in seconds
LENGTH = 0.5


#: Markdown that bites, and mathematics that is ours
MARKED = (
    "# Heading $x_1$\n\n<script>alert(1)</script> *so* **or** `<b> 한` \\input{x} 5% "
    "[no](javascript:alert(1)) [yes](https://example.org/a_b?c=1%25) "
    "$\\hat{w}_1 \\leq \\frac{a}{b} < |w|^2 \\text{&<b>}$\n\n- one\n- two\n\n    3. three\n\n"
    "```\nw = 1  # {a}\n  b\n```\n"
)


def write(out, *, langs=("en", "ko"), theme="light", words=False, **changed):
    """Fill an output folder with a lecture of two lessons, the second with texts that bite.

    With `words` a section stands before them, and a text behind them.
    """
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for item, lesson in enumerate(("corner", "l1-loss")):
        for medium in ("figure", "scene", "page"):
            for lang in langs:
                made = _entry(out, item, lesson, medium, lang, theme)
                entries.append(manifest.Entry(**{**made, **changed}))
    items = [_item(item, langs) for item in range(2)]
    if words:
        # Items behind the entries' own, so that these keep their places.
        items += [_words(kind, langs) for kind in ("section", "text")]
    made = manifest.Manifest(
        title=dict.fromkeys(langs, "Why L1 selects & L2 shrinks"),
        author=dict.fromkeys(langs, "A_B"),
        langs=langs,
        items=tuple(items),
        entries=tuple(entries),
    )
    (out / manifest.FILE_NAME).write_bytes(made.written())
    (out.parent / "lecture.toml").write_text('title = "x"\n')
    return made


def _said(item, lang):
    return NASTY if item else {"en": "The corner", "ko": KOREAN}[lang]


def _item(item, langs):
    notes = {lang: f"Note: {_said(item, lang)}" for lang in langs}
    title = {lang: _title(item, lang) for lang in langs}
    return manifest.Item(kind="lesson", title=title, note=notes)


def _title(item, lang):
    return NASTY_TITLE if item else _said(item, lang)


def _words(kind, langs):
    marked = {"intro" if kind == "section" else "text": dict.fromkeys(langs, MARKED)}
    said = {name: dict.fromkeys(langs, text) for name, text in _ABOUT[kind].items()}
    return manifest.Item(kind=kind, **said, **marked)


_ABOUT = {
    "section": {"title": f"{NASTY_TITLE} $w_1^2 \\leq t$ 🎯", "note": "Note: section"},
    "text": {"title": KOREAN, "note": "Note: text"},
}


def _entry(out, item, lesson, medium, lang, theme):
    name = lesson if lang == "en" else f"{lesson}-{lang}"
    said = _said(item, lang)
    files = {
        suffix: content
        for suffix, content in _FILES[medium](said).items()
        if not (out / f"{name}.{suffix}").exists()
    }
    for suffix, content in files.items():
        (out / f"{name}.{suffix}").write_bytes(content)
    common = {
        "item": item,
        "name": name,
        "lesson": lesson,
        "medium": medium,
        "lang": lang,
        "theme": theme,
        "title": _title(item, lang),
        "summary": f"Summary: {said}",
        "alt": f"Alt: {said}",
        "files": {
            suffix: f"{name}.{suffix}" for suffix in files if not suffix.startswith("section")
        },
        "given": {"lam": 1.2} if item else {},
        "certificate": {"kkt_residual": 0.0},
        "parameters": {},
        "points": {},
        "lam": {"l1": 1.2},
        "budget": {"l1": 1.05},
        "command": "regviz",
    }
    return common | (_timed(name, said) if medium == "scene" else {})


def _timed(name, said):
    starts = (0.0, LENGTH)
    return {
        "width": SIZE[0],
        "height": SIZE[1],
        "fps": 10,
        "duration": 2 * LENGTH,
        "cues": tuple(
            manifest.Cue(start=start, end=start + LENGTH, text=f"Cue {number}: {said}")
            for number, start in enumerate(starts, start=1)
        ),
        "sections": tuple(
            manifest.Section(
                name=f"part{number}",
                start=start,
                end=start + LENGTH,
                file=f"{name}.section-0{number}.mp4",
            )
            for number, start in enumerate(starts, start=1)
        ),
    }


def write_asking(out, media=("figure", "scene", "page"), langs=("en", "ko")):
    """Fill an output folder with a lesson that asks, in the second section of its video."""
    made = write(out, langs=langs)
    entries = tuple(
        replace(entry, lesson="thresholds", sections=_asked(entry.sections))
        for entry in made.entries
        if entry.item == 0 and entry.medium in media
    )
    items = tuple(replace(item, quiz=True) for item in made.items)
    made = replace(made, entries=entries, items=items)
    (out / manifest.FILE_NAME).write_bytes(made.written())
    return made


def _asked(sections):
    named = zip(sections, ("free", "ask-lands"), strict=False)
    return tuple(replace(section, name=name) for section, name in named)


def write_lessons(out, lessons):
    """Fill an output folder with lessons: true figures and pages, videos as long as theirs."""
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for item, lesson in enumerate(lessons):
        for medium in ("figure", "scene", "page"):
            made = _entry(out, item, lesson, medium, "en", "light")
            made |= {"title": lesson, "summary": SENTENCE, "alt": SENTENCE * 2, "given": {}}
            if medium == "scene":
                made |= _told(lesson, n_sections=7)
            else:
                _make_true(out, lesson, medium)
            entries.append(manifest.Entry(**made))
    items = [manifest.Item(kind="lesson", title={"en": each}, quiz=True) for each in lessons]
    made = manifest.Manifest(
        title={"en": "Lessons"},
        author={"en": "A"},
        langs=("en",),
        items=tuple(items),
        entries=tuple(entries),
    )
    (out / manifest.FILE_NAME).write_bytes(made.written())
    return made


SENTENCE = "At the optimum the loss still pulls, and along the axis the ball holds against it. "


def _told(lesson, n_sections):
    """Return a video of sections in each of which as much is said as in ours."""
    times = [(LENGTH * at, LENGTH * (at + 1)) for at in range(n_sections)]
    names = ["part", "ask-lands", "part", "ask-keeps"] + ["part"] * n_sections
    return {
        "cues": tuple(manifest.Cue(start=a, end=b, text=SENTENCE * 2) for a, b in times),
        "sections": tuple(
            manifest.Section(name=name, start=a, end=b, file=f"{lesson}.section-01.mp4")
            for name, (a, b) in zip(names, times, strict=False)
        ),
    }


def _make_true(out, lesson, medium):
    common = {"lesson": lesson, "values": {}, "lang": "en", "theme": "light", "stem": lesson}
    if medium == "figure":
        job = FigureJob(**common, formats=("svg",), transparent=False, aspect="16:9", dpi=100)
    else:
        job = PageJob(**common, formats=("html",), transparent=False, split=False)
    for suffix, content in make(job, lambda done, total: None).files.items():
        (out / f"{lesson}.{suffix}").write_bytes(content)


# -- files ----------------------------------------------------------------------------------

_DRAWN = {}


def _figure(said):
    if "figure" not in _DRAWN:
        _DRAWN["figure"] = _draw()
    return _DRAWN["figure"]


def _draw():
    from matplotlib.figure import Figure

    made = Figure(figsize=(6.4, 3.6))
    axes = made.subplots()
    axes.plot([0, 1, 2], [0, 1, 0], "o--")
    files = {}
    for suffix in ("svg", "pdf", "png"):
        stream = io.BytesIO()
        made.savefig(stream, format=suffix, metadata={"Title": "t"})
        files[suffix] = stream.getvalue()
    return files


def _scene(said):
    if "scene" not in _DRAWN:
        whole, one, two = (_video(shades) for shades in ((20, 220), (20, 120), (120, 220)))
        _DRAWN["scene"] = {
            "mp4": whole,
            "section-01.mp4": one,
            "section-02.mp4": two,
            "poster.png": picture(220),
            "srt": b"",
            "vtt": b"WEBVTT\n",
        }
    return _DRAWN["scene"]


def _video(shades):
    """Return a video that goes from one grey to another."""
    av = pytest.importorskip("av", reason="PyAV is not installed")
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as opened:
        track = opened.add_stream("libx264", rate=10)
        track.width, track.height = SIZE
        track.pix_fmt = "yuv420p"
        for shade in np.linspace(*shades, round(LENGTH * 10)):
            pixels = np.full((SIZE[1], SIZE[0], 3), round(shade), np.uint8)
            for packet in track.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")):
                opened.mux(packet)
        for packet in track.encode():
            opened.mux(packet)
    return stream.getvalue()


def picture(shade):
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", SIZE, (shade,) * 3).save(stream, "png")
    return stream.getvalue()


#: does with keys what the pages' runtime does
_SCRIPT = """
const slider = document.querySelector("input");
slider.addEventListener("input", () => { document.title = slider.value; });
addEventListener("keydown", (event) => {
  if (event.key !== "PageDown" && event.key !== "PageUp") return;
  event.preventDefault();
  parent.postMessage({ type: "regviz:key", key: event.key }, "*");
});
document.title = "ran";
"""


def _page(said):
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'"
    return {
        "html": (
            f'<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" '
            f'content="{policy}"><title>page</title><main><h1>Page</h1>'
            '<label>Strength <input type="range"></label></main>'
            f"<script>{_SCRIPT}</script></html>"
        ).encode()
    }


_FILES = {"figure": _figure, "scene": _scene, "page": _page}
