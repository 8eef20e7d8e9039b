"""Filters: what they change, the link they make, what a link brings back, and that they stay from page to page."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from charts.numbers import of
from queries import METRICS, Scope, ask, meta
from tests.browser.conftest import Visit
from tests.browser.screen import choose, sentence, settled, shows
from ui.period import DEFAULT, Span, span
from warehouse.sample import Planted
from words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DEPARTMENT = "Logistics 物流"
COUNTS = ("backlog", "overdue_open", "tickets_opened")


def figures(page: Page, scope: Scope, lang: str = "en") -> None:
    """The cards of Today show what the questions answer under ``scope``."""
    found = {row["metric"]: row["value"] for row in ask("headline", scope).to_pylist()}
    for name in COUNTS:
        shows(page, METRICS[name].label[lang], of(METRICS[name], found[name], lang))


def asked(page: Page) -> dict[str, list[str]]:
    """What the page's address says."""
    return parse_qs(urlsplit(page.url).query)


def test_a_department_narrows_every_figure_and_reset_lifts_it(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    everything, narrowed = Scope(), Scope().narrow("department", DEPARTMENT)
    assert ask("headline", everything) != ask("headline", narrowed)
    figures(page, everything)
    choose(page, "Department", DEPARTMENT)
    expect(sentence(page)).to_contain_text(f"department: {DEPARTMENT}")
    figures(page, narrowed)
    assert asked(page)["department"] == [DEPARTMENT]
    page.get_by_role("button", name=t("en", "frame.reset")).click()
    expect(sentence(page)).not_to_contain_text("department")
    figures(page, everything)
    assert "department" not in asked(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_shows_the_same_to_somebody_else(visit: Visit, address: str, company: Planted, lang: str) -> None:
    first = visit(address, "service", {"department": DEPARTMENT, "tier": "Core", "period": "Last 90 days"})
    link = {**asked(first), **({"lang": ["zh"]} if lang == "zh" else {})}
    scope = Scope(*_last_90(), (("department", (DEPARTMENT,)), ("tier", ("core",))))
    expect(sentence(first)).to_have_text(scope.sentence("en"))
    second = visit(address, "service", link)
    expect(sentence(second)).to_have_text(scope.sentence(lang))
    row = ask("compliance_totals", scope, cohort="due").to_pylist()[0]
    metric = METRICS[f"{row['stage']}_compliance"]
    shows(first, metric.label["en"], of(metric, row["compliance"], "en"))
    shows(second, metric.label[lang], of(metric, row["compliance"], lang))


def _last_90() -> Span:
    known = meta()
    assert known.as_of_day
    return span("last_90", known.as_of_day, known.as_of_day)


def test_a_link_to_what_is_no_longer_there_drops_it(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address, link={"tier": ["core", "gone"], "department": "Nobody", "period": "last_century"})
    expect(sentence(page)).to_contain_text("tier: Core")
    expect(sentence(page)).not_to_contain_text("department")
    figures(page, Scope().narrow("tier", "core"))
    expect(page).not_to_have_url(re.compile("gone|department|period"))
    assert asked(page)["tier"] == ["Core"]


def test_filters_stay_from_page_to_page(visit: Visit, address: str, company: Planted) -> None:
    page = visit(address)
    choose(page, "Department", DEPARTMENT)
    expect(sentence(page)).to_contain_text(DEPARTMENT)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=t("en", "service.title")).click()
    expect(page.get_by_role("heading", name=t("en", "service.title"), level=1)).to_be_visible()
    day = meta().as_of_day
    assert day
    scope = Scope(*span(DEFAULT, day, day)).narrow("department", DEPARTMENT)
    expect(sentence(page)).to_have_text(scope.sentence("en"))
    assert asked(page)["department"] == [DEPARTMENT]
    page.reload()
    settled(page)
    expect(sentence(page)).to_have_text(scope.sentence("en"))
