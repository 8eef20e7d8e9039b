"""Time by hand: each case can be followed with a pencil. Times are the team's unless they end in Z, which is UTC."""

import pandas as pd
import pytest

from tests.warehouse.clock_case import HEAD, Clocks, hours

WORKING_DAYS = """[[versions.rules]]
name = "ordinary"
kind = ["request"]
clock = "business"
response = { working_days = 1 }
feedback = { working_days = 3 }
resolution = { working_days = 5 }
"""


def test_a_friday_before_labour_day(clocks: Clocks) -> None:
    """Opened Friday 25 April 2025, 16:50; 09:00-12:00 and 13:00-18:00, so a working day is 8 hours.

    Sunday 27 is a make-up workday, 1 to 5 May are free. We wait for the customer from Sunday 14:00 to Wednesday 10:30.

    | day               | runs                                 | hours | sum   |
    |-------------------|--------------------------------------|-------|-------|
    | Fri 25 April      | 16:50-18:00                          | 1:10  | 1:10  |
    | Sat 26            | free                                 | 0:00  | 1:10  |
    | Sun 27, made up for | 09:00-12:00, 13:00-14:00, then waits | 4:00  | 5:10  |
    | Mon 28, Tue 29    | waits                                | 0:00  | 5:10  |
    | Wed 30            | waits to 10:30, -12:00, 13:00-18:00  | 6:30  | 11:40 |
    | Thu 1 - Mon 5 May | free                                 | 0:00  | 11:40 |
    | Tue 6             | all day                              | 8:00  | 19:40 |
    | Wed 7             | all day; 24 hours at 14:20           | 8:00  | 27:40 |
    | Thu 8             | all day                              | 8:00  | 35:40 |
    | Fri 9             | 09:00-12:00, 13:00-14:20             | 4:20  | 40:00 |
    """
    ticket = {
        "opened_at": "2025-04-25 16:50:00",
        "assigned_at": "2025-04-27 09:05:00",
        "first_response_at": "2025-04-27 10:00:00",
        "feedback_at": "2025-05-07 15:00:00",
        "resolved_at": "2025-05-09 14:20:00",
    }
    waits = {"started_at": "2025-04-27 14:00:00", "ended_at": "2025-04-30 10:30:00"}
    late = {**ticket, "ticket_id": "late", "resolved_at": "2025-05-09 14:20:01"}
    pauses = [{"ticket_id": "t", **waits}, {"ticket_id": "late", **waits}]
    found = clocks([ticket, late], WORKING_DAYS, "2025-05-12 09:00:00", pauses=pauses)
    assert [found("due_at", "t", stage) for stage in ("response", "feedback", "resolution")] == [
        "2025-04-27 16:50:00",  # 4:10 by noon, 3:50 after lunch: nobody waited for the customer when it was answered
        "2025-05-07 14:20:00",
        "2025-05-09 14:20:00",
    ]
    assert found("state", stage="response") == "met" and found("minutes", stage="response") == 70 + 60
    assert found("state", stage="feedback") == "breached" and found("late_minutes", stage="feedback") == 40
    assert found.states() == {"t": "met", "late": "breached"}
    assert (found("minutes"), found("needed_minutes"), found("target_minutes")) == (2400, 2400, 2400)
    assert found("late_minutes", "late") == 1 / 60
    parts = {part: found(f"{part}_minutes") for part in ("assignment", "ours", "customer", "closed", "whole")}
    customer, whole = 4 * 60 + 2 * 8 * 60 + 90, 14 * 24 * 60 - 150
    assert parts == {
        "assignment": 75,  # Friday 1:10 and Sunday 0:05
        "ours": 2400 - 75,
        "customer": customer,  # the office's hours on Sunday from 14:00, Monday, Tuesday, and Wednesday to 10:30
        "closed": whole - customer - 2400,
        "whole": whole,
    }


NIGHTS = """default = "Berlin"
[teams]
"New York" = "New York"
"""
NIGHT = """[calendars."{0}"]
timezone = "{1}"
holidays = ""
hours = {{ sat = ["22:00-24:00"], sun = ["00:00-06:00"] }}
working_day = "8h"
"""


