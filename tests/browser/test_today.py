"""Today opens without an error and says what the questions say."""

import pytest
from playwright.sync_api import expect

from charts.numbers import of
from queries import METRICS, Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import card, shows, table_rows
from warehouse.sample import Planted

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
