"""A reveal.js deck in one file that needs no network.

Videos stand in it as text and become files of the browser's (blobs) when their slide is near:
Safari does not play a video from a `data:` address. reveal.js is read from where
`sphinx-revealjs` is installed, or loaded from an address that the user gives.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path

from regviz.lecture.export import asked_html, markup
from regviz.lecture.export.slides import (
    Answer,
    Ask,
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
from regviz.lecture.film_sound import has_sound
from regviz.lecture.html import inline, to_html
from regviz.lecture.markdown import SCALES
from regviz.lecture.stills import last_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.text import load
from regviz.lessons.web_fonts import faces

_STYLE, _SCRIPT, _NOTES = "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js"
#: what reveal.js adds for paper, at the size that deck.js gives
_PAPER = (
    "@page{size:1280px 720px; margin: 0px;}",
    ".reveal section>img, .reveal section>video, .reveal section>iframe"
    "{max-width: 1280px; max-height:720px}",
)


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
    core = _linked(reveal) if reveal else _installed()
    slides = [_section(slide, number, deck) for number, slide in enumerate(deck.slides)]
    body = "\n".join(slides)
    own = f"{faces(deck.title + body)}{_style(deck)}"
    script = markup.asset("deck.js")
    styles = "".join(f"<style>{style}</style>\n" for style in (*core.styles, own))
    scripts = "".join(f"<script>{each}</script>\n" for each in (*core.scripts, script))
    policy = _policy(deck, core, own, script)
    whole = (
        f'<!DOCTYPE html>\n<html lang="{deck.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n{core.style_links}{styles}</head>\n"
        f'<body>\n<div class="reveal"><div class="slides">\n{body}\n</div></div>\n'
        f"{_videos(deck)}\n{core.script_links}{scripts}</body>\n</html>\n"
    )
    return {path: whole.encode()}


@dataclass(frozen=True, kw_only=True)
class _Core:
    """reveal.js: what of it stands in the deck, and what is loaded from an address."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...]
    style_links: str = ""
    script_links: str = ""
    origin: str = ""


def _installed() -> _Core:
    root = _root()
    if root is None:
        raise BadInput(
            "reveal.js is not installed; run: python -m pip install 'regviz[decks]' "
            "(or give --reveal URL)"
        )
    scripts = tuple(_in_script(_text(root / name)) for name in (_SCRIPT, _NOTES))
    return _Core(styles=(_text(root / _STYLE),), scripts=scripts)


def _root() -> Path | None:
    found = find_spec("sphinx_revealjs")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "_static" / "revealjs"


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


def _linked(address: str) -> _Core:
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[\w.@~+-]+)*/?", address, re.ASCII):
        raise BadInput(
            f"--reveal {address} will not do; give the address of what holds dist/reveal.js, "
            "such as https://cdn.jsdelivr.net/npm/reveal.js@5.2.0"
        )
    base, root = address.rstrip("/"), _root()
    # The speaker's window stands in the notes' script, and only of a known one are the hashes.
    notes = () if root is None else (_in_script(_text(root / _NOTES)),)
    linked = (_SCRIPT,) if notes else (_SCRIPT, _NOTES)
    return _Core(
        scripts=notes,
        style_links=f'<link rel="stylesheet" href="{base}/{_STYLE}">\n',
        script_links="".join(f'<script src="{base}/{name}"></script>\n' for name in linked),
        origin="/".join(address.split("/")[:3]),
    )


