"""A wrong file of working hours is one clear error: file, line, calendar and key, what is wrong, what to write."""

from pathlib import Path

import pytest

from tests.warehouse.said import is_said
from tests.warehouse.test_calendars import GOOD, TEAM, Write
from warehouse.derive.calendars import read_calendars
from warehouse.errors import LoadError

EXCEPTIONS = GOOD[GOOD.index("[\n  {") : GOOD.index("[calendars.night]")].strip()
CALENDARS = GOOD[GOOD.index("[calendars.office]") :]
NIGHT = '{ mon-sun = ["00:00-06:00", "22:00-24:00"] }'
# What becomes of which text of GOOD, and what is said; … stands for anything.
WRONG = [
    ('default = "office"\n', "",
     "line 1, default: is missing; write the name of a calendar, one of office, night, gulf."),
    ('"office"\n[teams]', '"offise"\n[teams]',
     "line 1, default: there is no calendar “offise”; did you mean “office”?"),
    ('"office"\n[teams]', '"24x7"\n[teams]', "line 1, default: there is no calendar “24x7”; write one of office…"),
    ('"Night desk" = "night"', '"Night desk" = "x"',
     "line 3, teams Night desk: …no calendar “x”; write one of office…"),
    ('Gulf = "gulf"', 'Gulf = ["gulf"]', "line 5, regions Gulf: must be a text…; write the name of a calendar…"),
    ('"North" = "office"', '"North" = "nort"', "line 6, regions North: there is no calendar “nort”; …"),
    ('[teams]\n"Night desk" = "night"', 'teams = "night"', "line 2, teams: must be a table…; write name = value."),
    ("[teams]", "[team]", "line 2: unknown key “team”; did you mean “teams”?"),
    (CALENDARS, "", "line 1, calendars: there is none; write default = \"office\", then [calendars.office] and hours…"),
    ("[calendars.night]", "[calendars.24x7]", "line 14, calendar “24x7”: …built in…; give it another name."),
    ("[calendars.night]", "[calendars.business]", "line 14, calendar “business”: …built in…; give it another name."),
    ("working_day", "workday", "line 9, calendar “office”: unknown key “workday”; did you mean “working_day”?"),
    ("timezone", "zone", "line 16, calendar “night”: unknown key “zone”; did you mean “timezone”?"),
    (f"hours = {NIGHT}\n", "", "line 14, calendar “night” hours: is missing; write for example hours = { mon-fri = …"),
    (NIGHT, '["09:00-18:00"]', "line 15, calendar “night” hours: must be a table…; write for example hours = {…"),
    (NIGHT, "{ mon-fri = [] }", "line 15, calendar “night” hours: no weekday has any…; write for example hours…"),
    (NIGHT, "{ }", "line 15, calendar “night” hours: no weekday has any…; write for example hours…"),
    ("mon-sun", "mo-sun", "line 15, calendar “night” hours mo-sun: there is no weekday “mo”; write mon, tue, wed…"),
    ("mon-sun", "monday", "line 15, calendar “night” hours monday: there is no weekday “monday”; write mon…"),
    ("mon-sun", '"mon, tue-"', "line 15, calendar “night” hours mon, tue-: there is no weekday “”; write mon…"),
    ("fri =", '"thu,fri" =', "line 8, calendar “office” hours thu,fri: thu is given twice; name each weekday once…"),
    ('["09:00-17:00"]', '"09:00-17:00"',
     "line 8, calendar “office” hours fri: must be a list…; write for example [\"09…"),
    ('["09:00-17:00"]', "[9]", "line 8, calendar “office” hours fri: must be a text, not 9; write for example [\"09…"),
    ("09:00-17:00", "9-17", "line 8, calendar “office” hours fri: “9-17” is no window; write for example [\"09…"),
    ("09:00-17:00", "09:60-17:00",
     "line 8, calendar “office” hours fri: …no time of day; write times from 00:00 to 24:00."),
    ("22:00-24:00", "22:00-24:05", "line 15, calendar “night” hours mon-sun: …no time of day; write times from 00:00…"),
    ("09:00-17:00", "09:01-17:00",
     "line 8, calendar “office” hours fri: …not on a five-minute step; write for example…"),
    ("09:00-17:00", "09:00-17:59",
     "line 8, calendar “office” hours fri: …not on a five-minute step; write for example…"),
    ("09:00-17:00", "17:00-09:30", "line 8, calendar “office” hours fri: “17:00-09:30” does not end after its start; "
     "split it at midnight: 17:00-24:00 on this day and 00:00-09:30 on the next."),
    ("22:00-24:00", "22:00-00:00", "line 15, calendar “night” hours mon-sun: …; split it at midnight: 22:00-24:00."),
    ("13:00-18:00", "11:55-18:00",
     "line 8, calendar “office” hours mon-thu: 09:00-12:00 and 11:55-18:00 overlap; make one window of them or part …"),
    ('"UTC"', '"Berlin"', "line 16, calendar “night” timezone: “Berlin” is not a time zone; write one such as …"),
    ('"UTC"', "1", "line 16, calendar “night” timezone: must be a text, not 1; write one such as …"),
    ('"AE"', '"Gulf"',
     "line 20, calendar “gulf” holidays: no holidays are known for the country “Gulf”; write an ISO code…"),
    ('"AE"', "false", "line 20, calendar “gulf” holidays: must be a text, not false; write a country…"),
    ('"wed"', '"fri"', "line 21, calendar “gulf” makeup: fri has no hours…; write a weekday that has."),
    ('"wed"', '"sat"', "line 21, calendar “gulf” makeup: sat has no hours…; write a weekday that has."),
    ('"wed"', '"wednesday"', "line 21, calendar “gulf” makeup: there is no weekday “wednesday”; write mon…"),
    ('"wed"', "3", "line 21, calendar “gulf” makeup: must be a text, not 3; write a weekday…"),
    ('fri = ["09:00-17:00"] }\nworking_day = "7h30m"', 'fri = ["09:00-16:30"] }',
     "line 7, calendar “office” working_day: is missing, and days are from 7h30m to 8h long; write how long…"
     'working_day = "8h".'),
    ('"7h30m"', '"8 hours"',
     "line 9, calendar “office” working_day: “8 hours” is no length of a day; write a length such…"),
    ('"7h30m"', '"0h"', "line 9, calendar “office” working_day: “0h” is no length of a day; write a length such…"),
    ('"7h30m"', '"25h"', "line 9, calendar “office” working_day: “25h” is no length of a day; write a length such…"),
    ('"7h30m"', '"h"', "line 9, calendar “office” working_day: “h” is no length of a day; write a length such…"),
    ('"7h30m"', "8", "line 9, calendar “office” working_day: must be a text, not 8; write a length such…"),
    (EXCEPTIONS, "3",
     "line 10, calendar “office” exceptions: must be a list, not 3; write for example [ { day = 2026-…"),
    (EXCEPTIONS, "[3]",
     "line 10, calendar “office” exception 1: must be a table…not 3; write for example day = 2026-…"),
    ('"9:00-12:00"', "9",
     "line 11, calendar “office” exception 1 hours: must be a text, not 9; write for example [\"09…"),
    ("day = 2026-02-13", "day = 2026-12-31",
     "line 12, calendar “office” exception 2: 2026-12-31 has an exception already; part the days…"),
    ("day = 2026-02-13", 'day = "2026-02-13"',
     "line 11, calendar “office” exception 1 day: must be a day…without quotes…"),
    ("day = 2026-02-13", "from = 2026-02-13",
     "line 11, calendar “office” exception 1: must have either day, or from and until, not from; write…"),
    ("day = 2026-02-13", "day = 2026-02-13, until = 2026-02-14",
     "line 11, calendar “office” exception 1: must have either day, or from and until, not day and until; write…"),
    ("day = 2026-02-13, ", "", "line 11, calendar “office” exception 1: must have…not neither; write for example day…"),
    ("until = 2027-01-02", "until = 2026-12-29",
     "line 12, calendar “office” exception 2 until: must lie within a year after from, 2026-12-30, not on …; …"),
    ("until = 2027-01-02", "until = 2062-01-02",
     "line 12, calendar “office” exception 2 until: …within a year…; write…"),
    (", hours = []", "",
     "line 12, calendar “office” exception 2 hours: must be a list, not nothing; write for example [\"…"),
    (', note = "half day"', ", nota = 1",
     "line 11, calendar “office” exception 1: unknown key “nota”; did you mean “note”?"),
    ('"9:00-12:00"', '"12:00-9:00"',
     "line 11, calendar “office” exception 1 hours: …; split it at midnight: 12:00-24:00…"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_wrong_calendar_is_one_clear_error(old: str, new: str, told: str, write: Write) -> None:
    assert old in GOOD
    with pytest.raises(LoadError) as caught:
        read_calendars(TEAM, write("calendars.toml", GOOD.replace(old, new, 1)))
    assert is_said(f"calendars.toml {told}", str(caught.value))


def test_a_missing_file_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        read_calendars(TEAM, tmp_path / "calendars.toml")
    assert is_said(
        "calendars.toml: there is no such file in …; write one that begins with default = …", str(caught.value)
    )
