"""The store as tables that questions read: the whole history, and how things stand with each customer."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import func, select

from store.entries import CONTACTED
from store.errors import StoreError
from store.place import exists, reading, url
from store.policy import policy
from store.tables import outreach

_HISTORY = pa.schema(
    [
        ("id", pa.int64()),
        ("customer_id", pa.string()),
        ("at", pa.timestamp("us")),
        ("author", pa.string()),
        ("owner", pa.string()),
        ("status", pa.string()),
        ("next_date", pa.date32()),
        ("note", pa.string()),
        ("reason", pa.string()),
        ("reason_text", pa.string()),
    ]
)
_NOW = pa.schema(
    [
        *_HISTORY,
        ("entries", pa.int64()),
        ("begun_at", pa.timestamp("us")),
        ("contacted_at", pa.timestamp("us")),
        ("offered", pa.bool_()),
    ]
)
NAMES = frozenset({"outreach", "outreach_history"})
"""The relations of a snapshot."""


@dataclass(frozen=True)
class Snapshot:
    """``tables``: relation -> its rows. ``outreach`` has one row per customer: the latest entry, when it began, when
    the customer was first contacted, and whether an offer was made. ``key`` tells it from every other snapshot."""

    key: str
    tables: Mapping[str, pa.Table]


def _made(key: str, history: Sequence[Mapping[str, Any]]) -> Snapshot:
    tables = {"outreach": _standing(history), "outreach_history": pa.Table.from_pylist(list(history), _HISTORY)}
    return Snapshot(key, tables)


def _standing(history: Sequence[Mapping[str, Any]]) -> pa.Table:
    now: dict[str, dict[str, Any]] = {}
    for row in history:
        before = now.get(row["customer_id"], {})
        spoken = row["at"] if row["status"] in CONTACTED else None
        now[row["customer_id"]] = {
            **row,
            "entries": before.get("entries", 0) + 1,
            "begun_at": before.get("begun_at", row["at"]),
            "contacted_at": before.get("contacted_at") or spoken,
            "offered": before.get("offered", False) or row["status"] == "offer_made",
        }
    return pa.Table.from_pylist(list(now.values()), _NOW)


_EMPTY = _made("", ())
_kept = _EMPTY
_lock = threading.Lock()


def snapshot() -> Snapshot:
    """The store as it is now; the same object for as long as nobody writes. Raises `StoreError`."""
    global _kept
    if not exists():
        return _EMPTY
    with _lock:
        key = f"{url().render_as_string()} {revision()}"
        if _kept.key != key:
            with reading() as connection:
                rows = connection.execute(select(outreach).order_by(outreach.c.id)).mappings().all()
            last = rows[-1]["id"] if rows else 0
            _kept = _made(f"{url().render_as_string()} {last}", [dict(row) for row in rows])
        return _kept


def readable() -> Snapshot:
    """The same; an empty one where the store cannot be read: screens say so, and go on without it."""
    try:
        return snapshot()
    except StoreError:
        return _EMPTY


def revision() -> int:
    """The number of the last entry, 0 when there is none. Raises `StoreError`."""
    with reading() as connection:
        return connection.execute(select(func.max(outreach.c.id))).scalar() or 0


def trouble() -> StoreError | None:
    """Why the store, or its policy, cannot be used; None when both can."""
    try:
        policy()
        snapshot()
    except StoreError as error:
        return error
    return None
