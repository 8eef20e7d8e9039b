"""Service levels: every figure of the screen again, in plain Python over clocks made up at random."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest

from charts.theme import PARTS, STATES
from queries import Scope, ask
from tests.queries import fixture
from ui.lateness import BUCKETS
from ui.targets import LADDER, Rule, rules

PERIOD = Scope(date(2026, 1, 20), date(2026, 3, 10))
SCOPES = [Scope(), PERIOD, PERIOD.narrow("region", ["East", "—"])]
COHORTS = ("due", "opened")
LATE, DECIDED = ("breached", "overdue"), ("met", "breached", "overdue")
Row = fixture.Row
Clocks = list[Row]
TARGETS = {"simple": (30.0, 1440.0, 2880.0), "strict": (7.25, 517.0, 20_000.0)}
"""Minutes by rule and stage; some of them are no step of what_if."""


def _ticket(place: int, dice: random.Random) -> Row:
    opened = datetime(2026, 1, 5) + timedelta(seconds=dice.randrange(64 * 86_400))
    targets = TARGETS[fixture.RULES[place % 2]]
    done = [dice.lognormvariate(0, 1.2) * target if dice.random() < 0.8 else None for target in targets]
    minutes = [
        round(spent * 60) / 60 if spent and opened + timedelta(minutes=spent) < fixture.AS_OF else None
        for spent in done
    ]
    given = [target if dice.random() < 0.9 else None for target in targets]
    return fixture.ticket(place, opened, minutes, given)


def _varied(clock: Row, dice: random.Random) -> Row:
    """Some that run are paused; some late ones rest on a bare verdict: no rule, no target, no lateness."""
    if clock["state"] == "running" and dice.random() < 0.4:
        return {**clock, "state": "paused"}
    if clock["state"] in LATE and dice.random() < 0.1:
        return {**clock, "rule": None, "target_minutes": None, "late_minutes": None}
    return clock


@pytest.fixture(scope="module")
def clocks(tmp_path_factory: pytest.TempPathFactory) -> Clocks:
    """Six hundred tickets, published; a row for each stage of each."""
    dice = random.Random(7)
    tickets = [_ticket(place, dice) for place in range(600)]
    made = [_varied(clock, dice) for clock in fixture.clocks(tickets)]
    folder = tmp_path_factory.mktemp("service")
    fixture.publish(folder, {**fixture.rows(), "fact_tickets": tickets, "fact_clocks": made})
    made[0]["folder"] = folder
    return made


@pytest.fixture(autouse=True)
def at_clocks(clocks: Clocks, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Questions go to them."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(clocks[0]["folder"]))
    yield


def rows(name: str, scope: Scope, **params: str | int | float) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def counted(clocks: Clocks, scope: Scope, cohort: str, stage: str) -> Clocks:
    """The clocks of one stage that count under a scope."""
    regions = dict(scope.filters).get("region")
    return [
        clock
        for clock in clocks
        if clock["stage"] == stage
        and (day := clock[f"{cohort}_day"]) is not None
        and (scope.start is None or scope.start <= day)
        and (scope.end is None or day <= scope.end)
        and (regions is None or (clock["region"] or "—") in regions)
    ]


def test_the_clocks_are_of_every_kind(clocks: Clocks) -> None:
    assert {clock["state"] for clock in clocks} == set(STATES)
    assert {clock["rule"] for clock in clocks} == {*fixture.RULES, None}


@pytest.mark.parametrize("scope", SCOPES)
def test_the_states_add_up_to_the_tickets_opened(clocks: Clocks, scope: Scope) -> None:
    found = rows("clock_states", scope)
    tickets = rows("metric_value", scope, metric="tickets_opened")[0]["value"]
    for stage in fixture.STAGES:
        states = Counter(clock["state"] for clock in counted(clocks, scope, "opened", stage))
        assert {row["state"]: row["n"] for row in found if row["stage"] == stage} == states
        assert sum(states.values()) == tickets > 100
        for state, n in states.items():
            opened = rows("clock_rows", scope, stage=stage, cohort="opened", outcome=state, limit=1)
            assert opened[0]["total"] == n


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("scope", SCOPES)
def test_the_trend_is_that_of_the_cohort(clocks: Clocks, scope: Scope, cohort: str) -> None:
    for bucket in ("day", "week", "month"):
        found = rows("compliance_trend", scope, stage="feedback", cohort=cohort, bucket=bucket)
        buckets: dict[date, Clocks] = {}
        for clock in counted(clocks, scope, cohort, "feedback"):
            if clock["state"] != "none":
                buckets.setdefault(clock[f"{cohort}_{bucket}"], []).append(clock)
        assert [row["bucket"] for row in found] == sorted(buckets)
        for row in found:
            states = [clock["state"] for clock in buckets[row["bucket"]]]
            decided = sum(state in DECIDED for state in states)
            assert row["n"] == decided
            assert row["value"] == (pytest.approx(states.count("met") / decided) if decided else None)


@pytest.mark.parametrize("moment", COHORTS)
@pytest.mark.parametrize("cohort", COHORTS)
def test_hours_of_the_week(clocks: Clocks, cohort: str, moment: str) -> None:
    found = {
        row["week_hour"]: row for row in rows("clock_hours", PERIOD, stage="response", cohort=cohort, moment=moment)
    }
    hours: dict[int, list[str]] = {}
    for clock in counted(clocks, PERIOD, cohort, "response"):
        if clock[f"{moment}_at"]:
            local = clock[f"{moment}_at"] + timedelta(hours=8)
            hours.setdefault(local.weekday() * 24 + local.hour, []).append(clock["state"])
    assert set(found) == set(hours)
    for hour, states in hours.items():
        assert found[hour]["clocks"] == len(states)
        assert found[hour]["missed"] == sum(state in LATE for state in states)
        assert found[hour]["decided"] == sum(state in DECIDED for state in states)
    busiest = max(found, key=lambda hour: found[hour]["missed"])
    asked = {"cohort": cohort, "moment": moment, "week_hour": busiest, "outcome": "missed"}
    assert len(rows("clock_rows", PERIOD, stage="response", **asked)) == found[busiest]["missed"]


def test_every_ticket_opened_comes_in_at_some_hour() -> None:
    arrivals = rows("clock_hours", PERIOD, stage="resolution", cohort="opened")
    assert sum(row["clocks"] for row in arrivals) == rows("metric_value", PERIOD, metric="tickets_opened")[0]["value"]


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("stage", fixture.STAGES)
def test_how_late(clocks: Clocks, stage: str, cohort: str) -> None:
    late = [clock for clock in counted(clocks, PERIOD, cohort, stage) if clock["late_minutes"] is not None]
    overall, *found = rows("late_buckets", PERIOD, stage=stage, cohort=cohort)
    assert overall["breached"] + overall["overdue"] == len(late) > 10
    assert overall["median"] == pytest.approx(median(clock["late_minutes"] for clock in late))
    assert sum(row["breached"] + row["overdue"] for row in found) == len(late)
    for row in found:
        place = BUCKETS.index(row["up_to_minutes"])
        low, high = BUCKETS[place - 1] or 0 if place else 0, row["up_to_minutes"] or float("inf")
        states = [clock["state"] for clock in late if low < clock["late_minutes"] <= high]
        bounds = {"late_over": low} | ({"late_up_to": high} if row["up_to_minutes"] else {})
        for state in LATE:
            assert row[state] == states.count(state)
            opened = rows("clock_rows", PERIOD, stage=stage, cohort=cohort, outcome=state, limit=1000, **bounds)
            assert len(opened) == row[state]


def test_the_parts_of_the_way_add_up(clocks: Clocks) -> None:
    ways = [clock for clock in counted(clocks, PERIOD, "opened", "resolution") if not clock["is_open"]]
    found = rows("time_parts", PERIOD, by="kind")
    assert [row["overall"] for row in found] == [True, *[False] * 4]
    assert rows("time_parts", PERIOD, by="kind", limit=2)[0]["groups"] == 4
    for row in found:
        group = ways if row["overall"] else [way for way in ways if way["kind"] == row["value"]]
        assert row["tickets"] == len(group)
        assert row["whole"] == pytest.approx(fmean(way["whole_minutes"] for way in group))
        for part in PARTS:
            assert row[part] == pytest.approx(fmean(way[f"{part}_minutes"] for way in group))
        assert sum(row[part] for part in PARTS) == pytest.approx(row["whole"])
        if not row["overall"]:
            assert rows("ticket_rows", PERIOD, state="done", kind=row["value"], limit=1)[0]["total"] == row["tickets"]


def test_a_part_that_nobody_records_is_empty(folder: Path, clocks: Clocks) -> None:
    bare = [{**clock, "assignment_minutes": None} for clock in clocks]
    fixture.publish(folder, {**fixture.rows(), "fact_clocks": bare})
    assert {row["assignment"] for row in rows("time_parts", PERIOD)} == {None}


def judged(clocks: Clocks, seconds: int) -> tuple[int, int, int]:
    """Met, late and undecided had the target been so many seconds: clock by clock."""
    fits = [ceil(round(clock["needed_minutes"] * 60, 6)) <= seconds for clock in clocks]
    done = [clock["done_at"] is not None for clock in clocks]
    met = sum(fit and over for fit, over in zip(fits, done, strict=True))
    return met, len(clocks) - sum(fits), sum(fits) - met


def _rules(stage: str, cohort: str) -> dict[str, Rule]:
    return rules(rows("what_if", PERIOD, stage=stage, cohort=cohort), {})


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("stage", fixture.STAGES)
def test_any_target_is_counted_exactly(clocks: Clocks, stage: str, cohort: str) -> None:
    found = _rules(stage, cohort)
    assert set(found) == set(fixture.RULES)
    for name, rule in found.items():
        own = [clock for clock in counted(clocks, PERIOD, cohort, stage) if clock["rule"] == name]
        for seconds in {*LADDER, *rule.steps, *rule.offered()}:
            outcome = rule.at(seconds)
            assert (outcome.met, outcome.late, outcome.waiting) == judged(own, seconds), seconds


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("stage", fixture.STAGES)
def test_at_its_own_target_a_rule_keeps_what_it_keeps(stage: str, cohort: str) -> None:
    """To the last digit what the rest of the screen says."""
    said = {row["value"]: row for row in rows("compliance_by", PERIOD, stage=stage, cohort=cohort, by="sla_rule")}
    for name, rule in _rules(stage, cohort).items():
        assert rule.target == round(60 * TARGETS[name][fixture.STAGES.index(stage)])
        outcome = rule.at(rule.target)
        assert (outcome.met, outcome.met + outcome.late) == (said[name]["met"], said[name]["decided"])
        assert outcome.share == said[name]["compliance"]
        opened = rows("clock_rows", PERIOD, stage=stage, cohort=cohort, outcome="missed", sla_rule=name, limit=1)
        assert opened[0]["total"] == outcome.late


def test_the_shortest_target_that_would_do(clocks: Clocks) -> None:
    for rule in _rules("response", "due").values():
        needed = rule.needed_for(0.9)
        assert needed is not None
        shares = {step: rule.at(step).share or 0 for step in rule.steps}
        assert shares[needed] >= 0.9
        assert all(share < 0.9 for step, share in shares.items() if step < needed)
        assert rule.needed_for(1.01) is None


def test_a_rule_that_changed_is_judged_as_it_was(folder: Path, clocks: Clocks) -> None:
    """Two versions of a target: there is no one target to stand at, and the verdicts are those of each ticket's own."""
    changed = []
    for clock in clocks:
        old = clock["target_minutes"] is not None and clock["opened_day"] < date(2026, 2, 1) and clock["state"] == "met"
        changed.append({**clock, "target_minutes": 60 * clock["target_minutes"]} if old else clock)
    fixture.publish(folder, {**fixture.rows(), "fact_clocks": changed})
    rule = _rules("response", "opened")["simple"]
    assert rule.target is None
    assert rule.targets == (1800, 108_000)
    own = [clock for clock in counted(changed, PERIOD, "opened", "response") if clock["rule"] == "simple"]
    states = Counter(clock["state"] for clock in own)
    assert (rule.judged.met, rule.judged.late) == (states["met"], states["breached"] + states["overdue"])
    for seconds in rule.offered():
        outcome = rule.at(seconds)
        assert (outcome.met, outcome.late, outcome.waiting) == judged(own, seconds)


