"""A question and its answer as HTML, for slides and the handout."""

from __future__ import annotations

from regviz.lecture.export.slides import Answer, Ask
from regviz.lecture.export.svg import inline as inline_svg
from regviz.lecture.html import inline


def picture(slide: Ask, prefix: str) -> str:
    """Return what is seen while it stands, as an element; nothing if it is words alone."""
    if slide.picture is None:
        return ""
    return inline_svg(slide.picture.encode("svg"), prefix, slide.alt)


def options(slide: Ask) -> str:
    """Return what can be answered; of an answer, the right option is marked."""
    if not slide.is_choice:
        return f'<p class="options">{inline(slide.options[0])}</p>'
    right = slide.at if isinstance(slide, Answer) else None
    rows = "".join(
        f"<li{_mark(at == right)}>{inline(option)}</li>"
        for at, option in enumerate(slide.options)
    )
    return f'<ol class="options" type="A">{rows}</ol>'


def _mark(is_right: bool) -> str:
    return ' class="right"' if is_right else ""


def answer(slide: Answer, *, brief: bool = False) -> str:
    """Return the answer, or in brief its letter among the options, and why it is right."""
    head = inline(slide.head(brief=brief))
    return f'<p class="reply"><strong>{head}</strong> {inline(slide.reply)}</p>'
