"""One page of the gallery, whole: what it needs besides pictures and videos stands in it.

Every text goes through :func:`_text` or :func:`escape`; nothing that comes from a lecture, a
data file or a lesson becomes markup. A policy in the page forbids what it does not contain.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import Any

from regviz.lecture import titles
from regviz.lecture.frames import SCRIPT
from regviz.lecture.gallery.snippets import snippets
from regviz.lecture.html import inline, to_html
from regviz.lecture.manifest import Entry, Item, Manifest, Missing, said
from regviz.lecture.markdown import blocks, intro
from regviz.lecture.timing import clock, vtt_cues
from regviz.lessons.alt import plain
from regviz.lessons.text import Text, load
from regviz.lessons.theme import DARK, LIGHT, Theme
from regviz.lessons.web_fonts import font_face

_LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}
#: formats offered for download, in this order
_DOWNLOADS = ("svg", "pdf", "png", "mp4", "webm", "mov", "gif", "srt", "vtt", "html")


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
    style = f"{font_face(title + body)}{_style()}"
    script = _asset("script.js")
    head = _head(title, style, script)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n{head}\n<body>\n{body}\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _body(manifest: Manifest, lang: str, links: Mapping[str, str], notes: bool) -> str:
    text = load(lang)
    shown = list(_shown(manifest, lang))
    parts = [_part(each, text, notes) for each in shown]
    return "\n".join(
        [
            f'<a class="skip" href="#lessons">{_text(text, "skip")}</a>',
            _header(manifest, lang, links, text),
            '<div class="columns">',
            _contents(shown, text),
            f'<main id="lessons" tabindex="-1">{"".join(parts)}'
            f"{_missing(manifest.missing, text)}</main>",
            "</div>",
            f"<footer>{_text(text, 'footer')}</footer>",
            f'<p id="said" class="hidden" role="status" data-copied="{_text(text, "copied")}"'
            "></p>",
        ]
    )


def _titled(title: str) -> str:
    return inline(titles.read(title))


def _text(text: Text, key: str, **values: object) -> str:
    return escape(text(f"gallery.{key}", **values))


@dataclass(frozen=True)
class _Shown:
    """An item as a page shows it; `number` counts lessons, and entries are a lesson's."""

    at: int
    item: Item
    lang: str
    number: int
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The item's title; a text may have none."""
        return said(self.item.title, self.lang)

    @property
    def place(self) -> str:
        """What leads to it from the contents."""
        return f"item-{self.number}" if self.entries else f"part-{self.at}"


def _shown(manifest: Manifest, lang: str) -> Iterator[_Shown]:
    """Yield each item in a language, or in another where it is not there in that one."""
    number = 0
    for at, item in enumerate(manifest.items):
        every = [entry for entry in manifest.entries if entry.item == at]
        if item.kind == "lesson" and not every:
            continue  # none of it is made; what is missing is listed apart
        there = [e.lang for e in every] or list(item.text or item.title)
        spoken = lang if lang in there else next(iter(there), lang)
        number += item.kind == "lesson"
        entries = tuple(entry for entry in every if entry.lang == spoken)
        yield _Shown(at, item, spoken, number, entries)


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
        f"{_LANGUAGE_NAMES[other]}</a>"
        for other, link in links.items()
        if other != lang
    ]
    label = _text(text, "languages")
    switch = f'<nav class="languages" aria-label="{label}">{"".join(others)}</nav>'
    switch = switch if others else ""
    title = _titled(said(manifest.title, lang))
    return f"<header><div><h1>{title}</h1>{author}</div>{switch}</header>"


def _contents(shown: Sequence[_Shown], text: Text) -> str:
    rows = "".join(
        f'<li class="{each.item.kind}"><a href="#{each.place}">{_titled(each.title)}</a></li>'
        for each in shown
        if each.item.kind != "text"
    )
    label = _text(text, "contents")
    return f'<nav class="contents" aria-label="{label}"><ol>{rows}</ol></nav>'


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


