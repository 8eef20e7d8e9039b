"""Hostile gzip files, and files that are no tables at all."""

import gzip
import random
from collections.abc import Callable

from tests.reading.hostile_base import Hostile, row, text
from tests.reading.hostile_tables import parquet, workbook

_PLAIN = text(*map(row, range(1, 6))).encode()


def _packed(name: str, make: Callable[[], bytes], good: int = 0, broken: int = 0, error: str | None = None) -> Hostile:
    return Hostile(name, f"surveys_{name}.csv.gz", make, good, broken, error)


def _junk(name: str, content: bytes, error: str) -> Hostile:
    return Hostile(name, f"surveys_{name}.csv", lambda: content, error=error)


def _noise() -> bytes:
    return random.Random(7).randbytes(5000)


def _book() -> bytes:
    return workbook(lambda book: book.add_worksheet().write_row(0, 0, ["survey_id", "kind"]))


_GZIP = (
    _packed("gzip", lambda: gzip.compress(_PLAIN), 5),
    _packed("gzip_ragged", lambda: gzip.compress(_PLAIN + b"6,nps\n"), 5, 1),
    _packed("gzip_gb18030", lambda: gzip.compress(text(row(1, "送货太慢了"), row(2, "很好")).encode("gb18030")), 2),
    _packed("gzip_two_members", lambda: gzip.compress(_PLAIN) + gzip.compress(row(6).encode()), 6),
    _packed("gzip_cut_off", lambda: gzip.compress(_PLAIN)[:-10], error="cut off or damaged"),
    _packed("gzip_wrong_checksum", lambda: gzip.compress(_PLAIN)[:-8] + bytes(8), error="cut off or damaged"),
    _packed("gzip_of_nothing", lambda: gzip.compress(b""), error="the file is empty"),
    _packed("gzip_twice", lambda: gzip.compress(gzip.compress(_PLAIN)), error="packed twice"),
    _packed("gzip_bomb", lambda: gzip.compress(bytes(100 << 20)), error="refused"),
    Hostile("gzip_not", "surveys_not_packed.csv.gz", lambda: _PLAIN, 5),
    Hostile("gzip_workbook", "surveys_book.xlsx.gz", lambda: gzip.compress(_book()), fits=False),
    Hostile(
        "gzip_json",
        "surveys_lines.jsonl.gz",
        lambda: gzip.compress(b'{"survey_id": 1, "kind": "nps"}\n'),
        1,
        fits=False,
    ),
)

_NO_TABLES = (
    _junk("picture", b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
    _junk("photo", b"\xff\xd8\xff\xe0" + _noise(), "a picture"),
    _junk("document", b"%PDF-1.7\n" + _noise(), "a PDF document"),
    _junk("noise", b"\x01\x02" + _noise(), "binary data"),
    _junk("zeros", bytes(5000), "binary data"),
    _junk("page", b"<!DOCTYPE html>\n<p>Please log in</p>", "web page"),
    _junk("xml", b'\xef\xbb\xbf<?xml version="1.0"?><rows/>', "web page or XML"),
    Hostile("table_named_csv", "surveys_columnar.csv", lambda: parquet(_small()), fits=False),
)


def _small() -> object:
    import pyarrow as pa

    return pa.table({"survey_id": pa.array([], pa.string()), "kind": pa.array([], pa.string())})


PACKED = (*_GZIP, *_NO_TABLES)
