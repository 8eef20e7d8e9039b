"""The service-level policy: read from ``sla.toml``, held against what it may say, and able to judge a ticket."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from schemas import STAGES
from schemas.tables import PRIORITIES, TICKET_KINDS
from warehouse.derive.calendars import AROUND_THE_CLOCK, BUSINESS
from warehouse.derive.dimensions import FIXED
from warehouse.derive.toml_node import Node, nearest, read_node, shown
from warehouse.settings import POLICY

CONDITIONS = ("kind", "vip", "tier", "priority", "channel")
"""What a rule may ask of a ticket, what makes it more specific first."""
REOPENED = ("resume", "restart")
_ALLOWED = {"kind": TICKET_KINDS, "tier": FIXED["tier"], "priority": PRIORITIES, "channel": None}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "working_days": 86400}
_TEN_YEARS = 3653 * 86400
_VERSION = "begin a version with the lines [[versions]] and from = 2000-01-01"
_RULE = "begin each rule with a line [[versions.rules]]"


@dataclass(frozen=True)
class Target:
    """How long a stage may take on its rule's clock: seconds, or working days of the calendar; the other is None."""

    seconds: int | None
    working_days: float | None


@dataclass(frozen=True)
class Rule:
    """Which tickets it is for, on which clock, and its targets by stage; ``place`` counts from 1 within the version."""

    place: int
    name: str
    conditions: Mapping[str, tuple[str, ...]]
    vip: bool | None
    clock: str
    targets: Mapping[str, Target]
    line: int

    @property
    def rank(self) -> tuple[int, ...]:
        """Sorts the most specific rule first: more conditions, then the earlier in ``CONDITIONS``."""
        unnamed = [name not in self.conditions and (name != "vip" or self.vip is None) for name in CONDITIONS]
        return sum(unnamed), *unnamed

    def fits(self, ticket: Mapping[str, object]) -> bool:
        """Whether it is for a ticket with this kind, priority, channel, tier and vip (missing: not a VIP)."""
        return (self.vip is None or self.vip == bool(ticket.get("vip"))) and all(
            ticket.get(name) in values for name, values in self.conditions.items()
        )


@dataclass(frozen=True)
class Version:
    """The rules for tickets opened from ``start`` to ``end``, both included; None = no end."""

    start: date
    end: date | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Policy:
    """``near_miss``: share of a target; ``reopened``: one of ``REOPENED``; the versions, the oldest first."""

    near_miss: float
    reopened: str
    versions: tuple[Version, ...]

    def rule(self, opened: date, ticket: Mapping[str, object]) -> Rule | None:
        """The rule that judges a ticket opened on that day (the team's); None where there is none."""
        for version in self.versions:
            if version.start <= opened and (version.end is None or opened <= version.end):
                return min((rule for rule in version.rules if rule.fits(ticket)), key=lambda r: r.rank, default=None)
        return None


def read_policy(path: Path = POLICY / "sla.toml", clocks: Collection[str] = ()) -> Policy:
    """The policy in ``path``; ``clocks`` are the names of the calendars.

    Raises LoadError that names the file, the line, the rule and key, what is wrong and what to write.
    """
    file = read_node(path)
    if isinstance(file.value.get("rules"), list):
        raise file.child("rules").wrong(
            "rules belong to a version; write [[versions]] and from = 2000-01-01 before them, and [[versions.rules]]."
        )
    file.fields(("near_miss", "reopened", "versions"))
    known = (AROUND_THE_CLOCK, BUSINESS, *(clock for clock in clocks if clock not in (AROUND_THE_CLOCK, BUSINESS)))
    near_miss = _share(file.child("near_miss"))
    reopened = _one_of(file.child("reopened"), REOPENED)
    return Policy(near_miss, reopened, tuple(_versions(file.child("versions"), known)))


def _share(node: Node) -> float:
    if type(node.value) not in (int, float) or not 0 < node.value <= 1:
        raise node.wrong(f"must be a share above 0 and at most 1, not {shown(node.value)}; write for example 0.8.")
    return float(node.value)


def _one_of(node: Node, known: Collection[str]) -> str:
    advice = f"write one of {', '.join(known)}"
    if (given := node.text(advice)) not in known:
        raise node.wrong(f"there is no {shown(given)}; {nearest(given, known)}")
    return given


def _versions(node: Node, clocks: Collection[str]) -> Iterator[Version]:
    if not node.value:
        raise node.wrong(f"there is none, so no ticket has a target; {_VERSION}.")
    nodes = sorted((_dated(given) for given in node.items(_VERSION)), key=lambda given: given.child("from").value)
    ends = [given.child("until").value for given in nodes]
    for number, (one, other) in enumerate(pairwise(nodes)):
        ends[number] = _joined(one, other)
    for given, end in zip(nodes, ends, strict=True):
        yield Version(given.child("from").value, end, _rules(given.child("rules"), clocks))


