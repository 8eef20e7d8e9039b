"""The service-level policy: what is delivered judges as the field does, and a wrong file is one clear error."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import PRIORITIES, TICKET_KINDS
from warehouse.derive.calendars import read_calendars
from warehouse.derive.dimensions import FIXED
from warehouse.derive.policy import CONDITIONS, Policy, Rule, Target, read_policy
from warehouse.settings import settings

Write = Callable[[str, str], Path]
DAY = date(2025, 6, 2)
HOUR = 3600
GOOD = """near_miss = 0.8
reopened = "resume"
[[versions]]
from = 2024-01-01
until = 2024-12-31
[[versions.rules]]
name = "complaint"
kind = ["complaint"]
clock = "24x7"
response = { minutes = 30 }
resolution = { hours = 1.5 }
[[versions]]
from = 2025-01-01
[[versions.rules]]
name = "core"
tier = ["core", "growth"]
vip = true
clock = "night"
feedback = { working_days = 0.5 }
[[versions.rules]]
name = "all"
clock = "business"
response = { seconds = 90 }
"""


def policy() -> Policy:
    return read_policy(clocks=read_calendars(settings()).calendars)


# Kind, priority, channel, VIP; the rule, its clock and its targets in seconds or working days.
JUDGED = [
    ("complaint", "low", "chat", True, "complaint, VIP", "24x7", 10 * 60, 24 * HOUR, 48 * HOUR),
    ("complaint", "urgent", "phone", True, "complaint, VIP", "24x7", 10 * 60, 24 * HOUR, 48 * HOUR),
    ("complaint", "urgent", "phone", False, "complaint", "24x7", 30 * 60, 24 * HOUR, 48 * HOUR),
    ("enquiry", "urgent", "phone", True, "urgent", "24x7", 2 * HOUR, 24 * HOUR, 48 * HOUR),
    ("problem", "urgent", "chat", True, "urgent request or problem", "24x7", 2 * HOUR, 24 * HOUR, 48 * HOUR),
    ("request", "normal", "phone", True, "ordinary request or problem", "business", 1.0, 3.0, 5.0),
    ("problem", None, None, False, "ordinary request or problem", "business", 1.0, 3.0, 5.0),
    ("enquiry", "low", "chat", False, "live chat enquiry", "24x7", 15, None, None),
    ("enquiry", "urgent", "chat", False, "live chat enquiry", "24x7", 15, None, None),
]


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: f"{case[4]}: {case[:4]}")
def test_the_delivered_policy_is_the_fields(case: tuple[object, ...]) -> None:
    kind, priority, channel, vip, name, clock, *times = case
    rule = policy().rule(DAY, {"kind": kind, "priority": priority, "channel": channel, "tier": "core", "vip": vip})
    assert rule is not None
    assert (rule.name, rule.clock) == (name, clock)
    found = [rule.targets.get(stage) for stage in ("response", "feedback", "resolution")]
    assert [t and (t.seconds or t.working_days) for t in found] == times


def test_the_delivered_policy_leaves_the_rest_without_a_target() -> None:
    for kind, channel in product(("enquiry", "suggestion", "other"), ("phone", None)):
        assert policy().rule(DAY, {"kind": kind, "priority": "high", "channel": channel, "vip": True}) is None
    assert policy().rule(DAY, {"kind": "suggestion", "channel": "chat"}) is None
    assert policy().rule(date(1999, 12, 31), {"kind": "complaint"}) is None


def test_another_policy_is_read(write: Write) -> None:
    found = read_policy(write("sla.toml", GOOD.replace('"resume"', '"restart"')), clocks=["night"])
    assert (found.near_miss, found.reopened) == (0.8, "restart")
    assert [(v.start, v.end) for v in found.versions] == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), None),
    ]
    old, (core, everybody) = found.versions[0].rules, found.versions[1].rules
    assert old[0].targets == {"response": Target(1800, None), "resolution": Target(5400, None)}
    assert core == Rule(
        1, "core", {"tier": ("core", "growth")}, True, "night", {"feedback": Target(None, 0.5)}, line=14
    )
    assert (everybody.place, everybody.conditions, everybody.vip, everybody.line) == (2, {}, None, 20)


@pytest.mark.parametrize(
    ("day", "ticket", "name"),
    [
        (date(2023, 12, 31), {"kind": "complaint"}, None),
        (date(2024, 1, 1), {"kind": "complaint"}, "complaint"),
        (date(2024, 12, 31), {"kind": "complaint"}, "complaint"),
        (date(2024, 12, 31), {"kind": "other"}, None),
        (date(2025, 1, 1), {"kind": "complaint"}, "all"),
        (date(2025, 1, 1), {"kind": "complaint", "tier": "core", "vip": True}, "core"),
        (date(2025, 1, 1), {"kind": "complaint", "tier": "core", "vip": None}, "all"),
        (date(2025, 1, 1), {"kind": "complaint", "vip": True}, "all"),
    ],
)
def test_the_version_is_that_of_the_day_of_opening(
    day: date, ticket: Mapping[str, object], name: str | None, write: Write
) -> None:
    rule = read_policy(write("sla.toml", GOOD), clocks=["night"]).rule(day, ticket)
    assert (rule and rule.name) == name


def test_a_version_without_an_end_ends_where_the_next_begins_in_whatever_order(write: Write) -> None:
    head, old, new = GOOD.split("[[versions]]\n")
    text = "[[versions]]\n".join((head, new, old.replace("until = 2024-12-31\n", "")))
    found = read_policy(write("sla.toml", text), clocks=["night"])
    assert [v.end for v in found.versions] == [date(2024, 12, 31), None]


def test_after_the_last_version_nothing_is_judged(write: Write) -> None:
    text = GOOD.replace("from = 2025-01-01\n", "from = 2025-01-01\nuntil = 2025-06-30\n")
    found = read_policy(write("sla.toml", text), clocks=["night"])
    assert found.rule(date(2025, 6, 30), {}) is not None
    assert found.rule(date(2025, 7, 1), {}) is None


VALUES: Mapping[str, list[object]] = {
    "kind": [*TICKET_KINDS],
    "vip": [True, False],
    "tier": [*FIXED["tier"]],
    "priority": [*PRIORITIES],
    "channel": ["chat", "phone"],
}


def written(name: str, conditions: Mapping[str, object]) -> str:
    lines = [f"{key} = {str(value).lower() if key == 'vip' else [value]}" for key, value in conditions.items()]
    return "\n".join(["[[versions.rules]]", f'name = "{name}"', *lines, 'clock = "24x7"', ""])


def stronger(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether the conditions of one win, told in other words than the product's."""
    if len(one) != len(other):
        return len(one) > len(other)
    differs = next(key for key in ("kind", "vip", "tier", "priority", "channel") if (key in one) != (key in other))
    return differs in one


