"""`python -m tests.screenshots`: the pictures of the README, taken from the sample company up to yesterday."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from store import sample
from tests.browser.screen import go
from tests.browser.server import ROOT, served
from tests.browser_setup import ARGUMENTS, CHROMIUM, missing

DOCS = ROOT / "docs"
DESK, TALL, PHONE = {"width": 1440, "height": 1000}, {"width": 1440, "height": 1400}, {"width": 390, "height": 844}
PICTURES: tuple[tuple[str, str, str, dict[str, int], str], ...] = (
    ("today", "today", "en", DESK, "light"),
    ("today-zh", "today", "zh", DESK, "light"),
    ("today-phone", "today", "en", PHONE, "light"),
    ("service", "service", "en", TALL, "light"),
    ("service-dark", "service", "en", TALL, "dark"),
    ("handling", "handling", "en", TALL, "light"),
    ("nps", "nps", "en", TALL, "light"),
    ("tiers", "tiers", "en", TALL, "light"),
    ("tiers-zh", "tiers", "zh", TALL, "dark"),
    ("churn", "churn", "en", TALL, "light"),
    ("churn-zh", "churn", "zh", TALL, "light"),
    ("proof", "proof", "en", TALL, "light"),
    ("outreach", "outreach", "en", TALL, "light"),
    ("customer", "customer", "en", TALL, "light"),
    ("care", "care", "en", TALL, "light"),
    ("lifecycle", "lifecycle", "en", TALL, "light"),
    ("lifecycle-zh", "lifecycle", "zh", TALL, "dark"),
    ("causes", "causes", "en", TALL, "light"),
    ("causes-zh", "causes", "zh", TALL, "light"),
    ("voices", "voices", "en", TALL, "light"),
    ("actions", "measures", "en", TALL, "light"),
    ("feeds", "handover", "en", TALL, "light"),
    ("quality", "quality", "en", TALL, "light"),
)
"""File name, screen, language, size and colours."""
LINKS = {"customer": {"customer": "C0000519"}}
"""What an address names beside the screen."""


def main() -> None:
    """Make the sample company, show it, photograph every screen."""
    if message := missing():
        raise SystemExit(message)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "warehouse"
        os.environ["WAREHOUSE_DIR"] = str(folder)
        # As `make run` does: only what says that it is the sample gets made-up entries.
        subprocess.run([sys.executable, "-m", "warehouse", "sample"], cwd=ROOT, check=True)
        assert sample.make(), "nobody has written anything, so some pictures would be empty"
        with served(folder, Path(scratch) / "log.txt") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            for name, page, lang, size, theme in PICTURES:
                take(browser, address, page, lang, name, viewport=size, color_scheme=theme)
                print(f"docs/{name}.png")
            browser.close()


def take(browser: Browser, address: str, screen: str, lang: str, name: str, **options: Any) -> None:
    """One picture, once the page and its charts stand."""
    context = browser.new_context(**options)
    page = context.new_page()
    go(page, address, screen, lang=lang, **LINKS.get(screen, {}))
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        expect(chart.locator("svg").first).to_be_attached(timeout=60_000)
    page.screenshot(path=DOCS / f"{name}.png", animations="disabled")
    context.close()


if __name__ == "__main__":
    main()
