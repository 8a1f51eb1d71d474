"""Drawn once, looked at by many tests."""

from functools import cache

import figures
from figures.save import encode
from lessons.catalogue import exhibit


@cache
def computed(**parameters):
    return exhibit("corner", parameters)


@cache
def drawn(lang="en", theme="light", aspect="16:9", **parameters):
    return figures.draw_exhibit(computed(**parameters), lang=lang, theme=theme, aspect=aspect)


@cache
def saved_svg():
    return encode(drawn(), "svg").decode()