PAIRS = st.lists(st.sets(st.sampled_from(CONDITIONS), max_size=5).map(frozenset), min_size=2, max_size=6, unique=True)


@given(named=PAIRS)
def test_the_most_specific_rule_wins(named: list[frozenset[str]], tmp_path: Path) -> None:
    """A ticket that several rules fit; each asks for other things, in any order in the file."""
    ticket = {key: VALUES[key][0] for key in CONDITIONS}
    rules = {f"r{i}": {key: ticket[key] for key in keys} for i, keys in enumerate(named)}
    path = tmp_path / "sla.toml"
    head = 'near_miss = 0.8\nreopened = "resume"\n[[versions]]\nfrom = 2000-01-01\n'
    path.write_text(head + "".join(written(name, conditions) for name, conditions in rules.items()))
    rule = read_policy(path).rule(DAY, ticket)
    assert rule is not None
    assert all(stronger(rules[rule.name], other) for name, other in rules.items() if name != rule.name)


def every_pair() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Conditions as named, the winner first: the cases that the delivered rules and their comments rest on."""
    yield ("kind",), ("priority",)
    yield ("kind", "vip"), ("kind",)
    yield ("kind", "vip"), ("kind", "priority")
    yield ("kind", "priority"), ("kind", "channel")
    yield ("kind", "channel"), ("vip", "tier")
    yield ("vip",), ("tier",)
    yield ("priority", "channel"), ("kind",)
    yield ("channel",), ()


@pytest.mark.parametrize(("winner", "loser"), every_pair())
def test_more_conditions_win_then_the_earlier(winner: tuple[str, ...], loser: tuple[str, ...]) -> None:
    def rank(named: tuple[str, ...]) -> tuple[int, ...]:
        conditions = {key: ("x",) for key in named if key != "vip"}
        return Rule(1, "r", conditions, True if "vip" in named else None, "24x7", {}, 1).rank

    assert rank(winner) < rank(loser)


@pytest.mark.parametrize(
    "conditions",
    [
        'tier = ["dormant"]\nvip = true',
        'tier = ["growth"]\nvip = false',
        'tier = ["core"]',
        "vip = true",
        'channel = ["a"]',
    ],
)
def test_rules_that_fit_no_ticket_together_or_are_not_equally_specific_are_no_overlap(
    conditions: str, write: Write
) -> None:
    text = GOOD.replace('name = "all"\n', f'name = "all"\n{conditions}\n')
    assert len(read_policy(write("sla.toml", text), clocks=["night"]).versions[1].rules) == 2
