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


def reject_repeats(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, key_text: str) -> int:
    """Earlier rows of a key that comes again in the file: set aside, or counted as updated. Returns the latter.

    ``key_text`` is SQL for the key over the source columns ``s_0``, ``s_1`` …"""
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
        _set_aside(con, job, staged, key, key_text)
    return 0


def _set_aside(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, key: str, key_text: str) -> None:
    """Only bad rows carry their source text through the staging, so these few are looked up in the file again.

    Both sides hold every row of a repeated key in file order, so the n-th here is the n-th there.
    """
    sources = ", ".join(f"{name(column)} AS s_{i}" for i, column in enumerate(staged.columns))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE source_rows AS
        SELECT {key_text} AS key, {source_json(staged)} AS raw FROM (SELECT {sources} FROM ({staged.sql}))
        WHERE {key_text} IN (SELECT s.{key} FROM {job.again} JOIN {job.staged} s ON s.rowid = position)""")
    nth = "row_number() OVER (PARTITION BY key ORDER BY place) AS nth"
    con.execute(f"""
        INSERT INTO new_rejects
        SELECT {job.number}, {_place(job)}, coalesce(earlier._row, position + {staged.first_row}),
            {literal(CONTRACTS[job.table.table].key)}, earlier.key, 'unique',
            (coalesce(later._row, kept + {staged.first_row}))::VARCHAR, raw, NULL
        FROM {job.again}
        JOIN (SELECT *, {nth} FROM (
            SELECT rowid AS place, {key} AS key, _row FROM {job.staged}
            WHERE {key} IN (SELECT key FROM source_rows))) earlier ON place = position
        JOIN {job.staged} later ON later.rowid = kept
        JOIN (SELECT *, {nth} FROM (SELECT rowid AS place, * FROM source_rows)) source
            ON source.key = earlier.key AND source.nth = earlier.nth""")


def rejected_rows(con: duckdb.DuckDBPyConnection, job: Job) -> int:
    """How many rows of the job are set aside, whatever the number of reasons."""
    found = con.execute("SELECT count(DISTINCT row_number) FROM new_rejects WHERE job = ?", [job.number]).fetchall()
    return int(found[0][0])
