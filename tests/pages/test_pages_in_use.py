"""Each page by mouse, touch and keyboard, with bad input, from files and inside frames."""

import itertools
import json

import pytest

from regviz.lessons import catalogue
from tests.covering import some_of
from tests.pages import hashes
from tests.pages.conftest import LANG, SLUGS, Tab, half_of_pages, made

pytestmark = pytest.mark.usefixtures("chromium")
some_pages = some_of("slug", SLUGS, each=1)

#: what a screen reader is told of each page's slider must name this
NAMED = {
    "bias-variance": "bias",
    "corner": "w1",
    "feature-selection": "exactly 0",
    "l1-loss": "Slopes at 0",
    "l2-loss": "slope at 0",
    "lq-balls": "convex",
    "overfitting": "Train error",
    "penalty-shapes": "L1 pulls",
    "thresholds": "L1: w",
    "update-steps": "w",
}


def sliders(opened):
    return opened.page.locator("input[type=range]:visible").all()


def first_knob(opened):
    """The slider of the strength, or of the first parameter where there is none."""
    knobs = opened.data()["knobs"]
    named = [slider.get_attribute("id") for slider in sliders(opened)]
    return "lam" if "lam" in named else next(name for name in named if name in knobs)


def nudge(slider):
    """Move a slider by a stop, from its end back."""
    is_last = slider.input_value() == slider.get_attribute("max")
    slider.press("ArrowLeft" if is_last else "ArrowRight")


def bounds_of(opened, name):
    """What a knob may be: all that the parameter may, and all that its driver is."""
    data = opened.data()
    ends = [data["knobs"][name][end] for end in ("low", "high")]
    for driver in data["picture"]["drivers"]:
        if driver["name"] == name:
            values = driver["values"]
            ends += [values[0], values[-1]]
    return {"low": min(ends), "high": max(ends)}


# ---- (1) from a local file


@some_of("slug,lang", [*LANG.items()], each=4)()
def test_a_page_asks_for_nothing_and_says_nothing(tab, slug, lang):
    opened = tab(slug, "", lang=lang)
    # Used a little, since what is amiss may show only then.
    for _ in opened.data()["picture"]["steps"]:
        opened.page.keyboard.press("ArrowRight")
        opened.run("() => regviz.render()")
    assert opened.values()["stop"] == 0
    sliders(opened)[0].press("ArrowRight")
    for button in opened.page.locator(".controls .buttons button").all():
        button.click()
    opened.page.wait_for_timeout(400)
    assert len(opened.asked) == 1
    assert opened.said == []
    assert opened.page.inner_text("h1") == catalogue.entry(slug).title[lang]
    assert opened.page.inner_text(".readout").strip()
    assert opened.page.evaluate("document.documentElement.lang") == lang


# ---- (3) shown is used


@some_pages()
def test_what_is_shown_is_what_is_used(tab, slug):
    opened = tab(slug)
    name = first_knob(opened)
    number = opened.page.locator(f".knob:has(#{name}) input[type=number]")
    slider = opened.page.locator(f"#{name}")
    for key in ("ArrowRight", "ArrowRight", "PageUp", "ArrowLeft"):
        slider.press(key)
        opened.run("() => regviz.render()")
        used = opened.values()[name]
        assert float(number.input_value()) == used
        assert (
            f" {used:g};".replace("e-0", "e-") in slider.get_attribute("aria-valuetext") + ";"
        )
    low, high = bounds_of(opened, name).values()
    drivers = {each["name"]: each["values"] for each in opened.data()["picture"]["drivers"]}
    is_whole = all(float(stop).is_integer() for stop in drivers.get(name, [0.5]))
    any_goes = not opened.run("(name) => regviz.compute.stops?.includes(name)", name)
    for share in (0.31, 0.9999):
        typed = f"{low + share * (high - low):.{0 if is_whole else 4}f}"
        number.fill(typed)
        number.press("Enter")
        assert opened.values()[name] == float(number.input_value())
        assert not any_goes or opened.values()[name] == float(typed)


BAD = [("", None), ("-5", "low"), ("1e9", "high"), ("abc", None), ("--", None), ("e", None)]


