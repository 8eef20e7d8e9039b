"""Brings a store to the newest shape when it is first opened, in one transaction and by one process at a time."""

import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from store.errors import StoreError
from warehouse.publish import sole_writer

HEAD = "0004"
"""The newest revision; alembic is loaded only where a store is older."""
SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 7318005
_WAIT = 60.0


def migrate(engine: Engine, file: Path | None) -> None:
    """Upgrade the store behind ``engine`` to `HEAD`; ``file`` is its SQLite file, None for a server.

    Raises `StoreError` when the store is newer than this program.
    """
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return
    with sole_writer(file.parent, _WAIT, lambda _: None) if file else nullcontext():
        if file:
            _let_readers_in(file)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if not file:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            _upgrade(connection)


def _let_readers_in(file: Path) -> None:
    """Write ahead, once and for all: readers and a writer then do not wait for each other."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def revision(connection: Connection) -> str | None:
    """The revision that the store is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().first()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError("newer", revision=revision(connection)) from error
