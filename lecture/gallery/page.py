"""One page of the gallery, whole: what it needs besides pictures and videos stands in it.

Every text goes through :func:`_text` or :func:`escape`; nothing that comes from a lecture, a
data file or a lesson becomes markup. A policy in the page forbids what it does not contain.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib import resources
from itertools import groupby
from typing import Any

from regviz.lecture.gallery.fonts import font_face
from regviz.lecture.gallery.snippets import snippets
from regviz.lecture.manifest import Entry, Manifest, Missing
from regviz.lecture.timing import clock, vtt_cues
from regviz.lessons.alt import plain
from regviz.lessons.text import Text, load
from regviz.lessons.theme import DARK, LIGHT, Theme

_LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}
#: formats offered for download, in this order
_DOWNLOADS = ("svg", "pdf", "png", "mp4", "webm", "mov", "gif", "srt", "vtt", "html")


def page(manifest: Manifest, lang: str, links: Mapping[str, str]) -> str:
    """Return the page in a language; `links` are the pages of all languages."""
    body = _body(manifest, lang, links)
    style = f"{font_face(manifest.title + body)}{_style()}"
    script = _asset("script.js")
    head = _head(manifest.title, style, script)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n{head}\n<body>\n{body}\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _body(manifest: Manifest, lang: str, links: Mapping[str, str]) -> str:
    text = load(lang)
    items = list(_items(manifest.entries, lang))
    articles = [_article(number, item, text) for number, item in enumerate(items, start=1)]
    return "\n".join(
        [
            f'<a class="skip" href="#lessons">{_text(text, "skip")}</a>',
            _header(manifest, lang, links, text),
            '<div class="columns">',
            _contents(items, text),
            f'<main id="lessons" tabindex="-1">{"".join(articles)}'
            f"{_missing(manifest.missing, text)}</main>",
            "</div>",
            f"<footer>{_text(text, 'footer')}</footer>",
            f'<p id="said" class="hidden" role="status" data-copied="{_text(text, "copied")}"'
            "></p>",
        ]
    )


def _text(text: Text, key: str, **values: object) -> str:
    return escape(text(f"gallery.{key}", **values))


def _items(entries: Sequence[Entry], lang: str) -> Iterator[list[Entry]]:
    """Yield each item's entries in a language, or in another where it has none in it."""
    for _, group in groupby(entries, key=lambda entry: entry.item):
        every = list(group)
        spoken = [entry for entry in every if entry.lang == lang]
        yield spoken or [entry for entry in every if entry.lang == every[0].lang]


# -- the page's frame -----------------------------------------------------------------------


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
            f"script-src {_hash(script)}",
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
        f"<title>{escape(title)}</title>\n<style>{style}</style></head>"
    )