@some_pages()
def test_bad_input_becomes_the_nearest_allowed_value(tab, slug):
    opened = tab(slug)
    name = first_knob(opened)
    bounds = bounds_of(opened, name)
    number = opened.page.locator(f".knob:has(#{name}) input[type=number]")
    slider = opened.page.locator(f"#{name}")
    for typed, nearest in BAD:
        before = opened.values()[name]
        number.click()
        number.press("Control+a")
        number.press("Delete")
        number.press_sequentially(typed)
        number.press("Tab")
        opened.run("() => regviz.render()")
        wanted = before if nearest is None else bounds[nearest]
        assert opened.values()[name] == wanted, typed
        assert float(number.input_value()) == wanted, typed
        spoken = f"{wanted:g}".replace("-", "−")
        assert spoken in slider.get_attribute("aria-valuetext"), typed
        ends = {"low": "0", "high": slider.get_attribute("max")}
        assert nearest is None or slider.input_value() == ends[nearest]
    assert opened.said == []


# ---- (4) keyboard and screen reader


@some_pages()
def test_tab_reaches_every_control(tab, slug):
    opened = tab(slug)
    wanted = opened.run(
        """() => [...document.querySelectorAll('input, button')].filter((node) =>
            node.offsetParent && node.tabIndex >= 0 && !node.disabled &&
            (node.type !== 'radio' || node.checked)).length"""
    )
    reached = set()
    for _ in range(wanted + 3):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.run(
                """() => {
                    const all = [...document.querySelectorAll('input, button')];
                    return all.indexOf(document.activeElement);
                }"""
            )
        )
    assert len(reached - {-1}) == wanted


@some_pages()
def test_keys_move_sliders_and_their_words_follow(tab, slug):
    opened = tab(slug)
    for slider in sliders(opened):
        last = slider.get_attribute("max")
        slider.press("Home")
        assert slider.input_value() == "0"
        slider.press("ArrowRight")
        assert slider.input_value() == "1"
        opened.run("() => regviz.render()")
        said = slider.get_attribute("aria-valuetext")
        assert slider.get_attribute("aria-label") in said
        assert NAMED.get(slug, "") in said
        slider.press("End")
        opened.run("() => regviz.render()")
        # A long step may be cut to what the other values allow.
        assert slider.input_value() == last or slug == "update-steps"
        slider.press("ArrowLeft")
    opened.page.wait_for_timeout(700)
    assert NAMED.get(slug, "") in opened.page.inner_text("[role=status]")
    assert opened.said == []


def test_a_slider_says_lambda_and_w(tab):
    opened = tab("l1-loss", "#lam=3")
    assert "−2−3=−5 on the left" in opened.page.get_attribute("#lam", "aria-valuetext")


# ---- (5) dragging, and speed: only its order of magnitude, where nothing else is measured


def grip_of(opened):
    """Return the middle of what can be dragged."""
    grip = opened.page.locator(".grip").first
    if grip.count() == 0:
        pytest.skip("nothing to drag on this page")
    box = grip.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@some_pages(first=["corner"])
def test_dragging_sets_a_value(tab, slug):
    opened = tab(slug)
    x, y = grip_of(opened)
    before = opened.values()
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 60, y + 20, steps=6)
    opened.page.mouse.up()
    assert opened.values() != before
    assert opened.said == []


