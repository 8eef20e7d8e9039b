"""Working time as tables: every calendar cut into slots that are open or closed as a whole, in UTC.

``clock_slots`` (clock, slot, base, open) gives working time up to a moment as ``base + open * moment``;
``clock_hours`` (clock, nth, base) the moment at which it is reached, as ``base + work``. Moments and work are in
microseconds. Slots are as long as the greatest common divisor of all the times at which some calendar opens or closes,
so that one lookup always answers.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import gcd
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from warehouse.derive.calendars import Calendar, special_days
from warehouse.errors import LoadError

_EARLIEST = datetime(1980, 1, 1)
"""Clocks of older tickets start here; before it, zones were off by odd seconds."""
_DAY = 86_400
_YEARS_AHEAD = 30
_MICRO = 1_000_000
Span = tuple[int, int]
"""Start and end, in seconds since 1970 (UTC)."""


def create_working_time(
    con: duckdb.DuckDBPyConnection, calendars: Sequence[Calendar], first: datetime, last: datetime, longest: int
) -> None:
    """Create ``clock_slots`` and ``clock_hours`` and the macros ``clock_begins()`` and ``slot_length()``; to be read
    ``clock_windows`` (clock, opens_at, closes_at), the working hours up to a year ahead.

    The tables span ``first`` to ``last`` and then as far as ``longest`` seconds of work reach. Raises LoadError for a
    calendar that never gets there.
    """
    begin = _seconds(max(first, _EARLIEST)) // _DAY * _DAY
    end = _seconds(last) // _DAY * _DAY + _DAY
    spans = {c.name: _until_reached(c, begin, end, longest) for c in calendars}
    length = gcd(*(edge for found in spans.values() for span in found for edge in span), begin)
    con.execute(f"CREATE TEMP MACRO clock_begins() AS {begin * _MICRO}")
    con.execute(f"CREATE TEMP MACRO slot_length() AS {length * _MICRO}")
    pieces = [piece for name, found in spans.items() for piece in _pieces(name, found, begin)]
    con.register("clock_pieces", pd.DataFrame(pieces, columns=["clock", "start", "stop", "open", "before"]))
    con.execute(_SLOTS)
    con.execute(_HOURS)
    con.execute(_WINDOWS, [datetime.fromtimestamp(end + 366 * _DAY, UTC).replace(tzinfo=None)])
    con.unregister("clock_pieces")


_SLOTS = """
CREATE TEMP TABLE clock_slots AS
SELECT
    clock::dim_clock AS clock, unnest(range(start * 1000000 // slot_length(), stop * 1000000 // slot_length())) AS slot,
    (before - open * start) * 1000000 AS base, open::TINYINT AS open
FROM clock_pieces
"""
_HOURS = """
CREATE TEMP TABLE clock_hours AS
SELECT clock, (base + slot * slot_length()) // slot_length() + 1 AS nth, -base AS base FROM clock_slots WHERE open = 1
"""


_WINDOWS = """
CREATE TABLE clock_windows AS
SELECT
    clock::dim_clock AS clock, make_timestamp(start * 1000000) AS opens_at, make_timestamp(stop * 1000000) AS closes_at
FROM clock_pieces WHERE open = 1 AND make_timestamp(start * 1000000) < ?
"""


def open_spans(calendar: Calendar, begin: int, end: int) -> list[Span]:
    """The moments in [begin, end) at which the calendar's wall clock stands in a window, as spans that do not touch."""
    first, last = (datetime.fromtimestamp(edge, UTC).date() for edge in (begin - 2 * _DAY, end + 2 * _DAY))
    off, worked = special_days(calendar.holidays, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    windows = [(_midnight(day) + a, _midnight(day) + b) for day in days for a, b in calendar.windows(day, off, worked)]
    found = [
        span
        for since, until, offset in _offsets(calendar.timezone, begin, end)
        for span in _shown(windows, since, until, offset)
    ]
    return _joined(found)


def _shown(windows: list[Span], since: int, until: int, offset: int) -> Iterator[Span]:
    """The windows of the wall clock as moments of [since, until), in which the zone is ``offset`` ahead of UTC."""
    place = max(0, bisect_left(windows, (since + offset, 0)) - 1)
    for start, stop in windows[place:]:
        if start - offset >= until:
            return
        if stop - offset > since:
            yield max(start - offset, since), min(stop - offset, until)


def _offsets(zone: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """[begin, end) in parts, each with the seconds that the zone is ahead of UTC throughout."""
    info = ZoneInfo(zone)

    def ahead(moment: int) -> int:
        shift = datetime.fromtimestamp(moment, info).utcoffset()
        return int(shift.total_seconds()) if shift else 0

    changes = [_change(ahead, a, b) for a, b in pairwise(range(begin, end + _DAY, _DAY)) if ahead(a) != ahead(b)]
    edges = [begin, *(change for change in changes if change < end), end]
    return ((a, b, ahead(a)) for a, b in pairwise(edges) if a < b)


def _change(ahead: Callable[[int], int], low: int, high: int) -> int:
    """The first second at which the zone has the offset that it has at ``high``."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ahead(middle) != ahead(low) else (middle, high)
    return high


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _until_reached(calendar: Calendar, begin: int, last: int, longest: int) -> list[Span]:
    """The open spans up to ``last`` and then until ``longest`` seconds of work have gone by."""
    for years in (1, 3, _YEARS_AHEAD):
        spans = open_spans(calendar, begin, last + years * 366 * _DAY)
        if sum(stop - max(start, last) for start, stop in spans if stop > last) >= longest:
            return spans
    raise LoadError(
        f"calendars.toml {calendar.name}: has too few hours: a target of {longest // 3600} hours is not reached in "
        f"{_YEARS_AHEAD} years; give the calendar more hours or the target less."
    )


def _pieces(clock: str, spans: list[Span], begin: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Open and closed spans in turn from ``begin`` on: clock, start, stop, 1 if open, seconds worked before it."""
    before, edge = 0, begin - _DAY
    for start, stop in spans:
        if start > edge:
            yield clock, edge, start, 0, before
        yield clock, start, stop, 1, before
        before, edge = before + stop - start, stop


def _midnight(day: date) -> int:
    return _seconds(datetime(day.year, day.month, day.day))


def _seconds(moment: datetime) -> int:
    """Seconds since 1970 of a moment without an offset, taken as UTC."""
    return int(moment.replace(tzinfo=UTC).timestamp())
