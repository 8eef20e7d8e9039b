"""Fixtures of the tests of the warehouse."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.clock_case import HEAD, OFFICE, Clocks, Found
from tests.warehouse.clock_files import served, use_policy
from warehouse.load import load

Given = Mapping[str, object]


@pytest.fixture
def clocks(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clocks:
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
