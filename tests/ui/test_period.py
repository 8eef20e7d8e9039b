"""Periods are counted back from the last day in the data."""

from datetime import date

import pytest

from queries import Scope
from ui.period import PERIODS, bucket_end, span, stepped, year_to

LAST = date(2026, 5, 10)
LATER = date(2026, 5, 11)


@pytest.mark.parametrize(
    "name, start, end",
    [
        ("yesterday", "2026-05-10", "2026-05-10"),
        ("last_7", "2026-05-04", "2026-05-10"),
        ("last_30", "2026-04-11", "2026-05-10"),
        ("last_90", "2026-02-10", "2026-05-10"),
        ("this_month", "2026-05-01", "2026-05-10"),
        ("last_month", "2026-04-01", "2026-04-30"),
        ("this_quarter", "2026-04-01", "2026-05-10"),
        ("last_quarter", "2026-01-01", "2026-03-31"),
    ],
)
def test_periods(name: str, start: str, end: str) -> None:
    assert name in PERIODS
    assert span(name, LAST, LATER) == (date.fromisoformat(start), date.fromisoformat(end))


def test_a_day_still_running_is_not_yesterday() -> None:
    assert span("yesterday", LAST, LAST) == (date(2026, 5, 9), date(2026, 5, 9))


def test_all_data_and_data_without_dates_have_no_ends() -> None:
    assert span("all", LAST, LATER) == span("last_30", None, LATER) == (None, None)


def test_years_end_well() -> None:
    assert span("last_month", date(2026, 1, 31), LATER) == (date(2025, 12, 1), date(2025, 12, 31))
    assert span("last_quarter", date(2026, 2, 1), LATER) == (date(2025, 10, 1), date(2025, 12, 31))


def test_buckets_end_with_their_last_day() -> None:
    assert bucket_end(date(2026, 2, 1), "month") == date(2026, 2, 28)
    assert bucket_end(date(2026, 12, 1), "month") == date(2026, 12, 31)
    assert bucket_end(date(2026, 5, 4), "week") == date(2026, 5, 10)
    assert bucket_end(LAST, "day") == LAST


def test_a_trend_looks_back_twelve_months_at_least() -> None:
    last = date(2026, 3, 10)
    assert year_to(Scope(date(2026, 2, 9), last), last).start == date(2025, 4, 1)
    assert year_to(Scope(date(2024, 5, 5), last), last).start == date(2024, 5, 5)
    assert year_to(Scope(date(2028, 2, 1), date(2028, 2, 29)), date(2028, 2, 29)).start == date(2027, 3, 1)
    assert year_to(Scope(), last) == Scope()
    assert year_to(Scope(date(2026, 2, 9), last), last).end == last


@pytest.mark.parametrize(
    "start, end, first, wanted",
    [
        ("2026-04-11", "2026-05-10", "2020-01-01", ("2026-04-11", "2026-05-10", "day")),
        ("2026-03-10", "2026-05-10", "2020-01-01", ("2026-03-10", "2026-05-10", "day")),  # 62 days
        ("2026-03-09", "2026-05-10", "2020-01-01", ("2026-03-09", "2026-05-10", "week")),
        (None, None, "2025-03-03", ("2025-03-03", "2026-05-10", "week")),  # 434 days: 62 weeks
        (None, None, "2025-03-02", ("2025-03-02", "2026-05-10", "month")),
        (None, None, "2010-07-15", ("2021-05-01", "2026-05-10", "month")),  # of long times the last five years
        ("2019-01-01", "2019-03-31", "2020-01-01", ("2019-03-31", "2019-03-31", "day")),  # before all data
    ],
)
def test_the_steps_of_a_picture(start: str | None, end: str | None, first: str, wanted: tuple[str, str, str]) -> None:
    scope = Scope(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
    found, grain = stepped(scope, date.fromisoformat(first), LAST)
    assert (str(found.start), str(found.end), grain) == wanted
