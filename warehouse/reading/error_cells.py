"""Cells of a workbook that hold an error such as #DIV/0!. The workbook reader gives them as empty; they are not."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


def error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """The texts of a sheet's error cells by row and column, both from 0."""
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        content = archive.read(part) if part in archive.namelist() else b""
    if b't="e"' not in content:
        return {}
    cells = ((_PLACE.search(cell[1]), _VALUE.search(cell[2])) for cell in _CELL.finditer(content))
    return {(int(at[2]) - 1, _column(at[1])): value[1].decode() for at, value in cells if at and value}


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name inside the archive of the sheet called ``sheet``."""
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter()
    wanted = next((node.get(_RELATION) for node in sheets if node.get("name") == sheet and node.get(_RELATION)), None)
    for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        if node.get("Id") == wanted:
            target = node.get("Target", "")
            return target[1:] if target.startswith("/") else f"xl/{target}"
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
