"""Working hours: read from ``calendars.toml``, held against what they may say, and able to tell those of any day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

from warehouse.derive.hours import Window, read_weekday, read_weekdays, read_windows, read_working_day
from warehouse.derive.toml_node import Node, nearest, read_node, shown
from warehouse.errors import LoadError
from warehouse.settings import POLICY, Settings, check_zone

AROUND_THE_CLOCK = "24x7"
BUSINESS = "business"
"""The clock of a rule that leaves the calendar to the ticket's team or region."""

_DAY, _LONGEST = timedelta(days=1), 366
_KEYS = ("hours", "timezone", "holidays", "makeup", "working_day", "exceptions")
_EXAMPLE = 'default = "office", then [calendars.office] and hours = { mon-fri = ["09:00-18:00"] }'


@dataclass(frozen=True)
class Calendar:
    """Working hours on the clock of ``timezone``; weekdays count from 1 = Monday, those not named are free.

    ``holidays`` is a country ("" = none), ``makeup`` the weekday whose hours a make-up workday has, ``working_day`` the
    seconds that one working day of a target stands for.
    """

    name: str
    timezone: str
    weekdays: Mapping[int, tuple[Window, ...]]
    holidays: str
    makeup: int
    exceptions: Mapping[date, tuple[Window, ...]]
    working_day: int

    def windows(self, day: date, off: Collection[date], worked: Collection[date]) -> tuple[Window, ...]:
        """The working hours of a day, given the public holidays and the make-up workdays."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day in worked:
            return self.weekdays[self.makeup]
        return () if day in off else self.weekdays.get(day.isoweekday(), ())


@dataclass(frozen=True)
class Calendars:
    """All calendars by name, and whose is which."""

    default: str
    teams: Mapping[str, str]
    regions: Mapping[str, str]
    calendars: Mapping[str, Calendar]

    def of(self, team: str | None, region: str | None) -> str:
        """The name of the calendar of a ticket's team, else of its region, else the default."""
        return self.teams.get(team or "") or self.regions.get(region or "") or self.default


def special_days(country: str, start: date, end: date) -> tuple[set[date], set[date]]:
    """Public holidays (off) and make-up workdays (worked) of a country from ``start`` to ``end``; "" has neither."""
    if not country:
        return set(), set()
    found = public_holidays(country, start, end)
    off, worked = set(found), set(getattr(found, "weekend_workdays", ()))
    if country in ("CN", "CHN"):
        off = _with_weekends(off, worked)
    return {day for day in off if start <= day <= end}, {day for day in worked if start <= day <= end}


def public_holidays(country: str, start: date, end: date) -> holidays.HolidayBase:
    """The holidays of a country, by day, of the years of these days and those beside. Raises LoadError if unknown."""
    try:
        return _years(country, start.year - 1, end.year + 1)
    except NotImplementedError:
        raise LoadError(f"settings.toml holidays: {_unknown_country(country)}") from None


@lru_cache(maxsize=16)
def _years(country: str, first: int, last: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=range(first, last + 1))


def _with_weekends(off: set[date], worked: set[date]) -> set[date]:
    """China's holidays take in the weekends beside them, which the library leaves out; it matters on Saturdays."""
    found, new = set(off), set(off)
    while new:
        beside = {day + step for day in new for step in (_DAY, -_DAY)}
        new = {day for day in beside if day.isoweekday() > 5} - worked - found
        found |= new
    return found


def read_calendars(team: Settings, path: Path = POLICY / "calendars.toml") -> Calendars:
    """The calendars in ``path``; zone and holidays that they leave out are the team's.

    Raises LoadError that names the file, the line, the calendar and key, what is wrong and what to write.
    """
    if not path.exists():
        raise LoadError(f"{path.name}: there is no such file in {path.parent}; write one that begins with {_EXAMPLE}.")
    file = read_node(path)
    file.fields(("default", "teams", "regions", "calendars"))
    if not (given := file.child("calendars")).value:
        raise given.wrong(f"there is none; write {_EXAMPLE}.")
    found = {str(node.place[-1]): _calendar(node, team) for node in given.fields()}
    teams, regions = (_assigned(file.child(key), found) for key in ("teams", "regions"))
    return Calendars(_known(file.child("default"), found), teams, regions, found)


