"""One ticket: its rules in their order, its steps and pauses, its clocks to the second, and who may see it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture
from tests.queries.fixture import AS_OF, Row

OPENED = datetime(2026, 3, 9, 2)
QUESTIONS = ("ticket", "ticket_clocks", "ticket_rules", "ticket_steps", "ticket_hours")


def rule(number: int, name: str, start: date, until: date | None = None, **asks: Any) -> Row:
    """A rule of the policy; what it does not ask for is an empty list."""
    lists: Row = {"kinds": [], "tiers": [], "priorities": [], "channels": []}
    stated = {"rule": number, "name": name, "version_from": start, "version_until": until, "vip": None, "clock": "24x7"}
    return {**stated, **lists, "response_working_days": 1.0, **asks}


OLD, NEW = date(2000, 1, 1), date(2026, 1, 1)
RULES = [
    rule(1, "last year's", OLD, date(2025, 12, 31), kinds=["complaint"]),
    rule(2, "complaint, VIP", NEW, kinds=["complaint"], vip=True),
    rule(3, "complaint, not VIP", NEW, kinds=["complaint"], vip=False),
    rule(4, "complaint of the core", NEW, kinds=["complaint", "problem"], tiers=["core"]),
    rule(5, "urgent problem", NEW, kinds=["problem"], priorities=["urgent"]),
    rule(6, "by phone", NEW, channels=["phone", "chat"]),
    rule(7, "by mail", NEW, channels=["email"]),
    rule(8, "all", NEW),
]
FACT: Row = {
    "text": "call me",
    **{"ticket_id": "T1", "customer_id": "C1", "department": "Support", "region": "East"},
    **{"kind": "complaint", "channel": "phone", "priority": None, "judged_vip": True, "judged_tier": "core"},
    **{"opened_at": OPENED, "opened_day": date(2026, 3, 9), "assigned_at": OPENED + timedelta(minutes=1)},
}
CLOCK: Row = {
    **{"ticket_id": "T1", "stage": "resolution", "state": "overdue", "rule": "simple", "clock": "office"},
    **{"department": "Support", "region": "East", "opened_day": date(2026, 3, 9), "started_at": OPENED},
    **{"due_at": OPENED + timedelta(hours=5), "spent_minutes": 200.5, "paused_minutes": 40.25, "target_minutes": 180.0},
    "late_minutes": 20.5,
}
EVENTS = [
    {
        "event_id": "E1",
        "ticket_id": "T1",
        "happened_at": OPENED + timedelta(hours=2),
        "kind": "transferred",
        "note": "B",
    },
    {"event_id": "E2", "ticket_id": "T2", "happened_at": OPENED, "kind": "reopened"},
    {
        **{"event_id": "E3", "ticket_id": "T1", "happened_at": OPENED + timedelta(hours=1), "kind": "escalated"},
        "note": "called",
    },
]
PAUSES = [
    {"pause_id": "P1", "ticket_id": "T1", "started_at": OPENED, "ended_at": None, "reason": "photos"},
    {
        **{"pause_id": "P2", "ticket_id": "T1", "started_at": OPENED, "ended_at": OPENED + timedelta(hours=3)},
        "reason": None,
    },
]
WINDOWS = [
    {"clock": name, "opens_at": OPENED + timedelta(hours=start), "closes_at": OPENED + timedelta(hours=end)}
    for name, start, end in (
        ("office", -9, -1),
        ("office", -1, 2),
        ("office", 3, 8),
        ("other", 0, 9),
        ("office", 40, 48),
    )
]


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    """The ticket T1 of customer C1, and another one of another department."""
    other = {
        "ticket_id": "T2",
        "kind": "other",
        "opened_at": OPENED,
        "opened_day": date(2026, 3, 9),
        "judged_vip": False,
    }
    tables = {
        "fact_tickets": [FACT, other],
        "dim_customer": [{"customer_id": "C1", "name": "Somebody"}],
        "fact_clocks": [CLOCK],
        "sla_rules": RULES,
        "fact_events": EVENTS,
        "fact_pauses": PAUSES,
        "clock_windows": WINDOWS,
    }
    fixture.publish(folder, {"meta": fixture.meta(1, empty=False), **tables})


def rows(name: str, scope: Scope | None = None, ticket: str = "T1") -> list[Row]:
    """The answer of a question about one ticket."""
    found: list[Row] = ask(name, scope or Scope(), ticket=ticket).to_pylist()
    return found


def test_the_rules_that_fit_are_those_whose_every_condition_holds() -> None:
    found = rows("ticket_rules")
    assert [row["sla_rule"] for row in found] == ["complaint, VIP", "complaint of the core", "by phone", "all"]
    assert {row["versions"] for row in found} == {2}
    assert (found[1]["kinds"], found[1]["tiers"], found[1]["channels"]) == ("complaint|problem", "core", "")
    assert [row["sla_rule"] for row in rows("ticket_rules", ticket="T2")] == ["all"]


def test_the_clock_is_worked_out_to_the_second() -> None:
    [found] = rows("ticket_clocks")
    assert found["whole_seconds"] == (AS_OF - OPENED).total_seconds()
    assert found["over_seconds"] == found["whole_seconds"] - 5 * 3600
    assert (found["spent_seconds"], found["paused_seconds"], found["late_seconds"]) == (12030, 2415, 1230)
    assert found["started_at"] == OPENED + fixture.ZONE


def test_steps_and_pauses_in_order_open_ones_to_the_horizon() -> None:
    found = [(row["step_id"], row["kind"], row["until_at"], row["lasts"]) for row in rows("ticket_steps")]
    assert found == [
        ("P1", "paused", AS_OF + fixture.ZONE, True),
        ("P2", "paused", OPENED + timedelta(hours=3) + fixture.ZONE, False),
        ("E3", "escalated", None, False),
        ("E1", "transferred", None, False),
    ]


def test_working_hours_are_those_of_its_calendars_while_it_lasts() -> None:
    found = [(row["clock"], row["opens_at"] - fixture.ZONE) for row in rows("ticket_hours")]
    assert found == [("office", OPENED - timedelta(hours=1)), ("office", OPENED + timedelta(hours=3))]


@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_sees_a_ticket_of_others(name: str) -> None:
    for viewer in (
        Viewer("v", departments=("Logistics",)),
        Viewer("v", regions=("West",)),
        Viewer("v", departments=()),
    ):
        assert rows(name, Scope(viewer=viewer)) == []
    assert rows(name, Scope(viewer=Viewer("v", departments=("Support",)))) == rows(name) != []


def test_who_may_not_see_personal_data_reads_no_name_and_no_text() -> None:
    [found] = rows("ticket", Scope(viewer=Viewer("v", sees_personal=False)))
    assert (found["customer_name"], found["text"], found["customer_id"]) == (MASK, MASK, "C1")


@pytest.mark.parametrize("name", QUESTIONS)
def test_without_a_ticket_there_is_no_answer(name: str) -> None:
    assert ask(name, Scope()).num_rows == 0
    assert rows(name, ticket="T3") == []
