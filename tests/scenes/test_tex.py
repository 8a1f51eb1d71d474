import pytest

from regviz.scenes.tex import to_typst


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        (r"\lambda", 'it("λ")'),
        ("w_1", 'it("w")_(up("1"))'),
        ("|w|", 'class("opening", up("|"))it("w")class("closing", up("|"))'),
        (r"\hat{w}", 'hat(it("w"))'),
        (r"\frac{a}{b}", 'frac(it("a"), it("b"))'),
        (r"10^{-4}", 'up("10")^(class("vary", up("−"))up("4"))'),
        (r"w_1^2", 'it("w")_(up("1"))^(up("2"))'),
        (r"w^\star", 'it("w")^(⋆)'),
        (r"\nabla L", '∇it("L")'),
        (r"a \leq b", 'it("a")class("relation", up("≤"))it("b")'),
        (r"a \propto b", 'it("a")∝it("b")'),
        (r"a\,b", 'it("a")#h(0.17em)it("b")'),
        (
            "(0, 1)",
            'class("opening", up("("))up("0")class("punctuation", up(","))up("1")'
            'class("closing", up(")"))',
        ),
        (r"\text{train loss}", 'up("train loss")'),
        (r"\operatorname{sign}", 'op(up("sign"))'),
        ("a/b", 'it("a")up("/")it("b")'),
    ],
)
def test_rewrites_our_part_of_tex(tex, typst):
    assert to_typst(tex) == typst


@pytest.mark.parametrize(
    "tex", [r"\unknown", "{a", "a}", r"\frac{a}", r"\|w", "|w", r"\text a"]
)
def test_says_what_it_does_not_know(tex):
    with pytest.raises(ValueError, match="in "):
        to_typst(tex)
