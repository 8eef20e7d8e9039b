"""Service levels: a click on a bar narrows or opens its tickets, and what is hidden in the sample shows."""

import pytest
from playwright.sync_api import expect

from charts.numbers import of
from queries import METRICS, Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import bar, dialog_total, sentence, shows
from ui.period import span
from warehouse.sample import Planted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RESPONSE = METRICS["response_compliance"]


def quarter() -> Scope:
    """The last 90 days of the data."""
    day = meta().as_of_day
    assert day
    return Scope(*span("last_90", day, day))


def test_a_click_on_a_bar_narrows_and_a_second_one_lifts(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_90"})
    team, scope = company.slow_team, quarter()
    bar(page, "service-team", team).click()
    expect(sentence(page)).to_have_text(scope.narrow("team", team).sentence("en"))
    row = ask("compliance_totals", scope.narrow("team", team)).to_pylist()[0]
    shows(page, RESPONSE.label["en"], of(RESPONSE, row["compliance"], "en"))
    assert "team=" in page.url
    expect(page.locator(".st-key-service-team svg path[aria-label^='label: ']")).to_have_count(1)
    bar(page, "service-team", team).click()
    expect(sentence(page)).to_have_text(scope.sentence("en"))
    assert "team=" not in page.url


def test_a_click_on_a_priority_opens_its_tickets(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_90"})
    bar(page, "service-priority", "Urgent").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"{RESPONSE.label['en']} · Urgent")).to_be_visible()
    found = ask("compliance_by", quarter(), by="priority", stage="response").to_pylist()
    assert dialog_total(page) == next(row["decided"] for row in found if row["value"] == "urgent")
    expect(sentence(page)).to_have_text(quarter().sentence("en"))


def test_the_slow_team_stands_out(visit: Visit, address: str, company: Planted) -> None:
    """Of all teams it keeps the fewest promises, and its bar is one of those that miss the target."""
    page = visit(address, "service", {"period": "last_90"})
    rows = page.locator(".st-key-service-team svg path[aria-label^='label: ']")
    expect(rows.first).to_be_visible()
    told = [row.get_attribute("aria-label") or "" for row in rows.all()]
    shares = {
        _between(text, "label: ", ";"): float(_between(text, f"{RESPONSE.label['en']}: ", "\u00a0%")) for text in told
    }
    slowest = min(shares, key=lambda team: shares[team])
    assert slowest == company.slow_team
    assert RESPONSE.target is not None and shares[slowest] < RESPONSE.target * 100


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]
