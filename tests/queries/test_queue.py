"""The queue where clocks differ: the order is that of the time which each ticket's own clock has left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from queries import Scope, ask
from tests.queries import fixture
from tests.queries.fixture import AS_OF, Row


def clock(ticket: str, state: str, minutes: float | None, due_hours: float, **more: object) -> Row:
    """One clock of an open ticket, due so many hours after the data's last moment."""
    time = {"left_minutes": minutes} if state in ("running", "paused") else {"late_minutes": minutes}
    about = {"stage": "resolution", "rule": "simple", "clock": "24x7", "is_open": True, "is_vip": False}
    moments = {"opened_at": AS_OF - timedelta(days=2), "due_at": AS_OF + timedelta(hours=due_hours)}
    return {"ticket_id": ticket, "state": state, **about, **moments, **time, **more}


CLOCKS: Sequence[Row] = [
    clock("night", "running", 120, 15, clock="office"),  # two working hours, but the night lies between
    clock("soon", "running", 180, 3),
    clock("vip", "running", 180, 3, is_vip=True),
    clock("two", "running", 600, 10, stage="feedback"),
    clock("two", "running", 60, 20, clock="office"),  # later by the wall clock, but nearer in its own time
    clock("waits", "paused", 5, 1),
    clock("late", "overdue", 30, -20, clock="office"),
    clock("later", "overdue", 90, -1.5, stage="response"),
    clock("later", "paused", 500, 8),  # waits at one target, having missed the other
    clock("verdict", "overdue", None, 0, due_at=None),  # the source says no more than that it is late
]


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    """The clocks above, a text for each ticket, and the working hours of two calendars on the day of the horizon."""
    tickets = [{"ticket_id": name} for name in {row["ticket_id"] for row in CLOCKS}]
    windows = [
        {"clock": name, "opens_at": datetime(2026, 3, day, first), "closes_at": datetime(2026, 3, day, last)}
        for name, day, first, last in (
            ("office", 9, 1, 10),
            ("office", 10, 1, 4),
            ("office", 10, 5, 10),
            ("late shift", 10, 9, 14),
            ("late shift", 11, 9, 14),
            ("split", 10, 8, 11),
            ("split", 10, 12, 15),
        )
    ]
    facts = [row | {"is_open": True} for row in tickets]
    tables = {"fact_tickets": facts, "tickets": tickets, "fact_clocks": CLOCKS, "clock_windows": windows}
    fixture.publish(folder, {"meta": fixture.meta(1, empty=False), **tables})


def ids(**params: str) -> list[str]:
    """The tickets in their order."""
    found: list[str] = ask("queue", Scope(), **params).column("ticket_id").to_pylist()
    return found


def test_least_time_of_its_own_clock_first_and_a_vip_before_its_equal() -> None:
    assert ids() == ["two", "night", "vip", "soon"]


def test_a_ticket_stands_at_the_target_with_the_least_time_left() -> None:
    found = {row["ticket_id"]: (row["stage"], row["minutes_left"]) for row in ask("queue", Scope()).to_pylist()}
    assert found["two"] == ("resolution", 60)


def test_who_waits_for_the_customer_is_apart() -> None:
    assert ids(which="paused") == ["waits", "later"]


def test_who_waits_and_is_late_elsewhere_is_counted_once_and_named_beside() -> None:
    [found] = ask("standing", Scope()).to_pylist()
    counted = {"tickets": 8, "overdue": 3, "running": 4, "paused": 1, "none": 0}
    assert found == counted | {"also_running": 0, "also_paused": 1}


def test_past_due_by_how_late_in_its_own_time_and_a_bare_verdict_last() -> None:
    assert ids(which="overdue") == ["later", "late", "verdict"]


def test_the_total_does_not_depend_on_how_many_are_shown() -> None:
    assert ask("queue", Scope(), limit=1).column("total").to_pylist() == [4]


def test_working_hours_of_the_day() -> None:
    """The horizon is 18:00 in Shanghai, when the office closes: a window that ends then runs no more."""
    found = {row["clock"]: (row["hours_until"], row["day_until"]) for row in ask("hours_today", Scope()).to_pylist()}
    assert found == {
        "late shift": (datetime(2026, 3, 10, 22), datetime(2026, 3, 10, 22)),
        "office": (None, datetime(2026, 3, 10, 18)),
        "split": (datetime(2026, 3, 10, 19), datetime(2026, 3, 10, 23)),
    }
