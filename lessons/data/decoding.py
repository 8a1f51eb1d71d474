"""From bytes to text: by a mark at the beginning, as UTF-8, or as Korean Windows writes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from regviz.lessons.data.source import Opener
from regviz.lessons.errors import BadInput

#: marks at the beginning of a file; the longer first, since the shorter begins it
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 18
_TRY = "give --encoding, such as cp1252 (Western), cp949 (Korean), cp932 or gb18030"


def encoding_of(opener: Opener, said: str, forced: str | None) -> tuple[str, str]:
    """Return the encoding of a file, and what to say of it where it had to be guessed.

    The whole file is decoded once, block by block, so that reading it later cannot fail.

    Parameters
    ----------
    opener
        Opens the file.
    said
        What messages call it.
    forced
        The encoding that the user gave.

    Raises
    ------
    BadInput
        If it is no text, or in no encoding that can be told.
    """
    if forced is not None:
        # A mark at the beginning is none of the first name's letters.
        encoding = "utf-8-sig" if codecs.lookup(forced).name == "utf-8" else forced
        at = _first_error(opener, said, encoding)
        if at is not None:
            raise BadInput(f"{said} is not {forced} text (byte {at}); give another --encoding.")
        return encoding, ""
    with opener() as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    encoding = marked or "utf-8"
    at = _first_error(opener, said, encoding)
    if at is None:
        return encoding, f"{marked.upper()} text" if marked in {"utf-16", "utf-32"} else ""
    if marked is None and _first_error(opener, said, "cp949") is None and _is_korean(opener):
        return "cp949", "Korean text (cp949)"
    if marked is not None:
        raise BadInput(f"{said} is no {encoding} text (byte {at}), as its first bytes say.")
    raise BadInput(
        f"{said} is not UTF-8 text (byte {at}), nor Korean (cp949); {_TRY}, or save it as "
        "UTF-8 CSV."
    )


def _decoded(opener: Opener, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with opener() as file:
        while block := file.read(_BLOCK):
            yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _first_error(opener: Opener, said: str, encoding: str) -> int | None:
    """Return which byte, about, is no text in an encoding; None if all is."""
    n_letters = 0
    try:
        for text in _decoded(opener, encoding):
            if "\0" in text:
                raise BadInput(
                    f"{said} holds NUL bytes and is no CSV text; save it as CSV, or give "
                    "--encoding utf-16 if it is UTF-16."
                )
            n_letters += len(text.encode("utf-8", "surrogatepass"))
    except UnicodeError as error:
        return n_letters + getattr(error, "start", 0)
    return None


def _is_korean(opener: Opener) -> bool:
    """Return whether the letters that cp949 makes of it are mostly those of Korean.

    Western text in another encoding has single bytes that are no ASCII; some of them decode
    together with the letter behind them, but to syllables that Korean hardly uses.
    """
    n_korean = n_foreign = 0
    for text in _decoded(opener, "cp949"):
        foreign = [letter for letter in text if letter > "\x7f"]
        n_foreign += len(foreign)
        n_korean += sum(min(letter.encode("cp949")) >= 0xA1 for letter in foreign)
    return 2 * n_korean >= n_foreign
