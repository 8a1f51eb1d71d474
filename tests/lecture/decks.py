"""A built lecture with small files that are what they say they are: to be exported."""

import base64
import hashlib
import io

import numpy as np
import pytest

from regviz.lecture import manifest

NASTY = (
    "</script><script>alert(1)</script>\" onload='alert(2)' & ${x} \\input{x} $y_1$ `z` 5% #1"
)
KOREAN = "꼭짓점에서 멈춥니다: λ ≤ 1.2 × 10⁻⁵"
SIZE = (192, 108)
#: length of a section, in seconds
LENGTH = 0.5


def write(out, *, langs=("en", "ko"), theme="light", **changed):
    """Fill an output folder with a lecture of two lessons, the second with texts that bite."""
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for item, lesson in enumerate(("corner", "l1-loss")):
        for medium in ("figure", "scene", "page"):
            for lang in langs:
                made = _entry(out, item, lesson, medium, lang, theme)
                entries.append(manifest.Entry(**{**made, **changed}))
    made = manifest.Manifest(
        title="Why L1 selects & L2 shrinks", author="A_B", langs=langs, entries=tuple(entries)
    )
    (out / manifest.FILE_NAME).write_bytes(made.written())
    (out.parent / "lecture.toml").write_text('title = "x"\n')
    return made


def _entry(out, item, lesson, medium, lang, theme):
    name = lesson if lang == "en" else f"{lesson}-{lang}"
    plain = {"en": "The corner", "ko": KOREAN}[lang]
    said = NASTY if item else plain
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
        "title": said,
        "summary": f"Summary: {said}",
        "alt": f"Alt: {said}",
        "note": f"Note: {said}",
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
            "poster.png": _picture(220),
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


def _picture(shade):
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
