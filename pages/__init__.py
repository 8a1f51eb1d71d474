"""Pages: a lesson's exhibit made explorable, as HTML that works anywhere and offline.

>>> from regviz import pages
>>> pages.page("corner", {"rho": 0.6}, lang="ko")  # doctest: +SKIP

A page is one file: its style, its script and its numbers stand in it, and a content policy of
its own, which allows those and nothing else. It asks the network for nothing. A lesson's page
is `<slug>.js` here, made of the modules beside it; where it needs numbers of the exhibit, a
`<slug>.py` with `data(exhibit)` picks them. The mathematics in these scripts is ours and equals
regmath's, which the tests check in a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit


def page(
    slug: str,
    values: Mapping[str, object] | None = None,
    *,
    lang: str = "en",
    theme: str = "auto",
    picture: str = "",
) -> str:
    """Return a lesson's page as one HTML file, computed from parameter values.

    Parameters
    ----------
    slug
        The lesson, such as `corner`.
    values
        The lesson's parameters; what is left out takes its default.
    lang
        `en` or `ko`.
    theme
        `auto` follows the reader's system; `light` or `dark`.
    picture
        SVG for readers without JavaScript; see :func:`regviz.figures.inline.encode`.

    Raises
    ------
    BadInput
        If one of these is unknown or cannot be used.
    """
    from regviz.lessons import catalogue

    shown = catalogue.exhibit(slug, values)
    return page_of(shown, lang=lang, theme=theme, picture=picture)


def page_of(shown: Exhibit, *, lang: str = "en", theme: str = "auto", picture: str = "") -> str:
    """Return the page of an exhibit that has been computed already; see :func:`page`."""
    from regviz.pages.build import build

    (html,) = build(shown, lang=lang, theme=theme, picture=picture).values()
    return html
