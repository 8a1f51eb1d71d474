"""Slides and the handout in a browser: they play, answer the clicker, and ask for nothing."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from regviz.lecture import export, manifest
from regviz.lecture.export.deck import deck
from tests.lecture import decks

_SLIDES = ["title", "opening", "picture", "clip", "clip", "explorer"]
_EXPLORER = 5


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("lecture") / "out"
    decks.write(out)
    return out


@pytest.fixture(scope="module", params=["ko"])
def written(request, out):
    """Write slides and handout, and return their addresses."""
    made = deck(manifest.load(out), out, lang=request.param)
    paths = {}
    for target in ("revealjs", "html"):
        paths[target] = out.parent / f"{target}-{request.param}.html"
        ((_, content),) = export.contents_of(made, target, paths[target]).items()
        paths[target].write_bytes(content)
    return {target: path.as_uri() for target, path in paths.items()}


@pytest.fixture
def tab(chromium):
    """A tab that has complained of nothing and asked for nothing when the test is over."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    tab = context.new_page()
    said, asked = [], []
    # The window's, and those of windows that it opens.
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.on("request", lambda request: asked.append(request.url))
    yield tab
    context.close()
    assert said == []
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "blob"}


def _until(tab, expression):
    # As a function: a string is given to `eval`, which the slides forbid.
    tab.wait_for_function(f"() => {expression}")


def _open(tab, address, at=0):
    tab.goto(f"{address}#/{at}")
    _until(tab, "window.Reveal && Reveal.isReady()")


def _at(tab):
    return tab.evaluate("Reveal.getIndices().h")


def test_a_slide_for_each_part(tab, written):
    _open(tab, written["revealjs"])
    kinds = tab.evaluate("Reveal.getSlides().map((slide) => slide.classList[0])")
    assert kinds == [*_SLIDES, *_SLIDES[1:]]
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_no_text_becomes_markup(tab, written):
    _open(tab, written["revealjs"])
    shown = tab.evaluate(
        "document.querySelector('section.opening:nth-of-type(7) h2').textContent"
    )
    assert shown == decks.NASTY
    assert tab.evaluate("document.querySelectorAll('[onload]').length") == 0


def test_what_the_speaker_may_say(tab, written):
    _open(tab, written["revealjs"])
    notes = tab.evaluate("Reveal.getSlides().map((slide) => Reveal.getSlideNotes(slide) ?? '')")
    assert "Note: " in notes[1]
    assert "Cue 2: " in notes[4]


def test_a_video_plays_on_arrival_and_holds_its_last_frame(tab, written):
    _open(tab, written["revealjs"], 2)
    tab.keyboard.press("PageDown")
    video = "Reveal.getCurrentSlide().querySelector('video')"
    _until(tab, f"{video}.currentTime > 0")
    _until(tab, f"{video}.ended")
    assert tab.evaluate(f"{video}.currentTime") == pytest.approx(decks.LENGTH, abs=0.11)
    shade = tab.evaluate(
        f"""(() => {{ const video = {video}, canvas = document.createElement("canvas");
        const paint = canvas.getContext("2d"); paint.drawImage(video, 0, 0, 1, 1);
        return paint.getImageData(0, 0, 1, 1).data[0]; }})()"""
    )
    assert shade == pytest.approx(120, abs=6)
    assert _at(tab) == 3
    assert tab.evaluate(f"{video}.textTracks.length") == 1


def test_captions_show_when_asked_for(tab, written):
    _open(tab, written["revealjs"], 3)
    track = "Reveal.getCurrentSlide().querySelector('video').textTracks[0]"
    assert tab.evaluate(f"{track}.mode") != "showing"
    tab.keyboard.press("c")
    _until(tab, f"{track}.mode === 'showing' && {track}.cues?.length === 1")
    assert tab.evaluate(f"{track}.cues[0].text").startswith("Cue 1: ")
    tab.keyboard.press("c")
    assert tab.evaluate(f"{track}.mode") == "hidden"


def test_nothing_moves_for_those_who_want_it_still(tab, written):
    tab.emulate_media(reduced_motion="reduce")
    _open(tab, written["revealjs"], 3)
    video = "Reveal.getCurrentSlide().querySelector('video')"
    _until(tab, f"{video}.readyState >= 2 && {video}.controls")
    assert tab.evaluate(f"{video}.paused && {video}.currentTime === 0")


def test_the_clicker_works_after_a_slider_was_touched(tab, written):
    _open(tab, written["revealjs"], _EXPLORER)
    frame = tab.frame_locator("section.present iframe")
    slider = frame.locator("input")
    slider.click()
    before = slider.input_value()
    tab.keyboard.press("ArrowRight")
    assert slider.input_value() != before, "arrows are the slider's"
    tab.keyboard.press("PageDown")
    _until(tab, f"Reveal.getIndices().h === {_EXPLORER + 1}")
    tab.keyboard.press("PageUp")
    _until(tab, f"Reveal.getIndices().h === {_EXPLORER}")
    tab.keyboard.press("ArrowLeft")
    _until(tab, f"Reveal.getIndices().h === {_EXPLORER - 1}")


