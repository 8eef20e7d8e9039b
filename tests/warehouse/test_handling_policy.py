"""The rules of case handling: a wrong file is one clear error; what counts as solved at the first contact, by hand."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from warehouse.derive.handling_policy import create_handling_rules, read_handling_policy
from warehouse.errors import LoadError
from warehouse.load import load
from warehouse.publish import current
from warehouse.settings import POLICY

Write = Callable[[str, str], Path]
TEXT = (POLICY / "handling.toml").read_text(encoding="utf-8")
DAYS = "must be a whole number of days from 1 to 3650"
AGES = "backlog_ages: must be one to 5 rising whole numbers from 0 to 3650, not"
WRONG = [
    ("fcr_days = 7\n", "fcr_days = 0\n", f"handling.toml fcr_days: {DAYS}, not 0; write for example fcr_days = 7."),
    ("fcr_days = 7\n", "fcr_days = 7.5\n", f"fcr_days: {DAYS}, not 7.5"),
    ("fcr_days = 7\n", "fcr_days = true\n", f"fcr_days: {DAYS}, not True"),
    ("fcr_days = 7\n", "", "handling.toml fcr_days: is missing; write for example fcr_days = 7."),
    ("fcr_days = 7\n", "fcr_day = 7\n", "handling.toml: unknown key “fcr_day”; did you mean fcr_days?"),
    ("fcr_days = 7\n", "fcr_days = 7\ncolour = 1\n", "unknown key “colour”; known: fcr_days, backlog_ages, old_days."),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = [1, 7, 3]", f"{AGES} [1, 7, 3]; write for example backlog_ages"),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = [7, 7]", f"{AGES} [7, 7]"),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = [-1, 7]", f"{AGES} [-1, 7]"),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = []", f"{AGES} []"),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = 7", f"{AGES} 7"),
    ("backlog_ages = [1, 3, 7, 30]", "backlog_ages = [1, 2, 3, 7, 8, 9]", f"{AGES} [1, 2, 3, 7, 8, 9]"),
    ("old_days = 7\n", "old_days = 14\n", "old_days: 14 is none of backlog_ages; write one of 1, 3, 7, 30."),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Write) -> None:
    assert old in TEXT
    with pytest.raises(LoadError) as caught:
        read_handling_policy(write("handling.toml", TEXT.replace(old, new, 1)))
    assert told in str(caught.value)


def test_age_groups_leave_no_gap_and_overlap_nowhere(write: Write) -> None:
    policy = read_handling_policy(write("handling.toml", "fcr_days = 3\nbacklog_ages = [0, 7]\nold_days = 7"))
    assert policy.groups == [(1, 0, 1), (2, 1, 8), (3, 8, None)]


def test_the_rules_are_published_as_they_were_read(write: Write) -> None:
    with duckdb.connect() as con:
        create_handling_rules(con, write("handling.toml", "fcr_days = 3\nbacklog_ages = [7]\nold_days = 7"))
        assert con.execute("SELECT fcr_days, old_days, fcr_days() FROM handling_rules").fetchall() == [(3, 7, 3)]
        assert con.execute("FROM backlog_ages ORDER BY place").fetchall() == [(1, 0, 8), (2, 8, None)]


HEAD = "ticket_id,customer_id,category,kind,opened_at,resolved_at,closed_at,reopen_count,transfers\n"
LAST = "last,z,z,other,2025-06-30 12:00:00,2025-06-30 12:00:00,,0,0\n"
"""A last event: the data's horizon."""
FIRST = "t,c1,bill,request,2025-06-02 09:00:00,2025-06-02 10:00:00,,{},{}\n"
VERDICTS = [
    (FIRST.format(0, 0), True),
    (FIRST.format(1, 0), False),
    (FIRST.format(0, 1), False),
    (FIRST.format("", 0), None),
    (FIRST.format(0, ""), None),
    (FIRST.format(1, ""), None),  # it has failed, but where success could not be seen failures alone would mislead
    (FIRST.format(0, 0).replace("c1", ""), None),
    (FIRST.format(0, 0).replace("bill", ""), None),
    ("t,c1,bill,request,2025-06-02 09:00:00,,2025-06-02 10:00:00,0,0\n", True),  # closed, with no time of resolution
    ("t,c1,bill,request,2025-06-02 09:00:00,,,0,0\n", None),  # still open
    ("t,c1,bill,request,2025-06-02 09:00:00,2025-06-23 12:00:00,,0,0\n", True),  # the days end with the data
    ("t,c1,bill,request,2025-06-02 09:00:00,2025-06-23 12:00:01,,0,0\n", None),  # they do not
    ("t,c1,bill,request,2025-06-02 09:00:00,2025-06-29 12:00:00,,1,0\n", None),  # failed already, yet too early
]
AGAIN = "u,{},{},request,{},,,0,0\n"
FURTHER = [
    (AGAIN.format("c1", "bill", "2025-06-02 10:00:01"), False),
    (AGAIN.format("c1", "bill", "2025-06-09 10:00:00"), False),  # the last moment of the seven days
    (AGAIN.format("c1", "bill", "2025-06-09 10:00:01"), True),
    (AGAIN.format("c1", "bill", "2025-06-02 09:30:00"), True),  # before the resolution
    (AGAIN.format("c1", "other", "2025-06-03 10:00:00"), True),
    (AGAIN.format("c1", "", "2025-06-03 10:00:00"), True),
    (AGAIN.format("c2", "bill", "2025-06-03 10:00:00"), True),
    (AGAIN.format("c1", "bill", "2025-06-20 09:00:00") + "v,c1,bill,request,2025-06-05 09:00:00,,,0,0\n", False),
]


@pytest.mark.usefixtures("facts_only")
def test_solved_at_the_first_contact(folder: Path, write: Write) -> None:
    """Every case in one load, each with tickets and customers of its own."""
    cases = [*VERDICTS, *((FIRST.format(0, 0) + more, verdict) for more, verdict in FURTHER)]
    lines = [_own(place, text) for place, (text, _) in enumerate(cases)]
    load([write("tickets.csv", HEAD + "".join(lines) + LAST)])
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        found = dict(con.execute("SELECT ticket_id, is_fcr FROM fact_tickets").fetchall())
    assert [(text, found[f"t{place}"]) for place, (text, _) in enumerate(cases)] == cases


@pytest.mark.usefixtures("facts_only")
def test_steps_on_record_say_what_the_counts_do_not(folder: Path, write: Write) -> None:
    """A ticket that was transferred or reopened by its events is not solved at the first contact; one that stands open
    again is not judged, and one that was resolved again is judged from then on."""
    again = [FIRST.format(0, 0).replace("t,c1", f"{name},{name}") for name in ("plain", "moved", "open")]
    again.append("twice,twice,bill,request,2025-06-02 09:00:00,2025-06-27 10:00:00,,0,0\n")
    events = "event_id,ticket_id,happened_at,kind\n1,moved,2025-06-02 09:30:00,transferred\n"
    events += "2,open,2025-06-03 09:00:00,reopened\n3,twice,2025-06-03 09:00:00,reopened\n"
    load([write("tickets.csv", HEAD + "".join(again) + LAST), write("events.csv", events)])
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        found = dict(con.execute("SELECT ticket_id, is_fcr FROM fact_tickets").fetchall())
    assert found == {"plain": True, "moved": False, "open": None, "twice": None, "last": None}


def _own(place: int, text: str) -> str:
    """The lines of a case with its number on each ticket and customer."""
    return re.sub(r"^(\w)(,)|(c\d)", lambda match: f"{match[1] or match[3]}{place}{match[2] or ''}", text, flags=re.M)
