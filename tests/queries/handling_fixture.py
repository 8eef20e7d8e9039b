"""What case handling adds to the fixture: the policy as published, and what each ticket's row says of its way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
FCR_DAYS, OLD_DAYS = 7, 7
AGES = ((1, 0, 2), (2, 2, 4), (3, 4, 8), (4, 8, 31), (5, 31, None))
"""Place, first age and first age past it, in days."""
TABLES: Mapping[str, str] = {
    "handling_rules": "fcr_days INTEGER, old_days INTEGER",
    "backlog_ages": "place INTEGER, from_days INTEGER, until_days INTEGER",
}
TICKET_COLUMNS = (
    "assigned_at TIMESTAMP, first_response_at TIMESTAMP, feedback_at TIMESTAMP, confirmed_at TIMESTAMP, is_fcr BOOLEAN"
)


def rows() -> dict[str, list[Row]]:
    """Table -> rows."""
    ages = [dict(zip(("place", "from_days", "until_days"), age, strict=True)) for age in AGES]
    return {"handling_rules": [{"fcr_days": FCR_DAYS, "old_days": OLD_DAYS}], "backlog_ages": ages}


def way(place: int, row: Row, as_of: datetime) -> Row:
    """The columns of a ticket's way: some times are missing though a later one is there, some verdicts undecided."""
    opened, resolved = row["opened_at"], row["resolved_at"]
    known = row["reopen_count"] is not None and row["transfers"] is not None and row["customer_id"] is not None
    decided = known and resolved is not None and resolved + timedelta(days=FCR_DAYS) <= as_of
    undisturbed = row["reopen_count"] == 0 and row["transfers"] == 0
    return {
        "assigned_at": opened + timedelta(minutes=place % 4) if place % 5 else None,
        "first_response_at": row["response_done_at"] if place % 6 else None,
        "feedback_at": row["feedback_done_at"],
        "confirmed_at": row["closed_at"] if place % 2 else None,
        "is_fcr": undisturbed and place % 8 != 1 if decided else None,
    }
