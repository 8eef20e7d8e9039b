"""A quick look over a whole CSV file for what DuckDB's reader takes differently from the record-by-record reader."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

_CHUNK = 1 << 20
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

_QUOTE, _LF, _CR, _BLANK = b'"\n\r '


def _pair(two: bytes) -> int:
    return int.from_bytes(two, "little")


_BLANK_LINE = tuple(map(_pair, (b"\n\n", b"\n\r", b"\r\r")))
_QUOTE_BLANK = _pair(b'" ')


def is_plain(path: Path, delimiter: str) -> bool:
    """Whether DuckDB reads this UTF-8 file as the careful reader does, or else raises an error.

    It does not where there are NUL bytes, blank lines (they shift row numbers) or blanks between two quoted texts of
    one field. The first pass only looks for such neighbours; where they may stand inside quotes, the second one knows.
    """
    suspicious = False
    for chunk in _chunks(path):
        if 0 in chunk:
            return False
        suspicious = suspicious or _blank_lines_in(chunk) or _quotes_apart_in(chunk)
    return not suspicious or _only_inside_quotes(path, delimiter)


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces that overlap by one byte; the first begins with a line end, as if a line had gone before."""
    with path.open("rb", buffering=0) as handle:
        last = b"\n"
        while chunk := handle.read(_CHUNK):
            yield last + chunk
            last = chunk[-1:]


def _blank_lines_in(chunk: bytes) -> bool:
    codes = _BLANK_LINE if b"\r" in chunk else _BLANK_LINE[:1]
    return any(bool((view == code).any()) for code in codes for view in _pairs(chunk))


def _quotes_apart_in(chunk: bytes) -> bool:
    """Whether a quote is followed by a blank, and that by a blank or quote."""
    text = np.frombuffer(chunk + b" ", np.uint8)  # the byte after the piece is not known: as if it were one
    places = (2 * np.flatnonzero(view == _QUOTE_BLANK) + start for start, view in enumerate(_pairs(chunk)))
    return any(bool(np.isin(text[place + 2], (_QUOTE, _BLANK)).any()) for place in places)


def _pairs(chunk: bytes) -> Iterator[npt.NDArray[np.uint16]]:
    """The bytes taken two by two, from the first and from the second."""
    return (np.frombuffer(chunk, "<u2", count=(len(chunk) - start) // 2, offset=start) for start in (0, 1))


def _only_inside_quotes(path: Path, delimiter: str) -> bool:
    """Counting quotes tells inside from outside as long as each opening one follows a delimiter, line end or quote."""
    before = np.zeros(256, np.bool_)
    before[[ord(delimiter), _LF, _CR, _QUOTE]] = True
    quotes = 0
    for chunk in _chunks(path):
        text = np.frombuffer(chunk, np.uint8)
        places = np.flatnonzero(text[1:] == _QUOTE) + 1
        if not before[text[places[quotes % 2 :: 2] - 1]].all() or _blank_after_closing(text, places, quotes):
            return False
        if _blank_lines_in(chunk) and _blank_outside(text, places, quotes):
            return False
        quotes += len(places)
    return quotes % 2 == 0


def _blank_after_closing(text: Bytes, places: Places, quotes: int) -> bool:
    """Whether a blank follows a closing quote; the last place of ``text`` is left to the next piece."""
    closing = places[(quotes + 1) % 2 :: 2]
    first = quotes % 2 == 0 and text[0] == _QUOTE and text[1] == _BLANK
    return bool(first or (text[closing[closing < len(text) - 1] + 1] == _BLANK).any())


def _blank_outside(text: Bytes, places: Places, quotes: int) -> bool:
    """Whether a blank line stands outside quotes; ``quotes`` came before ``text``."""
    ends = (text == _LF) | (text == _CR)
    blank = np.flatnonzero(ends[1:] & ends[:-1] & ~((text[:-1] == _CR) & (text[1:] == _LF))) + 1
    return bool(((quotes + np.searchsorted(places, blank)) % 2 == 0).any())