def test_points_are_dragged_kept_in_the_address_and_let_go_by_new_ones(tab):
    opened = tab("overfitting")
    before, fit = (
        opened.run("() => regviz.view().points.points"),
        "() => regviz.view().says.errors",
    )
    said = opened.run(fit)
    box = opened.page.locator('[data-name="grip points 4"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    # beyond its neighbours, which it pushes
    opened.page.mouse.move(x + 90, y - 40, steps=6)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(500)
    after = opened.run("() => regviz.view().points.points")
    assert after[4][1] > before[4][1]
    assert after[4][0] > before[5][0]
    assert all(one[0] < other[0] for one, other in itertools.pairwise(after))
    assert opened.run(fit) != said
    opened.page.reload()
    opened.page.wait_for_function("() => window.regviz?.view()")
    assert opened.run("() => regviz.view().points.points") == after
    opened.page.get_by_role("button", name="New points").click()
    assert opened.values()["moved"] == []
    opened.page.get_by_role("button", name="Reset").click()
    opened.run("() => regviz.render()")
    assert opened.run("() => regviz.view().points.points") == before
    assert opened.said == []


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_dragging_keeps_up(tab, slug):
    opened = tab(slug)
    x, y = grip_of(opened)
    before = opened.values()
    opened.run(
        """() => { window.frames_ = []; let last = performance.now();
            const tick = (now) => { frames_.push(now - last); last = now;
                if (frames_.length < 2000) requestAnimationFrame(tick); };
            requestAnimationFrame(tick); }"""
    )
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    for step in range(120):
        opened.page.mouse.move(x - step / 2, y + (step % 40) / 2)
    opened.page.mouse.up()
    frames = sorted(opened.run("() => frames_.slice(3)"))
    assert opened.values() != before
    assert frames[int(0.95 * len(frames))] < 250.0
    assert opened.said == []


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_soon_ready_on_a_slow_machine(tab, slug, filed):
    opened = tab(slug)
    session = opened.context.new_cdp_session(opened.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    opened.go(filed(slug))
    opened.page.wait_for_function("() => window.regviz.view()")
    assert opened.run("() => performance.now()") < 15_000.0


# ---- (6) a phone


@some_pages(first=["corner"])
def test_a_phone_never_scrolls_sideways_nor_while_dragging(tab, slug):
    opened = tab(slug, window=(360, 740), touch=True)
    for lang_wide in (360, 320):
        opened.page.set_viewport_size({"width": lang_wide, "height": 740})
        wide = opened.run("() => document.documentElement.scrollWidth")
        assert wide <= lang_wide
    opened.page.set_viewport_size({"width": 360, "height": 740})
    opened.page.wait_for_timeout(100)
    grip = opened.page.locator(".grip").first
    if grip.count() == 0:
        return
    grip.scroll_into_view_if_needed()
    box, before = grip.bounding_box(), opened.values()
    scrolled = opened.run("() => scrollY")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = opened.context.new_cdp_session(opened.page)

    def touch(kind, *points):
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": px, "y": py} for px, py in points]},
        )

    touch("touchStart", (x, y))
    for step in range(1, 13):
        touch("touchMove", (x - 4 * step, y - 5 * step))
    touch("touchEnd")
    opened.page.wait_for_timeout(100)
    assert opened.values() != before
    assert opened.run("() => scrollY") == scrolled
    assert opened.said == []


# ---- (7) accessibility


@some_of("slug,dark", [(slug, at % 2 == 1) for at, slug in enumerate(SLUGS)], each=4)()
def test_axe_finds_nothing(chromium, filed, slug, dark):
    from axe_playwright_python.sync_playwright import Axe

    # The page's own policy allows no script of ours: only this test's window is let off.
    fresh = chromium.new_context(color_scheme="dark" if dark else "light", bypass_csp=True)
    try:
        opened = Tab(fresh, filed(slug))
        asks = [
            at for at, step in enumerate(opened.data()["picture"]["steps"], 1) if "ask" in step
        ]
        violations = []
        for step in (0, *asks[:1], 1):
            opened.to(step)
            violations += Axe().run(opened.page).response["violations"]
    finally:
        fresh.close()
    assert [
        (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in violations
    ] == []


@some_pages()
def test_without_script_the_still_picture_is_there(chromium, filed, slug):
    if "figure" not in catalogue.entry(slug).media:
        pytest.skip("the lesson has no figure yet")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(filed(slug))
    picture = page.locator("#still svg")
    assert picture.is_visible()
    assert picture.get_attribute("aria-label")
    assert not page.locator("#live").is_visible()
    context.close()


# ---- (9) frames, split files, addresses


def framed(folder, name, attributes):
    path = folder / name
    path.write_text(
        f"""<!doctype html><title>frame</title><iframe {attributes} width="700"
        height="500"></iframe><script>window.heard = [];
        addEventListener("message", (event) => heard.push(event.data));</script>""",
        encoding="utf-8",
    )
    return path.as_uri()


@some_pages()
def test_a_sandboxed_frame_works_and_tells_its_height(chromium, filed, folder, slug):
    address = framed(
        folder, f"f-{slug}.html", f'sandbox="allow-scripts" src="{filed(slug)}#free=1"'
    )
    context = chromium.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    inner = page.frames[1]
    inner.wait_for_function("() => window.regviz")
    slider = inner.locator("input[type=range]:visible").first
    before = inner.evaluate("() => JSON.stringify(regviz.values())")
    nudge(slider)
    inner.wait_for_function(f"() => JSON.stringify(regviz.values()) !== {json.dumps(before)}")
    slider.press("PageDown")
    page.wait_for_function("() => heard.some((data) => data.key === 'PageDown')")
    assert not page.evaluate("() => heard.some((data) => data.key === 'ArrowRight')")
    inner.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => heard.some((data) => data.key === 'ArrowRight')")
    page.wait_for_function("() => heard.some((data) => data.height > 200)")
    page.wait_for_timeout(400)
    assert {data["lesson"] for data in page.evaluate("() => heard") if "lesson" in data} == {
        slug
    }
    assert said == []
    context.close()


def test_a_frame_that_takes_the_height_it_is_told_stays_as_it_is(chromium, filed, folder):
    around, inner = folder / "told.html", filed("elastic-net")
    around.write_text(
        f'''<iframe id="f" src="{inner}#free=1" width="1200" height="800"></iframe>
        <script>const told = [];
        addEventListener("message", ({{ data: {{ height }} }}) => {{
            if (height) told.push(f.height = height);
        }});</script>'''
    )
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    page.goto(around.as_uri())
    page.wait_for_function("() => told.length")
    for width in (1199, 1200) * 4:
        page.evaluate("(width) => { f.width = width; }", width)
        page.wait_for_timeout(100)
    told = page.evaluate("() => told")
    page.close()
    assert len(told) > 4
    assert {*told[2:]} == {told[2]}


@some_pages()
def test_split_files_work_under_a_strict_server(chromium, slug):
    files = made(slug, split=True)
    assert "<script>" not in files["html"]
    assert "<style" not in files["html"]
    context = chromium.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}

    def answer(route):
        suffix = route.request.url.rsplit(".", 1)[-1]
        route.fulfill(
            status=200 if suffix in files else 204,
            headers={
                "content-type": f"{kinds.get(suffix, 'text/plain')}; charset=utf-8",
                "content-security-policy": "default-src 'self'",
            },
            body=files.get(suffix, ""),
        )

    page.route("**/*", answer)
    page.goto("http://slides.test/page.html")
    page.wait_for_function("() => window.regviz")
    assert page.locator(".panel:visible").first.bounding_box()["width"] > 300
    assert said == []
    context.close()


@some_pages()
def test_the_address_holds_what_was_chosen(tab, slug):
    opened = tab(slug)
    name = first_knob(opened)
    slider = opened.page.locator(f"#{name}")
    nudge(slider)
    # In an address `step` is the page's own: a driver of that name stands there as `steps`.
    key = "steps" if name == "step" else name
    opened.page.wait_for_function(f"() => location.hash.includes('{key}=')")
    chosen = opened.values()
    again = tab(slug, opened.run("() => location.hash"))
    assert again.values() == chosen
    assert again.said == []


@pytest.mark.parametrize(
    "at",
    ["#lam=abc", "#lam=", "#lam=-5&rho=9", "#center=1", "#center=1,x", "#__proto__=1", "#%"],
)
def test_an_address_that_is_no_good_does_no_harm(tab, at):
    opened = tab("corner", at)
    center = opened.data()["values"]["center"]
    values = opened.values()
    assert 0 <= values["lam"] <= 1000
    assert -0.9 <= values["rho"] <= 0.9
    assert values["center"] == center
    assert opened.said == []


@some_pages()
def test_an_address_sets_known_values_within_their_bounds(tab, slug):
    opened = tab(slug)
    assert opened.run(hashes.CHECK, hashes.worst_hashes(opened.values())) == []
    assert opened.said == []


@some_pages()
def test_a_clean_picture_for_embedding(tab, slug):
    opened = tab(slug, "?controls=0")
    assert not opened.page.locator(".controls").is_visible()
    assert not opened.page.locator("h1").is_visible()
    assert opened.page.locator(".panel:visible").count() > 0
    assert opened.page.locator(".readout").is_visible()


@some_pages()
def test_play_runs_to_the_end_and_reset_returns(tab, slug):
    opened = tab(slug)
    before = opened.values()
    play = opened.page.locator(".controls button.main")
    play.click()
    # Some steps on, whatever a machine needs for one.
    opened.page.wait_for_function(
        """() => {
            const seen = (window.seen ??= new Set());
            seen.add(JSON.stringify(regviz.values()));
            return seen.size > 3;
        }"""
    )
    play.click()
    paused = opened.values()
    opened.page.wait_for_timeout(200)
    assert opened.values() == paused != before
    opened.page.get_by_text("Step", exact=True).last.click()
    assert opened.values() != paused
    opened.page.get_by_text("Reset", exact=True).click()
    assert opened.values() == before


@half_of_pages()
def test_labels_keep_clear_of_each_other_and_of_the_edge(shared, slug, lang):
    opened = shared(slug, lang=lang)
    for wide in (1100, 360):
        opened.page.set_viewport_size({"width": wide, "height": 800})
        opened.page.wait_for_timeout(150)
        for lam in (0, 0.3):
            opened.settle(lam=lam)
            met = opened.run(
                """() => [...document.querySelectorAll('.panel')].flatMap((svg) => {
                    const frame = svg.getBoundingClientRect();
                    const texts = [...svg.querySelectorAll('text.label, text.name')]
                        .filter((node) => node.getAttribute('visibility') !== 'hidden');
                    const boxes = texts.map((node) => node.getBoundingClientRect());
                    const found = [];
                    boxes.forEach((a, i) => {
                        if (a.left < frame.left - 2 || a.right > frame.right + 2)
                            found.push(texts[i].textContent + ' at the edge');
                        boxes.slice(i + 1).forEach((b, k) => {
                            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                            if (wide > 2 && high > 5)
                                found.push([i, i + 1 + k].map((at) => texts[at].textContent));
                        });
                    });
                    return found;
                })"""
            )
            assert met == [], (wide, lam)


LABELS = """[...document.querySelectorAll("svg.panel text")]
  .filter((text) => text.getAttribute("visibility") !== "hidden")
  .map((text) => [text.textContent, text.getAttribute("x"), text.getAttribute("y")].join(" "))
  .sort()"""


def at_rest(frame):
    """Return the labels once they have stood still, however busy the machine is."""
    seen = [None]
    while len(seen) < 5 or len({*map(str, seen[-4:])}) > 1:
        frame.wait_for_timeout(150)
        seen.append(frame.evaluate(LABELS))
    return seen[-1]


@some_of("slug", ["l1-loss", "corner"], each=1)()
def test_labels_are_placed_anew_when_a_hidden_or_resized_page_is_seen(chromium, tmp_path, slug):
    """They stand as in a page that was there all the time: widths are 0 while it is hidden."""
    (tmp_path / "page.html").write_text(made(slug)["html"], encoding="utf-8")
    seen = []
    for style in ("width: 600px", "width: 600px; display: none", "width: 900px"):
        around = tmp_path / "around.html"
        around.write_text(
            f'<iframe src="page.html#free=1" style="{style}; height: 800px"></iframe>'
        )
        page = chromium.new_page()
        page.goto(around.as_uri())
        frame = page.frames[1]
        frame.wait_for_load_state()
        page.wait_for_timeout(200)
        page.evaluate(
            "Object.assign(document.querySelector('iframe').style, "
            "{ display: 'block', width: '600px' })"
        )
        seen.append(at_rest(frame))
        page.close()
    assert len(seen[0]) > 5
    assert seen[0] == seen[1] == seen[2]


def test_the_corner_takes_strength_or_budget_a_third_penalty_and_a_start(tab):
    assert tab("corner", values=(("budget", 0.8),)).values()["either"] == "budget"
    opened = tab("corner")
    opened.to(len(opened.data()["picture"]["steps"]))
    assert "A corner can hold a weight at 0" in opened.page.inner_text(".words")
    opened.run("() => regviz.set({ ...regviz.first })")
    opened.page.locator("input[name=either][value=budget]").check()
    opened.run("() => regviz.render()")
    found = opened.values()
    assert (found["lam"], found["budget"]) == (None, 1.19)
    assert opened.page.locator("#budget").is_visible()
    assert not opened.page.locator("#lam").is_visible()
    opened.settle(either="lam")
    assert opened.values()["budget"] is None
    assert opened.values()["lam"] == pytest.approx(0.8, abs=0.01)
    panels = opened.page.locator(".panel")
    assert [panels.nth(at).is_visible() for at in range(3)] == [True, True, False]
    opened.settle(ratio=0.5)
    assert panels.nth(2).is_visible()
    box = opened.page.locator(".grip").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 30, y - 20)
    opened.page.mouse.up()
    start = opened.values()["start"]
    assert start[0] < found["start"][0]
    assert start[1] > found["start"][1]
    assert opened.said == []


