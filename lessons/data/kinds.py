"""What a column holds: numbers, words that stand for 0 and 1, text, dates, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from regviz.lessons.data.cells import Column

#: pairs of words that are read as 0 and 1, in small letters
_TRUTHS = ({"false": 0.0, "true": 1.0}, {"no": 0.0, "yes": 1.0})
#: words in a column of numbers are slips up to so many, or up to this share of its cells
_FEW_SLIPS, _SLIP_SHARE = 2, 0.1
#: a column varies by rounding only if it varies by less than this share of its numbers
_ROUNDING = 1e-12
#: squares of numbers beyond these are no numbers any more
_LARGEST, _SMALLEST = 1e150, 1e-150

_DATE = re.compile(
    r"""
    \d{4}\s*[-/.년]\s*\d{1,2}(\s*[-/.월]\s*(\d{1,2}일?.*)?)?   # 2024-03-01, with a time too
    | \d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(\D.*)?                 # 3/1/2024
    | \d{1,2}[-\ ]?[A-Za-z]{3,9}\.?[-\ ]?,?\ ?\d{2,4}(\D.*)? # 1 March 2024
    | [A-Za-z]{3,9}\.?[-\ ]?(\d{1,2},?\ )?\d{2,4}(\D.*)?     # March 1, 2024
    | \d{4}-?[QqMW]\d{1,2} | \d{8}T\d{4,6}Z?                 # 2024Q1
    """,
    re.VERBOSE,
)
_MONTHS = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_IDENTIFIER = re.compile(
    r"(.*[\s_.-])?(id|ids|index|idx|rownames?|rownum|rowid|uuid|guid|key|serial|nr|번호|학번|순번)"
    r"|unnamed:?\s*\d+|obs|obsno|no|no\.|caseno?|subject|level_0|.*(?-i:[a-z]I[Dd])",
    re.IGNORECASE,
)


def truths(column: Column) -> Column | None:
    """Return a column of true and false, or yes and no, as 1 and 0; None for another."""
    lowered = [word.lower() for word in column.words]
    pair = next((pair for pair in _TRUTHS if lowered and set(lowered) <= set(pair)), None)
    if pair is None or column.is_number.any() or column.codes is None:
        return None
    values = np.array([*(pair[word] for word in lowered), np.nan])
    return replace(column, numbers=values[column.codes], codes=None, words=())


def what_is_wrong(column: Column) -> str:
    """Return why a column can't be used as numbers, in a few words; empty if it can."""
    n_numbers, n_words = int(column.is_number.sum()), int(column.is_word.sum())
    if n_numbers + n_words == 0:
        return "empty"
    if n_numbers == 0 or (n_words and not is_slip(column)):
        seen = column.words[:20]
        return "dates" if all(map(_is_date, seen)) else "text"
    return "" if n_words else range_fault(column.numbers)


def range_fault(numbers: np.ndarray) -> str:
    """Return why numbers, NaN for missing ones, can't be standardized; empty if they can."""
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    size = max(abs(low), abs(high))
    if size > _LARGEST:
        return "too large to be squared"
    if high - low <= _ROUNDING * size:
        return "constant"
    return "too small to be squared" if high - low < _SMALLEST else ""


def is_mostly_numbers(column: Column) -> bool:
    """Return whether a column holds words, but more numbers."""
    return bool(0 < column.is_word.sum() < column.is_number.sum())


def is_slip(column: Column) -> bool:
    """Return whether the words of a column are few among numbers, as slips are."""
    few = max(_FEW_SLIPS, _SLIP_SHARE * (~column.is_missing).sum())
    return is_mostly_numbers(column) and bool(column.is_word.sum() <= few)


def is_identifier(column: Column) -> bool:
    """Return whether a column of numbers names rows rather than measuring anything.

    That is a first column that counts the rows from 0 or 1, and a column of whole numbers, all
    different, whose name says so. A year or a price is neither.
    """
    numbers = column.numbers[column.is_number]
    if len(numbers) < 2:
        return False
    begins = numbers[0] in (0.0, 1.0)
    if column.position == 0 and begins and bool(np.all(np.diff(numbers) == 1.0)):
        return True
    if not _IDENTIFIER.fullmatch(column.name):
        return False
    return bool(np.all(numbers == np.round(numbers))) and len(np.unique(numbers)) == len(
        numbers
    )


def can_be_learned(column: Column) -> bool:
    """Return whether a column may be what is predicted."""
    numbers = truths(column) or column
    return not what_is_wrong(numbers) and not is_identifier(numbers)


def _is_date(word: str) -> bool:
    if not _DATE.fullmatch(word):
        return False
    months = [part[:3].lower() for part in re.findall(r"[A-Za-z]{3,}", word)]
    return not months or any(map(_MONTHS.fullmatch, months))
