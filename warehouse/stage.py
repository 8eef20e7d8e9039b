"""One file, one table: typed, checked, and split into accepted and quarantined rows inside DuckDB."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from schemas import CONTRACTS, Column
from warehouse.checks import Check, checks, text_name
from warehouse.job import Job, count, source_json
from warehouse.mapping import ColumnMap, resolve
from warehouse.parse import text_of, value_of
from warehouse.quarantine import reject_bad, reject_broken, reject_late, rejected_rows
from warehouse.reading import Staged, stage
from warehouse.sql import literal, name

TYPES = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "yes_no": "BOOLEAN",
    "day": "DATE",
    "time": "TIMESTAMP",
}


@dataclass(frozen=True)
class Split:
    """How a file's rows divided. ``superseded`` were accepted, then updated by a later row of the same file."""

    read: int
    quarantined: int
    superseded: int
    encoding: str
    encoding_guessed: bool


def stage_job(con: duckdb.DuckDBPyConnection, job: Job, workdir: Path) -> Split:
    """Stage a job's file; afterwards ``job.accepted`` and the shared temporary table ``new_rejects`` hold its rows.

    Raises ReadError for a file that cannot be read and LoadError for one that does not fit its mapping.
    """
    staged = stage(con, job.path, job.source.format, workdir)
    columns = resolve(job.table, staged.columns, job.path.name, job.source.name)
    if job.table.key == "occurrence" and any(c.ours == CONTRACTS[job.table.table].key for c in columns):
        job = replace(job, table=replace(job.table, key="column"))
    try:
        _fill(con, job, staged, columns)
    except duckdb.Error:
        staged = stage(con, job.path, job.source.format, workdir, careful=True)
        _fill(con, job, staged, columns)
    reject_bad(con, job, staged, columns, _checks(job, columns))
    reject_broken(con, job, staged)
    superseded = reject_late(con, job, staged, {column.ours for column in columns})
    shape = "TABLE" if job.table.key == "occurrence" else "VIEW"
    con.execute(f"CREATE TEMP {shape} {job.accepted} AS {_accepted_sql(job)}")
    read = count(con, job.staged) + len(staged.broken)
    return Split(read, rejected_rows(con, job), superseded, staged.encoding, staged.encoding_guessed)


def _checks(job: Job, columns: tuple[ColumnMap, ...]) -> list[Check]:
    mapped = {column.ours for column in columns}
    told = frozenset(column.ours for column in columns if column.format or job.source.dates)
    return checks(CONTRACTS[job.table.table], mapped, job.now, told)


def _fill(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, columns: tuple[ColumnMap, ...]) -> None:
    """The typed rows in file order, with ``_bad`` and, for bad rows only, the source row and the texts.

    The order is what gives a row its number, and a join would lose it: nothing here may look at another table.
    """
    contract = CONTRACTS[job.table.table]
    sources = [f"{name(column)} AS s_{i}" for i, column in enumerate(staged.columns)]
    texts = [f"{text_of(_alias(column, staged), job.source)} AS {text_name(column.ours)}" for column in columns]
    by_name = {column.ours: column for column in columns}
    values = [f"{_value(column, by_name, job)} AS {name(column.name)}" for column in contract.columns.values()]
    bad = " OR ".join(f"({check.condition})" for check in _checks(job, columns)) or "false"
    kept = ", ".join(f"{text_name(ours)} := {text_name(ours)}" for ours in by_name)
    row = "_row" if staged.numbered else "NULL::BIGINT AS _row"
    con.execute(f"DROP TABLE IF EXISTS {job.staged}")
    con.execute(f"""
        CREATE TEMP TABLE {job.staged} AS
        SELECT {", ".join(name(column) for column in contract.columns)}, _bad, _row,
            CASE WHEN _bad THEN {source_json(staged)} END AS _raw,
            CASE WHEN _bad THEN struct_pack({kept}) END AS _text{_content(job, staged)}
        FROM (SELECT *, coalesce({bad}, false) AS _bad
        FROM (SELECT *, {", ".join(values)}
        FROM (SELECT *, {", ".join(texts)}
        FROM (SELECT {", ".join(sources)}, {row} FROM ({staged.sql})))))""")


def _alias(column: ColumnMap, staged: Staged) -> ColumnMap:
    """The column with its source under the short name that the staging query gives it."""
    if column.source is None:
        return column
    short = f"s_{staged.columns.index(column.source)}"
    return ColumnMap(column.ours, short, None, column.format, column.values, column.default)


def _value(column: Column, mapped: Mapping[str, ColumnMap], job: Job) -> str:
    how = mapped.get(column.name)
    if how is None:
        return f"NULL::{TYPES[column.kind]}"
    return value_of(text_name(column.name), column, how, job.source, job.zone)


def _content(job: Job, staged: Staged) -> str:
    """For rows without a key of their own, a fingerprint of the whole source row."""
    if job.table.key != "occurrence":
        return ""
    parts = ", ".join(f"coalesce(s_{i}, chr(30))" for i in range(len(staged.columns)))
    return f", md5(concat_ws(chr(31), {parts})) AS _content"


def _accepted_sql(job: Job) -> str:
    """The accepted rows; where rows have no key, it is made of their fingerprint and how often it came before."""
    contract = CONTRACTS[job.table.table]
    columns = ", ".join(name(column) for column in contract.columns)
    passed = f"NOT _bad AND rowid NOT IN (SELECT position FROM {job.late})"
    good = f"SELECT rowid AS position, * FROM {job.staged} WHERE {passed}"
    if job.table.key != "occurrence":
        return f"SELECT {columns} FROM ({good})"
    key = name(contract.key)
    made = (
        f"{literal(job.source.name + '-')} || left(_content, 16) || '-' || "
        "row_number() OVER (PARTITION BY _content ORDER BY position)"
    )
    keyed = columns.replace(key, f"{made} AS {key}", 1)
    return f"SELECT {keyed} FROM ({good})"
