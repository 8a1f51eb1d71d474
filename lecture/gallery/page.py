"""One page of the gallery, whole: what it needs besides pictures and videos stands in it.

Every text goes through :func:`worded` or :func:`escape`; nothing that comes from a lecture, a
data file or a lesson becomes markup. A policy in the page forbids what it does not contain.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources

from regviz.lecture import titles
from regviz.lecture.before import Before
from regviz.lecture.frames import SCRIPT
from regviz.lecture.gallery.item import part
from regviz.lecture.gallery.shown import Shown, places, shown_in
from regviz.lecture.gallery.words import LANGUAGE_NAMES, medium_word, titled, worded
from regviz.lecture.manifest import Manifest, Missing, said
from regviz.lessons.text import Text, load
from regviz.lessons.theme import DARK, LIGHT, Theme
from regviz.lessons.web_fonts import faces


def page(manifest: Manifest, lang: str, links: Mapping[str, str], *, notes: bool) -> str:
    """Return the page in a language.

    Parameters
    ----------
    manifest
        The lecture.
    lang
        The page's language.
    links
        The pages of all languages.
    notes
        Whether to show what the speaker noted.
    """
    body = _body(manifest, lang, links, notes)
    title = titles.plain(said(manifest.title, lang))
    style = f"{faces(title + body)}{_style()}"
    script = _asset("script.js")
    head = _head(title, style, script)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n{head}\n<body>\n{body}\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _body(manifest: Manifest, lang: str, links: Mapping[str, str], notes: bool) -> str:
    text = load(lang)
    shown = list(shown_in(manifest, lang))
    before = Before(lang, places(shown))
    parts = [part(each, before, text, notes) for each in shown]
    return "\n".join(
        [
            f'<a class="skip" href="#lessons">{worded(text, "skip")}</a>',
            _header(manifest, lang, links, text),
            '<div class="columns">',
            _contents(shown, before, text),
            f'<main id="lessons" tabindex="-1">{"".join(parts)}'
            f"{_missing(manifest.missing, text)}</main>",
            "</div>",
            f"<footer>{worded(text, 'footer')}</footer>",
            f'<p id="said" class="hidden" role="status" data-copied="{worded(text, "copied")}"'
            "></p>",
        ]
    )


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8").strip()


def _style() -> str:
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {_colors(DARK)} }} }}"
    return f":root {{ {_colors(LIGHT)} }}\n{dark}\n{_asset('style.css')}"


def _colors(theme: Theme) -> str:
    roles = ("background", "ink", "muted", "loss", "l1", "l2", "region")
    return " ".join(f"--{role}: {getattr(theme, role)};" for role in roles)


def _head(title: str, style: str, script: str) -> str:
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(SCRIPT)} {_hash(script)}",
            "font-src data:",
            "img-src 'self' data:",
            "media-src 'self' data:",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return (
        f'<head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n"
        f"<script>{SCRIPT}</script></head>"
    )


def _hash(inline: str) -> str:
    digest = hashlib.sha256(inline.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _header(manifest: Manifest, lang: str, links: Mapping[str, str], text: Text) -> str:
    name = escape(said(manifest.author, lang))
    author = f'<p class="author">{name}</p>' if name else ""
    others = [
        f'<a href="{escape(link)}" lang="{other}" hreflang="{other}">'
        f"{LANGUAGE_NAMES[other]}</a>"
        for other, link in links.items()
        if other != lang
    ]
    label = worded(text, "languages")
    switch = f'<nav class="languages" aria-label="{label}">{"".join(others)}</nav>'
    switch = switch if others else ""
    title = titled(said(manifest.title, lang))
    return f"<header><div><h1>{title}</h1>{author}</div>{switch}</header>"


def _contents(shown: Sequence[Shown], before: Before, text: Text) -> str:
    listed = [each for each in shown if each.item.kind != "text"]
    topics = [""] * len(listed)
    if all(each.entries for each in listed):  # no sections of the lecturer's own
        topics = before.headings([each.entries[0].lesson for each in listed])
    rows = "".join(
        (f'<li class="topic">{escape(topic)}</li>' if topic else "")
        + f'<li class="{each.item.kind}"><a href="#{each.place}">{titled(each.title)}</a></li>'
        for topic, each in zip(topics, listed, strict=True)
    )
    label = worded(text, "contents")
    return f'<nav class="contents" aria-label="{label}"><ol>{rows}</ol></nav>'


def _missing(missing: Sequence[Missing], text: Text) -> str:
    if not missing:
        return ""
    rows = "".join(
        f"<li><code>{escape(each.name)}</code> ({medium_word(each.medium, text)}): "
        f"{escape(each.why)}</li>"
        for each in missing
    )
    heading = worded(text, "missing")
    return f'<section class="missing"><h2>{heading}</h2><ul>{rows}</ul></section>'
