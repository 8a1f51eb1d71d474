"""A reveal.js deck in one file that needs no network.

Videos stand in it as text and become files of the browser's (blobs) when their slide is near:
Safari does not play a video from a `data:` address. reveal.js is read from where
`sphinx-revealjs` is installed, or loaded from an address that the user gives.
"""

from __future__ import annotations

import base64
import re
from html import escape
from importlib.util import find_spec
from pathlib import Path

from regviz.lecture.export import markup
from regviz.lecture.export.deck import (
    Clip,
    Deck,
    Explorer,
    Opening,
    Part,
    Picture,
    Slide,
    Title,
    Words,
)
from regviz.lecture.gallery.fonts import font_face
from regviz.lecture.html import to_html
from regviz.lecture.markdown import SCALES
from regviz.lecture.stills import last_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.text import load

_STYLES = ("dist/reveal.css",)
_SCRIPTS = ("dist/reveal.js", "plugin/notes/notes.js")


def contents(deck: Deck, path: Path, *, reveal: str = "") -> dict[Path, bytes]:
    """Return the deck's one file.

    Parameters
    ----------
    deck
        The slides.
    path
        Where the file will be.
    reveal
        Address of a copy of reveal.js; by default the installed one, put into the file.

    Raises
    ------
    BadInput
        If reveal.js is not installed, the address will not do or a file is missing.
    """
    styles, scripts = _linked(reveal) if reveal else _installed()
    slides = [_section(slide, number, deck) for number, slide in enumerate(deck.slides)]
    body = "\n".join(slides)
    own = f"{font_face(deck.title + body)}{_style(deck)}"
    whole = (
        f'<!DOCTYPE html>\n<html lang="{deck.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(reveal)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n{styles}\n<style>{own}</style>\n</head>\n"
        f'<body>\n<div class="reveal"><div class="slides">\n{body}\n</div></div>\n'
        f"{_videos(deck)}\n{scripts}\n<script>{markup.asset('deck.js')}</script>\n"
        "</body>\n</html>\n"
    )
    return {path: whole.encode()}


def _installed() -> tuple[str, str]:
    found = find_spec("sphinx_revealjs")
    if found is None or found.origin is None:
        raise BadInput(
            "reveal.js is not installed; run: python -m pip install 'regviz[decks]' "
            "(or give --reveal URL)"
        )
    root = Path(found.origin).parent / "_static" / "revealjs"
    styles = "\n".join(f"<style>{_text(root / name)}</style>" for name in _STYLES)
    scripts = "\n".join(
        f"<script>{_in_script(_text(root / name))}</script>" for name in _SCRIPTS
    )
    return styles, scripts


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        raise BadInput(
            f"{path} is missing; run: python -m pip install --force-reinstall sphinx-revealjs"
        ) from None


def _in_script(source: str) -> str:
    """Return a script that cannot end the element it stands in."""
    return source.replace("</script", r"<\/script").replace("<!--", r"\x3c!--")


def _linked(address: str) -> tuple[str, str]:
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[\w.@~+-]+)*/?", address):
        raise BadInput(
            f"--reveal {address} will not do; give the address of what holds dist/reveal.js, "
            "such as https://cdn.jsdelivr.net/npm/reveal.js@5.2.0"
        )
    root = address.rstrip("/")
    styles = "\n".join(f'<link rel="stylesheet" href="{root}/{name}">' for name in _STYLES)
    scripts = "\n".join(f'<script src="{root}/{name}"></script>' for name in _SCRIPTS)
    return styles, scripts


def _policy(reveal: str) -> str:
    # Inline scripts are allowed as a whole: the speaker's window is written by reveal.js and
    # has its own. What matters here is that nothing is asked of a network.
    origin = "/".join(reveal.split("/")[:3])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'unsafe-inline' {origin}".rstrip(),
            f"style-src 'unsafe-inline' {origin}".rstrip(),
            "img-src data:",
            "font-src data:",
            "media-src data: blob:",
            "frame-src 'self' file:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _style(deck: Deck) -> str:
    rules = [f":root {{ {markup.colors(markup.theme_of(deck.theme))} }}"]
    for name in sorted({slide.theme for slide in deck.slides} - {deck.theme}):
        rules.append(f".theme-{name} {{ {markup.colors(markup.theme_of(name))} }}")
    return "\n".join([*rules, markup.asset("deck.css")])


# -- slides ---------------------------------------------------------------------------------


