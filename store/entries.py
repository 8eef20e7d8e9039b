"""Outreach: who tried what to keep a customer, when, and what came of it. Entries are added, never changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Row, insert, select

from store.errors import Changed, Invalid
from store.place import exists, reading, writing
from store.policy import policy
from store.tables import outreach

OPEN = ("planned", "contacted", "offer_made")
ENDED = ("retained", "lost", "wrong_alarm")
STATUSES = (*OPEN, *ENDED)
CONTACTED = ("contacted", "offer_made", "retained", "lost")
"""Statuses that say that somebody has spoken to the customer."""
_LONGEST = {"customer_id": 200, "author": 100, "owner": 100, "note": 4000, "reason_text": 1000}
_TEXTS = (*_LONGEST, "reason")


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


def save(entry: Entry, seen: int) -> Entry:
    """Add ``entry``, written by someone who had seen the customer's history up to entry number ``seen`` (0: none).

    Returns it as it now stands. Raises `Invalid` for an entry that says too little or contradicts itself, `Changed`
    with what others wrote in between, and `StoreError` when the store cannot be written to.
    """
    checked = _checked(entry)
    with writing() as connection:
        others = _since(connection, checked.customer_id, seen)
        if not others:
            return _add(connection, checked)
    raise Changed(others)


def append(entries: Iterable[Entry]) -> int:
    """Add many entries at once, each with its own time, whoever wrote in between. Returns how many there were."""
    checked = [_checked(entry) for entry in entries]
    with writing() as connection:
        for entry in checked:
            _add(connection, entry)
    return len(checked)


def since(customer_id: str, seen: int = 0) -> tuple[Entry, ...]:
    """What was written about a customer after entry number ``seen``, oldest first."""
    if not exists():
        return ()
    with reading() as connection:
        return _since(connection, customer_id, seen)


def _since(connection: Connection, customer_id: str, seen: int) -> tuple[Entry, ...]:
    asked = select(outreach).where(outreach.c.customer_id == customer_id, outreach.c.id > seen).order_by(outreach.c.id)
    return tuple(_entry(row) for row in connection.execute(asked))


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**row._mapping)


def _add(connection: Connection, entry: Entry) -> Entry:
    values = {name: value for name, value in asdict(entry).items() if name != "id"}
    values["at"] = entry.at or datetime.now(UTC).replace(tzinfo=None)
    done = connection.execute(insert(outreach).values(values).returning(outreach.c.id))
    return replace(entry, id=done.scalar_one(), at=values["at"])


def _checked(entry: Entry) -> Entry:
    """``entry`` with its texts trimmed. Raises `Invalid`."""
    texts = {name: (getattr(entry, name) or "").strip() or None for name in _TEXTS}
    for name, longest in _LONGEST.items():
        if len(texts[name] or "") > longest:
            raise Invalid(f"long_{name}", most=f"{longest:,}")
    for name in ("customer_id", "author"):
        if not texts[name]:
            raise Invalid(f"no_{name}")
    if entry.status not in STATUSES:
        raise Invalid("bad_status", status=entry.status)
    checked = replace(entry, **texts)  # type: ignore[arg-type]
    _check_reason(checked)
    _check_date(checked)
    return checked


def _check_reason(entry: Entry) -> None:
    if entry.status == "lost" and not entry.reason:
        raise Invalid("no_reason")
    if entry.status != "lost" and (entry.reason or entry.reason_text):
        raise Invalid("reason_too_early")
    if entry.reason and entry.reason not in policy().reasons:
        raise Invalid("bad_reason", reason=entry.reason)


def _check_date(entry: Entry) -> None:
    """A next step may be due on the day of writing, anywhere on earth, or later."""
    written = (entry.at or datetime.now(UTC)).date()
    if entry.next_date and entry.status in ENDED:
        raise Invalid("nothing_next")
    if entry.next_date and entry.next_date < written - timedelta(days=1):
        raise Invalid("past_date", day=f"{entry.next_date}")
