"""Pages as text: their size, their policy, and what a CSV can never become."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from regviz.lessons import catalogue, text
from regviz.lessons.errors import BadInput
from regviz.lessons.markup import runs
from regviz.lessons.mathematics import parse
from regviz.pages.build import _plain, build
from regviz.pages.sentences import to_html, to_plain, to_runs
from tests.covering import by_turns, some_of
from tests.pages.conftest import LANG, SLUGS, data_of, made

every_page = pytest.mark.parametrize("slug", SLUGS)
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    "$x^2$ {lam} $",
    "\"'&amp;`${alert(1)}`",
]


@by_turns("slug,lang", SLUGS, ["en", "ko"])
def test_a_page_is_small(slug, lang):
    html = made(slug, lang=lang)["html"]
    fonts = "".join(re.findall(r"@font-face[^}]*}", html))
    assert len(html.encode()) - len(fonts) < 70_000
    assert len(fonts) < (60_000 if lang == "ko" else 20_000)


def test_what_stands_in_bold_has_all_its_letters():
    """A letter that is missing would come from another font, or not at all."""
    html = made("corner", lang="ko")["html"]
    cuts = re.findall(r"@font-face[^}]*600 900[^}]*base64,([^)\"']+)", html)
    have = {code for cut in cuts for code in TTFont(BytesIO(b64decode(cut))).getBestCmap()}
    said = data_of(html)["html"]
    bold = ("button.free", "ask.right", "claim.l1.corner", "claim.l2.smooth", "claim.net.edge")
    assert {*map(ord, "".join(said[key] for key in bold))} - {*map(ord, " ")} <= have


@some_of("slug", SLUGS)()
def test_the_same_page_comes_out_each_time(slug):
    assert made.__wrapped__(slug) == made(slug)


class Inspector(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


@every_page
def test_a_page_has_nothing_its_policy_forbids(slug):
    allows_nothing_else(made(slug, lang=LANG[slug])["html"])


@some_of("slug", SLUGS)()
def test_nor_does_a_page_in_several_files(slug):
    allows_nothing_else(made(slug, split=True)["html"])


def allows_nothing_else(html):
    for tag, attributes in Inspector(html).tags:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert tag not in ("img", "iframe", "object", "embed", "base")
        for name in ("src", "href", "xlink:href"):
            assert attributes.get(name, "#").startswith(("#", "page.")), (tag, attributes)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src '")
    assert "unsafe" not in policy
    assert set(re.findall(r"http[^-]\S*?(?=[\"'])", html)) <= {"http://www.w3.org/2000/svg"}


@some_of("slug", SLUGS)()
def test_the_sources_are_plain_modules_without_markup_of_their_own(slug):
    script = made(slug, split=True)["js"]
    assert "http://www.w3.org/2000/svg" in script
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", script) == []
    # The one place where text becomes markup takes only our own sentences.
    assert script.count("innerHTML") == 1
    for word in ("eval(", "Function(", "document.write", "fetch(", "import(", "outerHTML"):
        assert word not in script


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("slug", ["feature-selection", "bias-variance", "corner"])
def test_a_column_name_is_never_markup(tab, tmp_path, slug):
    import csv

    rng = np.random.default_rng(1)
    rows = np.round(rng.standard_normal((60, len(HOSTILE))), 3)
    path = tmp_path / "<b>data.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HOSTILE)
        writer.writerows(rows.tolist())
    values = {"data": str(path), "target": HOSTILE[0]}
    if slug == "bias-variance":
        values["features"] = (HOSTILE[1],)
    if slug == "corner":
        values["features"] = (HOSTILE[1], HOSTILE[3])
    opened = tab(slug, values=tuple(values.items()))
    alerts = []
    opened.page.on("dialog", lambda dialog: alerts.append(dialog.message))
    opened.page.locator("#lam").press("ArrowRight")
    opened.page.wait_for_timeout(200)
    assert opened.page.locator("img, main script").count() == 0
    shown = opened.page.inner_text("#live")
    whole = opened.run("() => document.querySelector('#live').textContent")
    expected = {
        "feature-selection": HOSTILE[0],
        "bias-variance": HOSTILE[1][:8],
        "corner": "<img src=x",
    }
    assert expected[slug] in whole + shown
    assert alerts == []
    assert opened.said == []
    assert "data.csv" not in opened.page.content()


def test_tables_of_many_features_have_the_digits_that_are_seen():
    few = np.random.default_rng(0).normal(size=(40, 50))
    many = np.vstack([few, few * 1e-12])
    many[:, 0] = 0.0
    assert _plain(few) == few.tolist()
    told = np.array(_plain(many))
    np.testing.assert_allclose(told, many, rtol=1e-7)
    np.testing.assert_array_equal(told == 0.0, many == 0.0)
    assert _plain(np.arange(3000)) == list(range(3000))
    digits = [repr(abs(float(each))).split("e")[0].replace(".", "") for each in told.flat]
    assert max(len(each.strip("0")) for each in digits) == 8


def test_a_lesson_without_a_page_is_refused(drawn_in):
    drawn_in("figure")
    with pytest.raises(BadInput, match="has no page"):
        build(catalogue.exhibit("thresholds"))


def test_a_theme_of_paper_is_refused():
    with pytest.raises(BadInput, match="theme 'print' is unknown"):
        build(catalogue.exhibit("penalty-shapes"), theme="print")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_sentence_of_a_page_can_be_set(lang):
    keys = [key for key in sorted(text.load(lang).keys()) if ".page." in f".{key}"]
    assert len(keys) > 100
    for key in keys:
        sentence = text.load(lang).sentence(key)
        html = to_html(sentence)
        assert "$" not in html, key
        assert "\\" not in html, key
        assert "{" not in html, key
        assert to_runs(sentence), key
        assert "\\" not in to_plain(sentence), key


def test_a_line_breaks_neither_before_a_stop_nor_before_a_particle():
    w = "<math><mi>w</mi></math>"
    assert to_html("at $w$, so") == f'at <span class="glued">{w},</span> so'
    assert to_html("($w$) $w$와 $w$") == (
        f'<span class="glued">({w})</span> <span class="glued">{w}와</span> {w}'
    )
    # each by itself, and not all that stands between two of them
    assert to_html("$w$ and $w$.") == f'{w} and <span class="glued">{w}.</span>'


def test_mathematics_as_mathml():
    assert to_html("a < b: $w_1^2$") == (
        "a &lt; b: <math><msubsup><mi>w</mi><mn>1</mn><mn>2</mn></msubsup></math>"
    )
    assert '<mn data-v="lam"></mn>' in to_html(r"$\lambda = {lam}$")
    assert '<span data-v="x"></span>' in to_html("at {x}")
    assert to_runs(r"$\sqrt{{a^2}} \leq {t}$") == [
        ("√(", ""), ("a", "i"), ("2", "^"), (") ≤ {t}", ""),
    ]  # fmt: skip
    assert to_plain(r"$\frac{{a}}{{b}}$ of $\hat{{w}}$") == "a/b of w\u0302"


@pytest.mark.parametrize("wrong", [r"\alhpa", "{a", "a}", r"\frac{a}", "|a", r"\text a"])
def test_mathematics_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        parse(wrong)


def test_every_sentence_with_mathematics_is_known():
    for lang in text.LANGUAGES:
        for key in sorted(text.load(lang).keys()):
            for run in runs(text.load(lang).sentence(key)):
                if run.is_math:
                    parse(run.content.replace("{{", "{").replace("}}", "}"))