#: where parts of a page begin and end that stand below each other
EDGES = """(parts) => parts.flatMap((part) => [...document.querySelectorAll(part)])
    .filter((node) => node.offsetHeight).map((node) => node.getBoundingClientRect())
    .flatMap(({ top, bottom }) => [top, bottom])"""


def stand_below_each_other(opened, *parts):
    """Whether they do so within the window; type is laid to fractions of a pixel."""
    edges = [0, *opened.run(EDGES, parts), opened.page.viewport_size["height"]]
    return all(one < other + 1 for one, other in itertools.pairwise(edges))


@half_of_pages()
def test_picture_verdict_and_play_are_in_sight_together(shared, slug, lang):
    opened = shared(slug, lang=lang, window=(1280, 800))
    for stop in (0, 2):
        opened.to(stop)
        assert opened.run("() => document.documentElement.scrollHeight") <= 800
    # On a phone all that is said stands below the picture and above what is to be done.
    opened.page.set_viewport_size({"width": 360, "height": 740})
    for stop in range(1, len(opened.data()["picture"]["steps"]) + 1):
        opened.to(stop)
        done = (".task", ".controls fieldset")
        assert stand_below_each_other(opened, "h1", ".stage", ".words", *done, ".way"), stop
    # In free play the picture stays above what moves it, and that above what plays.
    opened.to(0)
    opened.page.locator(".drivers").evaluate("node => node.scrollIntoView({block: 'end'})")
    play = ".controls > .buttons"
    assert stand_below_each_other(opened, ".stage", ".drivers", play, ".way")