def _section(slide: Slide, number: int, deck: Deck) -> str:
    kind, content = _content(slide, number, deck)
    # The speaker's window reads this, and shows its lines apart.
    notes = "".join(f"<p>{escape(note)}</p>" for note in slide.notes)
    aside = f'<aside class="notes">{notes}</aside>' if notes else ""
    lang = f' lang="{slide.lang}"' if slide.lang != deck.lang else ""
    settings = _settings(slide, deck)
    opening = f'<section class="{kind} theme-{slide.theme}"{lang}{settings}>'
    return f"{opening}{content}{aside}</section>"


def _settings(slide: Slide, deck: Deck) -> str:
    own = markup.theme_of(slide.theme).background
    background = f' data-background-color="{own}"' if slide.theme != deck.theme else ""
    # A video goes on where it stopped, as if it had not been cut.
    goes_on = isinstance(slide, Clip) and slide.place > 1
    still = ' data-transition="none"' if goes_on else ""
    return f"{background}{still}"


def _content(slide: Slide, number: int, deck: Deck) -> tuple[str, str]:
    heading = escape(slide.heading)
    hidden = f'<h2 class="hidden">{heading}</h2>'
    if isinstance(slide, Title):
        author = f'<p class="author">{escape(slide.author)}</p>' if slide.author else ""
        return "title", f'<div class="words">{markup.MOTIF}<h1>{heading}</h1>{author}</div>'
    if isinstance(slide, Words):
        kind = {Opening: "opening", Part: "part"}.get(type(slide), "text")
        count = f'<p class="number">{slide.number}</p>' if isinstance(slide, Opening) else ""
        title = f"<h2>{heading}</h2>" if slide.heading else ""
        # Which of the few sizes it is said in, as a class: the policy allows no style here.
        said = f'<div class="said size-{SCALES.index(slide.scale)}">{to_html(slide.text)}</div>'
        return kind, f'<div class="words">{count}{title}{said}</div>'
    if isinstance(slide, Picture):
        drawn = markup.figure(deck, slide.entry, slide.alt, f"s{number}-")
        return "picture", f"{hidden}{drawn}"
    if isinstance(slide, Clip):
        return "clip", f"{hidden}{_video(slide, number, deck)}"
    if isinstance(slide, Explorer):
        return "explorer", f"{hidden}{_frame(slide, number, deck)}"
    raise TypeError(f"no slide is made of a {type(slide).__name__}")


def _video(clip: Clip, number: int, deck: Deck) -> str:
    source = markup.track(clip.cues)
    track = f'<track kind="captions" srclang="{clip.lang}" src="{source}">' if source else ""
    still = markup.data("image/png", last_frame(deck.locate(clip.section.file)))
    return (
        f'<video data-video="video-{number}" muted playsinline '
        f'aria-label="{escape(clip.alt)}">{track}</video>'
        f'<img class="last" src="{still}" alt="{escape(clip.alt)}">{_button(clip.lang)}'
    )


def _button(lang: str) -> str:
    """Return what shows that a video can be paused, and pauses it."""
    text = load(lang)
    labels = {
        each: escape(text(f"export.button.{each}")) for each in ("pause", "play", "again")
    }
    data = " ".join(f'data-{each}="{label}"' for each, label in labels.items())
    return (
        f'<button type="button" class="player" {data} aria-label="{labels["pause"]}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        '<path class="pause" d="M7 5v14M17 5v14"/><path class="play" d="M7 4 20 12 7 20Z"/>'
        '<path class="again" d="M19 12A7 7 0 1 1 14 5.3M14 1.5V6h-4.5"/></svg></button>'
    )


def _frame(slide: Explorer, number: int, deck: Deck) -> str:
    _, path = markup.first_file(slide.entry, "html")
    page = escape(deck.read(path).decode())
    frame = (
        f'<iframe data-page="{page}" sandbox="allow-scripts" title="{escape(slide.heading)}">'
        "</iframe>"
    )
    if slide.behind is None:
        return frame
    drawn = markup.figure(deck, slide.behind, slide.behind.alt, f"s{number}-")
    return f'{frame}<div class="paper">{drawn}</div>'


def _videos(deck: Deck) -> str:
    clips = [(n, slide) for n, slide in enumerate(deck.slides) if isinstance(slide, Clip)]
    return "\n".join(
        f'<script type="text/plain" id="video-{number}" data-kind="{markup.video_kind(clip)}">'
        f"{base64.b64encode(deck.read(clip.section.file)).decode()}</script>"
        for number, clip in clips
    )
