"""A handout to read: every lesson's text, figure, video as a strip of stills, and page.

Where a video speaks, what is said by each still can be heard.

Questions stand where they are asked, and their answers behind all lessons.

One file that asks the network for nothing, under a content policy that allows what is in it
and no more. What the speaker noted is not in it, since others read it. On paper a page is its
lesson's figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from regviz.lecture import frames
from regviz.lecture.before import Before
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
from regviz.lecture.film_sound import has_sound, sound_alone
from regviz.lecture.html import inline, to_html
from regviz.lecture.manifest import Entry
from regviz.lecture.stills import last_frame
from regviz.lessons.text import Text, load
from regviz.lessons.theme import LIGHT, PRINT
from regviz.lessons.web_fonts import faces


def contents(deck: Deck, path: Path, *, notes: bool = False) -> dict[Path, bytes]:
    """Return the handout's one file; `notes` shows what the speaker noted, too.

    Raises
    ------
    BadInput
        If a file is missing.
    """
    text = load(deck.lang)
    before = Before(deck.lang, _here(deck))
    articles = [_article(group, deck, before, notes) for group in _groups(deck)]
    body = (
        f"{_header(deck)}\n{_contents(deck, before, text)}\n<main>\n{''.join(articles)}"
        f"{_answers(deck, text)}</main>\n"
        f"<footer>{_text(text, 'made')}</footer>"
    )
    style = f"{faces(deck.title + body)}{_style()}"
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
            "media-src data:",
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


def _contents(deck: Deck, before: Before, text: Text) -> str:
    listed = [slide for slide in deck.slides if isinstance(slide, Opening | Part)]
    lessons = [slide.lesson for slide in listed if isinstance(slide, Opening)]
    topics = [""] * len(listed)
    if len(lessons) == len(listed):  # no sections of the lecturer's own
        topics = before.headings(lessons)
    rows = "".join(
        (f'<li class="part">{escape(topic)}</li>' if topic else "") + _row(slide)
        for topic, slide in zip(topics, listed, strict=True)
    )
    label = _text(text, "contents")
    return f'<nav aria-label="{label}"><ol>{rows}</ol></nav>' if rows else ""


def _row(slide: Opening | Part) -> str:
    if isinstance(slide, Part):
        return f'<li class="part">{inline(slide.title)}</li>'
    link = f'<a href="#lesson-{slide.number}">{inline(slide.title)}</a>'
    return f'<li value="{slide.number}">{link}</li>'


def _here(deck: Deck) -> dict[str, str]:
    """Return what leads to each lesson, where it first comes."""
    found: dict[str, str] = {}
    for slide in deck.slides:
        if isinstance(slide, Opening):
            found.setdefault(slide.lesson, f"lesson-{slide.number}")
    return found


def _groups(deck: Deck) -> Iterator[list[Slide]]:
    """Yield each lesson's slides, and what stands between lessons alone."""
    group: list[Slide] = []
    for slide in deck.slides:
        if isinstance(slide, Words | Title) and group:
            yield group
            group = []
        group.append(slide)
    yield group


def _article(slides: Sequence[Slide], deck: Deck, before: Before, notes: bool) -> str:
    first = slides[0]
    lang = _foreign(first, deck)
    if isinstance(first, Opening):
        return _lesson(first, slides[1:], deck, before.to_html(first.lesson), notes)
    if isinstance(first, Words):
        kind = "part" if isinstance(first, Part) else "words"
        heading = f"<h2>{inline(first.title)}</h2>" if first.title.runs else ""
        return f'<section class="{kind}"{lang}>{heading}{_said(first, notes)}</section>\n'
    return ""  # the lecture's title is in the header


def _foreign(slide: Slide, deck: Deck) -> str:
    return f' lang="{slide.lang}"' if slide.lang != deck.lang else ""


def _said(slide: Words, notes: bool) -> str:
    said = f'<div class="said">{to_html(slide.text)}</div>' if slide.text else ""
    noted = "".join(f'<p class="note">{escape(note)}</p>' for note in slide.notes)
    return said + noted if notes else said