def _hash(inline: str) -> str:
    digest = hashlib.sha256(inline.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _header(manifest: Manifest, lang: str, links: Mapping[str, str], text: Text) -> str:
    author = f'<p class="author">{escape(manifest.author)}</p>' if manifest.author else ""
    others = [
        f'<a href="{escape(link)}" lang="{other}" hreflang="{other}">'
        f"{_LANGUAGE_NAMES[other]}</a>"
        for other, link in links.items()
        if other != lang
    ]
    label = _text(text, "languages")
    switch = f'<nav class="languages" aria-label="{label}">{"".join(others)}</nav>'
    switch = switch if others else ""
    return f"<header><div><h1>{escape(manifest.title)}</h1>{author}</div>{switch}</header>"


def _contents(items: Sequence[list[Entry]], text: Text) -> str:
    rows = "".join(
        f'<li><a href="#item-{number}">{escape(_heading(item))}</a></li>'
        for number, item in enumerate(items, start=1)
    )
    label = _text(text, "contents")
    return f'<nav class="contents" aria-label="{label}"><ol>{rows}</ol></nav>'


def _heading(item: Sequence[Entry]) -> str:
    """Return the lesson's title, and the item's name where that says more."""
    first = item[0]
    given = ", ".join(
        f"{_shown(name)} = {_written(value)}" for name, value in first.given.items()
    )
    return f"{first.title} ({given})" if given else first.title


def _shown(name: str) -> str:
    return "λ" if name == "lam" else name.replace("_", " ")


def _written(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_written, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _missing(missing: Sequence[Missing], text: Text) -> str:
    if not missing:
        return ""
    rows = "".join(
        f"<li><code>{escape(each.name)}</code> ({_medium(each.medium, text)}): "
        f"{escape(each.why)}</li>"
        for each in missing
    )
    heading = _text(text, "missing")
    return f'<section class="missing"><h2>{heading}</h2><ul>{rows}</ul></section>'


def _medium(medium: str, text: Text) -> str:
    return _text(text, f"medium.{medium}")


# -- an item --------------------------------------------------------------------------------


def _article(number: int, item: list[Entry], text: Text) -> str:
    first = item[0]
    lang = _foreign(first, text)
    shown: dict[str, Entry] = {}
    for entry in item:
        shown.setdefault(entry.medium, entry)
    media = [_SHOWN[medium](shown[medium], item, text) for medium in _SHOWN if medium in shown]
    wide = ' class="media pair"' if {"figure", "scene"} <= set(shown) else ' class="media"'
    return (
        f'\n<article id="item-{number}" aria-labelledby="title-{number}">'
        f'<p class="number" aria-hidden="true">{number}</p>'
        f'<h2 id="title-{number}"{lang}>{escape(_heading(item))}</h2>'
        f'<p class="summary"{lang}>{escape(first.summary)}</p>'
        f"<div{wide}>{''.join(media)}</div>"
        f"{_note(first, text)}"
        f'<div class="details">{_numbers(first, text)}{_downloads(item, text)}</div>'
        f"{_own_units(first, number, text)}"
        f"{_commands(shown, number, text)}"
        f"{_embed(list(shown.values()), number, text)}"
        "</article>"
    )


def _foreign(entry: Entry, text: Text) -> str:
    """Return the attribute that marks another language than the page's."""
    return "" if entry.lang == text.lang else f' lang="{entry.lang}"'


def _figure(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    kind = next((kind for kind in ("svg", "png") if kind in entry.files), "")
    if not kind:
        return ""
    dark = [each for each in item if each.medium == "figure" and each.theme == "dark"]
    source = (
        f'<source srcset="{escape(dark[0].files[kind])}" media="(prefers-color-scheme: dark)">'
        if dark and entry.theme == "light"
        else ""
    )
    path = escape(entry.files[kind])
    return (
        f'<figure><a class="frame"{_foreign(entry, text)} href="{path}"><picture>{source}'
        f'<img src="{path}" alt="{escape(entry.alt)}" loading="lazy" width="960" height="540">'
        f"</picture></a><figcaption>{_medium('figure', text)}</figcaption></figure>"
    )


def _video(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    del item
    sources = [
        f'<source src="{escape(entry.files[kind])}" type="video/{kind}">'
        for kind in ("mp4", "webm")
        if kind in entry.files
    ]
    if not sources:
        return ""
    # In the page itself: from a local file, browsers do not let a video read a second file.
    cues = base64.b64encode(vtt_cues(entry.cues).encode()).decode()
    track = (
        f'<track kind="captions" srclang="{entry.lang}" default '
        f'label="{_LANGUAGE_NAMES[entry.lang]}" src="data:text/vtt;base64,{cues}">'
    )
    poster = escape(entry.files.get("poster.png", ""))
    return (
        f'<figure><video class="frame"{_foreign(entry, text)} controls preload="none" '
        f'poster="{poster}" width="{entry.width}" height="{entry.height}" '
        f'aria-label="{escape(entry.alt)}">'
        f"{''.join(sources)}{track}</video>"
        f"<figcaption>{_medium('scene', text)}, {clock(entry.duration)}</figcaption></figure>"
    )


def _page(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    del item
    if "html" not in entry.files:
        return ""
    path = escape(entry.files["html"])
    return (
        f'<figure class="whole"><iframe class="frame"{_foreign(entry, text)} src="{path}" '
        f'loading="lazy" sandbox="allow-scripts" title="{escape(entry.title)}"></iframe>'
        f'<figcaption>{_medium("page", text)}: <a href="{path}">{_text(text, "open")}</a>'
        "</figcaption></figure>"
    )


_SHOWN = {"figure": _figure, "scene": _video, "page": _page}


def _note(entry: Entry, text: Text) -> str:
    if not entry.note:
        return ""
    return f'<p class="note"><strong>{_text(text, "note")}</strong> {escape(entry.note)}</p>'


def _numbers(entry: Entry, text: Text) -> str:
    rows = [
        (_certificate(name, text), f"{value:.1e}" if value else "0")
        for name, value in entry.certificate.items()
    ]
    rows += [(f"λ ({name.upper()})", _number(value)) for name, value in entry.lam.items()]
    if by := entry.lambda_by:
        values = {"folds": by["n_folds"], "seed": by["seed"], "penalty": by["penalty"].upper()}
        rows.append((_raw(text, "lambda_by"), text(f"gallery.by.{by['rule']}", **values)))
    rows += [
        (f"{_raw(text, 'budget')} ({name.upper()})", _number(value))
        for name, value in entry.budget.items()
    ]
    listed = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows
    )
    return f"<section><h3>{_text(text, 'certificate')}</h3><dl>{listed}</dl></section>"


def _own_units(entry: Entry, number: int, text: Text) -> str:
    """Return the optima as models in the data's own units, a column for each."""
    if not entry.own_units:
        return ""
    models = list(entry.own_units.values())
    names = [_optimum(name, text) for name in entry.own_units]
    lines = [(_raw(text, "intercept"), [model["intercept"] for model in models])]
    lines += [
        (term, [model["weights"][term] for model in models]) for term in models[0]["weights"]
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{_term(term, models[0]["rescaled"])}</th>'
        f"{''.join(f'<td>{escape(plain(value, 4))}</td>' for value in values)}</tr>"
        for term, values in lines
    )
    heading = f'<h3 id="units-{number}">{_text(text, "own_units")}</h3>'
    said = [_text(text, "model", target=models[0]["target"])]
    said += [
        _text(text, "rescaled", term=term, **_rescaled(of))
        for term, of in models[0]["rescaled"].items()
    ]
    return (
        f'<section class="units">{heading}<p>{" ".join(said)}</p>'
        f'<div class="scrolled" role="group" tabindex="0" aria-labelledby="units-{number}">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
        "</div></section>"
    )


def _term(term: str, rescaled: Mapping[str, Any]) -> str:
    """Return a feature's name as it is, and a power of a rescaled one with its exponent up."""
    base, _, power = term.partition("^")
    if not power or base not in rescaled:
        return escape(term)
    return f"{escape(base)}<sup>{escape(power)}</sup>"


def _rescaled(of: Mapping[str, Any]) -> dict[str, str]:
    return {
        "feature": of["feature"],
        "center": plain(of["center"], 4),
        "scale": plain(of["scale"], 4),
    }


def _optimum(name: str, text: Text) -> str:
    return name.upper() if name in ("l1", "l2") else _raw(text, f"optimum.{name}")


def _raw(text: Text, key: str) -> str:
    return text(f"gallery.{key}")


def _certificate(name: str, text: Text) -> str:
    known = name == "kkt_residual"
    return _raw(text, "kkt_residual") if known else name.replace("_", " ")


def _number(value: float | None) -> str:
    return "∞" if value is None else f"{value:.4g}"


def _downloads(item: Sequence[Entry], text: Text) -> str:
    links = [
        f'<li><a href="{escape(entry.files[kind])}" download>{kind}'
        f"{_mark(entry, item)}</a></li>"
        for entry in item
        for kind in _DOWNLOADS
        if kind in entry.files
    ]
    heading = _text(text, "download")
    return f'<section><h3>{heading}</h3><ul class="links">{"".join(links)}</ul></section>'


def _mark(entry: Entry, item: Sequence[Entry]) -> str:
    return "" if entry.theme == item[0].theme else f" ({entry.theme})"


def _commands(shown: Mapping[str, Entry], number: int, text: Text) -> str:
    rows = "".join(
        _copied(entry.command, f"command-{number}-{medium}", text)
        for medium, entry in shown.items()
    )
    return f'<section class="commands"><h3>{_text(text, "command")}</h3>{rows}</section>'


def _embed(entries: list[Entry], number: int, text: Text) -> str:
    main = [entry for entry in entries if entry.theme == entries[0].theme]
    panels = "".join(
        f'<details name="embed-{number}"><summary>{_text(text, f"target.{target}")}</summary>'
        f"{_copied(snippet, f'{target}-{number}', text)}</details>"
        for target, snippet in snippets(main, text).items()
    )
    heading = _text(text, "embed")
    return f'<section class="embed"><h3>{heading}</h3><div>{panels}</div></section>'


def _copied(content: str, name: str, text: Text) -> str:
    """Return a text that can be read, selected and, where scripts run, copied by a button."""
    return (
        f'<div class="copied"><pre id="{name}" tabindex="0" translate="no"><code>'
        f"{escape(content)}</code></pre>"
        f'<button type="button" data-copy="{name}" hidden>{_text(text, "copy")}</button></div>'
    )
