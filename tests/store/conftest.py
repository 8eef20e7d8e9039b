"""A store of each test's own, on every database that this machine can offer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from tests.store import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for all tests of the store; without one they skip and say so."""
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty store in a file that is not there yet."""
    url = f"sqlite:///{tmp_path / 'kept' / 'store.sqlite'}"
    monkeypatch.setenv("STORE_URL", url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty store, once on each database."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    if request.param == "postgresql":
        url = _new_database(request.getfixturevalue("postgres_url"), tmp_path.name)
    monkeypatch.setenv("STORE_URL", url)
    return url


def _new_database(server: str, name: str) -> str:
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    safe = "".join(letter if letter.isalnum() else "_" for letter in name)
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f'CREATE DATABASE "{safe}"'))
    engine.dispose()
    return sqlalchemy.make_url(server).set(database=safe).render_as_string(hide_password=False)
