"""The guided steps of a page: the way through them, questions, tasks, and presets."""

import itertools
import json
import re
from functools import cache

import numpy as np
import pytest

from regviz.lessons import catalogue, text
from regviz.lessons.picture import Said
from regviz.lessons.question import Choice, Guess, Wrong, judge
from regviz.lessons.story import Section, Step, Story, played, questions
from regviz.pages.build import build
from regviz.pages.guided import parted, said_of
from tests.covering import some_of
from tests.pages.conftest import SLUGS, Tab, half_of_pages, made, unpacked


@cache
def told(slug):
    """A lesson's exhibit, picture and story, kept, as all tests here need them."""
    lesson, shown = catalogue.load(slug), catalogue.exhibit(slug)
    return lesson, shown, lesson.picture(shown), lesson.story(shown)


ASKING = [slug for slug in SLUGS if questions(told(slug)[3])]


# ---- the way


def test_the_way_is_gone_by_buttons_and_keys_and_kept_in_the_address(tab):
    opened = tab("thresholds", "", motion="reduce")
    on, back = (opened.page.locator(f".way .buttons button >> nth={at}") for at in (2, 0))
    assert opened.values()["stop"] == 1
    assert back.is_disabled()
    assert opened.page.locator("h2").inner_text() == "A weight goes in, a weight comes out"
    assert opened.page.locator("#live input:visible").count() == 0
    on.click()
    opened.page.keyboard.press("ArrowRight")
    assert opened.values()["stop"] == 3
    opened.page.wait_for_function("() => location.hash === '#step=3'")
    # Only what the step is about can be moved.
    visible = opened.page.locator("#live input[type=range]:visible")
    assert [each.get_attribute("id") for each in visible.all()] == ["z"]
    visible.press("ArrowRight")
    opened.page.wait_for_function("() => /^#z=[\\d.]+&step=3$/.test(location.hash)")
    again = tab("thresholds", opened.run("() => location.hash"), motion="reduce")
    assert again.values() == opened.values()
    back.click()
    assert opened.values()["stop"] == 2
    last = len(opened.data()["picture"]["steps"])
    opened.to(last)
    opened.page.keyboard.press("ArrowRight")
    assert opened.values()["stop"] == 0
    opened.page.wait_for_function("() => location.hash.includes('free=1')")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.values()["stop"] == last
    assert opened.said == []


@pytest.mark.parametrize(
    ("at", "stop"),
    [("", 1), ("?step=3", 3), ("?free=1", 0), ("#step=99", 12), ("#step=-1", 1), ("#z=3", 0),
     ("?controls=0", 0), ("?controls=0&step=4", 4), ("#free=1&step=4", 4), ("#step=x&z=1", 0)],
)  # fmt: skip
def test_an_address_says_where_a_page_opens(tab, at, stop):
    assert tab("thresholds", at, motion="reduce").values()["stop"] == stop


def test_a_step_plays_unless_motion_is_not_wanted_and_can_be_skipped(tab):
    calm = tab("thresholds", "?step=3", motion="reduce")
    assert not calm.run("() => regviz.isPlaying()")
    moving = tab("thresholds", "?step=3")
    assert moving.run("() => regviz.isPlaying()")
    seen = moving.run(
        """async () => { const seen = new Set(); regviz.go(3, { moves: true });
            while (regviz.isPlaying() && seen.size < 4) {
                await new Promise(requestAnimationFrame); seen.add(regviz.values().z); }
            return seen.size; }"""
    )
    assert seen == 4
    moving.page.locator(".way .buttons button >> nth=1").click()
    assert not moving.run("() => regviz.isPlaying()")
    assert moving.values() == calm.values()
    # Moved by hand, a step is at its end first.
    moving.page.locator(".way .buttons button >> nth=1").click()
    assert moving.run("() => regviz.isPlaying()")
    moving.page.locator("#z").press("ArrowRight")
    assert not moving.run("() => regviz.isPlaying()")
    assert moving.values()["z"] > calm.values()["z"]
    assert moving.said == []


