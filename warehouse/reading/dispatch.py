"""The one way in: a file of any kind, staged for DuckDB."""

import tempfile
from pathlib import Path

import duckdb

from warehouse.reading.columnar import stage_parquet
from warehouse.reading.delimited import stage_delimited
from warehouse.reading.files import recognise
from warehouse.reading.lines import stage_lines
from warehouse.reading.model import Format, ReadError, Staged
from warehouse.reading.workbook import stage_workbook


def stage(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    fmt: Format,
    workdir: Path,
    *,
    careful: bool = False,
    size_limit: int | None = None,
) -> Staged:
    """A file's rows, ready to select on ``con``; see Staged. Helper files in ``workdir`` must outlive the SELECT.

    ``careful`` reads delimited text record by record, sets broken records aside, and leaves nothing to fail later.
    ``size_limit`` bounds, in bytes, what a packed file may unpack to. Raises ReadError.
    """
    place = Path(tempfile.mkdtemp(dir=workdir, prefix="read-"))
    try:
        found = recognise(path, fmt, place, size_limit)
        if found.kind == "parquet":
            return stage_parquet(con, found, place, careful=careful)
        if found.kind == "xlsx":
            return stage_workbook(found, fmt, place, size_limit)
        if found.kind == "jsonl":
            return stage_lines(found, fmt, place)
        return stage_delimited(found, fmt, place, careful=careful)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}).") from None