def _policy(deck: Deck, core: _Core, style: str, script: str) -> str:
    """Return what the deck may do: what stands in it by its hash, and nothing of a network.

    A frame without an address of its own, such as a page or the speaker's window, is under
    this policy besides its own.
    """
    scripts, styles = [*core.scripts, script], [*core.styles, style, *_PAPER]
    attributes: list[str] = []
    for notes in core.scripts:
        window = _speaker_window(notes)
        scripts += re.findall(r"<script>(.*?)</script>", window, re.DOTALL)
        styles += re.findall(r"<style>(.*?)</style>", window, re.DOTALL)
        attributes += re.findall(r'\sstyle="([^"]*)"', window)
    allowed_scripts = [markup.digest(each) for each in scripts]
    allowed_styles = [markup.digest(each) for each in styles]
    for slide in deck.slides:
        if isinstance(slide, Explorer):
            own_scripts, own_styles = markup.page_hashes(_page(slide, deck))
            allowed_scripts += own_scripts
            allowed_styles += own_styles
    hashed = ["'unsafe-hashes'", *map(markup.digest, attributes)] if attributes else []
    return "; ".join(
        [
            "default-src 'none'",
            _source("script-src", core.origin, *allowed_scripts),
            _source("style-src", core.origin, *allowed_styles),
            # Only the attributes that the speaker's window has.
            _source("style-src-attr", *(hashed or ["'none'"])),
            "img-src data:",
            "font-src data:",
            "media-src data: blob:",
            "frame-src 'self' file:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _source(directive: str, *words: str) -> str:
    return " ".join(dict.fromkeys([directive, *filter(None, words)]))


def _speaker_window(script: str) -> str:
    """Return the page that the script of the notes writes into a window; empty if none."""
    written = re.search(r'\.document\.write\(("(?:[^"\\]|\\.)*")\)', script)
    if written is None:
        return ""
    # A string of JavaScript is one of JSON, but for these.
    plain = re.sub(r"\\x([0-9a-f]{2})", r"\\u00\1", written[1]).replace("\\'", "'")
    window: str = json.loads(plain)
    return window


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
    # A video goes on where it stopped, as if it had not been cut; an answer where it was asked.
    goes_on = isinstance(slide, Answer) or (isinstance(slide, Clip) and slide.place > 1)
    still = ' data-transition="none"' if goes_on else ""
    return f"{background}{still}"


def _content(slide: Slide, number: int, deck: Deck) -> tuple[str, str]:
    heading = inline(slide.title)
    hidden = f'<h2 class="hidden">{heading}</h2>'
    if isinstance(slide, Title):
        author = f'<p class="author">{escape(slide.author)}</p>' if slide.author else ""
        return "title", f'<div class="words">{markup.MOTIF}<h1>{heading}</h1>{author}</div>'
    if isinstance(slide, Words):
        kind = {Opening: "opening", Part: "part"}.get(type(slide), "text")
        count = f'<p class="number">{slide.number}</p>' if isinstance(slide, Opening) else ""
        title = f"<h2>{heading}</h2>" if heading else ""
        # Which of the few sizes it is said in, as a class: the policy allows no style here.
        said = f'<div class="said size-{SCALES.index(slide.scale)}">{to_html(slide.text)}</div>'
        return kind, f'<div class="words">{count}{title}{said}</div>'
    if isinstance(slide, Ask):
        kind = "ask answer" if isinstance(slide, Answer) else "ask"
        return kind, _asked(slide, f"s{number}-")
    if isinstance(slide, Picture):
        drawn = markup.figure(deck, slide.entry, slide.alt, f"s{number}-")
        return "picture", f"{hidden}{drawn}"
    if isinstance(slide, Clip):
        return "clip", f"{hidden}{_video(slide, number, deck)}"
    if isinstance(slide, Explorer):
        return "explorer", f"{hidden}{_frame(slide, number, deck)}"
    raise TypeError(f"no slide is made of a {type(slide).__name__}")


def _asked(slide: Ask, prefix: str) -> str:
    """Return a question, alone or with its answer, everything where it was."""
    drawn = asked_html.picture(slide, prefix)
    seen = f'<div class="seen">{drawn}</div>' if drawn else ""
    reply = asked_html.answer(slide, brief=True) if isinstance(slide, Answer) else ""
    return (
        f'<div class="asked"><h2>{inline(slide.title)}</h2>'
        f'<div class="beside size-{SCALES.index(slide.scale)}">{seen}'
        f"<div>{asked_html.options(slide)}{reply}</div></div></div>"
    )


def _video(clip: Clip, number: int, deck: Deck) -> str:
    source = markup.track(clip.cues)
    track = f'<track kind="captions" srclang="{clip.lang}" src="{source}">' if source else ""
    still = markup.data("image/png", last_frame(deck.locate(clip.section.file)))
    # One without sound may play by itself everywhere.
    muted = "" if has_sound(deck.locate(clip.section.file)) else "muted "
    return (
        f'<video data-video="video-{number}" {muted}playsinline '
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
    page = escape(_page(slide, deck))
    frame = (
        f'<iframe data-page="{page}" sandbox="allow-scripts" title="{escape(slide.heading)}">'
        "</iframe>"
    )
    if slide.behind is None:
        return frame
    drawn = markup.figure(deck, slide.behind, slide.behind.alt, f"s{number}-")
    return f'{frame}<div class="paper">{drawn}</div>'


def _page(slide: Explorer, deck: Deck) -> str:
    _, path = markup.first_file(slide.entry, "html")
    return deck.read_text(path)


def _videos(deck: Deck) -> str:
    clips = [(n, slide) for n, slide in enumerate(deck.slides) if isinstance(slide, Clip)]
    return "\n".join(
        f'<script type="text/plain" id="video-{number}" data-kind="{markup.video_kind(clip)}">'
        f"{base64.b64encode(deck.read(clip.section.file)).decode()}</script>"
        for number, clip in clips
    )