@half_of_pages()
def test_every_step_is_as_the_story_says_and_in_sight(shared, slug, lang):
    _, _, picture, story = told(slug)
    spoken = text.load(lang)
    opened = shared(slug, 1, lang, window=(1280, 800))
    for at, beats in enumerate(parted(story, picture), 1):
        stop = beats[-1][1]
        opened.to(at)
        values = opened.values()
        for name, place in stop.at.items():
            assert values[name] == pytest.approx(float(picture.driver(name).values[place]))
        panels = opened.page.locator(".panel:not([hidden])").count()
        assert panels == len(stop.panels)
        heading = opened.page.locator("h2").text_content()
        assert heading.startswith(said_of(stop.heading, spoken)[0].split("<")[0])
        # what presses a step on is seen with its picture
        box = opened.page.locator(".way .main").bounding_box()
        assert box["y"] + box["height"] <= 800
    assert opened.said == []


# ---- questions


def answers(question, rng, n=40):
    """Answers of all kinds: at random, and about those that are right or often given."""
    if isinstance(question, Choice):
        return list(range(len(question.options)))
    known = [question.truth, *(wrong.answer for wrong in question.wrongs)]
    off = (-2.5, -1.01, -0.99, 0.0, 0.5, 1.0, 1.01)
    found = [one + share * question.near for one in known for share in off]
    found += [question.truth + rng.normal(size=question.truth.shape) for _ in range(n)]
    return [one.tolist() for one in found]


@some_of("slug", ASKING, each=6)(first=("thresholds",))
def test_a_page_judges_as_python_does(chromium, filed, slug):
    _, _, picture, story = told(slug)
    spoken, rng = text.load("en"), np.random.default_rng(3)
    opened = Tab(chromium.new_context(), filed(slug) + "#free=1")
    asked = [beats[0][1].ask for beats in parted(story, picture)]
    for at, question in enumerate(asked):
        if question is None:
            continue
        given = answers(question, rng)
        found = opened.run(
            """([at, given]) => given.map((answer) =>
                regviz.judge(regviz.page.picture.steps[at].ask, answer))""",
            [at, given],
        )
        for answer, verdict in zip(given, found, strict=True):
            wanted = judge(question, answer)
            assert verdict["isRight"] is wanted.is_right, answer
            reply = json.loads(json.dumps(said_of(wanted.reply, spoken)))
            assert verdict["reply"] == reply, answer
    opened.context.close()


MET = """() => {
    const all = [...document.documentElement.querySelectorAll("*")].filter((node) => node.tagName !== "SCRIPT" && node.tagName !== "STYLE");
    return [document.body.innerText, ...all.flatMap((node) => [...node.attributes].map(({ value }) => value)),
        ...all.filter((node) => !node.children.length).map((node) => node.textContent)].join("\\n");
}"""  # noqa: E501


#: what is said to the answers of a step's question, with its places filled
REPLIES = """(at) => {
    const { ask } = regviz.page.picture.steps[at - 1];
    const all = ask.options ? ask.options.map(([, reply]) => reply)
        : [...ask.replies, ...ask.wrongs.map(([, reply]) => reply)];
    return all.map(([html, values]) => {
        const node = document.createElement("p");
        node.innerHTML = html;
        for (const place of node.querySelectorAll("[data-v]")) place.textContent = values[place.dataset.v];
        return node.textContent;
    });
}"""  # noqa: E501


@half_of_pages()
def test_nothing_answers_a_question_before_it_is_answered(shared, slug, lang):
    _, _, picture, story = told(slug)
    html = made(slug, lang=lang)["html"]
    opened = shared(slug, 1, lang, window=(360, 740))
    assert opened.page.locator("#still, .idea:visible").count() == 0
    for at, beats in enumerate(parted(story, picture), 1):
        stop = beats[0][1]
        if stop.ask is None:
            continue
        opened.to(at)
        replies = ["".join(reply.split()) for reply in opened.run(REPLIES, at)]
        met = "".join(f"{opened.run(MET)}{re.sub('<[^>]*>', '', html)}".split())
        assert not [reply for reply in replies if reply in met]
        drawn = opened.run(
            """() => [...document.querySelectorAll(".lines [data-name], .marks [data-name]")]
                .map((node) => node.dataset.name)"""
        )
        marks = {mark.name for mark in picture.marks} & {*drawn}
        assert marks <= stop.shown
        assert opened.page.locator("#live fieldset:not([hidden])").count() == 0
        # on a phone, too, what settles an answer is in sight
        row, way = (
            opened.page.locator(part).bounding_box() for part in (".asking .buttons", ".way")
        )
        assert row["y"] + row["height"] <= way["y"]
        opened.page.locator(".asking .buttons button >> nth=1").click()
        opened.run("() => regviz.render()")
        assert opened.page.locator(".reply").inner_text().strip()
    assert opened.said == []


