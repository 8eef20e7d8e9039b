"""Outreach of the sample company: the same each time, signed as made up, by owners who exist, never over real ones."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from store import CONTACTED, ENDED, Entry, save, since, snapshot
from store.place import MARK
from store.sample import AUTHOR, make
from tests.queries.outreach_fixture import month, publish
from warehouse.settings import POLICY, read_toml

LAST = date(2025, 6, 30)
ENDS = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31), LAST]
OWNERS = ("Owner 1", "Owner 2", None)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred customers on the list at six month-ends, published as the sample is; read only."""
    names = [f"K{n:03}" for n in range(200)]
    folder = tmp_path_factory.mktemp("company")
    publish(
        folder,
        [month(name, day, "retention", 50) for day in ENDS for name in names],
        dim_customer=[{"customer_id": name, "owner": OWNERS[n % 3]} for n, name in enumerate(names)],
        month_ends=[{"month": day.replace(day=1), "as_of": day, "whole": True} for day in ENDS],
    )
    (folder / MARK).write_text("warehouse-000001.duckdb", encoding="utf-8")
    return folder


@pytest.fixture
def company(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That company, with a folder for a store of the test's own."""
    folder = tmp_path / "warehouse"
    shutil.copytree(published, folder)
    monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
    monkeypatch.delenv("STORE_URL", raising=False)
    return folder


def test_it_is_made_once_and_the_same_each_time(company: Path) -> None:
    assert make(today=LAST) > 100
    first = snapshot().tables
    assert make(today=LAST) == 0
    shutil.rmtree(company.with_name("warehouse-store"))
    assert make(today=LAST) == first["outreach_history"].num_rows + first["cause_actions_history"].num_rows
    assert snapshot().tables == first


@pytest.mark.usefixtures("company")
def test_it_reads_like_the_real_thing() -> None:
    make(today=LAST)
    rows = snapshot().tables["outreach_history"].to_pylist()
    assert {row["author"] for row in rows} == {AUTHOR}
    assert {row["owner"] for row in rows} == {"Owner 1", "Owner 2"}
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert all(row["at"].date() <= LAST for row in rows)
    standing = snapshot().tables["outreach"].to_pylist()
    assert {row["status"] for row in standing} >= {"contacted", *ENDED}
    assert {bool(row["contacted_at"]) for row in standing if row["status"] in CONTACTED} == {True}
    due = [row["next_date"] for row in standing if row["next_date"]]
    assert any(day <= LAST for day in due) and max(due) > LAST and max(due) < LAST + timedelta(days=30)


@pytest.mark.usefixtures("company")
def test_actions_are_in_every_state_and_on_causes_of_the_policy() -> None:
    make(today=LAST)
    found = snapshot().tables["cause_actions"].to_pylist()
    assert {row["status"] for row in found} == {"planned", "running", "done", "dropped"}
    assert {row["cause"] for row in found} <= set(read_toml(POLICY / "causes.toml")["causes"])
    assert {row["author"] for row in found} == {AUTHOR} and {row["owner"] for row in found} == {"Owner 1", "Owner 2"}
    assert all(row["at"].date() <= LAST for row in snapshot().tables["cause_actions_history"].to_pylist())
    assert any(row["due_on"] < LAST for row in found if row["status"] == "running")


@pytest.mark.usefixtures("company")
def test_nothing_is_made_where_people_wrote() -> None:
    save(Entry("K001", "Ana", "planned"), 0)
    assert make(today=LAST) == 0 and len(since("K001")) == 1


def test_nothing_is_made_elsewhere(company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert make(today=LAST) == 0 and not (tmp_path / "store.sqlite").exists()
    monkeypatch.delenv("STORE_URL")
    (company / MARK).unlink()
    assert make(today=LAST) == 0


def test_what_is_made_up_stays_with_the_sample_company(company: Path) -> None:
    assert make(today=LAST) > 100
    (company / MARK).write_text("warehouse-000000.duckdb", encoding="utf-8")  # another version is served now
    assert snapshot().tables["outreach"].num_rows == 0
    save(Entry("K001", "Ana", "planned"), 0)
    assert snapshot().tables["outreach"].num_rows == 1
    (company / MARK).write_text("warehouse-000001.duckdb", encoding="utf-8")
    assert snapshot().tables["outreach"].num_rows > 30
