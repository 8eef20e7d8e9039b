"""The service-level policy where the derived SQL finds it: rules, targets on every clock, and whose clock is which."""

from collections.abc import Iterator, Mapping

import duckdb

from schemas import STAGES
from warehouse.derive.calendars import AROUND_THE_CLOCK, BUSINESS, Calendars
from warehouse.derive.policy import Policy, Rule, Target, Version
from warehouse.sql import literals

_LISTS = {"kind": "kinds", "tier": "tiers", "priority": "priorities", "channel": "channels"}
_MICRO = 1_000_000
_DAY = 86_400


def create_sla(con: duckdb.DuckDBPyConnection, policy: Policy, calendars: Calendars) -> None:
    """Create ``sla_rules`` (numbered, within a version the most specific first) and ``sla_settings`` to be read.

    For the derived SQL: the temporary tables ``sla_targets`` (rule, clock, microseconds per stage), ``clock_teams`` and
    ``clock_regions``, the types of rules and clocks, and the macros ``default_clock()`` and ``restarts()``.
    """
    con.execute(f"CREATE TABLE sla_rules (rule INTEGER, {_RULES})")
    for number, (version, rule) in enumerate(_ranked(policy), 1):
        row = [number, *_row(version, rule)]
        con.execute(f"INSERT INTO sla_rules VALUES ({', '.join('?' * len(row))})", row)
    con.execute("CREATE TABLE sla_settings (near_miss DOUBLE, reopened VARCHAR)")
    con.execute("INSERT INTO sla_settings VALUES (?, ?)", [policy.near_miss, policy.reopened])
    names = dict.fromkeys(rule.name for _, rule in _ranked(policy))
    con.execute(f"CREATE TYPE dim_rule AS ENUM ({literals(list(names))})")
    con.execute(f"CREATE TYPE dim_clock AS ENUM ({literals([AROUND_THE_CLOCK, *calendars.calendars])})")
    _create_targets(con, policy, calendars)
    _create_pairs(con, "clock_teams", "team", calendars.teams)
    _create_pairs(con, "clock_regions", "region", calendars.regions)
    con.execute(f"CREATE TEMP MACRO default_clock() AS {literals([calendars.default])}")
    con.execute(f"CREATE TEMP MACRO restarts() AS {policy.reopened == 'restart'}")


_RULES = ", ".join(
    (
        "version_from DATE, version_until DATE, name VARCHAR, vip BOOLEAN, clock VARCHAR",
        *(f"{column} VARCHAR[]" for column in _LISTS.values()),
        *(f"{stage}_seconds BIGINT, {stage}_working_days DOUBLE" for stage in STAGES),
    )
)


def longest(policy: Policy, calendars: Calendars) -> int:
    """The longest target of all, in seconds of working time."""
    days = [calendar.working_day for calendar in calendars.calendars.values()]
    targets = [target for version in policy.versions for rule in version.rules for target in rule.targets.values()]
    return max((_seconds(target, day) for target in targets for day in days), default=_DAY)


def _ranked(policy: Policy) -> Iterator[tuple[Version, Rule]]:
    """Every rule with its version, the most specific first within each."""
    for version in policy.versions:
        for rule in sorted(version.rules, key=lambda r: r.rank):
            yield version, rule


def _row(version: Version, rule: Rule) -> list[object]:
    lists = [list(rule.conditions.get(condition, ())) for condition in _LISTS]
    none = Target(None, None)
    targets = [rule.targets.get(stage, none) for stage in STAGES]
    amounts = [amount for target in targets for amount in (target.seconds, target.working_days)]
    return [version.start, version.end, rule.name, rule.vip, rule.clock, *lists, *amounts]


def _create_targets(con: duckdb.DuckDBPyConnection, policy: Policy, calendars: Calendars) -> None:
    days = {AROUND_THE_CLOCK: _DAY, **{name: calendar.working_day for name, calendar in calendars.calendars.items()}}
    rows = [
        (number, rule.name, clock, *(_target(rule, stage, day) for stage in STAGES))
        for number, (_, rule) in enumerate(_ranked(policy), 1)
        for clock, day in days.items()
        if rule.clock in (clock, BUSINESS)
    ]
    columns = ", ".join(f"{stage} BIGINT" for stage in STAGES)
    con.execute(f"CREATE TEMP TABLE sla_targets (rule INTEGER, name dim_rule, clock dim_clock, {columns})")
    con.executemany("INSERT INTO sla_targets VALUES (?, ?, ?, ?, ?, ?)", rows)


def _target(rule: Rule, stage: str, working_day: int) -> int | None:
    return _seconds(rule.targets[stage], working_day) * _MICRO if stage in rule.targets else None


def _seconds(target: Target, working_day: int) -> int:
    return target.seconds if target.seconds is not None else round((target.working_days or 0) * working_day)


def _create_pairs(con: duckdb.DuckDBPyConnection, table: str, key: str, pairs: Mapping[str, str]) -> None:
    con.execute(f"CREATE TEMP TABLE {table} ({key} VARCHAR, clock VARCHAR)")
    if pairs:
        con.executemany(f"INSERT INTO {table} VALUES (?, ?)", list(pairs.items()))
