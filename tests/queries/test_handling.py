"""Case handling against plain Python over the fixture's tickets, and over a loaded sample company."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest

from queries import Scope, ask
from tests.queries import fixture, oracle
from tests.queries.handling_fixture import AGES, FCR_DAYS, OLD_DAYS
from ui.loop import STEPS
from warehouse.publish import current

Row = dict[str, Any]
LAST = fixture.local_day(fixture.AS_OF) or date.max
FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
SCOPES = [Scope(), FEBRUARY, FEBRUARY.narrow("channel", "phone"), Scope(date(2026, 3, 9), LAST).narrow("tier", "core")]
TIMES = ("assigned_at", "first_response_at", "feedback_at", "resolved_at", "confirmed_at", "closed_at")
BUCKETS: dict[str, Callable[[date], date | None]] = {
    "day": lambda day: day,
    "week": fixture.week_of,
    "month": fixture.month_of,
}


def rows(name: str, scope: Scope = SCOPES[0], **params: str | int | date) -> list[Row]:
    """An answer as dictionaries."""
    found: list[Row] = ask(name, scope, **params).to_pylist()
    return found


def tickets(scope: Scope) -> list[Row]:
    """The fixture's tickets under the filters, whatever the period."""
    return [row for row in fixture.tickets() if all(row[name] in values for name, values in scope.filters)]


def within(found: list[Row], scope: Scope, day: str) -> list[Row]:
    """Those whose ``day`` lies in the period."""
    start, end = scope.start or date.min, scope.end or date.max
    return [row for row in found if row[day] is not None and start <= row[day] <= end]


def age_group(row: Row, day: date) -> int | None:
    """In which age group a ticket stood at the end of ``day``; None: it was not open."""
    if row["opened_day"] > day or (row["resolved_day"] is not None and row["resolved_day"] <= day):
        return None
    age = (day - row["opened_day"]).days
    return next(place for place, first, past in AGES if first <= age and (past is None or age < past))


def days(scope: Scope) -> list[date]:
    """The calendar's days of the period, up to the data's last one."""
    known = [row["day"] for row in fixture.calendar()]
    return [day for day in known if (scope.start or date.min) <= day <= min(scope.end or date.max, LAST)]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("grain", BUCKETS)
@pytest.mark.usefixtures("full")
def test_the_backlog_by_age_day_by_day(scope: Scope, grain: str) -> None:
    ends = {BUCKETS[grain](day): day for day in days(scope)}
    counted = {day: Counter(age_group(row, day) for row in tickets(scope)) for day in ends.values()}
    wanted = {
        (bucket, place): (day, counted[day][place], sum(counted[day][group] for group, *_ in AGES))
        for bucket, day in ends.items()
        for place, *_ in AGES
    }
    found = rows("backlog_ages", scope, bucket=grain)
    assert {(row["bucket"], row["place"]): (row["day"], row["tickets"], row["of_all"]) for row in found} == wanted
    totals = {row["bucket"]: row["of_all"] for row in found}
    assert totals == {row["bucket"]: row["tickets"] for row in rows("backlog_trend", scope, bucket=grain)}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_each_part_of_a_column_opens_its_tickets(scope: Scope) -> None:
    for row in rows("backlog_ages", scope, bucket="month"):
        ages = {name: row[name] for name in ("from_days", "until_days") if row[name] is not None}
        found = rows("backlog_rows", scope, on=row["day"], **ages)
        wanted = {each["ticket_id"] for each in tickets(scope) if age_group(each, row["day"]) == row["place"]}
        assert {each["ticket_id"] for each in found} == wanted and len(found) == row["tickets"]
        opened = {each["ticket_id"]: each["opened_day"] for each in tickets(scope)}
        assert all(each["age_days"] == (row["day"] - opened[each["ticket_id"]]).days for each in found)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_what_stands_open_now(scope: Scope) -> None:
    standing = [row["opened_day"] for row in tickets(scope) if row["is_open"]]
    found = rows("backlog_now", scope)[0]
    old = sum((LAST - day).days > OLD_DAYS for day in standing)
    assert (found["tickets"], found["old"]) == (len(standing), old)
    assert found["oldest_day"] == (min(standing) if standing else None)
    assert len(rows("backlog_rows", scope, from_days=OLD_DAYS + 1)) == old


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_opened_and_resolved_are_events_of_the_period(scope: Scope) -> None:
    opened = Counter(fixture.week_of(row["opened_day"]) for row in within(tickets(scope), scope, "opened_day"))
    resolved = Counter(fixture.week_of(row["resolved_day"]) for row in within(tickets(scope), scope, "resolved_day"))
    found = {row["bucket"]: (row["opened"], row["resolved"]) for row in rows("backlog_flow", scope, bucket="week")}
    assert found == {week: (opened[week], resolved[week]) for week in opened.keys() | resolved.keys()}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_the_closed_loop(scope: Scope) -> None:
    shown = within(tickets(scope), scope, "opened_day")
    assert_loop(rows("loop", scope)[0], shown)
    for place, _ in enumerate(STEPS, 1):
        found = {row["ticket_id"] for row in rows("loop_rows", scope, furthest=place)}
        assert found == {row["ticket_id"] for row in shown if furthest(row) == place}


