"""Rows that are set aside, with the rule they break and the source row, in the temporary table ``new_rejects``."""

from dataclasses import asdict

import duckdb
import pyarrow as pa

from schemas import CONTRACTS
from warehouse.checks import Check, text_name
from warehouse.job import Job, count, source_json
from warehouse.mapping import ColumnMap
from warehouse.reading import Staged
from warehouse.sql import literal, name


def _place(job: Job) -> str:
    return f"{literal(job.path.name)} AS file, {literal(job.table.table)} AS table_name"


def reject_bad(
    con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, columns: tuple[ColumnMap, ...], found: list[Check]
) -> None:
    """Every reason of every bad row."""
    texts = ", ".join(f"_text.{text_name(column.ours)} AS {text_name(column.ours)}" for column in columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE bad AS SELECT *, {texts}, "
        f"coalesce(_row, rowid + {staged.first_row}) AS row_number FROM {job.staged} WHERE _bad"
    )
    row_key = name(CONTRACTS[job.table.table].key)
    for check in found:
        con.execute(
            f"INSERT INTO new_rejects SELECT {job.number}, {_place(job)}, row_number, {literal(check.column)}, "
            f"{text_name(check.column)}, {literal(check.rule)}, {literal(check.detail)}, _raw, {row_key} "
            f"FROM bad WHERE {check.condition}"
        )


def reject_broken(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged) -> None:
    """The records that the reader could not split into columns."""
    if not staged.broken:
        return
    con.register("broken", pa.Table.from_pylist([asdict(record) for record in staged.broken]))
    con.execute(
        f"INSERT INTO new_rejects SELECT {job.number}, {_place(job)}, row_number, NULL, NULL, rule, detail, "
        "to_json(raw), NULL FROM broken"
    )
    con.unregister("broken")


def reject_repeats(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged) -> int:
    """Earlier rows of a key that comes again in the file: set aside, or counted as updated. Returns the latter."""
    contract = CONTRACTS[job.table.table]
    con.execute(f"CREATE TEMP TABLE {job.again} (position BIGINT, kept BIGINT)")
    if job.table.key == "occurrence":
        return 0
    key = name(contract.key)
    con.execute(f"""
        INSERT INTO {job.again}
        SELECT s.rowid, last FROM {job.staged} s
        JOIN (SELECT {key} AS k, max(rowid) AS last FROM {job.staged} WHERE NOT _bad GROUP BY k HAVING count(*) > 1)
        ON s.{key} = k AND s.rowid < last WHERE NOT _bad""")
    repeated = count(con, job.again)
    if job.table.repeats == "replace":
        return repeated
    if repeated:
        _set_aside(con, job, staged, key)
    return 0


def _set_aside(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, key: str) -> None:
    """The rows themselves are read again: only bad rows carry their source text through the staging."""
    sources = ", ".join(f"{name(column)} AS s_{i}" for i, column in enumerate(staged.columns))
    con.execute(f"""
        INSERT INTO new_rejects
        SELECT {job.number}, {_place(job)}, coalesce(earlier._row, position + {staged.first_row}),
            {literal(CONTRACTS[job.table.table].key)}, earlier.{key}, 'unique',
            (coalesce(later._row, kept + {staged.first_row}))::VARCHAR, source._raw, NULL
        FROM {job.again}
        JOIN {job.staged} earlier ON earlier.rowid = position
        JOIN {job.staged} later ON later.rowid = kept
        JOIN (SELECT {source_json(staged)} AS _raw, row_number() OVER () - 1 AS nth
              FROM (SELECT {sources} FROM ({staged.sql}))) source ON nth = position""")


def rejected_rows(con: duckdb.DuckDBPyConnection, job: Job) -> int:
    """How many rows of the job are set aside, whatever the number of reasons."""
    found = con.execute("SELECT count(DISTINCT row_number) FROM new_rejects WHERE job = ?", [job.number]).fetchall()
    return int(found[0][0])
