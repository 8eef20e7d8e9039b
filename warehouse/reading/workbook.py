"""XLSX workbooks."""

import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from warehouse.reading.error_cells import error_cells
from warehouse.reading.files import Found, size_bound, too_large
from warehouse.reading.header import column_names
from warehouse.reading.model import Format, ReadError, Staged
from warehouse.reading.rows import RowWriter


def stage_workbook(found: Found, fmt: Format, workdir: Path, size_limit: int | None) -> Staged:
    """One sheet's rows. Raises ReadError for a damaged workbook, an unknown sheet, or several sheets and none named."""
    _check(found, size_limit)
    try:
        workbook = CalamineWorkbook.from_path(str(found.path))
        sheet = _sheet(workbook, fmt.sheet, found.name)
        rows = sheet.to_python(skip_empty_area=False)
        for (row, column), text in error_cells(found.path, sheet.name).items():
            rows[row][column] = text
    except (CalamineError, OSError, ValueError, LookupError, SyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise ReadError(f"{found.name}: the workbook is damaged ({error}); save it again as .xlsx.") from None
    return _stage(rows, found.name, fmt, workdir / "rows.parquet")


def _check(found: Found, size_limit: int | None) -> None:
    try:
        with zipfile.ZipFile(found.path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise ReadError(f"{found.name}: the workbook is cut off or damaged ({error}); fetch it again.") from None
    if not any(member.filename.lower() == "xl/workbook.xml" for member in members):
        raise ReadError(
            f"{found.name}: this is a ZIP archive, not an .xlsx workbook; unpack it and load what is inside."
        )
    bound = size_bound(found.path.stat().st_size, size_limit)
    if sum(member.file_size for member in members) > bound:
        raise too_large(found.name, bound)


def _sheet(workbook: CalamineWorkbook, wanted: str | None, file: str) -> CalamineSheet:
    listed = ", ".join(f"“{title}”" for title in workbook.sheet_names)
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            raise ReadError(f"{file}: there is no sheet “{wanted}”; the workbook has {listed}.")
        return workbook.get_sheet_by_name(wanted)
    sheets = [workbook.get_sheet_by_name(title) for title in workbook.sheet_names]
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if not filled:
        raise ReadError(f"{file}: every sheet of the workbook is empty; expected at least a header row.")
    if len(filled) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet in filled)
        raise ReadError(
            f"{file}: the workbook has several sheets with content ({names}); name one in the mapping: sheet = …"
        )
    return filled[0]


def _stage(rows: Sequence[Sequence[Any]], file: str, fmt: Format, target: Path) -> Staged:
    texts = ((number, [cell_text(cell) for cell in row]) for number, row in enumerate(rows, 1))
    filled = [(number, row) for number, row in texts if any(row)]
    if not filled:
        raise ReadError(f"{file}: the sheet is empty; expected at least a header row.")
    width = max(i for _, row in filled for i, cell in enumerate(row, 1) if cell)
    head = filled.pop(0)[1] if fmt.header else fmt.columns or [""] * width
    columns = column_names([*head[:width], *[""] * (width - len(head))], file)
    with RowWriter(target, columns) as writer:
        for number, row in filled:
            writer.add(number, row[:width], sum(map(len, row)))
    return Staged(writer.sql, columns, True, 1, (), "xlsx", False)


def cell_text(cell: Any) -> str:
    """A cell as text: ISO dates, whole numbers without “.0” and in full, true and false."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _duration(cell)
    return str(cell).replace("\0", "")


def _number(value: float) -> str:
    """The shortest exact digits, never with an exponent for whole numbers."""
    if value == int(value):
        return format(Decimal(repr(value)).quantize(Decimal(1)) if abs(value) < 1e15 else Decimal(repr(value)), "f")
    return repr(value)


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
