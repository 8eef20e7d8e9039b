"""Working hours: what is delivered, what may be written, and China's days against another library."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from warehouse.derive.calendars import Calendar, read_calendars, special_days
from warehouse.errors import LoadError
from warehouse.settings import Settings, settings

Write = Callable[[str, str], Path]
TEAM = Settings(timezone="Europe/Berlin", holidays="DE")
HOUR = 3600
GOOD = """default = "office"
[teams]
"Night desk" = "night"
[regions]
Gulf = "gulf"
"North" = "office"
[calendars.office]
hours = { mon-thu = ["09:00-12:00", "13:00-18:00"], fri = ["09:00-17:00"] }
working_day = "7h30m"
exceptions = [
  { day = 2026-02-13, hours = ["9:00-12:00"], note = "half day" },
  { from = 2026-12-30, until = 2027-01-02, hours = [] },
]
[calendars.night]
hours = { mon-sun = ["00:00-06:00", "22:00-24:00"] }
timezone = "UTC"
holidays = ""
[calendars.gulf]
hours = { sun-tue = ["08:00-12:00", "12:00-16:00"], "wed,thu" = ["08:00-16:00"], sat = [] }
holidays = "AE"
makeup = "wed"
"""


def calendars(write: Write) -> dict[str, Calendar]:
    return dict(read_calendars(TEAM, write("calendars.toml", GOOD)).calendars)


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


def test_the_delivered_calendar_is_the_teams_office_hours() -> None:
    found = read_calendars(settings())
    hours = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR))
    weekdays = dict.fromkeys(range(1, 6), hours)
    assert found.calendars == {"office": Calendar("office", "Asia/Shanghai", weekdays, "CN", 1, {}, 8 * HOUR)}
    assert (found.default, found.teams, found.regions) == ("office", {}, {})


def test_what_is_left_out_is_the_teams(write: Write) -> None:
    office, night, gulf = calendars(write).values()
    assert [(c.timezone, c.holidays) for c in (office, night, gulf)] == [
        ("Europe/Berlin", "DE"),
        ("UTC", ""),
        ("Europe/Berlin", "AE"),
    ]
    assert [c.working_day for c in (office, night, gulf)] == [7.5 * HOUR, 8 * HOUR, 8 * HOUR]
    assert [c.makeup for c in (office, night, gulf)] == [1, 1, 3]


def test_weekdays_are_ranges_and_lists(write: Write) -> None:
    office, night, gulf = calendars(write).values()
    long = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR))
    assert office.weekdays == {1: long, 2: long, 3: long, 4: long, 5: ((9 * HOUR, 17 * HOUR),)}
    assert night.weekdays == dict.fromkeys(range(1, 8), ((0, 6 * HOUR), (22 * HOUR, 24 * HOUR)))
    touching, whole = ((8 * HOUR, 12 * HOUR), (12 * HOUR, 16 * HOUR)), ((8 * HOUR, 16 * HOUR),)
    assert gulf.weekdays == {1: touching, 2: touching, 3: whole, 4: whole, 7: touching}


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 2, 12), [(9, 12), (13, 18)]),  # Thursday
        (date(2026, 2, 13), [(9, 12)]),  # an exception
        (date(2026, 2, 14), [(9, 12), (13, 18)]),  # a Saturday that is worked, with the hours of Monday
        (date(2026, 2, 15), []),  # Sunday
        (date(2026, 2, 16), []),  # a Monday off
        (date(2026, 2, 20), [(9, 17)]),  # Friday
        (date(2026, 12, 29), [(9, 12), (13, 18)]),  # Tuesday
        (date(2026, 12, 30), []),  # exceptions, the last two both worked and off
        (date(2027, 1, 1), []),
        (date(2027, 1, 2), []),
        (date(2027, 1, 4), [(9, 12), (13, 18)]),
    ],
)
def test_the_hours_of_a_day(day: date, hours: list[tuple[int, int]], write: Write) -> None:
    off, worked = {date(2026, 2, 16), date(2026, 2, 13), date(2027, 1, 1)}, {date(2026, 2, 14), date(2027, 1, 2)}
    found = calendars(write)["office"].windows(day, off, worked)
    assert [(start // HOUR, end // HOUR) for start, end in found] == hours


def test_a_teams_calendar_wins_over_its_regions(write: Write) -> None:
    found = read_calendars(TEAM, write("calendars.toml", GOOD))
    assert found.of("Night desk", "Gulf") == "night"
    assert found.of("Day desk", "Gulf") == found.of(None, "Gulf") == "gulf"
    assert found.of("Day desk", "South") == found.of(None, None) == "office"


def test_chinas_working_days_are_those_of_another_library() -> None:
    """Every day of nine years: holidays of the State Council and the weekend days worked for them."""
    first, last = date(2018, 1, 1), date(2026, 12, 31)
    off, worked = special_days("CN", first, last)
    calendar = read_calendars(Settings(timezone="Asia/Shanghai", holidays="CN")).calendars["office"]
    found = {day for day in days(first, last) if calendar.windows(day, off, worked)}
    assert found == {day for day in days(first, last) if chinese_calendar.is_workday(day)}
    assert len(worked) > 50 and all(day.isoweekday() > 5 for day in worked)


def test_chinas_holidays_take_in_their_weekends() -> None:
    """The other library lists the days of each announcement. Three gave the Monday only, "together with the weekend":
    those weekends it leaves out, though nobody is at work then either."""
    first, last = date(2018, 1, 1), date(2026, 12, 31)
    off, _ = special_days("CN", first, last)
    announced = {day for day in chinese_calendar.constants.holidays if first <= day <= last}
    beside = {date(2018, 6, 16), date(2018, 9, 22), date(2024, 6, 8)}
    assert off == announced | beside | {day + timedelta(days=1) for day in beside}


def test_special_days_keep_to_their_span() -> None:
    off, worked = special_days("CN", date(2025, 1, 26), date(2025, 4, 27))
    festival = set(days(date(2025, 1, 28), date(2025, 2, 4)))
    assert off == festival | {date(2025, 4, 4), date(2025, 4, 5), date(2025, 4, 6)}
    assert worked == {date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27)}
    assert special_days("CN", date(2017, 12, 29), date(2017, 12, 31))[0] == {date(2017, 12, 30), date(2017, 12, 31)}
    assert special_days("", date(2025, 1, 1), date(2025, 12, 31)) == (set(), set())
    off, worked = special_days("DE", date(2025, 4, 1), date(2025, 4, 30))
    assert (off, worked) == ({date(2025, 4, 18), date(2025, 4, 21)}, set()), "Saturday between them is a working day"


def test_an_unknown_country_of_the_team_is_named() -> None:
    with pytest.raises(LoadError, match=r"settings\.toml holidays: no holidays are known for the country “XX”; write"):
        special_days("XX", date(2025, 1, 1), date(2025, 12, 31))
