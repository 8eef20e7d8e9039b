"""The other language: every word changes, the link says so, it stays after a reload. All screens: test_looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.screen import settled, turn_to
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}")
"""Three words in a row. Shorter runs are names: files, columns, the teams of the sample."""

_TEXTS = """
() => {
  const copy = document.querySelector('[data-testid=stApp]').cloneNode(true), found = [];
  const others = 'svg, canvas, style, code, template, [data-testid=stSkipToContent], [data-testid=stIconMaterial]';
  copy.querySelectorAll(others).forEach(each => each.remove());
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) found.push(texts.currentNode.textContent);
  return found.join('\\n');
}
"""


def words_on(page: Page) -> str:
    """What is written on the page, but for pictures and tables: they name values of the data, in its own language.

    Streamlit's own link for screen readers and the names of its icons are not ours to translate.
    """
    shown: str = page.evaluate(_TEXTS)
    return shown


def test_every_word_changes_and_stays_changed(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    assert ENGLISH.search(words_on(page))
    page.get_by_test_id("stSidebar").get_by_role("radio", name="中文").click()
    expect(page.get_by_role("heading", name=t("zh", "today.title"), level=1)).to_be_visible()
    settled(page)
    assert ENGLISH.findall(words_on(page)) == []
    turn_to(page, "quality", "zh")
    assert ENGLISH.findall(words_on(page)) == []
    expect(page).to_have_url(re.compile(r"lang=%E4%B8%AD%E6%96%87"))
    page.reload()
    expect(page.get_by_role("heading", name=t("zh", "quality.title"), level=1)).to_be_visible()


def test_a_chinese_browser_is_met_in_chinese(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, locale="zh-CN")
    expect(page.get_by_role("heading", name=t("zh", "today.title"), level=1)).to_be_visible()