def _near(share: float) -> Callable[[Row], bool]:
    return lambda clock: (
        clock["target_minutes"] is not None and (clock["needed_minutes"] > share * clock["target_minutes"])
    )


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("share", [0.8, 0.5])
@pytest.mark.parametrize("stage", fixture.STAGES)
def test_near_misses(clocks: Clocks, stage: str, share: float, cohort: str) -> None:
    close = _near(share)
    totals = next(row for row in rows("compliance_totals", PERIOD, cohort=cohort, near=share) if row["stage"] == stage)
    met = [clock for clock in counted(clocks, PERIOD, cohort, stage) if clock["state"] == "met"]
    assert (totals["met"], totals["narrow"]) == (len(met), sum(map(close, met)))
    assert totals["measured"] == sum(clock["target_minutes"] is not None for clock in met)
    standing = rows("clock_states", PERIOD, near=share)
    states = {(row["stage"], row["state"]): row for row in standing}
    running = states.get((stage, "running"), {"n": 0, "near": 0, "measured": 0})
    runs = [clock for clock in counted(clocks, PERIOD, "opened", stage) if clock["state"] == "running"]
    assert (running["n"], running["near"]) == (len(runs), sum(map(close, runs)))
    assert running["measured"] == sum(clock["target_minutes"] is not None for clock in runs)
    for outcome, days, n in (("narrow", cohort, totals["narrow"]), ("nearly_due", "opened", running["near"])):
        assert len(rows("clock_rows", PERIOD, stage=stage, outcome=outcome, cohort=days, near=share, limit=1000)) == n


