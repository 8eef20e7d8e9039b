"""Service levels: a click on a bar narrows or opens its tickets, and what is hidden in the sample shows."""

import pytest
from playwright.sync_api import expect

from charts.numbers import of
from queries import METRICS, Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import bar, dialog_total, sentence, shows
from ui.period import span
from ui.targets import rules
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RESPONSE = METRICS["response_compliance"]


def quarter() -> Scope:
    """The last 90 days of the data."""
    day = meta().as_of_day
    assert day
    return Scope(*span("last_90", day, day))


def week() -> Scope:
    """The last seven days of the data."""
    day = meta().as_of_day
    assert day
    return Scope(*span("last_7", day, day))


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
    shares.pop(t("en", "scope.not_given"), None)
    slowest = min(shares, key=lambda team: shares[team])
    assert slowest == company.slow_team
    assert RESPONSE.target is not None and shares[slowest] < RESPONSE.target * 100


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]


def test_the_day_that_counts_is_in_the_link(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_7"})
    due, opened = (ask("compliance_totals", week(), cohort=cohort).to_pylist()[0] for cohort in ("due", "opened"))
    shows(page, RESPONSE.label["en"], of(RESPONSE, due["compliance"], "en"))
    page.get_by_role("radio", name=t("en", "cohort.opened")).click()
    expect(page.get_by_text("Counted are the tickets opened in the period")).to_be_visible()
    shows(page, RESPONSE.label["en"], of(RESPONSE, opened["compliance"], "en"))
    assert "cohort=" in page.url


def test_a_part_of_a_bar_opens_the_tickets_in_that_state(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_90"})
    states = ask("clock_states", quarter()).to_pylist()
    late = next(row["n"] for row in states if (row["stage"], row["state"]) == ("feedback", "breached"))
    told = f"{t('en', 'value.state.breached')}; "
    part = page.locator(f".st-key-service-states svg path[aria-label*='{told}']").and_(
        page.locator(f"path[aria-label*='{t('en', 'value.stage.feedback')};']")
    )
    part.first.click()
    assert dialog_total(page) == late


def test_an_hour_opens_the_tickets_that_came_in(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_90"})
    hours = ask("clock_hours", quarter(), stage="resolution", cohort="opened").to_pylist()
    busiest = max(hours, key=lambda row: int(row["clocks"]))
    day, hour = divmod(busiest["week_hour"], 24)
    name = f"{t('en', f'weekday.{day + 1}')} {hour:02}:00"
    page.locator(f".st-key-service-hours svg path[aria-label*='{name}']").first.click()
    assert dialog_total(page) == busiest["clocks"]


def test_the_slider_tells_what_another_target_would_mean(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, "service", {"period": "last_90", "rule": "complaint"})
    rule = rules(ask("what_if", quarter(), stage="response").to_pylist(), {})["complaint"]
    assert rule.target == 30 * 60
    longer = rule.offered()[rule.offered().index(rule.target) + 1]
    thumb = page.get_by_role("slider")
    thumb.focus()
    thumb.press("ArrowRight")
    then = rule.at(longer)
    fewer = rule.judged.late - then.late
    expect(page.get_by_text(f"{fewer:,} fewer late tickets, {then.late:,} in all")).to_be_visible()
    expect(page.get_by_text(of(METRICS["compliance"], then.share, "en").replace("\u00a0", " "))).not_to_have_count(0)
