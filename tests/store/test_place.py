"""Where the store lies: it outlives loads and rollbacks, is brought up to date, and says so where it cannot be used."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from store import Entry, StoreError, save, since, snapshot, trouble
from store.migrate import HEAD, SCRIPTS, revision
from store.place import exists, reading, url
from store.snapshot import readable
from store.tables import metadata
from warehouse.load import load
from warehouse.publish import rollback


def scripts() -> Config:
    """Alembic over the product's own steps."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@pytest.mark.usefixtures("anywhere")
def test_an_empty_store_gets_the_shape_that_the_code_knows() -> None:
    with reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision(connection) == HEAD == ScriptDirectory.from_config(scripts()).get_current_head()
    assert trouble() is None


def built(address: str, step: str, *statements: str) -> None:
    """A file as a program of that step left it, with more done to it by hand."""
    path = Path(str(url().database))
    path.parent.mkdir()
    config, engine = scripts(), create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def test_an_older_file_is_brought_up_to_date_with_all_that_is_in_it(sqlite: str) -> None:
    row = "('C1', '2026-03-01 10:00:00.000000', 'Ana', 'contacted', 'from before')"
    built(sqlite, "0001", f"INSERT INTO outreach (customer_id, at, author, status, note) VALUES {row}")
    assert [entry.note for entry in since("C1")] == ["from before"]
    with reading() as connection:
        assert revision(connection) == HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert (save(Entry("C1", "Ben", "retained"), 1).id, len(since("C1"))) == (2, 2)


def test_a_file_of_a_newer_program_is_left_as_it_is(sqlite: str) -> None:
    built(sqlite, "head", "UPDATE alembic_version SET version_num = '9999'")
    before = Path(str(url().database)).read_bytes()
    with pytest.raises(StoreError, match=r"newer version of this program \(9999\)"):
        save(Entry("C1", "Ben", "planned"), 1)
    assert trouble() is not None
    assert Path(str(url().database)).read_bytes()[100:] == before[100:]


def test_a_file_that_was_taken_away_is_made_anew_and_one_put_back_is_read(sqlite: str) -> None:
    path = Path(str(url().database))
    save(Entry("C1", "Ana", "planned"), 0)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(path.parent, path.parent.with_name("backup"))
    shutil.rmtree(path.parent)
    assert since("C1") == () and snapshot().tables["outreach"].num_rows == 0
    save(Entry("C2", "Ben", "planned"), 0)
    assert path.is_file() and len(since("C2")) == 1
    shutil.rmtree(path.parent)
    path.parent.with_name("backup").rename(path.parent)
    assert (len(since("C1")), len(since("C2"))) == (1, 0)


def test_reading_makes_no_file(folder: Path) -> None:
    assert url().database == str(folder.with_name("warehouse-store") / "store.sqlite")
    assert snapshot().tables["outreach"].num_rows == 0 and since("C1") == ()
    assert not exists() and not folder.with_name("warehouse-store").exists()


@pytest.mark.usefixtures("tables_only")
def test_what_was_written_outlives_loads_and_rollbacks(folder: Path, write: Callable[[str, str], Path]) -> None:
    customers = "customer_id,name\nC1,First\n"
    load([write("customers.csv", customers)], "native")
    saved = save(Entry("C1", "Ana", "planned", note="before the load"), 0)
    load([write("customers2.csv", customers + "C2,Second\n")], "native", fresh=True)
    assert since("C1") == (saved,)
    rollback(folder)
    assert since("C1") == (saved,)
    shutil.rmtree(folder)
    assert since("C1") == (saved,)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:////proc/nowhere/store.sqlite", "cannot be read or written now"),
        ("postgresql+psycopg://store@127.0.0.1:1/nothing", "cannot be read or written now"),
        ("oracle+nodriver://somewhere", "cannot be read or written now"),
        ("not an address", "STORE_URL is no address"),
    ],
)
def test_a_store_that_cannot_be_used_says_so(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", address)
    for _ in range(2):  # the second time from memory
        with pytest.raises(StoreError, match=said):
            save(Entry("C1", "Ana", "planned"), 0)
    found = trouble()
    if not address.startswith("sqlite"):  # a file that is not there yet can be read: there is nothing in it
        assert found is not None and said in found.said("en")
    assert readable().tables["outreach"].num_rows == 0


def test_a_file_that_is_no_database_says_so(sqlite: str) -> None:
    path = Path(str(url().database))
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 20)
    assert trouble() is not None and readable().tables["outreach"].num_rows == 0
    with pytest.raises(StoreError):
        save(Entry("C1", "Ana", "planned"), 0)
