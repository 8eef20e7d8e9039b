"""What happened with each customer: every row of the facts that names one, once, customer by customer."""

from datetime import date, timedelta

import pytest

from tests.warehouse.care_world import world
from tests.warehouse.derived import derived
from tests.warehouse.test_care import rows

_KEYS = {
    "order": ("orders", "order_id", "ordered_at"),
    "ticket": ("tickets", "ticket_id", "opened_at"),
    "contact": ("interactions", "interaction_id", "happened_at"),
    "survey": ("surveys", "survey_id", "answered_at"),
}


def test_events_are_every_row_of_the_facts_in_the_order_of_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TIMEZONE", "UTC")
    drawn = world(date(2025, 3, 1), 11)
    answered = [
        row | {"kind": "complaint", "first_response_at": row["opened_at"] + timedelta(minutes=5 if n % 2 else 3000)}
        for n, row in enumerate(drawn["tickets"])
    ]
    given = {**drawn, "tickets": answered}
    anonymous = {"interaction_id": "nobody", "happened_at": given["orders"][0]["ordered_at"], "channel": "chat"}
    with derived({**given, "interactions": [*given["interactions"], anonymous]}, until="52_customer_events") as con:
        found = rows(con, "FROM customer_events")
        late = {row["ticket_id"] for row in rows(con, "FROM fact_clocks WHERE state IN ('breached', 'overdue')")}
    expected = {
        (event, row[key], row["customer_id"], row[at])
        for event, (table, key, at) in _KEYS.items()
        for row in given[table]
    }
    told = [(row["event"], row["ref"], row["customer_id"], row["happened_at"]) for row in found]
    assert set(told) == expected and len(told) == len(expected)
    order = [(customer, at) for _, _, customer, at in told]
    assert order == sorted(order)
    assert {row["ref"] for row in found if row["is_late"]} == late
    assert 0 < len(late) < len(given["tickets"])
