"""What every kind of record has in common: entries about a subject, only ever added, never over what was not seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Table, insert, select

from store.errors import Changed, Invalid
from store.place import exists, reading, writing
from words import has

Row = Mapping[str, Any]


class Written(Protocol):
    """An entry as a frozen dataclass. ``at`` is UTC without an offset, ``id`` its place; both are given at saving."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def at(self) -> datetime | None:
        """When."""

    @property
    def id(self) -> int | None:
        """Its number."""


E = TypeVar("E", bound=Written)


def _nothing(_before: Row, _row: Row) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Book(Generic[E]):
    """One kind of record: its ``table``, the column that says what an entry is about, the ``entry`` that a row is, and
    what is ``checked`` before it is written. ``also``: what else is told of a subject beside its latest entry, from
    what was told before it."""

    table: Table
    subject: str
    entry: Callable[..., E]
    checked: Callable[[E], E]
    also: Callable[[Row, Row], dict[str, Any]] = _nothing

    def save(self, entry: E, seen: int) -> E:
        """Add ``entry``, written by someone who had seen its subject's history up to entry number ``seen`` (0: none).

        Returns it as it now stands. Raises `Invalid` for an entry that says too little or contradicts itself, `Changed`
        with what others wrote in between, and `StoreError` when the store cannot be written to.
        """
        checked = self.checked(entry)
        with writing(self.table.name) as connection:
            others = self._since(connection, getattr(checked, self.subject), seen)
            if not others:
                return self._add(connection, checked)
        raise Changed(others)

    def append(self, entries: Iterable[E]) -> int:
        """Add many entries at once, each with its own time, whoever wrote in between. Returns how many there were."""
        checked = [self.checked(entry) for entry in entries]
        with writing(self.table.name) as connection:
            for entry in checked:
                self._add(connection, entry)
        return len(checked)

    def since(self, subject: str, seen: int = 0) -> tuple[E, ...]:
        """What was written about ``subject`` after entry number ``seen``, oldest first."""
        if not exists():
            return ()
        with reading() as connection:
            return self._since(connection, subject, seen)

    def _since(self, connection: Connection, subject: str, seen: int) -> tuple[E, ...]:
        about = self.table.c[self.subject] == subject
        asked = select(self.table).where(about, self.table.c.id > seen).order_by(self.table.c.id)
        return tuple(self.entry(**row) for row in connection.execute(asked).mappings())

    def _add(self, connection: Connection, entry: E) -> E:
        values = {name: value for name, value in asdict(entry).items() if name != "id"}
        values["at"] = entry.at or datetime.now(UTC).replace(tzinfo=None)
        done = connection.execute(insert(self.table).values(values).returning(self.table.c.id))
        return replace(entry, id=done.scalar_one(), at=values["at"])

    def standing(self, history: Iterable[Row]) -> list[dict[str, Any]]:
        """A row per subject: the latest of its entries, how many there are, when the first was written, and `also`."""
        now: dict[str, dict[str, Any]] = {}
        for row in history:
            before = now.get(row[self.subject], {})
            told = {"entries": before.get("entries", 0) + 1, "begun_at": before.get("begun_at", row["at"])}
            now[row[self.subject]] = {**row, **told, **self.also(before, row)}
        return list(now.values())


def trimmed(entry: E, longest: Mapping[str, int]) -> E:
    """``entry`` with the texts named in ``longest`` trimmed, empty ones None."""
    return replace(entry, **{name: (getattr(entry, name) or "").strip() or None for name in longest})


def wrong_texts(entry: E, longest: Mapping[str, int], needed: Iterable[str]) -> Iterator[Invalid]:
    """Which texts of a `trimmed` entry are too long, and which of the ``needed`` are missing."""
    for name, most in longest.items():
        if len(getattr(entry, name) or "") > most:
            yield Invalid(f"long_{name}" if has(f"store.long_{name}") else "long_text", most=f"{most:,}")
    for name in needed:
        if not getattr(entry, name):
            yield Invalid(f"no_{name}")
