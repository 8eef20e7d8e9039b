"""Policy files as small tables that the derived SQL joins: tier rules and the simple service-level targets."""

from pathlib import Path
from typing import Any

import duckdb

from warehouse.derive.dimensions import FIXED
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

_SCORES = ("recency", "frequency", "monetary", "past_value")
_STAGES = ("response", "feedback", "resolution")


def create_tier_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "tiers.toml") -> None:
    """The table ``tier_rules`` (rank, tier, and a span 1-5 per score) and the macro ``tier_window()`` in days."""
    policy = read_toml(path)
    days = _number(policy.get("window_days"), f"{path.name} window_days")
    con.execute(f"CREATE TEMP MACRO tier_window() AS {int(days)}")
    spans = ", ".join(f"{score}_min INTEGER, {score}_max INTEGER" for score in _SCORES)
    con.execute(f"CREATE TEMP TABLE tier_rules (rank INTEGER, tier VARCHAR, {spans})")
    for rank, rule in enumerate(policy.get("rules", []), 1):
        where = f"{path.name} rule {rank}"
        _refuse_unknown(rule, {"tier", *_SCORES}, where)
        if rule.get("tier") not in FIXED["tier"]:
            raise LoadError(f"{where}: tier must be one of {', '.join(FIXED['tier'])}.")
        values = [value for score in _SCORES for value in _span(rule.get(score, {}), f"{where} {score}")]
        con.execute(f"INSERT INTO tier_rules VALUES (?, ?{', ?' * len(values)})", [rank, rule["tier"], *values])


def create_sla_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "sla.toml") -> None:
    """The table ``sla_rules``: rank, name, kinds, priorities, vip, and per stage hours or workdays."""
    stages = ", ".join(f"{stage}_hours DOUBLE, {stage}_workdays INTEGER" for stage in _STAGES)
    con.execute(
        "CREATE TEMP TABLE sla_rules "
        f"(rank INTEGER, name VARCHAR, kinds VARCHAR[], priorities VARCHAR[], vip BOOLEAN, {stages})"
    )
    for rank, rule in enumerate(read_toml(path).get("rules", []), 1):
        where = f"{path.name} rule {rank}"
        _refuse_unknown(rule, {"name", "kind", "priority", "vip", *_STAGES}, where)
        head = [rank, rule.get("name", where), rule.get("kind", []), rule.get("priority", []), rule.get("vip")]
        values = [value for stage in _STAGES for value in _target(rule.get(stage), f"{where} {stage}")]
        con.execute("INSERT INTO sla_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*head, *values])


def _target(given: Any, where: str) -> tuple[float | None, int | None]:
    if given is None:
        return None, None
    _refuse_unknown(given, {"hours", "workdays"}, where)
    if len(given) != 1:
        raise LoadError(f"{where}: give either hours or workdays.")
    if "hours" in given:
        return _number(given["hours"], f"{where} hours"), None
    return None, int(_number(given["workdays"], f"{where} workdays"))


def _span(given: Any, where: str) -> tuple[int, int]:
    _refuse_unknown(given, {"min", "max"}, where)
    low, high = given.get("min", 1), given.get("max", 5)
    if not (isinstance(low, int) and isinstance(high, int) and 1 <= low <= high <= 5):
        raise LoadError(f"{where}: min and max must be whole numbers from 1 to 5, min not above max.")
    return low, high


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise LoadError(f"{where}: must be a number above 0, not {value!r}.")
    return float(value)


def _refuse_unknown(given: Any, known: set[str], where: str) -> None:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of names and values.")
    if unknown := sorted(given.keys() - known):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(sorted(known))}.")
