"""Actions on a cause of complaints: what is to change, who sees to it, and from which day it should show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from store.book import Book, trimmed, wrong_texts
from store.errors import Invalid, refuse
from store.tables import cause_actions

OPEN = ("planned", "running")
ENDED = ("done", "dropped")
STATUSES = (*OPEN, *ENDED)
NARROWED = ("region", "product", "channel")
"""Where an action may be limited to; None is everywhere."""
_LONGEST = {
    **{"action": 36, "author": 100, "cause": 100, "what": 500, "owner": 100, "note": 4000},
    **dict.fromkeys(NARROWED, 200),
}


@dataclass(frozen=True)
class Action:
    """One entry about an action, as it stands from now on. ``action`` tells actions apart; ``cause`` is a key of the
    policy. ``starts_on``: the day from which it should show in the complaints; ``due_on``: by when it is to be done."""

    action: str
    author: str
    cause: str
    what: str
    status: str = "planned"
    owner: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    region: str | None = None
    product: str | None = None
    channel: str | None = None
    note: str | None = None
    at: datetime | None = None
    id: int | None = None


def new() -> str:
    """What tells the next action apart from all others."""
    return str(uuid4())


def _checked(entry: Action) -> Action:
    """``entry`` with its texts trimmed. Raises `Invalid`."""
    checked = trimmed(entry, _LONGEST)
    refuse(_wrong(checked))
    return checked


def _wrong(entry: Action) -> Iterator[Invalid]:
    yield from wrong_texts(entry, _LONGEST, ("action", "cause", "what", "author"))
    if entry.status not in STATUSES:
        yield Invalid("bad_status", status=entry.status)
    if entry.status in OPEN and not entry.owner:
        yield Invalid("no_action_owner")
    if entry.status in OPEN and not entry.due_on and not entry.at:  # what was written before may lack it
        yield Invalid("no_due")
    if entry.status in ("running", "done") and not entry.starts_on:
        yield Invalid("no_start")


BOOK = Book(cause_actions, "action", Action, _checked)
save, append, since = BOOK.save, BOOK.append, BOOK.since
