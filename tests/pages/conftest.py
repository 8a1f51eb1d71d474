"""One page for each lesson, for all tests of a session."""

import base64
import json
import re
import zlib
from functools import cache
from pathlib import Path

import pytest

from regviz.lecture.job import PageJob
from regviz.lecture.make import make
from regviz.lessons import catalogue, text
from regviz.lessons.errors import BadInput
from tests.covering import half_of

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "pages"
SLUGS = [entry.slug for entry in catalogue.entries() if "page" in entry.media]


def pytest_collection_modifyitems(items):
    """Let the tests of a lesson's page follow each other, so that it is loaded once."""
    here = [at for at, item in enumerate(items) if item.path.parent == HERE]
    ours = sorted((items[at] for at in here), key=_lesson)
    for at, item in zip(here, ours, strict=True):
        items[at] = item


def _lesson(item):
    called = getattr(item, "callspec", None)
    slug = called.params.get("slug") if called else None
    return SLUGS.index(slug) if slug in SLUGS else -1


@cache
def made(slug, lang="en", theme="auto", split=False, values=()):
    """A page's files as `regviz page` makes them, by suffix."""
    job = PageJob(
        lesson=slug,
        values=dict(values),
        lang=lang,
        theme=theme,
        stem="page",
        formats=("html",),
        transparent=False,
        split=split,
    )
    try:
        files = make(job, lambda _done, _total: None).files
    except BadInput as error:
        if "fonts" in str(error):
            pytest.skip(str(error))
        raise
    return {suffix: content.decode() for suffix, content in files.items()}


def unpacked(html, name):
    """What stands deflated in an element of a page."""
    (letters,) = re.findall(
        rf'<script type="application/zlib" id="{name}">(.*?)</script>', html
    )
    return zlib.decompress(base64.b64decode(letters)).decode()


def data_of(html):
    """What a page's script begins with."""
    return json.loads(unpacked(html, "data"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def filed(folder):
    """Write a page to a file and return its address."""

    def write(slug, **options):
        name = "-".join([slug, *(str(part) for part in options.values() if part)])
        path = folder / f"{''.join(c if c.isalnum() else '-' for c in name)[:80]}.html"
        if not path.exists():
            path.write_text(made(slug, **options)["html"], encoding="utf-8")
        return path.as_uri()

    return write


class Tab:
    """A page that is open, and all that it said and asked for."""

    def __init__(self, context, address):
        self.context = context
        self.said, self.asked = [], []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.go(address)

    def go(self, address):
        self.page.goto(address)
        self.page.wait_for_function("() => window.regviz")
        # letters of another width would move what is to be clicked
        self.page.evaluate("() => document.fonts.ready.then(() => null)")

    def run(self, script, *given):
        return self.page.evaluate(script, *given)

    def settle(self, **values):
        """Set values and wait until they are drawn."""
        self.run("(values) => { regviz.set(values); regviz.render(); }", values)

    def to(self, step, **values):
        """Go to the end of a guided step, or to free play, which is 0."""
        self.run("(step) => { regviz.go(step); regviz.render(); }", step)
        self.settle(**values)

    def data(self):
        return self.run("() => regviz.page")

    def values(self):
        return self.run("() => regviz.values()")


@pytest.fixture
def tab(chromium, filed):
    """Open a lesson's page in a window of its own."""
    opened = []

    def open_page(
        slug,
        at="#free=1",
        *,
        window=(1100, 900),
        dark=False,
        touch=False,
        motion=None,
        **options,
    ):
        context = chromium.new_context(
            viewport={"width": window[0], "height": window[1]},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            reduced_motion=motion,
        )
        opened.append(context)
        return Tab(context, filed(slug, **options) + at)

    yield open_page
    for context in opened:
        context.close()


#: the language of a lesson's page where one is enough
LANG = {slug: text.LANGUAGES[at % 2] for at, slug in enumerate(SLUGS)}
#: half of the lessons in that language, by turns; all else is long
half_of_pages = half_of(
    "slug,lang",
    [*LANG.items()],
    [(slug, lang) for slug in SLUGS for lang in text.LANGUAGES if lang != LANG[slug]],
)


@pytest.fixture(scope="session")
def shared(chromium, filed):
    """A lesson's page, loaded once for the tests that follow each other, as it opens at first.

    Nothing moves by itself in it.
    """
    opened = {}

    def open_page(slug, at=0, lang=None, window=(1100, 900)):
        key = slug, lang or LANG[slug]
        if key not in opened:
            while opened:
                opened.popitem()[1].context.close()
            context = chromium.new_context(reduced_motion="reduce")
            opened[key] = Tab(context, filed(slug, lang=key[1]) + "#free=1")
        page = opened[key]
        page.page.set_viewport_size({"width": window[0], "height": window[1]})
        page.run("() => { scrollTo(0, 0); regviz.set({ ...regviz.first }); }")
        page.to(at)
        return page

    yield open_page
    for page in opened.values():
        page.context.close()


@pytest.fixture
def twin(chromium):
    """What an expression in the scope of modules of pages is, as a function on JSON."""
    page = chromium.new_page()

    def load(function, *modules):
        lines = [
            line.removeprefix("export ")
            for name in modules
            for line in (PAGES / name).read_text(encoding="utf-8").splitlines()
            if not line.startswith("import ")
        ]
        scope = "\n".join([*lines, f"return {function};"])
        page.add_script_tag(content=f"window.twin = (() => {{ {scope} }})();")
        return lambda *given: page.evaluate("(given) => twin(...given)", [*given])

    yield load
    page.close()


@pytest.fixture(scope="session")
def calculator(chromium, filed, shared):
    """A page's `compute` as a function; a page with options of its own is opened for it."""

    def calculate(slug, settings, pick, **options):
        script = f"""(settings) => settings.map((values) =>
            (({pick}))(regviz.compute({{ ...regviz.values(), ...values }}), values))"""
        if not options:
            return shared(slug).run(script, settings)
        opened = Tab(chromium.new_context(), filed(slug, **options))
        found = opened.run(script, settings)
        opened.context.close()
        return found

    return calculate
