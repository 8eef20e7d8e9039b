"""Periods by name, counted back from the last day in the data."""

from datetime import date, timedelta

from queries import Scope

DEFAULT = "last_30"
_DAYS = {"last_7": 7, "last_30": 30, "last_90": 90}
PERIODS = (
    "yesterday",
    *_DAYS,
    "this_month",
    "last_month",
    "this_quarter",
    "last_quarter",
    "all",
    "custom",
)

_STEPS = 62
"""A picture over time has at most so many steps: two months of days, fourteen of weeks, five years of months."""

Span = tuple[date | None, date | None]


def span(name: str, last: date | None, today: date) -> Span:
    """First and last day of the period ``name``, both included; (None, None) for all data.

    ``last`` is the last day in the data, ``today`` the calendar's: a day still running is not yesterday.
    """
    if last is None or name == "all":
        return None, None
    if name == "yesterday":
        day = last - timedelta(days=1) if last >= today else last
        return day, day
    if name in _DAYS:
        return last - timedelta(days=_DAYS[name] - 1), last
    months = 3 if name.endswith("quarter") else 1
    first = _first(last, months)
    if name.startswith("this"):
        return first, last
    return _first(first - timedelta(days=1), months), first - timedelta(days=1)


def bucket_end(first: date, grain: str) -> date:
    """The last day of the day, week or month that begins with ``first``."""
    if grain == "month":
        return _first(first + timedelta(days=31), 1) - timedelta(days=1)
    return first + timedelta(days=6 if grain == "week" else 0)


def middle(first: date, last: date) -> date:
    """The day that begins the second half of the days from ``first`` to ``last``."""
    return first + ((last - first) + timedelta(days=1)) / 2


def side(scope: Scope, day: date, which: str) -> Scope:
    """The part of the scope's period ``before`` a day in it, or ``after``: from that day on."""
    if which == "before":
        return scope.with_period(scope.start, min(day - timedelta(days=1), scope.end or date.max))
    return scope.with_period(max(day, scope.start or date.min), scope.end)


def year_to(scope: Scope, last: date | None) -> Scope:
    """The scope with at least the twelve months up to its end, so that a trend has something to show."""
    end = min(filter(None, (scope.end, last)), default=None)
    if scope.start is None or end is None:
        return scope
    twelve = _first(end, 1).replace(year=end.year - 1)
    return scope.with_period(min(scope.start, bucket_end(twelve, "month") + timedelta(days=1)), scope.end)


def stepped(scope: Scope, first: date, last: date) -> tuple[Scope, str]:
    """The scope over its days from ``first`` to ``last``, and the finest step of which they make at most `_STEPS`; of
    still longer times the last years by month."""
    start, end = max(scope.start or first, first), min(scope.end or last, last)
    days = (end - start).days + 1
    if days <= 7 * _STEPS:
        return scope.with_period(min(start, end), end), "day" if days <= _STEPS else "week"
    earliest = _first(end, 1).replace(year=end.year - _STEPS // 12)
    return scope.with_period(max(start, earliest), end), "month"


def _first(day: date, months: int) -> date:
    """The first day of the month (1) or quarter (3) that ``day`` lies in."""
    return day.replace(month=day.month - (day.month - 1) % months, day=1)
