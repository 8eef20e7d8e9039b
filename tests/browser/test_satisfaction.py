"""NPS and satisfaction: clicks open exactly the answers that were counted; search and day act as they are set."""

import re

import pytest
from playwright.sync_api import Page, expect

from queries import Scope, ask
from tests.browser.conftest import Visit
from tests.browser.screen import bar, dialog_total, settled
from warehouse.sample import Planted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ALL = {"period": "all"}


def column(page: Page, chart: str, label: str) -> None:
    """Click the first mark of a chart whose label begins so."""
    page.locator(f".st-key-{chart} svg path[aria-label^='{label}']").first.click()


def test_a_touchpoints_bar_opens_its_answers(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "nps", ALL)
    found = {row["value"]: row["n"] for row in ask("metric_impact", Scope(), metric="nps", by="touchpoint").to_pylist()}
    bar(page, "nps-impact", "Installation").click()
    expect(page.get_by_role("dialog").get_by_text("NPS · Installation")).to_be_visible()
    assert dialog_total(page) == found[company.drop_touchpoint]


def test_a_score_opens_the_answers_that_gave_it(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "nps", ALL)
    counted = {row["score"]: row["n"] for row in ask("survey_scores", Scope(), kind="nps").to_pylist()}
    column(page, "nps-scores", "score: 9;")
    expect(page.get_by_role("dialog").get_by_text("NPS · Score 9")).to_be_visible()
    assert dialog_total(page) == counted[9]


def test_the_search_narrows_the_comments(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "nps", ALL)
    total = ask("survey_comments", Scope(), kind="nps", search="slow", limit=1).column("total")[0].as_py()
    field = page.get_by_label("Search the comments")
    field.fill("SLOW")
    field.press("Enter")
    button = page.locator(".st-key-rows-nps-comments").get_by_role("button")
    expect(button).to_have_text(re.compile(rf"Show all {total:,}$"))
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert dialog_total(page) == total


def test_day_and_touchpoint_stand_in_the_link(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "nps", ALL | {"touchpoint": "安装", "since": "2025-08-01"})
    expect(page.get_by_text("Installation: NPS")).to_be_visible()
    assert "touchpoint=Installation" in page.url and "since=2025-08-01" in page.url
    field = page.get_by_test_id("stMain").get_by_role("combobox", name="Touchpoint")
    field.focus()  # a click would scroll there too, and scrolling closes the list
    field.press("ArrowDown")
    page.get_by_role("option", name="Delivery").click()
    settled(page)
    expect(page.get_by_text("Delivery: NPS")).to_be_visible()
    assert "touchpoint=Delivery" in page.url
