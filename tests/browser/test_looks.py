"""At a desk and on a phone, light and dark, in both languages: nothing runs off the side, everything can be read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Visit
from tests.browser.screen import turn_to
from tests.browser.test_language import ENGLISH, words_on
from tests.screens import PATHS
from warehouse.sample import Planted

# The walks are the longest of the browser tests: they have a worker of their own.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("looks")]
DESK: dict[str, Any] = {"viewport": DESKTOP}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
READ = "stHeading", "stMarkdown", "stCaptionContainer", "stMetricLabel", "stMetricValue", "stMetricDelta", "stButton"
_COLOURS = """
(elements) => elements.map((element) => {
  const drawn = (colour, under) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    for (const each of [...under, colour]) { canvas.fillStyle = each; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = [];
  for (let each = element; each; each = each.parentElement) behind.unshift(getComputedStyle(each).backgroundColor);
  return [drawn(getComputedStyle(element).color, behind), drawn(behind.at(-1), behind), element.innerText];
})
"""


CARDLESS = ("churn", "proof", "outreach", "customer", "care", "causes", "voices", "measures", "handover")
"""Pages that speak in sentences, lists and pictures only, as long as nobody is chosen and nothing is written."""
LOOKS = [(DESK, "light", "en"), (DESK, "dark", "zh"), (PHONE, "dark", "en"), (PHONE, "light", "zh")]
"""Every pair of size, colours and language comes up on every screen."""


@pytest.mark.parametrize(
    ("size", "theme", "lang"), LOOKS, ids=["desk-light-en", "desk-dark-zh", "phone-en", "phone-zh"]
)
def test_every_screen_is_whole_and_legible(
    visit: Visit, address: str, company: Planted, size: dict[str, Any], theme: str, lang: str
) -> None:
    page = visit(address, link={"lang": lang}, color_scheme=theme, **size)
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", str(size is PHONE).lower())
    for name in PATHS:
        turn_to(page, name, lang)
        _fits(page, name)
        _legible(page, theme)
        if size is PHONE and name not in CARDLESS:
            _readable(page)
        if lang == "zh":
            assert ENGLISH.findall(words_on(page)) == []


def _fits(page: Page, name: str) -> None:
    """Nothing has to be scrolled sideways."""
    for box in ("document.scrollingElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{box}.scrollWidth <= innerWidth + 1"), name


def _readable(page: Page) -> None:
    """The figures of the cards are large and stand whole on the screen."""
    figures = page.get_by_test_id("stMetricValue")
    expect(figures.first).to_be_visible()
    for figure in figures.all():
        box = figure.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 391
        assert figure.evaluate("e => parseFloat(getComputedStyle(e).fontSize) >= 20")
        assert figure.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), figure.inner_text()


def _legible(page: Page, theme: str) -> None:
    """Every text has at least the contrast that WCAG asks for (AA), on a ground as light or dark as it should be."""
    [(_, ground, _)] = page.get_by_test_id("stApp").evaluate_all(_COLOURS)
    assert (_light(ground) < 0.05) == (theme == "dark")
    texts = ", ".join(f"[data-testid={kind}] :is(p, h1, h2, h3)" for kind in READ)
    found = page.get_by_test_id("stMain").locator(texts).evaluate_all(_COLOURS)
    assert found
    for colour, behind, text in found:
        assert _contrast(colour, behind) >= 4.5, (text, colour, behind)


def _light(colour: list[int]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: list[int], other: list[int]) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)