def test_a_place_is_pointed_at_by_mouse_or_keys_and_stays_beside_the_truth(tab):
    opened = tab("thresholds", "?step=2", motion="reduce")
    check = opened.page.locator(".asking .main")
    assert check.is_disabled()
    box = opened.page.locator(".sketch").bounding_box()
    opened.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.5)
    opened.run("() => regviz.render()")
    assert opened.page.locator("[data-name=yours]").count() == 1
    assert opened.page.locator("[data-name=truth]").count() == 0
    opened.page.locator("#answer-1").press("Home")
    check.click()
    opened.run("() => regviz.render()")
    assert "L1 takes the same off every weight" in opened.page.locator(".reply").inner_text()
    assert opened.page.locator("[data-name=truth]").count() == 1
    opened.page.keyboard.press("ArrowRight")
    opened.run("() => regviz.render()")
    assert opened.page.locator("[data-name=yours]").count() == 1
    opened.page.keyboard.press("ArrowLeft")
    opened.run("() => regviz.render()")
    assert "L1 takes the same off every weight" in opened.page.locator(".reply").inner_text()
    opened.to(4)
    opened.page.locator("input[name=answer] >> nth=3").check(force=True)
    check.click()
    opened.run("() => regviz.render()")
    assert opened.page.locator(".reply .true").inner_text().startswith("Neither")
    assert opened.page.locator(".reply.right").count() == 1
    assert opened.said == []


@pytest.fixture
def asked_otherwise(monkeypatch, tmp_path):
    """A page whose story asks for a number, and for a curve."""
    lesson, shown, _, _ = told("thresholds")
    usual = {
        "prompt": Said("thresholds.ask.keeps.prompt"),
        "right": Said("thresholds.ask.keeps.none"),
        "off": Said("thresholds.ask.keeps.l2"),
        "near": 0.2,
    }
    wrong = Wrong(np.array([4.0]), Said("thresholds.ask.keeps.net"))
    number = Guess(
        name="n", kind="number", truth=np.array([2.50001]), wrongs=(wrong,), high=5.0, **usual
    )  # fmt: skip
    curve = Guess(
        name="c", kind="curve", truth=np.array([0.0, 1.0, 2.0]), panel="convex",
        sees=("free-convex",), across=np.array([1.0, 2.0, 3.0]), **usual,
    )  # fmt: skip
    story = Story((Section("ask", (Step(ask=number), Step(ask=curve))),))
    monkeypatch.setattr(lesson, "story", lambda _: story)
    path = tmp_path / "page.html"
    path.write_text(build(shown)["html"], encoding="utf-8")
    return path.as_uri()