def furthest(row: Row) -> int:
    """The last step that is on record, counted from 1."""
    return max((place for place, name in enumerate(TIMES, 2) if row[name] is not None), default=1)


def assert_loop(found: Row, shown: list[Row]) -> None:
    """Each step of an answer to `loop` equals what plain Python counts in ``shown``."""
    places = Counter(furthest(row) for row in shown)
    assert sum(found[f"{step}_now"] for step in STEPS) == found["accepted"] == len(shown)
    for place, step in enumerate(STEPS, 1):
        assert found[f"{step}_now"] == places[place]
        assert found[step] == sum(n for at, n in places.items() if at >= place)
    for step, name in zip(STEPS[1:], TIMES, strict=True):
        took = [(row[name] - row["opened_at"]).total_seconds() / 60 for row in shown if row[name] is not None]
        assert found[f"{step}_recorded"] == len(took)
        assert found[f"{step}_median"] == (pytest.approx(median(took)) if took else None)


def test_a_reopened_ticket_stands_where_it_stood_before_its_resolution(folder: Path) -> None:
    done = next(row for row in fixture.tickets() if row["closed_day"] and row["confirmed_at"])
    again = done | {"ticket_id": "T99", "is_open": True, "resolved_day": None, "closed_day": None}
    fixture.publish(folder, {**fixture.rows(), "fact_tickets": [done, again]})
    found = rows("loop")[0]
    assert (found["accepted"], found["feedback"], found["resolved"], found["closed"]) == (2, 2, 1, 1)
    assert (found["feedback_now"], found["closed_now"], found["closed_recorded"]) == (1, 1, 1)


@pytest.mark.usefixtures("full")
def test_what_is_recorded_at_all_does_not_depend_on_the_period() -> None:
    found = rows("loop_recorded", Scope(date(2020, 1, 1), date(2020, 1, 2)))[0]
    assert found == rows("loop_recorded")[0]
    assert found["confirmed"] == sum(row["confirmed_at"] is not None for row in fixture.tickets())


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_cards_say_what_the_metrics_say(scope: Scope) -> None:
    resolved, opened = rows("cases_resolved", scope)[0], rows("cases_opened", scope)[0]
    for row, day, names in (
        (resolved, "resolved_day", ("fcr", "reopen_rate", "handling_satisfaction")),
        (opened, "opened_day", ("transfer_rate", "escalated_share", "compensation_paid")),
    ):
        frame = oracle.source(f"scoped_{day.removesuffix('_day')}")
        filters: oracle.Filters = {name: list(values) for name, values in scope.filters}
        counted = oracle.within(frame, scope.start, scope.end, filters)
        for name in names:
            value, n = oracle.METRICS[name](counted)
            assert (row[name], row[f"{name}_n"]) == (None if value is None else pytest.approx(value), n)
    shown = within(tickets(scope), scope, "resolved_day")
    horizon = fixture.AS_OF - timedelta(days=FCR_DAYS)
    assert (resolved["resolved"], resolved["too_early"]) == (
        len(shown),
        sum(row["resolved_at"] > horizon for row in shown),
    )
    assert resolved["complaints"] == sum(row["kind"] == "complaint" for row in shown)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_levels_and_transfers_are_counted(scope: Scope) -> None:
    shown = within(tickets(scope), scope, "opened_day")
    levels = Counter((row["opened_month"], row["escalation_level"]) for row in shown)
    months = Counter(row["opened_month"] for row in shown)
    found = rows("escalations", scope, bucket="month")
    assert {(row["bucket"], row["level"]): row["n"] for row in found} == levels
    assert all(row["of_all"] == months[row["bucket"]] for row in found)
    assert all(row["share"] == pytest.approx(row["n"] / row["of_all"]) for row in found)
    times = Counter(row["transfers"] for row in shown if row["transfers"] is not None)
    counted = rows("transfer_counts", scope)
    assert {row["times"]: row["n"] for row in counted} == times
    assert sum(row["share"] for row in counted) == pytest.approx(1 if times else 0)


def test_many_transfers_are_one_group(folder: Path) -> None:
    many = [{**row, "transfers": n} for n, row in enumerate(fixture.tickets()[:7])]
    fixture.publish(folder, {**fixture.rows(), "fact_tickets": many})
    assert {row["times"]: row["n"] for row in rows("transfer_counts")} == {0: 1, 1: 1, 2: 1, 3: 1, 4: 3}
    assert len(rows("case_rows", only="transfers_known", transfers=4)) == 3


