"""Many people writing at once, threads and processes, lose nothing; and nobody writes over what they have not seen."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from store import Changed, Entry, append, save, since, snapshot
from tests.browser.server import ROOT
from tests.store.writer import write

THREADS, EACH = 8, 6


def notes(customer: str = "C1") -> list[str]:
    return [str(entry.note) for entry in since(customer)]


@pytest.mark.usefixtures("anywhere")
def test_threads_and_processes_lose_nothing() -> None:
    """Eight threads and three processes begin on a store that is not there yet, all about one customer."""
    command = [sys.executable, "-m", "tests.store.writer"]
    running = [subprocess.Popen([*command, f"P{n}", str(EACH)], cwd=ROOT) for n in range(3)]
    with ThreadPoolExecutor(THREADS) as pool:
        beaten = sum(pool.map(lambda n: write(f"T{n}", EACH), range(THREADS)))
    assert [process.wait() for process in running] == [0, 0, 0]
    names = [f"T{n}" for n in range(THREADS)] + [f"P{n}" for n in range(3)]
    assert sorted(notes()) == sorted(f"{name} {number}" for name in names for number in range(EACH))
    assert beaten > 0, "they did meet"
    for name in names:
        assert [note for note in notes() if note.startswith(f"{name} ")] == [f"{name} {n}" for n in range(EACH)]
    assert snapshot().tables["outreach"].to_pylist()[0]["entries"] == len(notes())


@pytest.mark.usefixtures("anywhere")
def test_of_two_who_saw_the_same_the_second_is_told_and_asked_again() -> None:
    first = save(Entry("C1", "Ana", "planned"), 0)
    save(Entry("C1", "Ben", "contacted", note="spoke on the phone"), first.id or 0)
    late = Entry("C1", "Cho", "lost", reason="price")
    with pytest.raises(Changed) as told:
        save(late, first.id or 0)
    assert [(entry.author, entry.note) for entry in told.value.entries] == [("Ben", "spoke on the phone")]
    assert len(since("C1")) == 2, "nothing was written over"
    save(late, told.value.entries[-1].id or 0)
    assert [entry.author for entry in since("C1")] == ["Ana", "Ben", "Cho"]


@pytest.mark.usefixtures("anywhere")
def test_customers_do_not_get_in_each_other_s_way() -> None:
    save(Entry("C1", "Ana", "planned"), 0)
    save(Entry("C2", "Ben", "planned"), 0)
    assert (len(since("C1")), len(since("C2")), since("C3")) == (1, 1, ())


@pytest.mark.usefixtures("anywhere")
def test_a_snapshot_is_the_same_until_somebody_writes() -> None:
    append([Entry("C1", "Ana", "planned"), Entry("C1", "Ana", "offer_made"), Entry("C2", "Ben", "wrong_alarm")])
    found = snapshot()
    assert snapshot() is found
    assert found.tables["outreach_history"].num_rows == 3
    standing = {row["customer_id"]: row for row in found.tables["outreach"].to_pylist()}
    assert (standing["C1"]["status"], standing["C1"]["entries"], standing["C1"]["offered"]) == ("offer_made", 2, True)
    assert standing["C1"]["contacted_at"] == since("C1")[1].at and standing["C1"]["begun_at"] == since("C1")[0].at
    assert standing["C2"]["contacted_at"] is None and not standing["C2"]["offered"]
    save(Entry("C3", "Ana", "planned"), 0)
    assert snapshot().key != found.key and snapshot().tables["outreach"].num_rows == 3