def test_a_number_and_a_curve_are_answered(chromium, asked_otherwise):
    opened = Tab(chromium.new_context(reduced_motion="reduce"), asked_otherwise)
    assert opened.page.inner_text(".how") == "Give a number."
    opened.page.locator(".parts input[type=number]").fill("4.1")
    opened.page.locator(".asking .main").click()
    opened.run("() => regviz.render()")
    reply = opened.page.locator(".reply").inner_text()
    assert "You said 4.1; it is 2.5" in reply
    assert "The elastic net does what both L1 and L2 do" in reply
    opened.page.keyboard.press("ArrowRight")
    opened.run("() => regviz.render()")
    assert opened.page.inner_text(".how").endswith("Tab and the arrow keys work, too.")
    across = opened.data()["picture"]["steps"][1]["ask"]["across"]
    box, (left, right, bottom, top) = (
        opened.page.locator(".sketch").bounding_box(),
        (-2, 6, -2, 6),
    )
    spots = [
        (
            box["x"] + box["width"] * (x - left) / (right - left),
            box["y"] + box["height"] * (top - y) / (top - bottom),
        )
        for x, y in zip(across, [0.1, 1.1, 1.9], strict=True)
    ]
    opened.page.mouse.move(*spots[0])
    opened.page.mouse.down()
    for spot in spots[1:]:
        opened.page.mouse.move(*spot)
    opened.page.mouse.up()
    opened.page.locator(".asking .main").click()
    opened.run("() => regviz.render()")
    assert opened.page.locator(".reply.right").count() == 1
    assert opened.page.locator("[data-name='truth line']").count() == 1
    assert opened.said == []
    opened.context.close()


# ---- tasks, and what is worth seeing

TASKS = [
    (slug, at, step.task)
    for slug in SLUGS
    for at, beats in enumerate(parted(told(slug)[3], told(slug)[2]), 1)
    for step, _ in beats
    if step.task is not None
]


def tried(task, slug, shown, at):
    """Yield what is true and what the values are where a task's things stand, some thousand."""
    lesson = catalogue.load(slug)
    picture = lesson.picture(shown)
    drivers = [each.name for each in picture.drivers]
    offered = [
        picture.driver(name).values if name in drivers else picture.knobs[name]
        for name in task.moves
    ]
    every = max(1, int(np.prod([len(each) for each in offered]) ** (1 / len(offered)) / 60))
    for values in itertools.product(*(each[::every].tolist() for each in offered)):
        asked = dict(zip(task.moves, values, strict=True))
        own = {name: value for name, value in asked.items() if name not in drivers}
        moved = {name: asked[name] for name in asked.keys() & {*drivers}}
        seen = catalogue.exhibit(slug, own) if own else shown
        drawn = lesson.picture(seen) if own else picture
        rest = drawn.rest if own else at
        stands = {**rest, **{n: _at(picture.driver(n), v) for n, v in moved.items()}}
        yield lesson.claims(seen, stands), {**value_of(drawn, stands), **asked}


def _at(driver, value):
    return int(np.flatnonzero(driver.values == value)[0])


def value_of(picture, at):
    return {name: float(picture.driver(name).values[place]) for name, place in at.items()}


@pytest.mark.parametrize(("slug", "step", "task"), TASKS, ids=[f"{s}-{n}" for s, n, _ in TASKS])
def test_a_task_can_be_done_and_is_not_done_at_first(shared, slug, step, task):
    lesson, shown, picture, story = told(slug)
    start = parted(story, picture)[step - 1][-1][1].at
    assert not task.is_done(lesson.claims(shown, start), value_of(picture, start))
    done = next(
        values for said, values in tried(task, slug, shown, start) if task.is_done(said, values)
    )
    opened = shared(slug, step)
    assert opened.page.locator(".task.done").count() == 0
    assert not (task.claims or task.tells) or opened.page.inner_text(".readout").strip()
    for name in task.moves:
        assert opened.page.locator(f"#{name}").is_visible()
    opened.settle(**{name: done[name] for name in task.moves})
    assert opened.page.locator(".task.done").count() == 1
    assert opened.said == []


@pytest.mark.parametrize("values", [{"lam": 0.5, "gamma": 1.1}, {"lam": 3.0, "gamma": 3.9}])
def test_a_task_of_thresholds_can_be_done_at_all_knobs(values):
    lesson = catalogue.load("thresholds")
    shown = catalogue.exhibit("thresholds", values)
    picture, story = lesson.picture(shown), lesson.story(shown)
    ((task, start),) = [(s.task, stop.at) for s, stop in played(story, picture) if s.task]
    assert not task.is_done(lesson.claims(shown, start), value_of(picture, start))
    assert any(task.is_done(*each) for each in tried(task, "thresholds", shown, start))


