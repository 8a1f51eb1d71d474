"""How messages advise to give an option, so that it can be copied, and found in a sentence."""

from __future__ import annotations

import re
import shlex

from regviz.lessons.parameters import joined

#: an option in a sentence and its value, a word of a shell; one without quotes neither ends as
#: sentences do nor is a word that goes on with this one
OPTION = re.compile(
    r"--([a-z][a-z-]*)(?: (?!(?:with|names|makes|and|or|to)\b)"
    r"""((?:'[^']*'|"[^"]*"|[^\s;'"]*[^\s;.,'"])+))?"""
)


def option_word(*names: str) -> str:
    """Return names as the command line takes them, in quotes where a shell needs them.

    And where `OPTION` needs them.
    """
    word = joined(names)
    safe = shlex.quote(word)
    found = OPTION.fullmatch(f"--drop {safe}")
    return safe if found and found[2] == safe else f"'{word}'"
