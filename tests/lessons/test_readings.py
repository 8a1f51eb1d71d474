"""How formulas are read aloud, in each language."""

import pytest

from regviz.lessons import catalogue
from regviz.lessons.aloud import aloud
from regviz.lessons.narration import narration
from regviz.lessons.text import load

READINGS = [
    (r"$\lambda$", "lambda", "람다"),
    ("λ", "lambda", "람다"),
    (r"$w_1$", "w one", "더블유 일"),
    ("w₁", "w one", "더블유 일"),
    (r"$|w_1|$", "the absolute value of w one", "더블유 일의 절댓값"),
    (r"$x^2$", "x squared", "엑스 제곱"),
    ("w²", "w squared", "더블유 제곱"),
    (r"$x^3$", "x cubed", "엑스 세제곱"),
    (r"$\sqrt{n}$", "the square root of n", "루트 엔"),
    ("SD / √5", "SD over the square root of 5", "SD 나누기 루트 5"),
    (r"$\frac{1}{2}$", "one half", "2분의 1"),
    (r"$\frac{a}{b}$", "a over b", "비분의 에이"),
    ("1/k²", "1 over k squared", "케이 제곱분의 1"),
    ("(1 − p) / p", "1 minus p, over p", "피분의 1 마이너스 피"),
    ("−2", "minus 2", "마이너스 2"),
    ("±2", "plus or minus 2", "플러스 마이너스 2"),
    (r"$\hat{w}$", "w hat", "더블유 햇"),
    ("ŵ", "w hat", "더블유 햇"),
    (r"$\bar{x}$", "x bar", "엑스 바"),
    (r"$\|w\|$", "the norm of w", "더블유의 노름"),
    (r"$\|w\|_2$", "the L two norm of w", "더블유의 엘 이 노름"),
    (r"$\|w\|_1^2$", "the L one norm of w, squared", "더블유의 엘 일 노름 제곱"),
    (
        r"$\operatorname{argmin}_w L$",
        "the argument of the minimum over w of L",
        "더블유에 대한 최소가 되는 값 엘",
    ),
    (
        "λ sign(w)",
        "lambda times the sign of w",
        "람다 곱하기 더블유의 부호",
    ),
    ("2λw", "2 lambda w", "2 람다 더블유"),
    (r"$w = 0$", "w equals 0", "더블유 이퀄 0"),
    ("10⁻⁵", "10 to the power minus 5", "10의 마이너스 5 제곱"),
    (r"$X^\top y$", "X transposed y", "엑스 전치 와이"),
    (r"$\sum_{j=1}^n w_j$", "the sum from j equals 1 to n of w j", None),
    (
        r"$\lambda (w_1^2 + w_2^2)$",
        "lambda times the quantity w one squared plus w two squared",
        "람다 곱하기 괄호 더블유 일 제곱 더하기 더블유 이 제곱",
    ),
]


@pytest.mark.parametrize(("sentence", "english", "korean"), READINGS)
def test_a_formula_is_read(sentence, english, korean):
    assert aloud(sentence, load("en")) == english
    assert korean is None or aloud(sentence, load("ko")) == korean


def test_a_sentence_keeps_its_number_without_the_questions():
    exhibit = catalogue.exhibit("corner", {})
    every = {each.number: each for each in narration(exhibit, "en")}
    told = narration(exhibit, "en", quiz=False)
    assert len(told) < len(every)
    assert all(every[each.number] == each for each in told)
