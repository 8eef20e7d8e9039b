"""Care lists decided by hand, and what happened with each customer, from the other facts of the fixture."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas import CARE_LISTS

Row = dict[str, Any]
_CUSTOMER = "tier VARCHAR, segment VARCHAR, region VARCHAR, industry VARCHAR"
TABLES: Mapping[str, str] = {
    "customer_care": "customer_id VARCHAR, care VARCHAR, name VARCHAR, owner VARCHAR, event_on DATE, "
    "days_ahead INTEGER, years INTEGER, answered_on DATE, score INTEGER, last_contact_on DATE, days_since INTEGER, "
    "is_late BOOLEAN, touches INTEGER, allowed INTEGER, may_contact BOOLEAN, place INTEGER, "
    f"is_vip BOOLEAN, {_CUSTOMER}",
    "care_rules": "place INTEGER, care VARCHAR, days INTEGER, most INTEGER, core INTEGER, growth INTEGER, "
    "dormant INTEGER, standard INTEGER, judged BOOLEAN, with_consent BOOLEAN",
    "customer_events": "customer_id VARCHAR, event VARCHAR, ref VARCHAR, happened_at TIMESTAMP, day DATE, "
    "status VARCHAR, product VARCHAR, net DOUBLE, kind VARCHAR, category VARCHAR, channel VARCHAR, is_open BOOLEAN, "
    "is_late BOOLEAN, score BIGINT, outcome VARCHAR, contact VARCHAR, direction VARCHAR, topic VARCHAR, "
    f"connected BOOLEAN, survey VARCHAR, touchpoint VARCHAR, comment VARCHAR, {_CUSTOMER}",
}
LISTED: Sequence[tuple[str, str, Row]] = (
    ("detractor", "C1", {"answered_on": date(2026, 2, 26), "score": 3, "days_since": 12, "is_late": True}),
    ("detractor", "C2", {"answered_on": date(2026, 3, 6), "score": 6, "days_since": 4, "is_late": False}),
    ("promoter", "C3", {"answered_on": date(2026, 3, 1), "score": 9, "days_since": 9}),
    ("promoter", "C4", {"answered_on": date(2026, 3, 1), "score": 10, "days_since": 9, "may_contact": False}),
    ("birthday", "C1", {"event_on": date(2026, 3, 10), "days_ahead": 0}),
    ("anniversary", "C2", {"event_on": date(2026, 4, 1), "days_ahead": 22, "years": 3}),
    ("untouched", "C1", {"last_contact_on": date(2025, 11, 1), "days_since": 129, "allowed": 90}),
    ("over_contact", "C4", {"last_contact_on": date(2026, 3, 9), "touches": 5, "allowed": 3}),
)
"""List, customer and what the list says of them, in the order in which to take them."""
OWNERS = {"C1": "王芳", "C2": None, "C3": "李强", "C4": "李强"}
ALLOWED = {"core": 90, "growth": 120, "dormant": 180, "standard": 365}


def rows(customers: Sequence[Row], facts: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Table -> rows."""
    known = {row["customer_id"]: row for row in customers}
    listed = [
        {**known[who], "care": care, "owner": OWNERS[who], "may_contact": True, "place": place, **told}
        for place, (care, who, told) in enumerate(LISTED, 1)
    ]
    rules = [
        {"place": place, "care": care, "days": 30, "most": 7, **ALLOWED, "judged": True, "with_consent": True}
        for place, care in enumerate(CARE_LISTS, 1)
    ]
    return {"customer_care": listed, "care_rules": rules, "customer_events": events(facts)}


def events(facts: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Every order, ticket, contact and survey of a known customer, customer by customer."""
    found = [
        *({**r, "event": "order", "ref": r["order_id"], "happened_at": r["ordered_at"]} for r in facts["fact_orders"]),
        *(_ticket(row) for row in facts["fact_tickets"]),
        *(
            {**r, "event": "contact", "ref": r["interaction_id"], "contact": r["kind"], "kind": None, "product": None}
            for r in facts["fact_interactions"]
        ),
        *(_survey(row) for row in facts["fact_surveys"]),
    ]
    known = [row for row in found if row["customer_id"]]
    return sorted(known, key=lambda row: (row["customer_id"], str(row["happened_at"]), row["ref"]))


def _ticket(row: Row) -> Row:
    late = any(row[f"{stage}_state"] in ("breached", "overdue") for stage in ("response", "feedback", "resolution"))
    own = {"event": "ticket", "ref": row["ticket_id"], "happened_at": row["opened_at"], "day": row["opened_day"]}
    return {**row, **own, "is_late": late, "score": row["satisfaction"]}


def _survey(row: Row) -> Row:
    own = {"event": "survey", "ref": row["survey_id"], "happened_at": row["answered_at"] or row["sent_at"]}
    return {**row, **own, "survey": row["kind"], "kind": None, "product": None}
