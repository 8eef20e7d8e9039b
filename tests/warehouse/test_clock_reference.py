"""Every clock of made-up companies against the reference that walks through time: due times, verdicts, minutes exactly.

Each company lies around a day on which clocks change, a year or February ends or a holiday begins. Its files and its
policy go through a load as any others. CLOCK_SEEDS=20 tries twenty companies for each day instead of one.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from tests.warehouse import clock_reference as reference
from tests.warehouse.clock_files import Row, calendars_toml, served, use_policy, write_files
from tests.warehouse.clock_reference import Reading
from tests.warehouse.clock_world import STAGES, Ticket, World, at_due, sla_toml, tickets, world
from warehouse.derive.policy import Policy, Rule, read_policy
from warehouse.load import load

STATES = {"met", "breached", "overdue", "running", "paused", "none"}
SEEDS = range(int(os.environ.get("CLOCK_SEEDS", "1")))


class Case(NamedTuple):
    """A day, the zones of the calendars (the last is the team's), and whether to the minute or to the second."""

    day: date
    zones: tuple[str, str, str]
    seconds: int = 60
    tickets: int = 70


FINE_ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "America/New_York")
CASES = [
    Case(date(2011, 12, 30), ("Pacific/Apia", "Asia/Kathmandu", "America/New_York")),  # a day that Samoa left out
    Case(date(2018, 11, 4), ("America/Sao_Paulo", "America/New_York", "America/Havana")),
    Case(date(2024, 2, 29), ("Europe/London", "Australia/Lord_Howe", "Asia/Shanghai")),
    Case(date(2024, 12, 31), ("Asia/Shanghai", "America/St_Johns", "Pacific/Chatham")),
    Case(date(2025, 3, 9), ("America/New_York", "Asia/Shanghai", "America/Havana")),
    Case(date(2025, 3, 30), ("Europe/Berlin", "Asia/Beirut", "Africa/Casablanca")),
    Case(date(2025, 4, 6), ("Australia/Lord_Howe", "America/Santiago", "Pacific/Chatham")),
    Case(date(2025, 5, 1), ("Asia/Shanghai", "Europe/Berlin", "Africa/Cairo")),
    Case(date(2025, 10, 5), ("Australia/Sydney", "Australia/Lord_Howe", "Asia/Shanghai")),
    Case(date(2025, 10, 26), ("Europe/Berlin", "Antarctica/Troll", "America/New_York")),
    Case(date(2026, 2, 14), ("Asia/Shanghai", "America/New_York", "Asia/Kathmandu")),
    *(Case(day, FINE_ZONES, 1, 60) for day in (date(2025, 4, 6), date(2025, 10, 26))),
]


