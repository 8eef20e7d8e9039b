"""The derived tables against hand-made cases and an independent recomputation in pandas."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.warehouse import tier_oracle
from warehouse.load import load
from warehouse.publish import current

Write = Callable[[str, str], Path]
pytestmark = pytest.mark.usefixtures("facts_only")


def frame(folder: Path, query: str) -> pd.DataFrame:
    """The rows of ``query`` on the published version."""
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        return con.execute(query).df()


def ticket(folder: Path, write: Write, *tickets: str, pauses: str = "") -> pd.DataFrame:
    """Load tickets (lines of id, kind, priority, opened, responded, resolved) and a last event: the horizon."""
    head = "ticket_id,kind,priority,opened_at,first_response_at,resolved_at\n"
    horizon = "last,other,low,2025-06-30 12:00:00,2025-06-30 12:00:00,2025-06-30 12:00:00\n"
    files = [write("tickets.csv", head + "\n".join(tickets) + "\n" + horizon)]
    if pauses:
        files.append(write("pauses.csv", "ticket_id,started_at,ended_at\n" + pauses))
    load(files)
    return verdicts(folder, "WHERE ticket_id <> 'last'")


def verdicts(folder: Path, where: str = "") -> pd.DataFrame:
    """A row per ticket, in order, with the state, due time and minutes of each stage in columns of its own."""
    columns = ", ".join(
        f"any_value({value}) FILTER (stage = '{stage}') AS {stage}_{value}"
        for stage in ("response", "feedback", "resolution")
        for value in ("state", "due_at", "done_at", "minutes", "rule", "clock")
    )
    return frame(folder, f"SELECT ticket_id, {columns} FROM fact_clocks {where} GROUP BY ticket_id ORDER BY ticket_id")


STATES = [
    ("complaint,high,2025-06-02 10:00:00,2025-06-02 10:30:00,2025-06-04 10:00:00", "met", "met"),
    ("complaint,high,2025-06-02 10:00:00,2025-06-02 10:30:01,2025-06-04 10:00:01", "breached", "breached"),
    ("complaint,high,2025-06-02 10:00:00,,", "overdue", "overdue"),
    ("complaint,high,2025-06-30 11:45:00,,", "running", "running"),
    ("enquiry,high,2025-06-02 10:00:00,2025-06-02 10:30:00,2025-06-04 10:00:00", "none", "none"),
    ("enquiry,urgent,2025-06-02 10:00:00,2025-06-02 11:59:00,2025-06-05 10:00:00", "met", "breached"),
    ("complaint,high,2025-06-02 10:00:00,,2025-06-02 10:10:00", "met", "met"),
]


def test_the_verdict_of_a_stage(folder: Path, write: Write) -> None:
    found = ticket(folder, write, *(f"t{place},{line}" for place, (line, _, _) in enumerate(STATES)))
    assert len(found) == len(STATES)
    for place, (line, response, resolution) in enumerate(STATES):
        row = found.iloc[place]
        assert (row.response_state, row.resolution_state) == (response, resolution), line
        assert pd.isna(row.response_minutes) == pd.isna(row.response_done_at), line
        assert pd.isna(row.resolution_minutes) == pd.isna(row.resolution_done_at), line


def test_working_days_skip_weekends_and_holidays(folder: Path, write: Write) -> None:
    """China, May 2025: 1-5 May off, Sunday 27 April worked. Five working days from Friday 25 April 16:00."""
    line = "request,normal,{},2025-05-01 09:00:00,"
    found = ticket(
        folder, write, "t1," + line.format("2025-04-25 16:00:00"), "t2," + line.format("2025-04-26 16:00:00")
    )
    due = list(found.resolution_due_at.dt.to_pydatetime())
    assert due[0] == datetime(2025, 5, 6, 16), "27, 28, 29, 30 April, 6 May"
    assert due[1] == datetime(2025, 5, 6, 18), (
        "in on a Saturday: the clock starts on Sunday 27 April, a make-up workday"
    )


def test_pauses_stop_the_clock_and_overlaps_count_once(folder: Path, write: Write) -> None:
    line = "complaint,high,2025-06-02 10:00:00,2025-06-02 10:20:00,2025-06-04 13:00:00"
    pauses = "t1,2025-06-03 08:00:00,2025-06-03 10:00:00\nt1,2025-06-03 09:00:00,2025-06-03 11:00:00\n"
    after = "t1,2025-06-05 09:00:00,2025-06-05 11:00:00\n"
    found = ticket(folder, write, f"t1,{line}", pauses=pauses + after).iloc[0]
    assert found.resolution_due_at == datetime(2025, 6, 4, 13), "48 h and three hours of waiting for the customer"
    assert found.resolution_state == "met"
    assert found.resolution_minutes == 48 * 60
    assert found.response_minutes == 20


def test_an_open_pause_puts_the_due_time_off_to_the_horizon(folder: Path, write: Write) -> None:
    line = "complaint,high,2025-06-28 12:00:00,2025-06-28 12:20:00,"
    found = ticket(folder, write, f"t1,{line}", pauses="t1,2025-06-29 12:00:00,\n").iloc[0]
    assert found.resolution_state == "paused"
    assert found.resolution_due_at == datetime(2025, 7, 1, 12)


def test_a_pause_that_begins_too_late_moves_nothing(folder: Path, write: Write) -> None:
    """48 h from 2 June 10:00, put off by the first pause to 4 June 12:00; the second begins an hour after that."""
    line = "complaint,high,2025-06-02 10:00:00,2025-06-02 10:20:00,"
    pauses = "t1,2025-06-03 10:00:00,2025-06-03 12:00:00\nt1,2025-06-04 13:00:00,\n"
    found = ticket(folder, write, f"t1,{line}", pauses=pauses).iloc[0]
    assert found.resolution_due_at == datetime(2025, 6, 4, 12)
    assert found.resolution_state == "overdue"


def test_a_stage_that_nobody_records_is_left_alone(folder: Path, write: Write) -> None:
    text = "ticket_id,kind,opened_at,resolved_at\nt1,complaint,2025-06-02 10:00:00,2025-06-03 10:00:00\n"
    load([write("tickets.csv", text + "t2,complaint,2025-06-03 10:00:00,\n")])
    found = verdicts(folder)
    for column in ("response_state", "response_minutes", "response_done_at", "feedback_state", "feedback_minutes"):
        assert found[column].isna().all(), column
    assert found.resolution_state.tolist() == ["met", "running"]


def test_the_source_s_own_due_times_and_verdicts_win(folder: Path, write: Write) -> None:
    text = """ticket_id,kind,opened_at,resolved_at,resolution_due_at,resolution_met