def test_the_night_in_which_clocks_change(clocks: Clocks) -> None:
    """Three hours of a night shift from Saturday 22:00 to Sunday 06:00, and the whole of it, to its end.

    In spring 02:00-03:00 is not there; in autumn an hour comes twice, in Berlin 02:00-03:00, in New York 01:00-02:00.

    | opened               | runs                                 | due (UTC)    | to 06:00 |
    |----------------------|--------------------------------------|--------------|----------|
    | Berlin, 30 Mar 00:30 | -02:00, 03:00-04:30                  | 30 Mar 02:30 | 4:30     |
    | Berlin, 26 Oct 00:30 | -03:00, 02:00-02:30 once more        | 26 Oct 01:30 | 6:30     |
    | New York, 8 Mar 23:30 | -02:00, 03:00-03:30                 | 9 Mar 07:30  | 5:30     |
    | New York, 1 Nov 23:30 | -02:00, 01:00-01:30 once more       | 2 Nov 06:30  | 7:30     |
    """
    given = {
        "spring": ("Berlin", "2025-03-29T23:30Z", "2025-03-30T04:00Z"),
        "autumn": ("Berlin", "2025-10-25T22:30Z", "2025-10-26T05:00Z"),
        "spring there": ("New York", "2025-03-09T04:30Z", "2025-03-09T10:00Z"),
        "autumn there": ("New York", "2025-11-02T03:30Z", "2025-11-02T11:00Z"),
    }
    columns = ("team", "opened_at", "resolved_at")
    tickets = [{"ticket_id": name, **dict(zip(columns, values, strict=True))} for name, values in given.items()]
    calendars = NIGHTS + NIGHT.format("Berlin", "Europe/Berlin") + NIGHT.format("New York", "America/New_York")
    found = clocks(tickets, hours(3), "2025-11-04T12:00Z", calendars=calendars, zone="UTC")
    assert found.states("due_at") == {
        "spring": "2025-03-30 02:30:00",
        "autumn": "2025-10-26 01:30:00",
        "spring there": "2025-03-09 07:30:00",
        "autumn there": "2025-11-02 06:30:00",
    }
    assert found.states("minutes") == {"spring": 270, "autumn": 390, "spring there": 330, "autumn there": 450}


def test_office_hours_on_both_sides_of_the_change_are_those_of_the_wall_clock(clocks: Clocks) -> None:
    """Friday 28 March 2025, 17:00 in Berlin: an hour on Friday and one on Monday, when 10:00 is 08:00 in UTC."""
    found = clocks([{"opened_at": "2025-03-28T16:00:00Z"}], hours(2), "2025-04-02 09:00:00", zone="Europe/Berlin")
    assert found.rows["t", "resolution"]["due_at"] == pd.Timestamp("2025-03-31 08:00:00")


def test_years_and_februaries_end(clocks: Clocks) -> None:
    """An hour from 17:30. After 31 December 2025 come three days off and Sunday 4 January, which is worked."""
    opened = {"t": "2025-12-31 17:30:00", "leap": "2024-02-28 17:30:00", "festival": "2025-04-30 17:30:00"}
    tickets = [{"ticket_id": name, "opened_at": at} for name, at in opened.items()]
    found = clocks(tickets, hours(1), "2026-01-06 09:00:00")
    assert found("due_at") == "2026-01-04 09:30:00"
    assert found("due_at", "leap") == "2024-02-29 09:30:00"
    assert found("due_at", "festival") == "2025-05-06 09:30:00", "1 to 5 May are free"


def test_done_at_the_last_moment(clocks: Clocks) -> None:
    """Two hours from Monday 2 March 2026, 10:00 around the clock; for the office the last one ends at 18:00."""
    opened, office = "2026-03-02 10:00:00", "2026-03-02 16:00:00"
    done = {
        "on time": ("complaint", opened, "2026-03-02 12:00:00"),
        "a second late": ("complaint", opened, "2026-03-02 12:00:01"),
        "at closing": ("request", office, "2026-03-02 18:00:00"),
        "after closing": ("request", office, "2026-03-02 18:00:01"),
        "next morning": ("request", office, "2026-03-03 09:00:00"),
        "a second into it": ("request", office, "2026-03-03 09:00:01"),
    }
    columns = ("kind", "opened_at", "resolved_at")
    tickets = [{"ticket_id": name, **dict(zip(columns, times, strict=True))} for name, times in done.items()]
    found = clocks(tickets, hours(2) + hours(2, "24x7", "complaint", "all"), "2026-03-04 09:00:00")
    assert found.states() == {name: "met" if name in ("on time", "at closing") else "breached" for name in done}
    assert found("due_at", "next morning") == "2026-03-02 18:00:00", "the earliest moment at which all is used up"
    late = {name: found("late_minutes", name) for name in done}
    assert (late["a second late"], late["a second into it"]) == (1 / 60, 1 / 60)
    assert late["after closing"] == late["next morning"] == 0, "no working time has gone by"
    needed = {name: found("needed_minutes", name) for name in done}
    assert needed["at closing"] == 120 and needed["next morning"] == 120 + 1 / 60, "two hours were not enough"