def _part(shown: _Shown, text: Text, notes: bool) -> str:
    note = _note(shown, text) if notes else ""
    if shown.item.kind == "lesson":
        return _article(shown, note, text)
    title = f"<h2>{_titled(shown.title)}</h2>" if shown.title else ""
    place = f' id="{shown.place}"' if shown.item.kind == "section" else ""
    words = blocks(said(shown.item.text or shown.item.intro, shown.lang))
    return (
        f'\n<section class="{shown.item.kind}"{place}{_foreign(shown.lang, text)}>{title}'
        f'<div class="said">{to_html(words)}</div>{note}</section>'
    )


def _article(each: _Shown, note: str, text: Text) -> str:
    number, item = each.number, each.entries
    first = item[0]
    lang = _foreign(first.lang, text)
    shown: dict[str, Entry] = {}
    for entry in item:
        shown.setdefault(entry.medium, entry)
    media = [_SHOWN[medium](shown[medium], item, text) for medium in _SHOWN if medium in shown]
    wide = ' class="media pair"' if {"figure", "scene"} <= set(shown) else ' class="media"'
    summary = intro(said(each.item.intro, first.lang), first.summary)
    return (
        f'\n<article id="item-{number}" aria-labelledby="title-{number}">'
        f'<p class="number" aria-hidden="true">{number}</p>'
        f'<h2 id="title-{number}"{lang}>{_titled(first.title)}</h2>'
        f'<div class="summary said"{lang}>{to_html(summary)}</div>'
        f"<div{wide}>{''.join(media)}</div>"
        f"{note}"
        f'<div class="details">{_numbers(first, text)}{_downloads(item, text)}</div>'
        f"{_own_units(first, number, text)}"
        f"{_commands(shown, number, text)}"
        f"{_embed(list(shown.values()), number, text)}"
        "</article>"
    )


def _foreign(lang: str, text: Text) -> str:
    """Return the attribute that marks another language than the page's."""
    return "" if lang == text.lang else f' lang="{lang}"'


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
        f'<figure><a class="frame"{_foreign(entry.lang, text)} href="{path}"><picture>{source}'
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
    # Browsers print a player and not its poster.
    still = f'<img class="frame paper" src="{poster}" alt="">' if poster else ""
    return (
        f'<figure><video class="frame"{_foreign(entry.lang, text)} controls preload="none" '
        f'poster="{poster}" width="{entry.width}" height="{entry.height}" '
        f'aria-label="{escape(entry.alt)}">'
        f"{''.join(sources)}{track}</video>{still}"
        f"<figcaption>{_medium('scene', text)}, {clock(entry.duration)}</figcaption></figure>"
    )


def _page(entry: Entry, item: Sequence[Entry], text: Text) -> str:
    if "html" not in entry.files:
        return ""
    path, lang = escape(entry.files["html"]), _foreign(entry.lang, text)
    title = escape(titles.plain(entry.title))
    return (
        f'<figure class="whole live"><iframe class="frame"{lang} src="{path}" '
        f'loading="lazy" sandbox="allow-scripts" title="{title}"></iframe>'
        f'<figcaption>{_medium("page", text)}: <a href="{path}">{_text(text, "open")}</a>'
        f"</figcaption></figure>{_poster(entry, item)}"
    )


def _poster(page: Entry, item: Sequence[Entry]) -> str:
    """Return the figure that stands for a page on paper, where none does already."""
    kind = next((kind for kind in ("poster.svg", "poster.png") if kind in page.files), "")
    if not kind or any(entry.medium == "figure" for entry in item):
        return ""
    path, alt = escape(page.files[kind]), escape(page.alt)
    return f'<figure class="whole paper"><img class="frame" src="{path}" alt="{alt}"></figure>'


_SHOWN = {"figure": _figure, "scene": _video, "page": _page}


def _note(shown: _Shown, text: Text) -> str:
    note = said(shown.item.note, shown.lang)
    return (
        f'<p class="note"><strong>{_text(text, "note")}</strong> {escape(note)}</p>'
        if note
        else ""
    )


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
