"""Which rule and whose hours a ticket is judged by, case by case."""

from tests.warehouse.clock_case import HEAD, OFFICE, Clocks, hours


def test_a_version_begins_at_the_team_s_midnight(clocks: Clocks) -> None:
    """In Shanghai it is midnight when UTC reads 16:00. The old version gave an hour, the new one gives two."""
    old, new = ("until = 2025-12-31\n" + hours(1, "24x7", name="old"), hours(2, "24x7", name="new"))
    rules = HEAD + old + "[[versions]]\nfrom = 2026-01-01\n" + new
    opened = {"t": "2025-12-31T15:59:59Z", "new": "2025-12-31T16:00:00Z", "before all": "1999-12-31T15:59:59Z"}
    tickets = [{"ticket_id": name, "opened_at": at} for name, at in opened.items()]
    found = clocks(tickets, rules, "2026-01-05 09:00:00")
    assert found.states("rule") == {"t": "old", "new": "new", "before all": None}
    assert found.states("target_minutes") == {"t": 60, "new": 120, "before all": None}


def test_whose_hours_count(clocks: Clocks) -> None:
    """An hour of business time from Monday 2 March 2026, 20:00 in Shanghai, which is 13:00 in Berlin."""
    calendars = OFFICE.replace(
        "[calendars", '[teams]\n"Night desk" = "night"\n[regions]\nEurope = "berlin"\n[calendars'
    )
    calendars += '[calendars.night]\nholidays = ""\nhours = { mon-sun = ["20:30-24:00"] }\n'
    calendars += (
        '[calendars.berlin]\nholidays = ""\ntimezone = "Europe/Berlin"\nhours = { mon-fri = ["09:00-17:00"] }\n'
    )
    given = {
        "office": ("Day desk", "", ""),
        "region": ("Day desk", "", "europe"),
        "team": ("Night desk", "", "europe"),
        "agent's team": ("", "a", "europe"),
    }
    columns = ("team", "agent_id", "customer_id")
    tickets = [
        {"ticket_id": name, "opened_at": "2026-03-02 20:00:00", **dict(zip(columns, values, strict=True))}
        for name, values in given.items()
    ]
    others = {
        "agents": [{"agent_id": "a", "team": "Night desk"}],
        "customers": [{"customer_id": "europe", "region": "Europe"}],
    }
    found = clocks(tickets, hours(1), "2026-03-05 09:00:00", calendars=calendars, **others)
    assert found.states("clock") == {"office": "office", "region": "berlin", "team": "night", "agent's team": "night"}
    assert found.states("due_at") == {
        "office": "2026-03-03 10:00:00",
        "region": "2026-03-02 21:00:00",
        "team": "2026-03-02 21:30:00",
        "agent's team": "2026-03-02 21:30:00",
    }


def test_a_vip_is_who_was_one_when_the_ticket_was_opened(clocks: Clocks) -> None:
    """The customer with all the orders, from May on, is core at the end of May; another one is strategic."""
    customers = [{"customer_id": f"c{n}", "strategic": "yes" if n == 9 else "no"} for n in range(10)]
    orders = [{"customer_id": f"c{n}", "ordered_at": "2025-04-02", "amount": 10} for n in range(9)]
    orders += [{"customer_id": "c0", "ordered_at": f"2025-05-{day:02}", "amount": 900} for day in range(2, 28)]
    orders = [{"order_id": n, **order} for n, order in enumerate(orders)]
    vip = hours(1, "24x7", "complaint", "vip").replace("clock", "vip = true\nclock")
    tickets = [
        {"ticket_id": f"{who} {day}", "kind": "complaint", "customer_id": who, "opened_at": f"2025-{day} 09:00:00"}
        for who in ("c0", "c1", "c9")
        for day in ("05-31", "06-01")
    ]
    rules = vip + hours(2, "24x7", "complaint", "others")
    found = clocks(tickets, rules, "2025-06-20 09:00:00", customers=customers, orders=orders)
    others = {"c0 05-31", "c1 05-31", "c1 06-01"}
    assert found.states("rule") == {name: "others" if name in others else "vip" for name in found.states()}


def test_the_source_s_own_judgement(clocks: Clocks) -> None:
    """At noon, says the source; an hour from 09:00, says the policy. Rows may say who judges; else the source does."""
    day = "2026-03-02 "
    given = {
        "source": ("source", "12:00:00", "", "11:00:00"),
        "nobody says": ("", "12:00:00", "", "12:00:01"),
        "policy": ("policy", "12:00:00", "yes", "11:00:00"),
        "verdict": ("", "", "no", "09:01:00"),
        "verdict, open": ("", "", "no", ""),
        "no due time": ("", "", "", "09:01:00"),
    }
    tickets = [
        {
            "ticket_id": name,
            "opened_at": day + "09:00:00",
            "judged_by": judge,
            "resolution_due_at": due and day + due,
            "resolution_met": met,
            "resolved_at": done and day + done,
        }
        for name, (judge, due, met, done) in given.items()
    ]
    found = clocks(tickets, hours(1, "24x7"), day + "16:00:00")
    assert found.states() == {
        "source": "met",
        "nobody says": "breached",
        "policy": "breached",
        "verdict": "breached",
        "verdict, open": "overdue",
        "no due time": "none",
    }
    assert found.states("rule") == {name: "hours" if name == "policy" else None for name in given}
    assert found("late_minutes", "nobody says") == 1 / 60 and found("late_minutes", "policy") == 60
    assert found("late_minutes", "verdict") is None and found("due_at", "policy") == day + "10:00:00"