def _dated(node: Node) -> Node:
    """The version under the name of its first day, its days being days and in order."""
    node = node.named("version")
    node.fields(("from", "until", "rules"), _VERSION)
    start, end = node.child("from"), node.child("until")
    if start.value is None:
        raise start.wrong("is missing; write the first day it applies to, such as from = 2000-01-01.")
    for day in (start, end):
        if day.value is not None and type(day.value) is not date:
            raise day.wrong(f"must be a day, not {shown(day.value)}; write it without quotes, such as 2026-01-31.")
    if end.value is not None and end.value < start.value:
        raise end.wrong(f"{end.value} lies before the first day, {start.value}; write a later day or leave it out.")
    return node.named(f"version {start.value}")


def _joined(one: Node, other: Node) -> date:
    """The last day of a version that another one follows."""
    end, start = one.child("until"), other.child("from")
    before: date = start.value - timedelta(days=1)
    if one.child("from").value == start.value:
        raise start.wrong(f"overlaps the version in line {one.line}, which begins on that day too; write another day.")
    last = end.value or before
    if last > before:
        told = f"overlaps {one.what} in line {one.line}, which applies until {last}"
        raise start.wrong(f"{told}; begin on {last + timedelta(days=1)}, or let the other end on {before}.")
    if last < before:
        told = f"leaves a gap after {one.what} in line {one.line}, which applies until {last}"
        raise start.wrong(f"{told}; begin on {last + timedelta(days=1)}, or let the other end on {before}.")
    return before


def _rules(node: Node, clocks: Collection[str]) -> tuple[Rule, ...]:
    if not node.value:
        raise node.wrong(f"there are none; {_RULE}.")
    rules: list[Rule] = []
    for place, given in enumerate(node.items(_RULE), 1):
        rule = _rule(given.named(f"rule {place}"), place, clocks)
        for other in rules:
            _refuse_conflict(other, rule, given)
        rules.append(rule)
    return tuple(rules)


def _rule(node: Node, place: int, clocks: Collection[str]) -> Rule:
    node.fields(advice=_RULE)
    name = node.value.get("name")
    node = node.named(f"rule “{name}”") if isinstance(name, str) else node
    node.fields(("name", *CONDITIONS, "clock", *STAGES))
    name = node.child("name").text('write for example name = "complaint"')
    conditions = {key: _names(node.child(key), known) for key, known in _ALLOWED.items() if key in node.value}
    vip = node.child("vip")
    if not isinstance(vip.value, bool | None):
        raise vip.wrong(f"must be true or false, not {shown(vip.value)}; leave it out to ask for neither.")
    clock = _one_of(node.child("clock"), clocks)
    targets = {stage: _target(node.child(stage), clock) for stage in STAGES if stage in node.value}
    return Rule(place, name, conditions, vip.value, clock, targets, node.line)


def _names(node: Node, known: Collection[str] | None) -> tuple[str, ...]:
    example = next(iter(known)) if known else "chat"
    items = node.items(f'write for example ["{example}"]')
    if not items:
        raise node.wrong("is empty, so no ticket fits; name at least one, or leave it out to ask for none.")
    return tuple(_one_of(item, known) if known else item.text('write for example "chat"') for item in items)


def _target(node: Node, clock: str) -> Target:
    example = "write for example { hours = 24 }"
    given = node.fields(_SECONDS, example)
    if len(given) != 1:
        raise node.wrong(f"must have exactly one of {', '.join(_SECONDS)}; {example}.")
    unit, amount = next(iter(node.value)), given[0].value
    if type(amount) not in (int, float) or not 0 < amount * _SECONDS[unit] <= _TEN_YEARS:
        raise given[0].wrong(
            f"must be a number above 0 and within ten years, not {shown(amount)}; write {{ {unit} = 10 }}."
        )
    if unit == "working_days":
        if clock == AROUND_THE_CLOCK:
            told = f"the clock {AROUND_THE_CLOCK} has no working days"
            raise given[0].wrong(f'{told}; write hours, or give the rule clock = "{BUSINESS}".')
        return Target(None, float(amount))
    return Target(_whole_seconds(given[0], amount * _SECONDS[unit]), None)


def _whole_seconds(node: Node, seconds: float) -> int:
    if abs(seconds - round(seconds)) > 1e-6 or not round(seconds):
        raise node.wrong(
            f"comes to {seconds:g} seconds; write whole seconds, such as {{ seconds = {max(round(seconds), 1)} }}."
        )
    return round(seconds)


def _refuse_conflict(one: Rule, other: Rule, node: Node) -> None:
    """Two rules of one version must have names of their own and must not be equally specific about the same ticket."""
    if one.name == other.name:
        raise (
            node.child("name")
            .named(f"rule “{other.name}”")
            .wrong(f"has the name of the rule in line {one.line}; give each rule of a version its own.")
        )
    if one.rank != other.rank or one.vip != other.vip:
        return
    shared = {name: [v for v in values if v in other.conditions[name]] for name, values in one.conditions.items()}
    if all(shared.values()):
        parts = [f"{name} {values[0]}" for name, values in shared.items()]
        parts += [] if one.vip is None else [f"vip {shown(one.vip)}"]
        ticket = f"a ticket with {', '.join(parts)}" if parts else "every ticket"
        raise node.named(f"rule “{other.name}”").wrong(
            f"overlaps rule “{one.name}” in line {one.line}, both fit {ticket}; "
            "narrow one of them, or let it name one condition more."
        )
