"""The gallery: whole in itself, safe whatever stands in a lecture, and open to everyone."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from regviz.lecture import gallery, manifest
from regviz.lecture.gallery import snippets
from regviz.lecture.gallery.numbers import own_units
from regviz.lessons import catalogue
from regviz.lessons.text import LANGUAGES, load
from tests.covering import by_turns
from tests.lecture import decks

NASTY = "</script><script>alert(1)</script>\" onload='alert(2)' & ${x} \\input{x} $y_1$ `z`"
TITLE = NASTY.replace("$", "\\$")
VIDEO = {"width": 854, "height": 480, "fps": 15, "duration": 61.0}


def entry(medium, **changed):
    suffixes = {
        "figure": ("svg", "pdf", "png"),
        "scene": ("mp4", "webm", "srt", "vtt", "poster.png"),
        "page": ("html",),
    }[medium]
    lang = changed.get("lang", "en")
    name = "corner" if lang == "en" else f"corner-{lang}"
    content = {
        "item": 0,
        "name": name,
        "lesson": "corner",
        "medium": medium,
        "lang": lang,
        "theme": "light",
        "title": "The corner",
        "summary": "What it shows",
        "alt": "L1 stops at (0, 1.05).",
        "files": {suffix: f"{name}.{suffix}" for suffix in suffixes},
        "given": {"lam": 1.2, "features": ["a", "b"]},
        "certificate": {"kkt_residual": 5.7e-17, "slope_error": 0.0},
        "parameters": {},
        "points": {},
        "lam": {"l1": 1.2, "l2": None},
        "budget": {"l1": 1.05},
        "own_units": {
            "l1": model({"b": 0.0, "a": -1.25e-6}),
            "unregularized": model({"b": 3.0, "a": 4.5}),
        },
        "lambda_by": {"rule": "cv", "penalty": "l1", "lam": 1.2, "n_folds": 5, "seed": 0},
        "command": f"regviz {medium} corner",
        "cues": (manifest.Cue(start=0, end=1, text="a < b"),) if medium == "scene" else (),
        **(VIDEO if medium == "scene" else {}),
    }
    return manifest.Entry(**{**content, **changed})


def model(weights, target="exam", rescaled=None):
    of = {rescaled: {"feature": NASTY, "center": 1.0, "scale": 2.0}} if rescaled else {}
    return {"target": target, "intercept": 152.13, "weights": weights, "rescaled": of}


def whole(*entries, **changed):
    entries = entries or tuple(entry(medium) for medium in ("figure", "scene", "page"))
    lesson = manifest.Item(
        kind="lesson",
        title={"en": "The corner"},
        note=dict.fromkeys(("en", "ko"), "Ask first."),
    )
    content = {
        "title": {"en": "A lecture", "ko": "강의"},
        "author": {"en": "Me", "ko": "나"},
        "langs": ("en", "ko"),
        "items": (lesson,) * (1 + max(each.item for each in entries)),
        "entries": entries,
    }
    return manifest.Manifest(**{**content, **changed})


class _Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.ids = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]


def read(text):
    return _Reader(text)


def index(made):
    return gallery.pages(made, notes=False)["index.html"].decode()


def test_a_page_for_each_language():
    pages = gallery.pages(whole(), notes=False)
    assert list(pages) == ["index.html", "index-ko.html"]
    assert b'<html lang="ko">' in pages["index-ko.html"]
    assert 'href="index.html"' in pages["index-ko.html"].decode()
    assert pages == gallery.pages(whole(), notes=False)


def test_nothing_that_was_given_becomes_markup():
    plain = read(index(whole()))
    nasty = whole(
        *(
            entry(
                medium,
                title=TITLE,
                summary=NASTY,
                alt=NASTY,
                command=NASTY,
                given={"lam": NASTY, "features": [NASTY]},
                certificate={"kkt_residual": 1.0, NASTY: 0.0},
                own_units={"l1": model({NASTY: 1.0, f"{NASTY}^2": 2.0}, NASTY, NASTY)},
            )
            for medium in ("figure", "scene", "page")
        ),
        title={"en": TITLE},
        author={"en": NASTY},
        items=(
            manifest.Item(kind="lesson", title={"en": TITLE}, intro={"en": decks.MARKED}),
            manifest.Item(kind="section", title={"en": TITLE}, note={"en": NASTY}),
            manifest.Item(kind="text", text={"en": decks.MARKED}),
        ),
        missing=(manifest.Missing(name=NASTY, lesson="x", medium="page", why=NASTY),),
    )
    found = read(index(nasty))
    assert [tag for tag, _ in found.tags if tag == "script"] == ["script"] * 2
    handlers = [name for _, given in found.tags for name in given if name.startswith("on")]
    assert handlers == []
    kinds = {tag for tag, _ in found.tags}
    words = {"em", "strong", "code", "pre", "ul", "ol", "li", "section", "sup"}
    mathematics = {"math", "mrow", "mi", "mn", "mo", "mtext", "mfrac", "mover", "msub", "msup"}
    assert kinds - words - mathematics <= {tag for tag, _ in plain.tags}
    links = {given["href"] for tag, given in found.tags if tag == "a" and "rel" in given}
    assert links == {"https://example.org/a_b?c=1%25"}


def test_models_are_shown_in_the_units_and_order_of_the_data():
    text = index(whole())
    table = html.unescape(re.search(r"<table>.*?</table>", text, re.DOTALL)[0])
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]
    assert rows == [
        ["", "L1", "no penalty"],
        ["intercept", "152.1", "152.1"],
        ["b", "0", "3"],
        ["a", "−1.25 × 10⁻⁶", "4.5"],
    ]
    assert "exam = intercept + the sum of weight × feature." in text
    assert "<table>" not in index(whole(entry("figure", own_units={})))


def test_a_polynomial_says_what_its_powers_are_of():
    rescaled = {"u": {"feature": "bmi", "center": 27.4, "scale": 9.3}}
    model_of = model({"u": 1.0, "u^2": 2.0}) | {"rescaled": rescaled}
    text = index(whole(entry("figure", own_units={"l2": model_of})))
    assert "u<sup>2</sup>" in text
    assert "Here u = (bmi − 27.4) / 9.3." in text


@pytest.mark.parametrize("rule", ["cv", "cv-1se"])
def test_how_lambda_was_chosen_is_said(rule):
    by = {"rule": rule, "penalty": "l1", "lam": 1.2, "n_folds": 5, "seed": 0}
    text = index(whole(entry("figure", lambda_by=by)))
    assert "5-fold cross-validation of L1 (seed 0)" in text
    assert ("one-standard-error rule" in text) == (rule == "cv-1se")
    assert "λ chosen by" not in index(whole(entry("figure", lambda_by=None)))


def test_every_id_is_one_of_a_kind():
    twice = [entry(medium, item=at) for at in range(2) for medium in ("figure", "scene")]
    ids = read(index(whole(*twice))).ids
    assert len(ids) == len(set(ids))


def test_what_the_speaker_noted_is_shown_only_when_asked_for():
    assert "Ask first." not in index(whole())
    shown = gallery.pages(whole(), notes=True)
    assert all("Ask first." in content.decode() for content in shown.values())


def test_each_language_has_its_own_title():
    pages = gallery.pages(whole(), notes=False)
    assert "<h1>강의</h1>" in pages["index-ko.html"].decode()


def test_nothing_comes_from_elsewhere():
    text = index(whole())
    assert not re.search(r"https?://", text)
    policy = html.unescape(re.search(r'Policy" content="([^"]*)"', text)[1])
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_an_item_without_the_language_is_shown_in_another_and_marked():
    made = whole(entry("figure", item=0, lang="en"), entry("figure", item=1, lang="ko"))
    pages = {name: data.decode() for name, data in gallery.pages(made, notes=False).items()}
    for name, marked in (("index.html", [False, True]), ("index-ko.html", [True, False])):
        headings = re.findall(r"<h2 [^>]*>", pages[name])
        assert [' lang="' in heading for heading in headings] == marked


def test_a_dark_figure_for_dark_screens():
    dark = entry("figure", theme="dark", files={"svg": "corner-dark.svg"})
    text = index(whole(entry("figure"), dark))
    assert '<source srcset="corner-dark.svg" media="(prefers-color-scheme: dark)">' in text
    assert "svg (dark)" in text


@pytest.mark.parametrize("media", [("figure",), ("scene",), ("page",), ("figure", "scene")])
def test_a_part_of_the_media(media):
    found = read(index(whole(*map(entry, media))))
    tags = [tag for tag, _ in found.tags]
    assert tags.count("video") == ("scene" in media)
    # On paper a video is its poster.
    assert tags.count("img") == ("figure" in media) + ("scene" in media)
    assert tags.count("iframe") == ("page" in media)


class TestSnippets:
    def made(self, **changed):
        entries = [entry(medium, **changed) for medium in ("figure", "scene", "page")]
        return snippets.snippets(entries, load("en"))

    def test_there_is_one_for_each_place(self):
        assert tuple(self.made()) == snippets.TARGETS

    @pytest.mark.parametrize("target", ["revealjs", "html", "lms"])
    def test_html_is_whole_whatever_the_text(self, target):
        plain, nasty = read(self.made()[target]), read(self.made(alt=NASTY)[target])
        assert [tag for tag, _ in plain.tags] == [tag for tag, _ in nasty.tags]
        (video,) = (given for tag, given in nasty.tags if tag == "video")
        assert video["aria-label"] == "The corner"
        assert {"img", "video", "track", "iframe"} <= {tag for tag, _ in plain.tags}

    def test_python(self):
        calls = []
        names = {name: lambda *a, _n=name, **k: calls.append((_n, a, k)) for name in "fvp"}
        code = self.made(lang="ko", given={"data": NASTY, "lam": 2.0})["jupyter"]
        face = {"figure": names["f"], "video": names["v"], "page": names["p"]}
        assert code.startswith("import regviz\n")
        exec(code.split("\n", 1)[1], {"regviz": SimpleNamespace(**face)})
        assert [call[0] for call in calls] == ["f", "v", "p"]
        expected = {"data": NASTY, "lam": 2.0, "lang": "ko"}
        assert all(call[1:] == (("corner",), expected) for call in calls)

    def test_latex(self):
        made = self.made(title=TITLE)["beamer"]
        title = re.search(r"\\begin\{frame\}\{(.*)\}\n", made)[1]
        assert r"\textbackslash{}input\{x\}" in title
        assert r"\$y\_1\$" in title
        assert "{corner.pdf}" in made

    def test_markdown(self):
        made = self.made(alt='say "so"')["markdown"]
        assert made.startswith('![The corner](<corner.svg>){fig-alt="say \\"so\\""}')
        assert "{{< video corner.mp4 >}}" in made


def test_every_lesson_s_models_have_a_name():
    for each in catalogue.entries():
        knobs = {knob.name for knob in catalogue.parameters_class(each.slug).knobs()}
        for data in ({}, {"data": "diabetes"}) if "data" in knobs else ({},):
            models = {
                name: model({"a": 1.0}) for name in catalogue.exhibit(each.slug, data).own_units
            }
            for lang in LANGUAGES:
                made = own_units(entry("figure", own_units=models), 0, load(lang))
                assert made.count('<th scope="col">') == len(models)


# -- in a browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A gallery with true pictures, and a page that tells whether it may run."""
    out = tmp_path_factory.mktemp("gallery")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"></svg>'
    for lang in ("en", "ko"):
        mark = "" if lang == "en" else f"-{lang}"
        (out / f"corner{mark}.svg").write_text(picture)
        (out / f"corner{mark}.poster.png").write_bytes(decks.picture(220))
        (out / f"corner{mark}.html").write_text(
            '<!DOCTYPE html><html lang="en"><title>p</title><main><h1>p</h1></main>'
            "<script>document.title = 'ran'</script>"
        )
    entries = [
        entry(medium, item=at, lang=lang, title=TITLE if at else "The corner", alt=NASTY)
        for at in range(2)
        for medium in ("figure", "scene", "page")
        for lang in ("en", "ko")
    ]
    missing = (manifest.Missing(name="x", lesson="x", medium="page", why=NASTY),)
    for name, content in gallery.pages(whole(*entries, missing=missing), notes=False).items():
        (out / name).write_bytes(content)
    return out