def test_pauses(clocks: Clocks) -> None:
    """Two hours around the clock from Monday 2 March 2026, 10:00; the data ends at 16:00."""
    day, tickets = "2026-03-02 ", []
    waits = {
        "open": [("11:00:00", "")],
        "at due": [("12:00:00", "13:00:00")],
        "a second before": [("11:59:59", "13:00:00")],
        "over each other": [("10:30:00", "11:30:00"), ("11:00:00", "12:00:00"), ("12:00:00", "12:15:00")],
        "from before": [("09:00:00", "10:30:00")],
        "after": [("14:00:00", "15:00:00")],
    }
    for name in waits:
        done = {} if name == "open" else {"resolved_at": day + "12:30:00"}
        tickets.append({"ticket_id": name, "opened_at": day + "10:00:00", **done})
    pauses = [
        {"ticket_id": name, "started_at": day + start, "ended_at": day + end if end else ""}
        for name, spans in waits.items()
        for start, end in spans
    ]
    found = clocks(tickets, hours(2, "24x7"), day + "16:00:00", pauses=pauses)
    assert found.states() == {
        "open": "paused",  # an hour has run, the other runs once the customer has answered
        "at due": "breached",  # the two hours were used up when the pause began
        "a second before": "met",  # one second was left, and the clock stood still
        "over each other": "met",  # 10:30-12:15 counts once: three quarters of an hour have run
        "from before": "met",  # only the half hour from 10:00 on counts
        "after": "breached",
    }
    assert found.states("spent_minutes") == {
        "open": 60,
        "at due": 120,
        "a second before": 120 - 1 / 60,
        "over each other": 45,
        "from before": 120,
        "after": 150,
    }
    assert found("left_minutes", "open") == 60 and found("due_at", "open") == day + "17:00:00"
    assert found("late_minutes", "at due") == 0 and found("needed_minutes", "at due") == 120 + 1 / 60
    assert found("due_at", "over each other") == day + "13:45:00", "half an hour to 10:30, one and a half from 12:15 on"


@pytest.mark.parametrize(("policy", "spent", "due"), [("resume", 210, "17:00:00"), ("restart", 90, "19:00:00")])
def test_opened_again(clocks: Clocks, policy: str, spent: int, due: str) -> None:
    """Four hours from 10:00; solved at 12:00, opened again at 15:00, solved at 16:30. Two of them are open still.

    Of one of these only the row says when it was solved, and no event.
    """
    day = "2026-03-02 "
    steps = [("resolved", "12:00:00"), ("reopened", "15:00:00")]
    events = [
        {"event_id": f"{ticket}{kind}", "ticket_id": ticket, "kind": kind, "happened_at": day + at}
        for ticket in ("t", "open", "row")
        for kind, at in (steps if ticket != "row" else steps[1:])
    ]
    done = {"t": "16:30:00", "open": "12:00:00", "row": "12:00:00"}
    tickets = [
        {"ticket_id": name, "opened_at": day + "10:00:00", "first_response_at": "", "resolved_at": day + at}
        for name, at in done.items()
    ]
    tickets[0]["first_response_at"] = day + "10:05:00"
    rules = HEAD.replace("resume", policy) + hours(4, "24x7").replace(
        "resolution", "response = { hours = 2 }\nresolution"
    )
    found = clocks(tickets, rules, day + "16:30:00", events=events)
    assert (found("state"), found("spent_minutes"), found("due_at")) == ("met", spent, day + due)
    assert (found("state", "open"), found("done_at", "open")) == ("running", None), "12:00 was not the end"
    assert found("left_minutes", "open") == found("left_minutes", "row") == 240 - spent
    assert found("state", "open", "response") == "met", "whoever solved it has also responded"
    assert found("customer_minutes") == 180 and found("whole_minutes") == 390


def test_opened_and_solved_on_a_day_off(clocks: Clocks) -> None:
    """Saturday 7 March 2026, 11:00 to 12:00: no working time at all. Its two hours would end on Monday, 11:00."""
    ticket = {"opened_at": "2026-03-07 11:00:00", "resolved_at": "2026-03-07 12:00:00"}
    found = clocks([ticket], hours(2), "2026-03-10 09:00:00")
    assert (found("state"), found("minutes"), found("due_at")) == ("met", 0, "2026-03-09 11:00:00")
    assert (found("closed_minutes"), found("whole_minutes"), found("ours_minutes")) == (60, 60, 0)
