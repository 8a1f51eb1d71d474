"""Reads TOML that others may have written, within limits at which reading takes seconds."""

from __future__ import annotations

import re
import tomllib
from typing import Any

#: characters of a file; a lecture of all lessons has 4,000
LARGEST = 500_000
#: parts of a key, joined by dots; a lecture's have 3, and `tomllib` takes their number squared
DEEPEST = 16
_BARE = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
_QUOTED = re.compile(r"[\"'][ \t]*+\.")


def parse(source: str) -> dict[str, Any]:
    """Return what a file says.

    Raises
    ------
    ValueError
        If it is not TOML, or too large; says why.
    """
    if len(source) > LARGEST:
        raise ValueError(f"more than {LARGEST:,} characters; make it shorter")
    for number, line in enumerate(source.split("\n"), 1):
        # Whatever is in quotes: an estimate that no quoting can escape, far above what is said.
        if _BARE.search(line) or len(_QUOTED.findall(line)) >= DEEPEST:
            raise ValueError(f"line {number}: a name has more than {DEEPEST} parts; shorten it")
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_syntax(str(error))) from None
    except (ValueError, RecursionError):  # numbers of over 4,300 digits, or [ without end
        raise ValueError("a number or a list is without end; shorten it") from None


def _syntax(message: str) -> str:
    said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message)
    return f"line {said[2]}, column {said[3]}: {said[1].lower()}" if said else message.lower()
