"""One load from start to end: read and check every file, merge, derive, publish. An error changes nothing."""

import hashlib
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas import CONTRACTS, reason
from warehouse.derive.build import derive
from warehouse.derive.policies import check_policies
from warehouse.derive.remarks import remarks
from warehouse.errors import LoadError
from warehouse.job import Job
from warehouse.mapping import SourceMap, load_mapping
from warehouse.merge import Change, carry_over, merge
from warehouse.publish import current, next_version, publish, sole_writer, workspace
from warehouse.reading import find_files
from warehouse.settings import Settings, settings, warehouse_folder
from warehouse.sql import literal, name
from warehouse.stage import Split, stage_job

OLD = "previous"
_LEDGER = """(load_id VARCHAR, loaded_at TIMESTAMP, file VARCHAR, sha256 VARCHAR, mapping VARCHAR, table_name VARCHAR,
    encoding VARCHAR, encoding_guessed BOOLEAN, rows_read BIGINT, rows_accepted BIGINT, rows_quarantined BIGINT,
    rows_new BIGINT, rows_replaced BIGINT, rows_unchanged BIGINT, seconds DOUBLE)"""
_REJECTS = """(load_id VARCHAR, file VARCHAR, sha256 VARCHAR, row_number BIGINT, table_name VARCHAR,
    column_name VARCHAR, value VARCHAR, rule VARCHAR, detail VARCHAR, raw VARCHAR,
    row_key VARCHAR, resolved_in VARCHAR)"""


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: a file as one table.

    ``read = accepted + quarantined`` and ``accepted = new + replaced + unchanged``.
    """

    load_id: str
    loaded_at: datetime
    file: str
    sha256: str
    mapping: str
    table: str
    encoding: str
    encoding_guessed: bool
    read: int
    accepted: int
    quarantined: int
    new: int
    replaced: int
    unchanged: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """What a load did: the version it published, its ledger, and what the policy says in vain."""

    version: str
    entries: tuple[Entry, ...]
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def refused(self) -> list[Entry]:
        """Files with rows of which not one was accepted: a wrong mapping rather than bad rows."""
        return [entry for entry in self.entries if entry.read and not entry.accepted]

    @property
    def quarantined(self) -> int:
        """Rows set aside over all files."""
        return sum(entry.quarantined for entry in self.entries)


def _silent(_: str) -> None:
    return None


def load(
    paths: Sequence[Path],
    mapping: str = "native",
    *,
    folder: Path | None = None,
    wait: float = 600,
    fresh: bool = False,
    advance: Callable[[str], None] = _silent,
    say: Callable[[str], None] = _silent,
) -> Report:
    """Load files or folders under a mapping and publish a new version. ``fresh`` leaves the previous data out.

    ``advance`` is called with the name of each step. Raises LoadError or ReadError; then nothing is published.
    """
    check_policies()
    source, team = load_mapping(mapping), settings()
    folder = folder or warehouse_folder()
    planned = _plan(find_files(paths), source)
    with sole_writer(folder, wait, say), workspace(folder) as scratch:
        version = next_version(folder)
        built = scratch / version.name
        with duckdb.connect(built, config=_config(scratch)) as con:
            loader = _Loader(con, source, team, scratch, advance)
            loader.open(None if fresh else current(folder))
            entries = loader.run(planned)
            reasons = loader.reasons()
            derive(con, team, version.stem, advance)
            told = remarks(con)
            advance("publish")
            loader.finish()
        publish(built, version, team.keep_versions)
    return Report(version.stem, entries, reasons, tuple(told))


def _plan(files: list[Path], source: SourceMap) -> list[tuple[Path, int]]:
    """The files with the index of each table they hold, parents before the tables that refer to them."""
    order = list(CONTRACTS)
    planned = [(path, source.tables.index(table)) for path in files for table in source.tables_of(path)]
    return sorted(planned, key=lambda item: order.index(source.tables[item[1]].table))


def _config(scratch: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {"temp_directory": str(scratch / "spill"), "preserve_insertion_order": "true", "checkpoint_threshold": "1TB"}


class _Loader:
    """The steps of a load on the connection of the warehouse that is being built."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        source: SourceMap,
        team: Settings,
        scratch: Path,
        advance: Callable[[str], None],
    ) -> None:
        self.con, self.source, self.team, self.scratch, self.advance = con, source, team, scratch, advance
        self.old: str | None = None
        self.now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self.load_id = uuid.uuid4().hex[:12]
        self.parents: dict[str, str] = {}

    def open(self, previous: Path | None) -> None:
        """Attach the previous version and carry its ledger and quarantine over."""
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute(f"CREATE TABLE ledger {_LEDGER}")
        self.con.execute(f"CREATE TABLE rejects {_REJECTS}")
        self.con.execute(
            "CREATE TEMP TABLE new_rejects (job INTEGER, file VARCHAR, table_name VARCHAR, row_number BIGINT, "
            "column_name VARCHAR, value VARCHAR, rule VARCHAR, detail VARCHAR, raw VARCHAR, row_key VARCHAR)"
        )
        if previous:
            self.old = OLD
            self.con.execute(f"ATTACH {literal(str(previous))} AS {OLD} (READ_ONLY)")
            for table in ("ledger", "rejects"):
                self.con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {OLD}.{table}")

    def run(self, planned: list[tuple[Path, int]]) -> tuple[Entry, ...]:
        """Stage and merge every file, table by table; the ledger lines in the order of the files."""
        entries: list[Entry] = []
        with ThreadPoolExecutor(1) as pool:
            sums = {path: pool.submit(_sha256, path) for path, _ in planned}
            for table in CONTRACTS:
                mine = [(path, at) for path, at in planned if self.source.tables[at].table == table]
                staged = [self._stage(len(entries) + i, path, at) for i, (path, at) in enumerate(mine)]
                changes = self._merge(table, [job for job, _, _ in staged])
                entries += [
                    self._entry(job, split, changes[job.number], sums[job.path].result(), seconds)
                    for job, split, seconds in staged
                ]
        self._record(entries)
        return tuple(entries)

    def reasons(self) -> tuple[str, ...]:
        """The commonest reasons for quarantine in words: how many rows, and the first of them as an example."""
        found = self.con.execute(
            "SELECT table_name, column_name, rule, count(DISTINCT (file, row_number)) AS n, "
            "arg_min((value, detail), row_number) FROM new_rejects GROUP BY ALL ORDER BY n DESC, 1, 2, 3 LIMIT 5"
        ).fetchall()
        return tuple(
            f"{n:,} × {table}: {reason('en', table, column, rule, value, detail)}"
            for table, column, rule, n, (value, detail) in found
        )

    def finish(self) -> None:
        """Write everything to the file."""
        if self.old:
            self.con.execute(f"DETACH {OLD}")
        self.con.execute("CHECKPOINT")

    def _stage(self, number: int, path: Path, at: int) -> tuple[Job, Split, float]:
        table = self.source.tables[at]
        self.advance(f"{path.name} → {table.table}")
        started = time.perf_counter()
        job = Job(number, path, table, self.source, self.team.timezone, self.now, self.parents)
        split = stage_job(self.con, job, self.scratch)
        return job, split, time.perf_counter() - started

    def _merge(self, table: str, jobs: list[Job]) -> dict[int, Change]:
        if not jobs:
            carry_over(self.con, table, self.old)
            changes: dict[int, Change] = {}
        else:
            changes = merge(self.con, table, jobs, self.old)
        self._remember_keys(table, jobs)
        return changes

    def _remember_keys(self, table: str, jobs: list[Job]) -> None:
        """Keys that later tables may refer to. A row in quarantine is known all the same: its customer exists,
        and one bad birthday must not drag every ticket of the customer along. An empty table constrains nothing."""
        if not any(table in contract.references.values() for contract in CONTRACTS.values()):
            return
        key = name(CONTRACTS[table].key)
        parts = [f"SELECT {key} AS key FROM {table}"] + [f"SELECT {key} FROM {job.staged}" for job in jobs]
        parts.append(f"SELECT row_key FROM rejects WHERE table_name = {literal(table)}")
        known = f"known_{table}"
        self.con.execute(
            f"CREATE TEMP TABLE {known} AS SELECT DISTINCT key FROM ({' UNION ALL '.join(parts)}) WHERE key IS NOT NULL"
        )
        if self.con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall():
            self.parents[table] = known

    def _entry(self, job: Job, split: Split, change: Change, sha256: str, seconds: float) -> Entry:
        return Entry(
            self.load_id,
            self.now,
            job.path.name,
            sha256,
            self.source.name,
            job.table.table,
            split.encoding,
            split.encoding_guessed,
            split.read,
            split.read - split.quarantined,
            split.quarantined,
            change.new,
            change.replaced + split.superseded,
            change.unchanged,
            round(seconds, 3),
        )

    def _record(self, entries: list[Entry]) -> None:
        """Write the ledger and the quarantine. Earlier rejects of the same file, and of rows that are accepted now,
        are marked as resolved by this load, so that the same row is not counted twice."""
        for job, entry in enumerate(entries):
            self._check(entry)
            marks = ", ".join("?" * len(asdict(entry)))
            self.con.execute(f"INSERT INTO ledger VALUES ({marks})", list(asdict(entry).values()))
            self.con.execute(
                "UPDATE rejects SET resolved_in = ? WHERE resolved_in IS NULL AND sha256 = ? AND table_name = ?",
                [self.load_id, entry.sha256, entry.table],
            )
            key = name(CONTRACTS[entry.table].key)
            self.con.execute(
                "UPDATE rejects SET resolved_in = ? WHERE resolved_in IS NULL AND table_name = ? AND rule <> 'unique' "
                f"AND row_key IN (SELECT {key} FROM {entry.table})",
                [self.load_id, entry.table],
            )
            self.con.execute(
                "INSERT INTO rejects SELECT ?, file, ?, * EXCLUDE (job, file), NULL FROM "
                "(SELECT job, file, row_number, table_name, column_name, value, rule, detail, raw, row_key "
                "FROM new_rejects WHERE job = ?) ORDER BY row_number",
                [self.load_id, entry.sha256, job],
            )

    def _check(self, entry: Entry) -> None:
        """The ledger's promise; a difference is a fault of this program and must not be published."""
        if entry.accepted != entry.new + entry.replaced + entry.unchanged:
            raise LoadError(
                f"{entry.file}: {entry.read} rows read, {entry.quarantined} set aside, but {entry.new} new + "
                f"{entry.replaced} replaced + {entry.unchanged} unchanged arrived. Nothing was published."
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
