import os
import shutil
from dataclasses import replace

import pytest

from regviz.lessons import catalogue
from tests import examples

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

examples.register()
# As in a command's own process: before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Commands are started by the hundred, and each would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(config, items):
    """Leave out long tests, whatever else is chosen, unless they are asked for by name."""
    if "long" in config.getoption("-m"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture
def drawn_in(monkeypatch):
    """Let every lesson be drawn in these media alone."""

    def choose(*media):
        listed = tuple(replace(entry, media=media) for entry in catalogue.entries())
        monkeypatch.setattr(catalogue, "entries", lambda: listed)

    return choose


@pytest.fixture(scope="session")
def chromium():
    """The browser that is installed, one for all tests of a session."""
    pytest.importorskip("playwright", reason="Playwright is not installed")
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        missing = f"no browser was found (looked for {', '.join(_BROWSERS)})"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield browser
        browser.close()
