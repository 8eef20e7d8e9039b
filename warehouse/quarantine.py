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


def reject_late(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, mapped: set[str]) -> int:
    """Rows that only the company of others shows to be bad: unknown references, and earlier rows of a repeated key.

    Where the mapping lets repeats update, the earlier rows are not bad; their number is returned.
    """
    con.execute(f"CREATE TEMP TABLE {job.late} (position BIGINT, column_name VARCHAR, rule VARCHAR, detail VARCHAR)")
    for column, parent in CONTRACTS[job.table.table].references.items():
        if column in mapped and parent in job.parents:
            con.execute(
                f"INSERT INTO {job.late} SELECT rowid, {literal(column)}, 'reference', {literal(parent)} "
                f"FROM {job.staged} WHERE {name(column)} NOT IN (SELECT key FROM {job.parents[parent]})"
            )
    updates = job.table.repeats == "replace"
    if job.table.key != "occurrence":
        _mark_repeats(con, job, staged, "superseded" if updates else "unique")
    if count(con, f"{job.late} WHERE rule <> 'superseded'"):
        _set_aside(con, job, staged)
    return count(con, f"{job.late} WHERE rule = 'superseded'")


def _mark_repeats(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, rule: str) -> None:
    key = CONTRACTS[job.table.table].key
    con.execute(f"""
        INSERT INTO {job.late}
        WITH good AS (
            SELECT rowid AS place, {name(key)} AS key, coalesce(_row, rowid + {staged.first_row}) AS number
            FROM {job.staged} WHERE NOT _bad AND rowid NOT IN (SELECT position FROM {job.late})
        ),
        repeated AS (SELECT key, max(place) AS place, max(number) AS number FROM good GROUP BY key HAVING count(*) > 1)
        SELECT good.place, {literal(key)}, {literal(rule)}, repeated.number::VARCHAR
        FROM repeated JOIN good ON good.key = repeated.key AND good.place < repeated.place""")


def _set_aside(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged) -> None:
    """Only bad rows carry their source text through the staging, so these few are looked up in the file again."""
    sources = ", ".join(f"{name(column)} AS s_{i}" for i, column in enumerate(staged.columns))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE source_rows AS
        SELECT place, {source_json(staged)} AS raw
        FROM (SELECT row_number() OVER () - 1 AS place, {sources} FROM ({staged.sql}))
        WHERE place IN (SELECT position FROM {job.late} WHERE rule <> 'superseded')""")
    contract = CONTRACTS[job.table.table]
    values = " ".join(
        f"WHEN {literal(column)} THEN s.{name(column)}" for column in {contract.key, *contract.references}
    )
    con.execute(f"""
        INSERT INTO new_rejects
        SELECT {job.number}, {_place(job)}, coalesce(s._row, position + {staged.first_row}), column_name,
            CASE column_name {values} END, rule, detail, raw,
            CASE WHEN rule <> 'unique' THEN s.{name(contract.key)} END
        FROM {job.late} JOIN {job.staged} s ON s.rowid = position JOIN source_rows ON place = position
        WHERE rule <> 'superseded'""")


def rejected_rows(con: duckdb.DuckDBPyConnection, job: Job) -> int:
    """How many rows of the job are set aside, whatever the number of reasons."""
    found = con.execute("SELECT count(DISTINCT row_number) FROM new_rejects WHERE job = ?", [job.number]).fetchall()
    return int(found[0][0])
