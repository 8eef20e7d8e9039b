"""One sample company, one server and one browser for all tests here; a picture of every screen in artifacts/."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.screen import go, sound
from tests.browser.server import ROOT, served
from tests.browser_setup import ARGUMENTS, CHROMIUM
from warehouse.load import load
from warehouse.sample import Planted, generate, planted

PICTURES = ROOT / "artifacts" / "browser"
UNTIL = date(2025, 11, 27)
RISKY = "=HYPERLINK(1)"
"""A text that a spreadsheet must not take for a formula; one ticket of the sample carries it."""
_KNOWN = re.compile(r"/_stcore/(health|host-config)$")
"""Streamlit asks for these below a page's own path first, finds nothing there, and asks again above."""
_PATIENCE = 60_000
"""Milliseconds until a test gives up on something that should appear; busy machines are slow."""
DESKTOP: Any = {"width": 1440, "height": 900}
_STILL = """
addEventListener('DOMContentLoaded', () => document.head.appendChild(document.createElement('style')).textContent =
  '*, ::before, ::after { animation-duration: 0s !important; animation-iteration-count: 1 !important; }');
"""
"""Nothing glimmers while it waits: painting that without a graphics card took a third of a core."""
Visit = Callable[..., Page]
Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """A published warehouse of the sample company, and what is hidden in it."""
    files, folder = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("sample")
    generate(files, scale=0.1, until=UNTIL)
    _append(files / "tickets.csv", ticket_id="RISKY", kind="complaint", opened_at=f"{UNTIL} 12:00:00", text=RISKY)
    load([files], folder=folder, fresh=True)
    return folder, planted.read(files)


def _append(path: Path, **cells: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, names).writerow(cells)


@pytest.fixture
def company(sample: tuple[Path, Planted], monkeypatch: pytest.MonkeyPatch) -> Planted:
    """Questions asked in a test go to the same warehouse that the server shows."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(sample[0]))
    return sample[1]


@pytest.fixture(scope="package")
def address(sample: tuple[Path, Planted], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboard of the sample company is served."""
    with served(sample[0], tmp_path_factory.mktemp("server") / "log.txt") as found:
        yield found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """``serve(folder)`` starts a server of this test's own; it is still there when the pages are photographed."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder, tmp_path / "log.txt"))


@pytest.fixture(scope="package")
def browsed(chromium: Browser) -> Callable[..., BrowserContext]:
    """``browsed(context options...)``: the browser set up like that, once; it keeps the code of the pages that it has
    read, which is half the work of opening one."""
    contexts: dict[str, BrowserContext] = {}

    def _browsed(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = chromium.new_context(**options)
            contexts[key].set_default_timeout(_PATIENCE)
            contexts[key].add_init_script(_STILL)
        return contexts[key]

    return _browsed


@pytest.fixture
def visit(browsed: Callable[..., BrowserContext], serve: Serve, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """``visit(address, page, link..., context options...)`` opens a page as somebody new.

    When the test is done, every page is photographed, and any error on it or in its console fails the test.
    """
    opened: list[tuple[Page, list[str]]] = []

    def _visit(address: str, page: str = "today", link: dict[str, Any] | None = None, **options: Any) -> Page:
        new, errors = browsed(**{"viewport": DESKTOP, "locale": "en-US", **options}).new_page(), list[str]()
        opened.append((new, errors))
        new.on("console", lambda message: errors.extend(_complaint(message)))
        new.on("pageerror", lambda error: errors.append(str(error)))
        go(new, address, page, **(link or {}))
        return new

    yield _visit
    _check(opened, request.node.name)


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    if message.type == "error" and not _KNOWN.search(message.location.get("url", "")):
        yield f"{message.text} ({message.location.get('url')})"


def _check(opened: list[tuple[Page, list[str]]], name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = re.sub(r"\W+", "-", name).strip("-")
    for number, (page, _) in enumerate(opened, start=1):
        page.screenshot(path=PICTURES / f"{file}-{number}.png")
    try:
        for page, errors in opened:
            sound(page)
            assert not errors
    finally:
        for page, _ in opened:
            page.evaluate("localStorage.clear(), sessionStorage.clear()")  # the next visitor is somebody new
            page.close()