@pytest.fixture
def opened(chromium):
    """Open a file, noting every complaint and every request."""
    contexts = []

    def open_file(path, **how):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **how)
        contexts.append(context)
        tab = context.new_page()
        tab.complaints, tab.requests = [], []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto(path.as_uri())
        return tab

    yield open_file
    for context in contexts:
        context.close()


@by_turns("name,scheme", ["index.html", "index-ko.html"], ["light", "dark"])
def test_everyone_can_use_it(built, opened, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(built / name, color_scheme=scheme)
    tab.click("summary >> nth=0")
    violations = Axe().run(tab).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


def test_it_works_from_a_file_without_a_network(built, opened):
    tab = opened(built / "index.html")
    tab.evaluate("document.querySelectorAll('img, iframe').forEach(e => e.loading = 'eager')")
    tab.wait_for_function("() => [...document.images].every(image => image.naturalWidth > 0)")
    assert {url.split(":")[0] for url in tab.requests} <= {"file", "data"}
    tab.wait_for_timeout(300)
    assert [frame.title() for frame in tab.frames[1:]] == ["ran", "ran"]
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 1280
    assert "alert" not in tab.evaluate("document.title")
    # There is no video behind the names here; nothing else may be complained of.
    assert not [said for said in tab.complaints if "ERR_FILE_NOT_FOUND" not in said]


def test_captions_show_from_a_file(built, opened):
    tab = opened(built / "index.html")
    tab.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
    tab.wait_for_function(
        "() => document.querySelector('video').textTracks[0].cues?.length === 1"
    )
    said = tab.evaluate(
        "document.querySelector('video').textTracks[0].cues[0].getCueAsHTML().textContent"
    )
    assert said == "a < b"


@pytest.mark.parametrize("allowed", [True, False])
def test_copying(built, opened, allowed):
    tab = opened(built / "index.html")
    if allowed:
        tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        tab.evaluate(
            "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
        )
        tab.context.grant_permissions(["clipboard-read"])
    tab.click("[data-copy] >> nth=0")
    tab.wait_for_function("() => document.getElementById('said').textContent === 'Copied'")
    assert tab.evaluate("navigator.clipboard.readText()") == "regviz figure corner"


def test_on_paper_a_video_is_its_still(built, opened):
    tab = opened(built / "index.html")
    tab.emulate_media(media="print")
    assert tab.locator("video").count()
    assert not any(each.is_visible() for each in tab.locator("video").all())
    assert all(each.is_visible() for each in tab.locator("img.paper").all())


def test_on_paper_no_row_of_a_table_is_hidden(tmp_path, opened):
    weights = {f"x{number}": 1.0 for number in range(40)}
    long = entry("figure", own_units={"l1": model(weights)})
    ((name, content),) = gallery.pages(whole(long, langs=("en",)), notes=False).items()
    (tmp_path / name).write_bytes(content)
    tab = opened(tmp_path / name)
    hidden = "(box) => box.scrollHeight - box.clientHeight"
    table = tab.locator(".scrolled")
    assert table.evaluate(hidden) > 0, "or the test tells nothing"
    tab.emulate_media(media="print")
    assert table.evaluate(hidden) == 0


def test_what_vouches_is_named_in_the_language():
    (found,) = gallery.pages(
        whole(entry("figure", lang="ko"), langs=("ko",)), notes=False
    ).values()
    found = found.decode()
    assert "KKT 잔차" in found
    assert "기울기 오차" in found
    assert "slope" not in found


def test_it_fits_a_phone(built, chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto((built / "index-ko.html").as_uri())
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 360
    context.close()


def test_it_is_set_in_the_type_of_the_pictures_and_no_letter_is_missing(built, opened):
    pytest.importorskip("koreanize_matplotlib", reason="the Korean fonts are not installed")
    tab = opened(built / "index-ko.html")
    tab.evaluate("document.fonts.ready.then(() => 0)")
    upright = "[...document.fonts].filter(font => font.style === 'normal')"
    states = tab.evaluate(f"{upright}.map(font => [font.family.slice(-6), font.status])")
    assert states == [["Korean", "loaded"]] * 2 + [["z Sans", "loaded"]] * 2


def test_the_texts_of_the_gallery_are_all_used():
    keys = {key for key in sorted(load("en").keys()) if key.startswith("gallery.")}
    folder = Path(gallery.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    for key in keys:
        name = key.removeprefix("gallery.")
        assert name in sources or f"{name.split('.')[0]}.{{" in sources, key
