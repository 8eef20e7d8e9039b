"""What a policy says in vain is said after the load."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.clock_files import use_policy
from warehouse.load import load

Write = Callable[[str, str], Path]
CALENDARS = """default = "office"
[teams]
"Night owls" = "office"
[calendars.office]
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }
"""
POLICY = """near_miss = 0.8
reopened = "resume"
[[versions]]
from = 2025-06-03
[[versions.rules]]
name = "talk"
channel = ["live chat"]
clock = "24x7"
response = { minutes = 1 }
[[versions.rules]]
name = "request"
kind = ["request"]
clock = "business"
resolution = { working_days = 1 }
"""
TICKETS = """ticket_id,kind,channel,team,opened_at,first_response_at,resolved_at
t1,request,chat,Desk,2025-06-02 10:00:00,2025-06-02 10:30:00,2025-06-04 10:00:00
t2,request,email,Desk,2025-06-03 10:00:00,2025-06-03 10:30:00,2025-06-04 10:00:00
"""


def test_rules_values_and_days_that_no_ticket_has(
    folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_policy(monkeypatch, tmp_path, CALENDARS, POLICY)
    assert load([write("tickets.csv", TICKETS)]).remarks == (
        "sla.toml channel: no ticket has “live chat”; there are: chat, email.",
        "calendars.toml teams: no ticket has “Night owls”; there are: Desk.",
        "sla.toml: no version is for tickets opened before 2025-06-03; 1 have no target.",
        "sla.toml version 2025-06-03, rule “talk”: judges none of the tickets opened in its time.",
    )


def test_a_source_that_judges_itself_needs_no_rules(
    folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_policy(monkeypatch, tmp_path, CALENDARS, POLICY)
    judged = TICKETS.replace("ticket_id,", "judged_by,ticket_id,").replace("\nt", "\nsource,t")
    assert load([write("tickets.csv", judged)]).remarks == ()
