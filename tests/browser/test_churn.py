"""The churn watchlist in a browser: a row opens the customer, a bar narrows, the call list says why."""

import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from charts.reasons import all_in_words
from queries import Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import bar, dialog_total, sentence, table_rows
from ui.due import today_in
from ui.watchlist import FIRST, REST
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def as_of() -> Scope:
    return Scope(meta().as_of_day, meta().as_of_day)


def to_do(limit: int) -> list[dict[str, Any]]:
    """The list as it first shows."""
    rested = today_in(meta().timezone) - timedelta(days=REST)
    given: dict[str, str | date] = {"which": "keep", "sort": "loss", "outreach": "todo", "rested": rested}
    found: list[dict[str, Any]] = ask("watchlist", as_of(), limit=limit, **given).to_pylist()
    return found


def test_a_row_opens_the_customer_with_the_reasons(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "churn")
    found = to_do(FIRST)
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    assert table_rows(table) == len(found)
    _select(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(found[0]["customer_id"]).first).to_be_visible()
    for reason in all_in_words(found[0]["why"], "en", meta().currency).split("; "):
        expect(dialog.get_by_text(reason).first).to_be_visible()


def _select(page: Page) -> None:
    """Choose the first row by its box: tables are painted, so only the place can be clicked."""
    place = page.get_by_test_id("stDataFrame").get_by_test_id("data-grid-canvas").first.bounding_box()
    assert place
    page.mouse.click(place["x"] + 15, place["y"] + 54)


def test_a_bar_narrows_or_opens_its_customers(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "churn")
    owner = next(row for row in ask("watch_by", as_of(), by="owner").to_pylist() if row["value"])
    bar(page, "watch-owner", owner["value"]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert dialog_total(page) == owner["customers"]
    page.keyboard.press("Escape")
    bar(page, "watch-tier", t("en", "value.tier.core")).click()
    expect(sentence(page)).to_contain_text(as_of().narrow("tier", "core").sentence("en"))


def test_the_call_list_says_why_in_words(visit: Visit, address: str, company: Planted, tmp_path: Path) -> None:
    page = visit(address, "churn", {"lang": "zh"})
    with page.expect_download() as download:
        page.locator(".st-key-csv-watchlist button").click()
    path = tmp_path / "list.csv"
    download.value.save_as(path)
    lines = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    found = to_do(100_000)
    assert lines.index([]) - 1 == len(found)
    first = dict(zip(lines[0], lines[1], strict=True))
    assert first[t("zh", "column.why")] == all_in_words(found[0]["why"], "zh", meta().currency)
    assert first[t("zh", "column.customer_id")] == found[0]["customer_id"]
