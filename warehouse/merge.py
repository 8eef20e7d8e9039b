"""Putting accepted rows beside what was there: same key, newer row wins; the ledger learns what was new."""

from dataclasses import dataclass

import duckdb

from schemas import CONTRACTS
from warehouse.job import Job
from warehouse.sql import name
from warehouse.stage import TYPES


@dataclass(frozen=True)
class Change:
    """What a job's accepted rows did to their table."""

    new: int
    replaced: int
    unchanged: int


def create_empty(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """The table with its columns and no rows."""
    columns = ", ".join(f"{name(c.name)} {TYPES[c.kind]}" for c in CONTRACTS[table].columns.values())
    con.execute(f"CREATE TABLE {table} ({columns})")


def carry_over(con: duckdb.DuckDBPyConnection, table: str, old: str | None) -> None:
    """The table as the previous version has it, or empty."""
    create_empty(con, table)
    if old:
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {old}.{table}")


def merge(con: duckdb.DuckDBPyConnection, table: str, jobs: list[Job], old: str | None) -> dict[int, Change]:
    """Build ``table`` from the previous version and the jobs' accepted rows, in the order of the jobs.

    Returns the change that each job (by number) made.
    """
    create_empty(con, table)
    if len(jobs) == 1 and not _rows(con, old, table):
        con.execute(f"INSERT INTO {table} SELECT * FROM {jobs[0].accepted}")
        return {jobs[0].number: Change(_rows(con, None, table), 0, 0)}
    _touched(con, table, jobs, old)
    for job in jobs:
        con.execute(
            f"INSERT INTO {table} SELECT a.* FROM {job.accepted} a "
            f"JOIN touched w ON w.key = a.{_key(table)} AND w.last AND w.job = {job.number}"
        )
    if old:
        con.execute(
            f"INSERT INTO {table} BY NAME SELECT * FROM {old}.{table} o "
            f"WHERE o.{_key(table)} NOT IN (SELECT key FROM touched)"
        )
    return {job.number: _change(con, job) for job in jobs}


def _touched(con: duckdb.DuckDBPyConnection, table: str, jobs: list[Job], old: str | None) -> None:
    """Every version of every key that the jobs bring, in order, with a fingerprint of its row."""
    key = _key(table)
    content = ", ".join(f"r.{name(column)}" for column in CONTRACTS[table].columns)
    row = f"r.{key} AS key, hash(row({content})) AS content"
    parts = [f"SELECT {job.number} AS job, {row} FROM {job.accepted} r" for job in jobs]
    if old:
        brought = " UNION ".join(f"SELECT {key} FROM {job.accepted}" for job in jobs)
        parts.append(f"SELECT -1, {row} FROM {old}.{table} r WHERE r.{key} IN ({brought})")
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


def _rows(con: duckdb.DuckDBPyConnection, catalog: str | None, table: str) -> int:
    if catalog is None:
        return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
    return int(con.execute(f"SELECT count(*) FROM {catalog}.{table}").fetchall()[0][0])
