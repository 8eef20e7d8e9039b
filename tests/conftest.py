"""Fixtures that all tests share: a warehouse folder of their own, files written from text, the real data sets."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, settings

from schemas import CONTRACTS
from tests import browser_setup
from warehouse.derive import build, remarks
from warehouse.load import load
from warehouse.publish import current
from warehouse.sample import generate
from warehouse.settings import Settings
from warehouse.sql import name

REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "real"

settings.register_profile(
    "default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("default")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What one module makes for its tests is made once: they run on one worker. Without a browser its tests skip and
    say what to install; on CI a missing browser is a failure."""
    for item in items:
        if isinstance(item, pytest.Function) and _shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
    message = browser_setup.missing()
    if message is None or os.environ.get("CI") == "true":
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=message))


def _shares_with_its_module(item: pytest.Function) -> bool:
    found = item._fixtureinfo.name2fixturedefs.values()
    return item.get_closest_marker("xdist_group") is None and any(each[-1].scope == "module" for each in found)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty warehouse folder, which WAREHOUSE_DIR names; the team lives in UTC."""
    place = tmp_path / "warehouse"
    monkeypatch.setenv("WAREHOUSE_DIR", str(place))
    monkeypatch.setenv("TEAM_TIMEZONE", "UTC")
    yield place


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """``write(name, text)`` makes a UTF-8 file and returns its path."""

    def _write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def tables_only(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Loads publish the tables as they were read and derive nothing, which is most of a small load, unless the test is
    marked ``whole``. For tests of what is read, set aside and merged."""
    if not request.node.get_closest_marker("whole"):
        derive_nothing(monkeypatch)


def derive_nothing(patch: pytest.MonkeyPatch) -> None:
    """From now on loads publish the tables as they were read."""

    def publish_tables(con: duckdb.DuckDBPyConnection, team: Settings, version: str, _: object) -> None:
        for table in CONTRACTS:
            con.execute(f"CREATE TABLE {name(version)}.main.{table} AS FROM temp.{table}")

    patch.setattr("warehouse.load.derive", publish_tables)
    patch.setattr("warehouse.load.remarks", lambda _: [])


def derive_until(patch: pytest.MonkeyPatch, last: str) -> None:
    """From now on nothing is derived after the numbered step ``last``: tests of an early table need not wait for the
    later ones, which are most of a small load."""
    steps = build._steps
    patch.setattr(build, "_steps", lambda: {name: step for name, step in steps().items() if name <= last})
    patch.setattr(remarks, "cause_remarks", lambda con: [])  # they rest on the last steps


@pytest.fixture
def facts_only(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Loads derive the facts with their clocks and nothing that rests on them, unless the test is marked ``whole``."""
    if not request.node.get_closest_marker("whole"):
        derive_until(monkeypatch, "50_other_facts")


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a small sample company is published (its files in ``files``, what the load remarked in
    ``remarks.txt``), made once for all workers; read only. Its last day, 2025-03-16, is amid a month."""

    def make(place: Path, patch: pytest.MonkeyPatch) -> None:
        patch.delenv("TEAM_TIMEZONE", raising=False)
        report = load([generate(place / "files", scale=0.1, until=date(2025, 3, 16))], folder=place)
        (place / "remarks.txt").write_text("\n".join(report.remarks), encoding="utf-8")

    return once(tmp_path_factory, "small_company", make)


@pytest.fixture(scope="session")
def cdnow(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of CDNOW's purchases alone, made once for all workers; read only."""
    return _of_one_file(tmp_path_factory, real / "cdnow" / "CDNOW_master.txt", "cdnow")


@pytest.fixture(scope="session")
def waimai(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the reviews of a delivery service alone, made once for all workers; read only."""
    return _of_one_file(tmp_path_factory, real / "waimai" / "waimai_10k.csv", "waimai")


def _of_one_file(tmp_path_factory: pytest.TempPathFactory, file: Path, mapping: str) -> Path:
    def make(place: Path, patch: pytest.MonkeyPatch) -> None:
        patch.setenv("TEAM_TIMEZONE", "UTC")
        load([file], mapping, folder=place)

    return once(tmp_path_factory, mapping, make)


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path, pytest.MonkeyPatch], None]) -> Path:
    """The folder ``name`` that all workers share, in which the first one to come makes a warehouse."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place = shared / name
    with (shared / f"{name}.lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        flock(lock, LOCK_EX)
        if not current(place):
            make(place, patch)
    return place


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real data sets; tests that need it skip where it is absent."""
    if not REAL.is_dir():
        pytest.skip("the real data sets (../shared/real) are not on this machine")
    return REAL
