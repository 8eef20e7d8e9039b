"""Loading a sample's CSV files, against the plainest way to get the same files into a DuckDB file with types.

Run as a module it does one load, `ours` or `plain`, in a process of its own, and prints what it took.
"""

import csv
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.measure import Row, child, ratio
from benchmarks.samples import OUT, Sample
from schemas import CONTRACTS
from warehouse.load import load
from warehouse.sql import literal
from warehouse.stage import TYPES


def measure(sample: Sample) -> list[Row]:
    """Alternating loads, the best of each way; at large scales fewer of them."""
    runs = 5 if sample.scale <= 1 else 3 if sample.scale <= 10 else 2
    found: dict[str, list[Row]] = {"ours": [], "plain": []}
    for _ in range(runs):
        for way, times in found.items():
            times.append(child("benchmarks.load", way, str(sample.files), environment=sample.environment))
    best = {way: {unit: min(row[unit] for row in rows) for unit in ("wall", "cpu")} for way, rows in found.items()}
    ours, plain = best["ours"], best["plain"]
    rows = found["ours"][0]["rows"]
    return [
        {
            "rows": rows,
            "rate": rows / ours["wall"],
            "ours": ours["wall"],
            "plain": plain["wall"],
            "wall_ratio": ratio(ours["wall"], plain["wall"]),
            "cpu_ratio": ratio(ours["cpu"], plain["cpu"]),
        }
    ]


def _ours(files: Path, scratch: Path) -> int:
    report = load([files], "native", folder=scratch / "warehouse", fresh=True)
    return sum(entry.read for entry in report.entries)


def _plain(files: Path, scratch: Path) -> int:
    """Read with the types given, bad rows skipped unseen, and write: no checks, no ledger, no facts."""
    with duckdb.connect(str(scratch / "plain.duckdb")) as con:
        for table in CONTRACTS:
            con.execute(f"CREATE TABLE {table} AS SELECT * FROM {read_csv(files / f'{table}.csv', table)}")
        con.execute("CHECKPOINT")
        counts = [con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in CONTRACTS]
    return sum(counts)


def read_csv(file: Path, table: str) -> str:
    """The SQL that reads a sample's file as ``table``, bad rows skipped unseen."""
    with file.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    types = ", ".join(f"{literal(name)}: '{TYPES[CONTRACTS[table].columns[name].kind]}'" for name in header)
    return f"read_csv({literal(str(file))}, header = true, columns = {{{types}}}, ignore_errors = true)"


WAYS: dict[str, Callable[[Path, Path], int]] = {"ours": _ours, "plain": _plain}


def once(way: str, files: Path) -> Row:
    """One load into a folder that is thrown away: rows, and seconds by the clock and of the processor."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=OUT) as scratch:
        started, used = time.perf_counter(), _cpu()
        rows = WAYS[way](files, Path(scratch))
        return {"rows": rows, "wall": time.perf_counter() - started, "cpu": _cpu() - used}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1], Path(sys.argv[2]))))
