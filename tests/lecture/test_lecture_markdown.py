"""Markdown of a lecture: a small tree, written harmlessly into every target."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lecture import titles
from regviz.lecture.export.mark_down import to_markdown
from regviz.lecture.export.tex import to_math, to_tex
from regviz.lecture.html import to_html
from regviz.lecture.markdown import SCALES, TEXT_ROOM, Listing, blocks, plain, scale
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.mathematics import SIGNS, parse
from tests.lecture import decks


def test_what_is_read():
    heading, words, listing, code = blocks(decks.MARKED)
    assert heading.is_heading
    assert [run.content for run in words.runs if run.emphasis] == ["so"]
    assert [run.content for run in words.runs if run.strong] == ["or"]
    assert [run.content for run in words.runs if run.kind == "code"] == ["<b> 한"]
    assert [run.link for run in words.runs if run.link] == ["https://example.org/a_b?c=1%25"]
    assert [run.content for run in words.runs if run.kind == "math"] == [
        r"\hat{w}_1 \leq \frac{a}{b} < |w|^2 \text{&<b>}"
    ]
    assert listing.start is None
    assert [type(block) for block in listing.items[1]] == [type(words), Listing]
    assert listing.items[1][1].start == 3
    assert code.content == "w = 1  # {a}\n  b"


def test_mathematics_between_two_dollar_signs_each():
    (words,) = blocks("so $$\\min_w\n w^2$$ and $a$$b$")
    assert [run.content for run in words.runs if run.kind == "math"] == [
        "\\min_w\n w^2",
        "a",
        "b",
    ]
    with pytest.raises(BadInput, match="text: a dollar sign has no partner"):
        blocks("$$a$ and b")


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\frac{w_0}{1 + \lambda}", "w₀/(1+λ)"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{a - b}{2}", "(a−b)/2"),
        (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
        (r"\frac{1}{\frac{a}{b}}", "1/(a/b)"),
        (r"\frac{2n}{w_1^2}", "2n/w₁²"),
    ],
)
def test_a_fraction_in_a_line_says_the_same(tex, line):
    assert plain(blocks(f"${tex}$")) == line


def test_as_html():
    shown = to_html(blocks("- a\n- *b* `<i>`\n\n$w_1 < 2$ [x](https://a.b/?c&d)"))
    assert shown == (
        "<ul><li>a</li><li><em>b</em> <code>&lt;i&gt;</code></li></ul><p><math><mrow><msub>"
        "<mi>w</mi><mn>1</mn></msub><mo>&lt;</mo><mn>2</mn></mrow></math> "
        '<a href="https://a.b/?c&amp;d" rel="noopener noreferrer">x</a></p>'
    )


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"\hat{w}_1 \le \lambda", r"{\hat{w }}_{1}\leq \lambda "),
        (r"|w|^2", r"\lvert w{\rvert }^{2}"),
        (r"\frac{a}{b} \text{5% #_한}", r"\frac{a}{b}\text{5\% \#\_한}"),
        ("5% & #~", r"5\text{\%}\text{\&}\text{\#}\text{\textasciitilde{}}"),
    ],
)
def test_mathematics_as_tex(source, written):
    assert to_math(parse(source)).replace(" ", "") == written.replace(" ", "")


def test_every_sign_has_its_command_in_tex():
    for name, (kind, sign) in SIGNS.items():
        if name.isalpha() and kind != "space":
            again = parse(to_math(parse(f"\\{name}")))
            assert again.parts[0].sign == sign, name


WORDS = st.text(st.sampled_from("ab1 $\\*_`[]()<>#&%~^{}|!-\n\t:/.한'\"x"), max_size=60)


class _Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        self.found |= {f"{tag} {name}" for name, _ in attributes}


_ALLOWED = "p p class|em|strong|code|pre|ul|ol|ol start|li|a|a href|a rel".replace("p p", "p|p")
_MATHS = "math|mrow|mrow class|mi|mn|mo|mo stretchy|mo form|mtext|mspace|mspace width|mover"
_MATHS += "|mover accent|msqrt|mfrac|msub|msup|msubsup"


@given(WORDS)
def test_nothing_in_it_becomes_markup(source):
    try:
        read = blocks(source)
    except BadInput:
        return
    assert _Tags(to_html(read)).found <= {*_ALLOWED.split("|"), *_MATHS.split("|")}
    commands = set(re.findall(r"\\([A-Za-z]+)", to_tex(read)))
    assert not commands & {"input", "write", "x", "a", "ab", "b", "def", "immediate"}
    assert "<" not in re.sub(
        r"\$[^$]*\$|`[^`]*`|\]\(<|```.*?```", "", to_markdown(read), flags=re.S
    )
    plain(read)


def test_a_text_gets_smaller_before_it_is_too_long():
    sizes = [scale(blocks("word " * count), TEXT_ROOM) for count in (20, 110, 160, 900)]
    assert sizes == [*SCALES, None]


def test_a_title_has_mathematics_and_no_other_markup():
    runs = titles.read("Why  *so* $w_1^2 \\leq t$\ncosts \\$5").runs
    assert [(run.kind, run.content) for run in runs] == [
        ("text", "Why *so* "),
        ("math", r"w_1^2 \leq t"),
        ("text", " costs $5"),
    ]
    assert titles.plain("$\\|w\\|^2$, $x^{ab}$, $$a$$") == "‖w‖², x^(ab), a"
    for lesson in catalogue.entries():
        for title in lesson.title.values():
            assert titles.plain(title) == title