def _lesson(
    opening: Opening, slides: Sequence[Slide], deck: Deck, before: str, notes: bool
) -> str:
    number, lang = opening.number, _foreign(opening, deck)
    parts = [_part(slide, number, slides, deck) for slide in slides]
    return (
        f'<article id="lesson-{number}" aria-labelledby="title-{number}"{lang}>'
        f'<h2 id="title-{number}"><span class="number">{number}</span> '
        f"{inline(opening.title)}</h2>{_said(opening, notes)}"
        f"{before}"
        f"{''.join(parts)}</article>\n"
    )


def _part(slide: Slide, number: int, slides: Sequence[Slide], deck: Deck) -> str:
    if isinstance(slide, Picture):
        return _still(slide.entry, number, deck)
    if isinstance(slide, Answer):
        return ""  # behind all lessons
    if isinstance(slide, Clip | Ask):
        strip = [each for each in slides if isinstance(each, Clip | Ask)]
        strip = [each for each in strip if not isinstance(each, Answer)]
        return _strip(strip, deck) if slide is strip[0] else ""
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


def _strip(slides: Sequence[Clip | Ask], deck: Deck) -> str:
    """Return a video step by step, with what is asked on the way."""
    steps = [_asked(each) if isinstance(each, Ask) else _step(each, deck) for each in slides]
    asked = all(isinstance(each, Ask) for each in slides)
    heading = _text(load(slides[0].lang), "questions" if asked else "steps")
    return f'<section><h3>{heading}</h3><ol class="strip">{"".join(steps)}</ol></section>'


def _step(clip: Clip, deck: Deck) -> str:
    """Return a section of a video as its last frame, with what is said there, and its sound."""
    video = deck.locate(clip.section.file)
    still = markup.data("image/png", last_frame(video))
    said = escape(" ".join(cue.text for cue in clip.cues))
    sound = ""
    if has_sound(video):
        kind = markup.video_kind(clip).replace("video", "audio")
        source = markup.data(kind, sound_alone(video))
        sound = f'<audio controls preload="none" src="{source}" aria-label="{said}"></audio>'
    return (
        f'<li><img src="{still}" alt="" width="{clip.entry.width}" '
        f'height="{clip.entry.height}"><p>{said}</p>{sound}</li>'
    )


def _asked(slide: Ask) -> str:
    drawn = asked_html.picture(slide, f"q{slide.number.replace('.', '-')}-")
    return (
        f'<li class="asked" id="question-{slide.number}"><h4>{_number(slide)} '
        f"{inline(slide.title)}</h4>{drawn}{asked_html.options(slide)}</li>"
    )


def _number(slide: Ask) -> str:
    return f'<span class="number">{slide.number}</span>'


def _answers(deck: Deck, text: Text) -> str:
    """Return the answers to all questions, with what is said to wrong ones."""
    rows = "".join(_answer(slide) for slide in deck.slides if isinstance(slide, Answer))
    heading = _text(text, "answers")
    return f'<section class="answers"><h2>{heading}</h2>{rows}</section>\n' if rows else ""


def _answer(slide: Answer) -> str:
    wrongs = "".join(
        f"<li><em>{inline(answer)}</em>: {inline(reply)}</li>" for answer, reply in slide.wrongs
    )
    listed = f"<ul>{wrongs}</ul>" if wrongs else ""
    # Of a choice the picture is the question's own.
    prefix = f"a{slide.number.replace('.', '-')}-"
    drawn = "" if slide.is_choice else asked_html.picture(slide, prefix)
    return (
        f'<div class="answer"><a href="#question-{slide.number}">{_number(slide)}</a>'
        f"{drawn}<div>{asked_html.answer(slide)}{listed}</div></div>"
    )


def _frame(slide: Explorer, deck: Deck) -> str:
    text = load(slide.lang)
    page = escape(_page(slide, deck))
    return (
        f'<section class="live"><h3>{_text(text, "explore")}</h3>'
        f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="{escape(slide.heading)}" '
        f'loading="lazy"></iframe></section>'
    )
