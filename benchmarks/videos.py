"""Every lesson's video against `manim render` of the same scene: time, memory, size, PSNR.

    python -m benchmarks.videos                      all lessons, at 720p30 and 1080p60
    python -m benchmarks.videos corner --sizes 720p30 --pairs 3

Commands are run in turn, ours and manim's, as a user starts them: imports and all. PSNR is of
what a player shows against the frames as they are drawn, on every 15th frame.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import av
import numpy as np

from regviz.lessons import catalogue
from regviz.scenes.chunks import part
from regviz.scenes.encode import CODECS, Codec
from regviz.scenes.render import Request, assembled, film

ROOT = Path(__file__).parents[1]
SIZES = {"720p30": (1280, 720, 30), "1080p60": (1920, 1080, 60)}
#: the standards of colour that the two encode by; manim's files do not say it
_OURS, _MANIMS = 1, 5
_EVERY = 15
_LOSSLESS = Codec("mp4", "libx264rgb", "bgr0", {"preset": "ultrafast", "qp": "0"})


class Run(NamedTuple):
    """Wall time and processor time of a command in seconds, and its largest process in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure, and print a row for each lesson and the medians of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    slugs = [entry.slug for entry in catalogue.entries() if "scene" in entry.media]
    parser.add_argument("lessons", nargs="*", default=slugs)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--pairs", type=int, default=1)
    options = parser.parse_args()
    for size in options.sizes:
        print(f"\n{size}: seconds, and of manim's wall (and processor) time")
        print(
            f"{'lesson':20}{'manim':>7}{'4 enc.':>7}{'-j 1':>14}{'-j 2':>14}{'MB':>5}"
            f"{'kB':>7}{'manim':>7}{'PSNR':>7}{'manim':>7}  frames in 8 parts"
        )
        rows = [_row(slug, size, options.pairs) for slug in options.lessons]
        ones, twos = zip(*rows, strict=True)
        print(f"median of {len(rows)}: -j 1 {median(ones):.2f}, -j 2 {median(twos):.2f}")


def _row(slug: str, size: str, pairs: int) -> tuple[float, float]:
    """Measure a lesson, print its row, and return the two ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = _commands(slug, size, folder)
        runs = [{of: _run(command) for of, command in commands.items()} for _ in range(pairs)]
        found = {
            of: Run(
                *(median(values) for values in zip(*(run[of] for run in runs), strict=True))
            )
            for of in commands
        }
        ours, theirs = folder / "1.mp4", next((folder / "manim").rglob(f"{_name(slug)}.mp4"))
        drawn, frames = _drawn(slug, size, folder)
        quality = _psnr(drawn, ours, _OURS), _psnr(drawn, theirs, _MANIMS)
        bytes_ = [path.stat().st_size // 1000 for path in (ours, theirs)]
    base = found["manim"]
    ratios = [found[of].wall / base.wall for of in ("1", "2")]
    shown = "".join(
        f"{ratio:8.2f} ({found[of].cpu / base.cpu:.2f})"
        for of, ratio in zip(("1", "2"), ratios, strict=True)
    )
    memory = max(found[of].memory for of in ("1", "2"))
    print(
        f"{slug:20}{base.wall:7.1f}{found['4'].wall:7.1f}{shown}{memory:5.0f}"
        f"{bytes_[0]:7}{bytes_[1]:7}{quality[0]:7.2f}{quality[1]:7.2f}  {frames}",
        flush=True,
    )
    return ratios[0], ratios[1]


def _commands(slug: str, size: str, folder: Path) -> dict[str, list[str]]:
    width, height, fps = SIZES[size]
    ours = [sys.executable, "-m", "regviz", "render", slug, "-r", f"{width},{height}"]
    ours += ["--fps", str(fps), "--captions", "none"]
    manim = [sys.executable, "-m", "manim", "render", "--disable_caching", "-v", "ERROR"]
    manim += ["--progress_bar", "none", "-r", f"{width},{height}", "--fps", str(fps)]
    scene = [str(ROOT / "scenes" / f"{catalogue.module_name(slug)}.py"), _name(slug)]
    four = ["--max-inflight-encoders", "4", "--media_dir", str(folder / "four")]
    return {
        "1": [*ours, "-j", "1", "-o", str(folder / "1.mp4")],
        "manim": [*manim, "--media_dir", str(folder / "manim"), *scene],
        "2": [*ours, "-j", "2", "-o", str(folder / "2.mp4")],
        "4": [*manim, *four, *scene],
    }


def _name(slug: str) -> str:
    return slug.title().replace("-", "")


def _run(command: list[str]) -> Run:
    """Run a command; what it started counts, once that has ended."""
    start = time.perf_counter()
    # Not by subprocess: only this call tells what one child took.
    with open(os.devnull, "w") as nowhere:
        actions = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    wall = time.perf_counter() - start
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)


def _drawn(slug: str, size: str, folder: Path) -> tuple[Path, str]:
    """Return the frames as they are drawn, without loss, and how 8 parts share them."""
    width, height, fps = SIZES[size]
    before, CODECS["mp4"] = CODECS["mp4"], _LOSSLESS
    try:
        request = Request(lesson=slug, width=width, height=height, fps=fps)
        filming = film(request, folder / "drawn")
        made = assembled(request, filming, folder)
    finally:
        CODECS["mp4"] = before
    parts = (part(filming.chunks, index, 8) for index in range(8))
    shares = [sum(chunk.n_frames for chunk in some) for some in parts]
    return made.files["mp4"], " ".join(map(str, shares))


def _psnr(drawn: Path, coded: Path, matrix: int) -> float:
    """Return the peak signal-to-noise ratio in dB, of red, green and blue."""
    errors = []
    for one, other in zip(_frames(drawn, None), _frames(coded, matrix), strict=True):
        errors.append(np.mean((one.astype(float) - other) ** 2))
    return float(10 * np.log10(255**2 / np.mean(errors)))


def _frames(path: Path, matrix: int | None) -> Iterator[Any]:
    """Yield every so-manyth frame in red, green and blue."""
    told: Mapping[str, int] = {}
    if matrix is not None:
        told = {"src_colorspace": matrix, "src_color_range": 1, "dst_color_range": 2}
    with av.open(str(path)) as video:
        video.streams.video[0].thread_type = "AUTO"
        for frame in islice(video.decode(video=0), 0, None, _EVERY):
            yield frame.reformat(format="rgb24", **told).to_ndarray()


if __name__ == "__main__":
    main()
