"""Parquet, read by DuckDB and turned into text."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.reading.files import Found
from warehouse.reading.header import column_names
from warehouse.reading.model import ReadError, Staged
from warehouse.sql import literal, name

_NESTED = ("STRUCT", "MAP", "UNION", "JSON")


def stage_parquet(con: duckdb.DuckDBPyConnection, found: Found, workdir: Path, *, careful: bool) -> Staged:
    """Every column as text: times as ISO, zoned ones in UTC with +00, nested values as JSON, whole floats without “.0”.

    Raises ReadError for a damaged file; damage deep inside one is seen when ``careful``, which reads it all.
    """
    path = workdir / "table.parquet"  # a name without characters that DuckDB takes for a pattern
    path.symlink_to(found.path.resolve())
    source = f"read_parquet({literal(str(path))}, binary_as_string = true)"
    try:
        columns = column_names(pq.read_schema(path).names, found.name)
        described = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        sql = _select(columns, described, source)
        if careful:
            con.execute(f"SELECT count(COLUMNS(*)) FROM ({sql})").fetchall()
    except (duckdb.Error, pa.ArrowException, OSError):
        raise ReadError(f"{found.name}: the Parquet file is damaged or cut off; fetch it again.") from None
    return Staged(sql, columns, False, 2, (), "parquet", False)


def _select(columns: Sequence[str], described: Sequence[Sequence[str]], source: str) -> str:
    texts = (f"{_text(row[0], row[1])} AS {name(column)}" for row, column in zip(described, columns, strict=True))
    return f"SELECT {', '.join(texts)} FROM {source}"


def _text(column: str, kind: str) -> str:
    value = name(column)
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"CASE WHEN {value} = trunc({value}) AND abs({value}) < 1e15 THEN TRY_CAST({value} AS BIGINT) END"
        return f"nullif(coalesce(({whole})::VARCHAR, {value}::VARCHAR), 'nan')"  # isnan() trusts the file's statistics
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"({value} AT TIME ZONE 'UTC')::VARCHAR || '+00'"
    if kind.startswith(_NESTED) or kind.endswith("]"):
        return f"to_json({value})::VARCHAR"
    return f"nullif({value}::VARCHAR, '')"
