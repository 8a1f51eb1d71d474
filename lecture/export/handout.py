"""A handout to read: every lesson's text, figure, video as a strip of stills, and page.

One file that asks the network for nothing, under a content policy that allows what is in it
and no more. What the speaker noted is not in it, since others read it. On paper a page is its
lesson's figure, and the handout says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from regviz.lecture.export import markup
from regviz.lecture.export.deck import Clip, Deck, Explorer, Opening, Picture, Slide
from regviz.lecture.export.stills import last_frame
from regviz.lessons.text import Text, load
from regviz.lessons.theme import LIGHT, PRINT
from regviz.lessons.web_fonts import font_face


def contents(deck: Deck, path: Path) -> dict[Path, bytes]:
    """Return the handout's one file.

    Raises
    ------
    BadInput
        If a file is missing.
    """
    text = load(deck.lang)
    articles = [_article(list(group), deck) for group in _lessons(deck)]
    body = (
        f"{_header(deck)}\n{_contents(deck, text)}\n<main>\n{''.join(articles)}</main>\n"
        f"<footer>{_text(text, 'made')}</footer>"
    )
    style = f"{font_face(deck.title + body)}{_style()}"
    whole = (
        f'<!DOCTYPE html>\n<html lang="{deck.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(deck, style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return {path: whole.encode()}


def _text(text: Text, key: str) -> str:
    return escape(text(f"export.{key}"))


def _style() -> str:
    paper = f"@media print {{ :root {{ {markup.colors(PRINT)} }} }}"
    return f":root {{ {markup.colors(LIGHT)} }}\n{markup.asset('handout.css')}\n{paper}"


def _policy(deck: Deck, style: str) -> str:
    # A page in a frame is under this policy besides its own, so what it holds is named here.
    scripts, styles = [], [markup.digest(style)]
    for slide in deck.slides:
        if isinstance(slide, Explorer):
            own_scripts, own_styles = markup.page_hashes(_page(slide, deck))
            scripts += own_scripts
            styles += own_styles
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(dict.fromkeys(scripts)) or chr(39) + 'none' + chr(39)}",
            f"style-src {' '.join(dict.fromkeys(styles))}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _page(slide: Explorer, deck: Deck) -> str:
    _, path = markup.first_file(slide.entry, "html")
    return deck.read(path).decode()


def _header(deck: Deck) -> str:
    author = f'<p class="author">{escape(deck.author)}</p>' if deck.author else ""
    return f"<header>{markup.MOTIF}<h1>{escape(deck.title)}</h1>{author}</header>"


def _openings(deck: Deck) -> list[Opening]:
    return [slide for slide in deck.slides if isinstance(slide, Opening)]


def _contents(deck: Deck, text: Text) -> str:
    rows = "".join(
        f'<li><a href="#lesson-{slide.number}">{escape(slide.heading)}</a></li>'
        for slide in _openings(deck)
    )
    label = _text(text, "contents")
    return f'<nav aria-label="{label}"><ol>{rows}</ol></nav>'


def _lessons(deck: Deck) -> Iterator[Iterator[Slide]]:
    """Yield each lesson's slides."""
    numbers: dict[int, int] = {}
    number = 0
    for at, slide in enumerate(deck.slides):
        number += isinstance(slide, Opening)
        numbers[at] = number
    for lesson, places in groupby(range(len(deck.slides)), key=lambda at: numbers[at]):
        if lesson:
            yield (deck.slides[at] for at in places)


def _article(slides: Sequence[Slide], deck: Deck) -> str:
    opening = slides[0]
    if not isinstance(opening, Opening):
        raise TypeError("a lesson begins with its opening")
    number = opening.number
    lang = f' lang="{opening.lang}"' if opening.lang != deck.lang else ""
    clips = [slide for slide in slides if isinstance(slide, Clip)]
    parts = [_part(slide, number, clips, deck) for slide in slides[1:]]
    return (
        f'<article id="lesson-{number}" aria-labelledby="title-{number}"{lang}>'
        f'<h2 id="title-{number}"><span class="number">{number}</span> '
        f"{escape(opening.heading)}</h2>"
        f'<p class="summary">{escape(opening.summary)}</p>{"".join(parts)}</article>\n'
    )


def _part(slide: Slide, number: int, clips: Sequence[Clip], deck: Deck) -> str:
    if isinstance(slide, Picture):
        drawn = markup.figure(deck, slide.entry, slide.alt, f"l{number}-")
        # The picture's description is what there is to say of it, so all may read it.
        return f"<figure>{drawn}<figcaption>{escape(slide.alt)}</figcaption></figure>"
    if isinstance(slide, Clip):
        return _strip(clips, deck) if slide is clips[0] else ""
    if isinstance(slide, Explorer):
        return _frame(slide, deck)
    raise TypeError(f"no part of a handout is made of a {type(slide).__name__}")


def _strip(clips: Sequence[Clip], deck: Deck) -> str:
    """Return a video as its sections' last frames, each with what is said there."""
    steps = []
    for clip in clips:
        still = markup.data("image/png", last_frame(deck.locate(clip.section.file)))
        said = " ".join(cue.text for cue in clip.cues)
        steps.append(
            f'<li><img src="{still}" alt="" width="{clip.entry.width}" '
            f'height="{clip.entry.height}"><p>{escape(said)}</p></li>'
        )
    heading = _text(load(clips[0].lang), "steps")
    return f'<section><h3>{heading}</h3><ol class="strip">{"".join(steps)}</ol></section>'


def _frame(slide: Explorer, deck: Deck) -> str:
    text = load(slide.lang)
    page = escape(_page(slide, deck))
    return (
        f'<section class="live"><h3>{_text(text, "explore")}</h3>'
        f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="{escape(slide.heading)}" '
        f'loading="lazy"></iframe><p class="paper">{_text(text, "on_screen")}</p></section>'
    )
