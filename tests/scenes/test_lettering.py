import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from regviz.lecture.choices import LANGUAGES
from regviz.lessons.mathematics import SIGNS
from regviz.scenes.readout import Readout
from regviz.scenes.typeset import _body, math_outlines, outlines, typeset

ROOT = Path(__file__).parents[2]
STYLE = {"lang": "en", "em": 0.4, "color": "#1A1A1A"}


def test_letters_are_as_high_as_asked():
    small, large = (typeset("H", **{**STYLE, "em": em}) for em in (0.3, 0.6))
    assert large.height == pytest.approx(2 * small.height)
    assert small.height == pytest.approx(0.3 * 0.689, rel=0.02)  # the capitals of Fira Sans


def test_typst_signs_in_plain_text_are_only_signs():
    sentence = '#a *b* _c_ @d <e> "f" \\g [h] // ~ = -'
    glyphs = outlines(_body(sentence), "en", False)
    assert len(glyphs) == len(sentence.replace(" ", ""))


@pytest.mark.parametrize("sentence", ["꼭짓점에서 멈춥니다", "법선 원뿔, 그래디언트 뺏쫓"])
def test_korean_has_all_its_glyphs(sentence):
    # a glyph that is missing would be left out, or be the box that stands for all of them
    shapes = [part.points.shape for part in outlines(f'#("{sentence}")', "ko", False)]
    assert len(shapes) == len(sentence.replace(" ", ""))
    assert len(set(shapes)) > len(shapes) / 2


def _missing(lang, bold=False):
    """Return the shape that stands for every sign that no font has."""
    (box,) = outlines(_body("\uffff"), lang, bold)
    return box.points - box.points.mean(axis=0)


def _are_there(glyphs, missing):
    return not any(
        glyph.points.shape == missing.shape
        and np.allclose(glyph.points - glyph.points.mean(axis=0), missing, atol=1e-3)
        for glyph in glyphs
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_of_our_sentences_has_its_glyph(lang, bold):
    source = (ROOT / "lessons" / "text" / f"{lang}.toml").read_text(encoding="utf-8")
    drawn = tomllib.loads(source)
    del drawn["aloud"]  # only spoken
    written = json.dumps(drawn, ensure_ascii=False)
    letters = "".join(sorted({sign for sign in written if not sign.isspace()} - {"\\"}))
    letters += "" if bold else "나暗возŵ"  # of names in data, which may come in any language
    glyphs = outlines(f'#("{letters.replace(chr(34), "")}")', lang, bold)
    assert len(glyphs) >= len(letters) - 1
    assert _are_there(glyphs, _missing(lang, bold))
    assert not _are_there(outlines(_body("a\uffffb"), lang, bold), _missing(lang, bold))


def test_every_sign_of_our_mathematics_has_its_glyph():
    signs = {sign for kind, sign in SIGNS.values() if kind not in ("space", "function")}
    tex = " ".join(
        f"\\{name}"
        for name, (kind, _) in SIGNS.items()
        if kind not in ("space", "open", "close")
    )
    glyphs = math_outlines(f"{tex} |a| \\|b\\| - * '", "en")
    (missing,) = math_outlines("\uffff", "en")
    assert len(glyphs) >= len(signs)
    assert _are_there(glyphs, missing.points - missing.points.mean(axis=0))


def test_korean_breaks_only_between_words():
    wide = typeset("정규화 정규화", **{**STYLE, "lang": "ko"})
    broken = typeset("정규화 정규화", **{**STYLE, "lang": "ko"}, width=0.7 * wide.width)
    assert broken.width < 0.55 * wide.width
    assert broken.height > 1.8 * wide.height


def test_a_readout_depends_on_its_last_number_alone():
    one, other = (Readout(r"\lambda =", "10.00", **STYLE) for _ in range(2))
    one.shift([1, 2, 0])
    other.shift([1, 2, 0])
    for number in ("0", "3.14", "10.00"):
        one.show(number)
    one.show("2.71")
    other.show("2.71")
    for left, right in zip(one.get_family(), other.get_family(), strict=True):
        np.testing.assert_array_equal(left.points, right.points)


def test_a_readout_stands_like_text():
    readout = Readout(r"\lambda =", "0.80", **STYLE)
    text = typeset(r"$\lambda = 0.80$", **STYLE)
    assert readout.width == pytest.approx(text.width, rel=0.01)
    assert readout.height == pytest.approx(text.height, rel=0.01)
