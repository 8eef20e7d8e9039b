"""Today opens without an error and says what the questions say."""

import pytest
from playwright.sync_api import Locator, expect

from charts.numbers import of
from queries import METRICS, Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import card, click_row, shows, table_rows
from warehouse.sample import Planted
from words import t, value

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_headline_cards_show_what_the_questions_answer(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    found = ask("headline", Scope()).to_pylist()
    assert len(found) > 8
    for row in found:
        metric = METRICS[row["metric"]]
        shows(page, metric.label["en"], of(metric, row["value"], "en", meta().currency))
    expect(card(page, METRICS["tickets_opened"].label["en"])).not_to_have_text("0")


def test_the_queue_lists_open_tickets(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    found = ask("queue", Scope(), limit=20)
    queue = page.get_by_test_id("stDataFrame").first
    expect(queue.locator("td", has_text=found.column("ticket_id")[0].as_py())).to_be_attached()
    assert table_rows(queue) == min(20, found.column("total")[0].as_py())


def test_a_row_of_the_queue_opens_the_ticket_on_its_time_line(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    first = ask("queue", Scope(), limit=1).to_pylist()[0]
    click_row(page.get_by_test_id("stDataFrame").first, 0)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(t("en", "queue.ticket", id=first["ticket_id"]))).to_be_visible()
    drawn = dialog.get_by_test_id("stVegaLiteChart").locator("svg")
    stage = t("en", "timeline.of_stage", stage=value("en", "stage", first["stage"]), what=t("en", "timeline.left"))
    expect(drawn.locator(f"path[aria-label^='{stage}']").first).to_be_attached()
    expect(drawn.locator(f"path[aria-label^='{t('en', 'happened.opened')}']").first).to_be_attached()
    expect(dialog.get_by_text(t("en", "worked_out.spent")).first).to_be_visible()


def test_a_ticket_that_was_closed_opens_again_from_the_same_row(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    first = ask("queue", Scope(), limit=1).column("ticket_id")[0].as_py()
    title = page.get_by_role("dialog").get_by_text(t("en", "queue.ticket", id=first))
    for _ in range(2):
        click_row(page.get_by_test_id("stDataFrame").first, 0)
        expect(title).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_ticket_opens_in_the_place_of_its_list_and_leads_back(visit: Visit, address: str, company: Planted) -> None:
    """On a phone, where a cell is hit as easily as the box of a row."""
    page = visit(address, viewport={"width": 390, "height": 844})
    page.locator(".st-key-rows-overdue_open button:visible").click()
    dialog = page.get_by_role("dialog")
    late = ask("queue", Scope(), which="overdue", limit=2).column("ticket_id")[1].as_py()
    click_row(dialog.get_by_test_id("stDataFrame"), 1)
    expect(dialog.get_by_text(t("en", "queue.ticket", id=late))).to_be_visible()
    expect(dialog.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_attached()
    back(dialog)
    expect(dialog.get_by_text(t("en", "queue.ticket", id=late))).to_have_count(0)
    click_row(dialog.get_by_test_id("stDataFrame"), 1)
    expect(dialog.get_by_text(t("en", "queue.ticket", id=late))).to_be_visible()


def back(dialog: Locator) -> None:
    """Lead back to the list; a redraw that comes with the click may swallow it."""
    for _ in range(3):
        dialog.get_by_role("button", name=t("en", "ticket.back")).click()
        try:
            expect(dialog.get_by_test_id("stDataFrame")).to_be_visible(timeout=15_000)
            return
        except AssertionError:
            continue
    expect(dialog.get_by_test_id("stDataFrame")).to_be_visible()
