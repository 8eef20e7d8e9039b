"""A page left open follows the warehouse by itself: from nothing to the first version, and from one to the next."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from queries import METRICS, Scope, ask
from tests.browser.conftest import UNTIL, Serve, Visit
from tests.browser.screen import shows, sound
from ui.empty import LOAD
from warehouse.load import load
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BACKLOG = METRICS["backlog"].label["en"]


def tickets(path: Path, numbers: range) -> Path:
    """A small export of open tickets."""
    lines = [f"LATER-{number},request,{UNTIL} 10:00:00\n" for number in numbers]
    path.write_text("ticket_id,kind,opened_at\n" + "".join(lines), encoding="utf-8")
    return path


def backlog() -> int:
    """What the questions say stands open."""
    found = {row["metric"]: row["value"] for row in ask("headline", Scope()).to_pylist()}
    return int(found["backlog"])


def test_a_new_version_shows_by_itself(
    visit: Visit, serve: Serve, sample: tuple[Path, Planted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(sample[0], tmp_path / "warehouse"))
    monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
    page = visit(serve(folder))
    before = backlog()
    shows(page, BACKLOG, f"{before:,}")
    load([tickets(tmp_path / "tickets.csv", range(7))], folder=folder)
    shows(page, BACKLOG, f"{before + 7:,}")
    assert backlog() == before + 7
    sound(page)


def test_the_first_version_brings_an_empty_dashboard_alive(
    visit: Visit, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "warehouse"
    monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
    page = visit(serve(folder))
    expect(page.get_by_role("heading", name=t("en", "empty.welcome"))).to_be_visible()
    expect(page.get_by_text(LOAD)).to_be_visible()
    load([tickets(tmp_path / "tickets.csv", range(5))], folder=folder)
    expect(page.get_by_role("heading", name=t("en", "today.title"), level=1)).to_be_visible()
    shows(page, BACKLOG, "5")
    sound(page)
