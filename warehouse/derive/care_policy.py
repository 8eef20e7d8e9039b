"""The care policy: read from ``care.toml``, held against what it may say, and put where the derived SQL finds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.derive.dimensions import FIXED
from warehouse.derive.toml_node import Node, nearest, read_node, shown
from warehouse.settings import POLICY
from warehouse.sql import literals

LEAP_DAYS = ("28 February", "1 March")
MOST_DAYS = 3650
NUMBERS: Mapping[str, Mapping[str, int]] = {
    "promoter": {"recent_days": 90},
    "detractor": {"recent_days": 180, "overdue_days": 7},
    "untouched": dict.fromkeys(FIXED["tier"], 180),
    "over_contact": {"days": 30, "most": 3},
}
"""The tables of the file with their keys, all whole numbers from 1 on, and what one might write."""
_GENERAL = ("ahead_days", "leap_day", "impersonal")
RULE_COLUMNS = ("days", "most", *FIXED["tier"])


@dataclass(frozen=True)
class CarePolicy:
    """``leap_day``: one of `LEAP_DAYS`; ``impersonal``: kinds of contact; ``numbers``: as `NUMBERS`, as written."""

    ahead_days: int
    leap_day: str
    impersonal: tuple[str, ...]
    numbers: Mapping[str, Mapping[str, int]]

    def rules(self) -> dict[str, dict[str, int]]:
        """List -> the numbers behind it, under the names of `RULE_COLUMNS`."""
        ahead, promoter, detractor = {"days": self.ahead_days}, self.numbers["promoter"], self.numbers["detractor"]
        return {
            "detractor": {"days": detractor["recent_days"], "most": detractor["overdue_days"]},
            "promoter": {"days": promoter["recent_days"]},
            "birthday": ahead,
            "anniversary": ahead,
            "untouched": dict(self.numbers["untouched"]),
            "over_contact": dict(self.numbers["over_contact"]),
        }


def read_care_policy(path: Path = POLICY / "care.toml") -> CarePolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields((*_GENERAL, *NUMBERS))
    return CarePolicy(
        _whole(file.child("ahead_days"), 30),
        _leap_day(file.child("leap_day")),
        _kinds(file.child("impersonal")),
        {name: _table(file.child(name), keys) for name, keys in NUMBERS.items()},
    )


def create_care_policy(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "care.toml") -> None:
    """The temporary table ``care_policy`` (a row per list, in order), and macros: ``care_ahead_days()``,
    ``care_leap_forward()``, ``care_impersonal()``, ``care_allowed_days(tier)`` and one for each other number, such as
    ``care_detractor_overdue_days()``."""
    policy = read_care_policy(path)
    con.execute(f"CREATE TEMP MACRO care_leap_forward() AS {policy.leap_day == LEAP_DAYS[1]}")
    con.execute(f"CREATE TEMP MACRO care_impersonal() AS [{literals(policy.impersonal)}]::VARCHAR[]")
    con.execute(f"CREATE TEMP MACRO care_ahead_days() AS {policy.ahead_days}")
    allowed = " ".join(f"WHEN '{tier}' THEN {days}" for tier, days in policy.numbers["untouched"].items())
    con.execute(f"CREATE TEMP MACRO care_allowed_days(tier) AS CASE tier {allowed} END")
    for name in ("promoter", "detractor", "over_contact"):
        for key, value in policy.numbers[name].items():
            con.execute(f"CREATE TEMP MACRO care_{name}_{key}() AS {value}")
    _create_table(con, policy)


def _create_table(con: duckdb.DuckDBPyConnection, policy: CarePolicy) -> None:
    columns = ", ".join(f"{name} INTEGER" for name in RULE_COLUMNS)
    con.execute(f"CREATE TEMP TABLE care_policy (place INTEGER, care VARCHAR, {columns})")
    for place, (care, rule) in enumerate(policy.rules().items(), 1):
        values = [place, care, *(rule.get(name) for name in RULE_COLUMNS)]
        con.execute(f"INSERT INTO care_policy VALUES ({', '.join('?' * len(values))})", values)


def _table(node: Node, keys: Mapping[str, int]) -> dict[str, int]:
    node.fields(tuple(keys), f"write [{node.what}] and below it {next(iter(keys))} = …")
    return {key: _whole(node.child(key), usual) for key, usual in keys.items()}


def _whole(node: Node, usual: int) -> int:
    value: Any = node.value
    if type(value) is not int or not 1 <= value <= MOST_DAYS:
        name = node.place[-1]
        raise node.wrong(
            f"must be a whole number from 1 to {MOST_DAYS}, not {shown(value)}; write for example {name} = {usual}."
        )
    return value


def _leap_day(node: Node) -> str:
    text = node.text(f'write "{LEAP_DAYS[0]}" or "{LEAP_DAYS[1]}"')
    if text not in LEAP_DAYS:
        raise node.wrong(f"cannot be {shown(text)}; {nearest(text, LEAP_DAYS)}")
    return text


def _kinds(node: Node) -> tuple[str, ...]:
    return tuple(kind.text('write a kind such as "marketing"') for kind in node.items('write ["marketing"] or []'))
