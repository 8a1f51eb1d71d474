import pytest

from regviz.scenes.tex import to_typst


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        (r"\lambda", "λ"),
        ("w_1", "w_(1)"),
        (r"\|w\|_1", 'class("opening", ‖) w class("closing", ‖)_(1)'),
        ("|w|", 'class("opening", |) w class("closing", |)'),
        (r"\hat{w}", "hat(w)"),
        (r"\frac{a}{b}", "frac(a, b)"),
        (r"10^{-4}", "10^(− 4)"),
        (r"w_1^2", "w_(1)^(2)"),
        (r"w^\star", "w^(⋆)"),
        (r"-\nabla L", "− ∇ L"),
        (r"0.25 \times x", "0.25 × x"),
        (r"a \leq b", "a ≤ b"),
        ("ab", "a b"),
        ("(0, 1)", r"( 0 \, 1 )"),
        (r"\text{train loss}", 'upright("train loss")'),
        ("a/b", r"a \/ b"),
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
