"""Fixtures of the tests of the warehouse."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.warehouse.clock_case import HEAD, OFFICE, Clocks, Found
from tests.warehouse.clock_files import served, use_policy
from warehouse.load import load
from warehouse.publish import current

Given = Mapping[str, object]
Sample = tuple[Path, Path]
"""(files, warehouse)"""


def frame(folder: Path, query: str) -> pd.DataFrame:
    """The answer of the version published in ``folder``."""
    published = current(folder)
    assert published is not None
    with duckdb.connect(published, read_only=True) as con:
        return con.execute(query).df()


@pytest.fixture(scope="session")
def sample(small_company: Path) -> Sample:
    """The small sample company; read only."""
    return small_company / "files", small_company


@pytest.fixture
def clocks(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, facts_only: None) -> Clocks:
    """``clocks(tickets, rules, until=…)`` loads tickets under a policy; the data ends at ``until``."""

    def _clocks(
        tickets: Sequence[Given],
        rules: str,
        until: str,
        *,
        calendars: str = OFFICE,
        zone: str = "Asia/Shanghai",
        **others: Sequence[Given],
    ) -> Found:
        monkeypatch.setenv("TEAM_TIMEZONE", zone)
        use_policy(monkeypatch, tmp_path, calendars, rules if rules.startswith("near_miss") else HEAD + rules)
        last = {"ticket_id": "last", "kind": "other", "opened_at": until, "resolved_at": until}
        rows = [{"ticket_id": "t", "kind": "request", **ticket} for ticket in tickets]
        files = {"tickets": [*rows, last], **others}
        for table, given in files.items():
            pd.DataFrame(given).to_csv(tmp_path / f"{table}.csv", index=False)
        load([tmp_path / f"{table}.csv" for table in files])
        return Found(served(folder), zone)

    return _clocks
