"""One file, one table: typed, checked, and split into accepted and quarantined rows inside DuckDB."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from schemas import CONTRACTS, Column
from warehouse.checks import Check, checks, text_name
from warehouse.mapping import ColumnMap, SourceMap, TableMap, resolve
from warehouse.parse import text_of, value_of
from warehouse.reading import Staged, stage
from warehouse.sql import literal, literals, name

TYPES = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "yes_no": "BOOLEAN",
    "day": "DATE",
    "time": "TIMESTAMP",
}


@dataclass(frozen=True)
class Job:
    """What is being staged: a file as one table, under a mapping, into the temporary tables ``stage_<number>``."""

    number: int
    path: Path
    table: TableMap
    source: SourceMap
    zone: str
    now: datetime
    parents: Mapping[str, str]

    @property
    def staged(self) -> str:
        """The temporary table of typed rows, good and bad."""
        return f"stage_{self.number}"

    @property
    def accepted(self) -> str:
        """The temporary view of the rows that passed, in our columns."""
        return f"accepted_{self.number}"


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
    try:
        _fill(con, job, staged, columns)
    except duckdb.Error:
        staged = stage(con, job.path, job.source.format, workdir, careful=True)
        _fill(con, job, staged, columns)
    _reject_bad(con, job, staged, columns)
    _reject_broken(con, job, staged)
    superseded = _repeats(con, job, staged)
    con.execute(f"CREATE TEMP VIEW {job.accepted} AS {_accepted_sql(job)}")
    read = _count(con, job.staged) + len(staged.broken)
    return Split(read, _rejected_rows(con, job), superseded, staged.encoding, staged.encoding_guessed)


def _checks(job: Job, columns: tuple[ColumnMap, ...]) -> list[Check]:
    mapped = {column.ours for column in columns}
    return checks(CONTRACTS[job.table.table], mapped, job.parents, job.now)


def _fill(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, columns: tuple[ColumnMap, ...]) -> None:
    """The typed rows in file order, with ``_bad`` and, for bad rows only, the source row and the texts."""
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
            CASE WHEN _bad THEN {_source_json(staged)} END AS _raw,
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


def _source_json(staged: Staged) -> str:
    pairs = ", ".join(f"{literal(column)}, s_{i}" for i, column in enumerate(staged.columns))
    return f"json_object({pairs})"


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
    if job.table.key != "occurrence":
        return f"SELECT {columns} FROM {job.staged} WHERE NOT _bad AND rowid NOT IN (SELECT position FROM again_{job.number})"
    key = name(contract.key)
    made = (
        f"{literal(job.source.name + '-')} || left(_content, 16) || '-' || "
        "row_number() OVER (PARTITION BY _content ORDER BY position)"
    )
    return f"SELECT {columns.replace(key, f'{made} AS {key}', 1)} FROM (SELECT rowid AS position, * FROM {job.staged} WHERE NOT _bad)"


def _place(job: Job) -> str:
    return f"{literal(job.path.name)} AS file, {literal(job.table.table)} AS table_name"


def _reject_bad(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, columns: tuple[ColumnMap, ...]) -> None:
    texts = ", ".join(f"_text.{text_name(column.ours)} AS {text_name(column.ours)}" for column in columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE bad AS SELECT *, {texts}, "
        f"coalesce(_row, rowid + {staged.first_row}) AS row_number FROM {job.staged} WHERE _bad"
    )
    row_key = name(CONTRACTS[job.table.table].key)
    for check in _checks(job, columns):
        con.execute(
            f"INSERT INTO new_rejects SELECT {job.number}, {_place(job)}, row_number, {literal(check.column)}, "
            f"{text_name(check.column)}, {literal(check.rule)}, {literal(check.detail)}, _raw, {row_key} "
            f"FROM bad WHERE {check.condition}"
        )


def _reject_broken(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged) -> None:
    for row in staged.broken:
        con.execute(
            f"INSERT INTO new_rejects SELECT {job.number}, {_place(job)}, ?, NULL, NULL, ?, ?, to_json(?::VARCHAR), NULL",
            [row.row_number, row.rule, row.detail, row.raw],
        )


def _repeats(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged) -> int:
    """Earlier rows of a key that comes again in the file: set aside, or counted as updated. Returns the latter."""
    contract = CONTRACTS[job.table.table]
    again = f"again_{job.number}"
    con.execute(f"CREATE TEMP TABLE {again} (position BIGINT, kept BIGINT)")
    if job.table.key == "occurrence":
        return 0
    key = name(contract.key)
    con.execute(f"""
        INSERT INTO {again}
        SELECT s.rowid, last FROM {job.staged} s
        JOIN (SELECT {key} AS k, max(rowid) AS last FROM {job.staged} WHERE NOT _bad GROUP BY k HAVING count(*) > 1)
        ON s.{key} = k AND s.rowid < last WHERE NOT _bad""")
    repeated = _count(con, again)
    if job.table.repeats == "replace":
        return repeated
    if repeated:
        _reject_repeats(con, job, staged, key, again)
    return 0


def _reject_repeats(con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, key: str, again: str) -> None:
    """The rows themselves are read again: only bad rows carry their source text through the staging."""
    sources = ", ".join(f"{name(column)} AS s_{i}" for i, column in enumerate(staged.columns))
    con.execute(f"""
        INSERT INTO new_rejects
        SELECT {job.number}, {_place(job)}, coalesce(earlier._row, position + {staged.first_row}),
            {literal(CONTRACTS[job.table.table].key)}, earlier.{key}, 'unique',
            (coalesce(later._row, kept + {staged.first_row}))::VARCHAR, source._raw, NULL
        FROM {again} JOIN {job.staged} earlier ON earlier.rowid = position JOIN {job.staged} later ON later.rowid = kept
        JOIN (SELECT {_source_json(staged)} AS _raw, row_number() OVER () - 1 AS at
              FROM (SELECT {sources} FROM ({staged.sql}))) source ON at = position""")


def _rejected_rows(con: duckdb.DuckDBPyConnection, job: Job) -> int:
    found = con.execute("SELECT count(DISTINCT row_number) FROM new_rejects WHERE job = ?", [job.number]).fetchall()
    return int(found[0][0])


def _count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])


__all__ = ["TYPES", "Job", "Split", "literals", "stage_job"]
