"""A number that appears twice is the same to the last digit: between questions, and between screens."""

import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from queries import METRICS, Scope, ask
from schemas import STAGES
from tests.queries import fixture
from tests.ui.conftest import Open, texts
from words import LANGUAGES, t

SCOPES = (
    Scope(),
    Scope().with_period(date(2026, 2, 20), date(2026, 3, 10)),
    Scope().narrow("channel", ("phone", "chat")),
    Scope().narrow("tier", "core").narrow("department", "Support"),
)
MISSED = ("breached", "overdue")


@pytest.fixture
def served(warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))


def first(question: str, scope: Scope, **params: Any) -> dict[str, Any]:
    """The first row of an answer; nothing where there is none."""
    found: list[dict[str, Any]] = ask(question, scope, **params).to_pylist()
    return found[0] if found else {"total": 0}


@pytest.mark.parametrize("scope, stage, cohort", product(SCOPES, STAGES, ("due", "opened")))
@pytest.mark.usefixtures("served")
def test_compliance_is_one_number(scope: Scope, stage: str, cohort: str) -> None:
    totals = {row["stage"]: row for row in ask("compliance_totals", scope, cohort=cohort).to_pylist()}[stage]
    by_tier = ask("compliance_by", scope, by="tier", stage=stage, cohort=cohort).to_pylist()
    trend = ask("compliance_trend", scope, stage=stage, cohort=cohort).to_pylist()
    splits = [
        r for r in ask("compliance_splits", scope, stage=stage, cohort=cohort).to_pylist() if r["split"] == "team"
    ]
    rows = {
        outcome: first("clock_rows", scope, stage=stage, cohort=cohort, outcome=outcome)["total"]
        for outcome in ("decided", "met", "missed")
    }
    assert totals["decided"] == rows["decided"] == sum(row["decided"] for row in by_tier)
    assert totals["decided"] == sum(row["n"] for row in trend) == sum(row["n"] for row in splits)
    assert totals["met"] == rows["met"] == round(sum(row["value"] * row["n"] for row in trend if row["n"]))
    assert sum(totals[state] for state in MISSED) == rows["missed"]
    assert totals["compliance"] == (totals["met"] / totals["decided"] if totals["decided"] else None)
    if cohort == "due":
        value = first("metric_value", scope, metric=f"{stage}_compliance")
        assert (value["value"], value["n"]) == (totals["compliance"], totals["decided"])


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("served")
def test_the_states_add_up_to_the_tickets_opened(scope: Scope) -> None:
    opened = first("metric_value", scope, metric="tickets_opened")["value"]
    states = ask("clock_states", scope).to_pylist()
    for stage in STAGES:
        assert sum(row["n"] for row in states if row["stage"] == stage) == opened
    assert first("ticket_rows", scope)["total"] == opened
    assert first("loop", scope)["accepted"] == opened


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("served")
def test_what_stands_open_is_one_number(scope: Scope) -> None:
    standing = first("standing", scope)
    headline = {row["metric"]: row["value"] for row in ask("headline", scope).to_pylist()}
    whenever = scope.with_period(None, None)
    ages = ask("backlog_ages", whenever, bucket="day").to_pylist()
    newest = [row["tickets"] for row in ages if row["bucket"] == fixture.local_day(fixture.AS_OF)]
    assert standing["tickets"] == headline["backlog"] == first("backlog_now", scope)["tickets"] == sum(newest)
    assert standing["tickets"] == first("ticket_rows", whenever, which="all", state="open")["total"]
    assert standing["overdue"] == headline["overdue_open"] == first("queue", scope, which="overdue")["total"]
    parts = sum(count for name, count in standing.items() if name not in ("tickets", "also_running", "also_paused"))
    assert parts == standing["tickets"]
    waiting = first("clock_rows", whenever, cohort="open", stage="response", outcome="any")["total"]
    assert headline["waiting"] == waiting


@pytest.mark.parametrize("narrowed", [{}, {"region": "East"}], ids=str)
@pytest.mark.usefixtures("served")
def test_the_months_of_moods_add_up_to_what_is_said_of_the_period(narrowed: dict[str, str]) -> None:
    first_day, last_day = date(2026, 1, 1), date(2026, 3, 31)
    scope = Scope(first_day, last_day, tuple((name, (value,)) for name, value in narrowed.items()))
    sources = {row["source"]: row for row in ask("mood_sources", scope).to_pylist()}
    assert {"survey", "ticket", "interaction"} <= set(sources)
    for source, row in sources.items():
        for bucket in ("week", "month"):
            found = ask("mood_months", scope, source=source, bucket=bucket, until=last_day).to_pylist()
            parts = [part for part in found if part["bucket"] >= first_day]
            assert row["n"] == sum(part["n"] for part in parts)
            assert row["marked"] == sum(part["marked"] for part in parts)
            assert row["value"] * row["n"] == pytest.approx(sum(part["value"] * part["n"] for part in parts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_screens_say_the_same(open_app: Open, lang: str) -> None:
    """What Today counts open is what Case handling does; a card's figure is the same wherever the card stands."""
    period = {"period": "all"}
    shown = {page: open_app(page, lang, "full", **period) for page in ("today", "service", "handling")}
    backlog = METRICS["backlog"].label[lang]
    open_now = next(m.value for m in shown["today"].metric if m.label == backlog)
    assert open_now in between(texts(shown["handling"]), t(lang, "handling.open_now"), "tickets")
    opened = between(texts(shown["handling"]), t(lang, "handling.of_opened"), "n")
    assert opened == between(texts(shown["service"]), t(lang, "service.states_legend"), "n")
    seen: dict[str, set[str]] = {}
    for page in ("service", "handling"):
        for metric in shown[page].metric:
            seen.setdefault(metric.label, set()).add(metric.value)
    assert all(len(values) == 1 for values in seen.values())


def between(told: list[str], template: str, name: str) -> set[str]:
    """What stands for ``{name}`` in the texts that follow ``template``."""
    parts = re.split(r"\{(\w+)\}", template)
    pattern = "".join(
        re.escape(part) if place % 2 == 0 else r"([\d,]+)" if part == name else ".+?"
        for place, part in enumerate(parts)
    )
    return {found.group(1) for text in told if (found := re.search(pattern, text))}
