"""The letters that are carried along: those that are used, in a font that a browser reads."""

import base64
import io
import re
from string import Formatter

import pytest
from fontTools.ttLib import TTFont

from regviz.lessons import catalogue, text, web_fonts
from regviz.lessons.fonts import MATHEMATICS, font
from regviz.lessons.markup import runs
from regviz.pages import page
from tests.covering import some_of
from tests.pages.conftest import LANG, data_of, made, unpacked

_KOREAN = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_SOURCE = re.compile(
    r'font-family: "([^"]+)"; font-weight: (\w+).*?(italic)?; src[^;]*?woff2;base64,([^"]+)'
)
PAGES = [entry.slug for entry in catalogue.entries() if "page" in entry.media]


def _fonts(style, wanted=web_fonts.FAMILY):
    """The fonts of a family by their weight, and `italic` for that cut."""
    return {
        slant or weight: TTFont(io.BytesIO(base64.b64decode(content)))
        for family, weight, slant, content in _SOURCE.findall(style)
        if family == wanted
    }


def test_only_the_letters_of_the_text_and_all_of_them():
    carried = _fonts(web_fonts.font_face("L1은 꼭짓점에서 (멈춤)", bold="꼭짓점"))
    assert set(carried["100"].getBestCmap()) == set(map(ord, "은꼭짓점에서멈춤"))
    assert set(carried["600"].getBestCmap()) == set(map(ord, "꼭짓점"))
    assert all(each.flavor == "woff2" for each in carried.values())
    east_asian = _fonts(web_fonts.font_face("暗記 カ"))
    assert set(east_asian["100"].getBestCmap()) == set(map(ord, "暗記カ"))
    assert web_fonts.font_face("no such letters: λ ≤ 1") == ""
    assert web_fonts.font_face("같은 글") == web_fonts.font_face("같은 글")


@some_of("slug", [slug for slug in PAGES if LANG[slug] == "ko"], each=4)()
def test_a_korean_page_has_every_letter_it_shows(slug):
    html = made(slug, lang="ko")["html"]
    carried = _fonts(html)
    body = html.partition("<script")[0]
    shown = {name: part for name, part in data_of(html).items() if name != "aria"}
    drawn = re.sub(r"<[^>]*>", "", body.split("<body>")[1]) + str(shown)
    letters = set(map(ord, _KOREAN.findall(drawn)))
    assert len(letters) > 50
    assert letters <= set(carried["100"].getBestCmap())
    heading = _KOREAN.findall(re.search(r"<h1>(.*?)</h1>", html)[1])
    assert set(map(ord, heading)) <= set(carried["600"].getBestCmap())
    assert "font-src data:" in html
    assert len(html.encode()) < 125_000


def test_columns_of_numbers_are_named_in_letters_that_the_page_has():
    html = made("conventions", lang="ko")["html"]
    named = "".join(group["said"] for group in data_of(html)["picture"]["fields"])
    letters = set(map(ord, _KOREAN.findall(named)))
    assert letters
    assert letters <= set(_fonts(html)["600"].getBestCmap())


@some_of("slug,lang", [*LANG.items()], each=6)()
def test_a_page_has_the_type_it_is_set_in(slug, lang):
    html = made(slug, lang=lang)["html"]
    carried = {
        cut: set(each.getBestCmap()) for cut, each in _fonts(html, web_fonts.TYPE).items()
    }
    ours = {
        ord(sign) for sign in "".join(re.findall(r"<h1>(.*?)</h1>", html)) if sign.isalpha()
    }
    assert {code for code in ours if code < 0x500} <= carried["600"]
    italic = set("".join(re.findall(r"<mi>(\w)</mi>", html + unpacked(html, "data"))))
    assert set(map(ord, italic)) <= carried["italic"]
    assert set(map(ord, "0123456789.−×")) <= carried["100"]


def test_an_english_page_has_letters_only_for_korean_names(tmp_path):
    assert not _fonts(page("feature-selection"))
    rows = "시간,수면,점수\n2,7.5,51\n5,6,64\n9,7,83\n4,8,66\n7,5.5,70\n1,6.5,42\n"
    (tmp_path / "g.csv").write_text(rows, encoding="utf-8")
    html = page("feature-selection", {"data": str(tmp_path / "g.csv"), "target": "점수"})
    assert set(map(ord, "시간수면점수")) <= set(_fonts(html)["100"].getBestCmap())


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_language_s_font_has_every_letter_of_its_sentences(lang):
    """Outside mathematics, which has a font of its own, and what others draw or read aloud."""
    said = "".join(
        run.content
        for key in sorted(text.load(lang).keys())
        for run in runs(text.load(lang)(key, **dict.fromkeys(_places(lang, key), "0.5")))
        if not run.is_math and not {"caption", "alt"} & set(key.split("."))
    )
    # Where a language's own font lacks a sign, such as a minus, that of mathematics has it.
    own, signs = font(lang), font(MATHEMATICS)
    for cut in ("regular", "bold"):
        known = (
            TTFont(getattr(own, cut)).getBestCmap() | TTFont(getattr(signs, cut)).getBestCmap()
        )
        assert {letter for letter in said if not letter.isspace()} <= set(map(chr, known))


def _places(lang, key):
    return [name for _, name, _, _ in Formatter().parse(text.load(lang).sentence(key)) if name]
