"""Any number opens its rows: as many as the number says, and the same in the files to take away."""

import csv
from io import StringIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from queries import METRICS, Scope, ask
from tests.browser.conftest import RISKY, Visit
from tests.browser.screen import card, dialog_total
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DEPARTMENT = "Logistics 物流"


def opened(page: Page, metric: str) -> int:
    """Open the rows behind a card and return the number on that card."""
    number = card(page, METRICS[metric].label["en"]).inner_text()
    page.locator(f".st-key-rows-{metric} button:visible").click()
    expect(page.get_by_role("dialog").get_by_test_id("stDataFrame")).to_be_visible()
    return int(number.replace(",", ""))


def taken(page: Page, button: str, folder: Path) -> Path:
    """The file that a button of the dialog gives."""
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name=t("en", button)).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_card_opens_as_many_rows_as_it_counts(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    for metric in ("backlog", "waiting", "overdue_open", "tickets_opened", "tickets_resolved"):
        number = opened(page, metric)
        assert number > 0
        assert dialog_total(page) == number, metric
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_csv_opens_right_in_a_spreadsheet(visit: Visit, address: str, company: Planted, tmp_path: Path) -> None:
    page = visit(address)
    number = opened(page, "backlog")
    content = taken(page, "rows.csv", tmp_path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    end = lines.index([])
    assert end - 1 == number
    cells = {cell for line in lines for cell in line}
    assert f"'{RISKY}" in cells and RISKY not in cells
    about = dict(lines[end + 1 :])
    assert about[t("en", "export.filters")] == Scope().sentence("en")
    assert METRICS["backlog"].label["en"] in about


def test_the_workbook_says_under_which_filters(visit: Visit, address: str, company: Planted, tmp_path: Path) -> None:
    page = visit(address, link={"department": DEPARTMENT})
    number = opened(page, "backlog")
    book = openpyxl.load_workbook(taken(page, "rows.xlsx", tmp_path))
    content, about = book.worksheets
    scope = Scope().narrow("department", DEPARTMENT)
    found = {row["metric"]: row["value"] for row in ask("headline", scope).to_pylist()}
    assert content.max_row - 1 == number == found["backlog"]
    assert not [cell for row in content for cell in row if cell.data_type == "f"]
    told = {name.value: text.value for name, text in about.iter_rows(max_col=2)}
    assert told[t("en", "export.filters")] == scope.sentence("en")
