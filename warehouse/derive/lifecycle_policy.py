"""The policies of customer-months, ``lifecycle.toml`` and ``health.toml``: read, checked, and put before the SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from schemas import HEALTH_PARTS
from warehouse.derive.toml_node import Node, read_node, shown
from warehouse.settings import POLICY
from warehouse.sql import literals


@dataclass(frozen=True)
class Number:
    """What a number in the file must be, both ends included, and what one might write."""

    low: float
    high: float
    example: float
    whole: bool = True

    def read(self, node: Node) -> float:
        """The number. Raises LoadError with file, line, key and advice."""
        value, advice = node.value, f"write for example {node.place[-1]} = {self.example}"
        if value is None:
            raise node.wrong(f"is missing; {advice}.")
        kinds = (int,) if self.whole else (int, float)
        if type(value) not in kinds or not self.low <= value <= self.high:
            kind = "a whole number" if self.whole else "a number"
            raise node.wrong(f"must be {kind} from {self.low:g} to {self.high:g}, not {shown(value)}; {advice}.")
        return float(value) if not self.whole else int(value)


@dataclass(frozen=True)
class Names:
    """A list of names, maybe empty."""

    example: str

    def read(self, node: Node) -> list[str]:
        """The names. Raises LoadError with file, line, key and advice."""
        advice = f"write for example {node.place[-1]} = {self.example}"
        return [item.text(advice) for item in node.items(advice)]


def _days(example: int) -> Number:
    return Number(1, 3650, example)


Keys = Mapping[str, Mapping[str, Number | Names]]
LIFECYCLE: Keys = {
    "churned": {
        "times": Number(0.1, 100, 3.0, whole=False),
        "floor_days": _days(90),
        "cap_days": _days(540),
        "least": Number(2, 1000, 3),
    },
    "expansion": {"window_days": _days(180), "growth": Number(0, 100, 0.2, whole=False)},
    "advocate": {
        "recent_days": _days(365),
        "promoter_from": Number(0, 10, 9),
        "kinds": Names('["referral", "share"]'),
    },
    "contact": {"recent_days": _days(90), "usual_from": Number(1, 100_000, 3), "high_from": Number(1, 100_000, 12)},
    "touches": {"recent_days": _days(30)},
}
"""Every table of ``lifecycle.toml`` with its keys and what each must be."""
HEALTH: Keys = {
    "weights": {part: Number(0, 100, 20) for part in HEALTH_PARTS},
    "service": {"late_points": Number(0, 100, 25), "complaint_points": Number(0, 100, 15)},
}
_LEAST_PARTS = Number(1, len(HEALTH_PARTS), 2)
Policy = Mapping[str, Mapping[str, Any]]


def read_lifecycle_policy(path: Path = POLICY / "lifecycle.toml") -> Policy:
    """Table -> key -> value. Raises LoadError that names file, line, key, what is wrong and what to write."""
    root = read_node(path)
    root.fields(LIFECYCLE, "begin with a line [churned]")
    policy = {table: _table(root.child(table), keys) for table, keys in LIFECYCLE.items()}
    _refuse_above(root, policy, "churned", "floor_days", "cap_days")
    _refuse_above(root, policy, "contact", "usual_from", "high_from")
    return policy


def read_health_policy(path: Path = POLICY / "health.toml") -> Policy:
    """The same for ``health.toml``; ``least_parts`` stands under ``general``."""
    root = read_node(path)
    root.fields(("least_parts", *HEALTH), "begin with a line least_parts = 2")
    policy = {table: _table(root.child(table), keys) for table, keys in HEALTH.items()}
    if (total := sum(policy["weights"].values())) != 100:
        raise root.child("weights").wrong(f"add up to {total}; make them 100 together.")
    return {"general": {"least_parts": _LEAST_PARTS.read(root.child("least_parts"))}, **policy}


def create_lifecycle_rules(con: duckdb.DuckDBPyConnection) -> None:
    """A macro for each number and list: ``lifecycle_churned_times()``, ``health_weights_spend()``."""
    for file, policy in (("lifecycle", read_lifecycle_policy()), ("health", read_health_policy())):
        for table, values in policy.items():
            for key, value in values.items():
                text = f"[{literals(value)}]::VARCHAR[]" if isinstance(value, list) else value
                con.execute(f"CREATE TEMP MACRO {file}_{table}_{key}() AS {text}")


def _table(node: Node, keys: Mapping[str, Number | Names]) -> dict[str, Any]:
    node.fields(keys, f"begin with a line [{node.place[-1]}]")
    return {key: kind.read(node.child(key)) for key, kind in keys.items()}


def _refuse_above(root: Node, policy: Policy, table: str, low: str, high: str) -> None:
    if policy[table][low] > policy[table][high]:
        raise root.child(table).child(low).wrong(f"is above {high}; lower it or raise {high}.")
