"""Hostile workbooks, Parquet files and JSON lines."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.reading.hostile_base import HEADER, Hostile
from warehouse.reading import Format

_COLUMNS = HEADER.split(",")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def workbook(fill: Callable[[Any], None]) -> bytes:
    """An .xlsx file; ``fill`` gets the xlsxwriter workbook."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        fill(book)
    return buffer.getvalue()


def _sheet(book: Any, title: str, first: int = 0) -> None:
    sheet = book.add_worksheet(title)
    sheet.write_row(first, 0, _COLUMNS)
    sheet.write_row(first + 1, 0, [1, "nps", 9, datetime(2024, 1, 2, 3, 4, 5), "fine"])
    sheet.write_row(first + 3, 0, [2, "nps", 7.0, datetime(2024, 1, 3), True])


def _two_sheets(book: Any) -> None:
    _sheet(book, "Surveys")
    _sheet(book, "Old")


def _formulas(book: Any) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _COLUMNS)
    sheet.write_row(1, 0, [1, "nps"])
    sheet.write_formula(1, 2, "=4+5", None, 9)
    sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    sheet.write_row(2, 0, [2, "nps", 8])


def zipped(**members: bytes) -> bytes:
    """A ZIP archive; a double underscore in a name stands for a slash, a single one before the ending for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def _bomb() -> bytes:
    return zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(200 << 20))


def _xlsx(
    name: str, make: Callable[[], bytes], good: int = 0, error: str | None = None, fmt: Format | None = None
) -> Hostile:
    return Hostile(name, f"surveys_{name}.xlsx", make, good, 0, error, fmt or Format())


_WORKBOOKS = (
    _xlsx("workbook", lambda: workbook(lambda book: _sheet(book, "Surveys")), 2),
    _xlsx("workbook_with_rows_above", lambda: workbook(lambda book: _sheet(book, "Surveys", 3)), 2),
    _xlsx("workbook_with_formulas", lambda: workbook(_formulas), 2),
    _xlsx("workbook_of_two_sheets", lambda: workbook(_two_sheets), error="several sheets"),
    _xlsx("workbook_sheet_named", lambda: workbook(_two_sheets), 2, fmt=Format(sheet="Old")),
    _xlsx("workbook_sheet_unknown", lambda: workbook(_two_sheets), error="“Surveys”, “Old”", fmt=Format(sheet="New")),
    _xlsx("workbook_without_rows", lambda: workbook(lambda book: book.add_worksheet()), error="is empty"),
    _xlsx("workbook_cut_off", lambda: workbook(lambda book: _sheet(book, "S"))[:-2000], error="cut off or damaged"),
    _xlsx("workbook_bomb", _bomb, error="refused"),
    _xlsx("workbook_of_nothing", lambda: zipped(xl__workbook_xml=b"<workbook"), error="damaged"),
    _xlsx("archive", lambda: zipped(surveys_csv=b"a,b\n1,2\n"), error="ZIP archive"),
    _xlsx("password", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), error="password"),
    _xlsx("text_named_xlsx", lambda: f"{HEADER}\n".encode(), error="damaged or wrongly named"),
    Hostile("workbook_named_csv", "surveys_book.csv", lambda: workbook(lambda book: _sheet(book, "S")), 2),
    Hostile("old_workbook", "surveys.xls", lambda: _OLE + b"Workbook", error=".xlsx"),
    Hostile(
        "web_page", "surveys_page.xls", lambda: b"\n<html><table><tr><td>1</td></tr></table></html>", error="web page"
    ),
)

_TABLE = pa.table(
    {
        "survey_id": pa.array([1, 2**62, None], pa.int64()),
        "kind": ["nps", "nps", ""],
        "score": pa.array([9.0, 7.5, float("nan")]),
        "sent_at": pa.array([datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)] * 3, pa.timestamp("us", "Asia/Shanghai")),
        "comment": [{"a": 1, "b": ["x"]}, None, {"a": 2, "b": []}],
        "day": [date(2024, 2, 29)] * 3,
        "raw": pa.array([b"bytes", b"", None], pa.binary()),
    }
)


def parquet(table: pa.Table) -> bytes:
    """The table as a Parquet file."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _parquet(name: str, make: Callable[[], bytes], good: int = 0, error: str | None = None) -> Hostile:
    return Hostile(name, f"surveys_{name}.parquet", make, good, 0, error)


_COLUMNAR = (
    _parquet("columnar", lambda: parquet(_TABLE), 3),
    _parquet("columnar_without_rows", lambda: parquet(_TABLE.slice(0, 0))),
    _parquet("columnar_cut_off", lambda: parquet(_TABLE)[:-200], error="damaged or cut off"),
    _parquet("columnar_corrupt", lambda: b"PAR1" + bytes(100) + b"PAR1", error="damaged or cut off"),
    _parquet(
        "columnar_twin_columns",
        lambda: parquet(_TABLE.rename_columns([*_COLUMNS, "Kind", "raw"])),
        error="more than once",
    ),
    _parquet("text_named_parquet", lambda: b"a,b\n1,2\n", error="damaged or wrongly named"),
)


def _json(name: str, *lines: object, good: int = 0, broken: int = 0, error: str | None = None) -> Hostile:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    data = "".join(f"{line}\n" for line in texts).encode(errors="surrogateescape")
    return Hostile(name, f"surveys_{name}.jsonl", lambda: data, good, broken, error)


_ONE = {"survey_id": 1, "kind": "nps", "score": 9, "sent_at": "2024-01-02 03:04:05", "comment": "很好"}
_BIG = '{"survey_id": 123456789012345678901234567890, "kind": "nps", "score": 9.10}'

_JSON_LINES = (
    _json("json_lines", _ONE, "", {"survey_id": 2, "kind": "csat", "extra": {"a": [1, None]}}, _BIG, good=3),
    _json("json_cut_off", _ONE, '{"survey_id": 2, "kin', good=1, broken=1),
    _json("json_broken_lines", _ONE, "{'survey_id': 2}", "oops", "[1, 2]", "7", _ONE, good=2, broken=4),
    _json("json_half_surrogate", _ONE, r'{"survey_id": 2, "kind": "nps", "comment": "\ud83d"}', good=1, broken=1),
    _json("json_invalid_utf8", _ONE, '{"survey_id": 2, "kind": "nps", "comment": "\udce9"}', good=1, broken=1),
    _json("json_name_twice", _ONE, '{"survey_id": 2, "survey_id": 3, "kind": "nps"}', good=1, broken=1),
    _json("json_huge_number", _ONE, '{"kind": "nps", "survey_id": ' + "9" * 6000 + "}", good=2),
    _json("json_deep", _ONE, '{"kind": "nps", "comment": ' + "[" * 100_000 + "}", good=1, broken=1),
    _json("json_array", "[", json.dumps(_ONE), "]", error="JSON array"),
    _json("json_without_objects", "1", "2", error="none of the 2 lines"),
    _json("json_blank", "", "", error="none of the 0 lines"),
    _json("json_names_alike", {"kind": "nps", "Kind": "csat"}, error="more than once"),
)

TABLES = (*_WORKBOOKS, *_COLUMNAR, *_JSON_LINES)
