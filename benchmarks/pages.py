"""How large pages are, how soon they are ready and how smoothly they follow the mouse.

Needs the dev group and an installed Chromium; without one this part is left out.
"""

import shutil
import tempfile
from pathlib import Path

from regviz.lecture.job import PageJob
from regviz.lecture.make import make
from regviz.lessons import catalogue

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOVES, SLOWER = 120, 6
WATCH = """() => { window.frames_ = []; let last = performance.now();
    const tick = (now) => { frames_.push(now - last); last = now;
        requestAnimationFrame(tick); };
    requestAnimationFrame(tick); }"""


def report() -> None:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("pages: no browser was found")
        return
    from playwright.sync_api import sync_playwright

    print(f"\npage, kB, ready at {SLOWER}-fold slow-down in ms, 95% of frames within ms")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for entry in catalogue.entries():
            if "page" in entry.media:
                file = Path(folder) / f"{entry.slug}.html"
                file.write_bytes(_made(entry.slug))
                ready, frames = _measured(browser.new_page(), file)
                size = file.stat().st_size / 1000
                print(f"{entry.slug:18} {size:5.1f} {ready:6.0f} {frames:6.1f}")
        browser.close()


def _made(slug: str) -> bytes:
    job = PageJob(
        lesson=slug,
        values={},
        lang="en",
        theme="auto",
        stem="page",
        formats=("html",),
        transparent=False,
        split=False,
    )
    return make(job, lambda _done, _total: None).files["html"]


def _measured(page, file: Path) -> tuple[float, float]:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(file.as_uri())
    page.wait_for_function("() => window.regviz")
    ready = page.evaluate(
        "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    grip = page.locator(".grip").first
    if not grip.count():
        page.close()
        return ready, float("nan")
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(MOVES):
        page.mouse.move(x - step / 2, y + step % 40 / 2)
    page.mouse.up()
    frames = sorted(page.evaluate("() => frames_.slice(3)"))
    page.close()
    return ready, frames[int(0.95 * len(frames))]
