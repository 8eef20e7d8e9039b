"""A made-up company for trying the dashboard: seeded, as large as wanted, with truths hidden in it (see `planted`).

Everything is drawn in DuckDB by the numbered files in sql/, from the lists in the TOML files; this module sets the
stage, runs them in order and writes the tables out.
"""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from schemas import CONTRACTS
from warehouse.sample import planted, spoil
from warehouse.sample.planted import Planted
from warehouse.sample.stage import Stage

__all__ = ["Planted", "generate", "planted"]

SQL = Path(__file__).parent / "sql"


def generate(
    folder: Path,
    *,
    scale: float = 1,
    seed: int = 20240101,
    until: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write the sample's CSV files, one per table, and `planted.json` into `folder` and return it.

    `scale` 1 is 6,000 customers and 60,000 tickets; `until` is the last day (yesterday unless given). Times are local.
    The same seed, scale and last day give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    say = progress or (lambda _: None)
    with TemporaryDirectory(dir=folder) as scratch, duckdb.connect(str(Path(scratch) / "sample.duckdb")) as con:
        con.execute("SET memory_limit = '4GB'")
        stage = Stage(until or date.today() - timedelta(days=1), scale, _offset(seed))
        stage.set(con)
        for step in sorted(SQL.glob("*.sql")):
            say(step.stem[3:].replace("_", " "))
            con.execute(step.read_text(encoding="utf-8"))
        rows = {}
        for table in CONTRACTS:
            say(f"{table}.csv")
            rows[table] = _export(con, table, folder / f"{table}.csv")
        planted.write(folder, _planted(con, stage, rows))
    return folder


def _offset(seed: int) -> int:
    """A seed as a large number, so that neighbouring seeds share no draws."""
    return int.from_bytes(hashlib.blake2b(str(seed).encode(), digest_size=8).digest()) >> 2


def _export(con: duckdb.DuckDBPyConnection, table: str, file: Path) -> int:
    """Write the view of `table` with its spoilt rows among the others; return the number of sound rows."""
    view = con.view(f"{table}_csv")
    spoil.spoilt(con, view, table).write_csv(str(file), header=True)
    return int(view.count("*").fetchall()[0][0])


def _planted(con: duckdb.DuckDBPyConnection, stage: Stage, rows: dict[str, int]) -> Planted:
    cast = "SELECT list(customer_id ORDER BY c) FROM customers WHERE role = $1"
    churners, risers = (tuple(con.execute(cast, [role]).fetchall()[0][0]) for role in ("churner", "riser"))
    return Planted(
        until=stage.span.until,
        surge_region=planted.SURGE_REGION,
        surge_category=planted.SURGE_CATEGORY,
        slow_team=planted.SLOW_TEAM,
        drop_touchpoint=planted.DROP_TOUCHPOINT,
        churners=churners,
        risers=risers,
        good_rows=rows,
        bad_rows={table: planted.bad_rows(table, number) for table, number in rows.items()},
        **planted.days(stage.span.until),
    )