def test_a_step_keeps_its_heading_when_other_values_are_chosen(tab):
    opened, note = tab("dropout"), "This step was told with other values."
    for chosen, is_told in (({}, True), ({"seed": 3}, False)):
        opened.to(6, **chosen)
        said = opened.page.inner_text(".words")
        assert said.startswith("Each mask, its own optimum")
        assert (note in said) is not is_told


@pytest.mark.parametrize("slug", ["update-steps", "bias-variance"])
def test_panels_are_drawn_at_the_size_that_a_step_leaves_them(tab, slug):
    """One panel, then two beside each other: each is drawn at its own width, not the last."""
    opened = tab(slug)
    widths = """() => [...document.querySelectorAll('svg.panel:not([hidden])')].map((panel) =>
        [panel.viewBox.baseVal.width, panel.clientWidth])"""
    sizes = []
    for stop in (3, 4, 1, 6, 2, 7):
        opened.to(stop)
        sizes += opened.run(widths)  # none in a question of words alone
    assert len(sizes) >= 6
    assert all(drawn == pytest.approx(there, abs=0.5) for drawn, there in sizes)


def test_numbers_that_grow_far_stay_within_their_panel(tab):
    opened = tab("overfitting")
    opened.settle(moved=[0, 0, 0.3, 4e4, *[0] * 20])
    edges = """() => [...document.querySelectorAll('.tick')].map((text) => {
        const edges = [text, text.ownerSVGElement].map((node) => node.getBoundingClientRect());
        return edges[0].left - edges[1].left;
    })"""
    assert min(opened.run(edges)) >= 0


