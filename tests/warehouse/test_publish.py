"""Publishing: whole versions only, whatever moment a load is killed at; one writer at a time; back again."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import duckdb
import pytest

from warehouse.errors import BusyError, LoadError
from warehouse.load import load
from warehouse.publish import current, rollback, sole_writer, versions

Write = Callable[[str, str], Path]
KILLS = 15


def _tickets(count: int, kind: str) -> str:
    lines = (f"t{i},{kind},2025-03-{1 + i % 28:02d} 10:00:00" for i in range(count))
    return "ticket_id,kind,opened_at\n" + "\n".join(lines) + "\n"


def _start(file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "warehouse", "load", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _loading(file: Path, folder: Path) -> ForkServerProcess:
    """A load in a process of its own that has its imports behind it, so that a kill meets the load."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["warehouse.load"])
    process = context.Process(target=load, args=([file],), kwargs={"folder": folder})
    process.start()
    return process


def _kinds(folder: Path) -> list[tuple[str, int]]:
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        base = con.execute("SELECT kind, count(*) FROM tickets GROUP BY kind").fetchall()
        fact = con.execute("SELECT kind, count(*) FROM fact_tickets GROUP BY kind").fetchall()
    assert base == fact
    return base


def test_a_load_killed_at_any_moment_leaves_a_whole_version(folder: Path, write: Write) -> None:
    """Each try kills a load that would turn every complaint into a request, at a moment drawn over its whole length."""
    count = 5_000
    load([write("tickets.csv", _tickets(count, "complaint"))])
    change = write("tickets_new.csv", _tickets(count, "request"))
    _loading(change, folder).join()  # the first one waits for the imports
    started = time.monotonic()
    _loading(change, folder).join()
    length = time.monotonic() - started
    rollback(folder)
    rollback(folder)
    draw, killed = random.Random(7), 0
    while killed < KILLS:
        process = _loading(change, folder)
        time.sleep(draw.uniform(0, length))
        process.kill()
        process.join()
        killed += process.exitcode != 0
        assert _kinds(folder) in ([("complaint", count)], [("request", count)])
        if _kinds(folder) == [("request", count)]:
            load([write("tickets.csv", _tickets(count, "complaint"))])
    load([change])
    assert _kinds(folder) == [("request", count)]
    assert not list(folder.glob("building-*")), "what the killed loads left is swept"


@pytest.mark.usefixtures("facts_only")
def test_old_versions_are_swept_and_the_last_few_kept(folder: Path, write: Write) -> None:
    for i in range(5):
        load([write("tickets.csv", _tickets(i + 1, "request"))])
    assert [path.stem for path in versions(folder)] == ["warehouse-000003", "warehouse-000004", "warehouse-000005"]


@pytest.mark.usefixtures("facts_only")
def test_rollback_serves_the_version_before(folder: Path, write: Write) -> None:
    load([write("tickets.csv", _tickets(1, "request"))])
    with pytest.raises(LoadError, match="no earlier version"):
        rollback(folder)
    load([write("tickets.csv", _tickets(2, "request"))])
    rollback(folder)
    assert _kinds(folder) == [("request", 1)]
    load([write("tickets_b.csv", _tickets(3, "request"))])
    assert _kinds(folder) == [("request", 3)]
    assert current(folder) == versions(folder)[-1], "a load after a rollback gets a new number"


def test_the_second_writer_says_so_or_waits(folder: Path, write: Write) -> None:
    said: list[str] = []
    with sole_writer(folder, 0, said.append):
        with pytest.raises(BusyError, match="Another load is still writing"):
            load([write("tickets.csv", _tickets(1, "request"))], wait=0.2, say=said.append)
        waiting = _start(write("tickets.csv", _tickets(4, "request")))
        time.sleep(1)
        assert waiting.poll() is None, "the second load waits"
    assert waiting.wait() == 0
    assert _kinds(folder) == [("request", 4)]
    assert any("waiting for it" in line for line in said)


def test_exit_codes(folder: Path, write: Write) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "warehouse", *arguments], capture_output=True, text=True, check=False
        )

    good, bad = write("tickets.csv", _tickets(2, "request")), write("tickets_bad.csv", _tickets(2, "nonsense"))
    nothing = run("status")
    assert nothing.returncode == 1 and "Nothing has been published" in nothing.stderr
    assert run("load", str(good)).returncode == 0
    assert run("load", str(bad)).returncode == 3, "not one row could be used"
    assert run("load", str(bad), "--strict").returncode == 3
    assert run("load", "nowhere.csv").returncode == 1
    assert run("load").returncode == 2
    with sole_writer(folder, 0, print):
        assert run("load", str(good), "--wait", "0").returncode == 75
    told = json.loads(run("status", "--json").stdout)
    assert told["version"] == "warehouse-000003"
    assert told["tables"]["tickets"]["rows"] == 2
    assert [line["rows_quarantined"] for line in told["ledgers"]] == [0, 2, 2]
    listed = run("rejects").stdout.splitlines()
    assert len(listed) == 3 and "“nonsense” is not one of" in listed[1]
