"""A change of the period in Chromium until the page has been painted: our Service levels page against the naive one.

Both servers run and both pages are open at once; the changes alternate between them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import Row, ratio_of_medians
from benchmarks.samples import Sample
from benchmarks.server import NAIVE, OURS, serving
from tests.browser_setup import ARGUMENTS, CHROMIUM
from ui import labels
from ui.period import PERIODS
from words import value

WATCH = (Path(__file__).parent / "painted.js").read_text(encoding="utf-8")
TIERS = ("", "growth", "core")
"""Under each of these filters the periods are gone through twice: first with new answers, then with known ones."""
_PERIODS = tuple(name for name in PERIODS if name not in ("custom", "last_30"))
_LONGEST = 120_000
_Times = dict[tuple[str, bool], list[float]]
"""(page, are its answers known) -> milliseconds."""


def measure(sample: Sample) -> list[Row]:
    """One row for answers asked for the first time, one for those asked for before."""
    with serving(OURS, sample.environment) as ours, serving(NAIVE, sample.environment) as naive, _browser() as browser:
        times: _Times = {}
        for tier in TIERS[1:] if sample.scale > 10 else TIERS:
            query = "?lang=en" + (f"&tier={value('en', 'tier', tier)}" if tier else "")
            pages = {
                "ours": _open(browser, f"{ours.url}/service-levels{query}"),
                "naive": _open(browser, naive.url + (f"?tier={tier}" if tier else "")),
            }
            for known in (False, True):
                _round(pages, known, times)
            for page in pages.values():
                page.context.close()
    return [_row(times, known) for known in (False, True)]


def _row(times: _Times, known: bool) -> Row:
    ours, naive = times["ours", known], times["naive", known]
    answers = "asked before" if known else "new"
    ratio = ratio_of_medians(ours, naive)
    return {"answers": answers, "changes": len(ours), "ours": median(ours), "naive": median(naive), "ratio": ratio}


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _open(browser: Browser, url: str) -> Page:
    """The page, fully drawn; a tab in a window of its own is never held back as hidden."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB").new_page()
    page.goto(url)
    page.locator('[data-testid="stMain"] h1').wait_for(timeout=_LONGEST)
    page.evaluate(WATCH)
    _settled(page, "0")
    return page


def _round(pages: dict[str, Page], known: bool, times: _Times) -> None:
    """Every period once, in turn on each page."""
    for name in (*_PERIODS, "last_30"):
        for which, page in pages.items():
            page.bring_to_front()
            times.setdefault((which, known), []).append(_change(page, name))


def _change(page: Page, period: str) -> float:
    """Milliseconds from the click on another period to the last thing painted."""
    page.locator(".st-key-period input").click()
    option = page.get_by_role("option", name=labels.choice("en", "period", period), exact=True)
    option.wait_for()
    page.evaluate("painted.clicked = null")
    option.click()
    _settled(page, "painted.clicked")
    took: float = page.evaluate("painted.last - painted.clicked")
    return took


def _settled(page: Page, since: str) -> None:
    """Wait until the script is done and nothing was painted for a while, after the moment ``since``."""
    page.wait_for_function(f"painted.settled({since})", timeout=_LONGEST, polling=50)