COUNTED: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "judged": ("resolved", lambda row: row["is_fcr"] is not None),
    "reopen_known": ("resolved", lambda row: row["reopen_count"] is not None),
    "reopened": ("resolved", lambda row: (row["reopen_count"] or 0) > 0),
    "rated": ("resolved", lambda row: row["satisfaction"] is not None),
    "transfers_known": ("opened", lambda row: row["transfers"] is not None),
    "transferred": ("opened", lambda row: (row["transfers"] or 0) > 0),
    "level_known": ("opened", lambda row: row["escalation_level"] is not None),
    "escalated": ("opened", lambda row: row["escalation_level"] > 1),
    "compensated": ("opened", lambda row: (row["compensation"] or 0) > 0),
}


@pytest.mark.parametrize("only", COUNTED)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_rows_are_those_that_are_counted(scope: Scope, only: str) -> None:
    which, counts = COUNTED[only]
    shown = [row for row in within(tickets(scope), scope, f"{which}_day") if counts(row)]
    found = rows("case_rows", scope, which=which, only=only)
    assert {row["ticket_id"] for row in found} == {row["ticket_id"] for row in shown}
    billing = rows("case_rows", scope, which=which, only=only, category="billing", level=2)
    both = [row for row in shown if row["category"] == "billing" and row["escalation_level"] == 2]
    assert {row["ticket_id"] for row in billing} == {row["ticket_id"] for row in both}


@pytest.mark.usefixtures("full")
def test_the_most_striking_rows_come_first() -> None:
    judged = [row["is_fcr"] for row in rows("case_rows", which="resolved", only="judged")]
    assert judged == sorted(judged) and set(judged) == {True, False}
    marks = [row["satisfaction"] for row in rows("case_rows", which="resolved", only="rated")]
    assert marks == sorted(marks) and len(set(marks)) > 1
    reopened = [row["reopen_count"] for row in rows("case_rows", which="resolved", only="reopened")]
    assert reopened == sorted(reopened, reverse=True) and len(set(reopened)) > 1


@pytest.mark.parametrize("name", ["fcr", "escalated_share", "handling_satisfaction"])
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.usefixtures("full")
def test_splits_at_once_are_the_splits_one_by_one(scope: Scope, name: str) -> None:
    found = rows("case_splits", scope, metric=name)
    for split in ("team", "category", "department", "kind", "channel", "tier"):
        alone = [row for row in rows("metric_by", scope, metric=name, by=split) if row["n"]]
        told = [{**row, "split": split, "groups": len(alone)} for row in alone]
        assert told == [row for row in found if row["split"] == split]
        assert [row for row in rows("case_splits", scope, metric=name, limit=1) if row["split"] == split] == told[:1]


@pytest.mark.usefixtures("full")
def test_the_rules_are_told_as_they_were_published() -> None:
    assert rows("handling_rules") == [{"fcr_days": FCR_DAYS, "old_days": OLD_DAYS}]


@pytest.fixture
def sample(small_company: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Row]]:
    """The sample's tickets with their days; questions go to it."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(small_company))
    served = current(small_company)
    assert served is not None
    days = ("opened_day", "resolved_day", "closed_day")
    names = ("customer_id", "category", "opened_at", *TIMES, *days, "reopen_count", "transfers", "is_fcr")
    with duckdb.connect(served, read_only=True) as con:
        found = con.execute(f"SELECT {', '.join(names)} FROM fact_tickets").fetchall()
    yield [dict(zip(names, row, strict=True)) for row in found]


def test_first_contact_on_the_sample(small_company: Path, sample: list[Row]) -> None:
    """Ticket by ticket, from nothing but the base columns."""
    served = current(small_company)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        stated = con.execute("SELECT value FROM meta WHERE key = 'as_of'").fetchall()[0][0]
    horizon, week = datetime.fromisoformat(stated), timedelta(days=7)
    opened: dict[tuple[str, str], list[datetime]] = {}
    for row in sample:
        opened.setdefault((row["customer_id"], row["category"]), []).append(row["opened_at"])

    def verdict(row: Row) -> bool | None:
        done = row["resolved_at"] or row["closed_at"]
        keys = (row["customer_id"], row["category"])
        if None in (done, row["reopen_count"], row["transfers"], *keys) or done + week > horizon:
            return None
        again = any(done < moment <= done + week for moment in opened[keys])
        return row["reopen_count"] == 0 and row["transfers"] == 0 and not again

    verdicts = Counter(verdict(row) for row in sample)
    assert all(row["is_fcr"] == verdict(row) for row in sample)
    assert len(verdicts) == 3
    found = rows("cases_resolved")[0]
    assert (found["fcr_n"], found["fcr"]) == (
        verdicts[True] + verdicts[False],
        pytest.approx(verdicts[True] / (verdicts[True] + verdicts[False])),
    )


def test_backlog_and_loop_on_the_sample(sample: list[Row]) -> None:
    march = Scope(date(2025, 3, 1), date(2025, 3, 16))
    for row in rows("backlog_ages", march, bucket="day"):
        assert row["tickets"] == sum(age_group(ticket, row["day"]) == row["place"] for ticket in sample)
    assert_loop(rows("loop", march)[0], within(sample, march, "opened_day"))
