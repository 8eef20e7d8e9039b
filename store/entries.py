"""Outreach: who tried what to keep a customer, when, and what came of it. Entries are added, never changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from store.book import Book, Row, trimmed, wrong_texts
from store.errors import Invalid, refuse
from store.policy import policy
from store.tables import outreach

OPEN = ("planned", "contacted", "offer_made")
ENDED = ("retained", "lost", "wrong_alarm")
STATUSES = (*OPEN, *ENDED)
CONTACTED = ("contacted", "offer_made", "retained", "lost")
"""Statuses that say that somebody has spoken to the customer."""
_LONGEST = {"customer_id": 200, "author": 100, "owner": 100, "note": 4000, "reason_text": 1000, "reason": 50}


@dataclass(frozen=True)
class Entry:
    """One entry. ``at`` is UTC without an offset, ``id`` its place in the history; both are given at saving."""

    customer_id: str
    author: str
    status: str
    owner: str | None = None
    next_date: date | None = None
    note: str | None = None
    reason: str | None = None
    reason_text: str | None = None
    at: datetime | None = None
    id: int | None = None


def _checked(entry: Entry) -> Entry:
    """``entry`` with its texts trimmed. Raises `Invalid`."""
    checked = trimmed(entry, _LONGEST)
    refuse(_wrong(checked))
    return checked


def _wrong(entry: Entry) -> Iterator[Invalid]:
    yield from wrong_texts(entry, _LONGEST, ("customer_id", "author"))
    if entry.status not in STATUSES:
        yield Invalid("bad_status", status=entry.status)
    yield from _wrong_reason(entry)
    yield from _wrong_date(entry)


def _wrong_reason(entry: Entry) -> Iterator[Invalid]:
    if entry.status == "lost" and not entry.reason:
        yield Invalid("no_reason")
    if entry.status != "lost" and (entry.reason or entry.reason_text):
        yield Invalid("reason_too_early")
    if entry.reason and entry.reason not in policy().reasons:
        yield Invalid("bad_reason", reason=entry.reason)


def _wrong_date(entry: Entry) -> Iterator[Invalid]:
    """A next step may be due on the day of writing, anywhere on earth, or later."""
    written = (entry.at or datetime.now(UTC)).date()
    if entry.next_date and entry.status in ENDED:
        yield Invalid("nothing_next")
    if entry.next_date and entry.next_date < written - timedelta(days=1):
        yield Invalid("past_date", day=f"{entry.next_date}")


def _contact(before: Row, row: Row) -> dict[str, Any]:
    """When the customer was first contacted, and whether an offer was made."""
    spoken = row["at"] if row["status"] in CONTACTED else None
    return {
        "contacted_at": before.get("contacted_at") or spoken,
        "offered": before.get("offered", False) or row["status"] == "offer_made",
    }


BOOK = Book(outreach, "customer_id", Entry, _checked, _contact)
save, append, since = BOOK.save, BOOK.append, BOOK.since