@pytest.mark.parametrize(
    ("slug", "step", "panel"),
    [
        ("logistic", 6, "weights"),
        ("price-and-budget", 2, "curve"),
        ("overfitting", 8, "fit"),
    ],
)
def test_a_phone_leafs_to_the_panel_that_a_step_is_about(tab, slug, step, panel):
    opened = tab(slug, f"#step={step}", window=(360, 740), motion="reduce")
    strip = opened.page.locator(".stage").bounding_box()
    beat = opened.data()["picture"]["steps"][step - 1]["beats"][-1]
    seen = opened.page.locator(".panel:not([hidden])").all()
    boxes = [(each.bounding_box()["x"], each.locator(".leaf").count()) for each in seen]
    there = [at for at, (x, _) in enumerate(boxes) if abs(x - strip["x"]) < 1]
    assert [beat["panels"][at] for at in there] == [panel]
    assert {dots for _, dots in boxes} == {len(seen)}


def test_a_phone_leafs_to_the_first_panel_in_free_play(tab):
    opened = tab("l2-loss", "#step=9", window=(360, 740), motion="reduce")
    strip, first = opened.page.locator(".stage"), opened.page.locator(".panel").first
    assert first.bounding_box()["x"] < strip.bounding_box()["x"] - 1
    opened.page.locator(".way .free button").click()
    opened.settle()
    assert first.bounding_box()["x"] == pytest.approx(strip.bounding_box()["x"], abs=1)


def test_a_long_title_ends_before_the_dots_of_a_strip(tab):
    opened = tab("ridge-shrinkage", window=(360, 740), motion="reduce")
    panel = opened.page.locator(".panel").first
    title, dot = (panel.locator(each).first.bounding_box() for each in (".title", ".leaf"))
    assert title["x"] + title["width"] <= dot["x"]
    opened.page.set_viewport_size({"width": 1280, "height": 800})
    opened.settle()
    assert panel.locator(".title").bounding_box()["width"] > title["width"]


@pytest.mark.parametrize("slug", [s for s in SLUGS if told(s)[2].presets])
def test_what_is_worth_seeing_is_shown_at_a_press(shared, slug):
    opened = shared(slug)
    for at, values in enumerate(told(slug)[2].presets.values()):
        opened.page.locator(".presets button").nth(at).click()
        found = opened.values()
        for name, value in values.items():
            assert found[name] == (list(value) if isinstance(value, tuple) else value), name
    assert opened.said == []


def test_a_link_to_what_is_seen_is_copied(chromium, filed):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = Tab(context, filed("thresholds") + "#free=1")
    opened.settle(lam=1)
    opened.page.get_by_role("button", name="Copy link").click()
    opened.page.get_by_role("button", name="Copied").wait_for()
    copied = opened.run("() => navigator.clipboard.readText()")
    assert copied.endswith("#lam=1&free=1")
    context.close()


@pytest.mark.parametrize("dark", [False, True])
def test_what_has_no_colour_of_its_own_is_in_ink(tab, dark):
    opened = tab("sparsity-count", dark=dark)
    ink = opened.run("() => getComputedStyle(document.body).color")
    bar = "() => getComputedStyle(document.querySelector('.bar.regularized')).fill"
    assert opened.run(bar) == ink


def test_a_page_keeps_the_theme_it_is_built_with_or_follows_the_reader(tab):
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light, dark = (tab("thresholds", dark=dark).run(paper) for dark in (False, True))
    assert light != dark
    assert tab("thresholds", dark=True, theme="light").run(paper) == light
    assert tab("thresholds", theme="dark").run(paper) == dark


def test_what_a_page_holds_deflated_is_not_met_in_its_source():
    html = made("thresholds")["html"]
    assert "L2 pulls the harder the larger the weight is" in unpacked(html, "data")
    assert "L2 pulls the harder the larger the weight is" not in html


def test_a_page_of_data_keeps_all_digits_in_its_steps(tab):
    """What a step sets is rounded to what is shown; what the page came with is not chosen."""
    asked = (("data", "diabetes"), ("features", "bmi,bp"))
    opened = tab("zone-map", "", motion="reduce", values=asked)
    assert opened.values()["center"] == opened.data()["values"]["center"]
    assert "other values" not in opened.page.inner_text("body")
