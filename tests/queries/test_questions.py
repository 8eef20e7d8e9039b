"""Single questions against what one can count by hand or in pandas on the fixture."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queries import METRICS, Scope, ask, render
from queries.relations import relations
from tests.queries import fixture, oracle

ALL = Scope()
pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope = ALL, **params: str | int) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def test_the_queue_is_in_the_order_in_which_to_take_it() -> None:
    found = [(row["ticket_id"], row["stage"], row["minutes_left"]) for row in rows("queue")]
    assert found == [
        ("T35", "response", 0),
        ("T32", "feedback", 10),
        ("T30", "response", 20),  # a VIP goes before T31, due at the same moment
        ("T31", "response", 20),
        ("T34", "feedback", 1260),
        ("T28", "resolution", 11360),
    ]


def test_the_queue_shows_the_teams_clock_and_the_whole_count() -> None:
    first = rows("queue", limit=1)[0]
    assert (first["due_at"], first["total"]) == (datetime(2026, 3, 10, 18, 0), 6)
    assert first["customer_name"] == "Name C1"


def test_the_queue_of_one_clock() -> None:
    """Of those due at the same moment the two of the VIP go first."""
    found = [row["ticket_id"] for row in rows("queue", stage="resolution")]
    assert found == ["T30", "T35", "T31", "T32", "T34", "T28"]
    assert [row["ticket_id"] for row in rows("queue", stage="resolution", limit=2)] == ["T30", "T35"]


def test_past_due_has_the_longest_first() -> None:
    found = [(row["ticket_id"], row["stage"], row["minutes_late"]) for row in rows("queue", which="overdue")]
    assert found == [("T28", "response", 8610), ("T27", "feedback", 7200)]


def test_the_queue_ignores_the_period() -> None:
    long_ago = Scope(date(2020, 1, 1), date(2020, 1, 2))
    assert rows("queue", long_ago) == rows("queue")
    assert rows("queue", long_ago, which="overdue") == rows("queue", which="overdue")


def test_headline_counts_by_hand() -> None:
    found = {row["metric"]: row for row in rows("headline")}
    assert set(found) == {metric.id for metric in METRICS.values() if metric.headline != "none"}
    assert all(row["day"] == date(2026, 3, 10) for row in found.values())
    wanted = {  # value, previous
        "tickets_opened": (8, 2),
        "tickets_resolved": (2, 2),
        "response_compliance": (4 / 5, 1 / 2),
        "backlog": (9, 3),
        "waiting": (5, None),
        "overdue_open": (2, None),
    }
    assert {name: (found[name]["value"], found[name]["previous"]) for name in wanted} == wanted


@pytest.mark.parametrize("name", sorted(metric.id for metric in METRICS.values() if metric.headline == "flow"))
def test_headline_windows_equal_the_oracle(name: str) -> None:
    metric, last = METRICS[name], date(2026, 3, 10)
    days = timedelta(days=metric.headline_days)
    before = last - days if metric.headline_days > 1 else date(2026, 3, 9)
    found = next(row for row in rows("headline") if row["metric"] == name)
    for end, value, n in ((last, "value", "n"), (before, "previous", "previous_n")):
        within = oracle.within(oracle.source(metric.relation), end - days + timedelta(days=1), end, {})
        expected, count = oracle.METRICS[name](within)
        assert found[n] == count
        assert found[value] == (expected if expected is None else pytest.approx(expected))


def test_headline_of_the_day_after_a_holiday_compares_with_the_working_day_before(folder: Path) -> None:
    horizon = [row for row in fixture.meta(1, empty=False) if row["key"] != "as_of_day"]
    fixture.publish(folder, {**fixture.rows(), "meta": [*horizon, {"key": "as_of_day", "value": "2026-02-19"}]})
    found = next(row for row in rows("headline") if row["metric"] == "tickets_opened")
    per_day = [row["opened_day"] for row in fixture.tickets()]
    assert (found["value"], found["previous"]) == (per_day.count(date(2026, 2, 19)), per_day.count(date(2026, 2, 13)))


def test_surveys_without_any_date_are_counted_whole(folder: Path) -> None:
    fixture.publish(folder, {**fixture.rows(), "fact_surveys": fixture.surveys(dated=False)})
    found = next(row for row in rows("headline") if row["metric"] == "nps")
    value, n = oracle.METRICS["nps"](oracle.source("scoped_surveys"))
    assert (found["value"], found["n"], found["previous_n"]) == (pytest.approx(value), n, 0)


def test_series_end_in_the_headline_and_add_up() -> None:
    series = rows("headline_series")
    headline = {row["metric"]: row for row in rows("headline")}
    for name in ("tickets_opened", "response_compliance", "backlog"):
        last = max((row for row in series if row["metric"] == name), key=lambda row: row["bucket"])
        assert (last["bucket"], last["value"]) == (date(2026, 3, 10), headline[name]["value"])
    opened = {row["bucket"]: row["value"] for row in series if row["metric"] == "tickets_opened"}
    assert sum(opened.values()) == sum(row["opened_day"] > date(2026, 1, 13) for row in fixture.tickets())
    assert {row["bucket"].weekday() for row in series if row["metric"] == "nps"} == {0}


def test_backlog_is_what_is_open_at_the_end_of_each_day() -> None:
    tickets = fixture.tickets()

    def open_at(day: date) -> int:
        return sum(
            row["opened_day"] <= day and (not row["resolved_day"] or row["resolved_day"] > day) for row in tickets
        )

    scope = Scope(date(2026, 2, 1), date(2026, 3, 31))
    found = {row["bucket"]: row["tickets"] for row in rows("backlog_trend", scope)}
    assert list(found) == [date(2026, 2, 1) + timedelta(days=n) for n in range(38)]  # no day after the horizon
    assert found == {day: open_at(day) for day in found}
    weekly = {row["bucket"]: row["tickets"] for row in rows("backlog_trend", scope, bucket="week")}
    assert weekly[date(2026, 2, 2)] == open_at(date(2026, 2, 8))


@pytest.mark.parametrize("cohort", ["due", "opened"])
@pytest.mark.parametrize("scope", [ALL, Scope(date(2026, 2, 1), date(2026, 3, 10))], ids=["all", "period"])
def test_compliance_totals_equal_the_oracle(cohort: str, scope: Scope) -> None:
    clocks = oracle.within(oracle.clocks(cohort), scope.start, scope.end, {})
    for row in rows("compliance_totals", scope, cohort=cohort):
        states = list(clocks.loc[clocks["stage"] == row["stage"], "state"])
        for state in ("met", "breached", "overdue", "running", "paused"):
            assert row[state] == states.count(state)
        assert row["decided"] == row["met"] + row["breached"] + row["overdue"]
        assert row["compliance"] == pytest.approx(row["met"] / row["decided"])
        assert row["done"] == row["met"] + row["breached"]
        assert row["on_time_share"] == pytest.approx(row["met"] / row["done"])


@pytest.mark.parametrize("split", ["priority", "tier", "channel", "department", "team", "category"])
def test_all_splits_at_once_equal_each_alone(split: str) -> None:
    together = [row for row in rows("compliance_splits", stage="response") if row["split"] == split]
    alone = rows("compliance_by", by=split, stage="response")
    assert [(row["value"], row["figure"], row["n"], row["low"]) for row in together] == [
        (row["value"], row["compliance"], row["decided"], row["low"]) for row in alone
    ]
    first = [row for row in rows("compliance_splits", stage="response", limit=1) if row["split"] == split]
    assert [row["groups"] for row in first] == [len(alone)] and len(alone) > 1
    assert rows("compliance_by", by=split, stage="response", limit=1)[0]["groups"] == len(alone)


def test_what_stands_open_is_counted_once_each() -> None:
    late = oracle.source("scoped_open_clocks").query("state == 'overdue'")["ticket_id"].nunique()
    [found] = rows("standing")
    assert found["tickets"] == sum(row["is_open"] for row in fixture.tickets())
    assert found["tickets"] == found["overdue"] + found["running"] + found["paused"] + found["none"]
    assert found["overdue"] == late > 0
    assert found["also_running"] + found["running"] == rows("queue", limit=1)[0]["total"]
    assert found["also_paused"] + found["paused"] == len(rows("queue", which="paused"))


def test_trends_and_splits_add_up_to_the_totals() -> None:
    for total in rows("compliance_totals"):
        trend = rows("compliance_trend", bucket="month", stage=total["stage"])
        split = rows("compliance_by", by="tier", stage=total["stage"])
        assert sum(row["n"] for row in trend) == sum(row["decided"] for row in split) == total["decided"]
        assert sum(row["n"] * row["value"] for row in trend if row["n"]) == pytest.approx(total["met"])
        assert sum(row["met"] for row in split) == total["met"]
        assert [row["decided"] for row in split] == sorted((row["decided"] for row in split), reverse=True)
        assert None in {row["value"] for row in split}


def test_durations_and_their_buckets() -> None:
    minutes = sorted(row["response_minutes"] for row in fixture.tickets() if row["response_minutes"] is not None)
    total = next(row for row in rows("durations") if row["stage"] == "response")
    assert total["done"] == len(minutes) == 35
    assert total["median"] == minutes[17]
    assert total["waiting"] == 5
    buckets = rows("duration_buckets", stage="response")
    low = -1.0
    for row in buckets:
        high = row["up_to_minutes"] or float("inf")
        assert row["tickets"] == sum(low < value <= high for value in minutes)
        low = high
    assert sum(row["share"] for row in buckets) == pytest.approx(1)
    by_tier = rows("durations_by", by="tier", stage="response")
    assert sum(row["done"] for row in by_tier) == 35
    assert sum(row["waiting"] for row in by_tier) == 5


def test_a_figure_opens_to_as_many_rows() -> None:
    for total in rows("compliance_totals"):
        stage = total["stage"]
        for outcome, n in (
            ("decided", total["decided"]),
            ("missed", total["breached"] + total["overdue"]),
            ("met", total["met"]),
            ("running", total["running"]),
        ):
            found = rows("clock_rows", stage=stage, outcome=outcome)
            assert len(found) == n
            assert {row["total"] for row in found} <= {n}
    headline = {row["metric"]: row["value"] for row in rows("headline")}
    assert len(rows("ticket_rows", which="all", state="open")) == headline["backlog"]
    assert len(rows("clock_rows", stage="response", cohort="open", outcome="any")) == headline["waiting"]
    assert len(rows("queue", which="overdue")) == headline["overdue_open"]
    day = Scope(date(2026, 3, 10), date(2026, 3, 10))
    assert len(rows("ticket_rows", day)) == headline["tickets_opened"]
    assert len(rows("ticket_rows", day, kind="complaint")) == headline["complaints"]
    assert len(rows("ticket_rows", day, which="resolved")) == headline["tickets_resolved"]


def test_rows_can_be_narrowed_to_not_given() -> None:
    found = rows("ticket_rows", priority="—")
    assert len(found) == sum(row["priority"] is None for row in fixture.tickets()) > 0
    assert {row["priority"] for row in found} == {None}


def test_more_rows_than_asked_for_are_counted() -> None:
    found = rows("ticket_rows", limit=3)
    assert len(found) == 3
    assert {row["total"] for row in found} == {40}
    assert [row["opened_at"] for row in found] == sorted((row["opened_at"] for row in found), reverse=True)


def test_survey_order_and_contact_rows() -> None:
    assert len(rows("survey_rows")) == 30
    assert len(rows("survey_rows", outcome="detractor")) == sum(r["outcome"] == "detractor" for r in fixture.surveys())
    assert rows("survey_rows")[-1]["answered_at"] is None
    assert len(rows("order_rows")) == 20
    assert len(rows("interaction_rows", kind="care")) == 12


def test_order_facts_keep_exact_duplicates() -> None:
    found = rows("order_facts")[0]
    orders = fixture.orders()
    assert (found["orders"], found["customers"], found["duplicates"]) == (20, 5, 2)
    assert found["amount"] == pytest.approx(sum(row["amount"] for row in orders))
    assert found["refunded"] == pytest.approx(40)
    assert found["net"] == pytest.approx(sum(row["net"] for row in orders))


def test_survey_facts() -> None:
    surveys = fixture.surveys()
    for row in rows("survey_facts"):
        own = [survey for survey in surveys if survey["kind"] == row["kind"]]
        assert row["surveys"] == len(own)
        assert row["without_score"] == sum(survey["score"] is None for survey in own)
        assert row["undated"] == sum(survey["day"] is None for survey in own)
        assert row["negative"] == sum(survey["outcome"] in ("detractor", "dissatisfied") for survey in own)
        assert (row["nps"] is None) == (row["kind"] == "csat")


def test_splitting_a_metric_keeps_every_row() -> None:
    for name in ("tickets_opened", "orders", "interactions"):
        relation = relations()[METRICS[name].relation]
        for by in relation.dimensions:
            assert sum(row["n"] for row in rows("metric_by", metric=name, by=by)) == len(oracle.source(relation.name))


def test_loads_and_rejects() -> None:
    assert [row["file"] for row in rows("loads")] == ["surveys.csv", "tickets.csv"]
    assert rows("loads")[1]["loaded_at"] == fixture.AS_OF + fixture.ZONE
    by_rule = {(row["column_name"], row["rule"]): (row["reasons"], row["n"]) for row in rows("reject_rules")}
    assert by_rule == {("kind", "allowed"): (2, 2), ("opened_at", "required"): (1, 1), (None, "shape"): (1, 1)}
    assert [row["row_number"] for row in rows("reject_samples", rule="allowed")] == [7, 9]
    assert {row["total"] for row in rows("reject_samples", limit=1)} == {4}


def test_contents_span_the_days() -> None:
    found = {row["table_name"]: row for row in rows("contents")}
    days = [row["opened_day"] for row in fixture.tickets()]
    assert (found["tickets"]["first_day"], found["tickets"]["last_day"]) == (min(days), max(days))


def test_rendered_sql_stands_alone() -> None:
    scope = Scope(date(2026, 2, 1), date(2026, 3, 10)).narrow("tier", ["core", "it's"])
    text = render("queue", scope, limit=5)
    assert text.startswith("-- Open tickets in the order to take them")
    assert "'it''s'" in text
    assert "$" not in text
