"""The gallery: a page per language that shows a lecture, and how to embed each part of it."""

from __future__ import annotations

from regviz.lecture.gallery.page import page
from regviz.lecture.manifest import Manifest

__all__ = ["pages"]


def pages(manifest: Manifest, *, notes: bool) -> dict[str, bytes]:
    """Return the gallery's files; the lecture's main language is `index.html`.

    Parameters
    ----------
    manifest
        The lecture.
    notes
        Whether to show what the speaker noted.
    """
    links = _links(manifest)
    return {
        page_name(lang, manifest): page(manifest, lang, links, notes=notes).encode()
        for lang in manifest.langs
    }


def page_name(lang: str, manifest: Manifest) -> str:
    """Return the file name of a language's page."""
    return "index.html" if lang == manifest.langs[0] else f"index-{lang}.html"


def _links(manifest: Manifest) -> dict[str, str]:
    return {lang: page_name(lang, manifest) for lang in manifest.langs}