@pytest.mark.parametrize("stage", fixture.STAGES)
def test_late_tickets_come_the_worst_first(clocks: Clocks, stage: str) -> None:
    missed = [clock for clock in counted(clocks, PERIOD, "due", stage) if clock["state"] in ("breached", "overdue")]
    missed.sort(key=lambda clock: (-(clock["late_minutes"] or 0), clock["ticket_id"]))
    found = rows("clock_rows", PERIOD, stage=stage, outcome="missed", limit=10)
    assert [row["minutes_late"] for row in found] == [clock["late_minutes"] for clock in missed[:10]]


def test_the_policys_share_is_told() -> None:
    assert rows("sla_settings", Scope()) == [{"near_miss": 0.8}]


def test_targets_in_working_days_are_told_unless_they_changed(folder: Path) -> None:
    told = [("steady", 3.0), ("changed", 1.0), ("hours", None), ("steady", 3.0), ("changed", 2.0)]
    stated = [{"rule": n, "name": name, "response_working_days": days} for n, (name, days) in enumerate(told)]
    fixture.publish(folder, {**fixture.rows(), "sla_rules": stated})
    found = [(row["rule"], row["working_days"]) for row in rows("rule_days", Scope(), stage="response")]
    assert found == [("steady", 3.0), ("changed", None), ("hours", None)]
