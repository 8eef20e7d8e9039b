"""Baltimore's service requests judged twice: by the due times of the city, and by a policy of our own."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from tests.test_real import SETS
from tests.warehouse.clock_case import HEAD
from tests.warehouse.clock_files import use_policy
from tests.warehouse.clock_reference import Grid, Hours
from warehouse.derive.calendars import special_days
from warehouse.load import load
from warehouse.publish import current
from warehouse.settings import DATA

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("facts_only")]

Judged = Callable[[str], pd.DataFrame]
ZONE = "America/New_York"
WINDOWS = [(9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)]
CALENDARS = """default = "city"
[calendars.city]
holidays = "US"
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }
"""
RULE = """[[versions.rules]]
name = "request"
kind = ["request"]
clock = "business"
resolution = { working_days = 5 }
"""
TARGET = 5 * 8 * 3600


@pytest.fixture
def judged(real: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judged:
    """``judged(by)``: each request's resolution as the loader judges it, beside the times of the raw file in UTC."""

    def _judged(by: str) -> pd.DataFrame:
        monkeypatch.setenv("TEAM_TIMEZONE", ZONE)
        use_policy(monkeypatch, tmp_path, CALENDARS, HEAD + RULE)
        mapping = tmp_path / "city.toml"
        given = (DATA / "mappings" / "baltimore_311.toml").read_text(encoding="utf-8")
        mapping.write_text(given + f'judged_by = {{ value = "{by}" }}\n', encoding="utf-8")
        load([real / SETS["baltimore_311"]], str(mapping))
        served = current(folder)
        assert served is not None
        with duckdb.connect(served, read_only=True) as con:
            found = con.execute("FROM fact_clocks WHERE stage = 'resolution'").df().set_index("ticket_id")
        return found.join(raw(real))

    return _judged


def raw(real: Path) -> pd.DataFrame:
    """When each request was opened, due and closed. Of a wall-clock time that comes twice the second is meant."""
    given = pd.read_csv(real / SETS["baltimore_311"]).set_index("SRRecordID")
    times = {"opened": "CreatedDate", "due": "DueDate", "closed": "CloseDate"}
    read = {name: pd.to_datetime(given[column], format="%m/%d/%Y %I:%M:%S %p") for name, column in times.items()}
    return pd.DataFrame(
        {
            name: wall.dt.tz_localize(ZONE, ambiguous=np.zeros(len(wall), bool), nonexistent=pd.Timedelta(hours=1))
            .dt.tz_convert("UTC")
            .dt.tz_localize(None)
            for name, wall in read.items()
        }
    )


def minutes(span: pd.Series) -> pd.Series:
    seconds: pd.Series = span.dt.total_seconds()
    return seconds / 60


def test_by_the_city_s_own_due_times(judged: Judged) -> None:
    """9,555 were due and closed, 7,988 of them in time: 83.60 %, as published. The states add up to all requests."""
    found = judged("source")
    as_of = found[["opened", "closed"]].max().max()
    end = found.closed.fillna(as_of)
    expected = np.select(
        [found.due.isna(), found.closed <= found.due, found.closed > found.due, found.due < as_of],
        ["none", "met", "breached", "overdue"],
        "running",
    )
    assert (found.state.astype(str) == expected).all()
    counts = pd.Series(expected).value_counts()
    assert counts.sum() == len(found) == 10_000
    assert (counts.met, counts.met + counts.breached) == (7_988, 9_555)
    assert (counts.overdue, counts.running, counts.none) == (135, 24, 286)
    late = minutes(end - found.due).where(np.isin(expected, ["breached", "overdue"]))
    pd.testing.assert_series_equal(found.late_minutes, late, check_names=False, check_exact=True)
    left = minutes(found.due - end).where(expected == "running")
    pd.testing.assert_series_equal(found.left_minutes, left, check_names=False, check_exact=True)


def test_by_a_policy_of_our_own(judged: Judged) -> None:
    """Five working days of a city office, from a calendar of minutes: what it has shown at each opening and end."""
    found = judged("policy")
    as_of = found[["opened", "closed"]].max().max()
    end = found.closed.fillna(as_of)
    begin = found.opened.min().floor("D").to_pydatetime()
    grid = Grid(begin, ((as_of - begin).days + 60) * 24 * 60, 60)
    off, _ = special_days("US", begin.date(), as_of.date() + pd.Timedelta(days=60))
    open_ = grid.open(Hours(ZONE, dict.fromkeys(range(5), WINDOWS), off))
    shown = np.concatenate([[0], np.cumsum(open_) * 60])

    def at(moment: pd.Series) -> NDArray[np.int64]:
        """Seconds that a clock which began with the grid shows."""
        minute, second = np.divmod(((moment - begin) // pd.Timedelta(seconds=1)).to_numpy(), 60)
        seconds: NDArray[np.int64] = shown[minute] + open_[minute] * second
        return seconds

    used_up = at(found.opened) + TARGET
    minute = np.searchsorted(shown, used_up)
    due = begin + pd.to_timedelta(minute * 60 - (shown[minute] - used_up), unit="s")
    spent = at(end) - at(found.opened)
    done, over = found.closed.notna().to_numpy(), end.to_numpy() > due.to_numpy()
    expected = np.select([done & ~over, done, over], ["met", "breached", "overdue"], "running")
    assert (found.due_at.to_numpy() == due.to_numpy()).all()
    assert (found.state.astype(str) == expected).all() and set(expected) == {"met", "breached", "overdue", "running"}
    assert (found.spent_minutes.to_numpy() == spent / 60).all()
    late = np.where(np.isin(expected, ["breached", "overdue"]), (spent - TARGET) / 60, np.nan)
    np.testing.assert_array_equal(found.late_minutes.to_numpy(), late)
    assert (found.needed_minutes <= TARGET / 60).to_numpy().tolist() == np.isin(expected, ["met", "running"]).tolist()
