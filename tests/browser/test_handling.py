"""Case handling: a click on a column, a step or a point opens as many tickets as it says."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.screen import dialog_total, settled
from warehouse.sample import Planted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MARKS = {
    "handling-ages-week": r"Tickets: ([\d,]+) of",
    "handling-flow-week": r"Tickets: ([\d,]+)",
    "handling-loop": r"Stand here now: ([\d,]+)",
    "handling-levels-week": r"Tickets: ([\d,]+) of",
    "handling-transfers": r"Rests on: ([\d,]+)",
}
"""Picture -> how many tickets its marks say they count, to those who hear them read."""


def click(page: Page, chart: str, counted: str) -> int:
    """Click the last mark of ``chart`` that counts any ticket; how many it counts."""
    marks = page.locator(f".st-key-{chart} svg path[aria-label]")
    expect(marks.first).to_be_attached()
    told = [mark.get_attribute("aria-label") or "" for mark in marks.all()]
    numbers = [int(found[1].replace(",", "")) if (found := re.search(counted, text)) else 0 for text in told]
    place = max(place for place, number in enumerate(numbers) if number)
    marks.nth(place).click(force=True)
    return numbers[place]


@pytest.mark.parametrize("chart", MARKS)
def test_a_mark_opens_as_many_tickets_as_it_says(visit: Visit, address: str, company: Planted, chart: str) -> None:
    page = visit(address, "handling", {"period": "last_90"})
    settled(page)
    wanted = click(page, chart, MARKS[chart])
    expect(page.get_by_role("dialog").get_by_text(re.compile(r"\d rows")).first).to_be_visible()
    assert dialog_total(page) == wanted
