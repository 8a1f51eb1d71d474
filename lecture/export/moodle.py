r"""Questions as Moodle XML.

A choice is `multichoice`, with what is said to each option. A number is `numerical`, with the
tolerance that a page has, and what is said to wrong answers that are often given. A place is
`cloze`, a number for each coordinate that is asked for: `ddmarker`, where a marker is dragged,
says one thing to all wrong answers, and only to who sees the picture. A curve is chosen among
drawn ones, the truth and the wrong ones that are often given, as `multichoice`: in no type does
one draw.

Mathematics is TeX between `\(` and `\)`, which Moodle sets and its editors keep; in `cloze`,
where braces have a meaning, it is letters. Each picture stands in the file.

References
----------
Moodle documentation, "Moodle XML format" and "Embedded Answers (Cloze) question type".
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from regviz.lecture.export.asking import marked
from regviz.lecture.export.slides import Drawn
from regviz.lecture.export.tex import to_math
from regviz.lecture.markdown import Paragraph, plain
from regviz.lessons.markup import ended
from regviz.lessons.mathematics import parse
from regviz.lessons.question import Guess
from regviz.lessons.text import load

if TYPE_CHECKING:
    from regviz.lecture.export.quiz import Quiz
    from regviz.lecture.export.slides import Answer, Ask
    from regviz.lessons.asked import Asked
    from regviz.lessons.base import Array
    from regviz.lessons.text import Text

_TYPES = {
    "choice": "multichoice",
    "number": "numerical",
    "place": "cloze",
    "curve": "multichoice",
}
_PICTURE_WIDTH = 480


def written(quiz: Quiz) -> bytes:
    """Return the quiz as a file; questions that differ in numbers alone share a category."""
    root = ET.Element("quiz")
    seeds = list(quiz.variants)
    for part, asked in enumerate(quiz.variants[seeds[0]]):
        title = plain((asked.title,))
        for at, (first, _) in enumerate(asked.pairs):
            name = f"{first.number} {first.asked.question.name}"
            _category(root, quiz.title, title, *([name] if len(seeds) > 1 else []))
            for seed in seeds:
                ask, answer = quiz.variants[seed][part].pairs[at]
                _question(root, ask, answer, name if seed is None else f"{name} ({seed})")
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _category(root: ET.Element, *path: str) -> None:
    made = ET.SubElement(ET.SubElement(root, "question", type="category"), "category")
    # A slash within a name is two.
    names = "/".join(name.replace("/", "//") for name in path)
    ET.SubElement(made, "text").text = f"$course$/top/{names}"


def _question(root: ET.Element, ask: Ask, answer: Answer, name: str) -> None:
    question = ask.asked.question
    kind = question.kind if isinstance(question, Guess) else "choice"
    made = ET.SubElement(root, "question", type=_TYPES[kind])
    ET.SubElement(ET.SubElement(made, "name"), "text").text = name
    asking = f"<p>{_html(ask.title)}</p>{_image(ask)}"
    if kind == "place":
        asking = f"<p>{escape(plain((ask.title,)))}</p>{_image(ask)}{_gaps(ask)}"
    told = _texted(made, "questiontext", asking)
    if ask.picture is not None:
        _file(told, "picture.png", ask.picture)
    _texted(made, "generalfeedback", f"<p>{_html(answer.reply)}</p>")
    if kind != "place":
        ET.SubElement(made, "defaultgrade").text = "1"
    ET.SubElement(made, "penalty").text = "0.3333333"
    ET.SubElement(made, "hidden").text = "0"
    # What can be answered of a place stands in the text.
    if kind != "place":
        {"choice": _choice, "number": _number, "curve": _curve}[kind](made, ask, answer)


def _image(ask: Ask) -> str:
    if ask.picture is None:
        return ""
    return (
        f'<p><img src="@@PLUGINFILE@@/picture.png" alt="{escape(ask.alt)}" '
        f'width="{_PICTURE_WIDTH}"></p>'
    )


# -- each kind ------------------------------------------------------------------------------


def _choice(made: ET.Element, ask: Ask, answer: Answer) -> None:
    replies = iter(answer.wrongs)
    _single(made)
    for at, option in enumerate(ask.options):
        reply = answer.reply if at == answer.at else next(replies)[1]
        _answer(made, 100 if at == answer.at else 0, f"<p>{_html(option)}</p>", reply)


def _curve(made: ET.Element, ask: Ask, answer: Answer) -> None:
    guess = _guess(ask)
    replies = [answer.reply, *(reply for _, reply in answer.wrongs)]
    curves = [guess.truth, *(wrong.answer for wrong in guess.wrongs)]
    _single(made)
    for at, (curve, reply) in enumerate(zip(curves, replies, strict=True)):
        name = f"curve-{at + 1}.png"
        # Moodle puts options into another order, and names them by it.
        shown = f'<p><img src="@@PLUGINFILE@@/{name}" alt="" width="{_PICTURE_WIDTH}"></p>'
        option = _answer(made, 0 if at else 100, shown, reply)
        _file(option, name, Drawn(ask.asked.with_answer(curve), ask.lang, ask.theme))


def _number(made: ET.Element, ask: Ask, _: Answer) -> None:
    guess, text = _guess(ask), load(ask.lang)
    near = _digits(guess.near)
    replies = [reply for _, reply in ask.asked.wrongs(text)]
    for fraction, value, tolerance, reply in (
        (100, _digits(guess.truth[0]), near, ask.asked.reply()),
        *(
            (0, _digits(wrong.answer[0]), near, reply)
            for wrong, reply in zip(guess.wrongs, replies, strict=True)
        ),
        (0, "*", "0", ask.asked.off()),
    ):
        option = ET.SubElement(made, "answer", fraction=str(fraction), format="plain_text")
        ET.SubElement(option, "text").text = value
        _texted(option, "feedback", f"<p>{_html(marked(ended(text.say(reply))))}</p>")
        ET.SubElement(option, "tolerance").text = tolerance
    # Without units.
    ET.SubElement(made, "unitgradingtype").text = "0"
    ET.SubElement(made, "showunits").text = "3"


def _gaps(ask: Ask) -> str:
    """Return a line for each coordinate that is asked for, in which a wrong answer is wrong."""
    guess, text = _guess(ask), load(ask.lang)
    panel = ask.asked.picture.panel(str(guess.panel))
    wrongs = [wrong.answer for wrong in guess.wrongs]
    asked = [at for at in (0, 1) if any(_differ(wrong, guess, at) for wrong in wrongs)]
    return "".join(
        f"<p>{escape(text.speak(panel.axes[at]))} = {_gap(ask.asked, at, text)}</p>"
        for at in asked or (0, 1)
    )


def _gap(asked: Asked, at: int, text: Text) -> str:
    guess = asked.question
    assert isinstance(guess, Guess)
    near = _digits(guess.near)
    right = f"={_digits(guess.truth[at])}:{near}#{_in_gap(text.speak(asked.reply()))}"
    replies = [reply for _, reply in asked.wrongs(text)]
    wrongs = {
        _digits(wrong.answer[at]): _in_gap(text.speak(reply))
        for wrong, reply in zip(guess.wrongs, replies, strict=True)
        if _differ(wrong.answer, guess, at)
    }
    others = (f"%0%{value}:{near}#{reply}" for value, reply in wrongs.items())
    return f"{{1:NUMERICAL:{'~'.join([right, *others])}}}"


def _differ(wrong: Array, guess: Guess, at: int) -> bool:
    return bool(abs(wrong[at] - guess.truth[at]) > guess.near)


def _in_gap(plain: str) -> str:
    """Return a text within a gap: some signs have a meaning there, others are read twice."""
    escaped = escape(escape(plain, quote=False), quote=False)
    return re.sub(r"([}#])", r"\\\1", escaped.replace("~", "\u223c"))


# -- what they share ------------------------------------------------------------------------


def _guess(ask: Ask) -> Guess:
    assert isinstance(ask.asked.question, Guess)
    return ask.asked.question


def _single(made: ET.Element) -> None:
    for name, value in (
        ("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "ABCD"),
    ):  # fmt: skip
        ET.SubElement(made, name).text = value


def _answer(made: ET.Element, fraction: int, content: str, reply: Paragraph) -> ET.Element:
    option = ET.SubElement(made, "answer", fraction=str(fraction), format="html")
    ET.SubElement(option, "text").text = content
    _texted(option, "feedback", f"<p>{_html(reply)}</p>")
    return option


def _texted(made: ET.Element, name: str, content: str) -> ET.Element:
    element = ET.SubElement(made, name, format="html")
    ET.SubElement(element, "text").text = content
    return element


def _file(made: ET.Element, name: str, picture: Drawn) -> None:
    file = ET.SubElement(made, "file", name=name, path="/", encoding="base64")
    file.text = base64.b64encode(picture.encode("png")).decode()


def _html(line: Paragraph) -> str:
    return "".join(_runs(line))


def _runs(line: Paragraph) -> Iterator[str]:
    for run in line.runs:
        if run.kind == "math":
            yield rf"\({escape(to_math(parse(run.content)))}\)"
        else:
            yield escape(run.content)


def _digits(value: float) -> str:
    """Return a number as Moodle reads it, of as many digits as are shown."""
    return f"{float(value) + 0.0:.4g}"
