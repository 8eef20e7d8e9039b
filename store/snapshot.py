"""The store as tables that questions read: each kind's whole history, and how things stand with each subject."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import Date, DateTime, Integer, Table, func, select

from store.books import BOOKS
from store.errors import StoreError
from store.place import exists, reading, url
from store.policy import action_policy, policy

_ALSO = {
    "outreach": [("contacted_at", pa.timestamp("us")), ("offered", pa.bool_())],
}
"""What a kind tells of a subject beside its latest entry."""
NAMES = frozenset(name for book in BOOKS for name in (book.table.name, f"{book.table.name}_history"))
"""The relations of a snapshot."""
Histories = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Snapshot:
    """``tables``: relation -> its rows, two for each kind of record. The one called as its table has one row per
    subject: the latest entry, how many there are (``entries``), when the first was written (``begun_at``), and what its
    kind tells beside; ``…_history`` has one row per entry. ``key`` tells it from every other snapshot."""

    key: str
    tables: Mapping[str, pa.Table]


def _made(key: str, histories: Histories) -> Snapshot:
    tables = {}
    for book in BOOKS:
        name, history = book.table.name, histories.get(book.table.name, ())
        told = [("entries", pa.int64()), ("begun_at", pa.timestamp("us")), *_ALSO.get(name, ())]
        tables[f"{name}_history"] = pa.Table.from_pylist(list(history), pa.schema(_fields(book.table)))
        tables[name] = pa.Table.from_pylist(book.standing(history), pa.schema([*_fields(book.table), *told]))
    return Snapshot(key, tables)


def _fields(table: Table) -> list[tuple[str, pa.DataType]]:
    kinds = {Integer: pa.int64(), DateTime: pa.timestamp("us"), Date: pa.date32()}
    return [(column.name, kinds.get(type(column.type), pa.string())) for column in table.columns]


_EMPTY = _made("", {})
_kept = _EMPTY
_lock = threading.Lock()


def snapshot() -> Snapshot:
    """The store as it is now; the same object for as long as nobody writes. Raises `StoreError`."""
    global _kept
    if not exists():
        return _EMPTY
    with _lock:
        if _kept.key != _key(revision()):
            histories = _histories()
            _kept = _made(
                _key(tuple(max((row["id"] for row in rows), default=0) for rows in histories.values())), histories
            )
        return _kept


def _key(last: tuple[int, ...]) -> str:
    return f"{url().render_as_string()} {'-'.join(map(str, last))}"


def _histories() -> Histories:
    with reading() as connection:
        return {
            book.table.name: [
                dict(row) for row in connection.execute(select(book.table).order_by(book.table.c.id)).mappings()
            ]
            for book in BOOKS
        }


def readable() -> Snapshot:
    """The same; an empty one where the store cannot be read: screens say so, and go on without it."""
    try:
        return snapshot()
    except StoreError:
        return _EMPTY


def revision() -> tuple[int, ...]:
    """The number of the last entry of each kind, 0 where there is none. Raises `StoreError`."""
    with reading() as connection:
        return tuple(connection.execute(select(func.max(book.table.c.id))).scalar() or 0 for book in BOOKS)


def trouble() -> StoreError | None:
    """Why the store, or its policy, cannot be used; None when both can."""
    try:
        policy()
        action_policy()
        snapshot()
    except StoreError as error:
        return error
    return None
