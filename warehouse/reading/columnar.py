"""Parquet, read by DuckDB and turned into text."""

from pathlib import Path

import duckdb

from warehouse.reading.files import Found
from warehouse.reading.header import column_names
from warehouse.reading.model import ReadError, Staged
from warehouse.sql import literal, name

_NESTED = ("STRUCT", "MAP", "UNION", "JSON")


def stage_parquet(con: duckdb.DuckDBPyConnection, found: Found, workdir: Path) -> Staged:
    """Every column as text: times as ISO, zoned ones in UTC with +00, nested values as JSON, whole floats without “.0”.

    Raises ReadError for a damaged file.
    """
    path = workdir / "table.parquet"
    path.unlink(missing_ok=True)
    path.symlink_to(found.path.resolve())
    source = f"read_parquet({literal(str(path))}, binary_as_string = true)"
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error:
        raise ReadError(f"{found.name}: the Parquet file is damaged or cut off; fetch it again.") from None
    columns = column_names([row[0] for row in described], found.name)
    texts = (f"{_text(row[0], row[1])} AS {name(column)}" for row, column in zip(described, columns, strict=True))
    return Staged(f"SELECT {', '.join(texts)} FROM {source}", columns, False, 2, (), "parquet", False)


def _text(column: str, kind: str) -> str:
    value = name(column)
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{value} = trunc({value}) AND abs({value}) < 1e15"
        return (
            f"CASE WHEN isnan({value}) THEN NULL WHEN {whole} THEN {value}::BIGINT::VARCHAR ELSE {value}::VARCHAR END"
        )
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"({value} AT TIME ZONE 'UTC')::VARCHAR || '+00'"
    if kind.startswith(_NESTED) or kind.endswith("]"):
        return f"to_json({value})::VARCHAR"
    return f"nullif({value}::VARCHAR, '')"
