"""On a phone and in the dark: nothing runs off the side, and everything can be read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.screen import go
from tests.screens import PATHS
from warehouse.sample import Planted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
READ = "stHeading", "stMarkdown", "stCaptionContainer", "stMetricLabel", "stMetricValue", "stMetricDelta", "stButton"
_COLOURS = """
(element) => {
  const drawn = (colour, under) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    for (const each of [...under, colour]) { canvas.fillStyle = each; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = [];
  for (let each = element; each; each = each.parentElement) behind.unshift(getComputedStyle(each).backgroundColor);
  return [drawn(getComputedStyle(element).color, behind), drawn(behind.at(-1), behind)];
}
"""


CARDLESS = ("churn", "proof", "outreach", "customer", "care", "causes", "voices")
"""Pages that speak in sentences, lists and pictures only, as long as nobody is chosen and nothing is written."""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_phone_shows_all_without_scrolling_sideways(visit: Visit, address: str, company: Planted, lang: str) -> None:
    page = visit(address, link={"lang": lang}, **PHONE)
    for name in PATHS:
        go(page, address, name, lang=lang)
        expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
        for box in ("document.scrollingElement", "document.querySelector('[data-testid=stMain]')"):
            assert page.evaluate(f"{box}.scrollWidth <= innerWidth + 1"), name
        if name not in CARDLESS:
            _readable(page)


def _readable(page: Page) -> None:
    """The figures of the cards are large and stand whole on the screen."""
    figures = page.get_by_test_id("stMetricValue")
    expect(figures.first).to_be_visible()
    for figure in figures.all():
        box = figure.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 391
        assert figure.evaluate("e => parseFloat(getComputedStyle(e).fontSize) >= 20")
        assert figure.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), figure.inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(visit: Visit, address: str, company: Planted, theme: str) -> None:
    page = visit(address, color_scheme=theme)
    for name in PATHS:
        go(page, address, name)
        app = page.get_by_test_id("stApp").evaluate(_COLOURS)[1]
        assert (_light(app) < 0.05) == (theme == "dark")
        _legible(page)


def _legible(page: Page) -> None:
    """Every text has at least the contrast that WCAG asks for (AA)."""
    for kind in READ:
        for text in page.get_by_test_id("stMain").get_by_test_id(kind).locator("p, h1, h2, h3").all():
            colour, behind = text.evaluate(_COLOURS)
            assert _contrast(colour, behind) >= 4.5, (kind, text.inner_text(), colour, behind)


def _light(colour: list[int]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: list[int], other: list[int]) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)