t1,complaint,2025-06-02 10:00:00,2025-06-09 10:00:00,2025-06-10 10:00:00,
t2,complaint,2025-06-02 10:00:00,2025-06-02 10:01:00,,no
t3,complaint,2025-06-02 10:00:00,2025-06-02 10:01:00,,
"""
    load([write("tickets.csv", text)])
    states = verdicts(folder).resolution_state.tolist()
    assert states == ["met", "breached", "none"]


def test_days_are_those_of_the_team(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """17:30 in UTC is already tomorrow in Shanghai; a New York time in summer is four hours behind UTC."""
    monkeypatch.setenv("TEAM_TIMEZONE", "Asia/Shanghai")
    mapping = write(
        "ny.toml",
        '[source]\ntimezone = "America/New_York"\n'
        '[tickets.columns]\nticket_id = "id"\nkind = "kind"\nopened_at = "at"\n',
    )
    lines = ["a,other,2025-07-01 13:30:00", "b,other,2025-01-01 12:30:00", "c,other,2025-07-01T13:30:00Z"]
    load([write("x.csv", "id,kind,at\n" + "\n".join(lines) + "\n")], str(mapping))
    found = frame(folder, "SELECT opened_at, opened_day FROM fact_tickets ORDER BY ticket_id")
    assert found.opened_at.tolist() == [
        datetime(2025, 7, 1, 17, 30),
        datetime(2025, 1, 1, 17, 30),
        datetime(2025, 7, 1, 13, 30),
    ]
    assert [day.date() for day in found.opened_day] == [date(2025, 7, 2), date(2025, 1, 2), date(2025, 7, 1)]


def test_hours_of_the_week_are_those_of_the_team(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sunday 16:30 in UTC is Monday 00:30 in Shanghai; thirty minutes later a complaint's response is due, at 01:00."""
    monkeypatch.setenv("TEAM_TIMEZONE", "Asia/Shanghai")
    head = "ticket_id,kind,priority,opened_at,first_response_at,resolved_at\n"
    lines = [
        "a,complaint,high,2025-06-01T16:30:00Z,2025-06-01T16:40:00Z,2025-06-01T17:00:00Z",
        "b,complaint,high,2025-06-08T15:59:59Z,2025-06-08T16:10:00Z,2025-06-08T17:00:00Z",
        "c,other,high,2025-06-03T04:00:00Z,2025-06-03T05:00:00Z,2025-06-03T06:00:00Z",
    ]
    load([write("tickets.csv", head + "\n".join(lines) + "\n")])
    query = "SELECT opened_week_hour, due_week_hour FROM fact_clocks WHERE stage = 'response' ORDER BY ticket_id"
    found = frame(folder, query)
    assert found.opened_week_hour.tolist() == [0, 167, 36]
    assert found.due_week_hour.tolist()[:2] == [1, 0]
    assert found.due_week_hour.isna().tolist() == [False, False, True]


