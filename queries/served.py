"""The published version that is being served: opened once, shared by all threads, closed when the last one is done."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import duckdb
from sqlglot import exp

from queries.errors import NoWarehouse, QuestionFailed
from queries.metrics import METRICS
from queries.relations import relations
from warehouse.publish import current, pointed
from warehouse.settings import warehouse_folder

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Meta:
    """What a published version says of itself. ``as_of``: the data's last moment (UTC), ``as_of_day``: its day in
    ``timezone``; both None without dated rows. ``workday``: the last working day up to it, ``workday_before``: the one
    before. ``undated``: scoped relations that have rows, none of them with a date.
    """

    version: str
    built_at: str
    timezone: str
    currency: str
    as_of: datetime | None
    as_of_day: date | None
    workday: date | None
    workday_before: date | None
    undated: frozenset[str]

    @cached_property
    def parameters(self) -> dict[str, object]:
        """The values of the built-in parameters of questions."""
        undated = {f"undated_{name}": name in self.undated for name, found in relations().items() if found.undated}
        return {
            "as_of": self.as_of,
            "as_of_day": self.as_of_day,
            "zone": self.timezone,
            "workday": self.workday,
            "workday_before": self.workday_before,
            **_windows(self.workday),
            **undated,
        }


def _windows(workday: date | None) -> dict[str, date | None]:
    """For each headline over several days, the first day of those it counts and of those it is compared with."""
    lengths = {metric.headline_days for metric in METRICS.values()}
    begin = {f"{name}_{days}": times * days - 1 for days in lengths for name, times in (("since", 1), ("before", 2))}
    return {name: workday and workday - timedelta(days=back) for name, back in begin.items()}


Pointed = tuple[int, int] | None
"""What the pointer looked like when it was followed."""


class Version:
    """One published file, open for reading. A cursor per query, so threads do not wait for each other.

    ``key`` tells it from every other version, even from one of the same name in a folder that was emptied.
    """

    def __init__(self, path: Path, pointed_at: Pointed) -> None:
        self.path = path
        self.pointed_at = pointed_at
        self.key = f"{path.stem} {pointed_at}"
        self._connection = duckdb.connect(str(path), read_only=True)
        self._running = 0
        self._retired = False
        self._lock = threading.Lock()
        self.meta = _read_meta(self._connection)

    def acquire(self) -> bool:
        """Note that a query is about to run; False when this version has been closed already."""
        with self._lock:
            if self._retired:
                return False
            self._running += 1
            return True

    def release(self) -> None:
        """Note that a query has ended; the last one of a retired version closes it."""
        with self._lock:
            self._running -= 1
            self._close_if_idle()

    def retire(self) -> None:
        """Serve no new query; close as soon as none is running."""
        with self._lock:
            self._retired = True
            self._close_if_idle()

    def _close_if_idle(self) -> None:
        if self._retired and not self._running:
            self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one query."""
        return self._connection.cursor()


_current: Version | None = None
_lock = threading.Lock()


@contextmanager
def serving() -> Iterator[Version]:
    """The newest published version, held open for as long as the block runs. Raises `NoWarehouse`."""
    version = _acquired()
    try:
        yield version
    finally:
        version.release()


def _acquired() -> Version:
    """The current version, marked as in use. The pointer may move in between: then the next one is taken."""
    while True:
        version = _newest()
        if version.acquire():
            return version


def _newest() -> Version:
    global _current
    known, folder = _current, warehouse_folder()
    if known is not None and known.path.parent == folder and known.pointed_at == pointed(folder):
        return known
    with _lock:
        # Looked at before it is followed: a pointer that moves in between is noticed the next time.
        found, path = pointed(folder), current(folder)
        if _current is None or (_current.path, _current.pointed_at) != (path, found):
            _current = _changed(_current, path, found)
        return _current


def _changed(old: Version | None, path: Path | None, found: Pointed) -> Version:
    """Open what is published at ``path``, then let go of ``old``. The old one stays if the new one cannot be opened."""
    if path is None:
        raise NoWarehouse("nothing has been published yet")
    if old is not None and old.path == path:
        # A file that is still open would be opened as it was.
        old.retire()
    try:
        new = Version(path, found)
    except duckdb.Error as error:
        log.exception("cannot open %s", path)
        raise QuestionFailed("version") from error
    if old is not None:
        old.retire()
    return new


def _read_meta(connection: duckdb.DuckDBPyConnection) -> Meta:
    cursor = connection.cursor()
    stated = dict(cursor.execute("SELECT key, value FROM meta").fetchall())
    day = date.fromisoformat(stated["as_of_day"]) if stated.get("as_of_day") else None
    workdays = cursor.execute(_WORKDAYS, {"day": day}).fetchall()
    return Meta(
        version=stated["version"],
        built_at=stated.get("built_at", ""),
        timezone=stated["timezone"],
        currency=stated.get("currency", ""),
        as_of=datetime.fromisoformat(stated["as_of"]) if stated.get("as_of") else None,
        as_of_day=day,
        workday=workdays[0][0] if workdays else day,
        workday_before=workdays[1][0] if len(workdays) > 1 else None,
        undated=frozenset(name for name, found in relations().items() if found.undated and _undated(cursor, name)),
    )


_WORKDAYS = "SELECT day FROM calendar WHERE is_workday AND day <= $day ORDER BY day DESC LIMIT 2"


def _undated(cursor: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether the relation has rows, none of them with a date."""
    relation = relations()[name]
    counts = [exp.Count(this=exp.Star()), exp.Count(this=exp.column(relation.day or ""))]
    probe = exp.select(*counts).from_(relation.tree.subquery("undated"))
    total, dated = cursor.execute(probe.sql(dialect="duckdb")).fetchall()[0]
    return bool(total and not dated)
