"""A lesson's figure, video and page, as elements."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from regviz.lecture import titles
from regviz.lecture.choices import TRANSCRIPT
from regviz.lecture.gallery.words import LANGUAGE_NAMES, foreign, medium_word, worded
from regviz.lecture.manifest import Entry
from regviz.lecture.timing import clock, vtt_cues
from regviz.lessons.text import Text


def _figure(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    kind = next((kind for kind in ("svg", "png") if kind in entry.files), "")
    if not kind:
        return ""
    dark = [each for each in item if each.medium == "figure" and each.theme == "dark"]
    source = (
        f'<source srcset="{escape(dark[0].files[kind])}" media="(prefers-color-scheme: dark)">'
        if dark and entry.theme == "light"
        else ""
    )
    path = escape(entry.files[kind])
    return (
        f'<figure><a class="frame"{foreign(entry.lang, text)} href="{path}"><picture>{source}'
        f'<img src="{path}" alt="{escape(entry.alt)}" loading="lazy" width="960" height="540">'
        f"</picture></a><figcaption>{medium_word('figure', text)}</figcaption></figure>"
    )


def _video(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    del item
    sources = [
        f'<source src="{escape(entry.files[kind])}" type="video/{kind}">'
        for kind in ("mp4", "webm")
        if kind in entry.files
    ]
    if not sources:
        return ""
    # In the page itself: from a local file, browsers do not let a video read a second file.
    cues = base64.b64encode(vtt_cues(entry.cues).encode()).decode()
    track = (
        f'<track kind="captions" srclang="{entry.lang}" default '
        f'label="{LANGUAGE_NAMES[entry.lang]}" src="data:text/vtt;base64,{cues}">'
    )
    poster = escape(entry.files.get("poster.png", ""))
    # Browsers print a player and not its poster.
    still = f'<img class="frame paper" src="{poster}" alt="">' if poster else ""
    return (
        f'<figure><video class="frame"{foreign(entry.lang, text)} controls preload="none" '
        f'poster="{poster}" width="{entry.width}" height="{entry.height}" '
        f'aria-label="{escape(titles.plain(entry.title))}">'
        f"{''.join(sources)}{track}</video>{still}"
        f"<figcaption>{medium_word('scene', text)}, {clock(entry.duration)}"
        f"{_transcript(entry, text)}</figcaption></figure>"
    )


def _transcript(entry: Entry, text: Text) -> str:
    path = entry.files.get(TRANSCRIPT)
    if path is None:
        return ""
    return f' · <a href="{escape(path)}">{worded(text, "transcript")}</a>'


def _page(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    if "html" not in entry.files:
        return ""
    path, lang = escape(entry.files["html"]), foreign(entry.lang, text)
    title = escape(titles.plain(entry.title))
    return (
        f'<figure class="whole live"><iframe class="frame"{lang} src="{path}" '
        f'loading="lazy" sandbox="allow-scripts" title="{title}"></iframe>'
        f'<figcaption>{medium_word("page", text)}: <a href="{path}">{worded(text, "open")}</a>'
        f"</figcaption></figure>{_poster(entry, item)}"
    )


def _poster(page: Entry, item: Sequence[Entry]) -> str:
    """Return the figure that stands for a page on paper, where none does already."""
    kind = next((kind for kind in ("poster.svg", "poster.png") if kind in page.files), "")
    if not kind or any(entry.medium == "figure" for entry in item):
        return ""
    path, alt = escape(page.files[kind]), escape(page.alt)
    return f'<figure class="whole paper"><img class="frame" src="{path}" alt="{alt}"></figure>'


SHOWN = {"figure": _figure, "scene": _video, "page": _page}
