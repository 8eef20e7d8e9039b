"""A published warehouse to ask, full or empty, and nothing left over from one test to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queries import actions_fixture, fixture, outreach_fixture


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fixture published in it; read only."""
    folder = tmp_path_factory.mktemp("full")
    fixture.publish(folder, fixture.rows())
    return folder


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published warehouse whose tables are all empty; read only."""
    folder = tmp_path_factory.mktemp("empty")
    fixture.publish(folder, {})
    return folder


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store in which people have written; read only."""
    url = outreach_fixture.write(tmp_path_factory.mktemp("written"))
    actions_fixture.write(url)
    return url


@pytest.fixture
def full(full_folder: Path, written: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Questions go to the full fixture, and to what people wrote about its customers."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(full_folder))
    monkeypatch.setenv("STORE_URL", written)
    yield full_folder


@pytest.fixture
def empty(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Questions go to the empty warehouse."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(empty_folder))
    yield empty_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which a test publishes what it likes."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    return tmp_path
