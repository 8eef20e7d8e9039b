"""The questions about one customer: each against the rows of the fixture, counted in plain Python."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture, outreach_fixture

pytestmark = pytest.mark.usefixtures("full")
ALL = Scope()
NAMES = [row["customer_id"] for row in fixture.CUSTOMERS]
MASKED = Scope(viewer=Viewer("v", sees_personal=False))


def rows(name: str, scope: Scope = ALL, **params: str | int | date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def of(customer: str, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in facts if row["customer_id"] == customer]


def moment(at: datetime | None) -> datetime | None:
    return at + fixture.ZONE if at else None


def expected(customer: str) -> set[tuple[str, str, datetime | None]]:
    """Lane, number and moment on the team's clock of everything that happened with a customer."""
    found = {("order", row["order_id"], moment(row["ordered_at"])) for row in of(customer, fixture.orders())}
    found |= {("ticket", row["ticket_id"], moment(row["opened_at"])) for row in of(customer, fixture.tickets())}
    found |= {
        (row["direction"], row["interaction_id"], moment(row["happened_at"]))
        for row in of(customer, fixture.interactions())
    }
    found |= {
        ("survey", row["survey_id"], moment(row["answered_at"] or row["sent_at"]))
        for row in of(customer, fixture.surveys())
    }
    written = enumerate(outreach_fixture.ENTRIES, 1)
    return found | {("outreach", str(n), moment(entry.at)) for n, entry in written if entry.customer_id == customer}


@pytest.mark.parametrize("customer", NAMES)
def test_the_timeline_holds_everything_once_the_latest_first(customer: str) -> None:
    found = rows("customer_timeline", customer=customer)
    told = [(row["lane"], row["ref"], row["happened_at"]) for row in found]
    assert set(told) == expected(customer) and len(told) == len(expected(customer)) == found[0]["total"]
    dated = [at for *_, at in told if at]
    assert dated == sorted(dated, reverse=True)
    assert {row["ref"] for row in found if row["ticket_id"]} == {ref for lane, ref, _ in told if lane == "ticket"}


def test_the_timeline_by_lane_since_a_day_and_in_part() -> None:
    day = date(2026, 2, 10)
    for lane in ("order", "ticket", "inbound", "outbound", "survey", "outreach"):
        wanted = {ref for kind, ref, at in expected("C1") if kind == lane and at and at.date() >= day}
        found = rows("customer_timeline", customer="C1", lane=lane, since=day)
        assert {row["ref"] for row in found} == wanted and wanted
    assert len(rows("customer_timeline", customer="C1", limit=2)) == 2
    assert rows("customer_timeline") == rows("customer_timeline", customer="nobody") == []


def test_moods_are_those_of_verdicts_and_answers() -> None:
    tickets, surveys = ({row[key]: row for row in facts} for key, facts in _FACTS)
    for row in rows("customer_timeline", customer="C1"):
        mood = None
        if row["lane"] == "ticket":
            states = {tickets[row["ref"]][f"{stage}_state"] for stage in fixture.STAGES}
            mood = "bad" if states & {"breached", "overdue"} or row["kind"] == "complaint" else None
        if row["lane"] == "survey":
            outcome = surveys[row["ref"]]["outcome"]
            mood = {"promoter": "good", "satisfied": "good", "detractor": "bad", "dissatisfied": "bad"}.get(outcome)
        assert row["mood"] == mood


_FACTS = (("ticket_id", fixture.tickets()), ("survey_id", fixture.surveys()))


def test_comments_hide_what_reaches_a_person_or_are_masked() -> None:
    comments = {row["comment"] for name in NAMES for row in rows("customer_timeline", customer=name)}
    assert any(MASK in (comment or "") for comment in comments) and not any("49 30" in (c or "") for c in comments)
    masked = {row["comment"] for name in NAMES for row in rows("customer_timeline", MASKED, customer=name)}
    assert masked == {MASK, None}


@pytest.mark.parametrize("customer", NAMES)
def test_service_counts(customer: str) -> None:
    [found] = rows("customer_service", customer=customer)
    tickets = of(customer, fixture.tickets())
    recent = [row for row in tickets if row["opened_day"] > date(2026, 3, 10) - timedelta(days=365)]
    late = [row for row in recent if {row[f"{s}_state"] for s in fixture.STAGES} & {"breached", "overdue"}]
    answers = [row for row in of(customer, fixture.surveys()) if row["kind"] == "nps" and row["score"] is not None]
    latest = max((row for row in answers if row["answered_at"]), key=lambda row: row["answered_at"], default=None)
    ours = [row["day"] for row in of(customer, fixture.interactions()) if row["direction"] == "outbound"]
    assert (found["open_tickets"], found["tickets"]) == (sum(row["is_open"] for row in tickets), len(recent))
    assert found["complaints"] == sum(row["kind"] == "complaint" for row in recent)
    assert (found["late"], found["last_contact_on"]) == (len(late), max(ours, default=None))
    assert (found["nps_score"], found["answered_on"]) == ((latest["score"], latest["day"]) if latest else (None, None))


def test_history_is_the_month_ends_with_revenue_a_month() -> None:
    found = rows("customer_history", customer="C1")
    assert [row["tier"] for row in found] == ["growth", "core", "core"]
    revenue = [row["revenue"] for row in found]
    means = [sum(revenue[: n + 1]) / (n + 1) for n in range(3)]
    assert [row["revenue_a_month"] for row in found] == pytest.approx(means)
    assert rows("customer_history", customer="nobody") == []


def test_the_risk_is_that_of_the_watchlist() -> None:
    for row in rows("watchlist", which="all"):
        [own] = rows("customer_risk", customer=row["customer_id"])
        assert own.items() <= row.items() | {("worth_a_call", own["worth_a_call"])}
    assert rows("customer_risk", customer="C5") == []


@pytest.mark.parametrize(
    ("search", "first", "n"), [("c3", "C3", 1), ("name", "C1", 5), ("NAME C2", "C2", 1), ("nobody", None, 0)]
)
def test_search_finds_by_number_and_name(search: str, first: str | None, n: int) -> None:
    found = rows("customer_search", search=search)
    assert len(found) == n and {row["total"] for row in found} <= {n}
    assert (found[0]["customer_id"] if found else None) == first


def test_a_masked_name_is_neither_shown_nor_found() -> None:
    assert rows("customer_search", MASKED, search="name c1") == []
    assert [row["customer_name"] for row in rows("customer_search", MASKED, search="C1")] == [MASK]
    assert [row["customer_name"] for row in rows("customer", MASKED, customer="C1")] == [MASK]