@pytest.mark.usefixtures("facts_only")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.day} by {'minutes' if case.seconds > 1 else 'seconds'}"
)
def test_every_clock_equals_the_reference(
    case: Case, seed: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAM_TIMEZONE", case.zones[-1])
    made = world(f"{case.day} {case.seconds} {seed}", case.day, case.zones, case.seconds)
    rules = use_policy(monkeypatch, tmp_path, calendars_toml(made), sla_toml(made))
    judge = Judge(made, read_policy(rules, made.hours))
    found = [judge.tried(ticket) for ticket in tickets(made, case.tickets)]
    load([write_files(found, tmp_path / "files")])
    clocks = served(folder)
    wrong = [line for ticket in found for line in judge.differences(ticket, clocks)]
    assert not wrong, "\n".join(map(str, wrong[:10]))
    missing = STATES - {row["state"] for row in clocks.values()}
    assert seed or not missing, "the first company of each day covers every state"


class Judge:
    """Says what the clocks of a ticket must show."""

    def __init__(self, made: World, policy: Policy) -> None:
        self.made, self.policy, self.grid = made, policy, made.grid

    def rule(self, ticket: Ticket) -> Rule | None:
        opened = pd.Timestamp(ticket.opened, tz="UTC").tz_convert(self.made.zones[-1]).date()
        asked = {"kind": ticket.kind, "priority": ticket.priority, "vip": ticket.customer == "key"}
        return self.policy.rule(opened, asked)

    def clock(self, ticket: Ticket) -> str:
        """The calendar of its rule: of its team, else its region, else the default, if the rule leaves that open.

        Where no rule judges, time is told around the clock.
        """
        rule = self.rule(ticket)
        if rule is None or rule.clock != "business":
            return rule.clock if rule else "24x7"
        return "c1" if ticket.team == "t1" else "c2" if ticket.customer == "south" else "c0"

    def target(self, ticket: Ticket, stage: str) -> int | None:
        """In seconds."""
        rule = self.rule(ticket)
        if rule is None or stage not in rule.targets:
            return None
        given = rule.targets[stage]
        return given.seconds or round((given.working_days or 0) * self.made.working_days[self.clock(ticket)])

    def paused(self, ticket: Ticket) -> reference.Steps:
        """Steps in which the customer is waited for or the ticket is solved, to be opened again."""
        solved = [at for kind, at in ticket.steps if kind == "resolved"]
        solved += [at for at in (ticket.times["resolved_at"], ticket.times["closed_at"]) if at]
        gaps = [(at, min(again)) for at in solved if (again := [each for each in reopened(ticket) if each >= at])]
        return self.grid.covered([*ticket.pauses, *gaps], self.made.as_of)

    def start(self, ticket: Ticket, stage: str) -> datetime:
        restarts = stage == "resolution" and self.policy.reopened == "restart"
        return max([ticket.opened, *(reopened(ticket) if restarts else [])])

    def reading(self, ticket: Ticket, stage: str, done: datetime | None) -> Reading:
        target = self.target(ticket, stage)
        return reference.read_clock(
            self.made.opens[self.clock(ticket)],
            self.paused(ticket),
            self.grid.at(self.start(ticket, stage)),
            None if done is None else self.grid.at(done),
            self.grid.at(self.made.as_of),
            None if target is None else target // self.grid.seconds,
            any(end is None for _, end in ticket.pauses),
            self.grid.seconds,
        )

    def tried(self, ticket: Ticket) -> Ticket:
        """Every third ticket is done about when it is due."""
        if self.made.rng.random() > 0.3:
            return ticket
        dues = {stage: self.reading(ticket, stage, None).due for stage in STAGES}
        return at_due(self.made, ticket, {stage: self.grid.moment(due) for stage, due in dues.items() if due})

    def differences(self, ticket: Ticket, clocks: Mapping[tuple[str, str], Row]) -> Iterator[object]:
        """Every column that is not as expected: stage, column, what was expected, what was found, and the ticket."""
        for stage in STAGES:
            found, expected = clocks[ticket.ticket_id, stage], self.expected(ticket, stage)
            if stage == "resolution":
                expected = {**expected, **self.way(ticket)}
            for column, value in expected.items():
                if found[column] != value:
                    yield stage, column, value, found[column], ticket

    def expected(self, ticket: Ticket, stage: str) -> Row:
        """The row of ``fact_clocks``."""
        rule, done = self.rule(ticket), done_at(ticket, stage)
        read, target = self.reading(ticket, stage, done), self.target(ticket, stage)
        spent = self.minutes(read.spent)
        return {
            "rule": rule and rule.name,
            "clock": self.clock(ticket),
            "state": read.state,
            "target_minutes": None if target is None else target / 60,
            "due_at": None if read.due is None else self.grid.moment(read.due),
            "done_at": done,
            "minutes": None if done is None else spent,
            "spent_minutes": spent,
            "needed_minutes": read.needed / 60,
            "late_minutes": self.minutes(read.late),
            "left_minutes": self.minutes(read.left),
        }

    def way(self, ticket: Ticket) -> Row:
        """The parts of its way, which stand with its resolution. Whoever responds to a ticket has it."""
        start, moved = self.grid.at(ticket.opened), [at for kind, at in ticket.steps if kind == "transferred"]
        end = self.grid.at(done_at(ticket, "resolution") or self.made.as_of)
        assigned = ticket.times["assigned_at"] or done_at(ticket, "response")
        found = reference.parts(
            self.made.opens[self.clock(ticket)],
            self.paused(ticket),
            start,
            end,
            None if assigned is None else self.grid.at(assigned),
            self.grid.at(min(moved)) if moved else None,
        )
        return {f"{part}_minutes": self.minutes(steps) for part, steps in {**found, "whole": end - start}.items()}

    def minutes(self, steps: int | None) -> float | None:
        return None if steps is None else steps * self.grid.seconds / 60


def reopened(ticket: Ticket) -> list[datetime]:
    return [moment for kind, moment in ticket.steps if kind == "reopened"]


def done_at(ticket: Ticket, stage: str) -> datetime | None:
    """When the stage was done, else a later one. What ended the ticket before it was opened again did not end it, but
    whoever solved it the first time had responded to it by then."""
    again = max(reopened(ticket), default=None)
    solutions = [moment for kind, moment in ticket.steps if kind == "resolved"] if stage != "resolution" else []
    if ticket.times["resolved_at"]:
        solutions.append(ticket.times["resolved_at"])
    known = {**ticket.times, "resolved_at": min(solutions, default=None)}
    for column in ("first_response_at", "feedback_at", "resolved_at", "closed_at")[STAGES.index(stage) :]:
        moment = known[column]
        if moment and not (stage == "resolution" and again and moment < again):
            return moment
    return None