def test_a_contour_does_not_strike_through_the_names_of_a_planes_axes(tab):
    seen = tab("dropout").run("""() => ['x', 'y'].map((axis) => {
        const ground = document.querySelector(`[data-name="ground ${axis}"]`);
        const panel = ground.ownerSVGElement;
        const name = panel.querySelector(`[data-name="axis name ${axis}"]`);
        const [under, written] = [ground, name].map((node) => node.getBoundingClientRect());
        const drawn = [...panel.querySelectorAll('.lines path, rect.under, .name')];
        const order = drawn.map((node) => node.tagName);
        return [under.left, written.left, written.right, under.right,
                order.lastIndexOf('path') < order.indexOf('rect'),
                order.lastIndexOf('rect') < order.indexOf('text')];
    })""")
    for left, first, last, right, *is_between in seen:
        assert left < first < last < right
        assert all(is_between)  # above all lines, and below what is written


def test_dropouts_predictions_stay_within_their_panel(calculator):
    pick = """({ points, limits }) => ["masked", "spread"].flatMap((name) => points[name])
        .every(([, y]) => !(y > limits.jitter[3] || y < limits.jitter[2]))"""
    settings = [{"keep": keep, "masks": masks} for keep in (0.1, 0.3, 1.0) for masks in (1, 50)]
    assert all(calculator("dropout", settings, pick))


@pytest.mark.parametrize("slug", ["rescaling", "logistic"])
def test_no_axis_runs_through_a_number(shared, slug):
    opened = shared(slug)
    struck = opened.run(
        """() => [...document.querySelectorAll("svg.panel:not([hidden])")].flatMap((svg) => {
            const axis = svg.querySelector('[data-name="axis y"]').getBoundingClientRect();
            const across = ({ left, right }) => left + 1 < axis.left && axis.right < right - 1;
            const boxes = [...svg.querySelectorAll(".tick")].map((text) => text.getBoundingClientRect());
            return boxes.filter((box) => across(box) && box.top < axis.bottom && axis.top < box.bottom);
        }).length"""  # noqa: E501
    )
    assert struck == 0
