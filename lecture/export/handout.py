"""A handout to read: every lesson's text, figure, video as a strip of stills, and page.

One file that asks the network for nothing, under a content policy that allows what is in it
and no more. What the speaker noted is not in it, since others read it. On paper a page is its
lesson's figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from regviz.lecture import frames
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
from regviz.lecture.html import inline, to_html
from regviz.lecture.manifest import Entry
from regviz.lecture.stills import last_frame
from regviz.lessons.text import Text, load
from regviz.lessons.theme import LIGHT, PRINT
from regviz.lessons.web_fonts import font_face


def contents(deck: Deck, path: Path, *, notes: bool = False) -> dict[Path, bytes]:
    """Return the handout's one file; `notes` shows what the speaker noted, too.

    Raises
    ------
    BadInput
        If a file is missing.
    """
    text = load(deck.lang)
    articles = [_article(group, deck, notes) for group in _groups(deck)]
    body = (
        f"{_header(deck)}\n{_contents(deck, text)}\n<main>\n{''.join(articles)}</main>\n"
        f"<footer>{_text(text, 'made')}</footer>"
    )
    style = f"{font_face(deck.title + body)}{_style()}"
    whole = (
        f'<!DOCTYPE html>\n<html lang="{deck.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(deck, style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n<style>{style}</style>\n"
        f"<script>{frames.SCRIPT}</script>\n</head>\n"
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
    scripts, styles = [markup.digest(frames.SCRIPT)], [markup.digest(style)]
    for slide in deck.slides:
        if isinstance(slide, Explorer):
            own_scripts, own_styles = markup.page_hashes(_page(slide, deck))
            scripts += own_scripts
            styles += own_styles
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(dict.fromkeys(scripts))}",
            f"style-src {' '.join(dict.fromkeys(styles))}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _page(slide: Explorer, deck: Deck) -> str:
    _, path = markup.first_file(slide.entry, "html")
    return deck.read_text(path)


def _header(deck: Deck) -> str:
    author = f'<p class="author">{escape(deck.author)}</p>' if deck.author else ""
    return f"<header>{markup.MOTIF}<h1>{inline(deck.slides[0].title)}</h1>{author}</header>"


def _contents(deck: Deck, text: Text) -> str:
    rows = "".join(
        f'<li class="part">{inline(slide.title)}</li>'
        if isinstance(slide, Part)
        else f'<li value="{slide.number}"><a href="#lesson-{slide.number}">'
        f"{inline(slide.title)}</a></li>"
        for slide in deck.slides
        if isinstance(slide, Opening | Part)
    )
    label = _text(text, "contents")
    return f'<nav aria-label="{label}"><ol>{rows}</ol></nav>' if rows else ""


def _groups(deck: Deck) -> Iterator[list[Slide]]:
    """Yield each lesson's slides, and what stands between lessons alone."""
    group: list[Slide] = []
    for slide in deck.slides:
        if isinstance(slide, Words | Title) and group:
            yield group
            group = []
        group.append(slide)
    yield group


def _article(slides: Sequence[Slide], deck: Deck, notes: bool) -> str:
    first = slides[0]
    lang = f' lang="{first.lang}"' if first.lang != deck.lang else ""
    if isinstance(first, Opening):
        return _lesson(first, slides[1:], deck, lang, notes)
    if isinstance(first, Words):
        kind = "part" if isinstance(first, Part) else "words"
        heading = f"<h2>{inline(first.title)}</h2>" if first.title.runs else ""
        return f'<section class="{kind}"{lang}>{heading}{_said(first, notes)}</section>\n'
    return ""  # the lecture's title is in the header


def _said(slide: Words, notes: bool) -> str:
    said = f'<div class="said">{to_html(slide.text)}</div>' if slide.text else ""
    noted = "".join(f'<p class="note">{escape(note)}</p>' for note in slide.notes)
    return said + noted if notes else said


def _lesson(
    opening: Opening, slides: Sequence[Slide], deck: Deck, lang: str, notes: bool
) -> str:
    number = opening.number
    parts = [_part(slide, number, slides, deck) for slide in slides]
    return (
        f'<article id="lesson-{number}" aria-labelledby="title-{number}"{lang}>'
        f'<h2 id="title-{number}"><span class="number">{number}</span> '
        f"{inline(opening.title)}</h2>{_said(opening, notes)}{''.join(parts)}</article>\n"
    )


def _part(slide: Slide, number: int, slides: Sequence[Slide], deck: Deck) -> str:
    if isinstance(slide, Picture):
        return _still(slide.entry, number, deck)
    if isinstance(slide, Clip):
        clips = [each for each in slides if isinstance(each, Clip)]
        return _strip(clips, deck) if slide is clips[0] else ""
    if isinstance(slide, Explorer):
        # On paper the lesson's figure stands for its page, and once is enough.
        drawn = any(isinstance(each, Picture) for each in slides)
        still = "" if drawn or slide.behind is None else _still(slide.behind, number, deck)
        return (
            f'{_frame(slide, deck)}<div class="paper">{still}</div>'
            if still
            else _frame(slide, deck)
        )
    raise TypeError(f"no part of a handout is made of a {type(slide).__name__}")


def _still(entry: Entry, number: int, deck: Deck) -> str:
    drawn = markup.figure(deck, entry, entry.alt, f"l{number}-")
    # The picture's description is what there is to say of it, so all may read it.
    return f"<figure>{drawn}<figcaption>{escape(entry.alt)}</figcaption></figure>"


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
        f'loading="lazy"></iframe></section>'
    )