def _assigned(node: Node, calendars: Collection[str]) -> dict[str, str]:
    if node.value is None:
        return {}
    return {str(each.place[-1]): _known(each, calendars) for each in node.fields()}


def _known(node: Node, calendars: Collection[str]) -> str:
    advice = f"write the name of a calendar, one of {', '.join(calendars)}"
    if (name := node.text(advice)) not in calendars:
        raise node.wrong(f"there is no calendar {shown(name)}; {nearest(name, calendars)}")
    return name


def _calendar(node: Node, team: Settings) -> Calendar:
    name = str(node.place[-1])
    node = node.named(f"calendar “{name}”")
    if name in (AROUND_THE_CLOCK, BUSINESS):
        raise node.wrong(f"{name} is built in and cannot be made anew; give it another name.")
    node.fields(_KEYS)
    weekdays = read_weekdays(node.child("hours"))
    return Calendar(
        name,
        _zone(node.child("timezone"), team.timezone),
        weekdays,
        _country(node.child("holidays"), team.holidays),
        _makeup(node.child("makeup"), weekdays),
        _exceptions(node.child("exceptions")),
        read_working_day(node.child("working_day"), weekdays),
    )


def _zone(node: Node, usual: str) -> str:
    if node.value is None:
        return usual
    return check_zone(node.text("write one such as “Europe/Paris”, or leave it out for the team's"), node.where)


def _country(node: Node, usual: str) -> str:
    if node.value is None or node.value == "":
        return usual if node.value is None else ""
    country = node.text('write a country such as "CN", or "" for none')
    if country not in holidays.list_supported_countries(include_aliases=True):
        raise node.wrong(_unknown_country(country))
    return country


def _unknown_country(country: str) -> str:
    return f"no holidays are known for the country “{country}”; write an ISO code such as “CN”, or “” for none."


def _makeup(node: Node, weekdays: Mapping[int, tuple[Window, ...]]) -> int:
    if node.value is None:
        return next(iter(weekdays))
    name = node.text("write a weekday such as “mon”, or leave it out")
    if (day := read_weekday(node, name)) not in weekdays:
        raise node.wrong(f"{name} has no hours that a make-up workday could have; write a weekday that has.")
    return day


def _exceptions(node: Node) -> dict[date, tuple[Window, ...]]:
    if node.value is None:
        return {}
    found: dict[date, tuple[Window, ...]] = {}
    for each in node.items("write for example [ { day = 2026-02-13, hours = [] } ]"):
        each = each.named(f"{node.what[:-1]} {int(each.place[-1]) + 1}")
        days, windows = _span(each), read_windows(each.child("hours"))
        if double := next((day for day in days if day in found), None):
            raise each.wrong(f"{double} has an exception already; part the days, so that each has one.")
        found.update(dict.fromkeys(days, windows))
    return found


def _span(node: Node) -> list[date]:
    """The days of an exception: one, or all from the first to the last."""
    advice = "write for example day = 2026-02-13"
    node.fields(("day", "from", "until", "hours", "note"), advice)
    if (keys := node.value.keys() - {"hours", "note"}) not in ({"day"}, {"from", "until"}):
        given = " and ".join(sorted(keys)) or "neither"
        raise node.wrong(f"must have either day, or from and until, not {given}; {advice}.")
    first, last = (node.child(key) for key in (("day", "day") if "day" in keys else ("from", "until")))
    for each in (first, last):
        if type(each.value) is not date:
            raise each.wrong(f"must be a day, not {shown(each.value)}; write it without quotes, such as 2026-02-13.")
    count = (last.value - first.value).days + 1
    if not 0 < count <= _LONGEST:
        raise last.wrong(f"must lie within a year after from, {first.value}, not on {last.value}; write a later day.")
    return [first.value + timedelta(days=step) for step in range(count)]
