"""The letters that are carried along: those that are used, in a font that a browser reads."""

import base64
import io
import json
import re

import pytest
from fontTools.ttLib import TTFont

from regviz.lessons import catalogue, text, web_fonts
from regviz.lessons.fonts import font
from regviz.lessons.markup import runs
from regviz.pages import page

_KOREAN = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_SOURCE = re.compile(r"font-weight: (\w+).*?woff2;base64,([^\"]+)")
PAGES = [entry.slug for entry in catalogue.entries() if "page" in entry.media]


def _fonts(style):
    return {
        weight: TTFont(io.BytesIO(base64.b64decode(content)))
        for weight, content in _SOURCE.findall(style)
    }


def test_only_the_letters_of_the_text_and_all_of_them():
    carried = _fonts(web_fonts.font_face("L1은 꼭짓점에서 (멈춤)", bold="꼭짓점"))
    assert set(carried["100"].getBestCmap()) == set(map(ord, "은꼭짓점에서멈춤"))
    assert set(carried["600"].getBestCmap()) == set(map(ord, "꼭짓점"))
    assert all(each.flavor == "woff2" for each in carried.values())
    assert web_fonts.font_face("no such letters: λ ≤ 1") == ""
    assert web_fonts.font_face("같은 글") == web_fonts.font_face("같은 글")


@pytest.mark.parametrize("slug", PAGES)
def test_a_korean_page_has_every_letter_it_shows(slug):
    html = page(slug, lang="ko")
    carried = _fonts(html)
    body, _, rest = html.partition('<script type="application/json" id="data">')
    data = rest.partition("</script>")[0]
    shown = {name: part for name, part in json.loads(data).items() if name != "aria"}
    drawn = re.sub(r"<[^>]*>", "", body.split("<body>")[1]) + str(shown)
    letters = set(map(ord, _KOREAN.findall(drawn)))
    assert len(letters) > 50
    assert letters <= set(carried["100"].getBestCmap())
    heading = _KOREAN.findall(re.search(r"<h1>(.*?)</h1>", html)[1])
    assert set(map(ord, heading)) <= set(carried["600"].getBestCmap())
    assert "font-src data:" in html
    assert len(html.encode()) < 95_000


def test_an_english_page_has_letters_only_for_korean_names(tmp_path):
    assert "font-face" not in page("feature-selection")
    rows = "시간,수면,점수\n2,7.5,51\n5,6,64\n9,7,83\n4,8,66\n7,5.5,70\n1,6.5,42\n"
    (tmp_path / "g.csv").write_text(rows, encoding="utf-8")
    html = page("feature-selection", {"data": str(tmp_path / "g.csv"), "target": "점수"})
    assert set(map(ord, "시간수면점수")) <= set(_fonts(html)["100"].getBestCmap())


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_language_s_font_has_every_letter_of_its_sentences(lang):
    """Outside mathematics, which has fonts of its own, and captions, which others draw."""
    said = "".join(
        run.content
        for key in sorted(text.load(lang).keys())
        for run in runs(text.load(lang)(key, **dict.fromkeys(_places(lang, key), "0.5")))
        if not run.is_math and "caption" not in key.split(".")
    )
    for cut in (font(lang).regular, font(lang).bold):
        missing = {letter for letter in said if not letter.isspace()} - {
            chr(code) for code in TTFont(cut).getBestCmap()
        }
        assert not missing


def _places(lang, key):
    return re.findall(r"(?<![\\A-Za-z}{^_])\{([a-z]\w*)\}(?!\})", text.load(lang)(key))
