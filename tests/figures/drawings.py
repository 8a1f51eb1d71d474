"""Drawn once, looked at by many tests."""

from functools import cache

from regviz import figures
from regviz.figures.save import encode
from regviz.lessons import catalogue

#: every lesson that has a figure
LESSONS = tuple(entry.slug for entry in catalogue.entries() if "figure" in entry.media)


@cache
def computed(lesson="corner", **parameters):
    return catalogue.exhibit(lesson, parameters)


@cache
def drawn(lesson="corner", lang="en", theme="light", aspect="16:9", **parameters):
    shown = computed(lesson, **parameters)
    return figures.draw_exhibit(shown, lang=lang, theme=theme, aspect=aspect)


def artist(gid, lesson="corner", **options):
    """Return the one artist of that name."""
    found = drawn(lesson, **options).findobj(lambda artist: artist.get_gid() == gid)
    assert len(found) == 1, (gid, found)
    return found[0]


def part(gid, lesson="corner", **options):
    """Return the vertices of the one artist of that name."""
    named = artist(gid, lesson, **options)
    if hasattr(named, "get_xydata"):
        return named.get_xydata()
    return named.get_xy() if hasattr(named, "get_xy") else named.get_path().vertices


@cache
def saved_svg(lesson="corner"):
    return encode(drawn(lesson), "svg").decode()
