"""What tests see and do on a screen, in the words of a reader: cards, the sentence on top, bars, rows."""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.screens import PATHS
from ui.tables import ROW_PIXELS
from words import t


def settled(page: Page) -> None:
    """Wait until a page has been drawn and nothing on it is about to change."""
    expect(page.get_by_test_id("stHeading").first).to_be_visible()
    page.wait_for_function(
        """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
                 && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"""
    )


def go(page: Page, address: str, name: str, **link: Any) -> None:
    """Open a screen of the dashboard at ``address`` by a link."""
    page.goto(f"{address}/{PATHS[name]}?{urlencode(link, doseq=True)}")
    settled(page)


def turn_to(page: Page, name: str, lang: str) -> None:
    """Open a screen from another one by the navigation; on a phone it is folded away."""
    title = t(lang, f"{name}.title")
    heading = page.get_by_role("heading", name=title, exact=True, level=1)
    if heading.is_visible():
        return
    sidebar = page.get_by_test_id("stSidebar")
    folded = sidebar.get_attribute("data-collapsed") == "true"
    if folded:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    if folded:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(heading).to_be_visible()
    settled(page)


def sound(page: Page) -> None:
    """Nothing on the page tells of a failure."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def sentence(page: Page) -> Locator:
    """The line below the title that says what is shown."""
    return page.get_by_test_id("stMain").get_by_test_id("stMarkdown").first


def card(page: Page, label: str) -> Locator:
    """The figure of the card that is called ``label``."""
    named = page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
    return page.get_by_test_id("stMetric").filter(has=named).get_by_test_id("stMetricValue")


def shows(page: Page, label: str, text: str) -> None:
    """Wait until the card ``label`` shows ``text``."""
    expect(card(page, label)).to_have_text(text.replace("\u00a0", " "))


def bar(page: Page, chart: str, group: str) -> Locator:
    """The row of ``group`` in a chart of bars, once the chart before it has gone."""
    found = page.locator(f".st-key-{chart} svg path[aria-label^='label: {group};']")
    expect(found).to_have_count(1)
    return found


def table_rows(table: Locator) -> int:
    """How many rows a table has, as it tells screen readers."""
    found = table.get_by_test_id("data-grid-canvas").first.locator("table")
    return int(found.get_attribute("aria-rowcount") or 0) - 1


def click_row(table: Locator, place: int) -> None:
    """Click a cell of the row at ``place``, to the right of its box."""
    expect(table.get_by_test_id("data-grid-canvas").first.locator("table")).to_be_attached()
    table.scroll_into_view_if_needed()
    table.click(position={"x": 90, "y": ROW_PIXELS * (place + 1.5)})


def choose(page: Page, filter_label: str, option: str) -> None:
    """Pick ``option`` in a filter of the sidebar."""
    field = page.get_by_test_id("stSidebar").get_by_role("combobox", name=filter_label, exact=True)
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(10):
        field.click()
        # A list that opens while the page is still being drawn closes again.
        with suppress(TimeoutError):
            wanted.click(timeout=3_000)
            break
    field.press("Escape")


def dialog_total(page: Page) -> int:
    """The number of rows that the open dialog speaks of."""
    told = page.get_by_role("dialog").get_by_text(re.compile(r"\d rows(;|$)")).first.inner_text()
    return max(int(found.replace(",", "")) for found in re.findall(r"[\d,]*\d", told))
