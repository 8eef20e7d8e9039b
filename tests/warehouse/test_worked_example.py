"""The ticket that docs/clocks.md works out by hand, loaded and judged by the policy as it is shipped."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.load import load
from warehouse.publish import current

Write = Callable[[str, str], Path]
MAPPING = """
[source]
timezone = "Asia/Shanghai"
[tickets]
files = "tickets*"
columns = "same"
[pauses]
files = "pauses*"
columns = "same"
key = "occurrence"
"""
TICKETS = """ticket_id,kind,priority,opened_at,first_response_at,feedback_at,resolved_at
t1,request,normal,2026-02-13 16:50:00,2026-02-13 17:20:00,2026-02-26 11:20:00,2026-02-28 11:20:01
"""
PAUSES = "ticket_id,started_at,ended_at\nt1,2026-02-14 10:30:00,2026-02-14 15:00:00\n"


@pytest.mark.usefixtures("facts_only")
def test_the_example_of_the_docs(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TIMEZONE", "Asia/Shanghai")
    load([write("tickets.csv", TICKETS), write("pauses.csv", PAUSES)], str(write("shanghai.toml", MAPPING)))
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        found = con.execute(
            "SELECT rule, clock, state, due_at + INTERVAL 8 HOURS, minutes, late_minutes "
            "FROM fact_clocks ORDER BY stage"
        ).fetchall()
        parts = con.execute(
            "SELECT ours_minutes, customer_minutes, closed_minutes, whole_minutes "
            "FROM fact_clocks WHERE stage = 'resolution'"
        ).fetchall()
    judged = ("ordinary request or problem", "office")
    second = pytest.approx(1 / 60)
    assert found == [
        (*judged, "met", datetime(2026, 2, 14, 16, 50), 30, None),
        (*judged, "met", datetime(2026, 2, 26, 11, 20), 24 * 60, None),
        (*judged, "breached", datetime(2026, 2, 28, 11, 20), pytest.approx(40 * 60 + 1 / 60), second),
    ]
    assert parts == [pytest.approx((40 * 60 + 1 / 60, 3.5 * 60, 311 * 60, 354.5 * 60 + 1 / 60))]
