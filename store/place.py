"""Where the store lies (``STORE_URL``, else a SQLite file beside the warehouse's folder), and the way in."""

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from store.errors import StoreError
from store.migrate import migrate
from warehouse.publish import current
from warehouse.settings import warehouse_folder

log = logging.getLogger(__name__)
_PATIENCE = 15
"""Seconds that a writer waits for another one."""
_REST = 5.0
"""Seconds until a store that could not be reached is tried again: a page asks several times."""
MARK = "SAMPLE"
"""The file in the warehouse's folder that names the version which holds the sample company."""
_failed: dict[str, float] = {}


def url() -> URL:
    """Where the store is. The file lies beside the warehouse's folder, so that no load ever touches it.

    The sample company has a file of its own: what is made up must not turn up among what people wrote.
    """
    if given := os.environ.get("STORE_URL"):
        try:
            return make_url(given)
        except ArgumentError as error:
            raise StoreError("bad_url") from error
    folder = warehouse_folder().absolute()
    name = "sample.sqlite" if is_sample() else "store.sqlite"
    return URL.create("sqlite", database=str(folder.with_name(f"{folder.name}-store") / name))


def is_sample() -> bool:
    """Whether the published version is the sample company as it was made."""
    served, mark = current(), warehouse_folder() / MARK
    return served is not None and mark.is_file() and mark.read_text(encoding="utf-8").strip() == served.name


def exists() -> bool:
    """False when it is a file that nobody has written to yet: reading must not make one."""
    path = _file(url())
    return path is None or path.is_file()


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to read from. Raises `StoreError` when the store cannot be read."""
    with _told(), _engine().connect() as connection:
        yield connection


@contextmanager
def writing(table: str) -> Iterator[Connection]:
    """A transaction that no other writer to ``table`` runs beside; it is committed when the block ends well.

    Raises `StoreError` when the store cannot be written to.
    """
    with _told(), _engine().connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # Numbers are given out before they are committed: without this a reader could see 5 and miss 4 for good.
            connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    """Whatever the database says, in words; the cause goes to the log."""
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError, sqlite3.Error) as error:
        log.warning("the store cannot be used: %s", error)
        raise StoreError("closed") from error


def _engine() -> Engine:
    address = url()
    name = address.render_as_string(hide_password=False)
    if time.monotonic() - _failed.get(name, -_REST) < _REST:
        raise StoreError("closed")
    try:
        engine = _opened(address, _inode(address)) if exists() else _opened.__wrapped__(address, None)
    except Exception:
        _failed[name] = time.monotonic()
        raise
    _failed.pop(name, None)
    return engine


def _file(address: URL) -> Path | None:
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def _inode(address: URL) -> int | None:
    """Tells a file from another one put in its place, such as a backup."""
    path = _file(address)
    return path.stat().st_ino if path and path.is_file() else None


@lru_cache(maxsize=8)
def _opened(address: URL, _: int | None) -> Engine:
    path = _file(address)
    if path is None:
        waiting = {"connect_timeout": 3} if address.get_backend_name() == "postgresql" else {}
        engine = create_engine(address, pool_pre_ping=True, connect_args=waiting)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A connection per use: one that is kept would go on writing to a file that has been deleted.
        engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": _PATIENCE})
        event.listen(engine, "connect", _by_hand)
        event.listen(engine, "begin", _begin)
    migrate(engine, path)
    return engine


def _by_hand(connection: sqlite3.Connection, _: Any) -> None:
    """Transactions begin where we say, not where the driver guesses."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: one that read first could no longer get it when another was quicker."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
