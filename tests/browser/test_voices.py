"""What customers say: a click on a word opens what says it, and no two words of the cloud touch on screen."""

from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from queries import Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import dialog_total
from ui.period import span
from warehouse.sample import Planted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WORDS = ".st-key-voices-cloud svg .mark-text text"
_BOXES = f"""() => [...document.querySelectorAll("{WORDS}")].map(word => {{
    const box = word.getBoundingClientRect();
    return [box.x, box.y + box.height * 0.08, box.width, box.height * 0.84];
}})"""
"""Where the words stand; the leading above and below the letters may touch that of others."""


def boxes(page: Page) -> list[tuple[float, float, float, float]]:
    expect(page.locator(WORDS).first).to_be_visible()
    found: list[tuple[float, float, float, float]] = page.evaluate(_BOXES)
    return found


def touching(page: Page) -> bool:
    return any(
        x < x2 + width2 and x2 < x + width and y < y2 + height2 and y2 < y + height
        for (x, y, width, height), (x2, y2, width2, height2) in combinations(boxes(page), 2)
    )


def test_a_click_on_a_word_opens_its_complaints(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "voices", {"period": "last_90", "look": "frequent"})
    assert not touching(page)
    day = meta().as_of_day
    assert day
    word = ask("distinctive_words", Scope(*span("last_90", day, day)), pool="complaint", limit=1).to_pylist()[0]
    page.locator(WORDS).get_by_text(word["word"], exact=True).first.click()
    expect(page.get_by_role("dialog").get_by_text(word["word"]).first).to_be_visible()
    assert dialog_total(page) == word["n"]


def test_a_phone_shows_fewer_words_and_none_touch(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "voices", {"period": "last_90", "look": "frequent"})
    many = len(boxes(page))
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"document.querySelectorAll('{WORDS}').length < {many}")
    assert not touching(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
