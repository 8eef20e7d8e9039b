"""Putting accepted rows beside what was there: same key, newer row wins; the ledger learns what was new."""

from dataclasses import dataclass

import duckdb

from schemas import CONTRACTS
from warehouse.job import Job, count
from warehouse.sql import name
from warehouse.stage import TYPES


@dataclass(frozen=True)
class Change:
    """What a job's accepted rows did to their table."""

    new: int
    replaced: int
    unchanged: int


def carry_over(con: duckdb.DuckDBPyConnection, table: str, old: str | None) -> None:
    """The table as the previous version has it, or empty; a column that is new since then is empty."""
    known = _columns_of(con, old, table)
    columns = ", ".join(
        f"{name(c.name) if c.name in known else 'NULL'}::{TYPES[c.kind]} AS {name(c.name)}"
        for c in CONTRACTS[table].columns.values()
    )
    place = f"FROM {old}.{table}" if old else "WHERE false"
    con.execute(f"CREATE TEMP VIEW {table} AS SELECT {columns} {place}")


def merge(con: duckdb.DuckDBPyConnection, table: str, jobs: list[Job], old: str | None) -> dict[int, Change]:
    """``table``, a temporary relation: the previous version and the jobs' accepted rows, in the order of the jobs.

    Returns the change that each job (by number) made.
    """
    if len(jobs) == 1 and not (old and count(con, f"{old}.{table}")):
        con.execute(f"CREATE TEMP VIEW {table} AS FROM {jobs[0].accepted}")
        return {jobs[0].number: Change(count(con, table), 0, 0)}
    carry_over(con, table, old)
    _touched(con, table, jobs)
    parts = [f"FROM {table} WHERE {_key(table)} NOT IN (SELECT key FROM touched)"]
    parts += [
        f"SELECT a.* FROM {job.accepted} a "
        f"JOIN touched w ON w.key = a.{_key(table)} AND w.last AND w.job = {job.number}"
        for job in jobs
    ]
    con.execute(f"CREATE TEMP TABLE merged_{table} AS {' UNION ALL '.join(f'({part})' for part in parts)}")
    con.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS FROM merged_{table}")
    return {job.number: _change(con, job) for job in jobs}


def _touched(con: duckdb.DuckDBPyConnection, table: str, jobs: list[Job]) -> None:
    """Every version of every key that the jobs bring, in order, with a fingerprint of its row."""
    key = _key(table)
    content = ", ".join(f"r.{name(column)}" for column in CONTRACTS[table].columns)
    row = f"r.{key} AS key, hash(row({content})) AS content"
    parts = [f"SELECT {job.number} AS job, {row} FROM {job.accepted} r" for job in jobs]
    brought = " UNION ".join(f"SELECT {key} FROM {job.accepted}" for job in jobs)
    parts.append(f"SELECT -1, {row} FROM {table} r WHERE r.{key} IN ({brought})")
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE touched AS
        SELECT *, lag(content) OVER versions AS before, lead(job) OVER versions IS NULL AS last
        FROM ({" UNION ALL ".join(parts)}) WINDOW versions AS (PARTITION BY key ORDER BY job)""")


def _change(con: duckdb.DuckDBPyConnection, job: Job) -> Change:
    found = con.execute(
        "SELECT count(*) FILTER (before IS NULL), count(*) FILTER (before <> content), "
        "count(*) FILTER (before = content) FROM touched WHERE job = ?",
        [job.number],
    ).fetchall()
    return Change(*(int(count) for count in found[0]))


def _key(table: str) -> str:
    return name(CONTRACTS[table].key)


def _columns_of(con: duckdb.DuckDBPyConnection, catalog: str | None, table: str) -> set[str]:
    if catalog is None:
        return set()
    return {row[0] for row in con.execute(f"DESCRIBE {catalog}.{table}").fetchall()}
