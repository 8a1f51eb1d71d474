"""A quiz on paper: a sheet of questions, and apart from it the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING

from regviz.lecture.export import asked_html, markup
from regviz.lecture.export.slides import Answer, Ask
from regviz.lecture.html import inline
from regviz.lessons.question import Guess
from regviz.lessons.text import Text, load
from regviz.lessons.theme import PRINT
from regviz.lessons.web_fonts import faces

if TYPE_CHECKING:
    from regviz.lecture.export.quiz import Part, Quiz


def sheet(quiz: Quiz) -> bytes:
    """Return the questions, a sheet for each variant."""
    return _page(quiz, "quiz", lambda ask, _, prefix: _question(ask, prefix))


def key(quiz: Quiz) -> bytes:
    """Return the answers, with what is said to wrong ones that are often given."""
    return _page(quiz, "key", lambda _, answer, prefix: _answer(answer, prefix))


#: what writes a question and its answer, with what tells its picture from all others
_Row = Callable[[Ask, Answer, str], str]


def _page(quiz: Quiz, name: str, row: _Row) -> bytes:
    text = load(quiz.lang)
    title = f"{quiz.title}: {text(f'export.{name}')}"
    sheets = "".join(
        _sheet(title, seed, parts, row, text, signed=name == "quiz")
        for seed, parts in quiz.variants.items()
    )
    colors = f":root {{ {markup.colors(PRINT)} }}"
    style = f"{faces(title + sheets)}{colors}\n{markup.asset('sheet.css')}"
    policy = (
        f"default-src 'none'; style-src {markup.digest(style)}; img-src data:; font-src data:"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{quiz.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body class="{name}">\n{sheets}</body>\n</html>\n'
    ).encode()


def _sheet(
    title: str, seed: int | None, parts: Iterable[Part], row: _Row, text: Text, *, signed: bool
) -> str:
    variant = "" if seed is None else f"<p>{escape(text('export.variant', seed=seed))}</p>"
    named = f'<p class="name">{escape(text("export.name"))}</p>' if signed else ""
    body = ""
    for part in parts:
        rows = [row(ask, answer, _prefix(seed, ask)) for ask, answer in part.pairs]
        body += f"<section><h2>{inline(part.title)}</h2>{''.join(rows)}</section>"
    return f"<main><header><h1>{escape(title)}</h1>{variant}{named}</header>{body}</main>\n"


def _prefix(seed: int | None, ask: Ask) -> str:
    return f"v{seed or 0}-{ask.number.replace('.', '-')}-"


def _question(ask: Ask, prefix: str) -> str:
    question = ask.asked.question
    drawn = asked_html.picture(ask, prefix)
    if isinstance(question, Guess):
        line = escape(load(ask.lang)(f"export.on_paper.{question.kind}"))
        blank = '<span class="blank"></span>' if question.kind == "number" else ""
        line = f'<p class="options">{line} {blank}</p>'
    else:
        line = asked_html.options(ask)
    seen = f'<div class="seen">{drawn}</div>' if drawn else ""
    return (
        f'<div class="asked"><h3><span class="number">{ask.number}</span> '
        f'{inline(ask.title)}</h3><div class="beside">{seen}{line}</div></div>'
    )


def _answer(answer: Answer, prefix: str) -> str:
    wrongs = "".join(
        f"<li><em>{inline(given)}</em>: {inline(reply)}</li>" for given, reply in answer.wrongs
    )
    drawn = "" if answer.is_choice else asked_html.picture(answer, prefix)
    seen = f'<div class="seen">{drawn}</div>' if drawn else ""
    prompt = f'<h3><span class="number">{answer.number}</span> {inline(answer.title)}</h3>'
    said = f"<div>{asked_html.answer(answer)}<ul>{wrongs}</ul></div>"
    return f'<div class="asked">{prompt}<div class="beside">{seen}{said}</div></div>'