def test_a_frame_can_turn_slides_and_nothing_else(tab, written):
    _open(tab, written["revealjs"], _EXPLORER)
    frame = tab.frames[1]
    _until(frame, "document.title === 'ran'")
    reach = "(() => { try { return parent.document.title } catch { return 'no' } })()"
    assert frame.evaluate(reach) == "no"
    frame.evaluate("parent.postMessage({ type: 'regviz:key', key: 'constructor' }, '*')")
    frame.evaluate("parent.postMessage(null, '*')")
    tab.wait_for_timeout(100)
    assert _at(tab) == _EXPLORER


def test_on_paper_a_video_is_its_last_frame(tab, written):
    tab.goto(f"{written['revealjs']}?print-pdf")
    _until(tab, "window.Reveal && Reveal.isReady()")
    still = tab.locator("section.clip .last").first
    still.wait_for(state="visible")
    assert tab.locator("section.clip video").first.is_hidden()
    assert still.get_attribute("alt").startswith("Cue 1: ")


def test_the_speakers_window_shows_notes_and_slides(tab, written):
    _open(tab, written["revealjs"], 3)
    with tab.expect_popup() as opened:
        tab.keyboard.press("s")
    window = opened.value
    _until(window, "document.querySelector('.speaker-controls-notes .value')?.textContent")
    notes = window.locator(".speaker-controls-notes .value").inner_text()
    assert notes.startswith("Cue 1: ")
    _until(window, "document.querySelectorAll('iframe').length === 2")
    assert window.locator(".speaker-controls-pace").is_hidden()
    colour = "getComputedStyle(document.body).fontFamily"
    assert window.evaluate(colour).startswith("Helvetica"), "its style sheet is let in"
    tab.keyboard.press("PageDown")
    _until(window, "document.querySelector('.value').textContent.startsWith('Cue 2: ')")


def test_on_paper_a_slide_is_a_page(tab, written):
    tab.goto(f"{written['revealjs']}?print-pdf")
    _until(tab, "window.Reveal && Reveal.isReady()")
    rules = """[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.style.size)"""
    assert "1280px 720px" in tab.evaluate(rules)
    _until(tab, f"document.querySelectorAll('.pdf-page').length === {2 * len(_SLIDES) - 1}")


def test_what_gets_into_a_deck_does_not_run(chromium, written, tmp_path):
    slides = tmp_path / "slides.html"
    source = Path(url2pathname(urlsplit(written["revealjs"]).path)).read_text("utf-8")
    evil = (
        '<script>document.title = "bitten"</script><p style="color: red">x</p>'
        '<img src="data:," onerror="document.title = 1"><style>body { color: red }</style>'
    )
    slides.write_text(source.replace("<h1>", f"{evil}<h1>"), "utf-8")
    with chromium.new_context() as context:
        bitten = context.new_page()
        said = []
        bitten.on("console", lambda message: said.append(message.text))
        _open(bitten, slides.as_uri())
        assert bitten.title().startswith("Why L1")
        assert bitten.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    assert len([each for each in said if "Content Security Policy" in each]) >= 4


# -- the handout ----------------------------------------------------------------------------


