"""One customer in a browser: a ticket on the page of theirs opens over it, leads on to the customer, and back."""

import pytest
from playwright.sync_api import expect

from queries import Scope, ask
from tests.browser.conftest import Visit
from tests.browser.screen import click_row
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_a_link_to_a_ticket_to_the_customer_and_back(visit: Visit, address: str, company: Planted) -> None:
    customer = company.churners[0]
    page = visit(address, "customer", {"customer": customer})
    expect(page.get_by_text(customer).first).to_be_visible()
    page.get_by_role("radio", name=t("en", "value.lane.ticket")).click()
    latest = ask("customer_timeline", Scope(), customer=customer, lane="ticket").to_pylist()[0]
    table = page.locator("[class*=st-key-events-page-ticket]")
    expect(table).to_be_visible()
    click_row(table, 0)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(t("en", "queue.ticket", id=latest["ticket_id"]))).to_be_visible()
    dialog.locator(".st-key-ticket-customer button:visible").click()
    expect(dialog.get_by_text(t("en", "customer.so_far")).first).to_be_visible()
    dialog.get_by_role("button", name=t("en", "rows.back"), exact=True).click()
    expect(dialog.locator(".st-key-ticket-customer")).to_be_visible()
    assert f"customer={customer}" in page.url
