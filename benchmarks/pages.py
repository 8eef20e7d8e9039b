"""Server time per page: the script, the SQL in it, and the same script with every answer from memory (the floor).

Run as a module it measures the warehouse that WAREHOUSE_DIR names, in a process of its own.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from unittest.mock import patch

import pyarrow as pa
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.measure import Row, Stopwatch, View, child, ratio_of_medians, views
from benchmarks.samples import Sample
from queries import DIMENSIONS, NOT_GIVEN, engine, options
from queries.served import Version
from tests.screens import PATHS as PAGES
from ui.period import PERIODS
from warehouse.settings import ROOT

UNFILTERED = ("quality",)
"""Pages that show all data whatever is chosen."""
RUNS = 15
_WARM_UP = 3


def measure(sample: Sample) -> list[Row]:
    """One row per page."""
    rows: list[Row] = child("benchmarks.pages", environment=sample.environment)
    return rows


@dataclass
class Clocks:
    """What the page's script took and how much of it DuckDB did."""

    script: Stopwatch = field(default_factory=Stopwatch)
    sql: Stopwatch = field(default_factory=Stopwatch)


class _TimedCursor:
    """A cursor whose work is counted."""

    def __init__(self, cursor: Any, clock: Stopwatch) -> None:
        self._cursor, self._clock = cursor, clock

    def execute(self, sql: str, values: dict[str, object]) -> "_TimedCursor":
        """As DuckDB's own."""
        with self._clock.running():
            self._cursor.execute(sql, values)
        return self

    def to_arrow_table(self) -> pa.Table:
        """As DuckDB's own."""
        with self._clock.running():
            return self._cursor.to_arrow_table()


@contextmanager
def clocks() -> Iterator[Clocks]:
    """Count the scripts and the SQL that run inside the block."""
    found = Clocks()
    cursor, run = Version.cursor, ScriptRunner._run_script

    def timed_cursor(version: Version) -> Any:
        return _TimedCursor(cursor(version), found.sql)

    def timed_run(runner: ScriptRunner, data: Any) -> None:
        with found.script.running():
            run(runner, data)

    with patch.object(Version, "cursor", timed_cursor), patch.object(ScriptRunner, "_run_script", timed_run):
        yield found


def times(page: str, runs: int = RUNS) -> Row:
    """Milliseconds of one page: medians over ``runs`` views that were not asked for before, each drawn twice."""
    drawn: list[tuple[float, float, float]] = []
    with clocks() as clock:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
        app._page_hash = calc_hash(PAGES[page])
        app.run()
        for view in views(_choices(), runs + _WARM_UP):
            if page in UNFILTERED:
                _forget()
            choose(app, view)
            drawn.append((*_run(app, clock), _run(app, clock)[0]))
    script, sql, floor = zip(*drawn[_WARM_UP:], strict=True)
    return {
        "page": page,
        "sql": median(sql),
        "script": median(script),
        "slowest": max(script),
        "floor": median(floor),
        "ratio": ratio_of_medians(script, floor),
        "over_sql": median(whole - part for whole, part in zip(script, sql, strict=True)),
    }


def _choices() -> dict[str, tuple[str, ...]]:
    known = {name: tuple(value for value in options(name) if value != NOT_GIVEN) for name in DIMENSIONS}
    return {**known, "period": tuple(name for name in PERIODS if name != "custom")}


def _forget() -> None:
    """Empty the answer cache, but for what the sidebar asks: that is known to any server with one reader."""
    engine._answer.cache_clear()
    for name in DIMENSIONS:
        options(name)


def choose(app: AppTest, view: View) -> None:
    """Set the sidebar's widgets to ``view``."""
    period = app.selectbox(key="period")
    if not period.disabled:
        period.set_value(view["period"])
    for box in app.multiselect:
        box.set_value([view[box.key]] if box.key in view else [])


def _run(app: AppTest, clock: Clocks) -> tuple[float, float]:
    """Milliseconds of script and of SQL."""
    clock.script.take()
    clock.sql.take()
    app.run()
    if app.exception or app.error:
        raise RuntimeError("the page failed; see the log above")
    return clock.script.take(), clock.sql.take()


if __name__ == "__main__":
    print(json.dumps([times(page) for page in sys.argv[1:] or PAGES]))