@pytest.mark.whole
def test_tiers_follow_value_cut_points(folder: Path, write: Write) -> None:
    """Recomputed in pandas from the orders: quintile cut-points, equal customers in the same tier, first rule wins."""
    draw = np.random.default_rng(3)
    customers = draw.zipf(1.7, 900).clip(max=120)
    days = pd.Timestamp("2025-06-30") - pd.to_timedelta(draw.exponential(160, 900).clip(max=900).astype(int), "D")
    orders = pd.DataFrame(
        {
            "order_id": np.arange(900),
            "customer_id": [f"c{n}" for n in customers],
            "ordered_at": days,
            "amount": draw.choice([10.0, 20.0, 50.0, 400.0], 900),
        }
    )
    orders.loc[0, "ordered_at"] = pd.Timestamp("2025-06-30")
    load([write("orders.csv", orders.to_csv(index=False))])
    found = frame(folder, "SELECT customer_id, tier FROM dim_customer").set_index("customer_id").tier
    stated = orders.assign(day=orders.ordered_at, net=orders.amount, counts=True)
    expected = tier_oracle.at(stated, set(orders.customer_id), orders.ordered_at.max()).tier
    assert found.to_dict() == expected.to_dict()
    assert set(expected) == {"core", "growth", "dormant", "standard"}, "the case covers every tier"


@pytest.mark.whole
def test_a_team_with_only_surveys_has_every_table(folder: Path, write: Write) -> None:
    load([write("surveys.csv", "survey_id,kind,score\ns1,nps,9\ns2,csat,3\ns3,nps,\n")])
    found = frame(folder, "SELECT outcome, day FROM fact_surveys ORDER BY survey_id")
    assert found.outcome.astype(object).fillna("-").tolist() == ["promoter", "neutral", "-"]
    assert found.day.isna().all()
    for table in ("fact_tickets", "fact_orders", "fact_interactions", "dim_customer"):
        assert frame(folder, f"SELECT count(*) FROM {table}").iloc[0, 0] == 0
    assert "as_of" not in set(frame(folder, "SELECT key FROM meta").key)


def test_facts_keep_every_row(folder: Path, write: Write) -> None:
    text = "ticket_id,kind,opened_at,customer_id\n" + "".join(f"t{i},other,2025-01-01,c{i % 3}\n" for i in range(50))
    surveys = "survey_id,kind,score,ticket_id\n" + "".join(f"s{i},nps,9,t{i % 50}\n" for i in range(90))
    load([write("tickets.csv", text), write("surveys.csv", surveys)])
    assert frame(folder, "SELECT count(*) FROM fact_tickets").iloc[0, 0] == 50
    assert frame(folder, "SELECT count(*) FROM fact_surveys").iloc[0, 0] == 90
