"""What is published: version, rows per table, ledgers and quarantine, read from the served version."""

import json
from pathlib import Path
from typing import Any

import duckdb

from schemas import CONTRACTS
from warehouse.errors import LoadError
from warehouse.publish import current, versions
from warehouse.settings import warehouse_folder

Row = dict[str, Any]


def _open(folder: Path | None) -> tuple[Path, duckdb.DuckDBPyConnection]:
    place = folder or warehouse_folder()
    served = current(place)
    if served is None:
        raise LoadError(f"Nothing has been published in {place} yet. Load files, or make the sample.")
    return served, duckdb.connect(served, read_only=True)


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any] | None = None) -> list[Row]:
    cursor = con.execute(query, values or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def status(folder: Path | None = None) -> Row:
    """``version``, ``tables`` (name -> rows), ``ledgers`` (one line per file and table), ``quarantine`` (rule -> rows),
    ``kept`` (versions on disk) and ``meta``. Raises LoadError when nothing is published."""
    served, con = _open(folder)
    with con:
        tables = {name: {"rows": _rows(con, f"SELECT count(*) AS n FROM {name}")[0]["n"]} for name in CONTRACTS}
        ledgers = _rows(con, "SELECT * FROM ledger ORDER BY loaded_at, table_name, file")
        rules = _rows(
            con,
            "SELECT rule, count(DISTINCT (load_id, file, table_name, row_number)) AS rows FROM rejects "
            "WHERE resolved_in IS NULL GROUP BY rule ORDER BY rule",
        )
        meta = {row["key"]: row["value"] for row in _rows(con, "SELECT key, value FROM meta")}
    return {
        "version": served.stem,
        "tables": tables,
        "ledgers": ledgers,
        "quarantine": {row["rule"]: row["rows"] for row in rules},
        "kept": [path.stem for path in versions(served.parent)],
        "meta": meta,
    }


def as_json(found: object) -> str:
    """JSON with times as text."""
    return json.dumps(found, default=str, ensure_ascii=False, indent=2)


def rejects(
    folder: Path | None = None, *, table: str | None = None, rule: str | None = None, limit: int | None = None
) -> list[Row]:
    """Rows in quarantine that no later load has resolved, in the order of their files. One per row and reason."""
    _, con = _open(folder)
    with con:
        return _rows(
            con,
            "SELECT load_id, file, row_number, table_name, column_name, value, rule, detail, raw FROM rejects "
            "WHERE resolved_in IS NULL AND table_name = coalesce($table, table_name) AND rule = coalesce($rule, rule) "
            "ORDER BY load_id, file, row_number LIMIT $limit",
            {"table": table, "rule": rule, "limit": limit if limit is not None else 2**62},
        )
