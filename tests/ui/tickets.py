"""A warehouse of tickets that the loader itself has judged: one of each kind by hand, and many drawn at random."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from warehouse.load import load

Row = dict[str, Any]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY = datetime(2025, 6, 9)
"""Times are UTC, and so is the team; the office works from 9 to 12 and from 13 to 18."""
HORIZON = MONDAY + 4 * DAY + 14 * HOUR

TICKETS: dict[str, Row] = {
    "simple": {
        **{"kind": "complaint", "opened_at": MONDAY + 10 * HOUR, "first_response_at": MONDAY + 10 * HOUR + 20 * MINUTE},
        **{"feedback_at": MONDAY + 12 * HOUR, "resolved_at": MONDAY + 20 * HOUR, "text": "Call me on 13800001234"},
        **{"customer_id": "c1", "team": "Night team", "agent_id": "a*7", "escalation_level": 1},
    },
    "twice": {
        **{"kind": "request", "opened_at": MONDAY + 10 * HOUR, "first_response_at": MONDAY + 11 * HOUR},
        "resolved_at": MONDAY + 2 * DAY + 15 * HOUR,
    },
    "reopened": {
        **{"kind": "problem", "opened_at": MONDAY + 9 * HOUR, "first_response_at": MONDAY + 10 * HOUR},
        **{"feedback_at": MONDAY + 11 * HOUR, "resolved_at": MONDAY + 3 * DAY + 10 * HOUR, "reopen_count": 1},
    },
    "source": {
        **{"kind": "complaint", "opened_at": MONDAY + 10 * HOUR, "resolved_at": MONDAY + 15 * HOUR},
        **{"judged_by": "source", "resolution_due_at": MONDAY + 14 * HOUR, "response_met": "yes"},
    },
    "unjudged": {"kind": "complaint", "opened_at": MONDAY + 10 * HOUR, "judged_by": "source"},
    "nothing": {"kind": "enquiry", "channel": "email", "opened_at": MONDAY + 10 * HOUR},
    "overnight": {
        **{"kind": "request", "opened_at": MONDAY + 17.5 * HOUR},
        "first_response_at": MONDAY + DAY + 9.5 * HOUR + 7 * timedelta(seconds=1),
    },
    "waits": {
        **{"kind": "request", "opened_at": HORIZON - 5 * HOUR, "first_response_at": HORIZON - 4 * HOUR},
    },
    "late": {"kind": "complaint", "opened_at": HORIZON - 3 * DAY},
    "short": {
        **{"kind": "complaint", "opened_at": MONDAY, "first_response_at": MONDAY + MINUTE},
        **{"resolved_at": MONDAY + 3 * MINUTE, "closed_at": MONDAY + 3 * MINUTE},
    },
    "long": {"kind": "problem", "opened_at": MONDAY - 40 * DAY, "resolved_at": MONDAY + DAY + 11 * HOUR},
    "last": {"kind": "other", "opened_at": HORIZON, "resolved_at": HORIZON},
}
PAUSES: list[Row] = [
    {"ticket_id": "twice", "started_at": MONDAY + 11.5 * HOUR, "ended_at": MONDAY + 14 * HOUR, "reason": "photos"},
    {
        "ticket_id": "twice",
        "started_at": MONDAY + 13.5 * HOUR,
        "ended_at": MONDAY + DAY + 10 * HOUR,
        "reason": "papers",
    },
    {"ticket_id": "waits", "started_at": HORIZON - 2 * HOUR, "reason": "an appointment"},
]
EVENTS: list[Row] = [
    {"ticket_id": "reopened", "happened_at": MONDAY + DAY + 10 * HOUR, "kind": "resolved"},
    {"ticket_id": "reopened", "happened_at": MONDAY + DAY + 16 * HOUR, "kind": "reopened"},
    {"ticket_id": "reopened", "happened_at": MONDAY + 2 * DAY + 10 * HOUR, "kind": "transferred", "note": "Repair"},
    {"ticket_id": "reopened", "happened_at": MONDAY + 2 * DAY + 11 * HOUR, "kind": "escalated", "note": "2"},
    {"ticket_id": "reopened", "happened_at": MONDAY + 3 * DAY + 10 * HOUR, "kind": "resolved"},
]
DRAWN = [f"drawn{n}" for n in range(40)]


def publish(scratch: Path) -> None:
    """Load all of it into the warehouse that WAREHOUSE_DIR names."""
    draw = Random(5)
    tickets = [{"ticket_id": name, "priority": "normal", **row} for name, row in TICKETS.items()]
    pauses, events = list(PAUSES), list(EVENTS)
    for name in DRAWN:
        row = _ticket(draw, name)
        tickets.append(row)
        pauses += _pauses(draw, row)
        events += _events(draw, row)
    stated = {
        "tickets": tickets,
        "pauses": [{"pause_id": f"P{n}", **row} for n, row in enumerate(pauses)],
        "events": [{"event_id": f"E{n}", **row} for n, row in enumerate(events)],
        "customers": [{"customer_id": "c1", "name": "Somebody"}],
    }
    load([_written(scratch / f"{table}.csv", rows) for table, rows in stated.items()])


def _ticket(draw: Random, name: str) -> Row:
    """A ticket of any kind; each step is taken or not, at any second up to the horizon."""
    opened = HORIZON - timedelta(seconds=draw.randrange(60, 20 * 86_400))
    steps = sorted(_moment(draw, opened, HORIZON) for _ in range(3))
    taken = draw.randrange(4)
    kind = draw.choice(["complaint", "request", "problem", "request", "enquiry"])
    done = dict(zip(("first_response_at", "feedback_at", "resolved_at"), steps[:taken], strict=False))
    return {"ticket_id": name, "kind": kind, "priority": draw.choice(["normal", "urgent"]), "opened_at": opened, **done}


def _pauses(draw: Random, ticket: Row) -> Iterator[Row]:
    for _ in range(draw.choice([0, 0, 1, 2, 4])):
        start = _moment(draw, ticket["opened_at"] - HOUR, HORIZON)
        end = _moment(draw, start, min(start + 2 * DAY, HORIZON)) if draw.random() < 0.85 else None
        yield {
            "ticket_id": ticket["ticket_id"],
            "started_at": start,
            "ended_at": end,
            "reason": draw.choice(["a", None]),
        }


def _events(draw: Random, ticket: Row) -> Iterator[Row]:
    """Thought to be solved and opened again, before it was resolved; or opened again after that, and not done since."""
    name, resolved = ticket["ticket_id"], ticket.get("resolved_at")
    for _ in range(draw.choice([0, 0, 1, 2])):
        first, last = sorted(_moment(draw, ticket["opened_at"], resolved or HORIZON) for _ in range(2))
        yield {"ticket_id": name, "happened_at": first, "kind": "resolved"}
        yield {"ticket_id": name, "happened_at": last, "kind": "reopened"}
    if resolved and draw.random() < 0.3:
        yield {"ticket_id": name, "happened_at": _moment(draw, resolved, HORIZON), "kind": "reopened"}


def _moment(draw: Random, first: datetime, last: datetime) -> datetime:
    return first + timedelta(seconds=draw.randint(0, int((last - first).total_seconds())))


def _written(path: Path, rows: list[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path
