"""Files to take away: CSV that opens right in Excel, and XLSX. Each says which filters and definitions it rests on."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

import pyarrow as pa
import xlsxwriter

from ui.tables import heading, worded
from words import t

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_SHEET = re.compile(r"[\[\]:*?/\\']")
_Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class About:
    """What a file rests on: ``sentence`` are the filters in words, ``definitions`` pairs of measure and meaning."""

    lang: str
    title: str
    sentence: str
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    up_to: str
    version: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """(name, text) pairs, in reading order."""
        yield t(self.lang, "export.content"), self.title
        yield t(self.lang, "export.filters"), self.sentence
        for note in self.notes:
            yield t(self.lang, "export.note"), note
        yield from self.definitions
        yield t(self.lang, "export.up_to"), self.up_to
        yield t(self.lang, "export.version"), self.version


def harmless(cell: _Cell) -> _Cell:
    """``cell``, unless a spreadsheet would take it for a formula: then with an apostrophe before it. Numbers stay."""
    if isinstance(cell, str) and cell.startswith(_RISKY) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def as_csv(table: pa.Table, about: About) -> bytes:
    """UTF-8 with a byte-order mark, then after an empty line what the file rests on."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    names, rows = _content(table, about.lang)
    writer.writerow([harmless(name) for name in names])
    writer.writerows([harmless(_plain(cell)) for cell in row] for row in rows)
    writer.writerow([])
    writer.writerows([harmless(part) for part in line] for line in about.lines())
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def as_xlsx(table: pa.Table, about: About) -> bytes:
    """A workbook: rows on the first sheet, what they rest on on the second."""
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        _fill(book, book.add_worksheet(_SHEET.sub(" ", about.title)[:31]), table, about.lang)
        sheet, bold = book.add_worksheet(t(about.lang, "export.about")), book.add_format({"bold": True})
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        for place, (name, text) in enumerate(about.lines()):
            sheet.write_string(place, 0, name, bold)
            sheet.write_string(place, 1, text)
    return file.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: pa.Table, lang: str) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    names, rows = _content(table, lang)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(names) - 1, 0), 18)
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, head)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell[:32767])
            elif isinstance(cell, date):
                sheet.write_datetime(line, place, cell, formats[type(cell)])
            elif cell is not None:
                sheet.write(line, place, cell)


def _content(table: pa.Table, lang: str) -> tuple[list[str], Iterator[tuple[_Cell, ...]]]:
    """Column headings and rows, in ``lang``; columns without any value are left out, and so is
    the running total of a question, which is no column of its rows."""
    filled = [column for column in table.column_names if table.column(column).null_count < max(table.num_rows, 1)]
    shown = worded(table.select([column for column in filled if column != "total"]), lang)
    names = [heading(lang, name) for name in shown.column_names]
    return names, zip(*(_cells(column, lang) for column in shown.columns), strict=True)


def _cells(column: pa.ChunkedArray, lang: str) -> list[_Cell]:
    """The values of one column; yes and no in words."""
    if pa.types.is_boolean(column.type):
        said = {True: t(lang, "export.yes"), False: t(lang, "export.no"), None: None}
        return [said[cell] for cell in column.to_pylist()]
    return list(column.to_pylist())


def _plain(cell: _Cell) -> _Cell:
    return cell.strftime("%Y-%m-%d %H:%M:%S") if isinstance(cell, datetime) else cell