@pytest.mark.parametrize("media", ["screen", "print"])
def test_axe_finds_nothing_in_the_handout(tab, written, media):
    from axe_playwright_python.sync_playwright import Axe

    tab.emulate_media(media=media)
    tab.goto(written["html"])
    found = Axe().run(tab, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_handout_reads_in_order(tab, written):
    tab.goto(written["html"])
    assert tab.locator("h1, article h2, article h3").all_inner_texts()[0].startswith("Why L1")
    kinds = tab.evaluate(
        "[...document.querySelector('article').children].map((each) => each.tagName)"
    )
    assert kinds[:6] == ["H2", "DIV", "P", "FIGURE", "SECTION", "SECTION"]
    assert tab.locator("article").first.locator(".strip img").count() == 2
    assert "Note: " not in tab.locator("body").inner_text(), "that was for the speaker"
    assert "onload='alert(2)' & ${x}" in tab.locator("article").nth(1).inner_text()


def test_pages_run_in_the_handout_and_step_aside_on_paper(tab, written):
    tab.goto(written["html"])
    tab.locator("iframe").first.scroll_into_view_if_needed()
    tab.frame_locator("iframe >> nth=0").locator("input").wait_for()
    _until(tab.frames[1], "document.title === 'ran'")
    tab.emulate_media(media="print")
    assert tab.locator("iframe").first.is_hidden()
    assert tab.locator("article").first.locator("svg[role=img]").count() == 1


# -- on paper, and in frames ----------------------------------------------------------------


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Write handout and slides of four lessons with all their media, as they really are."""
    folder = tmp_path_factory.mktemp("four")
    out = folder / "out"
    lessons = ("corner", "l1-loss", "l2-loss", "thresholds")
    made = decks.write_lessons(out, lessons)
    paths = {target: folder / f"{target}.html" for target in ("html", "revealjs")}
    for target, path in paths.items():
        asking = deck(made, out, quiz=target == "html")
        path.write_bytes(export.contents_of(asking, target, path)[path])
    return {target: path.as_uri() for target, path in paths.items()}


def test_four_lessons_are_five_sheets_or_fewer(tab, four):
    tab.goto(four["html"])
    _until(tab, "[...document.images].every((image) => image.naturalWidth > 0)")
    printed = tab.pdf(format="A4")
    assert 2 <= printed.count(b"/Type /Page\n") <= 5
    tab.emulate_media(media="print")
    # Nothing of a page is left on paper, and every figure is there.
    assert tab.locator(".live:visible").count() == 0
    assert tab.locator("article > figure svg[role=img]:visible").count() == 4
    assert tab.locator(".strip .asked:visible").count() >= 2
    assert tab.locator(".answers .answer:visible").count() >= 2


def test_a_frame_gets_the_height_that_its_page_asks_for(tab, four):
    for width in (1280, 400):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(four["html"])
        tab.locator("iframe").first.scroll_into_view_if_needed()
        _until(tab, "document.querySelector('iframe').style.height !== ''")
        tab.wait_for_timeout(300)
        inside = "document.documentElement.scrollHeight - innerHeight"
        assert tab.frames[1].evaluate(inside) == 0
        assert tab.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_of_a_page_is_on_its_slide(tab, four):
    _open(tab, four["revealjs"])
    at = "Reveal.getSlides().findIndex((slide) => slide.classList.contains('explorer'))"
    tab.evaluate(f"Reveal.slide({at})")
    tab.frame_locator("section.present iframe").locator(".way").wait_for()
    page = tab.query_selector("section.present iframe").content_frame()
    # A guided step fits as it is; with all its controls a page is higher.
    page.locator(".way .free button").click()
    foot = "document.getElementById('page').getBoundingClientRect().bottom"
    shown = "document.querySelector('section.present iframe').getBoundingClientRect()"
    _until(page, f"innerWidth > 1280 && {foot} <= innerHeight")
    # However high a page is, its frame covers the slide.
    for height in (1500, 800, 300):
        message = {"type": "regviz:height", "height": height}
        # Only for a moment: then the page tells its own height again.
        page.evaluate(
            """(message) => new Promise((done) => {
                const see = () => innerHeight >= message.height - 1 && done();
                addEventListener("resize", see);
                parent.postMessage(message, "*");
                see();
            })""",
            message,
        )
        box = tab.evaluate(f"{shown}.toJSON()")
        assert [box["width"], box["height"]] == pytest.approx([1280, 720], abs=1)
    # What is no height changes nothing.
    for height in ("0", "-5", "NaN", "'x'", "null"):
        page.evaluate(f"parent.postMessage({{ type: 'regviz:height', height: {height} }}, '*')")
    tab.wait_for_timeout(100)
    box = tab.evaluate(f"{shown}.toJSON()")
    assert [box["width"], box["height"]] == pytest.approx([1280, 720], abs=1)


# -- slides on paper, and their button --------------------------------------------------------


def test_on_paper_a_page_is_its_figure(tab, written):
    tab.goto(f"{written['revealjs']}?print-pdf")
    _until(tab, "window.Reveal && Reveal.isReady()")
    tab.locator("section.explorer .paper svg").first.wait_for(state="visible")
    assert tab.locator("section.explorer iframe").first.is_hidden()
    assert tab.locator("iframe[srcdoc]").count() == 0, "no page runs there"


def test_a_button_shows_that_a_video_can_be_paused(tab, written):
    _open(tab, written["revealjs"], 3)
    video = "Reveal.getCurrentSlide().querySelector('video')"
    button = tab.locator("section.present .player")
    _until(tab, f"{video}.ended")
    assert button.is_visible()
    assert button.get_attribute("aria-label") == "동영상 다시 재생"
    # Slowly, so that it still plays when a busy machine comes to look.
    tab.evaluate(f"{video}.playbackRate = 0.1")
    button.click()
    # What the button says follows in a turn of the browser's own.
    said = "document.querySelector('section.present .player').getAttribute('aria-label')"
    _until(tab, f"!{video}.paused && {said} === '동영상 일시정지'")
    tab.keyboard.press("t")
    _until(tab, f"{video}.paused && {video}.currentTime < {decks.LENGTH} || {video}.ended")
    _until(tab, f"{said} !== '동영상 일시정지'")
