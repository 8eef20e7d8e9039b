"""A quick look over a whole CSV file for what DuckDB's reader takes differently from the record-by-record reader."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

_CHUNK = 1 << 20
Bytes = npt.NDArray[np.uint8]

_QUOTE, _LF, _CR = 34, 10, 13


def _pair(two: bytes) -> int:
    return int.from_bytes(two, "little")


_BLANK_LINE = tuple(map(_pair, (b"\n\n", b"\n\r", b"\r\r")))
_BLANK_QUOTE = tuple(map(_pair, (b' "', b'" ')))


def is_plain(path: Path, delimiter: str) -> bool:
    """Whether DuckDB reads this UTF-8 file as the careful reader does, or else raises an error.

    It does not where there are NUL bytes, blank lines (they shift row numbers) or blanks beside the quotes of a field.
    The first pass only looks for such pairs of bytes; where they may stand inside quoted text, the second one knows.
    """
    suspicious = False
    for chunk in _chunks(path):
        if 0 in chunk:
            return False
        suspicious = suspicious or _has_pairs(chunk)
    return not suspicious or _only_inside_quotes(path, delimiter)


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces that overlap by one byte; the first begins with a line end, as if a line had gone before."""
    with path.open("rb", buffering=0) as handle:
        last = b"\n"
        while chunk := handle.read(_CHUNK):
            yield last + chunk
            last = chunk[-1:]


def _has_pairs(chunk: bytes) -> bool:
    codes = (_BLANK_LINE[:1] if b"\r" not in chunk else _BLANK_LINE) + (_BLANK_QUOTE if b'"' in chunk else ())
    views = [np.frombuffer(chunk, "<u2", count=(len(chunk) - start) // 2, offset=start) for start in (0, 1)]
    return any(bool((view == code).any()) for code in codes for view in views)


def _only_inside_quotes(path: Path, delimiter: str) -> bool:
    """Counting quotes tells inside from outside as long as each opening one follows a delimiter, line end or quote."""
    before = np.array([ord(delimiter), _LF, _CR, _QUOTE], np.uint8)
    quotes = 0
    for chunk in _chunks(path):
        text = np.frombuffer(chunk, np.uint8)
        places = np.flatnonzero(text[1:] == _QUOTE) + 1
        opening = places[quotes % 2 :: 2]
        if not np.isin(text[opening - 1], before).all() or not _clean_outside(text, places, quotes):
            return False
        quotes += len(places)
    return quotes % 2 == 0


def _clean_outside(text: Bytes, places: npt.NDArray[np.int64], quotes: int) -> bool:
    """No blank line outside quotes, and no blank after a closing quote. ``quotes``: how many came before ``text``."""
    ends = (text == _LF) | (text == _CR)
    blank = np.flatnonzero(ends[1:] & ends[:-1] & ~((text[:-1] == _CR) & (text[1:] == _LF))) + 1
    outside = (quotes + np.searchsorted(places, blank)) % 2 == 0
    after = np.flatnonzero((text[:-1] == _QUOTE) & (text[1:] == 32)) + 1
    closed = (quotes + np.searchsorted(places, after)) % 2 == 0
    return not outside.any() and not closed.any()
